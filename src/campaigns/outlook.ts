/** What can be seen ahead of a mailing: when it will have come to its end, and whether its clearance lasts so long. */
import type { CampaignRow, DeliveryState, LedgerStore } from '../ports.ts';
import { type Begins, beginsOf } from './begins.ts';
import type { CampaignsOptions } from './options.ts';
import { plannedEnd, warmUpDay } from './warm-up.ts';

export interface Outlook {
  /** Of the present one; null: there is none. */
  clearanceEndsAt: string | null;
  /**
   * When the last recipient has its turn by the set pace and the warm-up; null: as fast as the servers take it, or
   * nobody can know, since it stands still or waits for others.
   */
  plannedEnd: string | null;
  /** When it will stand still, since its clearance ends before that and nothing follows it; null: it will not. */
  pausesAt: string | null;
  /** By which server it begins, and why; null: it has begun. */
  begins: Begins | null;
  /** All that are left were put off; null: some may go now, or nobody is left. */
  putOff: PutOff | null;
}

export interface PutOff {
  count: number;
  /** When the first is tried again. */
  until: string;
  /** Each was asked for by the server that was to take it (4yz). */
  asked: boolean;
}

/** Rows that are looked at to tell why they wait. */
const looked = 100;

const nothing: Outlook = {
  clearanceEndsAt: null,
  plannedEnd: null,
  pausesAt: null,
  begins: null,
  putOff: null,
};

export async function outlookOf(
  options: Pick<CampaignsOptions, 'store' | 'senders' | 'clock' | 'warmUps' | 'policy' | 'transports'>,
  row: CampaignRow,
  counts: Readonly<Record<DeliveryState, number>>,
): Promise<Outlook> {
  const { store, senders, clock, warmUps } = options;
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
  // What a person or a limit has stopped goes on nobody knows when.
  const stands = row.state === 'paused' && row.pauseReason !== 'to-confirm';
  const [begins, putOff] = await Promise.all([
    beginsOf(options, row, sender, from),
    row.state === 'sending' ? putOffOf(ledger, row.id, counts, now) : null,
  ]);
  const isOver = row.state === 'paused' && row.pauseReason === 'clearance-expired';
  return {
    clearanceEndsAt: ends,
    plannedEnd: left > 0 && !stands && !putOff ? (end?.toISOString() ?? null) : null,
    pausesAt: isShort && !isFollowed && !isOver ? ends : null,
    begins,
    putOff,
  };
}

async function putOffOf(
  ledger: Pick<LedgerStore, 'nextDue' | 'deliveries'>,
  id: string,
  counts: Readonly<Record<DeliveryState, number>>,
  now: Date,
): Promise<PutOff | null> {
  if (counts.sending > 0 || counts.pending === 0) return null;
  const until = await ledger.nextDue(id);
  if (until === undefined || Date.parse(until) <= now.getTime()) return null;
  const rows = await ledger.deliveries(id, { limit: looked, states: ['pending'] });
  const asked = rows.every(({ code, enhanced }) => /^4/.test(code ?? '') || /^4\./.test(enhanced ?? ''));
  return { count: counts.pending, until, asked };
}
