import type { NewAudit, OrganisationStore } from '../../ports.ts';
import { createClearanceStore } from './clearance-store.ts';
import { createLedgerStore } from './ledger-store.ts';
import { createMemberStore } from './member-store.ts';
import { createRecipientStore } from './recipient-store.ts';
import { createSenderStore } from './sender-store.ts';
import {
  auditColumns,
  type Batch,
  type Condition,
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
    senders: createSenderStore(organisation, batch),
    clearances: createClearanceStore(organisation, batch),
    ledger: createLedgerStore(organisation, batch),
    recipients: createRecipientStore(organisation, batch),

    async addAudit(audit) {
      const values = newRow(organisation, audit);
      const room = ({ eb, selectFrom }: Condition) =>
        eb(
          selectFrom('audit')
            .select(({ fn }) => fn.countAll<number>().as('unfinished'))
            .where('organisation', '=', organisation)
            .where('finished_at', 'is', null),
          '<',
          audit.unfinishedAtMost,
        );
      if (!audit.idempotency) {
        const [, [row]] = await batch(
          insertWhere('audit', values, room),
          own.select(auditColumns).where('id', '=', audit.id),
        );
        return row ? { kind: 'added', row } : { kind: 'full' };
      }
      const { key, fingerprint } = audit.idempotency;
      const ownKey = db
        .selectFrom('idempotency')
        .where('organisation', '=', organisation)
        .where('key', '=', key);
      const claim = { organisation, key, fingerprint, audit: audit.id, created_at: audit.createdAt };
      const [, , [holder], [row]] = await batch(
        insertWhere('idempotency', claim, (eb) =>
          eb.and([eb.not(eb.exists(ownKey.select('key'))), room(eb)]),
        ),
        insertWhere('audit', values, ({ exists }) =>
          exists(ownKey.select('key').where('audit', '=', audit.id)),
        ),
        ownKey.select(['fingerprint', 'audit']),
        own.select(auditColumns).where('id', '=', ownKey.select('audit')),
      );
      if (!holder) return { kind: 'full' };
      if (holder.fingerprint !== fingerprint) return { kind: 'conflict' };
      return { kind: holder.audit === audit.id ? 'added' : 'repeated', row: present(row) };
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
          .where('ended_at', 'is', null)
          .orderBy('created_at')
          .orderBy('id')
          .limit(1),
      );
      return present(owner).id;
    },

    members: createMemberStore(organisation, batch),

    async addLoginLink({ hash, person, createdAt, endsAt, endsOthersAfter }) {
      await batch(
        db
          .insertInto('login_link')
          .values({ organisation, hash, person, created_at: createdAt, ends_at: endsAt })
          .onConflict((conflict) => conflict.column('hash').doNothing())
          .returning('hash'),
        // One that was there already is as old as it was, and ends nothing.
        db
          .updateTable('login_link')
          .set({ ends_at: createdAt })
          .where('organisation', '=', organisation)
          .where('person', '=', person)
          .where('hash', '!=', hash)
          .where('used_at', 'is', null)
          .where('ends_at', '>', endsOthersAfter)
          .where(({ exists, selectFrom }) =>
            exists(
              selectFrom('login_link as new')
                .select('new.hash')
                .where('new.organisation', '=', organisation)
                .where('new.hash', '=', hash)
                .where('new.created_at', '=', createdAt),
            ),
          ),
      );
    },

    async addKey({ id, hash, name, scopes, lastFour, createdAt, endsAt }) {
      const made = { id, hash, name, scopes: scopes.join(' '), last_four: lastFour };
      const [[row]] = await batch(
        db
          .insertInto('api_key')
          .values({ organisation, ...made, created_at: createdAt, ends_at: endsAt })
          .onConflict((conflict) => conflict.columns(['organisation', 'id']).doNothing())
          .returning(keyColumns),
      );
      return row && keyRow(row);
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
