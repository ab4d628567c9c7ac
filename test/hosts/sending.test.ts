/**
 * From a domain that nobody knows to a mailing that has ended, by nothing but the service's own HTTP, SMTP and DNS:
 * the process, Chromium, the certificate checks, the signatures are all real; the mail server is on loopback.
 */
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import PostalMime, { type Email } from 'postal-mime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createClearedComposer,
  digestTemplate,
  type Template,
  verifyClearance,
} from '../../src/client/index.ts';
import { makeAuthority } from '../sinks/certificates.ts';
import { freePort } from '../sinks/free-port.ts';
import { type SinkMessage, type SmtpSink, startSmtpSink } from '../sinks/smtp-sink.ts';
import { clearAway, command } from './process.ts';
import {
  type Answer,
  arrivedWell,
  clear,
  domain,
  ended,
  openSendingWorld,
  origin,
  receiverHost,
  registerSender,
  type SendingWorld,
} from './sending-world.ts';

const authority = makeAuthority();
let sink: SmtpSink;
let world: SendingWorld;
/** Failures of what goes to the receiver; a test that expects none looks here. */
const undelivered: unknown[] = [];

beforeAll(async () => {
  const receiverPort = await freePort();
  sink = await startSmtpSink({ authority, auth: { user: 'brev', pass: 'hemligt' } });
  // The sink is the server of the internet that knows where the receiver is.
  sink.onKept = ({ from, to, raw }) => {
    if (to.endsWith(`@${receiverHost}`)) deliver(from, to, raw).catch((error) => undelivered.push(error));
  };
  const account = { user: 'brev', password: 'hemligt' };
  world = await openSendingWorld({ authority, smtpPort: sink.port, receiverPort, account });
}, 60_000);
afterAll(async () => {
  await clearAway();
  await world?.close();
  await sink?.close();
});

/** By SMTP and STARTTLS to the service's own receiver, as a server does. */
async function deliver(from: string, to: string, raw: Buffer | string): Promise<void> {
  const transport = createTransport({
    host: '127.0.0.1',
    port: world.receiverPort,
    name: 'mx.webbhotell.example',
    requireTLS: true,
    tls: { ca: authority.cert, servername: receiverHost },
  });
  await transport.sendMail({ envelope: { from, to: [to] }, raw });
  transport.close();
}

const mailsTo = (address: string) => sink.messages.filter(({ to }) => to === address);
const only = (address: string) => {
  const found = mailsTo(address);
  expect(found.length).toBe(1);
  return found[0] as SinkMessage;
};
const recipients = [
  {
    address: 'anna@example.org',
    fields: { first_name: 'Anna & Bo', page: `https://${domain}/hostmote?a=1&b=2` },
  },
  { address: 'borta@example.org', fields: { first_name: 'Cia', page: `https://${domain}/c` } },
  { address: 'lamnar@example.org', fields: { first_name: 'Dag', page: `https://${domain}/d` } },
  { address: 'glomd@example.org', fields: { first_name: 'Eva', page: `https://${domain}/e` } },
] as const;

// Each test goes on where the one before it ended.
let audit: Answer['body'];
let granted: Answer['body'];
let jwks: Answer['body'];
let template: Template;
let id: string;
let toAnna: SinkMessage;
const order = () => ({ clearance: granted.clearance, recipients });
const send = (key: string) => world.call('POST', '/v1/sends', order(), { 'idempotency-key': key });
const suppressionOf = async (address: string) =>
  (await world.call('GET', `/v1/recipients/${encodeURIComponent(address)}`)).body.suppressions[0] ?? null;

test('a domain is proved, and its route rehearsed: there and back by SMTP, judged as it arrived', async () => {
  const publish = await registerSender(world);
  // Before its records are published: it arrives, and arms nothing.
  const early = await world.call('POST', `/v1/senders/${domain}/routes/own/rehearsal`);
  expect(early).toMatchObject({
    status: 200,
    body: { route: { armed: false, rehearsal: { passed: false, spf: 'none', dkim: 'fail', dmarc: 'fail' } } },
  });
  expect(early.body.route.rehearsal.problems.map(({ code }: { code: string }) => code)).toEqual([
    'dkim-failed',
    'spf',
    'dmarc-failed',
    'bounces-elsewhere',
  ]);
  publish();
  const rehearsed = await world.call('POST', `/v1/senders/${domain}/routes/own/rehearsal`);
  expect(undelivered).toEqual([]);
  expect(rehearsed.status).toBe(200);
  expect(rehearsed.body.route).toMatchObject({ armed: true, rehearsal: arrivedWell });
});

test('a template with merge fields is cleared, and the clearance holds by the public keys alone', async () => {
  ({ audit, granted } = await clear(world));
  jwks = (await world.call('GET', '/.well-known/jwks.json', undefined, { authorization: '' })).body;
  const handedOut = await world.call('GET', `/v1/audits/${audit.id}/template`);
  ({ template } = handedOut.body);
  expect(await digestTemplate(template)).toBe(granted.digest);
  const { clearance } = granted;
  const verified = await verifyClearance(clearance, { keys: jwks, issuer: origin, now: new Date() });
  expect(verified).toMatchObject({ valid: true, claims: { digest: granted.digest } });
  const other = await createClearedComposer({
    clearance,
    keys: jwks,
    issuer: origin,
    template: { ...template, class: 'transactional' },
  }).catch((error: unknown) => error);
  expect(other).toMatchObject({ code: 'other-message' });
});

test('audited for a system of one’s own, it is not sent from here, and the answer says what to do', async () => {
  const own = await clear(world, { mailFrom: `retur.${domain}`, dkimSelectors: ['klarsignal'] });
  const order = { clearance: own.granted.clearance, recipients };
  const refused = await world.call('POST', '/v1/sends?locale=en', order, { 'idempotency-key': 'own' });
  const text = expect.stringContaining('Hand it in again with that field empty');
  expect(refused).toMatchObject({ status: 422, body: { errors: [{ code: 'route-own', text }] } });
});

test('it is sent once to each, however often it is asked for', async () => {
  const begun = await send('brev-48');
  expect(begun.status).toBe(201);
  ({ id } = begun.body);
  const done = await ended(world, id);
  expect(done).toMatchObject({ state: 'done', recipients: 4, route: 'own' });
  expect(done.counts).toMatchObject({ accepted: 4, pending: 0, unknown: 0 });
  expect(await send('brev-48')).toMatchObject({ status: 200, body: { id } });
  const twice = await send('brev-48-b');
  expect(twice.status).toBe(201);
  expect(await ended(world, twice.body.id)).toMatchObject({
    state: 'done',
    recipients: 0,
    leftOut: { 'already-mailed': 4 },
  });
  expect(sink.messages.filter(({ to }) => to.endsWith('@example.org')).length).toBe(4);
  expect(sink.doubles()).toEqual([]);
});

test('what arrives is what was cleared, filled in, and composed as the module composes it', async () => {
  toAnna = only('anna@example.org');
  expect(toAnna).toMatchObject({
    from: expect.stringMatching(/^b-[0-9a-f]{16}-1-1-[a-z2-7]{16}@retur\.bjorkangen\.example$/),
    envid: `${id}.1.1`,
    notify: ['FAILURE', 'DELAY'],
    secure: true,
    user: 'brev',
  });
  const mail = await PostalMime.parse(toAnna.raw);
  expect(headerOf(mail, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  expect(headerOf(mail, 'dkim-signature')).toContain(`d=${domain}`);
  const unsubscribeUrl = leaveAddressOf(mail);
  expect(unsubscribeUrl).toMatch(/^https:\/\/klarsignal\.bjorkangen\.example\/u\/org_/);
  const { clearance } = granted;
  const composer = await createClearedComposer({ clearance, keys: jwks, issuer: origin, template });
  const [{ address, fields }] = recipients;
  const composed = composer.compose({ to: address, fields, unsubscribeUrl });
  expect(mail).toMatchObject({
    from: { name: 'Björkängens trädgårdsförening', address: `nyhetsbrev@${domain}` },
    subject: 'Fröbyte och höstmöte, Anna & Bo',
    messageId: `<${id}.1.1@retur.${domain}>`,
  });
  expect(mail.subject).toBe(composed.subject);
  expect(mail.html?.trim()).toBe(composed.html?.trim());
  for (const said of [
    'Hej Anna &amp; Bo!',
    `href="https://${domain}/hostmote?a=1&amp;b=2"`,
    `href="${unsubscribeUrl}"`,
  ])
    expect(mail.html).toContain(said);
});

test('a bounce comes back to the address that names the attempt, and to no other', async () => {
  const gone = only('borta@example.org');
  const forged = `b-${'0'.repeat(16)}-1-1-${'a'.repeat(16)}@retur.${domain}`;
  await expect(deliver('', forged, dsnOf(gone))).rejects.toMatchObject({ responseCode: 550 });
  await deliver('', gone.from, dsnOf(gone));
  const bounced = await world.call('GET', `/v1/sends/${id}/recipients?state=bounced`);
  expect(bounced.body.recipients).toMatchObject([
    { address: 'borta@example.org', bounceClass: 'bad-address', enhanced: '5.1.1', route: 'own' },
  ]);
  expect(await suppressionOf('borta@example.org')).toMatchObject({ reason: 'bad-address' });
});

test('unsubscribing is one POST, from anywhere, and a GET changes nothing', async () => {
  const mail = await PostalMime.parse(only('lamnar@example.org').raw);
  const { pathname } = new URL(leaveAddressOf(mail));
  const click = (init: RequestInit) =>
    fetch(world.running.url + pathname, {
      redirect: 'manual',
      ...init,
      headers: { origin: 'https://mail.example.net', 'sec-fetch-site': 'cross-site' },
    });
  expect((await click({})).status).toBe(200);
  const other = new URLSearchParams({ 'List-Unsubscribe': 'Later' });
  expect((await click({ method: 'POST', body: other })).status).toBe(400);
  expect(await suppressionOf('lamnar@example.org')).toBe(null);
  const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
  const clicked = await click({ method: 'POST', body });
  expect([clicked.status, clicked.headers.get('set-cookie')]).toEqual([200, null]);
  expect(await suppressionOf('lamnar@example.org')).toMatchObject({ reason: 'unsubscribe' });
});

test('the next letter, by the command line, leaves both out', { timeout: 120_000 }, async () => {
  const next = await clear(world, { subject: 'Kallelse till årsmötet, {{first_name}}' });
  const names = ['anna', 'borta', 'lamnar', 'ny'];
  const lines = names.map((name) => `${name}@example.org,${name},https://${domain}/`);
  const files = await mkdtemp(join(tmpdir(), 'klarsignal-list-'));
  const [list, clearance] = [join(files, 'list.csv'), join(files, 'clearance')];
  await writeFile(list, `${['email,first_name,page', ...lines].join('\r\n')}\r\n`);
  await writeFile(clearance, `${next.granted.clearance}\n`);
  const flags = ['--clearance', clearance, '--recipients', list, '--url', world.running.url, '--wait'];
  const run = () => command(['send', ...flags, '--format', 'json'], { KLARSIGNAL_KEY: world.key });
  const sent = await run();
  expect(sent.code).toBe(0);
  expect(sent.err).toMatch(/done: 2 of 2 handed over \(100%\)\n2 lines of the list were left out/);
  expect(JSON.parse(sent.out)).toMatchObject({
    state: 'done',
    recipients: 2,
    leftOut: { 'bad-address': 1, unsubscribed: 1 },
    counts: { accepted: 2, suppressed: 0 },
  });
  const again = await run();
  expect([again.code, JSON.parse(again.out).id]).toEqual([0, JSON.parse(sent.out).id]);
  await rm(files, { recursive: true });
  expect(names.map((name) => mailsTo(`${name}@example.org`).length)).toEqual([2, 1, 1, 1]);
  expect(sink.doubles()).toEqual([]);
});

test('outcomes as a file, and a person who asks is forgotten in it', async () => {
  const outcomes = async () => {
    const { body, headers } = await world.call('GET', `/v1/sends/${id}/outcomes.csv`);
    expect(headers.get('content-type')).toMatch(/^text\/csv/);
    const lines: string[] = body.trim().split('\r\n');
    return lines.map((line) => line.split(',').slice(1, 4).join(' '));
  };
  const before = [
    'address state route',
    'anna@example.org accepted own',
    'borta@example.org bounced own',
    'lamnar@example.org accepted own',
    'glomd@example.org accepted own',
  ];
  expect(await outcomes()).toEqual(before);
  const erased = await world.call('DELETE', '/v1/recipients/glomd%40example.org');
  expect(erased).toMatchObject({ status: 200, body: { deliveries: 1 } });
  expect(await outcomes()).toEqual([...before.slice(0, 4), ' accepted own']);
});

test('all of it is there after a restart, keys included', { timeout: 60_000 }, async () => {
  await world.stop();
  await world.start();
  const sender = await world.call('GET', `/v1/senders/${domain}`);
  expect(sender.body).toMatchObject({ state: 'active', routes: [{ transport: 'own', armed: true }] });
  expect((await world.call('GET', '/.well-known/jwks.json')).body).toEqual(jwks);
  const verified = await world.call('POST', '/v1/clearances/verify', { clearance: granted.clearance });
  expect(verified.body).toMatchObject({ valid: true });
  expect(await suppressionOf('lamnar@example.org')).toMatchObject({ reason: 'unsubscribe' });
  expect(await suppressionOf('glomd@example.org')).toMatchObject({ reason: 'erased' });
  const rows = await world.call('GET', `/v1/sends/${id}/recipients`);
  expect(rows.body.recipients.at(-1)).toMatchObject({ address: null, fields: null, response: null });
  // A return address made before still names its attempt.
  await deliver('', toAnna.from, dsnOf(toAnna));
  const { body } = await world.call('GET', `/v1/sends/${id}`);
  expect(body.counts).toMatchObject({ accepted: 2, bounced: 2 });
  const page = await world.running.fetch(`/mailings/${id}`);
  expect([page.status, (await page.text()).includes('Fröbyte och höstmöte')]).toEqual([200, true]);
});

test('a clearance that is revoked starts nothing, and the log names nobody', async () => {
  expect((await world.call('POST', `/v1/clearances/${granted.id}/revoke`)).status).toBe(200);
  expect(await send('brev-49')).toMatchObject({
    status: 422,
    body: { errors: [{ code: 'clearance-revoked' }] },
  });
  expect(undelivered).toEqual([]);
  expect(world.all.length).toBe(2);
  for (const { output } of world.all) expect(output()).not.toMatch(/example\.org|hemligt|Anna|ksk_| {4}at /);
});

test('with its database and without its keys it does not start, and makes no others', {
  timeout: 60_000,
}, async () => {
  await world.stop();
  const keys = join(world.dir, 'keys');
  await rename(keys, `${keys}-kept`);
  await expect(world.start()).rejects.toThrow(
    /it ended with 1: .*keyring\.json is gone.*Restore it from a backup/s,
  );
  await rm(keys, { recursive: true, force: true });
  await rename(`${keys}-kept`, keys);
  await world.start();
  expect((await world.call('GET', '/.well-known/jwks.json')).body).toEqual(jwks);
});

function headerOf({ headers }: Email, name: string): string {
  const found = headers.filter(({ key }) => key === name);
  expect(found.length).toBe(1);
  return found[0]?.value ?? '';
}

function leaveAddressOf(mail: Email): string {
  return headerOf(mail, 'list-unsubscribe').slice(1, -1);
}

/** What a server says that could not deliver (RFC 3464). */
function dsnOf({ from, to, envid, raw }: SinkMessage): string {
  const [head = ''] = raw.toString('latin1').split('\r\n\r\n');
  return [
    'From: Mail Delivery System <MAILER-DAEMON@mx.webbhotell.example>',
    `To: ${from}`,
    'Subject: Undelivered Mail Returned to Sender',
    'Date: Sun, 22 Nov 2026 12:00:00 +0000',
    'Message-ID: <dsn.1@mx.webbhotell.example>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="gr"',
    '',
    '--gr',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'The mail could not be delivered.',
    '--gr',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.webbhotell.example',
    `Original-Envelope-Id: ${envid}`,
    '',
    `Final-Recipient: rfc822; ${to}`,
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 No such user here',
    '',
    '--gr',
    'Content-Type: text/rfc822-headers',
    '',
    head,
    '--gr--',
    '',
  ].join('\r\n');
}
