import { sql } from 'kysely';
import type { RouteRow, SenderRow, SenderStore } from '../../ports.ts';
import { type Batch, db, present, written } from './sql.ts';

const senderColumns = [
  'domain',
  'token',
  'state',
  'created_at as createdAt',
  'proved_at as provedAt',
  'checked_at as checkedAt',
  'warm_up_plan as plan',
  'warm_up_from as from',
  'on_bounces as onBounces',
] as const;

const routeColumns = [
  'domain',
  'transport',
  'role',
  'mail_from as mailFrom',
  'dkim',
  'created_at as createdAt',
  'rehearsal',
  'unseen_by as unseenBy',
  'unseen_at as unseenAt',
  'returns_here as returnsHere',
  'returns_at as returnsAt',
] as const;

/** Senders and routes of one organisation. */
export function createSenderStore(organisation: string, batch: Batch): SenderStore {
  const own = db.selectFrom('sender').where('organisation', '=', organisation);
  const ownRoutes = db.selectFrom('route').where('organisation', '=', organisation);
  const change = (domain: string) =>
    db.updateTable('sender').where('organisation', '=', organisation).where('domain', '=', domain);
  const route = (domain: string, transport: string) =>
    ownRoutes.where('domain', '=', domain).where('transport', '=', transport);

  return {
    async add({ domain, token, createdAt }, pendingAtMost) {
      const may =
        pendingAtMost === undefined
          ? sql`true`
          : sql`${pendingAtMost} > (
              select count(*) from sender where organisation = ${organisation} and state = 'pending')`;
      const [, [row]] = await batch(
        written(sql`
          insert into sender (organisation, domain, token, created_at)
          select ${organisation}, ${domain}, ${token}, ${createdAt} where ${may}
          on conflict (organisation, domain) do nothing`),
        own.select(senderColumns).where('domain', '=', domain),
      );
      return row && senderRow(row);
    },

    async find(domain) {
      const [[row]] = await batch(own.select(senderColumns).where('domain', '=', domain));
      return row && senderRow(row);
    },

    async list() {
      const [rows] = await batch(own.select(senderColumns).orderBy('domain'));
      return rows.map(senderRow);
    },

    async activate(domain, at) {
      const [active, known] = await batch(
        change(domain)
          .set(({ fn, val }) => ({
            state: 'active',
            proved_at: fn.coalesce('proved_at', val(at)),
            checked_at: at,
          }))
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('sender as others')
                  .select('others.domain')
                  .where('others.domain', '=', domain)
                  .where('others.state', '=', sql.lit('active'))
                  .where('others.organisation', '!=', organisation),
              ),
            ),
          )
          .returning('domain'),
        own.select('domain').where('domain', '=', domain),
      );
      if (active.length === 1) return 'active';
      return known.length === 1 ? 'taken' : 'missing';
    },

    async noteCheck(domain, proved, at) {
      const [rows] = await batch(
        written<{ domain: string }>(sql`
          update sender set checked_at = ${at},
            state = iif(state = 'active' and not ${proved ? 1 : 0}, 'lapsed', state)
          where organisation = ${organisation} and domain = ${domain}
          returning domain`),
      );
      return rows.length === 1;
    },

    async change(domain, { warmUp, onBounces }) {
      const set = {
        ...(warmUp !== undefined && {
          warm_up_plan: warmUp?.plan ?? null,
          warm_up_from: warmUp?.from ?? null,
        }),
        ...(onBounces !== undefined && { on_bounces: onBounces }),
      };
      if (Object.keys(set).length === 0) return (await this.find(domain)) !== undefined;
      const [rows] = await batch(change(domain).set(set).returning('domain'));
      return rows.length === 1;
    },

    async remove(domain) {
      // A domain below it may send by it too.
      const [rows] = await batch(
        written<{ domain: string }>(sql`
          delete from sender where organisation = ${organisation} and domain = ${domain} and not exists (
            select 1 from campaign where organisation = ${organisation}
              and state in ('preparing', 'queued', 'sending', 'paused')
              and (domain = ${domain} or substr(domain, -length(${domain}) - 1) = '.' || ${domain})
          ) returning domain`),
      );
      return rows.length === 1;
    },

    async putRoute({ domain, transport, role, mailFrom, dkim, createdAt }) {
      const made = { role, mail_from: mailFrom, dkim: JSON.stringify(dkim), created_at: createdAt };
      const [, [row]] = await batch(
        db
          .insertInto('route')
          .values({ organisation, domain, transport, ...made })
          .onConflict((conflict) =>
            conflict
              .columns(['organisation', 'domain', 'transport'])
              .doUpdateSet({
                ...made,
                rehearsal: null,
                unseen_by: null,
                unseen_at: null,
                returns_here: null,
                returns_at: null,
              })
              .where(({ or, eb }) =>
                or([
                  eb('route.role', '!=', role),
                  eb('route.mail_from', '!=', mailFrom),
                  eb('route.dkim', '!=', made.dkim),
                ]),
              ),
          ),
        route(domain, transport).select(routeColumns),
      );
      return routeRow(present(row));
    },

    async routes(domain) {
      const asked = domain === undefined ? ownRoutes : ownRoutes.where('domain', '=', domain);
      const [rows] = await batch(
        asked.select(routeColumns).orderBy('domain').orderBy('role').orderBy('transport'),
      );
      return rows.map(routeRow);
    },

    async removeRoute(domain, transport) {
      const [rows] = await batch(
        db
          .deleteFrom('route')
          .where('organisation', '=', organisation)
          .where('domain', '=', domain)
          .where('transport', '=', transport)
          .returning('transport'),
      );
      return rows.length === 1;
    },

    async acceptUnseenBounces(domain, transport, accepted) {
      const [rows] = await batch(
        db
          .updateTable('route')
          .set({ unseen_by: accepted?.by ?? null, unseen_at: accepted?.at ?? null })
          .where('organisation', '=', organisation)
          .where('domain', '=', domain)
          .where('transport', '=', transport)
          .returning('transport'),
      );
      return rows.length === 1;
    },

    async noteReturns({ domain, transport, mailFrom }, { here, at }) {
      const [rows] = await batch(
        db
          .updateTable('route')
          .set({ returns_here: here ? 1 : 0, returns_at: at })
          .where('organisation', '=', organisation)
          .where('domain', '=', domain)
          .where('transport', '=', transport)
          .where('mail_from', '=', mailFrom)
          .returning('transport'),
      );
      return rows.length === 1;
    },

    async noteRehearsal({ domain, transport, mailFrom }, rehearsal) {
      const [rows] = await batch(
        db
          .updateTable('route')
          .set({
            rehearsal: JSON.stringify(rehearsal),
            returns_here: rehearsal.returns ? 1 : 0,
            returns_at: rehearsal.endedAt,
            ...(rehearsal.returns ? { unseen_by: null, unseen_at: null } : {}),
          })
          .where('organisation', '=', organisation)
          .where('domain', '=', domain)
          .where('transport', '=', transport)
          .where('mail_from', '=', mailFrom)
          .where('created_at', '<=', rehearsal.startedAt)
          .returning('transport'),
      );
      return rows.length === 1;
    },
  };
}

function senderRow({
  plan,
  from,
  ...row
}: Omit<SenderRow, 'warmUp'> & { plan: string | null; from: string | null }): SenderRow {
  return { ...row, warmUp: plan !== null && from !== null ? { plan, from } : null };
}

function routeRow({
  unseenBy,
  unseenAt,
  returnsHere,
  returnsAt,
  ...row
}: Omit<RouteRow, 'dkim' | 'rehearsal' | 'unseenBounces' | 'returns'> & {
  dkim: string;
  rehearsal: string | null;
  unseenBy: string | null;
  unseenAt: string | null;
  returnsHere: number | null;
  returnsAt: string | null;
}): RouteRow {
  return {
    ...row,
    dkim: JSON.parse(row.dkim),
    rehearsal: row.rehearsal && JSON.parse(row.rehearsal),
    unseenBounces: unseenBy !== null && unseenAt !== null ? { by: unseenBy, at: unseenAt } : null,
    returns: returnsHere !== null && returnsAt !== null ? { here: returnsHere === 1, at: returnsAt } : null,
  };
}
