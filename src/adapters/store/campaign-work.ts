import { sql } from 'kysely';
import type { AccountRateRow, CampaignWork } from '../../ports.ts';
import { atOnce } from './ledger/campaigns.ts';
import { hourOf } from './ledger/views.ts';
import { type Batch, db, randomId, written } from './sql.ts';

/** So that what a dead worker held can be claimed at once. */
export const endCampaignLeases = written(sql`
  update campaign set lease_ends = ${atOnce} where lease_ends is not null`);

// As the index has it, word by word, or it does not serve.
const open = sql`state in ('preparing', 'queued', 'sending')`;
const wantsWorker = sql`(${open} and (state <> 'preparing' or list is not null))`;

/** What a worker asks over all organisations. */
export function createCampaignWork(batch: Batch): CampaignWork {
  const held = ({ organisation, id, token }: { organisation: string; id: string; token: string }) =>
    sql`organisation = ${organisation} and id = ${id} and lease_token = ${token}`;

  return {
    async claimCampaign(now, leaseMs) {
      const [at, token] = [now.toISOString(), randomId()];
      const [[row]] = await batch(
        written<{ organisation: string; id: string }>(sql`
          update campaign set lease_token = ${token}, lease_ends = ${after(now, leaseMs)}, wake_at = null
          where (organisation, id) in (
            select organisation, id from campaign
            where ${open} and (state <> 'preparing' or list is not null)
              and (state <> 'queued' or starts_at is null or starts_at <= ${at} or on_expiry = 'audit-again')
              and ((lease_ends is null and wake_at <= ${at}) or lease_ends <= ${at})
            order by coalesce(wake_at, lease_ends), created_at, id limit 1)
          returning organisation, id`),
      );
      return row && { organisation: row.organisation, id: row.id, token };
    },

    async renewCampaign(lease, now, leaseMs) {
      const [rows] = await batch(
        written<{ id: string }>(sql`
          update campaign set lease_ends = ${after(now, leaseMs)} where ${held(lease)} returning id`),
      );
      return rows.length === 1;
    },

    async returnCampaign(lease, wakeAt) {
      // What somebody changed since the claim has its own time: the earlier one counts.
      await batch(
        written(sql`
          update campaign set lease_token = null, lease_ends = null,
            wake_at = iif(${wantsWorker}, min(coalesce(wake_at, ${wakeAt}), coalesce(${wakeAt}, wake_at)), null)
          where ${held(lease)}`),
      );
    },

    async nextCampaign() {
      // While it is held, nothing but the lease's end makes it free.
      const [[next]] = await batch(
        written<{ at: string }>(sql`
          select coalesce(lease_ends, wake_at) as at from campaign
          where ${open} and (state <> 'preparing' or list is not null) and coalesce(lease_ends, wake_at) is not null
          order by 1 limit 1`),
      );
      return next && new Date(next.at);
    },

    async activeOwner(domains) {
      if (domains.length === 0) return undefined;
      const [[row]] = await batch(
        db
          .selectFrom('sender')
          .select(['organisation', 'domain', 'token'])
          .where('state', '=', sql.lit('active'))
          .where('domain', 'in', domains)
          .orderBy(sql`length(domain)`, 'desc')
          .limit(1),
      );
      return row;
    },

    async organisationOf(campaign) {
      const [[row]] = await batch(
        written<{ organisation: string }>(sql`select organisation from campaign where id = ${campaign}`),
      );
      return row?.organisation;
    },

    async accountRates(route, since) {
      const [rows] = await batch(
        written<Omit<AccountRateRow, 'unseen'> & { unseen: 0 | 1 }>(sql`
          select rate.organisation as organisation, rate.route as route, sum(accepted) as accepted,
            sum(rejected) as rejected, sum(bounced) as bounced, sum(complained) as complained,
            coalesce(unseen_by is not null or returns_here = 0, 0) as unseen
          from rate indexed by rate_by_route left join route
            on route.organisation = rate.organisation and route.domain = rate.domain
              and route.transport = rate.route
          where rate.route = ${route} and hour >= ${hourOf(since)}
          group by 1, 7`),
      );
      return rows.map(({ unseen, ...row }) => ({ ...row, unseen: unseen === 1 }));
    },

    async unjudged() {
      const [rows] = await batch(
        written<{ organisation: string; id: string; events: number }>(sql`
          select unjudged.organisation, campaign as id, events
          from unjudged join campaign
            on campaign.organisation = unjudged.organisation and campaign.id = unjudged.campaign
          where state in ('done', 'cancelled') limit 100`),
      );
      return rows;
    },

    async noteJudged(organisation, id, events) {
      const of = sql`organisation = ${organisation} and campaign = ${id}`;
      await batch(
        written(sql`delete from unjudged where ${of} and events <= ${events}`),
        written(sql`update unjudged set events = events - ${events} where ${of}`),
      );
    },

    async untoldUnknown() {
      const [rows] = await batch(
        written<{ organisation: string; id: string; unknown: number; since: string }>(sql`
          select organisation, campaign as id, count(*) as unknown, min(attempted_at) as since from delivery
          where state = 'unknown' and not exists (
            select 1 from alert
            where alert.organisation = delivery.organisation and alert.campaign = delivery.campaign
              and alert.kind = 'unknown-waits')
          group by organisation, campaign order by since limit 100`),
      );
      return rows;
    },

    async unheard(transports, endedSince) {
      if (transports.length === 0) return [];
      const [rows] = await batch(
        written<{ organisation: string; id: string; route: string; since: string }>(sql`
          select organisation, id, route, since from (
            select campaign.organisation, id, tally.route, min(minute) as since
            from campaign join tally
              on tally.organisation = campaign.organisation and tally.campaign = id
            where coalesce(finished_at, ${endedSince}) >= ${endedSince}
              and tally.route in (${sql.join(transports)}) and accepted > 0
            group by campaign.organisation, id, tally.route having sum(delivered) = 0) as quiet
          where not exists (
              select 1 from alert
              where alert.organisation = quiet.organisation and alert.campaign = quiet.id
                and alert.kind = 'events-missing')
            and not exists (
              select 1 from event join delivery
                on delivery.organisation = event.organisation and delivery.campaign = event.campaign
                  and delivery.number = event.number
              where event.organisation = quiet.organisation and event.campaign = quiet.id and kind <> 'delivered'
                and delivery.route = quiet.route)
          order by since limit 100`),
      );
      return rows;
    },

    async forgettable(endedBefore) {
      const [[row]] = await batch(
        written<{ organisation: string; id: string }>(sql`
          select organisation, id from campaign
          where finished_at is not null and forgotten = 0 and state in ('done', 'cancelled')
            and (dry_run = 1 or coalesce(still_since, finished_at) < ${endedBefore})
          order by coalesce(still_since, finished_at) limit 1`),
      );
      return row;
    },

    async standing(now, before) {
      const [, rows] = await batch(
        written(sql`update campaign set still_since = ${now} where state = 'paused' and still_since is null`),
        written<{ organisation: string; id: string; since: string; toldAt: string | null }>(sql`
          select organisation, id, still_since as since, (
              select max(at) from alert
              where alert.organisation = campaign.organisation and alert.campaign = campaign.id
                and kind = 'stands-still' and at >= still_since) as toldAt
          from campaign where state = 'paused' and still_since < ${before}
          order by still_since limit 100`),
      );
      return rows;
    },

    async firstRemembered() {
      const [[ended], [still]] = await batch(
        written<{ since: string }>(sql`
          select coalesce(still_since, finished_at) as since from campaign
          where finished_at is not null and forgotten = 0 and state in ('done', 'cancelled')
          order by coalesce(still_since, finished_at) limit 1`),
        written<{ since: string | null }>(sql`
          select still_since as since from campaign where state = 'paused' order by still_since limit 1`),
      );
      return { ended: ended?.since, still: still?.since };
    },

    async abandoned({ awaiting, dryRun }) {
      const [rows] = await batch(
        written<{ organisation: string; id: string }>(sql`
          select organisation, id from campaign
          where (state = 'preparing' and list is null and lines = 0 and created_at < ${awaiting})
            or (dry_run = 1 and state in ('preparing', 'queued', 'sending', 'paused') and created_at < ${dryRun})
          limit 100`),
      );
      return rows;
    },

    async looseLists(before) {
      const [rows] = await batch(
        written<{ organisation: string; key: string }>(sql`
          select organisation, key from list_blob
          where begun_at < ${before} and not exists (
            select 1 from campaign
            where campaign.organisation = list_blob.organisation and campaign.list = list_blob.key
              and state = 'preparing')
          order by begun_at limit 100`),
      );
      return rows;
    },

    async endAttempts(at) {
      const [rows] = await batch(
        written<{ number: number }>(sql`
          update delivery set state = 'unknown', code = 'interrupted', settled_at = ${at}
          where state = 'sending' and not exists (
            select 1 from campaign
            where campaign.organisation = delivery.organisation and campaign.id = delivery.campaign
              and campaign.lease_ends > ${at})
          returning number`),
      );
      return rows.length;
    },
  };
}

function after(now: Date, ms: number): string {
  return new Date(now.getTime() + ms).toISOString();
}
