/** The SES transport, through the AWS SDK, against a server that fails in every way SES can. */
import net from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { countryOfRegion } from '../../src/adapters/transport/ses/regions.ts';
import { createSesTransport, type SesTransportOptions } from '../../src/adapters/transport/ses.ts';
import type { Handover, OutgoingMail, Transport } from '../../src/ports.ts';
import { makeAuthority } from '../sinks/certificates.ts';
import {
  type SesFault,
  type SesSink,
  type SesSinkOptions,
  startSesSink,
  verifiedIdentity,
} from '../sinks/ses-sink.ts';

const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'test' };
const patient = { connect: 5000, answer: 5000 };
const quick = { connect: 2000, answer: 500 };

const open: (SesSink | Transport)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function sinkOf(options: SesSinkOptions = {}): Promise<SesSink> {
  const sink = await startSesSink(options);
  open.push(sink);
  return sink;
}

function transportTo(
  sink: { url: string },
  options: Partial<SesTransportOptions> = {},
  ca?: readonly string[],
): Transport {
  const transport = createSesTransport(
    {
      id: 'ses',
      standardFor: [],
      credentials,
      configurationSet: 'klarsignal',
      timeouts: patient,
      ...options,
    },
    { url: sink.url, ...(ca ? { ca } : {}) },
  );
  open.push(transport);
  return transport;
}

let made = 0;
function mail(changes: Partial<OutgoingMail> = {}): OutgoingMail {
  made += 1;
  return {
    attempt: `cmp_0123456789abcdef.${made}.1`,
    envelopeFrom: 'b@studs.example.se',
    recipient: 'kim@example.org',
    dkim: [],
    raw: Buffer.from(
      `From: kansliet@example.se\r\nTo: kim@example.org\r\nSubject: Hej ${made}\r\n\r\nHej!\r\n`,
    ),
    ...changes,
  };
}
/** More than the buffers of a connection hold, so that it cannot be written before it is read. */
const large = () =>
  mail({ raw: Buffer.from(`From: a@example.se\r\nSubject: x\r\n\r\n${'x'.repeat(15_000_000)}\r\n`) });

const never = () => new AbortController().signal;

function short(handover: Handover): string {
  if (handover.kind === 'accepted') return 'accepted';
  const { stage, permanent, code } = handover;
  return [stage, permanent ? 'permanent' : 'temporary', code].join(' ');
}

describe('what SES gets', () => {
  test('the raw message to one recipient, with configuration set and attempt as tag', async () => {
    const sink = await sinkOf();
    const one = mail();
    const handover = await transportTo(sink).send(one, never());
    const [taken] = sink.messages;
    expect(handover).toMatchObject({ kind: 'accepted', providerId: taken?.messageId });
    expect(taken).toMatchObject({
      tag: one.attempt.replaceAll('.', '-'),
      to: ['kim@example.org'],
      configurationSet: 'klarsignal',
    });
    expect(taken?.raw.equals(one.raw)).toBe(true);
    expect(taken?.tag).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
  });

  test('over TLS whose certificate is checked', async () => {
    const authority = makeAuthority();
    const sink = await sinkOf({ authority });
    expect(short(await transportTo(sink, {}, [authority.cert]).send(mail(), never()))).toBe('accepted');
    expect(short(await transportTo(sink).send(mail(), never()))).toMatch(
      /^tls permanent (?:SELF|UNABLE|DEPTH)/,
    );
    expect(sink.messages).toHaveLength(1);
  });

  test('no more calls at once than allowed, over connections that are kept', async () => {
    const sink = await sinkOf({ engine: 'none' });
    const transport = transportTo(sink, { atOnce: 4 });
    const ends = await Promise.all(Array.from({ length: 80 }, () => transport.send(mail(), never())));
    expect(ends.every(({ kind }) => kind === 'accepted')).toBe(true);
    expect(sink.messages).toHaveLength(80);
    expect(sink.connections).toBeLessThanOrEqual(4);
  });
});

/** Each row: what happens, how it ends, how many messages SES has. `large` messages are not written at once. */
const table: [name: string, fault: SesFault, ends: string, count: number, large?: boolean][] = [
  [
    'too many requests',
    { error: 'TooManyRequestsException' },
    'throttled temporary TooManyRequestsException',
    0,
  ],
  [
    'over the day’s quota',
    { error: 'LimitExceededException' },
    'throttled temporary LimitExceededException',
    0,
  ],
  ['throttled', { error: 'ThrottlingException' }, 'throttled temporary ThrottlingException', 0],
  ['429 of somebody between', { status: 429 }, 'throttled temporary 429', 0],
  ['sending paused', { error: 'SendingPausedException' }, 'suspended temporary SendingPausedException', 0],
  [
    'account suspended',
    { error: 'AccountSuspendedException' },
    'suspended permanent AccountSuspendedException',
    0,
  ],
  [
    'MAIL FROM not verified',
    { error: 'MailFromDomainNotVerifiedException' },
    'identity permanent MailFromDomainNotVerifiedException',
    0,
  ],
  [
    'identity not verified',
    {
      error: 'MessageRejected',
      message:
        'Email address is not verified. The following identities failed the check in region EU-NORTH-1: example.se',
    },
    'identity permanent MessageRejected',
    0,
  ],
  ['message rejected', { error: 'MessageRejected' }, 'message permanent MessageRejected', 0],
  ['bad request', { error: 'BadRequestException' }, 'message permanent BadRequestException', 0],
  ['no such configuration set', { error: 'NotFoundException' }, 'refused permanent NotFoundException', 0],
  ['not allowed', { error: 'AccessDeniedException' }, 'auth permanent AccessDeniedException', 0],
  ['wrong key', { error: 'UnrecognizedClientException' }, 'auth permanent UnrecognizedClientException', 0],
  ['clock off', { error: 'InvalidSignatureException' }, 'auth permanent InvalidSignatureException', 0],
  ['an error that is new', { error: 'SomethingNewException' }, 'refused permanent SomethingNewException', 0],
  [
    '500 after the body',
    { error: 'InternalServiceErrorException' },
    'handed-over temporary InternalServiceErrorException',
    0,
  ],
  [
    '503 after the body',
    { error: 'ServiceUnavailableException' },
    'handed-over temporary ServiceUnavailableException',
    0,
  ],
  ['502 of somebody between', { status: 502 }, 'handed-over temporary 502', 0],
  [
    '500 before the body',
    { error: 'InternalServiceErrorException', early: true },
    'refused temporary InternalServiceErrorException',
    0,
    true,
  ],
  [
    'throttled before the body',
    { error: 'TooManyRequestsException', early: true },
    'throttled temporary TooManyRequestsException',
    0,
    true,
  ],
  ['cut before the body', { cut: 'head' }, 'connect temporary (?:ECONNRESET|EPIPE)', 0, true],
  ['cut in the body', { cut: 'body' }, 'connect temporary (?:ECONNRESET|EPIPE)', 0, true],
  ['silence before the body', { hang: 'head' }, 'connect temporary ETIMEDOUT', 0, true],
  ['cut after the body', { cut: 'end' }, 'handed-over temporary ECONNRESET', 0],
  ['silence after the body', { hang: 'end' }, 'handed-over temporary ETIMEDOUT', 0],
  ['taken, then cut', { taken: 'cut' }, 'handed-over temporary ECONNRESET', 1],
  ['taken, then silence', { taken: 'hang' }, 'handed-over temporary ETIMEDOUT', 1],
  ['taken, then 500', { taken: '500' }, 'handed-over temporary InternalServiceErrorException', 1],
  ['taken, with an answer nobody can read', { taken: 'garbage' }, 'handed-over temporary 200', 1],
];

describe('fault table', () => {
  test.each(table)('%s', async (name, fault, ends, count, isLarge) => {
    const sink = await sinkOf({ engine: isLarge ? 'none' : 'local' });
    sink.onSend = (n) => (n === 1 ? fault : undefined);
    const transport = transportTo(sink, { timeouts: /silence/.test(name) ? quick : patient });
    expect(short(await transport.send(isLarge ? large() : mail(), never()))).toMatch(new RegExp(`^${ends}$`));
    expect(sink.messages).toHaveLength(count);
    // One attempt, one request: nothing was sent again.
    expect(sink.sends).toBe(1);
    expect(short(await transport.send(mail(), never()))).toBe('accepted');
    expect(sink.messages).toHaveLength(count + 1);
    expect(sink.doubles()).toEqual([]);
  });

  test('a port where nobody listens, and one that cuts each connection', async () => {
    const server = net.createServer().listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    const { port } = server.address() as net.AddressInfo;
    await new Promise((done) => server.close(done));
    const gone = transportTo({ url: `http://127.0.0.1:${port}` });
    expect(short(await gone.send(mail(), never()))).toBe('connect temporary ECONNREFUSED');
    const authority = makeAuthority();
    const sink = await sinkOf({ authority });
    sink.onConnection = () => 'cut';
    const cut = transportTo(sink, {}, [authority.cert]);
    expect(short(await cut.send(mail(), never()))).toMatch(/^connect temporary E/);
    expect(sink.sends).toBe(0);
  });

  test('whoever gives up before it was written has handed nothing over; after it, perhaps', async () => {
    const sink = await sinkOf({ engine: 'none' });
    sink.onSend = (n) => (n === 1 ? { hang: 'head' } : { hang: 'end' });
    const transport = transportTo(sink);
    for (const [n, stage, one] of [
      [1, 'connect', large()],
      [2, 'handed-over', mail()],
    ] as const) {
      const giving = new AbortController();
      const ended = transport.send(one, giving.signal);
      await expect.poll(() => sink.sends).toBe(n);
      // The whole of a small message goes with its head.
      giving.abort();
      expect(short(await ended)).toBe(`${stage} temporary ABORTED`);
    }
    const late = new AbortController();
    late.abort();
    expect(short(await transport.send(mail(), late.signal))).toBe('connect temporary ABORTED');
    expect(sink.sends).toBe(2);
  });
});

describe('what SES knows', () => {
  test('status of a healthy account, of one in the sandbox, of those that were stopped', async () => {
    const sink = await sinkOf();
    const transport = transportTo(sink);
    expect(await transport.status(never())).toEqual({
      available: true,
      suspended: false,
      sandbox: false,
      perSecond: 14,
      perDay: 50_000,
      sentToday: 120,
      detail: 'HEALTHY',
    });
    sink.account.ProductionAccessEnabled = false;
    sink.account.SendQuota = { Max24HourSend: -1, MaxSendRate: 1, SentLast24Hours: 0 };
    expect(await transport.status(never())).toMatchObject({ available: true, sandbox: true, perDay: null });
    sink.account.EnforcementStatus = 'PROBATION';
    expect(await transport.status(never())).toMatchObject({ available: false, suspended: true });
    sink.account.EnforcementStatus = 'HEALTHY';
    sink.account.SendingEnabled = false;
    expect(await transport.status(never())).toMatchObject({ available: false, suspended: true });
    sink.onAsk = () => ({ error: 'UnrecognizedClientException' });
    expect(await transport.status(never())).toMatchObject({
      available: false,
      suspended: false,
      detail: expect.stringContaining('UnrecognizedClientException'),
    });
  });

  test('identity: all found, MAIL FROM missing or failed, unknown domain, no answer', async () => {
    const sink = await sinkOf();
    const transport = transportTo(sink);
    sink.identities.set('example.se', verifiedIdentity('example.se', 'studs.example.se'));
    expect(await transport.identity('example.se', never())).toEqual({
      domain: 'SUCCESS',
      dkim: 'SUCCESS',
      mailFrom: 'SUCCESS',
      mailFromDomain: 'studs.example.se',
      selectors: ['aaa', 'bbb', 'ccc'],
      onMxFailure: 'reject',
    });
    const bare = verifiedIdentity('bar.se', '');
    sink.identities.set('bar.se', {
      ...bare,
      VerifiedForSendingStatus: false,
      VerificationStatus: 'PENDING',
      DkimAttributes: { ...bare.DkimAttributes, Status: 'PENDING' },
      MailFromAttributes: { BehaviorOnMxFailure: 'USE_DEFAULT_VALUE' },
    });
    expect(await transport.identity('bar.se', never())).toMatchObject({
      domain: 'PENDING',
      dkim: 'PENDING',
      mailFrom: 'NOT_SET',
      mailFromDomain: null,
      onMxFailure: 'default',
    });
    expect(await transport.identity('none.se', never())).toMatchObject({
      domain: 'NOT_FOUND',
      mailFrom: 'NOT_FOUND',
    });
    sink.onAsk = () => ({ cut: 'end' });
    expect(await transport.identity('example.se', never())).toBe(undefined);
  });
});

describe('regions', () => {
  test('Stockholm when nothing is said; others of the EU by an explicit list', async () => {
    expect(transportTo({ url: 'http://127.0.0.1:9' })).toMatchObject({ place: 'eu-north-1', country: 'SE' });
    expect(countryOfRegion('eu-central-1', false)).toBe('DE');
  });

  test.each(['eu-west-2', 'eu-central-2', 'us-east-1'])('%s is outside, and must be asked for', (region) => {
    expect(() => createSesTransport({ id: 'ses', standardFor: [], region })).toThrow(
      /outside the EU.*"outsideEu": true/,
    );
    expect(countryOfRegion(region, true)).toMatch(/^(?:GB|CH|US)$/);
  });

  test('a region that nobody knows is refused either way', () => {
    expect(() => countryOfRegion('eu-north-9', true)).toThrow(/not a region of Amazon SES that we know/);
  });
});
