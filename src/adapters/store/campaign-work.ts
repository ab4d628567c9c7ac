import { sql } from 'kysely';
import type { CampaignWork } from '../../ports.ts';
import { atOnce } from './ledger/campaigns.ts';
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
              and (state <> 'queued' or starts_at is null or starts_at <= ${at})
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

    async forgettable(endedBefore) {
      const [[row]] = await batch(
        written<{ organisation: string }>(sql`
          select organisation from campaign
          where finished_at is not null and forgotten = 0 and finished_at < ${endedBefore}
            and state in ('done', 'cancelled')
          limit 1`),
      );
      return row?.organisation;
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
