import { sql } from 'kysely';
import type { LedgerStore } from '../../../ports.ts';
import { type Batch, jsonPieces, written } from '../sql.ts';

/** Where the mail has gone, as far as anybody knows. */
const went = sql`state in ('sending', 'accepted', 'delivered', 'complained', 'unknown')`;

/** Other versions of the same mail, and who has got one. */
export function createVersions(
  organisation: string,
  batch: Batch,
): Pick<LedgerStore, 'versions' | 'gotVersion' | 'leaveOutVersion'> {
  const got = (versions: readonly string[], since: string, hash: ReturnType<typeof sql>) => sql`exists (
    select 1 from delivery as before indexed by delivery_once
    where before.address_hash = ${hash} and before.organisation = ${organisation}
      and before.campaign in (select value from json_each(${JSON.stringify(versions)}))
      and before.${went} and before.attempted_at >= ${since})`;

  return {
    async versions(id, since) {
      const [rows] = await batch(
        written<{ id: string }>(sql`
          with recursive
            recent as (
              select id, audit, digest from campaign
              where organisation = ${organisation}
                and (id = ${id} or (started_at is not null and coalesce(finished_at, ${since}) >= ${since}))),
            chain (first, audit) as (
              select audit, audit from recent
              union
              select first, audit.request ->> '$.repeats' from chain join audit
                on audit.organisation = ${organisation} and audit.id = chain.audit
              where audit.request ->> '$.repeats' is not null)
          select distinct other.id from recent as own join chain as mine on mine.first = own.audit
            join chain as theirs on theirs.audit = mine.audit
            join recent as other on other.audit = theirs.first
          where own.id = ${id} and other.id <> own.id and other.digest <> own.digest
          order by other.id`),
      );
      return rows.map((row) => row.id);
    },

    async gotVersion(versions, hashes, since) {
      if (versions.length === 0 || hashes.length === 0) return [];
      const found = await batch(
        ...jsonPieces(hashes).map((piece) =>
          written<{ hash: string }>(sql`
            select distinct line.value as hash from json_each(${piece}) as line
            where ${got(versions, since, sql`line.value`)} and not exists (
              select 1 from suppression
              where organisation = ${organisation} and address_hash = line.value and reason = 'erased')`),
        ),
      );
      return found.flat().map(({ hash }) => hash);
    },

    async leaveOutVersion(id, versions, { after, until }, since) {
      if (versions.length === 0) return 0;
      const those = sql`organisation = ${organisation} and campaign = ${id} and state = 'pending' and attempt = 0
        and number > ${after} and number <= ${until}
        and ${got(versions, since, sql`delivery.address_hash`)}
        and exists (select 1 from campaign where organisation = ${organisation} and id = ${id}
          and state = 'paused' and pause_reason = 'to-confirm')`;
      const path = '$."earlier-version"';
      const [, gone] = await batch(
        written(sql`
          update campaign set left_out = json_set(left_out, ${path},
            coalesce(left_out ->> ${path}, 0) + (select count(*) from delivery where ${those}))
          where organisation = ${organisation} and id = ${id}
            and exists (select 1 from delivery where ${those})`),
        written<{ number: number }>(sql`delete from delivery where ${those} returning number`),
      );
      return gone.length;
    },
  };
}
