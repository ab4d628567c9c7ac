/** What can be seen ahead of a mailing: when it will have come to its end, and whether its clearance lasts so long. */
import type { CampaignRow, DeliveryState } from '../ports.ts';
import type { CampaignsOptions } from './options.ts';
import { plannedEnd, warmUpDay } from './warm-up.ts';

export interface Outlook {
  /** Of the present one; null: there is none. */
  clearanceEndsAt: string | null;
  /** When the last recipient has its turn by the set pace and the warm-up; null: as fast as the servers take it. */
  plannedEnd: string | null;
  /** When it will stand still, since its clearance ends before that and nothing follows it; null: it will not. */
  pausesAt: string | null;
}

const nothing: Outlook = { clearanceEndsAt: null, plannedEnd: null, pausesAt: null };

export async function outlookOf(
  { store, senders, clock, warmUps }: Pick<CampaignsOptions, 'store' | 'senders' | 'clock' | 'warmUps'>,
  row: CampaignRow,
  counts: Readonly<Record<DeliveryState, number>>,
): Promise<Outlook> {
  if (row.state === 'done' || row.state === 'cancelled') return nothing;
  const { ledger, clearances } = store.organisation(row.organisation);
  const now = clock.now();
  const [clearance, sender] = await Promise.all([
    clearances.find(row.clearance),
    row.standard ? undefined : senders.find(row.organisation, row.domain),
  ]);
  const starts = row.startsAt === null ? now.getTime() : Date.parse(row.startsAt);
  const from = new Date(Math.max(now.getTime(), starts));
  const day = warmUpDay(sender, row, warmUps, now);
  const sentToday =
    day && from < day.until ? await ledger.attemptedSince(row.domain, day.since.toISOString()) : 0;
  const left = counts.pending + counts.sending;
  const end = plannedEnd({ left, sentToday, from }, row, sender, warmUps);
  const ends = clearance && clearance.revokedAt === null ? clearance.expiresAt : null;
  const isFollowed = row.onExpiry === 'audit-again' && row.nextRefused === null;
  const isShort = ends !== null && (end ?? from).getTime() > Date.parse(ends);
  const isOver = row.state === 'paused' && row.pauseReason === 'clearance-expired';
  return {
    clearanceEndsAt: ends,
    plannedEnd: left > 0 ? (end?.toISOString() ?? null) : null,
    pausesAt: isShort && !isFollowed && !isOver ? ends : null,
  };
}
