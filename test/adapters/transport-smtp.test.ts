/** The SMTP transport against a server that fails in every way: what each means, and that nothing comes twice. */
import { generateKeyPairSync } from 'node:crypto';
import net from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createSmtpTransport, type SmtpTransportOptions } from '../../src/adapters/transport/smtp.ts';
import type { Handover, OutgoingMail, Transport } from '../../src/ports.ts';
import { makeAuthority } from '../sinks/certificates.ts';
import {
  type ConnectionFault,
  type MessageFault,
  type SmtpSink,
  type SmtpSinkOptions,
  startSmtpSink,
} from '../sinks/smtp-sink.ts';

const authority = makeAuthority();
const account = { user: 'klarsignal', pass: 'hemligt lösenord' };
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const keyring = { dkimKey: (d: string, s: string) => (`${s}.${d}` === 'r1.example.se' ? pem : undefined) };
/** Long enough for a busy machine where an answer comes, short where none does. */
const timeouts = { connect: 3000, greeting: 3000, open: 3500, envelope: 3000, message: 3000 };
function patience(name: string): typeof timeouts {
  if (/^no (?:banner|TLS)/.test(name)) return { ...timeouts, connect: 500, greeting: 500 };
  if (/^no answer to (?:EHLO|AUTH)/.test(name)) return { ...timeouts, open: 1000 };
  if (/^(?:no |silence)/.test(name)) return { ...timeouts, envelope: 400, message: 400 };
  return timeouts;
}

/** What ends with a test; tests that run beside others bring their own. */
type Ending = (close: () => Promise<void>) => void;

async function sinkOf(options: SmtpSinkOptions = {}, ending: Ending = onTestFinished): Promise<SmtpSink> {
  const { pass, user } = account;
  const sink = await startSmtpSink({ authority, auth: { user, pass }, ...options });
  ending(() => sink.close());
  return sink;
}

function transportTo(
  sink: { port: number },
  options: Partial<SmtpTransportOptions> = {},
  ending: Ending = onTestFinished,
): Transport {
  const transport = createSmtpTransport({
    id: 'reserve',
    provider: 'Test',
    country: 'SE',
    spf: null,
    standardFor: [],
    host: '127.0.0.1',
    port: sink.port,
    implicitTls: true,
    auth: { user: account.user, password: account.pass },
    ca: [authority.cert],
    timeouts,
    keyring,
    ...options,
  });
  ending(() => transport.close());
  return transport;
}

let made = 0;
function mail(changes: Partial<OutgoingMail> = {}): OutgoingMail {
  made += 1;
  const lines = [
    'From: Kansliet <kansliet@example.se>',
    'To: kim@example.org',
    'Subject: Hej',
    `Message-ID: <${made}@studs.example.se>`,
    'Date: Sun, 22 Nov 2026 12:00:00 +0000',
    'List-Unsubscribe: <https://example.se/u/1>',
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Hej!',
    '.',
    '..en rad med prick',
    '',
  ];
  return {
    attempt: `cmp_0123456789abcdef.${made}.1`,
    envelopeFrom: `b-${made}@studs.example.se`,
    recipient: 'kim@example.org',
    dkim: [],
    raw: Buffer.from(lines.join('\r\n')),
    ...changes,
  };
}

const never = () => new AbortController().signal;

function short(handover: Handover): string {
  if (handover.kind === 'accepted') return 'accepted';
  const { stage, permanent, code, enhanced } = handover;
  return [stage, permanent ? 'permanent' : 'temporary', code, enhanced ?? '-'].join(' ');
}

describe('what arrives', () => {
  test.each(['implicit', 'starttls'] as const)(
    'a mail over TLS (%s), signed in, with its ENVID',
    async (tls) => {
      const sink = await sinkOf({ tls });
      const transport = transportTo(sink, { implicitTls: tls === 'implicit' });
      const one = mail();
      const handover = await transport.send(one, never());
      expect(handover).toEqual({
        kind: 'accepted',
        providerId: 'S000001',
        response: '250 OK: queued as S000001',
      });
      const [arrived] = sink.messages;
      expect(arrived).toMatchObject({
        envid: one.attempt,
        ret: 'HDRS',
        notify: ['FAILURE', 'DELAY'],
        orcpt: 'rfc822;kim@example.org',
        from: one.envelopeFrom,
        to: one.recipient,
        secure: true,
        user: account.user,
      });
      expect(arrived?.raw.equals(one.raw)).toBe(true);
    },
  );

  test('nothing of DSN is said to a server that does not offer it', async () => {
    const sink = await sinkOf({ without: ['DSN', 'PIPELINING'] });
    expect((await transportTo(sink).send(mail(), never())).kind).toBe('accepted');
    expect(sink.messages[0]).toMatchObject({ envid: null, ret: null, notify: [], orcpt: null });
  });

  test.each(['PLAIN', 'LOGIN', 'CRAM-MD5'] as const)('it signs in by %s', async (method) => {
    const sink = await sinkOf({ auth: { ...account, methods: [method] } });
    expect((await transportTo(sink).send(mail(), never())).kind).toBe('accepted');
    expect(sink.messages[0]?.user).toBe(account.user);
  });

  test('connections carry several mails, and never more at once than allowed', async () => {
    const sink = await sinkOf();
    let most = 0;
    sink.onMessage = () => {
      const answered = sink.messages.filter((one) => one.answered !== null).length;
      most = Math.max(most, sink.transactions - answered);
      return { at: 'end', wait: 5 };
    };
    const transport = transportTo(sink, { atOnce: 3, perConnection: 10 });
    const mails = Array.from({ length: 60 }, () => mail());
    const ends = await Promise.all(mails.map((one) => transport.send(one, never())));
    expect(ends.every(({ kind }) => kind === 'accepted')).toBe(true);
    expect(new Set(sink.messages.map(({ envid }) => envid))).toEqual(
      new Set(mails.map((one) => one.attempt)),
    );
    expect(sink.messages).toHaveLength(60);
    const perConnection = Map.groupBy(sink.messages, ({ connection }) => connection);
    expect([...perConnection.values()].every((carried) => carried.length <= 10)).toBe(true);
    expect(perConnection.size).toBeLessThanOrEqual(8);
    expect(most).toBe(3);
  });

  test('signed by each key of the route, with all of one-click unsubscribing under the signature', async () => {
    const sink = await sinkOf();
    const one = mail({ dkim: [{ d: 'example.se', s: 'r1' }] });
    expect((await transportTo(sink).send(one, never())).kind).toBe('accepted');
    const raw = sink.messages[0]?.raw.toString('latin1') ?? '';
    const signature = /^DKIM-Signature:(?:.*\r\n(?:[ \t].*\r\n)*)/i.exec(raw)?.[0].replace(/\s+/g, '') ?? '';
    expect(signature).toMatch(/d=example\.se;.*s=r1;/);
    expect(signature).toMatch(/a=rsa-sha256/);
    for (const field of [
      'From',
      'To',
      'Subject',
      'Date',
      'Message-ID',
      'List-Unsubscribe',
      'List-Unsubscribe-Post',
    ]) {
      expect(signature.toLowerCase()).toMatch(new RegExp(`h=[^;]*\\b${field.toLowerCase()}[:;]`));
    }
    expect(raw.endsWith(Buffer.from(one.raw).toString('latin1'))).toBe(true);
  });

  test('a key that is missing sends nothing', async () => {
    const sink = await sinkOf();
    const keys = [
      { d: 'example.se', s: 'r1' },
      { d: 'example.se', s: 'r2' },
    ];
    const handover = await transportTo(sink).send(mail({ dkim: keys }), never());
    expect(short(handover)).toBe('identity permanent DKIM-KEY -');
    expect(sink.connections).toBe(0);
  });
});

type Row = [
  name: string,
  fault: { connection: ConnectionFault } | { message: MessageFault },
  ends: RegExp,
  count: number,
];

/** Each row: what happens, how it ends, how many whole messages the server has. */
const table: Row[] = [
  [
    'connection cut at once',
    { connection: 'cut' },
    /^(?:connect temporary ECONNRESET|greeting temporary ECONNECTION)/,
    0,
  ],
  ['banner is no SMTP', { connection: 'bad-banner' }, /^greeting temporary EPROTOCOL/, 0],
  ['banner 421', { connection: 'banner-421' }, /^throttled temporary 421 4\.3\.2/, 0],
  ['banner 554', { connection: 'banner-554' }, /^greeting permanent 554 5\.7\.1/, 0],
  ['no banner', { connection: 'hang-banner' }, /^greeting temporary ETIMEDOUT/, 0],
  ['no TLS handshake', { connection: 'hang-tls' }, /^(?:connect|tls) temporary ETIMEDOUT/, 0],
  [
    'cut in the TLS handshake',
    { connection: 'cut-tls' },
    /^(?:connect temporary ECONNRESET|tls temporary E)/,
    0,
  ],
  [
    'certificate of nobody we trust',
    { connection: 'wrong-certificate' },
    /^tls permanent (?:SELF_SIGNED|UNABLE_TO|DEPTH)/,
    0,
  ],
  [
    'certificate for another name',
    { connection: 'other-name' },
    /^tls permanent ERR_TLS_CERT_ALTNAME_INVALID/,
    0,
  ],
  [
    'certificate that has run out',
    { connection: 'expired-certificate' },
    /^tls permanent CERT_HAS_EXPIRED/,
    0,
  ],
  ['421 to EHLO', { connection: 'ehlo-421' }, /^throttled temporary 421/, 0],
  ['550 to EHLO', { connection: 'ehlo-550' }, /^hello permanent 550 5\.7\.1/, 0],
  ['no answer to EHLO', { connection: 'hang-ehlo' }, /^hello temporary ETIMEDOUT/, 0],
  ['cut at EHLO', { connection: 'cut-ehlo' }, /^(?:greeting|hello|connect) temporary ECONN/, 0],
  ['535 to AUTH', { connection: 'auth-535' }, /^auth permanent 535 5\.7\.8/, 0],
  ['454 to AUTH', { connection: 'auth-454' }, /^auth temporary 454 4\.7\.0/, 0],
  ['421 to AUTH', { connection: 'auth-421' }, /^throttled temporary 421/, 0],
  ['no answer to AUTH', { connection: 'hang-auth' }, /^auth temporary ETIMEDOUT/, 0],
  [
    '421 to MAIL',
    { message: { at: 'mail', reply: '421 4.7.0 Try again later' } },
    /^throttled temporary 421 4\.7\.0/,
    0,
  ],
  [
    '451 4.4.3 to MAIL',
    { message: { at: 'mail', reply: '451 4.4.3 Cannot look the sender up now' } },
    /^sender temporary 451/,
    0,
  ],
  [
    '450 4.1.8 to MAIL',
    { message: { at: 'mail', reply: '450 4.1.8 Sender domain not found' } },
    /^sender temporary 450/,
    0,
  ],
  [
    '450 4.7.1 to MAIL',
    { message: { at: 'mail', reply: '450 4.7.1 Too much mail from you' } },
    /^throttled temporary 450/,
    0,
  ],
  ['452 to MAIL', { message: { at: 'mail', reply: '452 No room' } }, /^throttled temporary 452/, 0],
  ['451 to MAIL', { message: { at: 'mail', reply: '451 4.3.0 Busy' } }, /^throttled temporary 451/, 0],
  [
    '452 4.3.4 to MAIL',
    { message: { at: 'mail', reply: '452 4.3.4 No room' } },
    /^message temporary 452 4\.3\.4/,
    0,
  ],
  ['530 to MAIL', { message: { at: 'mail', reply: '530 5.7.0 Sign in' } }, /^auth permanent 530/, 0],
  [
    '550 to MAIL',
    { message: { at: 'mail', reply: '550 5.7.1 Sender not allowed' } },
    /^identity permanent 550 5\.7\.1/,
    0,
  ],
  [
    '552 to MAIL',
    { message: { at: 'mail', reply: '552 5.3.4 Too big' } },
    /^message permanent 552 5\.3\.4/,
    0,
  ],
  ['no answer to MAIL', { message: { at: 'mail', hang: true } }, /^connect temporary ETIMEDOUT/, 0],
  ['cut at MAIL', { message: { at: 'mail', cut: true } }, /^connect temporary E/, 0],
  ['421 to RCPT', { message: { at: 'rcpt', reply: '421 4.7.0 Slow down' } }, /^throttled temporary 421/, 0],
  [
    '451 to RCPT',
    { message: { at: 'rcpt', reply: '451 4.7.1 Greylisted' } },
    /^recipient temporary 451 4\.7\.1/,
    0,
  ],
  [
    '550 to RCPT',
    { message: { at: 'rcpt', reply: '550 5.1.1 No such user' } },
    /^recipient permanent 550 5\.1\.1/,
    0,
  ],
  [
    '552 to RCPT',
    { message: { at: 'rcpt', reply: '552 5.2.2 Full' } },
    /^recipient permanent 552 5\.2\.2/,
    0,
  ],
  [
    '554 to RCPT',
    { message: { at: 'rcpt', reply: '554 5.7.1 Blocked' } },
    /^recipient permanent 554 5\.7\.1/,
    0,
  ],
  // Of us, and not of whom it is for.
  [
    '550 5.4.5 Daily user sending limit exceeded, to RCPT',
    { message: { at: 'rcpt', reply: '550 5.4.5 Daily user sending limit exceeded' } },
    /^throttled temporary 550 5\.4\.5/,
    0,
  ],
  [
    '550 Domain example.se has exceeded the max emails per hour (150/150) a, to RCPT',
    {
      message: {
        at: 'rcpt',
        reply: '550 Domain example.se has exceeded the max emails per hour (150/150) allowed',
      },
    },
    /^throttled temporary 550 -/,
    0,
  ],
  [
    '450 4.7.1 Error: too much mail from 192.0.2.1, to RCPT',
    { message: { at: 'rcpt', reply: '450 4.7.1 Error: too much mail from 192.0.2.1' } },
    /^throttled temporary 450/,
    0,
  ],
  [
    '550 5.1.90 Your message cannot be sent, you have reached your daily li, to RCPT',
    {
      message: {
        at: 'rcpt',
        reply: '550 5.1.90 Your message cannot be sent, you have reached your daily limit',
      },
    },
    /^throttled temporary 550/,
    0,
  ],
  [
    '550 relay not permitted, to RCPT',
    { message: { at: 'rcpt', reply: '550 relay not permitted' } },
    /^auth permanent 550 -/,
    0,
  ],
  [
    '554 5.7.1 <kim@example.org>: Relay access denied, to RCPT',
    { message: { at: 'rcpt', reply: '554 5.7.1 <kim@example.org>: Relay access denied' } },
    /^auth permanent 554/,
    0,
  ],
  [
    '550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain, to RCPT',
    { message: { at: 'rcpt', reply: '550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain' } },
    /^auth permanent 550/,
    0,
  ],
  [
    '454 4.7.1 Relay access denied, to RCPT',
    { message: { at: 'rcpt', reply: '454 4.7.1 Relay access denied' } },
    /^auth temporary 454/,
    0,
  ],
  [
    '530 SMTP authentication is required., to RCPT',
    { message: { at: 'rcpt', reply: '530 SMTP authentication is required.' } },
    /^auth permanent 530 -/,
    0,
  ],
  [
    '550 5.7.1 Authentication required, to RCPT',
    { message: { at: 'rcpt', reply: '550 5.7.1 Authentication required' } },
    /^auth permanent 550/,
    0,
  ],
  [
    '555 5.5.4 RCPT TO parameters not recognized, to RCPT',
    { message: { at: 'rcpt', reply: '555 5.5.4 RCPT TO parameters not recognized' } },
    /^command permanent 555 5\.5\.4/,
    0,
  ],
  [
    '550 5.2.1 The user you are trying to contact is receiving mail at a ra, to RCPT',
    {
      message: {
        at: 'rcpt',
        reply: '550 5.2.1 The user you are trying to contact is receiving mail at a rate over the limit',
      },
    },
    /^recipient permanent 550 5\.2\.1/,
    0,
  ],
  [
    '552 5.2.2 The email account that you tried to reach is over quota, to RCPT',
    { message: { at: 'rcpt', reply: '552 5.2.2 The email account that you tried to reach is over quota' } },
    /^recipient permanent 552/,
    0,
  ],
  [
    '552 Requested mail action aborted: exceeded storage limit, to RCPT',
    { message: { at: 'rcpt', reply: '552 Requested mail action aborted: exceeded storage limit' } },
    /^recipient permanent 552 -/,
    0,
  ],
  [
    '550 Mailbox quota exceeded, message limit, to RCPT',
    { message: { at: 'rcpt', reply: '550 Mailbox quota exceeded, message limit' } },
    /^recipient permanent 550 -/,
    0,
  ],
  [
    '550 5.7.26 Unauthenticated mail: authentication required by SPF or DKI, to RCPT',
    {
      message: {
        at: 'rcpt',
        reply: '550 5.7.26 Unauthenticated mail: authentication required by SPF or DKIM',
      },
    },
    /^recipient permanent 550 5\.7\.26/,
    0,
  ],
  [
    '550 5.7.1 RESOLVER.RST.AuthRequired; authentication required, to RCPT',
    { message: { at: 'rcpt', reply: '550 5.7.1 RESOLVER.RST.AuthRequired; authentication required' } },
    /^recipient permanent 550 5\.7\.1/,
    0,
  ],
  [
    '550 Rejected, to RCPT',
    { message: { at: 'rcpt', reply: '550 Rejected' } },
    /^recipient permanent 550 -/,
    0,
  ],
  [
    '550 5.4.5 to MAIL',
    { message: { at: 'mail', reply: '550 5.4.5 Daily sending quota exceeded' } },
    /^throttled temporary 550 5\.4\.5/,
    0,
  ],
  [
    'size to MAIL',
    { message: { at: 'mail', reply: '552 5.3.4 Message size exceeds fixed maximum message size' } },
    /^message permanent 552/,
    0,
  ],
  ['no answer to RCPT', { message: { at: 'rcpt', hang: true } }, /^connect temporary ETIMEDOUT/, 0],
  ['cut at RCPT', { message: { at: 'rcpt', cut: true } }, /^connect temporary E/, 0],
  ['451 to DATA', { message: { at: 'data', reply: '451 4.3.0 Not now' } }, /^message temporary 451/, 0],
  ['554 to DATA', { message: { at: 'data', reply: '554 5.7.1 No' } }, /^message permanent 554 5\.7\.1/, 0],
  ['421 to DATA', { message: { at: 'data', reply: '421 4.3.2 Closing' } }, /^throttled temporary 421/, 0],
  ['cut at DATA', { message: { at: 'data', cut: true } }, /^connect temporary E/, 0],
  ['no answer to DATA', { message: { at: 'data', hang: true } }, /^connect temporary ETIMEDOUT/, 0],
  ['cut in DATA', { message: { at: 'body', cut: true } }, /^handed-over temporary E/, 0],
  ['silence in DATA', { message: { at: 'body', hang: true } }, /^handed-over temporary ETIMEDOUT/, 0],
  [
    '421 after the final dot',
    { message: { at: 'end', reply: '421 4.3.2 Closing' } },
    /^message temporary 421/,
    1,
  ],
  [
    '451 after the final dot',
    { message: { at: 'end', reply: '451 4.7.0 Later' } },
    /^message temporary 451 4\.7\.0/,
    1,
  ],
  [
    '550 after the final dot',
    { message: { at: 'end', reply: '550 5.7.1 Spam' } },
    /^message permanent 550 5\.7\.1/,
    1,
  ],
  [
    '552 after the final dot',
    { message: { at: 'end', reply: '552 5.3.4 Too big' } },
    /^message permanent 552 5\.3\.4/,
    1,
  ],
  [
    '554 after the final dot',
    { message: { at: 'end', reply: '554 5.7.1 Refused' } },
    /^message permanent 554 5\.7\.1/,
    1,
  ],
  ['cut after the final dot', { message: { at: 'end', cut: true } }, /^handed-over temporary E/, 1],
  [
    'silence after the final dot',
    { message: { at: 'end', hang: true } },
    /^handed-over temporary ETIMEDOUT/,
    1,
  ],
];

describe.each([
  ['implicit TLS, pipelined', 'implicit', []],
  ['STARTTLS, one command at a time', 'starttls', ['PIPELINING']],
] as const)('fault table: %s', (_, tls, without) => {
  test.concurrent.for(table)('%s', async ([name, fault, ends, count], { onTestFinished, expect }) => {
    const sink = await sinkOf({ tls, without: [...without] }, onTestFinished);
    if ('connection' in fault) sink.onConnection = () => fault.connection;
    else sink.onMessage = () => fault.message;
    const transport = transportTo(
      sink,
      { implicitTls: tls === 'implicit', timeouts: patience(name) },
      onTestFinished,
    );
    expect(short(await transport.send(mail(), never()))).toMatch(ends);
    expect(sink.messages).toHaveLength(count);
    // One attempt: one connection, and at most one transaction.
    expect(sink.connections).toBe(1);
    expect(sink.transactions).toBe('connection' in fault ? 0 : 1);
  });
});

describe('fault table: the next mail', () => {
  test.concurrent.for(table)('after: %s', async ([name, fault, ends, count], { onTestFinished, expect }) => {
    const sink = await sinkOf({}, onTestFinished);
    if ('connection' in fault) sink.onConnection = (n) => (n === 1 ? fault.connection : undefined);
    else sink.onMessage = (n) => (n === 2 ? fault.message : undefined);
    const transport = transportTo(sink, { atOnce: 1, timeouts: patience(name) }, onTestFinished);
    const before = 'connection' in fault ? [] : [mail()];
    for (const one of before) expect((await transport.send(one, never())).kind).toBe('accepted');
    // On a connection that has carried mail, a hang-up before the message is no refusal: it goes on a new one.
    const again = 'message' in fault && /^(?:421 to (?:MAIL|RCPT|DATA)|cut at)/.test(name);
    const ended = short(await transport.send(mail(), never()));
    if (again) expect(ended).toBe('accepted');
    else expect(ended).toMatch(ends);
    expect((await transport.send(mail(), never())).kind).toBe('accepted');
    expect(sink.messages).toHaveLength(before.length + count + (again ? 1 : 0) + 1);
    expect(sink.doubles()).toEqual([]);
  });
});

describe('never in clear, never to a stranger', () => {
  test('a server without STARTTLS gets neither password nor mail', async () => {
    const sink = await sinkOf({ tls: 'none' });
    const handover = await transportTo(sink, { implicitTls: false }).send(mail(), never());
    expect(short(handover)).toMatch(/^tls /);
    expect(sink.transactions).toBe(0);
  });

  test('one that takes STARTTLS back is not followed', async () => {
    const sink = await sinkOf({ tls: 'starttls' });
    sink.onConnection = () => 'no-starttls';
    expect(short(await transportTo(sink, { implicitTls: false }).send(mail(), never()))).toMatch(/^tls /);
  });

  test('an authority that nobody has named is not trusted', async () => {
    const sink = await sinkOf();
    expect(short(await transportTo(sink, { ca: [] }).send(mail(), never()))).toMatch(/^tls permanent/);
  });
});

describe('the rest', () => {
  test('a port where nobody listens', async () => {
    const server = net.createServer().listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    const { port } = server.address() as net.AddressInfo;
    await new Promise((done) => server.close(done));
    expect(short(await transportTo({ port }).send(mail(), never()))).toBe('connect temporary ECONNREFUSED -');
  });

  test('a name that does not exist', async () => {
    const transport = transportTo({ port: 465 }, { host: 'smtp.invalid' });
    expect(short(await transport.send(mail(), never()))).toMatch(
      /^connect temporary (?:ENOTFOUND|EAI_AGAIN|E)/,
    );
  });

  test('a message larger than the server takes is not even offered', async () => {
    const sink = await sinkOf({ size: 1000 });
    const handover = await transportTo(sink).send(mail({ raw: Buffer.alloc(2000, 'x\r\n') }), never());
    expect(short(handover)).toBe('message permanent SIZE -');
    expect(sink.transactions).toBe(0);
  });

  test('an address with a line break never reaches the server', async () => {
    const sink = await sinkOf();
    const handover = await transportTo(sink).send(
      mail({ recipient: 'a@example.org>\r\nRCPT TO:<b@example.org' }),
      never(),
    );
    expect(short(handover)).toBe('recipient permanent EENVELOPE -');
    expect(sink.transactions).toBe(0);
  });

  test('whoever gives up before the message was begun has handed nothing over; after it, perhaps', async () => {
    const sink = await sinkOf();
    const reached: (() => void)[] = [];
    sink.onMessage = (n) => {
      setImmediate(() => reached.shift()?.());
      return n === 1 ? { at: 'rcpt', hang: true } : { at: 'end', hang: true };
    };
    const transport = transportTo(sink);
    for (const [stage, ready] of [
      ['connect', () => sink.transactions === 1],
      ['handed-over', () => sink.messages.length === 1],
    ] as const) {
      const giving = new AbortController();
      const ended = transport.send(mail(), giving.signal);
      await expect.poll(ready).toBe(true);
      giving.abort();
      expect(short(await ended)).toBe(`${stage} temporary ABORTED -`);
    }
    const late = new AbortController();
    late.abort();
    expect(short(await transport.send(mail(), late.signal))).toBe('connect temporary ABORTED -');
    expect(sink.transactions).toBe(2);
  });

  test('what a server says is kept on one line of at most 500 characters', async () => {
    const sink = await sinkOf();
    sink.onMessage = () => ({ at: 'rcpt', reply: `550 5.1.1 nej\u0007 ${'mycket '.repeat(200)}` });
    const handover = await transportTo(sink).send(mail(), never());
    expect(handover.kind === 'failed' && handover.response.length).toBeLessThanOrEqual(500);
    expect(handover.kind === 'failed' && handover.response).toMatch(/^550 5\.1\.1 nej mycket/);
  });

  test('a server that has hung up between two mails loses neither and gets neither twice', async () => {
    const sink = await sinkOf();
    const transport = transportTo(sink, { atOnce: 4 });
    const all: Handover[] = [];
    for (let round = 0; round < 5; round += 1) {
      all.push(...(await Promise.all(Array.from({ length: 4 }, () => transport.send(mail(), never())))));
      sink.hangUp();
      // Before our side can have noticed, and when it has.
      if (round % 2 === 1) await expect.poll(() => sink.open).toBe(0);
    }
    expect(all.map(short)).toEqual(Array(20).fill('accepted'));
    expect(sink.messages).toHaveLength(20);
    expect(sink.doubles()).toEqual([]);
  });

  test('status says whether it answers, and sends nothing', async () => {
    const sink = await sinkOf();
    const transport = transportTo(sink);
    expect(await transport.status(never())).toMatchObject({
      available: true,
      suspended: false,
      sandbox: false,
    });
    sink.onConnection = () => 'auth-535';
    expect(await transport.status(never())).toMatchObject({
      available: false,
      detail: expect.stringContaining('535'),
    });
    expect(sink.transactions).toBe(0);
    expect(await transport.identity('example.se', never())).toMatchObject({
      domain: null,
      mailFromDomain: null,
    });
  });

  test('a thousand mails through random faults: none comes twice', { timeout: 60_000 }, async () => {
    const sink = await sinkOf();
    const faults = table.flatMap(([name, fault]) =>
      'message' in fault && !/^(?:no |silence)/.test(name) ? [fault.message] : [],
    );
    let seed = 7;
    const random = () => {
      seed = (seed * 48271) % 2147483647;
      return seed / 2147483647;
    };
    sink.onMessage = () => (random() < 0.4 ? faults[Math.floor(random() * faults.length)] : undefined);
    const transport = transportTo(sink, { atOnce: 5, perConnection: 20 });
    const mails = Array.from({ length: 1000 }, () => mail());
    const ends = await Promise.all(
      mails.map(async (one) => [one.attempt, await transport.send(one, never())] as const),
    );
    expect(sink.doubles()).toEqual([]);
    const answered = new Map(sink.messages.map(({ envid, answered }) => [envid, answered]));
    for (const [attempt, handover] of ends) {
      const answer = answered.get(attempt);
      const accepted = answer?.startsWith('250') ?? false;
      if (handover.kind === 'accepted') expect(accepted).toBe(true);
      else expect([attempt, handover.stage, accepted]).toEqual([attempt, handover.stage, false]);
      // What was not begun is not there; what was begun and not answered may be.
      if (handover.kind === 'failed' && !['message', 'handed-over'].includes(handover.stage))
        expect(answer).toBe(undefined);
    }
  });
});
