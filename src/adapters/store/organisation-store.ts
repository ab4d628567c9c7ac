import type { NewAudit, OrganisationStore } from '../../ports.ts';
import {
  auditColumns,
  type Batch,
  db,
  entryColumns,
  insertWhere,
  keyColumns,
  keyRow,
  present,
} from './sql.ts';

/** What one organisation owns: every query here carries its id. */
export function createOrganisationStore(organisation: string, batch: Batch): OrganisationStore {
  const own = db.selectFrom('audit').where('organisation', '=', organisation);
  const ownKeys = db.selectFrom('api_key').where('organisation', '=', organisation);

  return {
    async addAudit(audit) {
      const values = newRow(organisation, audit);
      if (!audit.idempotency) {
        const [[row]] = await batch(db.insertInto('audit').values(values).returning(auditColumns));
        return { kind: 'added', row: present(row) };
      }
      const { key, fingerprint } = audit.idempotency;
      const ownKey = db
        .selectFrom('idempotency')
        .where('organisation', '=', organisation)
        .where('key', '=', key);
      const [taken, , [holder], [row]] = await batch(
        db
          .insertInto('idempotency')
          .values({ organisation, key, fingerprint, audit: audit.id, created_at: audit.createdAt })
          .onConflict((conflict) => conflict.columns(['organisation', 'key']).doNothing())
          .returning('audit'),
        insertWhere('audit', values, ({ exists }) =>
          exists(ownKey.select('key').where('audit', '=', audit.id)),
        ),
        ownKey.select('fingerprint'),
        own.select(auditColumns).where('id', '=', ownKey.select('audit')),
      );
      if (present(holder).fingerprint !== fingerprint) return { kind: 'conflict' };
      return { kind: taken.length === 1 ? 'added' : 'repeated', row: present(row) };
    },

    async audit(id) {
      const [[row]] = await batch(own.select(auditColumns).where('id', '=', id));
      return row;
    },

    async audits({ limit, before }) {
      const newest = own
        .select(entryColumns)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit);
      const [rows] = await batch(
        before === undefined
          ? newest
          : newest.where(({ eb, refTuple }) =>
              eb(
                refTuple('created_at', 'id'),
                '<',
                own.select(['created_at', 'id']).where('id', '=', before).$asTuple('created_at', 'id'),
              ),
            ),
      );
      return rows;
    },

    async owner() {
      const [[owner]] = await batch(
        db
          .selectFrom('person')
          .select('id')
          .where('organisation', '=', organisation)
          .where('role', '=', 'owner')
          .orderBy('created_at')
          .orderBy('id')
          .limit(1),
      );
      return present(owner).id;
    },

    async addLoginLink({ hash, person, createdAt, endsAt }) {
      await batch(
        db
          .insertInto('login_link')
          .values({ organisation, hash, person, created_at: createdAt, ends_at: endsAt })
          .onConflict((conflict) => conflict.column('hash').doNothing())
          .returning('hash'),
      );
    },

    async addKey({ id, hash, name, scopes, lastFour, createdAt, endsAt }) {
      const made = { id, hash, name, scopes: scopes.join(' '), last_four: lastFour };
      const [[row]] = await batch(
        db
          .insertInto('api_key')
          .values({ organisation, ...made, created_at: createdAt, ends_at: endsAt })
          .returning(keyColumns),
      );
      return keyRow(present(row));
    },

    async keys() {
      const [rows] = await batch(
        ownKeys.select(keyColumns).orderBy('created_at', 'desc').orderBy('id', 'desc'),
      );
      return rows.map(keyRow);
    },

    async revokeKey(id, at) {
      const [, rows] = await batch(
        db
          .updateTable('api_key')
          .set({ revoked_at: at })
          .where('organisation', '=', organisation)
          .where('id', '=', id)
          .where('revoked_at', 'is', null)
          .returning('id'),
        ownKeys.select('id').where('id', '=', id),
      );
      return rows.length === 1;
    },
  };
}

function newRow(organisation: string, { id, createdAt, request, upload, digest }: NewAudit) {
  return { organisation, id, state: 'queued' as const, created_at: createdAt, request, upload, digest };
}
