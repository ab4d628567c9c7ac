/** An even pace: so many a minute, and no more of them at once than a second has. */

export interface Pace {
  /** How many may go now. */
  allows(now: Date): number;
  take(count: number, now: Date): void;
  /** When the next may go. */
  nextAt(): Date;
}

/** @param everyMs milliseconds from one to the next; fractions count. */
export function createPace(everyMs: number): Pace {
  const atOnce = Math.max(1, Math.floor(1000 / everyMs));
  let next = 0;
  return {
    allows: (now) =>
      now.getTime() < next ? 0 : Math.min(atOnce, Math.floor((now.getTime() - next) / everyMs) + 1),
    take(count, now) {
      // What was not used in time is gone: a pause is not caught up with.
      next = Math.max(next, now.getTime() - (atOnce - 1) * everyMs) + count * everyMs;
    },
    nextAt: () => new Date(Math.ceil(next)),
  };
}
