/** Mailings to nobody, to those who have an earlier version, dry runs, and who did what. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addresses, type CampaignWorld, hour, startCampaignWorld } from './world.ts';

let world: CampaignWorld;
beforeEach(async () => {
  world = await startCampaignWorld();
});
afterEach(() => world.close());

const day = 24 * hour;
const letter = (text: string, repeats?: string) =>
  world.audit({
    bytes: new TextEncoder().encode(
      `<p>${text}</p><p><a href="{{unsubscribe_url}}">Avregistrera dig</a></p>`,
    ),
    ...({ repeats } as object),
  });
const csv = (text: string) => new Blob([text]).stream();
const leftOut = async (id: string) => {
  let text = '';
  for await (const piece of (await world.campaigns.leftOut(world.organisation, id)) ?? []) text += piece;
  return text.trim().split('\n').slice(1);
};

describe('a mailing to nobody', () => {
  test.each([[undefined], [true]])('waits with words of its own, and never goes (hold: %s)', async (hold) => {
    const { id } = await world.send({ hold, recipients: [{ address: 'nobody' }] });
    await world.work();
    expect(await world.find(id)).toMatchObject({ state: 'paused', pauseReason: 'nobody', recipients: 0 });
    expect(await world.campaigns.resume(world.organisation, id)).toMatchObject({
      kind: 'invalid',
      errors: [{ code: 'recipients-missing' }],
    });
    expect((await world.campaigns.cancel(world.organisation, id)).kind).toBe('done');
  });
});

describe('a list without a column that the mail needs', () => {
  const merging = () =>
    world.audit({
      bytes: new TextEncoder().encode(
        '<p>Hej {{first_name}}!</p><p><a href="{{unsubscribe_url}}">Avregistrera dig</a></p>',
      ),
      mergeFields: [{ name: 'first_name', type: 'text', max_length: 20, sample: 'Kim' }],
    });

  test('is refused at once, with its columns, and another one may follow', async () => {
    const { id } = await world.send({ clearance: await world.clearance(await merging()), hold: true });
    const body = csv('E-post;Förnamn;Sida\na@example.com;Kim;x\n');
    expect(await world.campaigns.addList(world.organisation, id, { body, format: 'csv' })).toMatchObject({
      kind: 'invalid',
      errors: [
        {
          code: 'list-columns-missing',
          field: 'list',
          data: { missing: 'first_name', columns: 'E-post, Förnamn, Sida', fields: 1 },
        },
      ],
    });
    const mended = csv('E-post;First_Name\na@example.com;Kim\n');
    const added = await world.campaigns.addList(world.organisation, id, { body: mended, format: 'csv' });
    expect(added.kind).toBe('done');
    await world.work();
    expect(await world.find(id)).toMatchObject({ recipients: 1, pauseReason: 'to-confirm' });
  });
});

describe('a corrected version', () => {
  /** One mailing that has gone to two, and a corrected version of its mail. */
  async function corrected() {
    const first = await letter('Hej!');
    const sent = await world.send({ clearance: await world.clearance(first), recipients: addresses(2) });
    await world.work();
    expect(await world.find(sent.id)).toMatchObject({ state: 'done' });
    world.pass(hour);
    return world.clearance(await letter('Hej på dig!', await letter('Hej igen!', first)));
  }

  test('tells how many have got an earlier one; they get this one too when nothing else is said', async () => {
    const { id } = await world.send({ clearance: await corrected(), hold: true, recipients: addresses(4) });
    await world.work();
    expect(await world.find(id)).toMatchObject({ earlier: 2, recipients: 4, leftOut: {} });
    expect(await leftOut(id)).toEqual([]);
    await world.campaigns.resume(world.organisation, id);
    await world.work();
    expect(await world.counts(id)).toEqual({ accepted: 4 });
  });

  test('leaves them out by the order', async () => {
    const order = { clearance: await corrected(), leaveOutEarlier: true };
    const recipients = [...addresses(4), { address: 'Person1@example.com' }, { address: 'x' }];
    const { id } = await world.send({ ...order, recipients });
    await world.work();
    expect(await world.find(id)).toMatchObject({
      earlier: 0,
      recipients: 2,
      leftOut: { 'earlier-version': 2, duplicate: 1, 'address-invalid': 1 },
    });
    expect((await leftOut(id)).map((line) => line.split(',').slice(0, 4).join())).toEqual([
      '1,earlier-version,,person1@example.com',
      '2,earlier-version,,person2@example.com',
      '5,duplicate,,Person1@example.com',
      '6,address-invalid,,x',
    ]);
    expect(await world.counts(id)).toEqual({ accepted: 2 });
  });

  test('leaves them out by the yes', async () => {
    const { id } = await world.send({ clearance: await corrected(), hold: true, recipients: addresses(4) });
    await world.work();
    const resumed = await world.campaigns.resume(world.organisation, id, undefined, {
      leaveOutEarlier: true,
    });
    expect(resumed).toMatchObject({
      kind: 'done',
      campaign: { recipients: 2, leftOut: { 'earlier-version': 2 } },
    });
    expect((await leftOut(id)).map((line) => line.split(',').slice(0, 2).join())).toEqual([
      '1,earlier-version',
      '2,earlier-version',
    ]);
    await world.work();
    expect(await world.counts(id)).toEqual({ accepted: 2 });
    const again = await world.campaigns.resume(world.organisation, id, undefined, { leaveOutEarlier: true });
    expect(again.kind).toBe('wrong-state');
  });

  test('leaves everybody out: nobody is left, and nothing goes', async () => {
    const { id } = await world.send({ clearance: await corrected(), hold: true, recipients: addresses(2) });
    await world.work();
    const resumed = await world.campaigns.resume(world.organisation, id, undefined, {
      leaveOutEarlier: true,
    });
    expect(resumed).toMatchObject({ kind: 'done', campaign: { state: 'paused', pauseReason: 'nobody' } });
  });

  test('says nothing of what went a month ago, nor of another mail', async () => {
    const clearance = async () => world.clearance(await letter('Något annat'));
    await corrected();
    const other = await world.send({ clearance: await clearance(), hold: true, recipients: addresses(2) });
    await world.work();
    expect(await world.find(other.id)).toMatchObject({ earlier: 0 });
    const late = await letter('Hej!!');
    const sent = await world.send({ clearance: await world.clearance(late), recipients: addresses(1, 9) });
    await world.work();
    expect((await world.find(sent.id)).state).toBe('done');
    world.pass(31 * day);
    const mended = await world.clearance(await letter('Hej!!!', late));
    const { id } = await world.send({ clearance: mended, hold: true, recipients: addresses(1, 9) });
    await world.work();
    expect(await world.find(id)).toMatchObject({ earlier: 0, recipients: 1 });
  });
});

describe('what nobody comes back to', () => {
  const listed = async () =>
    (await world.campaigns.list(world.organisation, { limit: 9 })).map(({ id }) => id);

  test('a dry run waits, never goes, stands in no list, and is over within two hours', async () => {
    const { id } = await world.send({ dryRun: true, recipients: addresses(2) });
    await world.work();
    expect(await world.find(id)).toMatchObject({ dryRun: true, pauseReason: 'to-confirm', recipients: 2 });
    expect(await listed()).toEqual([]);
    expect((await world.campaigns.resume(world.organisation, id)).kind).toBe('wrong-state');
    world.pass(2 * hour);
    await world.work();
    expect(await world.find(id)).toMatchObject({ state: 'cancelled' });
    expect(await world.counts(id)).toEqual({ cancelled: 2 });
    await world.work();
    expect(await world.ledger.delivery(id, 1)).toMatchObject({ address: null });
  });

  test('a dry run whose order was cut short goes no more than another', async () => {
    const { id } = await world.send({ dryRun: true, recipients: addresses(2) });
    // As the process leaves it that dies between the mailing and what holds it.
    await world.ledger.change(id, { pauseReason: null });
    await world.work();
    expect(await world.find(id)).toMatchObject({ state: 'paused', pauseReason: 'to-confirm' });
    expect(world.ses.mails).toEqual([]);
  });

  test('one that waits for its list is over when nothing came in a day', async () => {
    const { id } = await world.send({ hold: true });
    world.pass(day - hour);
    await world.work();
    expect([await world.find(id), await listed()]).toMatchObject([{ state: 'preparing' }, [id]]);
    world.pass(2 * hour);
    await world.work();
    expect([await world.find(id), await listed()]).toMatchObject([{ state: 'cancelled' }, []]);
  });
});

test('who did what is kept, and who changed nothing has done nothing', async () => {
  const { organisation, campaigns } = world;
  const { id } = await world.send({ hold: true, recipients: addresses(2) });
  await world.work();
  await campaigns.resume(organisation, id, undefined, { by: 'per_send' });
  await campaigns.pause(organisation, id, 'key_pause');
  expect((await campaigns.pause(organisation, id, 'per_late')).kind).toBe('wrong-state');
  world.pass(hour);
  await campaigns.cancel(organisation, id, 'per_end');
  const { acts } = (await campaigns.progress(organisation, id)) ?? {};
  expect(acts?.map(({ act, by }) => [act, by])).toEqual([
    ['cancelled', 'per_end'],
    ['paused', 'key_pause'],
    ['resumed', 'per_send'],
    ['ordered', 'test'],
  ]);
  expect(acts?.[0]?.at).toBe(world.clock.now().toISOString());
});
