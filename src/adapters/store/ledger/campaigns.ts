import { type RawBuilder, sql } from 'kysely';
import type { CampaignChange, CampaignRow, LedgerStore } from '../../../ports.ts';
import { type Batch, present, written } from '../sql.ts';

interface Row extends Omit<CampaignRow, 'standard' | 'leftOut' | 'dryRun' | 'leaveOutEarlier'> {
  standard: number;
  dryRun: number;
  leaveOutEarlier: number;
  leftOut: string;
}

const columns = sql.raw(`organisation, id, audit, digest, class, domain, subject, clearance, state,
  pause_reason as pauseReason, created_at as createdAt, starts_at as startsAt, started_at as startedAt,
  finished_at as finishedAt, per_minute as perMinute, standard, route, switched, checked_at as checkedAt, lines,
  (select coalesce(sum(deliveries), 0) from delivery_count as counted
    where counted.organisation = campaign.organisation and counted.campaign = campaign.id) as recipients,
  left_out as leftOut, list, dry_run as dryRun, leave_out_earlier as leaveOutEarlier, earlier,
  ordered_by as orderedBy, on_expiry as onExpiry, next_audit as nextAudit,
  next_refused as nextRefused`);

/** What nobody would look for again is not shown. */
const listed = sql`dry_run = 0 and not (state = 'cancelled' and lines = 0 and started_at is null)`;

/** As early as can be: the store knows no time, and what somebody changed goes first. */
export const atOnce = '1970-01-01T00:00:00.000Z';

/** The campaigns themselves. */
export function createCampaigns(
  organisation: string,
  batch: Batch,
): Pick<LedgerStore, 'add' | 'find' | 'list' | 'change' | 'succeed'> {
  const selected = (condition: RawBuilder<unknown>) =>
    written<Row>(sql`select ${columns} from campaign where organisation = ${organisation} and ${condition}`);

  return {
    async add({ idempotency, ...campaign }) {
      const { id } = campaign;
      const added = (condition: RawBuilder<unknown>) =>
        written(sql`
          insert into campaign (organisation, id, audit, digest, message, class, domain, subject, clearance,
            created_at, starts_at, per_minute, standard, route, ordered_by, on_expiry, dry_run, leave_out_earlier,
            pause_reason)
          select ${organisation}, ${id}, ${campaign.audit}, ${campaign.digest}, coalesce(
              (select message from campaign
                where organisation = ${organisation} and digest = ${campaign.digest} limit 1),
              (select coalesce(max(message), 0) + 1 from campaign)
            ), ${campaign.class}, ${campaign.domain}, ${campaign.subject}, ${campaign.clearance},
            ${campaign.createdAt}, ${campaign.startsAt}, ${campaign.perMinute}, ${campaign.standard ? 1 : 0},
            ${campaign.route}, ${campaign.orderedBy ?? null}, ${campaign.onExpiry ?? 'pause'},
            ${campaign.dryRun ? 1 : 0}, ${campaign.leaveOutEarlier ? 1 : 0}, ${campaign.pauseReason ?? null}
          where ${condition}`);
      if (!idempotency) {
        const [, [row]] = await batch(added(sql`true`), selected(sql`id = ${id}`));
        return { kind: 'added', row: campaignRow(present(row)) };
      }
      const { key, fingerprint } = idempotency;
      const holder = sql`from send_idempotency where organisation = ${organisation} and key = ${key}`;
      const [, , [held], [row]] = await batch(
        written(sql`
          insert into send_idempotency (organisation, key, fingerprint, campaign, created_at)
          values (${organisation}, ${key}, ${fingerprint}, ${id}, ${campaign.createdAt})
          on conflict (organisation, key) do nothing`),
        // Deferred, the reference is checked when both are in.
        added(sql`exists (select 1 ${holder} and campaign = ${id})
          and not exists (select 1 from campaign where organisation = ${organisation} and id = ${id})`),
        written<{ fingerprint: string; campaign: string }>(sql`select fingerprint, campaign ${holder}`),
        selected(sql`id = (select campaign ${holder})`),
      );
      if (present(held).fingerprint !== fingerprint) return { kind: 'conflict' };
      return { kind: held?.campaign === id ? 'added' : 'repeated', row: campaignRow(present(row)) };
    },

    async find(id) {
      const [[row]] = await batch(selected(sql`id = ${id}`));
      return row && campaignRow(row);
    },

    async list({ limit, before }) {
      const page =
        before === undefined
          ? sql`true`
          : sql`(created_at, id) <
              (select created_at, id from campaign where organisation = ${organisation} and id = ${before})`;
      const [rows] = await batch(
        selected(sql`${page} and ${listed} order by created_at desc, id desc limit ${limit}`),
      );
      return rows.map(campaignRow);
    },

    async change(id, change, when = {}) {
      const states = when.states && sql.join(when.states.map((state) => sql`${state}`));
      const [rows] = await batch(
        written<{ id: string }>(sql`
          update campaign set ${sql.join(assignments(change))}
          where organisation = ${organisation} and id = ${id}
            and ${states ? sql`state in (${states})` : sql`true`}
            and ${when.route === undefined ? sql`true` : sql`route is ${when.route}`}
            and ${when.awaiting ? sql`list is null and lines = 0` : sql`true`}
          returning id`),
      );
      return rows.length === 1;
    },

    async succeed(id, { present, next, state, at }) {
      const [rows] = await batch(
        written<{ id: string }>(sql`
          update campaign set clearance = ${next}, next_audit = null, next_refused = null
          where organisation = ${organisation} and id = ${id} and state = ${state} and clearance = ${present}
            and on_expiry = 'audit-again'
            and exists (
              select 1 from clearance as successor join clearance as before
                on before.organisation = successor.organisation and before.id = successor.follows
              where successor.organisation = ${organisation} and successor.id = ${next}
                and before.id = ${present} and before.digest = campaign.digest and before.revoked_at is null
                and successor.digest = campaign.digest and successor.revoked_at is null
                and successor.expires_at > ${at})
          returning id`),
      );
      return rows.length === 1;
    },
  };
}

function assignments(change: CampaignChange): RawBuilder<unknown>[] {
  const { state, pauseReason, leftOut, clearance } = change;
  const ofNext = clearance === undefined ? undefined : null;
  const values: Record<string, string | number | null | undefined> = {
    state,
    // A campaign that goes on has no reason to stand still.
    pause_reason: pauseReason === undefined && state !== undefined && state !== 'paused' ? null : pauseReason,
    started_at: change.startedAt,
    finished_at: change.finishedAt,
    route: change.route,
    switched: change.switched,
    checked_at: change.checkedAt,
    clearance,
    next_audit: change.nextAudit === undefined ? ofNext : change.nextAudit,
    next_refused: change.nextRefused === undefined ? ofNext : change.nextRefused,
    list: change.list,
    lines: change.lines,
    left_out: leftOut && JSON.stringify(leftOut),
    earlier: change.earlier,
    per_minute: change.perMinute,
    // The reading of another list, or of none, has not been cut off.
    readings: change.list === undefined ? undefined : 0,
    still_since: state === undefined || state === 'paused' || state === 'cancelled' ? undefined : null,
  };
  const set = Object.entries(values).filter(([, value]) => value !== undefined);
  const later = (name: string) => (values[name] === undefined ? sql.ref(name) : sql`${values[name]}`);
  const turns = set.filter(([name]) => ['state', 'route', 'list', 'per_minute'].includes(name));
  const turned = turns.map(([name, value]) => sql`${sql.ref(name)} is not ${value}`);
  return [
    ...set.map(([name, value]) => sql`${sql.ref(name)} = ${value}`),
    sql`wake_at = case when not (${sql.join([sql`false`, ...turned], sql` or `)}) then wake_at else case ${later('state')}
      when 'preparing' then iif(${later('list')} is null, null, ${atOnce})
      when 'queued' then iif(on_expiry = 'audit-again', ${atOnce}, coalesce(starts_at, ${atOnce}))
      when 'sending' then ${atOnce} end end`,
  ];
}

function campaignRow({ standard, dryRun, leaveOutEarlier, leftOut, ...row }: Row): CampaignRow {
  const flags = {
    standard: standard === 1,
    dryRun: dryRun === 1,
    leaveOutEarlier: leaveOutEarlier === 1,
  };
  return { ...row, ...flags, leftOut: JSON.parse(leftOut) };
}
