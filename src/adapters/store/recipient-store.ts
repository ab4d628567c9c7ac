import { sql } from 'kysely';
import type { RecipientStore, SuppressionReason } from '../../ports.ts';
import { deliveryColumns, deliveryRow, type StoredDelivery } from './ledger/delivery.ts';
import { type Batch, db, written } from './sql.ts';
import { gravestFirst, suppressed } from './suppression.ts';

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

    async suppressions(addressHash) {
      const [rows] = await batch(
        listed.select(['reason', 'at']).where('address_hash', '=', addressHash).orderBy(gravestFirst),
      );
      return rows;
    },

    async lift(addressHash, reason) {
      const [rows] = await batch(
        db
          .deleteFrom('suppression')
          .where('organisation', '=', organisation)
          .where('address_hash', '=', addressHash)
          .where('reason', '=', reason)
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

    async countUnsubscribed(campaign) {
      // From the few that came since it was made to their rows: a campaign has many more.
      const [[row]] = await batch(
        written<{ count: number }>(sql`
          select count(distinct listed.address_hash) as count
          from campaign cross join suppression as listed cross join delivery
          where campaign.organisation = ${organisation} and campaign.id = ${campaign}
            and listed.organisation = ${organisation} and listed.reason = 'unsubscribe'
            and listed.at >= campaign.created_at
            and delivery.address_hash = listed.address_hash and +delivery.organisation = ${organisation}
            and +delivery.campaign = campaign.id and delivery.attempted_at <= listed.at`),
      );
      return row?.count ?? 0;
    },

    async erasedSince(at) {
      const [rows] = await batch(
        listed.select('address_hash as hash').where('reason', '=', 'erased').where('at', '>=', at),
      );
      return rows.map(({ hash }) => hash);
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

    async forget(campaign, limit) {
      const [[next]] = await batch(
        written<{ done: number; last: number | null }>(sql`
          select forgotten_to as done, (
              select number from delivery
              where delivery.organisation = ${organisation} and delivery.campaign = campaign.id
                and number > forgotten_to
              order by number limit 1 offset ${limit - 1}
            ) as last
          from campaign
          where organisation = ${organisation} and id = ${campaign} and finished_at is not null
            and forgotten = 0 and state in ('done', 'cancelled')`),
      );
      if (!next) return 0;
      // Number by number, so that what is forgotten already is not looked at again.
      const until = next.last ?? Number.MAX_SAFE_INTEGER;
      const [rows] = await batch(
        written<{ number: number }>(sql`
          update delivery set ${forgotten}
          where organisation = ${organisation} and campaign = ${campaign}
            and number > ${next.done} and number <= ${until} and state <> 'pending'
            and (address is not null or response is not null)
          returning number`),
        written(sql`
          update campaign set ${next.last === null ? sql`forgotten = 1` : sql`forgotten_to = ${next.last}`}
          where organisation = ${organisation} and id = ${campaign}`),
      );
      return rows.length > 0 || next.last === null ? rows.length : this.forget(campaign, limit);
    },
  };
}
