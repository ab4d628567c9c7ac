import type { NewAudit, OrganisationStore } from '../../ports.ts';
import { auditColumns, type Batch, db, insertWhere, present } from './sql.ts';

/** What one organisation owns: every query here carries its id. */
export function createOrganisationStore(organisation: string, batch: Batch): OrganisationStore {
  const own = db.selectFrom('audit').where('organisation', '=', organisation);

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
        .select(auditColumns)
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
  };
}

function newRow(organisation: string, { id, createdAt, request, upload, digest }: NewAudit) {
  return { organisation, id, state: 'queued' as const, created_at: createdAt, request, upload, digest };
}
