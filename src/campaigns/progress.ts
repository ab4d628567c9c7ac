/** How far a campaign has come, as people look at it. */
import { ratesOf } from '../delivery.ts';
import type { AlertRow, CampaignRow, TallyRow } from '../ports.ts';
import { isUnseen, type Sender } from '../senders/sender.ts';
import type { Campaign, CampaignProgress, RouteShare } from './campaign.ts';
import type { CampaignsOptions } from './options.ts';
import { outlookOf } from './outlook.ts';
import { returnedOf } from './returned.ts';
import { warmUpDay, warmUpSteps } from './warm-up.ts';
import type { Work } from './work.ts';

export interface Views {
  campaign(row: CampaignRow): Promise<Campaign>;
  progress(row: CampaignRow): Promise<CampaignProgress>;
}

/** Minutes over which the pace is measured. */
const paceMinutes = 5;
const minuteMs = 60_000;

export function createViews(options: CampaignsOptions, lane: Work['lane']): Views {
  const { store, senders, transports, clock, policy, warmUps } = options;

  async function campaign(row: CampaignRow): Promise<Campaign> {
    const { organisation, list, ...shown } = row;
    const counts = await store.organisation(organisation).ledger.counts(row.id);
    return { ...shown, importing: list !== null, counts, ...(await outlookOf(options, row, counts)) };
  }

  /** Those that the sender has today, and those that have carried some of it. */
  function routesOf(
    row: CampaignRow,
    sender: Sender | undefined,
    tally: readonly TallyRow[],
    alerts: readonly AlertRow[],
    bounces: number,
  ): RouteShare[] {
    const returned = returnedOf(tally, bounces);
    const sum = (id: string, count: (row: TallyRow, i: number) => number) =>
      tally.reduce((all, one, i) => all + (one.route === id ? count(one, i) : 0), 0);
    const ids = new Set([
      ...(row.standard ? [] : (sender?.routes ?? []).map(({ transport }) => transport)),
      ...(row.route === null ? [] : [row.route]),
      ...tally.map(({ route }) => route),
    ]);
    return [...ids].map((id): RouteShare => {
      const info = transports.get(id);
      const known = sender?.routes.find(({ transport }) => transport === id);
      const bouncesSeen = !(known && isUnseen(known, info?.kind ?? 'smtp'));
      const { accepted, bounced, complained, bounceRate } = ratesOf(tally, policy.sending, id);
      return {
        transport: id,
        provider: info?.provider ?? known?.provider ?? id,
        country: info?.country ?? known?.country ?? '',
        role: row.standard ? 'standard' : (known?.role ?? 'primary'),
        state: stateOf(row, id, known, alerts),
        accepted,
        rejected: sum(id, (one) => one.rejected),
        unknown: sum(id, (one) => one.unknown),
        returned: sum(id, (_, i) => returned[i] ?? 0),
        bounced,
        complained,
        bouncesSeen,
        bounceRate: bouncesSeen ? bounceRate : null,
        rehearsedAt: known?.rehearsal?.endedAt ?? null,
        nextTryAt: row.state === 'sending' ? (lane(id)?.breaker.probeAt()?.toISOString() ?? null) : null,
      };
    });
  }

  function stateOf(
    row: CampaignRow,
    id: string,
    known: Sender['routes'][number] | undefined,
    alerts: readonly AlertRow[],
  ): RouteShare['state'] {
    if (row.state === 'done' || row.state === 'cancelled') {
      // What its health is now says nothing of the mailing. The newest alert of it comes first.
      const last = alerts.find(
        ({ kind, data }) => (kind === 'reserve-took-over' || kind === 'primary-is-back') && data.route === id,
      );
      return last?.kind === 'reserve-took-over' ? 'stopped' : 'rests';
    }
    if (lane(id)?.breaker.state === 'open') return 'stopped';
    if (row.route === id && row.state === 'sending') return 'carries';
    return known?.role === 'reserve' && !known.armed ? 'unarmed' : 'rests';
  }

  return {
    campaign,
    async progress(row) {
      const { ledger } = store.organisation(row.organisation);
      const now = clock.now();
      const [shown, tally, alerts, acts, sender] = await Promise.all([
        campaign(row),
        ledger.tally(row.id),
        ledger.alerts({ campaign: row.id, limit: 100 }),
        ledger.acts(row.id, 100),
        row.standard ? undefined : senders.find(row.organisation, row.domain),
      ]);
      const day = warmUpDay(sender, row, warmUps, now);
      const warmUp = day && {
        plan: day.plan,
        day: day.day,
        days: day.days,
        cap: day.cap,
        sentToday: await ledger.attemptedSince(row.domain, day.since.toISOString()),
        // Before its list is in, what no list goes over.
        steps: warmUpSteps(sender, warmUps, row.recipients > 0 ? row.recipients : undefined),
      };
      const pace = paceOf(tally, row, now);
      return {
        campaign: shown,
        routes: routesOf(row, sender, tally, alerts, shown.counts.bounced),
        tally,
        alerts,
        acts,
        pace,
        endsAt: endOf(row, shown, pace, now),
        warmUp: warmUp ?? null,
      };
    },
  };
}

/**
 * Attempts a minute over the last whole minutes, as far back as it has gone without a stop. The minute in which it
 * began or went on is not a whole one; null: none has passed yet, or nothing is sent.
 */
function paceOf(tally: readonly TallyRow[], row: CampaignRow, now: Date): number | null {
  if (row.state !== 'sending') return null;
  const minutes = new Map<number, number>();
  for (const { minute, accepted, rejected, unknown } of tally) {
    const at = Math.floor(Date.parse(minute) / minuteMs);
    minutes.set(at, (minutes.get(at) ?? 0) + accepted + rejected + unknown);
  }
  const last = Math.floor(now.getTime() / minuteMs) - 1;
  let first = last + 1;
  // A slow pace leaves a minute out here and there; a stop is longer.
  while (last - first < paceMinutes - 1 && (minutes.has(first - 1) || minutes.has(first - 2))) first -= 1;
  const wentOn = minutes.has(first - 1) || minutes.has(first - 2);
  if (!wentOn) {
    while (first <= last && !minutes.has(first)) first += 1;
    first += 1;
  }
  let made = 0;
  for (let at = first; at <= last; at++) made += minutes.get(at) ?? 0;
  return made === 0 ? null : Math.round(made / (last - first + 1));
}

/** The later of what the pace allows and what is planned, by the pace that is set and the warm-up. */
function endOf(
  row: CampaignRow,
  { counts, plannedEnd, putOff }: Pick<Campaign, 'counts' | 'plannedEnd' | 'putOff'>,
  pace: number | null,
  now: Date,
): string | null {
  const left = counts.pending + counts.sending;
  // Those who were put off wait for others: no pace says when they have had their turn.
  if (row.state !== 'sending' || left === 0 || putOff) return null;
  // The one that is set, until a minute has shown what comes of it.
  const perMinute = row.perMinute === null ? pace : Math.min(row.perMinute, pace ?? row.perMinute);
  const byPace = perMinute ? now.getTime() + (left / perMinute) * minuteMs : undefined;
  const end = Math.max(byPace ?? 0, plannedEnd === null ? 0 : Date.parse(plannedEnd));
  return end === 0 ? null : new Date(end).toISOString();
}
