/** Whether a route is well enough to be tried: closed, open after failures in a row, half open for one probe. */

import type { Ending } from '../delivery.ts';
import type { Policy } from '../rule.ts';

export interface Breaker {
  /** How many attempts it lets through now; Infinity while it is closed. */
  admits(now: Date): number;
  /** An attempt that it has let through goes out. */
  begin(now: Date): void;
  note(ending: Ending['ending'], now: Date): void;
  /** Opens it for what something else than an attempt has said of the route. */
  trip(now: Date): void;
  /** Lets the next probe go now: somebody has found the route well. */
  hurry(now: Date): void;
  readonly state: 'closed' | 'open' | 'half-open';
  /** When the next probe may go; undefined while it is closed or a probe is under way. */
  probeAt(): Date | undefined;
}

export function createBreaker({
  failures,
  withinMs,
  waitMs,
  waitAtMostMs,
}: Policy['sending']['breaker']): Breaker {
  let state: Breaker['state'] = 'closed';
  let failed: number[] = [];
  let wait = waitMs;
  let until = 0;
  let probing = false;

  function open(now: Date): void {
    state = 'open';
    until = now.getTime() + wait;
    failed = [];
    probing = false;
  }

  return {
    admits(now) {
      if (state === 'closed') return Number.POSITIVE_INFINITY;
      return now.getTime() >= until && !probing ? 1 : 0;
    },
    begin(now) {
      if (state === 'closed' || now.getTime() < until) return;
      state = 'half-open';
      probing = true;
    },
    note(ending, now) {
      if (ending === 'unavailable' || ending === 'unknown') {
        // What was under way when it opened says nothing new.
        if (state === 'open') return;
        if (state === 'half-open') {
          wait = Math.min(wait * 2, waitAtMostMs);
          open(now);
          return;
        }
        failed = [...failed.filter((at) => now.getTime() - at <= withinMs), now.getTime()];
        if (failed.length >= failures) open(now);
        return;
      }
      // A pause is the provider's word about the sender: the route is neither well nor ill for it.
      if (ending === 'pause') {
        probing = false;
        return;
      }
      failed = [];
      if (state !== 'half-open') return;
      state = 'closed';
      wait = waitMs;
      probing = false;
    },
    trip: open,
    hurry(now) {
      if (state === 'open') until = Math.min(until, now.getTime());
    },
    get state() {
      return state;
    },
    probeAt: () => (state === 'closed' || probing ? undefined : new Date(until)),
  };
}
