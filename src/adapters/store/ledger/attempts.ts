import { type Compilable, type RawBuilder, sql } from 'kysely';
import type { LedgerStore, Settled } from '../../../ports.ts';
import { type Batch, giveWay, jsonPieces, written } from '../sql.ts';
import { gravestFirst, suppressed } from '../suppression.ts';
import { atOnce } from './campaigns.ts';
import { deliveryColumns, deliveryRow, type StoredDelivery } from './delivery.ts';

/** How many rows one step cancels: some tens of milliseconds of work. */
const cancelledAtOnce = 1_000;

/** From pending to what a server said, or nobody. */
export function createAttempts(
  organisation: string,
  batch: Batch,
): Pick<LedgerStore, 'claim' | 'settle' | 'nextDue' | 'attemptedSince' | 'decideUnknown' | 'cancelPending'> {
  const rowsOf = (campaign: string) => sql`organisation = ${organisation} and campaign = ${campaign}`;
  const isCancelled = (campaign: string) => sql`(
    select state = 'cancelled' from campaign where organisation = ${organisation} and id = ${campaign})`;

  /** Ends attempts by the route that each row names. */
  function endings(id: string, settled: readonly Settled[], at: string) {
    const pieces = jsonPieces(
      settled.map((one) => [
        one.number,
        one.attempt,
        one.state,
        one.dueAt ?? at,
        one.code,
        one.enhanced,
        one.response,
        one.providerId,
        one.bounceClass ?? null,
        one.sameRouteUntil ?? null,
      ]),
    );
    // What is to be tried again cannot be where the campaign was cancelled, or the address erased, meanwhile.
    const ends = sql`(value ->> 2 = 'cancelled'
      or (value ->> 2 = 'pending' and (address is null or ${isCancelled(id)})))`;
    const off = settled.flatMap(({ number, attempt, suppress }) =>
      suppress === undefined ? [] : [{ suppress, line: [number, attempt] }],
    );
    const reasons = [...new Set(off.map(({ suppress }) => suppress))];
    // Before they end: afterwards nothing tells which attempt it was that ended just now.
    const taken = reasons.flatMap((reason) =>
      jsonPieces(off.flatMap(({ suppress, line }) => (suppress === reason ? [line] : []))).map((piece) =>
        suppressed(
          organisation,
          reason,
          at,
          sql`from json_each(${piece}) as line cross join delivery
            where ${rowsOf(id)} and number = line.value ->> 0 and attempt = line.value ->> 1
              and +state = 'sending'`,
        ),
      ),
    );
    const ended = pieces.map((piece) =>
      // From the few to the many: left to itself, the planner reads the whole campaign.
      written<{ number: number }>(sql`
        with ended as materialized (
          select delivery.rowid as id, line.value as value
          from json_each(${piece}) as line cross join delivery
          where ${rowsOf(id)} and number = line.value ->> 0 and attempt = line.value ->> 1
            and +state = 'sending')
        update delivery set
          state = iif(${ends}, 'cancelled', value ->> 2),
          message = iif(${ends}, null, message),
          due_at = iif(value ->> 2 = 'pending', value ->> 3, due_at),
          settled_at = ${at}, code = value ->> 4, enhanced = value ->> 5,
          response = iif(address is null, null, value ->> 6), provider_id = value ->> 7,
          bounce_class = value ->> 8,
          same_route_until = iif(value ->> 2 = 'pending', coalesce(value ->> 9, same_route_until), null)
        from ended where delivery.rowid = ended.id
        returning number`),
    );
    return [...(taken as Compilable<{ number: number }>[]), ...ended];
  }

  /** What was put off goes by its own route, unless the campaign has left that until a person returns it. */
  const ownRoute = (id: string, route: string, at: RawBuilder<unknown>) => sql`(
    same_route_until is null or route = ${route} or same_route_until <= ${at}
    or (select switched from campaign where organisation = ${organisation} and id = ${id}) is not null)`;

  /** Those of a domain that ended since, and those under way. */
  const attempts = (domain: RawBuilder<unknown>, since: string) => {
    const own = sql`organisation = ${organisation} and campaign in (
      select id from campaign where organisation = ${organisation} and domain = ${domain})`;
    return sql`((select coalesce(sum(accepted + rejected + unknown), 0) from tally
        where ${own} and minute >= ${`${since.slice(0, 16)}:00.000Z`})
      + (select coalesce(sum(deliveries), 0) from delivery_count where ${own} and state = 'sending'))`;
  };

  return {
    async claim(id, { route, limit, now, settled = [], daily }) {
      const slice = (most: RawBuilder<unknown>) => sql`rowid in (
        select rowid from delivery
        where ${rowsOf(id)} and state = 'pending' and due_at <= ${now}
          and ${ownRoute(id, route, sql`${now}`)}
        order by due_at, number limit ${most})`;
      // A sender is the nearest registered name at or above the domain of From.
      const live = sql`exists (
        select 1 from campaign join clearance
          on clearance.organisation = campaign.organisation and clearance.id = campaign.clearance
        where campaign.organisation = ${organisation} and campaign.id = ${id}
          and campaign.state = 'sending' and campaign.route = ${route}
          and clearance.revoked_at is null and clearance.expires_at > ${now}
          and clearance.digest = campaign.digest
          and (campaign.standard = 1 or 'active' = (
            select state from sender
            where sender.organisation = campaign.organisation and (sender.domain = campaign.domain
              or substr(campaign.domain, -length(sender.domain) - 1) = '.' || sender.domain)
            order by length(sender.domain) desc limit 1)))`;
      const suppression = sql`from suppression as listed
        where listed.organisation = ${organisation} and listed.address_hash = delivery.address_hash
          and (listed.reason <> 'unsubscribe' or (
            select class from campaign where organisation = ${organisation} and id = ${id}) = 'marketing')`;

      // Counted in the same step: several campaigns of a domain may claim at once.
      const allowed = daily
        ? sql`(select min(${limit}, max(0, ${daily.atMost} - ${attempts(
            sql`(select domain from campaign where organisation = ${organisation} and id = ${id})`,
            daily.since,
          )})))`
        : sql`${limit}`;
      let ended = settled.length > 0 ? endings(id, settled, now) : [];
      for (let scanned = limit; ; scanned = Math.max(limit, 1_000)) {
        const [suppressed, claimed] = await batch(
          written<{ number: number }>(sql`
            update delivery set state = 'suppressed', message = -rowid, settled_at = ${now}, code = (
                select reason ${suppression} order by ${gravestFirst} limit 1)
            where ${slice(sql`${scanned}`)} and ${live}
              and exists (select 1 ${suppression})
            returning number`),
          written<StoredDelivery>(sql`
            update delivery set state = 'sending', attempt = attempt + 1, route = ${route},
              attempted_at = ${now}, settled_at = null, code = null, enhanced = null, response = null,
              provider_id = null, bounce_class = null
            where ${slice(allowed)} and ${live}
              and not exists (select 1 ${suppression})
            returning ${deliveryColumns}`),
          ...ended,
        );
        ended = [];
        // Nothing but suppressed rows: those behind them may be due.
        if (claimed.length > 0 || suppressed.length === 0) {
          return claimed.map(deliveryRow).sort((a, b) => a.number - b.number);
        }
      }
    },

    async settle(id, _route, settled, at) {
      const results = await batch(...endings(id, settled, at));
      return results.flat().length;
    },

    async nextDue(id, route) {
      const may = route === undefined ? sql`true` : ownRoute(id, route, sql`due_at`);
      const [[next]] = await batch(
        written<{ due: string }>(sql`
          select due_at as due from delivery where ${rowsOf(id)} and state = 'pending' and ${may}
          order by due_at limit 1`),
      );
      return next?.due;
    },

    async attemptedSince(domain, since) {
      const [[made]] = await batch(
        written<{ attempts: number }>(sql`select ${attempts(sql`${domain}`, since)} as attempts`),
      );
      return made?.attempts ?? 0;
    },

    async decideUnknown(campaign, as, at, until) {
      const ends = sql`${as} = 'pending' and (address is null or ${isCancelled(campaign)})`;
      const [rows] = await batch(
        written<{ number: number }>(sql`
          update delivery set state = iif(${ends}, 'cancelled', ${as}), message = iif(${ends}, null, message),
            due_at = iif(${as} = 'pending', ${at}, due_at), settled_at = ${at},
            lost_attempt = iif(${as} = 'pending', attempt, lost_attempt)
          where ${rowsOf(campaign)} and state = 'unknown'
            and ${until === undefined ? sql`true` : sql`attempted_at <= ${until}`}
          returning number`),
        written(sql`
          update campaign set wake_at = ${atOnce}
          where organisation = ${organisation} and id = ${campaign} and state = 'sending'`),
      );
      return rows.length;
    },

    async cancelPending(campaign, at) {
      for (let cancelled = 0; ; await giveWay()) {
        const [rows] = await batch(
          written<{ number: number }>(sql`
            update delivery set state = 'cancelled', message = null, settled_at = ${at}
            where rowid in (
              select rowid from delivery where ${rowsOf(campaign)} and state = 'pending'
              order by due_at, number limit ${cancelledAtOnce})
            returning number`),
        );
        cancelled += rows.length;
        if (rows.length < cancelledAtOnce) return cancelled;
      }
    },
  };
}
