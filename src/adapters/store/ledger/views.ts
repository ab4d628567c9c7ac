import { sql } from 'kysely';
import type { DeliveryState, LedgerStore, RateRow, TallyRow } from '../../../ports.ts';
import { type Batch, giveWay, written } from '../sql.ts';
import { deliveryColumns, deliveryRow, type StoredDelivery } from './delivery.ts';

const none: Readonly<Record<DeliveryState, number>> = {
  pending: 0,
  sending: 0,
  accepted: 0,
  rejected: 0,
  unknown: 0,
  delivered: 0,
  bounced: 0,
  complained: 0,
  suppressed: 0,
  cancelled: 0,
};

/** The hour's start. */
export const hourOf = (at: string) => `${at.slice(0, 13)}:00:00.000Z`;

/** Numbers looked through at once: about five milliseconds in which nobody else is answered. */
const slice = 5_000;

/** The ledger as people look at it. */
export function createViews(
  organisation: string,
  batch: Batch,
): Pick<LedgerStore, 'counts' | 'tally' | 'rates' | 'delivery' | 'deliveries'> {
  const rowsOf = (campaign: string) => sql`organisation = ${organisation} and campaign = ${campaign}`;

  return {
    async counts(id) {
      const [rows] = await batch(
        written<{ state: DeliveryState; deliveries: number }>(sql`
          select state, deliveries from delivery_count where ${rowsOf(id)}`),
      );
      return { ...none, ...Object.fromEntries(rows.map(({ state, deliveries }) => [state, deliveries])) };
    },

    async tally(id) {
      const [rows] = await batch(
        written<TallyRow>(sql`
          select minute, route, accepted, rejected, unknown, delivered, bounced, complained from tally
          where ${rowsOf(id)} and accepted + rejected + unknown > 0
          order by minute, route`),
      );
      return rows;
    },

    async rates(domain, since) {
      const [rows] = await batch(
        written<RateRow>(sql`
          select route, sum(accepted) as accepted, sum(rejected) as rejected, sum(bounced) as bounced,
            sum(complained) as complained
          from rate where organisation = ${organisation} and domain = ${domain} and hour >= ${hourOf(since)}
          group by route order by route`),
      );
      return rows;
    },

    async delivery(campaign, number) {
      const [[row]] = await batch(
        written<StoredDelivery>(sql`
          select ${deliveryColumns} from delivery where ${rowsOf(campaign)} and number = ${number}`),
      );
      return row && deliveryRow(row);
    },

    async deliveries(campaign, { limit, after = 0, search, states }) {
      // Not LIKE: D1 takes patterns of 50 bytes only, and what is looked for has no wildcards.
      const found = search ? sql`instr(lower(address), lower(${search})) > 0` : sql`true`;
      const inStates = states ? sql`state in (${sql.join(states.map((state) => sql`${state}`))})` : sql`true`;
      const part = (from: number, to: number, most: number) =>
        written<StoredDelivery>(sql`
          select ${deliveryColumns} from delivery
          where ${rowsOf(campaign)} and number > ${from} and number <= ${to} and ${inStates} and ${found}
          order by number limit ${most}`);
      const [[end]] = await batch(
        written<{ last: number | null }>(
          sql`select max(number) as last from delivery where ${rowsOf(campaign)}`,
        ),
      );
      const last = end?.last ?? 0;
      if (!search && !states) {
        const [rows] = await batch(part(after, last, limit));
        return rows.map(deliveryRow);
      }
      // A rare one may stand a million rows away.
      const rows: StoredDelivery[] = [];
      for (let from = after; from < last && rows.length < limit; from += slice) {
        if (from > after) await giveWay();
        rows.push(...(await batch(part(from, from + slice, limit - rows.length)))[0]);
      }
      return rows.map(deliveryRow);
    },
  };
}
