/** The command line as a person or a script meets it: the real process, real files, real sockets. */
import { execFileSync, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseZone, startZoneServer, type ZoneServer } from '../../src/adapters/resolver/zone.ts';
import { sound } from '../http/service.ts';
import { soundZone } from '../world.ts';
import { clearAway, compiled, dataDir, startServer, zoneServer } from './process.ts';

const cli = new URL('../../src/hosts/cli.ts', import.meta.url).pathname;
const dir = mkdtempSync(join(tmpdir(), 'klarsignal-cli-'));
afterAll(async () => {
  await clearAway();
  rmSync(dir, { recursive: true, force: true });
});

interface Ended {
  code: number | null;
  out: string;
  err: string;
  ms: number;
}

interface How {
  input?: string | Uint8Array;
  env?: Record<string, string>;
}

/** Runs it with nothing of our own environment but what is named. */
async function klarsignal(args: readonly string[], { input, env }: How = {}): Promise<Ended> {
  const started = performance.now();
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: dir,
    env: { PATH: '', HOME: tmpdir(), ...compiled, PUPPETEER_EXECUTABLE_PATH: '/nowhere/chromium', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  // It may stop reading before all is written.
  child.stdin.on('error', () => {});
  child.stdin.end(input ?? '');
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err, ms: performance.now() - started };
}

const path = (name: string) => join(dir, name);
const from = [
  ...['--from', 'Föreningen <nyhetsbrev@example.se>', '--mail-from', 'mejl.example.se'],
  ...['--dkim-selector', 's1', '--class', 'transactional'],
];
const trial = [...from, '--zone', 'zone.json', '--no-previews'];
const blind = [...from, '--offline', '--no-previews'];

beforeAll(() => {
  const zones = {
    'zone.json': soundZone,
    'weak.json': { ...soundZone, '_dmarc.example.se': 'NXDOMAIN' },
    'dead.json': { ...soundZone, '_dmarc.example.se': 'TIMEOUT' },
    'odd.json': { ...soundZone, 'example.se': { TXT: ['v=spf1 \u001b[31m\u009b31m\u202e -all'] } },
    'bad.json': { 'example.se': { MX: 'in.example.se' } },
  };
  for (const [name, zone] of Object.entries(zones)) writeFileSync(path(name), JSON.stringify(zone));
  writeFileSync(path('good.html'), '<p>Hej!</p>');
  writeFileSync(path('link.html'), '<p>Hej!</p>\n<a href="#">Läs mer</a>');
  const elsewhere = '<a href="https://annan.se/">Läs mer</a><img src="https://bild.se/a.png" alt="Äpplen">';
  writeFileSync(path('elsewhere.html'), `<p>Hej!</p>${elsewhere}`);
  writeFileSync(path('escape.html'), '<p>Hej!</p><a href="#">\u001b]0;ägd\u0007\u009b31m\u202ex</a>');
  writeFileSync(path('empty.html'), '');
  writeFileSync(path('not.json'), '{');
  const big = openSync(path('big.html'), 'w');
  ftruncateSync(big, 30 * 1024 * 1024);
  closeSync(big);
});

describe('exit codes', () => {
  test.concurrent.each<[string, string[], number]>([
    ['clear', ['good.html', ...trial], 0],
    ['clear, though the zone file does not have the linked names', ['elsewhere.html', ...trial], 0],
    ['blocked by the content', ['link.html', ...trial], 1],
    ['blocked by DNS', ['good.html', ...from, '--zone', 'weak.json', '--no-previews'], 1],
    ['undecided by a dead server', ['good.html', ...from, '--zone', 'dead.json', '--no-previews'], 2],
    ['undecided without DNS', ['good.html', ...blind], 2],
    ['undecided without a browser', ['good.html', ...from, '--zone', 'zone.json'], 2],
    ['bad input', ['empty.html', ...trial], 3],
  ])('%s', async (_, args, code) => {
    const ended = await klarsignal(['audit', ...args]);
    expect({ code: ended.code, err: code === 3 ? '' : ended.err }).toEqual({ code, err: '' });
    expect(ended.out.length > 0).toBe(code !== 3);
    expect(ended.err.length > 0).toBe(code === 3);
  });
});

describe('klarsignal domain', () => {
  const domain = ['domain', 'example.se', '--mail-from', 'mejl.example.se', '--dkim-selector', 's1'];

  test.concurrent.each<[string, string[], number]>([
    ['in order', [...domain, '--zone', 'zone.json'], 0],
    ['blocked', [...domain, '--zone', 'weak.json'], 1],
    ['undecided by a dead server', [...domain, '--zone', 'dead.json'], 2],
    ['undecided without a selector', ['domain', 'example.se', '--zone', 'zone.json'], 2],
    [
      'an address of the web',
      ['domain', 'https://example.se/', ...domain.slice(2), '--zone', 'zone.json'],
      0,
    ],
    ['no domain', ['domain', '--zone', 'zone.json'], 3],
    ['no form of records', [...domain, '--zone', 'zone.json', '--records', 'xml'], 3],
    ['not a domain', ['domain', 'not a domain', '--zone', 'zone.json'], 3],
    ['two worlds', [...domain, '--zone', 'zone.json', '--resolver', '192.0.2.1'], 3],
  ])('%s', async (_, args, code) => {
    const ended = await klarsignal(args);
    expect({ code: ended.code, err: code === 3 ? '' : ended.err }).toEqual({ code, err: '' });
    expect(ended.out.length > 0).toBe(code !== 3);
  });

  test.each([
    ['en', 'THE DOMAIN IS IN ORDER', 'Sending subdomain: mejl.example.se'],
    ['sv', 'DOMÄNEN ÄR I ORDNING', 'Underdomän för utskick: mejl.example.se'],
  ])('in %s it never says clear to send', async (locale, decision, mailFrom) => {
    const { out } = await klarsignal([...domain, '--zone', 'zone.json', '--locale', locale]);
    expect(out.split('\n')[0]).toBe(decision);
    expect(out).toContain(mailFrom);
    expect(out).not.toMatch(/clear to send|klart att skicka|spam points|spampoäng|undefined|\[object/i);
  });

  test.each([
    ['plain', /^ {6}Lägg till: v=DMARC1;/m, /IN TXT|resource/],
    ['bind', /^ {6}_dmarc\.example\.se\. 3600 IN TXT "v=DMARC1;/m, /Lägg till|resource/],
    ['terraform', /^ {6}resource "\w+" "txt__?dmarc_example_se" \{$/m, /Lägg till|IN TXT/],
  ])('records as %s', async (form, has, lacks) => {
    const args = [...domain, '--zone', 'weak.json', '--locale', 'sv', '--records', form];
    const { out } = await klarsignal(args);
    expect(out).toMatch(has);
    expect(out).not.toMatch(lacks);
    if (form === 'terraform') expect(out).toContain('# Den här resursen har alla TXT-poster på namnet');
  });

  test('what a zone file cannot answer is said to be so, and how to ask it', async () => {
    const { out } = await klarsignal([...domain, '--zone', 'zone.json', '--locale', 'en']);
    expect(out).toContain('answers about DNS alone');
    expect(out).toContain('Leave out --zone');
    expect(out).not.toContain('not available on this server');
  });

  test('nothing that a zone file was not asked is laid to a silent server', async () => {
    const world = new URL('../../fixtures/worlds/clear/zone.json', import.meta.url).pathname;
    const { out } = await klarsignal(['domain', 'bjorkangen.example', '--zone', world, '--locale', 'sv']);
    expect(out).toContain('(dane-match)');
    expect(out).not.toContain('port 25');
    expect(out).toContain('Före nästa steg: ');
    // No file can be handed in here.
    expect(out).not.toMatch(/lämna in|Inte känt än: Nyhetsbrev/);
    expect(out).toContain('Avgörs med ett mejl: Nyhetsbrev');
  });

  test.each([
    ['list', '{"a.se": {"TXT": "x"}}', 'a.se: TXT: posterna av typen TXT ska stå i en lista [ ].'],
    ['cut', '{"a.se": {"TXT":', 'JSON-texten tar slut för tidigt.'],
    ['comma', '{"a.se": {\n"TXT": ["x"],}}', 'den är inte giltig JSON (rad 2, kolumn 14).'],
    ['form', '{"a.se": {"MX": ["mx.se"]}}', 'a.se: MX: 0: skriv posten som ”10 mail.example.se”.'],
  ])('a fault of a zone file is told in Swedish: %s', async (name, text, says) => {
    writeFileSync(path(`fault-${name}.json`), text);
    const zone = ['--zone', `fault-${name}.json`, '--locale', 'sv'];
    const { code, err } = await klarsignal(['domain', 'a.se', ...zone]);
    expect({ code, err: err.trim() }).toEqual({
      code: 3,
      err: `fault-${name}.json: Zonfilen går inte att använda: ${says}`,
    });
  });

  test('JSON is what the API gives', async () => {
    const { out } = await klarsignal([...domain, '--zone', 'zone.json', '--format', 'json']);
    const report = JSON.parse(out);
    expect(report).toMatchObject({
      domain: 'example.se',
      decision: 'clear',
      partial: true,
      simulated: true,
      dkimSelectors: ['s1'],
    });
    expect(report).not.toHaveProperty('spam');
  });

  test('what is wrong is said of the flag it stands in', async () => {
    const { code, err } = await klarsignal([...domain, '--zone', 'zone.json', '--ip', '1.2.3']);
    expect({ code, err: err.split(':')[0] }).toEqual({ code: 3, err: '--ip' });
    const json = await klarsignal(['domain', '@', '--zone', 'zone.json', '--format', 'json']);
    expect(JSON.parse(json.out).errors).toMatchObject([{ code: 'domain-invalid', field: 'DOMAIN' }]);
  });
});

describe('klarsignal replay', () => {
  const replay = (id: string, env: Record<string, string>, ...args: string[]) =>
    klarsignal(['replay', id, '--no-previews', ...args], { env });

  test('judges a kept audit beside the service that runs, whatever DNS says now', async () => {
    const zone = await zoneServer(soundZone);
    const env = { KLARSIGNAL_DATA: await dataDir(), KLARSIGNAL_RESOLVER: zone };
    const running = await startServer(env);
    const posted = await running.fetch('/v1/audits', {
      method: 'POST',
      headers: { 'content-type': 'application/json', prefer: 'wait=30' },
      body: JSON.stringify({ ...sound, class: 'transactional' }),
    });
    const { id, findings } = (await posted.json()) as {
      id: string;
      findings: { rule: string; outcome: string }[];
    };
    const outcomes = (all: typeof findings) => all.map(({ rule, outcome }) => `${rule} ${outcome}`);
    // Nobody answers there: what is found was answered then.
    const dead = { ...env, KLARSIGNAL_RESOLVER: '127.0.0.1:9' };
    const beside = await replay(id, dead, '--format', 'json');
    const report = JSON.parse(beside.out);
    expect(report).toMatchObject({ simulated: true, decision: 'clear', audited: { id } });
    expect(outcomes(report.findings)).toEqual(outcomes(findings));
    expect([beside.code, beside.err]).toEqual([0, expect.stringContaining('same rules as then')]);
    running.child.kill('SIGTERM');
    await running.ended;
    const text = await replay(id, dead, '--locale', 'sv');
    expect(text.out.split('\n')[0]).toBe('KLART ATT SKICKA (PROVKÖRNING)');
    const missing = await replay('aud_none', dead, '--format', 'json');
    expect([missing.code, JSON.parse(missing.out).errors[0].code]).toEqual([3, 'audit-missing']);
  }, 60_000);

  test('says what it lacks', async () => {
    const env = { KLARSIGNAL_DATA: join(dir, 'nowhere') };
    const [none, noData] = await Promise.all([
      klarsignal(['replay']),
      replay('aud_1', env, '--format', 'json'),
    ]);
    expect([none.code, none.err.split(':')[0]]).toEqual([3, 'ID']);
    expect(JSON.parse(noData.out).errors[0].code).toBe('data-missing');
  });
});

describe('what it says', () => {
  test.concurrent.each([
    ['en', 'CLEAR TO SEND (TRIAL)', 'This is a trial'],
    ['sv', 'KLART ATT SKICKA (PROVKÖRNING)', 'Det här är en provkörning'],
  ])('in %s', async (locale, decision, trialNote) => {
    const { out } = await klarsignal(['audit', 'good.html', ...trial, '--locale', locale]);
    expect(out.split('\n')[0]).toBe(decision);
    expect(out).toContain(trialNote);
    expect(out).not.toMatch(/undefined|\[object|\p{Cc}(?<!\n)/u);
  });

  test('the language of the environment, and the flag before it', async () => {
    const env = { LANG: 'sv_SE.UTF-8' };
    expect((await klarsignal(['audit', 'empty.html', ...trial], { env })).err).toContain('Det finns inget');
    const english = await klarsignal(['audit', 'empty.html', ...trial, '--locale=en'], { env });
    expect(english.err).toContain('nothing to audit');
  });

  test('JSON is all that stands on stdout, and has the promised shape', async () => {
    const { out, err } = await klarsignal(['audit', 'link.html', ...trial, '--format', 'json']);
    expect(JSON.parse(out).audited).toMatchObject({
      id: null,
      filename: 'link.html',
      class: 'transactional',
    });
    const report = JSON.parse(out);
    expect(err).toBe('');
    expect(report).toMatchObject({ decision: 'blocked', partial: true, simulated: true, previews: [] });
    const finding = report.findings.find(({ rule }: { rule: string }) => rule === 'empty-link');
    expect(finding).toMatchObject({
      outcome: 'fail',
      problems: [{ key: 'empty', at: { part: 'source', line: 2, column: 1 } }],
    });
  });

  test('bad input in JSON is JSON on stdout, with every fault', async () => {
    const args = [
      'audit',
      'empty.html',
      '--from',
      'x',
      '--subject',
      'a\nb',
      '--zone',
      'zone.json',
      '--format=json',
    ];
    const { code, out, err } = await klarsignal(args);
    expect({ code, err }).toEqual({ code: 3, err: '' });
    expect(JSON.parse(out).errors.map(({ code, field }: Record<string, string>) => [code, field])).toEqual([
      ['message-empty', 'file'],
      ['address-invalid', 'from'],
      ['header-control-characters', 'subject'],
    ]);
  });

  test('faults of fields are told by their flags', async () => {
    const { err } = await klarsignal([
      'audit',
      'good.html',
      ...trial,
      '--reply-to',
      'x',
      '--dkim-selector',
      '-a',
    ]);
    expect(err).toMatch(/^--dkim-selector/m);
    const { err: more } = await klarsignal(['audit', 'good.html', ...trial, '--reply-to', 'x']);
    expect(more).toMatch(/^--reply-to: This is not a mail address: x/);
  });

  test.concurrent.each([
    ['text, HTML', ['escape.html', ...trial]],
    ['json, HTML', ['escape.html', ...trial, '--format', 'json']],
    ['text, DNS', ['good.html', ...from, '--zone', 'odd.json', '--no-previews']],
    ['json, DNS', ['good.html', ...from, '--zone', 'odd.json', '--no-previews', '--format', 'json']],
    ['a file’s name', ['\u001b[31m\u009b.html', ...trial]],
    ['a sender', ['good.html', '--from', '\u001b[31m\u202e', '--zone', 'zone.json']],
    ['a command', ['\u001b[31m']],
  ])('nothing that commands a terminal gets through: %s', async (_, args) => {
    const { out, err } = await klarsignal(args.length > 1 ? ['audit', ...args] : args);
    expect(out + err).not.toMatch(/(?!\n)\p{Cc}|[\u202a-\u202e]/u);
  });
});

describe('files', () => {
  test('standard input', async () => {
    const { code, out } = await klarsignal(['audit', '-', ...trial], { input: '<p>Hej!</p>' });
    expect({ code, decision: out.split('\n')[0] }).toEqual({ code: 0, decision: 'CLEAR TO SEND (TRIAL)' });
    // Which mail it was: no file and no id are made up.
    expect(out).toMatch(/^From: \S.*\nSending subdomain: \S+\nAudited: \d{4}-\d\d-\d\d \d\d:\d\d UTC\n\n/m);
  });

  test.concurrent.each<[string, string[], RegExp, How?]>([
    ['none with this name', ['nope.html', ...trial], /^nope\.html: .*none with this name/],
    ['a folder', ['.', ...trial], /it is a folder/],
    ['an endless device', ['/dev/zero', ...trial], /device or a pipe/],
    ['a file of 30 MB', ['big.html', ...trial], /at most 10 MB/],
    [
      '30 MB on standard input',
      ['-', ...trial],
      /at most 10 MB/,
      { input: new Uint8Array(30 * 1024 * 1024) },
    ],
    ['nothing on standard input', ['-', ...trial], /nothing to audit/],
    [
      'no zone with this name',
      ['good.html', ...from, '--zone', 'nope.json'],
      /^nope\.json: .*none with this name/,
    ],
    ['an endless zone', ['good.html', ...from, '--zone', '/dev/zero'], /device or a pipe/],
    ['a zone that is no JSON', ['good.html', ...from, '--zone', 'not.json'], /zone file cannot be used/],
    ['a zone with a wrong record', ['good.html', ...from, '--zone', 'bad.json'], /example\.se: MX: /],
  ])('%s', async (_, args, says, how) => {
    const { code, out, err, ms } = await klarsignal(['audit', ...args], how);
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toMatch(says);
    expect(err).not.toMatch(/\n {4}at /);
    expect(ms).toBeLessThan(10_000);
  });

  test('a named pipe that nobody writes to does not hang', async () => {
    execFileSync('mkfifo', [path('pipe')]);
    const { code, err } = await klarsignal(['audit', 'pipe', ...trial]);
    expect(code).toBe(3);
    expect(err).toContain('device or a pipe');
  });

  test('a .mjmlconfig in the working directory is not run', async () => {
    writeFileSync(path('.mjmlconfig'), JSON.stringify({ packages: ['./evil.js'] }));
    writeFileSync(path('evil.js'), `require('node:fs').writeFileSync(${JSON.stringify(path('evil'))}, '')`);
    writeFileSync(path('a.mjml'), '<mjml><mj-body><mj-raw>Hej</mj-raw></mj-body></mjml>');
    expect((await klarsignal(['audit', 'a.mjml', ...trial])).code).toBe(0);
    expect(existsSync(path('evil'))).toBe(false);
  });

  test('MJML that would be compiled for ever ends', async () => {
    const text = `<mj-text font-family="${'a'.repeat(40)}!">Hej</mj-text>`;
    const head = '<mj-head><mj-font name="(a+)+$" href="x" /></mj-head>';
    const body = `<mj-body><mj-section><mj-column>${text}</mj-column></mj-section></mj-body>`;
    writeFileSync(path('slow.mjml'), `<mjml>${head}${body}</mjml>`);
    const { code, err, ms } = await klarsignal(['audit', 'slow.mjml', ...trial]);
    expect({ code, too: err.includes('grows too large, or takes too long') }).toEqual({ code: 3, too: true });
    expect(ms).toBeLessThan(20_000);
  });
});

describe('flags', () => {
  test.concurrent.each<[string, string[], RegExp]>([
    ['none at all', [], /^klarsignal audit FILE/],
    ['a command that is not there', ['publish'], /^publish: There is no such command/],
    ['no file', ['audit', ...trial], /^FILE: Say which file/],
    ['two files', ['audit', 'good.html', 'b.html', ...trial], /^b\.html: One file/],
    ['a flag that is not there', ['audit', 'good.html', '--send'], /^--send: There is no such option/],
    ['a flag without its value', ['audit', 'good.html', '--from'], /^--from: .*needs a value/],
    ['a value where none is', ['audit', 'good.html', '--offline=yes'], /^--offline: .*takes no value/],
    ['a format', ['audit', 'good.html', ...trial, '--format', 'xml'], /^--format: Choose one of text, json/],
    ['a language', ['audit', 'good.html', ...trial, '--locale', 'de'], /^--locale: Choose one of en, sv/],
    ['a class', ['audit', 'good.html', ...trial, '--class', 'spam'], /^--class: Choose one of marketing/],
    [
      'two worlds',
      ['audit', 'good.html', ...trial, '--resolver', '127.0.0.1'],
      /^--zone --resolver: .*together/,
    ],
    ['a zone and none', ['audit', 'good.html', ...trial, '--offline'], /^--zone --offline: .*together/],
    ['previews and none', ['audit', 'good.html', ...trial, '--previews', 'p'], /^--previews --no-previews/],
    [
      'a resolver',
      ['audit', 'good.html', ...from, '--resolver', 'nonsense'],
      /^--resolver: Write an address/,
    ],
    ['no sender', ['audit', 'good.html', '--zone', 'zone.json'], /^--from: Say who/],
    [
      'a line break in the sender',
      ['audit', 'good.html', '--from', 'a@b.se\r\nBcc: c@d.se'],
      /^--from: There is a line break/,
    ],
  ])('%s', async (_, args, says) => {
    const { code, out, err } = await klarsignal(args);
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toMatch(says);
  });

  test('help is asked for, so it is no error', async () => {
    for (const args of [['help'], ['--help'], ['audit', '-h']]) {
      const { code, out, err } = await klarsignal(args);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toContain('Exit: 0 clear or done, 1 blocked');
    }
  });

  test('a setting in the environment that cannot be used is named', async () => {
    const { code, err } = await klarsignal(['audit', 'good.html', ...blind], { env: { LOG_LEVEL: 'loud' } });
    expect(code).toBe(3);
    expect(err).toContain('LOG_LEVEL');
    expect(err).not.toMatch(/\n {4}at /);
  });
});

describe('a resolver of one’s own', () => {
  let server: ZoneServer;
  beforeAll(async () => {
    const parsed = parseZone(soundZone);
    if (!parsed.ok) throw new Error(parsed.message);
    server = await startZoneServer(parsed.zone);
  });
  afterAll(() => server.close());

  const judged = async (port: number) => {
    const args = [
      'audit',
      'good.html',
      ...from,
      '--resolver',
      `127.0.0.1:${port}`,
      '--no-previews',
      '--format',
      'json',
    ];
    const ended = await klarsignal(args);
    return { ...ended, report: JSON.parse(ended.out) };
  };

  test('is asked, and the audit is a trial', async () => {
    const { code, report } = await judged(server.port);
    expect({ code, simulated: report.simulated, decision: report.decision }).toEqual({
      code: 0,
      simulated: true,
      decision: 'clear',
    });
    expect(server.asked.get('_dmarc.example.se TXT')).toBe(1);
  });

  test('named in the environment it is the caller’s all the same', async () => {
    const args = ['audit', 'good.html', ...from, '--no-previews', '--format', 'json'];
    const env = { KLARSIGNAL_RESOLVER: `127.0.0.1:${server.port}` };
    const { code, out } = await klarsignal(args, { env });
    expect({ code, simulated: JSON.parse(out).simulated }).toEqual({ code: 0, simulated: true });
  });

  test('one that is dead leaves it undecided, within the budget', { timeout: 40_000 }, async () => {
    const parsed = parseZone({
      se: 'TIMEOUT',
      'example.se': 'TIMEOUT',
      '_dmarc.example.se': 'TIMEOUT',
      'mejl.example.se': 'TIMEOUT',
      's1._domainkey.example.se': 'TIMEOUT',
    });
    if (!parsed.ok) throw new Error(parsed.message);
    const silent = await startZoneServer(parsed.zone);
    const { code, report, ms } = await judged(silent.port);
    await silent.close();
    expect({ code, decision: report.decision }).toEqual({ code: 2, decision: 'undecided' });
    expect(ms).toBeLessThan(15_000);
  });
});

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)('stopped by %s it says nothing, as nothing was decided', async (signal, code) => {
  const silent = createSocket('udp4');
  silent.bind(0, '127.0.0.1');
  await once(silent, 'listening');
  const resolver = `127.0.0.1:${silent.address().port}`;
  const child = spawn(process.execPath, [cli, 'audit', 'good.html', ...from, '--resolver', resolver], {
    cwd: dir,
    env: { PATH: '', HOME: tmpdir(), ...compiled, PUPPETEER_EXECUTABLE_PATH: '/nowhere/chromium' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  await once(silent, 'message');
  child.kill(signal);
  const [ended] = await once(child, 'close');
  silent.close();
  expect({ ended, said }).toEqual({ ended: code, said: '' });
});

describe('previews', () => {
  const env = process.env.PUPPETEER_EXECUTABLE_PATH
    ? { PUPPETEER_EXECUTABLE_PATH: process.env.PUPPETEER_EXECUTABLE_PATH }
    : { PUPPETEER_EXECUTABLE_PATH: '', KLARSIGNAL_CACHE: join(tmpdir(), 'klarsignal-test-cache') };

  test('are saved as pictures', { timeout: 90_000 }, async () => {
    const args = [
      'audit',
      'good.html',
      ...from,
      '--zone',
      'zone.json',
      '--previews',
      'new/folder',
      '--format',
      'json',
    ];
    const { code, out } = await klarsignal(args, { env: { ...env, PATH: process.env.PATH ?? '' } });
    const { previews } = JSON.parse(out);
    expect(code).toBe(0);
    expect(previews.length).toBeGreaterThan(0);
    for (const { view, width } of previews) {
      const png = readFileSync(path(`new/folder/${view}.png`));
      expect(png.subarray(1, 4).toString()).toBe('PNG');
      expect(png.readUInt32BE(16) % width).toBe(0);
    }
  });

  test('the exit code is the decision’s, however many run at once', async () => {
    const args = ['audit', 'good.html', ...from, '--zone', 'zone.json'];
    const all = await Promise.all(
      [1, 2, 3, 4].map(() => klarsignal(args, { env: { ...env, PATH: process.env.PATH ?? '' } })),
    );
    expect(all.map(({ code, err }) => ({ code, err }))).toEqual(all.map(() => ({ code: 0, err: '' })));
  }, 120_000);

  test('a folder that cannot be made is told before anything is looked up', async () => {
    const { code, err, out } = await klarsignal([
      'audit',
      'good.html',
      ...from,
      '--zone',
      'zone.json',
      '--previews',
      'good.html/p',
    ]);
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toMatch(/^good\.html\/p: The previews cannot be saved here/);
  });
});

describe('streams', () => {
  test('a reader that stops reading sees no stack trace', async () => {
    const args = [process.execPath, cli, 'audit', 'link.html', ...trial, '--format', 'json'];
    const quoted = args.map((one) => `'${one}'`).join(' ');
    const child = spawn('/bin/sh', ['-c', `${quoted} | head -c 1`], {
      cwd: dir,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.stdout.resume();
    await once(child, 'close');
    expect(err).toBe('');
  });

  const script = existsSync('/usr/bin/script');
  if (!script) console.warn('SKIPPED: there is no /usr/bin/script here, so no terminal was tried');

  const onTerminal = (columns: number, env: Record<string, string> = {}) => {
    const args = [process.execPath, cli, 'audit', 'link.html', ...trial].map((one) => `'${one}'`).join(' ');
    const command = `stty cols ${columns}; ${args}`;
    return execFileSync('/usr/bin/script', ['-qec', command, '/dev/null'], {
      cwd: dir,
      env: { PATH: '/usr/bin:/bin', HOME: tmpdir(), TERM: 'xterm-256color', ...env },
      encoding: 'utf8',
      input: '',
    });
  };
  test.skipIf(!script)('on a terminal there are progress, colour and lines that fit', () => {
    const text = failing(() => onTerminal(60));
    expect(text).toContain('\r\u001b[K');
    expect(text).toContain('\u001b[31m');
    const last = text.slice(text.lastIndexOf('\u001b[K') + 3);
    for (const line of stripVTControlCharacters(last).split(/\r?\n/)) {
      if (!line.startsWith('      ')) expect(line.length).toBeLessThanOrEqual(60);
    }
  });

  test.skipIf(!script)('NO_COLOR is honoured', () => {
    const [decision] = failing(() => onTerminal(60, { NO_COLOR: '1' })).match(/.*NOT CLEAR.*/) ?? [];
    expect(decision).toMatch(/\[KNOT CLEAR TO SEND \(TRIAL\)\s*$/);
  });

  /** What a command wrote that ends with another code than 0. */
  function failing(run: () => string): string {
    try {
      return run();
    } catch (error) {
      return String((error as { stdout?: string }).stdout ?? '');
    }
  }
});

describe('a fault of our own', () => {
  // Something that the machine relies on and no caller can reach.
  const broken = path('broken.mjs');
  beforeAll(() => writeFileSync(broken, 'crypto.subtle.digest = () => { throw new Error("secret"); };'));

  test.concurrent.each([
    ['no stack trace', {}, false],
    ['but one for those who ask', { KLARSIGNAL_DEBUG: '1' }, true],
  ])('%s', async (_, env, trace) => {
    const { code, out, err } = await klarsignal(['audit', 'good.html', ...trial], {
      env: { NODE_OPTIONS: `--import=${broken}`, ...env },
    });
    expect({ code, out }).toEqual({ code: 70, out: '' });
    expect(err).toContain('our fault');
    expect(err.includes('secret')).toBe(trace);
  });
});
