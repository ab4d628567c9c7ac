/** A domain that is nobody's sender here: refused, or mailed by the standard route that is registered for it. */
import { describe, expect, test } from 'vitest';
import { addresses } from '../campaigns/world.ts';
import { verifiedIdentity } from '../sinks/ses-sink.ts';
import { soundZone } from '../world.ts';
import { serviceOf } from './service.ts';
import { type FaultWorld, startFaultWorld } from './world.ts';

const domain = 'klubben.example';
const mailFrom = `mejl.${domain}`;
const dkim = [{ d: domain, s: 's1' }];
const listed = { standardFor: [{ domain, mailFrom, dkim }] };
const recipients = addresses(20);
const from = `Klubben <info@${domain}>`;
const zoneOf = (name: string) => ({
  [name]: soundZone['example.se'],
  [`_dmarc.${name}`]: soundZone['_dmarc.example.se'],
  [`s1._domainkey.${name}`]: soundZone['s1._domainkey.example.se'],
  [`mejl.${name}`]: soundZone['mejl.example.se'],
});
const zone = zoneOf(domain);

/** For a message from the domain, by the route that is listed for it. */
async function clearanceFor(world: FaultWorld): Promise<string> {
  world.ses.identities.set(domain, verifiedIdentity(domain, mailFrom));
  return world.clearance(
    await world.audit({ from }, [{ transport: 'ses', mail_from: mailFrom, dkim, signed_by: [] }]),
  );
}

export function standardTable(): void {
  describe('a domain that is not registered', () => {
    test('goes by the standard route, when somebody chooses that', async () => {
      const world = await startFaultWorld({ engine: 'local', zone, ...listed });
      const service = await serviceOf(world);
      const clearance = await clearanceFor(world);
      const made = await service.post({ clearance, recipients, standard: true }, 'k1');
      expect(made.status).toBe(201);
      await world.run();
      expect(await world.told(made.body.id ?? '')).toEqual({
        state: 'done',
        rows: 'accepted 20',
        route: 'ses',
        alerts: 'done',
        ses: 20,
        smtp: 0,
      });
      const raw = world.ses.messages[0]?.raw.toString('latin1') ?? '';
      expect(raw).toMatch(/^From: Klubben <info@klubben\.example>\r$/m);
      expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
    });

    test.each([
      ['en', 'Nothing is sent: klubben.example is not one of your senders.'],
      ['sv', 'Inget skickas: klubben.example finns inte bland dina avsändare.'],
    ])('is refused without that choice, in clear words (%s)', async (locale, says) => {
      const world = await startFaultWorld({ zone, ...listed });
      const service = await serviceOf(world);
      const clearance = await clearanceFor(world);
      const { status, body } = await service.post({ clearance, recipients }, 'k1', { locale });
      expect([status, body.code, body.errors?.map(({ code }) => code)]).toEqual([
        422,
        'send-refused',
        ['sender-unregistered'],
      ]);
      expect(body.errors?.[0]?.text).toContain(says);
      await world.run();
      expect(await world.ledger.list({ limit: 10 })).toEqual([]);
      expect([world.ses.sends, world.smtp.transactions]).toEqual([0, 0]);
    });

    test('has no standard route: the choice does not help', async () => {
      const world = await startFaultWorld({ zone });
      const service = await serviceOf(world);
      const clearance = await clearanceFor(world);
      const { status, body } = await service.post({ clearance, recipients, standard: true }, 'k1');
      expect([status, body.errors?.map(({ code }) => code)]).toEqual([422, ['standard-not-registered']]);
      expect(world.ses.sends).toBe(0);
    });

    test('has a standard route that is another organisation’s alone', async () => {
      const theirs = { domain, organisation: 'org_other', mailFrom, dkim };
      const world = await startFaultWorld({ zone, standardFor: [theirs] });
      const clearance = await clearanceFor(world);
      const order = { clearance, recipients, standard: true };
      const create = (key: string) => world.campaigns.create(world.organisation, 'test', order, key);
      expect(await create('k1')).toMatchObject({ errors: [{ code: 'standard-not-registered' }] });
      theirs.organisation = world.organisation;
      expect((await create('k2')).kind).toBe('added');
    });

    test('has no reserve either: a mailing waits for a standard route that fails', async () => {
      const world = await startFaultWorld({ zone, ...listed });
      const clearance = await clearanceFor(world);
      world.ses.onSend = (n) => (n >= 3 ? { error: 'TooManyRequestsException' } : undefined);
      const id = await world.send(20, { clearance, standard: true });
      await world.run();
      expect(await world.told(id)).toEqual({
        state: 'sending',
        rows: 'accepted 2, pending 18',
        route: 'ses',
        alerts: 'waits-for-server',
        ses: 2,
        smtp: 0,
      });
    });
  });
}
