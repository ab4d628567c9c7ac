import { type RawBuilder, sql } from 'kysely';
import type { AlertRow, DeliveryEvent, LedgerStore } from '../../../ports.ts';
import { type Batch, db, randomId, written } from '../sql.ts';
import { suppressed } from '../suppression.ts';

/** What is heard of deliveries afterwards, and what people are told. */
export function createEvents(
  organisation: string,
  batch: Batch,
): Pick<LedgerStore, 'apply' | 'addAlert' | 'alerts'> {
  return {
    async apply(event) {
      const { id, campaign, number, attempt, kind, at } = event;
      const token = randomId();
      const row = sql`organisation = ${organisation} and campaign = ${campaign} and number = ${number}`;
      const mine = sql`exists (
        select 1 from event where organisation = ${organisation} and id = ${id} and token = ${token})`;
      const [, , , rows] = await batch(
        written(sql`
          insert into event (organisation, id, campaign, number, attempt, kind, at, token)
          select ${organisation}, ${id}, ${campaign}, ${number}, ${attempt}, ${kind}, ${at}, ${token}
          where exists (select 1 from delivery where ${row} and ${attempt} between 1 and attempt)
          on conflict do nothing`),
        written(sql`
          update delivery set ${sql.join(assignments(event))}
          where ${row} and ${transition(event)} and ${mine}`),
        event.suppress === undefined
          ? written(sql`select 1`)
          : suppressed(organisation, event.suppress, at, sql`from delivery where ${row} and ${mine}`),
        written<{ id: string }>(sql`
          select id from event where organisation = ${organisation} and id = ${id} and token = ${token}`),
        (kind === 'bounced' || kind === 'complained') && !event.unproved
          ? written(sql`
              insert into unjudged (organisation, campaign, events)
              select ${organisation}, ${campaign}, 1 where ${mine}
              on conflict do update set events = events + 1`)
          : written(sql`select 1`),
      );
      return rows.length === 1;
    },

    async addAlert({ id, campaign, kind, data, at }) {
      const [rows] = await batch(
        db
          .insertInto('alert')
          .values({ organisation, id, campaign, kind, data: JSON.stringify(data), at })
          .onConflict((conflict) => conflict.columns(['organisation', 'id']).doNothing())
          .returning('id'),
      );
      return rows.length === 1;
    },

    async alerts({ campaign, limit }) {
      const own = db.selectFrom('alert').where('organisation', '=', organisation);
      const asked = campaign === undefined ? own : own.where('campaign', '=', campaign);
      const [rows] = await batch(
        asked
          .select(['id', 'campaign', 'kind', 'data', 'at'])
          .orderBy('at', 'desc')
          .orderBy('id', 'desc')
          .limit(limit),
      );
      return rows.map((row): AlertRow => ({ ...row, data: JSON.parse(row.data) }));
    },
  };
}

/**
 * From which states an event moves a delivery. The later word wins whichever came first: a complaint over a
 * permanent bounce over a delivery over a temporary bounce. What was cancelled stays so.
 */
function transition({ kind, permanent, attempt, unproved }: DeliveryEvent): RawBuilder<unknown> {
  const handedOver = sql`state in ('sending', 'accepted', 'unknown')`;
  switch (kind) {
    case 'delivered':
      // Pending too: an attempt that was taken for lost has arrived, and is not to be made again.
      return sql`(${handedOver} or state = 'pending' or (state = 'bounced' and permanent = 0))`;
    case 'bounced':
      return permanent
        ? sql`(state not in ('complained', 'cancelled', 'bounced') or (state = 'bounced' and permanent = 0))`
        : sql`${handedOver} and ${attempt} > lost_attempt`;
    case 'complained':
      return unproved
        ? sql`state in ('accepted', 'unknown', 'delivered')`
        : sql`state not in ('complained', 'cancelled')`;
    case 'rejected':
    case 'delayed':
      return handedOver;
  }
}

function assignments(event: DeliveryEvent): RawBuilder<unknown>[] {
  const { kind, at, permanent, bounceClass, code, enhanced, response, unproved } = event;
  if (unproved) return [sql`code = 'complaint-unproved'`];
  const said = (name: string, value: string | null | undefined) =>
    value == null ? [] : [sql`${sql.ref(name)} = ${value}`];
  const words = [
    ...said('code', code),
    ...said('enhanced', enhanced),
    // A response may name the address, which an erased row is not to know again.
    ...(response == null ? [] : [sql`response = iif(address is null, null, ${response})`]),
  ];
  if (kind === 'delayed') return words.length > 0 ? words : [sql`response = response`];
  return [
    sql`state = ${kind}`,
    sql`settled_at = ${at}`,
    sql`permanent = ${kind === 'bounced' ? Number(permanent ?? false) : null}`,
    sql`bounce_class = ${kind === 'bounced' ? (bounceClass ?? 'unknown') : (bounceClass ?? null)}`,
    // It was said of a complaint that nobody had proved yet.
    ...(kind === 'complained' && code == null ? [sql`code = nullif(code, 'complaint-unproved')`] : []),
    ...words,
  ];
}
