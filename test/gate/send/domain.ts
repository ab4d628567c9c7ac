/** Whose domain it is, and by which routes it goes: an order for another's, or by another way, is refused. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { people, type SendingService, soundSender, startSendingService } from '../../http/sending-service.ts';
import type { App } from '../../http/service.ts';

let world: SendingService;
beforeEach(async () => {
  world = await startSendingService({
    zone: {
      ...soundSender('annan.se', 's1'),
      ...soundSender('example.com', 'standard', 'studs'),
      // By SMTP: its bounces do not go to Amazon.
      'studs.example.com': { TXT: ['v=spf1 ip4:192.0.2.10 -all'], MX: ['10 in.example.se'] },
      ...soundSender('nyheter.example.se', 's1'),
    },
  });
});
afterEach(() => world.close());

const recipients = people(3);
const other = { from: 'Annan <post@annan.se>', mailFrom: 'mejl.annan.se', dkimSelectors: ['s1'] };

/** The codes of what an order was refused for; nothing has gone by then. */
async function refused(order: object, as: { app?: App } = {}): Promise<unknown> {
  const { status, body } = await world.order({ recipients, ...order }, as);
  await world.campaigns.work();
  expect(world.handed()).toEqual([]);
  return status === 422 ? body.errors.map(({ code }: { code: string }) => code) : status;
}

describe('an order for a domain', () => {
  test('that nobody has registered', async () => {
    const { token } = await world.cleared(other);
    expect(await refused({ clearance: token })).toEqual(['sender-unregistered']);
  });

  test('that is registered and not proved', async () => {
    await world.must('POST', '/v1/senders', { domain: 'annan.se' });
    const { token } = await world.cleared(other);
    expect(await refused({ clearance: token })).toEqual(['sender-unproved']);
    const { result } = await world.must('POST', '/v1/senders/annan.se/check');
    expect([result, await refused({ clearance: token })]).toEqual(['not-found', ['sender-unproved']]);
  });

  test('that is another organisation’s', async () => {
    const app = await world.owner('org_other');
    await world.prove('annan.se', { app });
    const { token } = await world.cleared(other);
    expect(await refused({ clearance: token })).toEqual(['sender-taken']);
    expect(await refused({ clearance: token, standard: true })).toEqual(['sender-taken']);
  });

  test('that another organisation claims while our record stands beside theirs', async () => {
    const app = await world.owner('org_other');
    const ours = (await world.must('GET', '/v1/senders/example.se')).proof;
    const { proof } = await world.must('POST', '/v1/senders', { domain: 'example.se' }, { app });
    await world.publish({ [proof.name]: { TXT: [ours.data, proof.data] } });
    const { result } = await world.must('POST', '/v1/senders/example.se/check', undefined, { app });
    expect(result).toBe('taken');
    // Their own way of sending may have a clearance; ours is not lent to them.
    const own = { mailFrom: 'mejl.example.se', dkimSelectors: ['s1'] };
    const { token } = await world.cleared(own, { app });
    expect(await refused({ clearance: token }, { app })).toEqual(['sender-taken']);
    expect(await refused({ clearance: token, standard: true }, { app })).toEqual(['sender-taken']);
  });

  test('that has become another organisation’s since the clearance, our record being gone', async () => {
    const { token } = await world.cleared();
    const queued = await world.order({ clearance: token, recipients });
    expect(queued.status).toBe(201);
    const app = await world.owner('org_other');
    await world.prove('example.se', { app });
    expect(await refused({ clearance: token })).toEqual(['sender-taken']);
    expect(await world.find(queued.body.id)).toMatchObject({ state: 'paused', pauseReason: 'sender-lapsed' });
  });

  test('whose subdomain another organisation has proved', async () => {
    const { token } = await world.cleared({ from: 'Nytt <post@nyheter.example.se>' });
    const queued = await world.order({ clearance: token, recipients });
    expect(queued.status).toBe(201);
    await world.prove('nyheter.example.se', { app: await world.owner('org_other') });
    expect(await refused({ clearance: token })).toEqual(['sender-taken']);
    expect(await world.find(queued.body.id)).toMatchObject({ state: 'paused', pauseReason: 'sender-lapsed' });
  });

  test('above the one that is ours', async () => {
    await world.prove('nyheter.annan.se');
    const { token } = await world.cleared(other);
    expect(await refused({ clearance: token })).toEqual(['sender-unregistered']);
  });
});

describe('by the standard route', () => {
  const listed = { from: 'Gäst <post@example.com>', standard: true };

  test('a domain that it is registered for goes when somebody chooses it', async () => {
    const { token } = await world.cleared(listed);
    const { status, body } = await world.order({ clearance: token, recipients, standard: true });
    await world.campaigns.work();
    expect([status, (await world.find(body.id)).state]).toEqual([201, 'done']);
    expect([world.ses.mails.length, world.reserve.mails.length]).toEqual([0, 3]);
  });

  test('not unless it is chosen', async () => {
    const { token } = await world.cleared(listed);
    for (const chosen of [{}, { standard: false }])
      expect(await refused({ clearance: token, ...chosen })).toEqual(['sender-unregistered']);
  });

  test('no domain that it is not registered for', async () => {
    const { token } = await world.cleared(other);
    expect(await refused({ clearance: token, standard: true })).toEqual(['standard-not-registered']);
  });

  test('no subdomain of one that it is registered for', async () => {
    await world.publish(soundSender('nytt.example.com', 's1'));
    const more = { mailFrom: 'mejl.nytt.example.com', dkimSelectors: ['s1'] };
    const { token } = await world.cleared({ from: 'Gäst <post@nytt.example.com>', ...more });
    expect(await refused({ clearance: token, standard: true })).toEqual(['standard-not-registered']);
  });

  test('no message that was audited by a registered sender’s routes, or by its own', async () => {
    const { token } = await world.cleared();
    expect(await refused({ clearance: token, standard: true })).toEqual(['standard-not-registered']);
    const own = { from: listed.from, mailFrom: 'studs.example.com', dkimSelectors: ['standard'] };
    const { token: another } = await world.cleared(own);
    expect(await refused({ clearance: another, standard: true })).toEqual(['standard-not-registered']);
  });
});

describe('by other routes than those that were audited', () => {
  const routes = '/v1/senders/example.se/routes';
  const changes: [string, () => Promise<unknown>][] = [
    [
      'another MAIL FROM',
      () =>
        world.must('PUT', `${routes}/ses`, { role: 'primary', mailFrom: 'post.example.se', selector: 's1' }),
    ],
    [
      'another selector',
      () =>
        world.must('PUT', `${routes}/ses`, { role: 'primary', mailFrom: 'mejl.example.se', selector: 's2' }),
    ],
    ['one route fewer', () => world.must('DELETE', `${routes}/reserve`)],
    [
      'the reserve in the primary’s place',
      async () => {
        await world.must('DELETE', `${routes}/reserve`);
        const asReserve = { role: 'reserve', mailFrom: 'mejl.example.se', selector: 's1' };
        await world.must('PUT', `${routes}/ses`, asReserve);
        await world.must('PUT', `${routes}/reserve`, { role: 'primary', mailFrom: 'studs.example.se' });
      },
    ],
  ];
  test.each(changes)('%s, changed since', async (_, change) => {
    const { token } = await world.cleared();
    const queued = await world.order({ clearance: token, recipients });
    await change();
    expect(await refused({ clearance: token })).toEqual(['routes-changed']);
    expect(await world.find(queued.body.id)).toMatchObject({
      state: 'paused',
      pauseReason: 'routes-changed',
    });
  });

  test('one route more, added since', async () => {
    await world.must('DELETE', `${routes}/reserve`);
    const { token } = await world.cleared();
    await world.must('PUT', `${routes}/reserve`, { role: 'reserve', mailFrom: 'studs.example.se' });
    expect(await refused({ clearance: token })).toEqual(['routes-changed']);
  });

  test('the caller’s own way, however like ours it looks', async () => {
    const { token } = await world.cleared({ mailFrom: 'mejl.example.se', dkimSelectors: ['s1'] });
    expect(await refused({ clearance: token })).toEqual(['route-own']);
  });

  test('none at all', async () => {
    const { token } = await world.cleared();
    for (const id of ['ses', 'reserve']) await world.must('DELETE', `${routes}/${id}`);
    expect(await refused({ clearance: token })).toEqual(['route-missing']);
  });
});

test.each([undefined, 'http://audit.example.se', ''])(
  'marketing mail while people reach the service at %j',
  async (url) => {
    const { token } = await world.cleared();
    const queued = await world.order({ clearance: token, recipients });
    world.restart({ url });
    expect(await refused({ clearance: token })).toEqual(['service-address-missing']);
    expect(await world.find(queued.body.id)).toMatchObject({ state: 'paused' });
  },
);
