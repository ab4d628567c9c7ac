import { sql } from 'kysely';
import type { LedgerStore, SuppressionReason } from '../../../ports.ts';
import { type Batch, db, jsonPieces, written } from '../sql.ts';
import { gravestFirst } from '../suppression.ts';

/** Lists, and the recipients of a list as they come in. */
export function createImports(
  organisation: string,
  batch: Batch,
): Pick<LedgerStore, 'addRecipients' | 'beginList' | 'dropList' | 'beginReading' | 'leaveReading'> {
  const own = (id: string) => sql`organisation = ${organisation} and id = ${id}`;

  return {
    async beginList(key, at) {
      await batch(db.insertInto('list_blob').values({ organisation, key, begun_at: at }));
    },

    async dropList(key) {
      await batch(db.deleteFrom('list_blob').where('organisation', '=', organisation).where('key', '=', key));
    },

    async beginReading(id) {
      const [[row]] = await batch(
        written<{ readings: number }>(sql`
          update campaign set readings = readings + 1 where ${own(id)} and state = 'preparing'
          returning readings`),
      );
      return row?.readings ?? 0;
    },

    async leaveReading(id) {
      await batch(written(sql`update campaign set readings = max(0, readings - 1) where ${own(id)}`));
    },

    async addRecipients(id, rows) {
      const pieces = jsonPieces(
        rows.map(({ number, address, addressHash, fields }) => [
          number,
          address,
          addressHash,
          fields && JSON.stringify(fields),
        ]),
      );
      const suppression = sql`from suppression as listed
        where listed.organisation = campaign.organisation and listed.address_hash = line.value ->> 2
          and (listed.reason <> 'unsubscribe' or campaign.class = 'marketing')`;
      const results = await batch(
        ...pieces.map((piece) =>
          written<{ number: number }>(sql`
            insert into delivery (organisation, campaign, number, message, address, address_hash, fields, due_at)
            select campaign.organisation, campaign.id, line.value ->> 0, campaign.message, line.value ->> 1,
              line.value ->> 2, line.value ->> 3, coalesce(campaign.starts_at, campaign.created_at)
            from campaign, json_each(${piece}) as line
            where campaign.organisation = ${organisation} and campaign.id = ${id}
              and campaign.state = 'preparing' and not exists (select 1 ${suppression})
            order by line.key
            on conflict do nothing
            returning number`),
        ),
      );
      const added = results.flat().length;
      if (added === rows.length) return { added, repeated: [], suppressed: [] };
      // One that is there under its own number came in before a crash: it is none of these.
      const missing = await batch(
        ...pieces.map((piece) =>
          written<{ number: number; reason: SuppressionReason | null }>(sql`
            select line.value ->> 0 as number,
              (select reason ${suppression} order by ${gravestFirst} limit 1) as reason
            from campaign, json_each(${piece}) as line
            where campaign.organisation = ${organisation} and campaign.id = ${id}
              and campaign.state = 'preparing' and not exists (
                select 1 from delivery where organisation = ${organisation} and campaign = ${id}
                  and number = line.value ->> 0 and address_hash = line.value ->> 2)
            order by line.key`),
        ),
      );
      const left = missing.flat();
      return {
        added,
        repeated: left.flatMap(({ number, reason }) => (reason === null ? [number] : [])),
        suppressed: left.flatMap(({ number, reason }) => (reason === null ? [] : [{ number, reason }])),
      };
    },
  };
}
