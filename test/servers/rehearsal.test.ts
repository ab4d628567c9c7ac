/**
 * The whole service with real Postfix on both sides: one is its SMTP route, another has the readers' mailboxes.
 * Rehearsals and bounces come back by Postfix's own hand to the service's receiver.
 */
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clearAway } from '../hosts/process.ts';
import {
  arrivedWell,
  clear,
  domain,
  ended,
  openSendingWorld,
  receiverHost,
  registerSender,
  type SendingWorld,
} from '../hosts/sending-world.ts';
import { makeAuthority } from '../sinks/certificates.ts';
import { freePort } from '../sinks/free-port.ts';
import { type Postfix, startPostfix, unable } from './postfix.ts';

const authority = makeAuthority();
/** Where readers have their mailboxes. */
let readers: Postfix;
/** The route. */
let route: Postfix;
let world: SendingWorld;

if (unable) console.warn(`left out: ${unable}`);

describe.skipIf(unable)('a service that sends by Postfix', () => {
  beforeAll(async () => {
    const receiverPort = await freePort();
    readers = await startPostfix({ authority, mailboxes: ['kim@example.org', 'postmaster@example.org'] });
    route = await startPostfix({
      authority,
      mailboxes: ['nobody@unused.example'],
      relays: {
        'example.org': readers.port,
        [receiverHost]: receiverPort,
        [`retur.${domain}`]: receiverPort,
      },
    });
    world = await openSendingWorld({ authority, smtpPort: route.tlsPort, receiverPort });
  }, 60_000);
  afterAll(async () => {
    await clearAway();
    await world?.close();
    await route?.stop();
    await readers?.stop();
  });

  test('a rehearsal passes through it, and is judged as it arrived', async () => {
    (await registerSender(world))();
    const rehearsed = await world.call('POST', `/v1/senders/${domain}/routes/own/rehearsal`);
    expect(rehearsed.status).toBe(200);
    expect(rehearsed.body.route).toMatchObject({ armed: true, rehearsal: arrivedWell });
    // By Postfix, not straight from us.
    expect(await route.log()).toMatch(new RegExp(`to=<r-[a-z0-9-]+@${receiverHost}>.* status=sent \\(250 `));
  });

  test('a mailing arrives, and one whom nobody knows comes back as bounced', {
    timeout: 60_000,
  }, async () => {
    const { granted } = await clear(world);
    const page = `https://${domain}/`;
    const recipients = ['kim', 'ingen'].map((name) => ({
      address: `${name}@example.org`,
      fields: { first_name: name, page },
    }));
    const order = { clearance: granted.clearance, recipients };
    const begun = await world.call('POST', '/v1/sends', order, { 'idempotency-key': 'brev' });
    expect(begun.status).toBe(201);
    const { id } = begun.body;
    expect(await ended(world, id)).toMatchObject({ state: 'done', recipients: 2 });

    await expect.poll(async () => (await readers.inbox()).length, { timeout: 20_000 }).toBe(1);
    const [bytes] = await readers.inbox();
    const mail = await PostalMime.parse(bytes as Buffer);
    expect(mail.html).toContain('Hej kim!');
    const returnPath = mail.headers.find(({ key }) => key === 'return-path')?.value;
    expect(returnPath).toMatch(/^<b-[0-9a-f]{16}-1-1-[a-z2-7]{16}@retur\.bjorkangen\.example>$/);

    const find = async () => (await world.call('GET', `/v1/sends/${id}/recipients`)).body.recipients;
    await expect.poll(async () => (await find())[1]?.state, { timeout: 20_000 }).toBe('bounced');
    expect(await find()).toMatchObject([
      { address: 'kim@example.org', state: 'accepted' },
      {
        address: 'ingen@example.org',
        state: 'bounced',
        bounceClass: 'bad-address',
        enhanced: '5.1.1',
        response: expect.stringMatching(/User unknown/),
      },
    ]);
    const known = await world.call('GET', '/v1/recipients/ingen%40example.org');
    expect(known.body).toMatchObject({ suppressions: [{ reason: 'bad-address' }] });
  });

  test('the log names nobody', () => {
    for (const { output } of world.all) expect(output()).not.toMatch(/example\.org|kim|ingen| {4}at /);
  });
});
