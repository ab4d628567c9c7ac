/** Between the grant and the start: the mailing waits its turn while the world changes, and does not begin. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refused } from '../../campaigns/scripted.ts';
import {
  hour,
  mail,
  minute,
  people,
  type SendingService,
  soundSender,
  startSendingService,
} from '../../http/sending-service.ts';
import { scannerOf, soundZone } from '../../world.ts';

let world: SendingService;
let infected: boolean | 'silent';
beforeEach(async () => {
  infected = false;
  world = await startSendingService({
    scanner: {
      scan: (message, signal) =>
        scannerOf(infected === 'silent' ? 'silent' : 'clean')
          .scan(message, signal)
          .then((scan) =>
            infected === true && scan.known
              ? { known: true, infected: true, signature: 'Test.Signature', engine: scan.engine }
              : scan,
          ),
    },
  });
});
afterEach(() => world.close());

const recipients = people(5);

/** A mailing that is ready to go when it happens. @returns why it stands still */
async function waiting(happen: () => unknown, changes: Record<string, unknown> = {}) {
  const { token } = await world.cleared(changes);
  const { status, body } = await world.order({ clearance: token, recipients, hold: true });
  expect(status).toBe(201);
  await world.campaigns.work();
  await happen();
  await world.must('POST', `/v1/sends/${body.id}/resume`);
  await world.campaigns.work();
  expect(world.handed()).toEqual([]);
  const { state, pauseReason, counts, alerts } = await world.find(body.id);
  expect([state, counts.pending, counts.sending]).toEqual(['paused', 5, 0]);
  expect(alerts.map(({ data }: { data: { reason: string } }) => data.reason)).toEqual([pauseReason]);
  return { id: body.id as string, token, pauseReason };
}

test('nothing has changed, and it goes', async () => {
  const { token } = await world.cleared();
  const { body } = await world.order({ clearance: token, recipients, hold: true });
  await world.campaigns.work();
  expect(world.handed()).toEqual([]);
  await world.must('POST', `/v1/sends/${body.id}/resume`);
  await world.campaigns.work();
  expect([(await world.find(body.id)).state, world.handed().length]).toEqual(['done', 5]);
});

describe('once DNS has changed', () => {
  const mejl = soundZone['mejl.example.se'];
  const zones: [string, Record<string, unknown>, string][] = [
    [
      'SPF of the sending subdomain no longer lets SES send',
      { 'mejl.example.se': { ...mejl, TXT: ['v=spf1 -all'] } },
      'dns-changed',
    ],
    ['SPF of the sending subdomain is gone', { 'mejl.example.se': { MX: mejl.MX } }, 'dns-changed'],
    [
      'there are two SPF records',
      { 'mejl.example.se': { ...mejl, TXT: [...mejl.TXT, 'v=spf1 -all'] } },
      'dns-changed',
    ],
    ['an included SPF record is gone', { 'amazonses.com': null }, 'dns-changed'],
    ['the sending subdomain is gone', { 'mejl.example.se': null }, 'dns-changed'],
    ['the DKIM key is gone', { 's1._domainkey.example.se': null }, 'dns-changed'],
    [
      'the DKIM key is withdrawn',
      { 's1._domainkey.example.se': { TXT: ['v=DKIM1; k=rsa; p='] } },
      'dns-changed',
    ],
    [
      'the DKIM key is another’s text',
      { 's1._domainkey.example.se': { TXT: ['v=DKIM1; p=x'] } },
      'dns-changed',
    ],
    ['DMARC is gone', { '_dmarc.example.se': null }, 'dns-changed'],
    [
      'DMARC is written twice',
      { '_dmarc.example.se': { TXT: ['v=DMARC1; p=reject', 'v=DMARC1; p=none'] } },
      'dns-changed',
    ],
    ['the sender’s record is gone', { '_klarsignal.example.se': null }, 'sender-lapsed'],
    [
      'the sender’s record is another’s',
      { '_klarsignal.example.se': { TXT: ['klarsignal-sender=0123456789'] } },
      'sender-lapsed',
    ],
    ['the sender’s record does not answer', { '_klarsignal.example.se': 'TIMEOUT' }, 'dns-unanswered'],
    ['DMARC does not answer', { '_dmarc.example.se': 'SERVFAIL' }, 'dns-unanswered'],
    ['the DKIM key does not answer', { 's1._domainkey.example.se': 'TIMEOUT' }, 'dns-unanswered'],
    ['SPF does not answer', { 'mejl.example.se': 'REFUSED' }, 'dns-unanswered'],
  ];
  test.each(zones)('%s', async (_, changes, reason) => {
    expect((await waiting(() => world.publish(changes))).pauseReason).toBe(reason);
  });

  test('and none of it answers', async () => {
    expect((await waiting(() => world.silence(true))).pauseReason).toBe('dns-unanswered');
  });
});

describe('once the clearance', () => {
  test('has ended', async () => {
    expect((await waiting(() => world.pass(24 * hour))).pauseReason).toBe('clearance-expired');
  });

  test('is revoked', async () => {
    const revoke = async () => {
      const [{ clearance }] = (await world.must('GET', '/v1/sends')).sends;
      await world.must('POST', `/v1/clearances/${clearance}/revoke`);
    };
    const { id, pauseReason } = await waiting(revoke);
    expect(pauseReason).toBe('clearance-revoked');
    // Let go again, it stands still again.
    await world.must('POST', `/v1/sends/${id}/resume`);
    await world.campaigns.work();
    expect([(await world.find(id)).pauseReason, world.handed()]).toEqual(['clearance-revoked', []]);
  });

  const faulty = { source: `${mail.source}<p><a href="#">Mer</a></p>` };
  /** An owner takes one check upon themselves, for an hour. */
  async function waive(): Promise<string> {
    const audit = await world.audit(faulty);
    const rule = audit.findings.find(({ outcome, gates }) => gates && outcome === 'fail')?.rule;
    const order = {
      rule,
      reason: 'Länken är en platshållare.',

      endsAt: '2026-11-22T10:00:00Z',
    };
    return (await world.must('POST', `/v1/audits/${audit.id}/waivers`, order)).id;
  }

  test('rests on a waiver that has ended', async () => {
    await waive();
    expect((await waiting(() => world.pass(hour), faulty)).pauseReason).toBe('clearance-expired');
  });

  test('rests on a waiver that is revoked', async () => {
    const waiver = await waive();
    const revoke = () => world.must('POST', `/v1/waivers/${waiver}/revoke`);
    expect((await waiting(revoke, faulty)).pauseReason).toBe('clearance-revoked');
  });
});

describe('once the sender', () => {
  const routes = '/v1/senders/example.se/routes';

  test('is another organisation’s, our record being gone', async () => {
    const take = async () => void (await world.prove('example.se', { app: await world.owner('org_other') }));
    expect((await waiting(take)).pauseReason).toBe('sender-lapsed');
  });

  test('has lost the subdomain of From to another organisation', async () => {
    await world.publish(soundSender('nyheter.example.se', 's1'));
    const take = async () =>
      void (await world.prove('nyheter.example.se', { app: await world.owner('org_other') }));
    const from = { from: 'Nytt <post@nyheter.example.se>' };
    expect((await waiting(take, from)).pauseReason).toBe('sender-lapsed');
  });

  test('cannot be removed while a mailing waits', async () => {
    const { token } = await world.cleared();
    await world.order({ clearance: token, recipients, hold: true });
    await world.campaigns.work();
    const { status } = await world.call('DELETE', '/v1/senders/example.se');
    expect([status, world.handed()]).toEqual([409, []]);
  });

  test.each([
    ['MAIL FROM', { mailFrom: 'post.example.se', selector: 's1' }],
    ['DKIM selector', { mailFrom: 'mejl.example.se', selector: 's2' }],
  ])('sends by another %s', async (_, route) => {
    const change = () => world.must('PUT', `${routes}/ses`, { role: 'primary', ...route });
    expect((await waiting(change)).pauseReason).toBe('routes-changed');
  });

  test('has one route fewer', async () => {
    expect((await waiting(() => world.must('DELETE', `${routes}/reserve`))).pauseReason).toBe(
      'routes-changed',
    );
  });

  test('has its reserve in the primary’s place', async () => {
    const change = async () => {
      await world.must('DELETE', `${routes}/reserve`);
      await world.must('PUT', `${routes}/ses`, {
        role: 'reserve',
        mailFrom: 'mejl.example.se',
        selector: 's1',
      });
      await world.must('PUT', `${routes}/reserve`, { role: 'primary', mailFrom: 'studs.example.se' });
    };
    expect((await waiting(change)).pauseReason).toBe('routes-changed');
  });
});

describe('once the provider', () => {
  const identities: [string, object][] = [
    ['has not verified the domain', { domain: 'PENDING' }],
    ['has lost the DKIM key', { dkim: 'FAILED' }],
    ['has lost the MAIL FROM', { mailFrom: 'TEMPORARY_FAILURE' }],
    ['uses another MAIL FROM', { mailFromDomain: 'eu-north-1.amazonses.com' }],
    ['uses none', { mailFromDomain: null }],
  ];
  test.each(identities)('%s', async (_, change) => {
    const said = world.ses.identityOf('example.se');
    const lose = () => {
      world.ses.identityOf = () => said && { ...said, ...change };
    };
    expect((await waiting(lose)).pauseReason).toBe('identity-not-verified');
  });

  test('has suspended the account, though the reserve is armed', async () => {
    const suspend = () => {
      world.ses.state = { ...world.ses.state, suspended: true };
    };
    expect((await waiting(suspend)).pauseReason).toBe('provider-suspended');
  });
});

describe('a reserve that is not armed takes nothing when the primary', () => {
  const reserve = '/v1/senders/example.se/routes/reserve';
  /** As it is before its first rehearsal. */
  const unrehearsed = async () => {
    await world.must('DELETE', reserve);
    await world.must('PUT', reserve, { role: 'reserve', mailFrom: 'studs.example.se' });
  };
  const unready: [string, () => Promise<unknown>][] = [
    ['was never rehearsed', unrehearsed],
    [
      'was rehearsed a month ago',
      async () => {
        const db = new DatabaseSync(join(world.dir, 'klarsignal.db'));
        const month = new Date(world.clock.now().getTime() - 31 * 24 * hour).toISOString();
        db.prepare(
          "UPDATE route SET rehearsal = json_set(rehearsal, '$.endedAt', ?) WHERE rehearsal IS NOT NULL",
        ).run(month);
        db.close();
        const { routes } = await world.must('GET', '/v1/senders/example.se');
        expect(routes[1]).toMatchObject({ armed: false, rehearsal: { passed: true } });
      },
    ],
  ];
  test.each(unready)('cannot be reached at the start: the reserve %s', async (_, spoil) => {
    await spoil();
    const down = () => {
      world.ses.state = { ...world.ses.state, available: false };
    };
    expect((await waiting(down)).pauseReason).toBe('no-route');
  });

  test.each(unready)('fails on the way: the reserve %s', async (_, spoil) => {
    await spoil();
    world.ses.answer = () => refused('connect', false, 'ECONNREFUSED');
    const { token } = await world.cleared();
    const { body } = await world.order({ clearance: token, recipients: people(30) });
    await world.campaigns.work();
    const { state, pauseReason, counts } = await world.find(body.id);
    expect([state, pauseReason, counts.pending]).toEqual(['sending', null, 30]);
    expect(world.reserve.mails).toEqual([]);
  });

  test('cannot be reached: the reserve’s DNS has changed', async () => {
    const down = async () => {
      world.ses.state = { ...world.ses.state, available: false };
      await world.publish({ 'studs.example.se': null, 'klarsignal._domainkey.example.se': null });
    };
    expect((await waiting(down)).pauseReason).toBe('no-route');
  });
});

describe('once malware', () => {
  test('is found in it', async () => {
    const find = () => {
      infected = true;
    };
    expect((await waiting(find)).pauseReason).toBe('malware-found');
  });

  test('can no longer be looked for', async () => {
    const stop = () => {
      infected = 'silent';
    };
    expect((await waiting(stop)).pauseReason).toBe('malware-unanswered');
  });
});

test('once marketing mail can no longer be left by an https address', async () => {
  const { pauseReason } = await waiting(() => world.restart({ url: 'http://audit.example.se' }));
  expect(pauseReason).toBe('no-route');
});

test('before its time, and after it where the clearance has ended by then', async () => {
  const { token } = await world.cleared();
  const late = await world.order({ clearance: token, recipients, startsAt: '2026-11-23T09:00:00Z' });
  expect([late.status, late.body.errors[0].code]).toEqual([422, 'starts-after-clearance']);
  const startsAt = '2026-11-23T08:59:00Z';
  const { body } = await world.order({ clearance: token, recipients, startsAt });
  await world.campaigns.work();
  world.pass(24 * hour - 2 * minute);
  await world.campaigns.work();
  expect([(await world.find(body.id)).state, world.handed()]).toEqual(['queued', []]);
  // Nobody is at work when its time comes.
  world.pass(2 * minute);
  await world.campaigns.work();
  expect([(await world.find(body.id)).pauseReason, world.handed()]).toEqual(['clearance-expired', []]);
});
