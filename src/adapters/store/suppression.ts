import { type Compilable, type RawBuilder, sql } from 'kysely';
import type { SuppressionReason } from '../../ports.ts';
import { written } from './sql.ts';

/** What is harder to lift, or holds for more mail, goes first. */
export const gravestFirst = sql`case reason
  when 'complaint' then 1 when 'erased' then 2 when 'bad-address' then 3 else 4 end`;

/** Puts address hashes on the list, for one more reason. `from`: a FROM clause with `address_hash` in it. */
export function suppressed(
  organisation: string,
  reason: SuppressionReason,
  at: string,
  from: RawBuilder<unknown>,
): Compilable {
  return written(sql`
    insert into suppression (organisation, address_hash, reason, at)
    select ${organisation}, address_hash, ${reason}, ${at} ${from}
    on conflict (organisation, address_hash, reason) do nothing`);
}
