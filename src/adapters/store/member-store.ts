import type { MemberChanged, MemberStore, Role } from '../../ports.ts';
import { type Batch, db } from './sql.ts';

const columns = [
  'id',
  'name',
  'role',
  'created_at as createdAt',
  'signed_in_at as signedInAt',
  'ended_at as endedAt',
] as const;

/** The people of one organisation: every query here carries its id. */
export function createMemberStore(organisation: string, batch: Batch): MemberStore {
  const live = db.selectFrom('person').where('organisation', '=', organisation).where('ended_at', 'is', null);

  /** The person, unless the change would leave nobody who may let others in. */
  const changeable = (id: string) =>
    db
      .updateTable('person')
      .where('organisation', '=', organisation)
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .where(({ eb, or, exists, selectFrom }) =>
        or([
          eb('role', '!=', 'owner'),
          exists(
            selectFrom('person as other')
              .select('other.id')
              .where('other.organisation', '=', organisation)
              .where('other.role', '=', 'owner')
              .where('other.ended_at', 'is', null)
              .where('other.id', '!=', id),
          ),
        ]),
      );

  function changed(found: readonly unknown[], rows: readonly unknown[]): MemberChanged {
    if (found.length === 0) return 'missing';
    return rows.length === 1 ? 'changed' : 'last-owner';
  }

  const endLinks = (id: string, at: string) =>
    db
      .updateTable('login_link')
      .set({ ends_at: at })
      .where('organisation', '=', organisation)
      .where('person', '=', id)
      .where('used_at', 'is', null)
      .where('ends_at', '>', at);
  const dropSessions = (id: string) =>
    db.deleteFrom('session').where('organisation', '=', organisation).where('person', '=', id);
  /** Holds for whoever has just been removed, or was before. */
  const gone = (id: string) =>
    db
      .selectFrom('person')
      .select('person.id')
      .where('person.organisation', '=', organisation)
      .where('person.id', '=', id)
      .where('person.ended_at', 'is not', null);

  return {
    async add({ id, name, role, createdAt }) {
      const [rows] = await batch(
        db
          .insertInto('person')
          .values({ organisation, id, name, role, created_at: createdAt })
          .onConflict((conflict) => conflict.columns(['organisation', 'id']).doNothing())
          .returning('id'),
      );
      return rows.length === 1;
    },

    async list() {
      const [rows] = await batch(
        db
          .selectFrom('person')
          .select(columns)
          .where('organisation', '=', organisation)
          .orderBy('created_at')
          .orderBy('id'),
      );
      return rows;
    },

    async changeRole(id: string, role: Role) {
      const change = role === 'owner' ? unguarded(organisation, id) : changeable(id);
      const [found, rows] = await batch(
        live.select('id').where('id', '=', id),
        change.set({ role }).returning('id'),
      );
      return changed(found, rows);
    },

    async rename(id, name) {
      const [rows] = await batch(unguarded(organisation, id).set({ name }).returning('id'));
      return rows.length === 1;
    },

    async end(id, at) {
      const [found, rows] = await batch(
        live.select('id').where('id', '=', id),
        changeable(id).set({ ended_at: at }).returning('id'),
        dropSessions(id).where(({ exists }) => exists(gone(id))),
        endLinks(id, at).where(({ exists }) => exists(gone(id))),
      );
      return changed(found, rows);
    },

    async endSessions(id, at) {
      await batch(dropSessions(id), endLinks(id, at));
    },
  };
}

function unguarded(organisation: string, id: string) {
  return db
    .updateTable('person')
    .where('organisation', '=', organisation)
    .where('id', '=', id)
    .where('ended_at', 'is', null);
}
