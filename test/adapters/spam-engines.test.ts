/** What the spam engines' adapters make of answers, over real sockets; test/servers/ has the real daemons. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { parseRspamd, parseSpamd } from '../../src/adapters/spam-engines/address.ts';
import { createRspamdEngine } from '../../src/adapters/spam-engines/rspamd.ts';
import { createSpamdEngine } from '../../src/adapters/spam-engines/spamd.ts';
import type { SpamEngine, SpamOpinion } from '../../src/ports.ts';

const never = new AbortController().signal;
const mail = new TextEncoder().encode('Subject: Hej\r\n\r\nHej!\r\n');

let servers: { server: Server; sockets: Set<Socket> }[] = [];
afterEach(async () => {
  for (const { server, sockets } of servers) {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  }
  servers = [];
});

/** Says the text to whoever has written something, and hangs up where it is to. */
async function saying(says: (socket: Socket, asked: string) => void, path?: string) {
  const sockets = new Set<Socket>();
  // As spamd does, it goes on where whoever asks has said all.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    let asked = '';
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      const first = asked === '';
      asked += bytes.toString('latin1');
      if (first || asked.endsWith('Hej!\r\n')) says(socket, asked);
    });
  });
  if (path) server.listen(path);
  else server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push({ server, sockets });
  const address = server.address();
  return { port: typeof address === 'object' && address ? address.port : 0, sockets };
}

/** Once the whole mail is there. */
const answering = (text: string) => (socket: Socket, asked: string) => {
  if (asked.endsWith('Hej!\r\n')) socket.end(text);
};
const at = (port: number) => ({ host: '127.0.0.1', port });
const spamd = (port: number, timeoutMs = 5000): SpamEngine =>
  createSpamdEngine({ address: at(port), timeoutMs });
const rspamd = (port: number, timeoutMs = 5000): SpamEngine =>
  createRspamdEngine({ address: { ...at(port), secure: false }, timeoutMs });
const known = (opinion: SpamOpinion) => {
  if (!opinion.known) throw new Error(opinion.detail);
  return opinion;
};

const table = [
  ' pts rule name              description',
  '---- ---------------------- --------------------------------------------------',
  '-0.0 NO_RELAYS              Informational: message was not relayed via SMTP',
  ' 2.7 DEAR_FRIEND            BODY: Dear Friend? That is not very dear!',
  ' 3.0 ADVANCE_FEE_5_NEW_MONEY Advance Fee fraud and lots of money',
  ' 0.5 URI_LONG               URI: A long address',
  '                            [URI: example.com (com)]',
  '',
].join('\n');
const spamdSays = (report: string, spam = 'Spam: True ; 6.2 / 5.0', length = Buffer.byteLength(report)) =>
  `SPAMD/1.1 0 EX_OK\r\nContent-length: ${length}\r\n${spam}\r\n\r\n${report}`;
const rspamdSays = (body: unknown, status = '200 OK', headers = 'Server: rspamd/3.4') => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return `HTTP/1.1 ${status}\r\n${headers}\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`;
};
const sound = {
  is_skipped: false,
  score: 6.375,
  required_score: 15,
  action: 'add header',
  symbols: {
    MIME_GOOD: { name: 'MIME_GOOD', score: -0.1, description: 'Known content-type' },
    SUBJ_ALL_CAPS: { name: 'SUBJ_ALL_CAPS', score: 2.475, metric_score: 3, description: 'All capitals' },
  },
};

describe('spamd', () => {
  test('it is asked for a report on the whole mail, and its table of rules is read', async () => {
    let heard = '';
    const { port } = await saying((socket, asked) => {
      heard = asked;
      answering(spamdSays(`Content analysis details:   (6.2 points, 5.0 required)\n\n${table}\n`))(
        socket,
        asked,
      );
    });
    expect(await spamd(port).score(mail, never)).toEqual({
      known: true,
      engine: 'SpamAssassin',
      spam: true,
      score: 6.2,
      threshold: 5,
      action: null,
      symbols: [
        { name: 'ADVANCE_FEE_5_NEW_MONEY', points: 3, description: 'Advance Fee fraud and lots of money' },
        { name: 'DEAR_FRIEND', points: 2.7, description: 'BODY: Dear Friend? That is not very dear!' },
        { name: 'URI_LONG', points: 0.5, description: 'URI: A long address [URI: example.com (com)]' },
        { name: 'NO_RELAYS', points: 0, description: 'Informational: message was not relayed via SMTP' },
      ],
      omitted: 0,
    });
    expect(heard).toBe(
      `REPORT SPAMC/1.5\r\nContent-length: ${mail.length}\r\n\r\nSubject: Hej\r\n\r\nHej!\r\n`,
    );
  });

  test('by a socket of this machine', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'klarsignal-spamd-'));
    try {
      const path = join(folder, 'spamd.sock');
      await saying(answering(spamdSays(table)), path);
      expect(await createSpamdEngine({ address: { path } }).score(mail, never)).toMatchObject({ score: 6.2 });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('an answer in pieces of one byte', async () => {
    const { port } = await saying((socket, asked) => {
      if (!asked.endsWith('Hej!\r\n')) return;
      socket.setNoDelay(true);
      for (const byte of Buffer.from(spamdSays(table))) socket.write(Buffer.of(byte));
    });
    expect(known(await spamd(port).score(mail, never)).symbols).toHaveLength(4);
  });

  test.each<[string, string, number, number]>([
    ['a mail that imitates the table above it', `Content preview:  ${table}\n\n${table}`, 4, 6.2],
    ['a report without a table: its maker has written another', 'This is spam.\n', 0, 6.2],
    ['a table with words after its end', `${table}\n 9.9 MADE_UP                in the mail\n`, 4, 6.2],
    ['an empty report', '', 0, 6.2],
  ])('%s', async (_, report, rules, score) => {
    const { port } = await saying(answering(spamdSays(report)));
    const opinion = known(await spamd(port).score(mail, never));
    expect([opinion.symbols.length, opinion.score]).toEqual([rules, score]);
  });

  test('a score that is rounded up to the threshold is still no spam', async () => {
    const { port } = await saying(answering(spamdSays(table, 'Spam: False ; 5.0 / 5.0')));
    expect(await spamd(port).score(mail, never)).toMatchObject({ known: true, spam: false, score: 5 });
  });

  test('of thousands of rules a hundred are kept, and controls in them are not', async () => {
    const rows = Array.from(
      { length: 900 },
      (_, i) => ` 1.${i % 10} RULE_${i}  a\u202eb\u0007c ${'x'.repeat(220)}`,
    );
    const { port } = await saying(
      answering(spamdSays([...table.split('\n').slice(0, 2), ...rows].join('\n'))),
    );
    const { symbols, omitted } = known(await spamd(port).score(mail, never));
    expect([symbols.length, omitted]).toEqual([100, 800]);
    expect(symbols[0]?.description).toMatch(/^a b c x{194}$/);
  });

  test.each<[string, string, RegExp]>([
    ['a fault of its own', 'SPAMD/1.0 76 Bad header line: REPORT\r\n', /refuses: Bad header line/],
    ['its time is over', 'SPAMD/1.1 79 Timeout: EX_TIMEOUT\r\nContent-length: 0\r\n\r\n', /refuses: Timeout/],
    ['another protocol: HTTP', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', /not an answer of spamd/],
    ['another protocol: SMTP', '220 mail.test ESMTP\r\n', /not an answer of spamd/],
    ['a clamd', 'stream: OK\0', /not an answer of spamd/],
    ['nothing', '', /closed without an answer/],
    ['cut in its head', 'SPAMD/1.1 0 EX_OK\r\nContent-le', /cut short/],
    ['cut in its report', spamdSays(table, undefined, 5000), /cut short/],
    ['without a score', 'SPAMD/1.1 0 EX_OK\r\nContent-length: 0\r\n\r\n', /without a score/],
    ['two scores', spamdSays(table, 'Spam: False ; 0.0 / 5.0\r\nSpam: True ; 9.0 / 5.0'), /without a score/],
    ['no number', spamdSays(table, 'Spam: True ; NaN / 5.0'), /without a score/],
    ['no score', spamdSays(table, 'Spam: True ; 999999999 / 5.0'), /a score that is none/],
    ['a lie: spam below its threshold', spamdSays(table, 'Spam: True ; 1.0 / 5.0'), /contradicts itself/],
    ['a lie: no spam above it', spamdSays(table, 'Spam: False ; 9.0 / 5.0'), /contradicts itself/],
    ['no length', `SPAMD/1.1 0 EX_OK\r\nSpam: True ; 6.2 / 5.0\r\n\r\n${table}`, /without a length/],
    ['a length below nothing', spamdSays(table, undefined, -1), /without a length/],
    ['a huge report', spamdSays(table, undefined, 300_000_000), /too long/],
    ['a head without an end', `SPAMD/1.1 0 EX_OK\r\n${'X: y\r\n'.repeat(2000)}`, /without an end/],
  ])('no opinion, and never 0: %s', async (_, says, detail) => {
    const { port } = await saying(answering(says));
    const opinion = await spamd(port).score(mail, never);
    expect(opinion).toEqual({ known: false, engine: 'SpamAssassin', detail: expect.stringMatching(detail) });
  });
});

describe('rspamd', () => {
  test('its score, its action and its rules are read', async () => {
    let heard = '';
    const { port } = await saying((socket, asked) => {
      heard = asked;
      answering(rspamdSays(sound))(socket, asked);
    });
    const address = { ...at(port), secure: false };
    const opinion = await createRspamdEngine({ address, password: 'hemligt' }).score(mail, never);
    expect(opinion).toEqual({
      known: true,
      engine: 'rspamd 3.4',
      spam: true,
      score: 6.375,
      threshold: null,
      action: 'add header',
      symbols: [
        { name: 'SUBJ_ALL_CAPS', points: 2.475, description: 'All capitals' },
        { name: 'MIME_GOOD', points: -0.1, description: 'Known content-type' },
      ],
      omitted: 0,
    });
    expect(heard).toMatch(/^POST \/checkv2 HTTP\/1\.1\r\n(?:.*\r\n)*Password: hemligt\r\n/);
    expect(JSON.stringify(opinion)).not.toContain('hemligt');
  });

  test.each<[string, object, object]>([
    [
      'GTUBE, which ends the work before it begins',
      { ...sound, is_skipped: true, score: 15, action: 'reject', symbols: { GTUBE: { score: 0 } } },
      { spam: true, action: 'reject', symbols: [{ name: 'GTUBE', points: 0, description: '' }] },
    ],
    ['it asks to come again', { ...sound, action: 'greylist', score: 4.5 }, { spam: false }],
    ['below every limit', { ...sound, action: 'no action', score: -1 }, { spam: false, score: -1 }],
    [
      'thresholds, as newer ones tell them',
      { ...sound, thresholds: { reject: 15, 'add header': 6, greylist: 4 } },
      { threshold: 6 },
    ],
    [
      'an action of its own, above the threshold',
      { ...sound, action: 'to the vault', thresholds: { reject: 15, 'add header': 6 } },
      { spam: true, action: 'to the vault' },
    ],
    ['a rule that is none', { ...sound, symbols: { A: { score: 'x' }, B: null, C: 4 } }, { symbols: [] }],
    ['a name of nothing', { ...sound, symbols: JSON.parse('{"__proto__":{"score":1}}') }, { spam: true }],
  ])('%s', async (_, says, expected) => {
    const { port } = await saying(answering(rspamdSays(says)));
    expect(await rspamd(port).score(mail, never)).toMatchObject({ known: true, ...expected });
  });

  test.each<[string, string, RegExp]>([
    ['a wrong password', rspamdSays({ error: 'Unauthorized' }, '401 Unauthorized'), /HTTP 401/],
    ['a redirect is not followed', rspamdSays('', '302 Found', 'Location: http://127.0.0.1/'), /HTTP 302/],
    ['a fault', rspamdSays({ error: 'x' }, '500 Internal Server Error'), /HTTP 500/],
    ['a page', rspamdSays('<html>Hej</html>'), /not an answer of rspamd/],
    ['a list', rspamdSays([sound]), /not an answer of rspamd/],
    ['a depth', rspamdSays('['.repeat(200_000)), /not an answer of rspamd/],
    ['nothing of it', rspamdSays({}), /without a score/],
    ['a score in words', rspamdSays({ ...sound, score: '0' }), /without a score/],
    [
      'a score without an end',
      rspamdSays(JSON.stringify(sound).replace('6.375', '1e999')),
      /without a score/,
    ],
    ['no rules', rspamdSays({ ...sound, symbols: null }), /without a score/],
    [
      'it has looked at nothing',
      rspamdSays({ ...sound, is_skipped: true, action: 'no action' }),
      /not to look/,
    ],
    ['an action nobody knows', rspamdSays({ ...sound, action: 'dance' }), /not known here: dance/],
    ['cut', rspamdSays(sound).slice(0, -20), /cut short|ECONNRESET|aborted/],
    ['a huge one', rspamdSays(' '.repeat(2 * 1024 * 1024)), /too long/],
    ['heads without an end', `HTTP/1.1 200 OK\r\n${'X: y\r\n'.repeat(20_000)}\r\n`, /HPE_HEADER_OVERFLOW/],
    ['another protocol: SMTP', '220 mail.test ESMTP\r\n', /HPE_|ECONNRESET/],
    ['another protocol: spamd', spamdSays(table), /HPE_|ECONNRESET/],
    ['nothing', '', /ECONNRESET|EPIPE/],
  ])('no opinion, and never 0: %s', async (_, says, detail) => {
    const { port } = await saying(answering(says));
    const opinion = await rspamd(port).score(mail, never);
    expect(opinion).toEqual({
      known: false,
      engine: expect.stringMatching(/^rspamd/),
      detail: expect.stringMatching(detail),
    });
  });
});

describe.each([
  ['spamd', spamd, 'SPAMD/1.1 0 EX_OK\r\n'],
  ['rspamd', rspamd, 'HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{'],
] as const)('%s: silence', (_, engine, begun) => {
  test('nobody listens', async () => {
    const { port } = await saying(() => {});
    for (const { server } of servers.splice(0)) {
      server.close();
      await once(server, 'close');
    }
    expect(await engine(port).score(mail, never)).toMatchObject({ known: false, detail: 'ECONNREFUSED' });
  });

  test('it begins and never ends: over at its time', async () => {
    const { port } = await saying((socket) => socket.write(begun));
    expect(await engine(port, 100).score(mail, never)).toMatchObject({ known: false, detail: 'out of time' });
  });

  test('it drips: over at its time, however often it says something', async () => {
    const { port } = await saying((socket) => {
      socket.write(begun);
      const drip = setInterval(() => socket.write(' '), 5);
      socket.on('close', () => clearInterval(drip));
    });
    expect(await engine(port, 150).score(mail, never)).toMatchObject({ known: false });
  });

  test('who is no longer waited for lets go of the connection', async () => {
    const ended = new AbortController();
    const { port, sockets } = await saying((socket) => {
      socket.write(begun);
      ended.abort();
      // Whoever has let go refuses to hear more.
      const drip = setInterval(() => socket.write(' '), 5);
      socket.on('close', () => clearInterval(drip));
    });
    expect(await engine(port).score(mail, ended.signal)).toMatchObject({ detail: 'out of time' });
    const [socket] = sockets;
    if (socket && !socket.closed) await new Promise((resolve) => socket.once('close', resolve));
  });

  test('four at a time; whoever waits is answered in turn, or leaves at its time', async () => {
    let open = 0;
    let most = 0;
    const { port } = await saying((socket, asked) => {
      if (!asked.endsWith('Hej!\r\n')) return;
      open += 1;
      most = Math.max(most, open);
      setImmediate(() => {
        open -= 1;
        socket.end(engine === spamd ? spamdSays(table) : rspamdSays(sound));
      });
    });
    const one = engine(port);
    const asked = Array.from({ length: 20 }, () => one.score(mail, never));
    const early = one.score(mail, AbortSignal.abort());
    expect((await Promise.all(asked)).every((opinion) => opinion.known)).toBe(true);
    expect(await early).toMatchObject({ known: false, detail: 'out of time' });
    expect(most).toBeLessThanOrEqual(4);
    expect(await one.score(mail, never)).toMatchObject({ known: true });
  });
});

test.each([
  ['127.0.0.1:783', { host: '127.0.0.1', port: 783 }],
  ['spamd.example.org', { host: 'spamd.example.org', port: 783 }],
  ['[::1]:1783', { host: '::1', port: 1783 }],
  ['/run/spamd.sock', { path: '/run/spamd.sock' }],
  ['', undefined],
  ['run/spamd.sock', undefined],
  ['host:99999', undefined],
  ['http://host:783', undefined],
])('spamd at %s', (text, address) => {
  expect(parseSpamd(text)).toEqual(address);
});

test.each([
  ['127.0.0.1', { host: '127.0.0.1', port: 11333, secure: false }],
  ['http://127.0.0.1:11334', { host: '127.0.0.1', port: 11334, secure: false }],
  ['http://[::1]:11334/', { host: '::1', port: 11334, secure: false }],
  ['https://rspamd.example.org', { host: 'rspamd.example.org', port: 443, secure: true }],
  ['/run/rspamd.sock', { path: '/run/rspamd.sock', secure: false }],
  ['http://user:secret@rspamd.example.org', undefined],
  ['http://rspamd.example.org/checkv2', undefined],
  ['http://rspamd.example.org/?', undefined],
  ['ftp://rspamd.example.org', undefined],
  ['', undefined],
])('rspamd at %s', (text, address) => {
  expect(parseRspamd(text)).toEqual(address);
});
