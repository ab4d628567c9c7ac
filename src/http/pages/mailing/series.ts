/** Outcomes over time, in as many steps as a chart can show. */
import type { TallyRow } from '../../../ports.ts';

/** What became of the attempts of one step; they add up to all of them. */
export interface Bar {
  /** Beginning of the step, ISO 8601. */
  at: string;
  good: number;
  unknown: number;
  bounced: number;
  rejected: number;
  /** Server that carried most of it; null where nothing went. */
  route: string | null;
}

export interface Series {
  /** Minutes of a step. */
  step: number;
  bars: readonly Bar[];
}

const minute = 60_000;
const barsAtMost = 60;
/** Minutes of a step that people count in; beyond, whole days. */
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440];

/** undefined: nothing has gone. Steps in which nothing went are there too, so that a pause is seen. */
export function seriesOf(tally: readonly TallyRow[]): Series | undefined {
  const times = tally.map((row) => Date.parse(row.minute)).filter((time) => !Number.isNaN(time));
  if (times.length === 0) return undefined;
  const first = Math.min(...times);
  const last = Math.max(...times);
  const fits = (one: number) => barCount(first, last, one) <= barsAtMost;
  let step = steps.find(fits) ?? 1440;
  while (!fits(step)) step += 1440;
  const start = Math.floor(first / (step * minute)) * step * minute;
  const sums = Array.from({ length: barCount(first, last, step) }, () => new Map<string, TallyRow>());
  for (const row of tally) {
    const sum = sums[Math.floor((Date.parse(row.minute) - start) / (step * minute))];
    if (!sum) continue;
    const before = sum.get(row.route);
    sum.set(row.route, before ? added(before, row) : row);
  }
  const bars = sums.map((sum, i) => barOf(new Date(start + i * step * minute), [...sum.values()]));
  return { step, bars };
}

function barCount(first: number, last: number, step: number): number {
  const size = step * minute;
  return Math.floor(last / size) - Math.floor(first / size) + 1;
}

function added(one: TallyRow, other: TallyRow): TallyRow {
  const sum = (name: 'accepted' | 'rejected' | 'unknown' | 'delivered' | 'bounced' | 'complained') =>
    one[name] + other[name];
  return {
    ...one,
    accepted: sum('accepted'),
    rejected: sum('rejected'),
    unknown: sum('unknown'),
    delivered: sum('delivered'),
    bounced: sum('bounced'),
    complained: sum('complained'),
  };
}

function barOf(at: Date, rows: readonly TallyRow[]): Bar {
  const bar: Bar = { at: at.toISOString(), good: 0, unknown: 0, bounced: 0, rejected: 0, route: null };
  let most = 0;
  for (const row of rows) {
    const total = row.accepted + row.rejected + row.unknown;
    // An address that was refused at once is among both: it is shown with the bounces.
    const bounced = Math.min(row.bounced, total - row.unknown);
    const rejected = Math.max(0, row.rejected - row.bounced);
    bar.bounced += bounced;
    bar.rejected += rejected;
    bar.unknown += row.unknown;
    bar.good += total - row.unknown - bounced - rejected;
    if (total > most) {
      most = total;
      bar.route = row.route;
    }
  }
  return bar;
}

export function totalOf({ good, unknown, bounced, rejected }: Bar): number {
  return good + unknown + bounced + rejected;
}
