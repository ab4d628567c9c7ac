import { sql } from 'kysely';
import type { RecipientStore, SuppressionReason } from '../../ports.ts';
import { deliveryColumns, deliveryRow, type StoredDelivery } from './ledger/delivery.ts';
import { type Batch, db, written } from './sql.ts';
import { suppressed } from './suppression.ts';

// A server's response often repeats the address.
const forgotten = sql`address = null, fields = null, response = null`;

/** Recipients of one organisation. */
export function createRecipientStore(organisation: string, batch: Batch): RecipientStore {
  const listed = db.selectFrom('suppression').where('organisation', '=', organisation);

  return {
    async suppress(addressHash, reason, at) {
      await batch(
        suppressed(organisation, reason, at, sql`from (select ${addressHash} as address_hash) where true`),
      );
    },

    async suppression(addressHash) {
      const [[row]] = await batch(listed.select(['reason', 'at']).where('address_hash', '=', addressHash));
      return row;
    },

    async lift(addressHash) {
      const [rows] = await batch(
        db
          .deleteFrom('suppression')
          .where('organisation', '=', organisation)
          .where('address_hash', '=', addressHash)
          .where('reason', '!=', 'complaint')
          .returning('reason'),
      );
      return rows.length === 1;
    },

    async countSuppressed() {
      const [rows] = await batch(
        listed.select(({ fn }) => ['reason', fn.countAll<number>().as('listed')]).groupBy('reason'),
      );
      const counts: Record<SuppressionReason, number> = {
        'bad-address': 0,
        complaint: 0,
        unsubscribe: 0,
        erased: 0,
      };
      for (const row of rows) counts[row.reason] = row.listed;
      return counts;
    },

    async deliveries(addressHash) {
      const [rows] = await batch(
        written<StoredDelivery & { subject: string }>(sql`
          select ${deliveryColumns}, subject from delivery join campaign
            on campaign.organisation = delivery.organisation and campaign.id = delivery.campaign
          where address_hash = ${addressHash} and delivery.organisation = ${organisation}
          order by campaign.created_at, campaign, number`),
      );
      return rows.map(deliveryRow);
    },

    async erase(addressHash, at) {
      const [rows] = await batch(
        written<{ number: number }>(sql`
          update delivery set ${forgotten},
            settled_at = iif(state = 'pending', ${at}, settled_at),
            message = iif(state = 'pending', null, message),
            state = iif(state = 'pending', 'cancelled', state)
          where address_hash = ${addressHash} and +organisation = ${organisation}
          returning number`),
        suppressed(organisation, 'erased', at, sql`from (select ${addressHash} as address_hash) where true`),
      );
      return rows.length;
    },

    async forget(endedBefore, limit) {
      const [[next]] = await batch(
        written<{ id: string; done: number; last: number | null }>(sql`
          select id, forgotten_to as done, (
              select number from delivery
              where delivery.organisation = ${organisation} and delivery.campaign = campaign.id
                and number > forgotten_to
              order by number limit 1 offset ${limit - 1}
            ) as last
          from campaign
          where organisation = ${organisation} and finished_at is not null and forgotten = 0
            and finished_at < ${endedBefore} and state in ('done', 'cancelled')
          order by finished_at limit 1`),
      );
      if (!next) return 0;
      // Number by number, so that what is forgotten already is not looked at again.
      const until = next.last ?? Number.MAX_SAFE_INTEGER;
      const [rows] = await batch(
        written<{ number: number }>(sql`
          update delivery set ${forgotten}
          where organisation = ${organisation} and campaign = ${next.id}
            and number > ${next.done} and number <= ${until} and state <> 'pending'
            and (address is not null or response is not null)
          returning number`),
        written(sql`
          update campaign set ${next.last === null ? sql`forgotten = 1` : sql`forgotten_to = ${next.last}`}
          where organisation = ${organisation} and id = ${next.id}`),
      );
      return rows.length > 0 ? rows.length : this.forget(endedBefore, limit);
    },
  };
}
