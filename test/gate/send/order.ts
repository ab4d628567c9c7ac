/** An order that no clearance stands behind: it is refused, and nothing is kept of it. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hour, mail, people, type SendingService, startSendingService } from '../../http/sending-service.ts';

const recipients = people(3);

describe('an order', () => {
  let world: SendingService;
  let token: string;
  let clearance: string;
  beforeEach(async () => {
    world = await startSendingService();
    ({ token, id: clearance } = await world.cleared());
  });
  afterEach(() => world.close());

  async function refused(order: object, as = {}) {
    const { status, body } = await world.order({ recipients, ...order }, as);
    await world.campaigns.work();
    expect(world.handed()).toEqual([]);
    expect((await world.must('GET', '/v1/sends')).sends).toEqual([]);
    return [status, body.errors?.map(({ code }: { code: string }) => code) ?? body.code];
  }

  test('that is sound goes, so the others stay for their own reason', async () => {
    const { status, body } = await world.order({ clearance: token, recipients });
    await world.campaigns.work();
    expect([status, (await world.find(body.id)).state]).toEqual([201, 'done']);
    expect(world.handed().toSorted()).toEqual(recipients.map(({ address }) => address));
  });

  test('with a clearance that has ended', async () => {
    world.pass(24 * hour);
    expect(await refused({ clearance: token })).toEqual([422, ['clearance-expired']]);
  });

  test('with a clearance that was revoked', async () => {
    await world.must('POST', `/v1/clearances/${clearance}/revoke`);
    expect(await refused({ clearance: token })).toEqual([422, ['clearance-revoked']]);
  });

  test('with the clearance of another organisation', async () => {
    const app = await world.owner('org_other');
    expect(await refused({ clearance: token }, { app })).toEqual([422, ['clearance-other-organisation']]);
    expect((await world.call('GET', '/v1/sends', undefined, { app })).body.sends).toEqual([]);
  });

  test('with a clearance that somebody has moved to another audit', async () => {
    const other = await world.audit({ subject: 'Annat' });
    const db = new DatabaseSync(join(world.dir, 'klarsignal.db'));
    db.prepare('UPDATE clearance SET audit = ?').run(other.id);
    expect(await refused({ clearance: token })).toEqual([422, ['audit-missing']]);
    db.prepare('UPDATE clearance SET digest = ?').run(other.digest);
    db.close();
    expect(await refused({ clearance: token })).toEqual([422, ['clearance-invalid']]);
  });

  test.each([
    ['its id', () => clearance],
    ['nothing', () => ''],
    ['its last letter gone', () => token.slice(0, -1)],
    [
      'another’s signature',
      async () =>
        `${token.slice(0, token.lastIndexOf('.'))}.${(await world.cleared({ subject: 'Annat' })).token.split('.')[2]}`,
    ],
  ])('with %s in place of a clearance', async (_, made) => {
    expect(await refused({ clearance: await made() })).toEqual([422, ['clearance-invalid']]);
  });

  test('with a merge field that nobody can fill in, although an exception was granted', async () => {
    const faulty = { source: `${mail.source}<p>Hej {{ namn }}!</p>` };
    const { id, findings } = await world.audit(faulty);
    const [finding, ...others] = findings.filter(({ outcome, gates }) => gates && outcome === 'fail');
    expect(others).toEqual([]);
    const order = { rule: finding?.rule, reason: 'Fältet fylls i av oss.', endsAt: '2026-12-01' };
    await world.must('POST', `/v1/audits/${id}/waivers`, order);
    const { token } = await world.cleared(faulty);
    expect(await refused({ clearance: token })).toEqual([422, ['not-composed']]);
  });

  test('with its message’s audit gone', async () => {
    const row = await world.store.organisation(world.organisation).audits({ limit: 1 });
    await world.blobs.delete(`${world.organisation}/uploads/${row[0]?.id}`);
    expect(await refused({ clearance: token })).toEqual([422, ['audit-missing']]);
  });

  test.each(['clear', 'undefined'])('with the verdict “%s” in place of a clearance', async (word) => {
    expect(await refused({ clearance: word })).toEqual([422, ['clearance-invalid']]);
    expect(await refused({ decision: word })).toEqual([400, ['field-type', 'field-unknown']]);
  });

  test('by a key that may not send, and by nobody', async () => {
    const keys = [
      await world.key(['audits:read', 'audits:write', 'clearances:write', 'sends:read']),
      await world.key(['sends:read', 'recipients:write']),
    ];
    for (const app of keys)
      expect(await refused({ clearance: token }, { app })).toEqual([403, 'scope-missing']);
    const nobody = await world.order({ clearance: token, recipients }, { app: world.anonymous });
    expect([nobody.status, world.handed()]).toEqual([401, []]);
  });

  test('by a viewer', async () => {
    const db = new DatabaseSync(join(world.dir, 'klarsignal.db'));
    db.exec("UPDATE person SET role = 'viewer'");
    const { status, body } = await world.order({ clearance: token, recipients });
    db.close();
    await world.campaigns.work();
    expect([status, body.code, world.handed()]).toEqual([403, 'role-missing', []]);
  });

  test('by an Idempotency-Key that stands for another order', async () => {
    const key = 'once';
    const first = await world.order({ clearance: token, recipients, hold: true }, { key });
    expect(first.status).toBe(201);
    const { token: another } = await world.cleared({ subject: 'Annat' });
    for (const order of [
      { clearance: another, recipients, hold: true },
      { clearance: token, recipients },
      { clearance: token, recipients: people(4), hold: true },
      { clearance: token, recipients, hold: true, standard: true },
    ]) {
      const { status } = await world.order(order, { key });
      expect([409, 422]).toContain(status);
    }
    await world.campaigns.work();
    expect(world.handed()).toEqual([]);
    expect(await world.find(first.body.id)).toMatchObject({
      state: 'paused',
      recipients: 3,
      standard: false,
    });
    expect((await world.must('GET', '/v1/sends')).sends).toHaveLength(1);
  });

  test('the same twice under one key, or under two, mails nobody twice', async () => {
    for (const key of ['a', 'a', 'b']) await world.order({ clearance: token, recipients }, { key });
    await world.campaigns.work();
    expect(world.handed().toSorted()).toEqual(recipients.map(({ address }) => address));
  });
});

describe('smuggled in with the order', () => {
  let world: SendingService;
  let token: string;
  beforeAll(async () => {
    world = await startSendingService();
    ({ token } = await world.cleared());
  });
  afterAll(() => world.close());

  const more: [string, object][] = [
    ['a zone', { zone: { 'example.se': { TXT: ['v=spf1 -all'] } } }],
    ['a resolver', { resolver: '192.0.2.53' }],
    ['that it is not simulated', { simulated: false }],
    ['a waiver', { waivers: [{ rule: 'empty-link', reason: 'Because I say so.' }] }],
    ['an organisation', { organisation: 'org_other' }],
    ['a digest', { digest: '0'.repeat(64) }],
    ['an audit', { audit: 'aud_other' }],
    ['another From', { from: 'Banken <info@bank.example>' }],
    ['another subject', { subject: 'Annat' }],
    ['a page', { html: '<p>Annat</p>' }],
    ['a route', { route: 'reserve' }],
    ['a MAIL FROM', { mailFrom: 'studs.example.se' }],
    ['a class', { class: 'transactional' }],
    ['headers', { headers: [{ name: 'Bcc', value: 'a@example.org' }] }],
    ['a field of a recipient', { recipients: [{ address: 'a@example.org', html: '<p>Annat</p>' }] }],
  ];
  test.each(more)('%s', async (_, extra) => {
    const { status, body } = await world.order({ clearance: token, recipients, ...extra });
    await world.campaigns.work();
    expect([status, body.errors?.[0].code, world.handed()]).toEqual([400, 'field-unknown', []]);
  });

  test.each(more.slice(0, 5))('%s with the audit before it', async (_, extra) => {
    const { status, body } = await world.call('POST', '/v1/audits', { source: '<p>Hej!</p>', ...extra });
    expect([status, body.errors[0].code]).toEqual([400, 'field-unknown']);
  });

  test('routes with the audit before it', async () => {
    const routes = [{ transport: 'ses', mail_from: 'mejl.example.se', dkim: [], signed_by: [] }];
    const { status } = await world.call('POST', '/v1/audits', { source: '<p>Hej!</p>', routes });
    expect([status, world.handed()]).toEqual([400, []]);
  });

  test('another clearance with a resumption, beside it', async () => {
    const { body } = await world.order({ clearance: token, recipients, hold: true });
    await world.campaigns.work();
    for (const extra of [{ force: true }, { digest: body.digest }, { clearance: [token] }]) {
      const { status } = await world.call('POST', `/v1/sends/${body.id}/resume`, extra);
      expect(status).toBe(400);
    }
    await world.campaigns.work();
    expect([(await world.find(body.id)).state, world.handed()]).toEqual(['paused', []]);
  });
});
