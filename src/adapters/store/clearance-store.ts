import { type RawBuilder, sql } from 'kysely';
import type { ClearanceRow, ClearanceStore } from '../../ports.ts';
import { type Batch, db } from './sql.ts';

const clearanceColumns = [
  'id',
  'audit',
  'digest',
  'rule_set as ruleSet',
  'kid',
  'issued_at as issuedAt',
  'expires_at as expiresAt',
  'waivers',
  'granted_to as by',
  'follows',
  'revoked_at as revokedAt',
] as const;

const waiverColumns = [
  'id',
  'digest',
  'rule',
  'person',
  'reason',
  'created_at as createdAt',
  'ends_at as endsAt',
  'revoked_at as revokedAt',
] as const;

/** Clearances and waivers of one organisation. */
export function createClearanceStore(organisation: string, batch: Batch): ClearanceStore {
  const own = db.selectFrom('clearance').where('organisation', '=', organisation);
  const ownWaivers = db.selectFrom('waiver').where('organisation', '=', organisation);
  const revocation = (at: string) =>
    db
      .updateTable('clearance')
      .set({ revoked_at: at })
      .where('organisation', '=', organisation)
      .where('revoked_at', 'is', null);

  /** These, those that followed them, and so on. */
  const andFollowing = (first: RawBuilder<unknown>) => sql`
    with recursive line (id) as (
      ${first}
      union
      select next.id from clearance as next join line on next.follows = line.id
      where next.organisation = ${organisation})
    select id from line`;

  return {
    async add({ id, audit, digest, ruleSet, kid, issuedAt, expiresAt, waivers, by, follows = null }) {
      await batch(
        db.insertInto('clearance').values({
          organisation,
          id,
          audit,
          digest,
          rule_set: ruleSet,
          kid,
          issued_at: issuedAt,
          expires_at: expiresAt,
          waivers: JSON.stringify(waivers),
          granted_to: by,
          follows,
        }),
      );
    },

    async find(id) {
      const [[row]] = await batch(own.select(clearanceColumns).where('id', '=', id));
      return row && clearanceRow(row);
    },

    async ofAudit(audit) {
      const [rows] = await batch(
        own
          .select(clearanceColumns)
          .where('audit', '=', audit)
          .orderBy('issued_at', 'desc')
          .orderBy('id', 'desc'),
      );
      return rows.map(clearanceRow);
    },

    async revoke(id, at) {
      const [, rows] = await batch(
        revocation(at).where(sql<boolean>`id in (${andFollowing(sql`select ${id}`)})`),
        own.select('id').where('id', '=', id),
      );
      return rows.length === 1;
    },

    async addWaiver({ id, digest, rule, person, reason, createdAt, endsAt }) {
      await batch(
        db.insertInto('waiver').values({
          organisation,
          id,
          digest,
          rule,
          person,
          reason,
          created_at: createdAt,
          ends_at: endsAt,
        }),
      );
    },

    async waivers(digest) {
      const [rows] = await batch(
        ownWaivers
          .select(waiverColumns)
          .where('digest', '=', digest)
          .orderBy('created_at', 'desc')
          .orderBy('id', 'desc'),
      );
      return rows;
    },

    async revokeWaiver(id, at) {
      // Only a waiver that is there: no other organisation's id ends anything here.
      const [, , rows] = await batch(
        db
          .updateTable('waiver')
          .set({ revoked_at: at })
          .where('organisation', '=', organisation)
          .where('id', '=', id)
          .where('revoked_at', 'is', null),
        revocation(at).where(
          sql<boolean>`id in (${andFollowing(sql`
            select resting.id from clearance as resting
            where resting.organisation = ${organisation}
              and exists (select 1 from json_each(resting.waivers) where value = ${id})
              and exists (select 1 from waiver where organisation = ${organisation} and id = ${id})`)})`,
        ),
        ownWaivers.select('id').where('id', '=', id),
      );
      return rows.length === 1;
    },
  };
}

function clearanceRow(row: Omit<ClearanceRow, 'waivers'> & { waivers: string }): ClearanceRow {
  return { ...row, waivers: JSON.parse(row.waivers) };
}
