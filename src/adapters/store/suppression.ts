import { type Compilable, type RawBuilder, sql } from 'kysely';
import type { SuppressionReason } from '../../ports.ts';
import { written } from './sql.ts';

// What is harder to lift, or holds for more mail, is never weakened by what comes later.
const weight = (reason: RawBuilder<unknown>) =>
  sql`case ${reason} when 'unsubscribe' then 1 when 'bad-address' then 2 when 'erased' then 3 else 4 end`;

/** Puts address hashes on the list. `from`: a FROM clause with `address_hash` in it. */
export function suppressed(
  organisation: string,
  reason: SuppressionReason,
  at: string,
  from: RawBuilder<unknown>,
): Compilable {
  return written(sql`
    insert into suppression (organisation, address_hash, reason, at)
    select ${organisation}, address_hash, ${reason}, ${at} ${from}
    on conflict (organisation, address_hash) do update set reason = excluded.reason, at = excluded.at
    where ${weight(sql`excluded.reason`)} > ${weight(sql`suppression.reason`)}`);
}
