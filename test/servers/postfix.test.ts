/** The SMTP transport against Postfix: what it takes arrives as it was signed, and what bounces tells its attempt. */
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mimeWriter } from '../../src/adapters/mime/composer.ts';
import { createSmtpTransport, type SmtpTransportOptions } from '../../src/adapters/transport/smtp.ts';
import { splitMessage } from '../../src/facts/dkim/canonical.ts';
import { readKey } from '../../src/facts/dkim/key.ts';
import { createVerifier, readSignatures } from '../../src/facts/dkim/signature.ts';
import type { OutgoingMail, Transport } from '../../src/ports.ts';
import { makeAuthority } from '../sinks/certificates.ts';
import { type SmtpSink, startSmtpSink } from '../sinks/smtp-sink.ts';
import { type Postfix, startPostfix, unable } from './postfix.ts';

const authority = makeAuthority();
const pairs = new Map(
  ['r1', 'r2'].map((selector) => [selector, generateKeyPairSync('rsa', { modulusLength: 2048 })]),
);
const keyring = {
  dkimKey: (_: string, s: string) =>
    pairs.get(s)?.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
};
const never = new AbortController().signal;

let postfix: Postfix;
/** Where Postfix passes mail on to: a server that refuses everybody, and the sender's own for what bounces. */
let away: SmtpSink;
let home: SmtpSink;
const open: Transport[] = [];

if (unable) console.warn(`left out: ${unable}`);

describe.skipIf(unable)('Postfix', () => {
  beforeAll(async () => {
    away = await startSmtpSink({ tls: 'none' });
    away.onMessage = () => ({ at: 'rcpt', reply: '550 5.1.1 No such user here' });
    home = await startSmtpSink({ tls: 'none' });
    postfix = await startPostfix({
      authority,
      mailboxes: ['kim@example.org'],
      relays: { 'away.test': away.port, 'studs.example.se': home.port },
    });
  });
  afterAll(async () => {
    await Promise.all(open.map((one) => one.close()));
    await postfix?.stop();
    await Promise.all([away?.close(), home?.close()]);
  });

  test.each(['implicit', 'starttls'] as const)(
    'takes a mail over TLS (%s), and both signatures hold where it lands',
    async (tls) => {
      const one = await mail({
        dkim: [
          { d: 'example.se', s: 'r1' },
          { d: 'example.se', s: 'r2' },
        ],
      });
      const handover = await transportTo(tls).send(one, never);
      expect(handover).toMatchObject({
        kind: 'accepted',
        response: expect.stringMatching(/^250 2\.0\.0 Ok: queued as /),
      });
      // Short queue ids are as long as the inode's number makes them.
      const accepted = handover.kind === 'accepted' ? handover : undefined;
      expect(accepted?.providerId).toMatch(/^[A-Za-z0-9]{5,}$/);
      expect(accepted?.response).toMatch(new RegExp(` queued as ${accepted?.providerId}$`));
      await expect.poll(() => arrived(one.attempt), { timeout: 15_000 }).toBeDefined();
      const message = splitMessage((await arrived(one.attempt)) ?? Buffer.alloc(0));
      const { read } = readSignatures(message.fields, () => 0);
      expect(read.map(({ domain, selector }) => `${selector}@${domain}`).sort()).toEqual([
        'r1@example.se',
        'r2@example.se',
      ]);
      const verifier = createVerifier(message);
      for (const signature of read) {
        const pair = pairs.get(signature.selector ?? '');
        const p = pair?.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
        expect(signature.fault).toBe(null);
        // Once more than they stand there, and what Postfix adds is none of them.
        const twice = ['from', 'to', 'subject', 'date', 'list-unsubscribe', 'list-unsubscribe-post'];
        for (const name of twice) expect(signature.signed.filter((one) => one === name)).toHaveLength(2);
        expect(await verifier.verify(signature, readKey(`v=DKIM1; k=rsa; p=${p}`))).toBe(null);
        const other = pairs.get(signature.selector === 'r1' ? 'r2' : 'r1')?.publicKey;
        const wrong = other?.export({ type: 'spki', format: 'der' }).toString('base64');
        expect(await verifier.verify(signature, readKey(`v=DKIM1; k=rsa; p=${wrong}`))).toBe('signature');
      }
    },
  );

  test('refuses somebody it does not know, and takes the next mail over the same connection', async () => {
    const transport = transportTo('implicit', { atOnce: 1 });
    const unknown = await transport.send(await mail({ recipient: 'ingen@example.org' }), never);
    expect(unknown).toMatchObject({
      kind: 'failed',
      stage: 'recipient',
      permanent: true,
      code: '550',
      enhanced: '5.1.1',
    });
    const one = await mail();
    expect((await transport.send(one, never)).kind).toBe('accepted');
    await expect.poll(() => arrived(one.attempt), { timeout: 15_000 }).toBeDefined();
    const connections = (await postfix.log()).match(/smtpd\[\d+\]: connect from/g)?.length;
    expect((await transport.send(await mail(), never)).kind).toBe('accepted');
    expect((await postfix.log()).match(/smtpd\[\d+\]: connect from/g)?.length).toBe(connections);
  });

  test('refuses what is too large before it is sent', async () => {
    const raw = Buffer.concat([(await mail()).raw, Buffer.alloc(11_000_000, `${'x'.repeat(70)}\r\n`)]);
    const handover = await transportTo('implicit').send(await mail({ raw }), never);
    expect(handover).toMatchObject({ kind: 'failed', stage: 'message', permanent: true });
  });

  test('a bounce comes back with the attempt id as its original envelope id', async () => {
    const one = await mail({ recipient: 'kim@away.test', envelopeFrom: 'b-1@studs.example.se' });
    expect((await transportTo('starttls').send(one, never)).kind).toBe('accepted');
    await expect.poll(() => home.messages.length, { timeout: 15_000 }).toBe(1);
    const [report] = home.messages;
    expect(report).toMatchObject({ from: '', to: 'b-1@studs.example.se' });
    const text = report?.raw.toString('latin1') ?? '';
    expect(text).toMatch(/^Content-Type: multipart\/report; report-type=delivery-status/m);
    expect(text).toContain(`Original-Envelope-Id: ${one.attempt}`);
    expect(text).toContain('Original-Recipient: rfc822;kim@away.test');
    expect(text).toContain('Status: 5.1.1');
    // RET=HDRS: the body stays where it was.
    expect(text).not.toContain('Kom till =C3=A5rsm=C3=B6tet');
  });

  test('a certificate of an authority that nobody named ends it before a word is said', async () => {
    const handover = await transportTo('starttls', { ca: [makeAuthority().cert] }).send(await mail(), never);
    expect(handover).toMatchObject({ kind: 'failed', stage: 'tls' });
  });
});

async function arrived(attempt: string): Promise<Buffer | undefined> {
  return (await postfix.inbox()).find((bytes) => bytes.includes(`Message-ID: <${attempt}@studs.example.se>`));
}

function transportTo(tls: 'implicit' | 'starttls', options: Partial<SmtpTransportOptions> = {}): Transport {
  const transport = createSmtpTransport({
    id: 'own',
    provider: 'Postfix',
    country: 'SE',
    spf: null,
    standardFor: [],
    host: '127.0.0.1',
    port: tls === 'implicit' ? postfix.tlsPort : postfix.port,
    implicitTls: tls === 'implicit',
    ca: [authority.cert],
    keyring,
    ...options,
  });
  open.push(transport);
  return transport;
}

let made = 0;
async function mail(changes: Partial<OutgoingMail> = {}): Promise<OutgoingMail> {
  made += 1;
  const attempt = `cmp_0123456789abcdef.${made}.1`;
  const recipient = changes.recipient ?? 'kim@example.org';
  const raw = await mimeWriter.write({
    from: { name: 'Föreningen Ålen', address: 'nyhetsbrev@example.se' },
    to: recipient,
    replyTo: [],
    subject: 'Årsmötet närmar sig – kom gärna',
    messageId: `<${attempt}@studs.example.se>`,
    date: new Date('2026-11-22T12:00:00Z'),
    html: `<p>Kom till årsmötet!</p>\n.\n${'En lång rad. '.repeat(200)}`,
    text: 'Kom till årsmötet!\n.\nFrom början\n',
    headers: [
      { name: 'List-Unsubscribe', value: '<https://example.se/u/abc>' },
      { name: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' },
    ],
    attachments: [],
  });
  return { attempt, envelopeFrom: `b-${made}@studs.example.se`, recipient, dkim: [], raw, ...changes };
}
