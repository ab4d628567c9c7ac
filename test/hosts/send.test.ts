/** `klarsignal send` as a process of its own, against the application on loopback. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fakeCampaigns, type Kept, noCounts } from '../http/sending-fake.ts';
import { openSite, type Site } from '../pages/site.ts';
import { compiled } from './process.ts';

let site: Site;
let fake: ReturnType<typeof fakeCampaigns>;
let dir: string;
let key: string;
beforeAll(async () => {
  fake = fakeCampaigns(() => site.organisation);
  site = await openSite({ idle: true, app: { campaigns: fake.campaigns } });
  dir = await mkdtemp(join(tmpdir(), 'klarsignal-send-'));
  const made = await site.access.createKey(site.organisation, {
    name: 'cli',
    scopes: ['sends:read', 'sends:write'],
  });
  if (made.kind !== 'made') throw new Error('no key');
  key = made.token;
  await writeFile(join(dir, 'key'), `${key}\n`);
  await writeFile(join(dir, 'clearance'), 'header.claims.signature\n');
  await writeFile(join(dir, 'list.csv'), 'email\na@example.org\nb@example.org\n');
  await writeFile(join(dir, 'list.ndjson'), '{"address":"a@example.org"}\n');
});
afterAll(async () => {
  await site.close();
  await rm(dir, { recursive: true });
});

function run(args: string[], { input = '', env = {} as Record<string, string>, url = site.url } = {}) {
  const child = spawn(
    process.execPath,
    ['src/hosts/cli.ts', 'send', ...(url ? ['--url', url] : []), ...args],
    {
      env: { PATH: process.env.PATH, LANG: 'en', ...compiled, ...env },
      cwd: new URL('../..', import.meta.url).pathname,
    },
  );
  const heard = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (heard.out += chunk));
  child.stderr.on('data', (chunk) => (heard.err += chunk));
  child.stdin.end(input);
  return new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, ...heard })),
  );
}
const file = (name: string) => join(dir, name);
const usual = () => [
  '--clearance',
  file('clearance'),
  '--recipients',
  file('list.csv'),
  '--key-file',
  file('key'),
];

test('begins a mailing with its list, and the same command again makes nothing new', async () => {
  const first = await run([...usual(), '--per-minute', '600', '--at', '2026-12-01T09:00:00+01:00']);
  expect(first).toMatchObject({ code: 0, out: 'cmp_0000000000000001 queued\n' });
  expect(first.err).toContain(`${site.url}/mailings/cmp_0000000000000001`);
  expect(fake.calls).toEqual([
    [
      'create',
      expect.stringMatching(/^key_/),
      { clearance: 'header.claims.signature', perMinute: 600, startsAt: '2026-12-01T09:00:00+01:00' },
      expect.stringMatching(/^cli-[0-9a-f]{40}$/),
    ],
  ]);
  expect(fake.lists).toEqual([{ format: 'csv', bytes: 34, text: 'email\na@example.org\nb@example.org\n' }]);
  const again = await run([...usual(), '--per-minute', '600', '--at', '2026-12-01T09:00:00+01:00']);
  expect(again).toMatchObject({ code: 0, out: 'cmp_0000000000000001 queued\n' });
  expect([fake.kept.size, fake.lists.length]).toEqual([1, 1]);
});

test.each([
  ['done', null, 0, 'done: 2 of 2 handed over (100%)'],
  ['cancelled', null, 1, 'cancelled: 0 of 2'],
  ['paused', 'complaint-rate', 1, 'Paused: '],
] as const)('waits, and ends as the mailing does: %s', async (state, pauseReason, code, said) => {
  fake.kept.clear();
  const handIn = fake.campaigns.addList;
  // By the time it is looked at for the first time, it has ended.
  fake.campaigns.addList = async (...call) => {
    const changed = await handIn(...call);
    const kept = fake.kept.get(call[1]) as Kept;
    const delivered = state === 'done' ? 2 : 0;
    kept.campaign = { ...kept.campaign, state, pauseReason, counts: { ...kept.campaign.counts, delivered } };
    return changed;
  };
  const ended = await run([
    ...usual(),
    '--wait',
    '--format',
    'json',
    '--at',
    `2026-12-0${code + 2}T09:00:00Z`,
    '--per-minute',
    String(1 + said.length),
  ]);
  fake.campaigns.addList = handIn;
  expect(ended.err).toContain(said);
  expect(ended.code).toBe(code);
  expect(JSON.parse(ended.out)).toMatchObject({ state, recipients: 2 });
});

test('the clearance may come by standard input, the key by the environment, the list as NDJSON', async () => {
  const args = ['--clearance', '-', '--recipients', file('list.ndjson'), '--standard'];
  const ended = await run(args, { input: 'h.c.s\n', env: { KLARSIGNAL_KEY: key } });
  expect(ended.code).toBe(0);
  expect(fake.calls.at(-1)?.[2]).toEqual({ clearance: 'h.c.s', standard: true });
  expect(fake.lists.at(-1)?.format).toBe('ndjson');
});

/** The fake reads a list in without a fault: three lines of it are left out here. */
const leavingOut = <T>(work: () => Promise<T>) =>
  reading({ leftOut: { 'address-invalid': 2, 'field-markup': 1 } }, work);

/** The list is read in with such an end. */
async function reading<T>(end: Partial<Kept['campaign']>, work: () => Promise<T>): Promise<T> {
  const handIn = fake.campaigns.addList;
  fake.campaigns.addList = async (...call) => {
    const changed = await handIn(...call);
    const kept = fake.kept.get(call[1]) as Kept;
    kept.campaign = { ...kept.campaign, ...end };
    return changed.kind === 'done' ? { ...changed, campaign: kept.campaign } : changed;
  };
  return work().finally(() => {
    fake.campaigns.addList = handIn;
  });
}
const stateOf = (id: string | undefined) => fake.kept.get(id ?? '')?.campaign.state;

describe('nobody to send to', () => {
  const nobody = {
    state: 'paused',
    pauseReason: 'nobody',
    recipients: 0,
    leftOut: { 'field-missing': 1 },
  } as const;

  test.each([
    ['--wait', nobody, 'en'],
    ['--dry-run', nobody, 'en'],
    ['--wait', nobody, 'sv'],
    ['--wait', { state: 'done', recipients: 2, counts: { ...noCounts, suppressed: 2 } }, 'en'],
  ] as const)('%s fails, and never says that it is done', async (flag, end, locale) => {
    const args = [
      ...usual(),
      flag,
      '--locale',
      locale,
      '--per-minute',
      String(locale === 'sv' ? 801 : 800 + end.recipients),
    ];
    fake.kept.clear();
    const ended = await reading(end, () => run(args));
    expect(ended.code).toBe(1);
    expect(ended.err).toContain(locale === 'en' ? 'Nobody to send to' : 'Ingen att skicka till');
    expect(ended.err).not.toMatch(/done:|klart:|0 %|0%/);
    if (locale === 'sv') expect(ended.err).toContain('1 rad i listan utelämnades');
  });

  test('a list that is refused leaves no mailing that waits', async () => {
    const handIn = fake.campaigns.addList;
    fake.campaigns.addList = async () => ({
      kind: 'invalid',
      errors: [
        {
          code: 'list-columns-missing',
          field: 'list',
          data: { missing: 'first_name', columns: 'E-post, Förnamn', fields: 1 },
        },
      ],
    });
    const ended = await run([...usual(), '--per-minute', '850', '--locale', 'sv']);
    fake.campaigns.addList = handIn;
    expect(ended.code).not.toBe(0);
    expect(ended.err).toContain('--recipients: Listan saknar kolumnen first_name');
    expect(ended.err).toContain('Den har E-post, Förnamn.');
    expect(stateOf([...fake.kept.keys()].at(-1))).toBe('cancelled');
  });
});

test('who has got an earlier version is told of, and left out by a flag', async () => {
  const args = [...usual(), '--per-minute', '860', '--leave-out-earlier'];
  const ended = await reading({ earlier: 1 }, () => run(args));
  expect(fake.calls.at(-1)?.[2]).toMatchObject({ leaveOutEarlier: true });
  expect(ended.err).toContain('Of the recipients 1 got an earlier version');
});

describe('a dry run', () => {
  test('says what would be sent, sends nothing, and can be run again', async () => {
    for (const locale of ['en', 'sv']) {
      fake.calls.length = 0;
      const args = [...usual(), '--dry-run', '--per-minute', '600', '--locale', locale];
      const ended = await leavingOut(() => run(args));
      expect(ended.code).toBe(0);
      expect(ended.out).toBe(
        locale === 'en'
          ? 'Subject: Höstmöte\nRecipients: 2\nLines left out: 3\n  2: no valid mail address\n  1: a value holds code (HTML)\nPace: 600 a minute\nStarts: at once\nSending server: ses\n'
          : 'Ämne: Höstmöte\nMottagare: 2\nUtelämnade rader: 3\n  2: ingen giltig mejladress\n  1: ett värde innehåller kod (HTML)\nTakt: 600 per minut\nBörjar: genast\nUtskicksserver: ses\n',
      );
      expect(ended.err).toMatch(locale === 'en' ? /Nothing has been sent/ : /Inget har skickats/);
      expect(fake.calls).toEqual([
        ['create', expect.anything(), expect.objectContaining({ dryRun: true }), expect.anything()],
      ]);
      expect(ended.err).not.toContain('cmp_');
      expect(stateOf([...fake.kept.keys()].at(-1))).toBe('cancelled');
    }
  });

  test('is told to programs too', async () => {
    const ended = await run([...usual(), '--dry-run', '--format', 'json']);
    expect(JSON.parse(ended.out)).toMatchObject({ dryRun: true, recipients: 2, state: 'paused' });
  });
});

describe('on a terminal', () => {
  /** A terminal of its own, and what somebody types when they are asked. */
  function watched(args: string[], answer: string) {
    const words = [process.execPath, 'src/hosts/cli.ts', 'send', '--url', site.url, ...args];
    const child = spawn('script', ['-qefc', words.map((word) => `'${word}'`).join(' '), '/dev/null'], {
      env: { PATH: process.env.PATH, LANG: 'en', TERM: 'dumb' },
      cwd: new URL('../..', import.meta.url).pathname,
    });
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
      if (said.includes('[y/N] ') && answer !== '') child.stdin.write(answer);
      if (said.includes('[y/N] ')) answer = '';
    });
    return new Promise<{ code: number | null; said: string }>((resolve) =>
      child.on('close', (code) => resolve({ code, said })),
    );
  }
  const idOf = (said: string) => /cmp_\d+/.exec(said)?.[0];

  test.each([
    ['y\r', 0, 'sending', '700'],
    ['\r', 1, 'cancelled', '710'],
    ['\u0003', 1, 'cancelled', '720'],
  ])('it asks where lines were left out: %j ends with %i, %s', async (answer, code, state, pace) => {
    fake.calls.length = 0;
    const ended = await leavingOut(() => watched([...usual(), '--per-minute', pace], answer));
    expect(ended.said).toContain('3 lines of the list were left out. Send to the other 2?');
    expect(ended.said).toContain('2: no valid mail address');
    expect([ended.code, stateOf(idOf(ended.said))]).toEqual([code, state]);
    expect(fake.calls.filter(([call]) => call === 'resume').length).toBe(code === 0 ? 1 : 0);
  });

  test('who has said no is asked again', async () => {
    const args = [...usual(), '--per-minute', '701'];
    const first = await leavingOut(() => watched(args, '\r'));
    const second = await leavingOut(() => watched(args, 'y\r'));
    expect([stateOf(idOf(first.said)), stateOf(idOf(second.said))]).toEqual(['cancelled', 'sending']);
  });

  test.each([
    ['nothing was left out', [], (work: () => Promise<unknown>) => work()],
    ['--yes is given', ['--yes'], leavingOut],
  ])('it does not ask when %s', async (_, more, how) => {
    const ended = (await how(() => watched([...usual(), '--per-minute', '702', ...more], ''))) as Awaited<
      ReturnType<typeof watched>
    >;
    expect(ended.said).not.toContain('[y/N]');
    expect(ended.code).toBe(0);
    expect(stateOf(idOf(ended.said))).toMatch(/^(?:sending|queued)$/);
  });
});

test('without a terminal nobody is asked', async () => {
  const ended = await leavingOut(() => run([...usual(), '--per-minute', '703']));
  expect(ended.code).toBe(0);
  expect(ended.err).toContain('3 lines of the list were left out');
  expect(stateOf(ended.out.split(' ')[0])).toBe('queued');
});

const wrong: [string, () => string[], { url?: string; env?: Record<string, string> }, string][] = [
  ['no clearance', () => usual().slice(2), {}, '--clearance: '],
  ['no list', () => [...usual().slice(0, 2), '--key-file', file('key')], {}, '--recipients: '],
  [
    'a list that is not there',
    () => [...usual(), '--recipients', file('none.csv')],
    {},
    '--recipients: The file cannot be read',
  ],
  [
    'a folder as list',
    () => [...usual(), '--recipients', dir],
    {},
    '--recipients: The file cannot be read: it is a folder',
  ],
  ['no address', usual, { url: '' }, '--url: '],
  ['no address at all', usual, { url: 'nonsense' }, '--url: This is not an address'],
  [
    'the key in the open',
    usual,
    { url: 'http://klarsignal.example.org' },
    '--url: The key would be sent unencrypted',
  ],
  [
    'an address where nobody is',
    usual,
    { url: 'http://127.0.0.1:9' },
    '--url: The service cannot be reached',
  ],
  ['no key', () => usual().slice(0, 4), {}, '--key-file: '],
  [
    'a key that is unknown',
    () => usual().slice(0, 4),
    { env: { KLARSIGNAL_KEY: 'ksk_x' } },
    'This API key is not known',
  ],
  ['a pace of nothing', () => [...usual(), '--per-minute', '0'], {}, '--per-minute: '],
  ['something more', () => [...usual(), 'more'], {}, 'more: '],
  ['an unknown flag', () => [...usual(), '--force'], {}, '--force'],
];
test.each(wrong)('%s is bad input', async (_, args, how, said) => {
  const ended = await run(args(), how);
  expect(ended).toMatchObject({ code: 3, out: '' });
  expect(ended.err).toContain(said);
  expect(ended.err + ended.out).not.toContain(key);
});

test('what the service refuses is told by the flag it came from, in the caller’s language', async () => {
  fake.refuse([{ code: 'clearance-expired', field: 'clearance', data: {} }]);
  const ended = await run([...usual(), '--locale', 'sv']);
  fake.refuse([]);
  expect(ended.code).toBe(3);
  expect(ended.err).toContain('--clearance: Inget skickas: klarsignalen har gått ut.');
});
