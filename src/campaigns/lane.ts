/** One transport as all campaigns of this process share it: its free slots, its pace, its quota and its health. */
import { type Breaker, createBreaker, type Ending } from '../delivery.ts';
import type { Clock, Transport, TransportStatus } from '../ports.ts';
import type { Policy } from '../rule.ts';
import { type Bell, createBell } from './bell.ts';
import { createPace, type Pace } from './pace.ts';

export interface Lane {
  readonly transport: Transport;
  readonly breaker: Breaker;
  /** Rings when an attempt has ended. */
  readonly bell: Bell;
  /** How many attempts may begin now. */
  free(now: Date): number;
  /** When there may be one, where it is not an attempt's end that has to be waited for. */
  freeAt(now: Date): Date | undefined;
  begin(count: number, now: Date): void;
  /** `lasting`: unavailable for what a wait does not mend. */
  end(ending: Ending['ending'], now: Date, lasting?: boolean): void;
  /** Its latest attempt failed for what a wait does not mend. */
  readonly lasting: boolean;
  /** How many more its provider takes today, as far as it has said; Infinity: no limit. */
  readonly left: number;
  /** What the provider says: not older than the policy's `statusMs`, unless `fresh`. */
  status(signal: AbortSignal, fresh?: boolean): Promise<TransportStatus>;
}

/** Before a day's quota is asked for again. */
const quotaMs = 10 * 60_000;

export function createLane(transport: Transport, clock: Clock, sending: Policy['sending']): Lane {
  const breaker = createBreaker(sending.breaker);
  const bell = createBell();
  let underWay = 0;
  let lasting = false;
  let pace: Pace | undefined;
  let perSecond: number | null = null;
  let status: TransportStatus | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  let sinceAsked = 0;

  const left = () => {
    if (!status || status.perDay === null || status.sentToday === null) return Number.POSITIVE_INFINITY;
    return Math.max(0, Math.floor(status.perDay - status.sentToday - sinceAsked));
  };

  return {
    transport,
    breaker,
    bell,
    free: (now) =>
      Math.min(
        transport.atOnce - underWay,
        breaker.admits(now),
        pace?.allows(now) ?? Number.POSITIVE_INFINITY,
        left(),
      ),
    freeAt(now) {
      if (left() < 1) return new Date(Math.max(now.getTime(), askedAt) + quotaMs);
      const ats = [pace?.nextAt(), breaker.admits(now) < 1 ? breaker.probeAt() : undefined];
      const [at] = ats.filter((one) => one !== undefined).toSorted((one, other) => +other - +one);
      return at && at > now ? at : undefined;
    },
    begin(count, now) {
      underWay += count;
      sinceAsked += count;
      pace?.take(count, now);
      breaker.begin(now);
    },
    get lasting() {
      return lasting;
    },
    get left() {
      return left();
    },
    end(ending, now, lasts = false) {
      underWay -= 1;
      lasting = lasts;
      breaker.note(ending, now);
      bell.ring();
    },
    async status(signal, fresh = false) {
      const now = clock.now().getTime();
      if (status && !fresh && now - askedAt < sending.statusMs) return status;
      const asked = await transport.status(signal);
      askedAt = now;
      // What it does not say now still holds as it was said: its pace, its quota, and what has gone since.
      const silent = !asked.available && !asked.suspended;
      status = silent && status ? { ...status, available: false, detail: asked.detail } : asked;
      if (!silent) sinceAsked = 0;
      if (status.perSecond !== perSecond) {
        perSecond = status.perSecond;
        pace = perSecond === null || perSecond <= 0 ? undefined : createPace(1000 / perSecond);
      }
      return status;
    },
  };
}
