/** Outcomes over time, in as many steps as a chart can show. */
import { returnedOf } from '../../../campaigns/returned.ts';
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

/** A row with what has come back of it. */
type Row = TallyRow & { returned: number };

/** `bounces`: in the ledger. undefined: nothing has gone. Steps in which nothing went are there too, so that a pause is seen. */
export function seriesOf(tally: readonly TallyRow[], bounces: number): Series | undefined {
  const returned = returnedOf(tally, bounces);
  const times = tally.map((row) => Date.parse(row.minute)).filter((time) => !Number.isNaN(time));
  if (times.length === 0) return undefined;
  const first = Math.min(...times);
  const last = Math.max(...times);
  const fits = (one: number) => barCount(first, last, one) <= barsAtMost;
  let step = steps.find(fits) ?? 1440;
  while (!fits(step)) step += 1440;
  const start = Math.floor(first / (step * minute)) * step * minute;
  const sums = Array.from({ length: barCount(first, last, step) }, () => new Map<string, Row>());
  for (const [i, one] of tally.entries()) {
    const row = { ...one, returned: returned[i] ?? 0 };
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

function added(one: Row, other: Row): Row {
  const sum = (
    name: 'accepted' | 'rejected' | 'unknown' | 'delivered' | 'bounced' | 'complained' | 'returned',
  ) => one[name] + other[name];
  return {
    ...one,
    accepted: sum('accepted'),
    rejected: sum('rejected'),
    unknown: sum('unknown'),
    delivered: sum('delivered'),
    bounced: sum('bounced'),
    complained: sum('complained'),
    returned: sum('returned'),
  };
}

function barOf(at: Date, rows: readonly Row[]): Bar {
  const bar: Bar = { at: at.toISOString(), good: 0, unknown: 0, bounced: 0, rejected: 0, route: null };
  let most = 0;
  for (const row of rows) {
    const total = row.accepted + row.rejected + row.unknown;
    bar.bounced += row.returned;
    bar.rejected += row.rejected;
    bar.unknown += row.unknown;
    bar.good += row.accepted - row.returned;
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
