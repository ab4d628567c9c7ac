import { sql } from 'kysely';
import type { LedgerStore } from '../../../ports.ts';
import { type Batch, jsonPieces, written } from '../sql.ts';

/** The recipients of a list, as they come in. */
export function createImports(organisation: string, batch: Batch): Pick<LedgerStore, 'addRecipients'> {
  return {
    async addRecipients(id, rows) {
      const pieces = jsonPieces(
        rows.map(({ number, address, addressHash, fields }) => [
          number,
          address,
          addressHash,
          fields && JSON.stringify(fields),
        ]),
      );
      const results = await batch(
        ...pieces.map((piece) =>
          written<{ number: number }>(sql`
            insert into delivery (organisation, campaign, number, message, address, address_hash, fields, due_at)
            select campaign.organisation, campaign.id, line.value ->> 0, campaign.message, line.value ->> 1,
              line.value ->> 2, line.value ->> 3, coalesce(campaign.starts_at, campaign.created_at)
            from campaign, json_each(${piece}) as line
            where campaign.organisation = ${organisation} and campaign.id = ${id}
              and campaign.state = 'preparing'
            order by line.key
            on conflict do nothing
            returning number`),
        ),
      );
      const added = results.flat().length;
      if (added === rows.length) return { added, repeated: [] };
      // One that is there under its own number came in before a crash: it is neither.
      const missing = await batch(
        ...pieces.map((piece) =>
          written<{ number: number }>(sql`
            select line.value ->> 0 as number from json_each(${piece}) as line
            where not exists (
                select 1 from delivery where organisation = ${organisation} and campaign = ${id}
                  and number = line.value ->> 0 and address_hash = line.value ->> 2
              ) and exists (
                select 1 from campaign
                where organisation = ${organisation} and id = ${id} and state = 'preparing'
              )
            order by line.key`),
        ),
      );
      return { added, repeated: missing.flat().map(({ number }) => number) };
    },
  };
}
