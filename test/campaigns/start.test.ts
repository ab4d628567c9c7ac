/** What is looked at before the first mail goes. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addresses, type CampaignWorld, hour, minute, startCampaignWorld } from './world.ts';

let world: CampaignWorld;
beforeEach(async () => {
  world = await startCampaignWorld();
});
afterEach(() => world.close());

describe('before it starts', () => {
  test.each<[string, () => unknown, string]>([
    ['the sender’s record is gone', () => world.publish({ '_klarsignal.example.se': null }), 'sender-lapsed'],
    ['SPF of the subdomain is gone', () => world.publish({ 'mejl.example.se': null }), 'dns-changed'],
    ['the DKIM key is gone', () => world.publish({ 's1._domainkey.example.se': null }), 'dns-changed'],
    ['DNS is silent', () => world.silence(true), 'dns-unanswered'],
    [
      'SES has suspended the account',
      () => (world.ses.state = { ...world.ses.state, suspended: true }),
      'provider-suspended',
    ],
    [
      'SES says the MAIL FROM is pending',
      () => {
        const said = world.ses.identityOf('example.se');
        world.ses.identityOf = () => said && { ...said, mailFrom: 'PENDING' };
      },
      'identity-not-verified',
    ],
    [
      'SES uses another MAIL FROM',
      () => {
        const said = world.ses.identityOf('example.se');
        world.ses.identityOf = () => said && { ...said, mailFromDomain: 'other.example.se' };
      },
      'identity-not-verified',
    ],
    [
      'the scanner finds malware',
      () =>
        world.restart({
          scanner: {
            scan: async () => ({ known: true, infected: true, signature: 'Eicar', engine: 'test' }),
          },
        }),
      'malware-found',
    ],
    [
      'the scanner is silent',
      () =>
        world.restart({
          scanner: { scan: async () => ({ known: false, reason: 'unanswered', detail: '' }) },
        }),
      'malware-unanswered',
    ],
    ['the clearance has ended', () => world.pass(25 * hour), 'clearance-expired'],
    [
      'the clearance is revoked',
      async () => {
        const [row] = await world.campaigns.list(world.organisation, { limit: 1 });
        await world.clearances.revoke(world.organisation, row?.clearance ?? '');
      },
      'clearance-revoked',
    ],
    [
      'a route has changed',
      () =>
        world.own.senders.putRoute({
          domain: 'example.se',
          transport: 'ses',
          role: 'primary',
          mailFrom: 'nytt.example.se',
          dkim: [{ d: 'example.se', s: 's1' }],
          createdAt: world.clock.now().toISOString(),
        }),
      'routes-changed',
    ],
  ])('%s: nothing goes', async (_, happen, reason) => {
    const { id } = await world.send({ recipients: addresses(5) });
    await happen();
    await world.work();
    expect(await world.find(id)).toMatchObject({ state: 'paused', pauseReason: reason });
    expect([world.ses.mails.length, world.reserve.mails.length, await world.counts(id)]).toEqual([
      0,
      0,
      { pending: 5 },
    ]);
    expect(await world.alerts(id)).toEqual([`paused ${reason}`]);
  });

  test('a silence that ends in time does no harm', async () => {
    const { id } = await world.send({ recipients: addresses(5) });
    world.silence(true);
    const began = world.clock.now().getTime();
    const asked = world.senders.check;
    world.restart({
      senders: {
        ...world.senders,
        check: (...given) => {
          if (world.clock.now().getTime() > began + minute) world.silence(false);
          return asked(...given);
        },
      },
    });
    await world.work();
    expect([(await world.find(id)).state, await world.counts(id)]).toEqual(['done', { accepted: 5 }]);
  });

  test('the sandbox is told of', async () => {
    const { id } = await world.send({ recipients: addresses(5) });
    world.ses.state = { ...world.ses.state, sandbox: true };
    await world.work();
    expect(await world.alerts(id)).toEqual(['done', 'sandbox']);
  });

  test('a campaign waits for its time', async () => {
    const startsAt = '2026-11-22T12:00:00+01:00';
    const { id } = await world.send({ recipients: addresses(5), startsAt });
    await world.work();
    expect([(await world.find(id)).state, world.ses.mails.length]).toEqual(['queued', 0]);
    expect(await world.campaigns.nextWork()).toEqual(new Date(startsAt));
    world.pass(2 * hour);
    await world.work();
    expect((await world.find(id)).state).toBe('done');
  });

  test('one that is held waits for a person', async () => {
    const { id } = await world.send({ recipients: addresses(5), hold: true });
    await world.work();
    expect(await world.find(id)).toMatchObject({ state: 'paused', pauseReason: 'to-confirm', recipients: 5 });
    await world.campaigns.resume(world.organisation, id);
    await world.work();
    expect((await world.find(id)).state).toBe('done');
  });
});
