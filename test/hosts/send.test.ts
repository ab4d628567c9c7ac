/** `klarsignal send` as a process of its own, against the application on loopback. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fakeCampaigns, type Kept } from '../http/sending-fake.ts';
import { openSite, type Site } from '../pages/site.ts';

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
      env: { PATH: process.env.PATH, LANG: 'en', ...env },
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
