import { sql } from 'kysely';
import type { DeliveryState, LedgerStore, TallyRow } from '../../../ports.ts';
import { type Batch, written } from '../sql.ts';
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

/** The ledger as people look at it. */
export function createViews(
  organisation: string,
  batch: Batch,
): Pick<LedgerStore, 'counts' | 'tally' | 'delivery' | 'deliveries'> {
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
      const [rows] = await batch(
        written<StoredDelivery>(sql`
          select ${deliveryColumns} from delivery
          where ${rowsOf(campaign)} and number > ${after} and ${inStates} and ${found}
          order by number limit ${limit}`),
      );
      return rows.map(deliveryRow);
    },
  };
}
