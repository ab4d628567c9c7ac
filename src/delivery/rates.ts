/** Bounce and complaint rates: of which attempts, against what, and what they make of a campaign. */
import type { RateRow } from '../ports.ts';
import type { Policy } from '../rule.ts';

export interface Rates {
  /** Mails that the route's server has judged: taken, or turned down for good. */
  handed: number;
  accepted: number;
  bounced: number;
  complained: number;
  /** 0 to 1; null under the least number that means anything. */
  bounceRate: number | null;
}

/**
 * Of the attempts by one route, or by all when none is named. A tally's row holds what became of the attempts of one
 * minute, so bounces are held against the very mails that they answer.
 */
export function ratesOf(
  tally: readonly RateRow[],
  { bounces: { least } }: Policy['sending'],
  route?: string,
): Rates {
  const sum = { handed: 0, accepted: 0, bounced: 0, complained: 0 };
  for (const row of tally) {
    if (route !== undefined && row.route !== route) continue;
    sum.handed += row.accepted + row.rejected;
    sum.accepted += row.accepted;
    sum.bounced += row.bounced;
    sum.complained += row.complained;
  }
  return { ...sum, bounceRate: sum.handed < least ? null : sum.bounced / sum.handed };
}

export type Judged =
  | { kind: 'fine' }
  /** Over the limit on the primary; what that does is the sender's choice. */
  | { kind: 'bounces'; rate: number }
  /** Stands still, whatever the sender has chosen. */
  | { kind: 'stop'; reason: 'bounce-rate' | 'complaint-rate'; rate: number };

/** What the rates ask for, the gravest first. `primary`: by which a mailing goes unless it was switched. */
export function judgeRates(tally: readonly RateRow[], primary: string, sending: Policy['sending']): Judged {
  const { least, leastToSwitch, leastComplaints, switchOver, stopOver, complaintsFrom } = sending.bounces;
  const all = ratesOf(tally, sending);
  const complaints = all.accepted === 0 ? 0 : all.complained / all.accepted;
  if (all.handed >= least && all.complained >= leastComplaints && complaints >= complaintsFrom) {
    return { kind: 'stop', reason: 'complaint-rate', rate: complaints };
  }
  if (all.bounceRate !== null && all.bounceRate > stopOver) {
    return { kind: 'stop', reason: 'bounce-rate', rate: all.bounceRate };
  }
  const { handed, bounceRate } = ratesOf(tally, sending, primary);
  return bounceRate !== null && handed >= leastToSwitch && bounceRate > switchOver
    ? { kind: 'bounces', rate: bounceRate }
    : { kind: 'fine' };
}
