import { type ExpressionBuilder, sql } from 'kysely';
import type { Lease, Store } from '../../ports.ts';
import { createCampaignWork, endCampaignLeases } from './campaign-work.ts';
import { createOrganisationStore } from './organisation-store.ts';
import type { Schema } from './schema.ts';
import {
  auditColumns,
  createBatch,
  db,
  insertWhere,
  keyColumns,
  keyRow,
  present,
  randomId,
  type SqlDatabase,
} from './sql.ts';

const sessionColumns = [
  'session.organisation',
  'session.person',
  'session.ends_at as endsAt',
  'person.role',
] as const;

/** Sessions of people who have not been removed. */
const liveSessions = db
  .selectFrom('session')
  .innerJoin('person', (join) =>
    join.onRef('person.organisation', '=', 'session.organisation').onRef('person.id', '=', 'session.person'),
  )
  .where('person.ended_at', 'is', null);

const noLease = { lease_token: null, lease_ends: null };

/**
 * The Store over any database of the SQLite family. Migrations have run already.
 * Guards stand in WHERE, so that nothing depends on what was read before.
 */
export function createSqlStore(database: SqlDatabase): Store {
  const batch = createBatch(database);

  return {
    ...createCampaignWork(batch),

    organisation: (organisation) => createOrganisationStore(organisation, batch),

    async firstOrganisation() {
      const made = {
        id: `org_${randomId()}`,
        name: 'First organisation',
        created_at: new Date().toISOString(),
      };
      const oldest = db.selectFrom('organisation').select('id').orderBy('created_at').orderBy('id').limit(1);
      const [, , [first]] = await batch(
        insertWhere('organisation', made, ({ not, exists, selectFrom }) =>
          not(exists(selectFrom('organisation').select('id'))),
        ),
        db
          .insertInto('person')
          .columns(['organisation', 'id', 'role', 'created_at'])
          .expression(
            db
              .selectFrom(oldest.as('first'))
              .select(({ val }) => [
                'first.id as organisation',
                val(`per_${randomId()}`).as('id'),
                val('owner' as const).as('role'),
                val(made.created_at).as('created_at'),
              ])
              .where(({ not, exists, selectFrom }) =>
                not(
                  exists(
                    selectFrom('person')
                      .select('person.id')
                      .whereRef('organisation', '=', 'first.id')
                      .where('role', '=', 'owner'),
                  ),
                ),
              ),
          ),
        oldest,
      );
      return present(first).id;
    },

    async everSignedIn() {
      const [rows] = await batch(
        db.selectFrom('person').select('id').where('signed_in_at', 'is not', null).limit(1),
      );
      return rows.length === 1;
    },

    async useLoginLink(hash, session) {
      const { createdAt } = session;
      // The link names the session that it became: whoever comes second finds another's there.
      const won = db.selectFrom('login_link').where('hash', '=', hash).where('session', '=', session.hash);
      const [, , , , , [row]] = await batch(
        db.deleteFrom('session').where('ends_at', '<=', createdAt),
        db
          .updateTable('login_link')
          .set({ used_at: createdAt, session: session.hash })
          .where('hash', '=', hash)
          .where('used_at', 'is', null)
          .where('ends_at', '>', createdAt),
        db
          .insertInto('session')
          .columns(['organisation', 'hash', 'person', 'created_at', 'ends_at'])
          .expression(
            won.select(({ val }) => [
              'organisation',
              val(session.hash).as('hash'),
              'person',
              val(createdAt).as('created_at'),
              val(session.endsAt).as('ends_at'),
            ]),
          ),
        db
          .updateTable('person')
          .set({ signed_in_at: createdAt })
          .where(({ eb, refTuple }) =>
            eb(
              refTuple('organisation', 'id'),
              'in',
              won.select(['organisation', 'person']).$asTuple('organisation', 'person'),
            ),
          ),
        db
          .updateTable('login_link')
          .set({ ends_at: createdAt })
          .where('used_at', 'is', null)
          .where('ends_at', '>', createdAt)
          .where(({ eb, refTuple }) =>
            eb(
              refTuple('organisation', 'person'),
              'in',
              won.select(['organisation', 'person']).$asTuple('organisation', 'person'),
            ),
          ),
        liveSessions.select(sessionColumns).where('hash', '=', session.hash),
      );
      return row;
    },

    async session(hash) {
      const [[row]] = await batch(liveSessions.select(sessionColumns).where('hash', '=', hash));
      return row;
    },

    async endSession(hash) {
      await batch(db.deleteFrom('session').where('hash', '=', hash));
    },

    async key(hash) {
      const [[row]] = await batch(db.selectFrom('api_key').select(keyColumns).where('hash', '=', hash));
      return row && keyRow(row);
    },

    async useKey({ organisation, id }, at) {
      await batch(
        db
          .updateTable('api_key')
          .set({ used_at: at })
          .where('organisation', '=', organisation)
          .where('id', '=', id),
      );
    },

    async claimAudit(now, leaseMs, maxAttempts) {
      const token = randomId();
      const [, [row]] = await batch(
        db
          .updateTable('audit')
          .set({ state: 'failed', failure: 'interrupted', finished_at: now.toISOString(), ...noLease })
          .where('lease_ends', '<=', now.toISOString())
          .where('attempts', '>=', maxAttempts),
        db
          .updateTable('audit')
          .set(({ eb }) => ({
            state: 'running',
            attempts: eb('attempts', '+', 1),
            started_at: now.toISOString(),
            lease_token: token,
            lease_ends: after(now, leaseMs),
          }))
          .where(({ eb, refTuple, selectFrom }) =>
            eb(
              refTuple('organisation', 'id'),
              'in',
              selectFrom('audit')
                .select(['organisation', 'id'])
                .where(claimable(now))
                .orderBy(runningBeside(now))
                .orderBy('created_at')
                .orderBy('id')
                .limit(1)
                .$asTuple('organisation', 'id'),
            ),
          )
          .returning(auditColumns),
      );
      return row && { organisation: row.organisation, id: row.id, token, row };
    },

    async renewLease(lease, now, leaseMs) {
      const [rows] = await batch(
        held(lease)
          .set({ lease_ends: after(now, leaseMs) })
          .returning('id'),
      );
      return rows.length === 1;
    },

    async finishAudit(lease, { finishedAt, ...outcome }) {
      const result =
        'verdict' in outcome
          ? { state: 'done' as const, verdict: outcome.verdict, summary: outcome.summary }
          : { state: 'failed' as const, failure: outcome.failure };
      const [rows] = await batch(
        held(lease)
          .set({ ...result, finished_at: finishedAt, ...noLease })
          .returning('id'),
      );
      return rows.length === 1;
    },

    async returnAudit(lease) {
      const [rows] = await batch(
        held(lease)
          .set(({ eb }) => ({
            state: 'queued',
            attempts: eb('attempts', '-', 1),
            started_at: eb.case().when('attempts', '=', 1).then(null).else(eb.ref('started_at')).end(),
            ...noLease,
          }))
          .returning('id'),
      );
      return rows.length === 1;
    },

    async endLeases() {
      // The beginning of time rather than now: a clock set back would keep them alive.
      await batch(
        db
          .updateTable('audit')
          .set({ lease_ends: new Date(0).toISOString() })
          .where('lease_ends', 'is not', null)
          .returning('id'),
        endCampaignLeases,
      );
    },

    async nextLeaseEnd() {
      const [[next]] = await batch(
        db
          .selectFrom('audit')
          .select('lease_ends')
          .where('lease_ends', 'is not', null)
          .orderBy('lease_ends')
          .limit(1),
      );
      return next?.lease_ends ? new Date(next.lease_ends) : undefined;
    },

    async ping() {
      await batch(db.selectFrom('organisation').select('id').limit(1));
    },

    close: () => database.close(),
  };
}

/** Free to be taken: queued, or taken by a worker whose lease has run out. */
function claimable(now: Date) {
  // `finished_at is null` lets the partial index serve; only a running audit has a lease end.
  return ({ and, or, eb }: ExpressionBuilder<Schema, 'audit'>) =>
    and([
      eb('finished_at', 'is', null),
      or([eb('lease_ends', 'is', null), eb('lease_ends', '<=', now.toISOString())]),
    ]);
}

/** How many its organisation has running. The plus keeps SQLite to the index of leases, which are few. */
function runningBeside(now: Date) {
  return sql`(select count(*) from audit as running
    where running.lease_ends > ${now.toISOString()} and +running.organisation = audit.organisation)`;
}

/** The audit, so long as nobody else has taken it since. */
function held({ organisation, id, token }: Lease) {
  return db
    .updateTable('audit')
    .where('organisation', '=', organisation)
    .where('id', '=', id)
    .where('lease_token', '=', token)
    .where('state', '=', 'running');
}

function after(now: Date, ms: number): string {
  return new Date(now.getTime() + ms).toISOString();
}
