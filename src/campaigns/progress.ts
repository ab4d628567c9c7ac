/** How far a campaign has come, as people look at it. */
import { ratesOf } from '../delivery.ts';
import type { CampaignRow, DeliveryState, TallyRow } from '../ports.ts';
import type { Sender } from '../senders/sender.ts';
import type { Campaign, CampaignProgress, RouteShare } from './campaign.ts';
import type { CampaignsOptions } from './options.ts';
import { warmUpDay } from './warm-up.ts';
import type { Work } from './work.ts';

export interface Views {
  campaign(row: CampaignRow): Promise<Campaign>;
  progress(row: CampaignRow): Promise<CampaignProgress>;
}

/** Minutes over which the pace is measured. */
const paceMinutes = 5;
const dayMs = 24 * 3_600_000;

export function createViews(options: CampaignsOptions, lane: Work['lane']): Views {
  const { store, senders, transports, clock, policy, warmUps } = options;

  async function campaign(row: CampaignRow): Promise<Campaign> {
    const { organisation, list, ...shown } = row;
    const counts = await store.organisation(organisation).ledger.counts(row.id);
    return { ...shown, importing: list !== null, counts };
  }

  /** Those that the sender has today, and those that have carried some of it. */
  function routesOf(row: CampaignRow, sender: Sender | undefined, tally: readonly TallyRow[]): RouteShare[] {
    const ids = new Set([
      ...(row.standard ? [] : (sender?.routes ?? []).map(({ transport }) => transport)),
      ...(row.route === null ? [] : [row.route]),
      ...tally.map(({ route }) => route),
    ]);
    return [...ids].map((id): RouteShare => {
      const info = transports.get(id);
      const known = sender?.routes.find(({ transport }) => transport === id);
      const { accepted, bounced, complained, bounceRate } = ratesOf(tally, policy.sending, id);
      return {
        transport: id,
        provider: info?.provider ?? known?.provider ?? id,
        country: info?.country ?? known?.country ?? '',
        role: row.standard ? 'standard' : (known?.role ?? 'primary'),
        state: stateOf(row, id, known),
        accepted,
        bounced,
        complained,
        bounceRate,
        rehearsedAt: known?.rehearsal?.endedAt ?? null,
      };
    });
  }

  function stateOf(
    row: CampaignRow,
    id: string,
    known: Sender['routes'][number] | undefined,
  ): RouteShare['state'] {
    if (lane(id)?.breaker.state === 'open') return 'stopped';
    if (row.route === id && row.state === 'sending') return 'carries';
    return known?.role === 'reserve' && !known.armed ? 'unarmed' : 'rests';
  }

  return {
    campaign,
    async progress(row) {
      const { ledger } = store.organisation(row.organisation);
      const now = clock.now();
      const [shown, tally, alerts, sender] = await Promise.all([
        campaign(row),
        ledger.tally(row.id),
        ledger.alerts({ campaign: row.id, limit: 100 }),
        row.standard ? undefined : senders.find(row.organisation, row.domain),
      ]);
      const day = warmUpDay(sender, row, warmUps, now);
      const warmUp = day && {
        plan: day.plan,
        day: day.day,
        days: day.days,
        cap: day.cap,
        sentToday: await ledger.attemptedSince(row.domain, day.since.toISOString()),
      };
      const pace = paceOf(tally, row, now);
      return {
        campaign: shown,
        routes: routesOf(row, sender, tally),
        tally,
        alerts,
        pace,
        endsAt: endOf(row, shown.counts, pace, warmUp ?? null, now),
        warmUp: warmUp ?? null,
      };
    },
  };
}

/** Attempts a minute over the last minutes, or since it began where that is less. */
function paceOf(tally: readonly TallyRow[], row: CampaignRow, now: Date): number | null {
  const minute = 60_000;
  const since = Math.floor(now.getTime() / minute) * minute - (paceMinutes - 1) * minute;
  const made = tally
    .filter((one) => Date.parse(one.minute) >= since)
    .reduce((sum, { accepted, rejected, unknown }) => sum + accepted + rejected + unknown, 0);
  if (made === 0 || row.state !== 'sending') return null;
  const began = Math.max(since, Date.parse(row.startedAt ?? row.createdAt));
  return Math.round(made / Math.max(1, (now.getTime() - began) / minute));
}

/** The later of what the pace and the warm-up allow; a warm-up is reckoned with today's cap, which grows. */
function endOf(
  row: CampaignRow,
  counts: Readonly<Record<DeliveryState, number>>,
  pace: number | null,
  warmUp: CampaignProgress['warmUp'],
  now: Date,
): string | null {
  const left = counts.pending + counts.sending;
  if (row.state !== 'sending' || left === 0) return null;
  const perMinute = row.perMinute === null ? pace : Math.min(row.perMinute, pace ?? row.perMinute);
  const byPace = perMinute ? (left / perMinute) * 60_000 : undefined;
  const cap = warmUp?.cap ?? null;
  const today = cap === null ? left : Math.max(0, cap - (warmUp?.sentToday ?? 0));
  const byDays = cap === null || left <= today ? 0 : Math.ceil((left - today) / Math.max(1, cap)) * dayMs;
  if (byPace === undefined && byDays === 0) return null;
  return new Date(now.getTime() + Math.max(byPace ?? 0, byDays)).toISOString();
}
