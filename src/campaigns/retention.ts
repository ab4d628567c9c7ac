/**
 * Addresses and merge values are forgotten some time after a campaign has ended; what became of each row stays. One
 * that stands still for as long is cancelled, after an alert: nobody comes back to it.
 */
import type { Clock, Store } from '../ports.ts';
import type { Policy } from '../rule.ts';
import type { Alerts } from './alert.ts';
import type { LeftOuts } from './left-out.ts';

const dayMs = 24 * 3_600_000;

export interface Retention {
  /** Forgets what has been kept for long enough, at most `rows` of the policy. @returns how many rows */
  forget(): Promise<number>;
  /** Tells of what stands still, and ends what has for too long. */
  end(): Promise<void>;
  /** When there is something to do next; undefined: nothing is planned. */
  next(): Promise<Date | undefined>;
}

export function createRetention(
  {
    store,
    clock,
    policy: {
      retention: { days, rows, noticeDays },
    },
  }: { store: Store; clock: Clock; policy: Policy },
  alerts: Pick<Alerts, 'raise'>,
  leftOuts: Pick<LeftOuts, 'forget'>,
): Retention {
  const before = (past: number) => new Date(clock.now().getTime() - past * dayMs).toISOString();

  return {
    async forget() {
      for (;;) {
        const next = await store.forgettable(before(days));
        if (!next) return 0;
        await leftOuts.forget(next);
        const forgotten = await store.organisation(next.organisation).recipients.forget(next.id, rows);
        if (forgotten > 0) return forgotten;
      }
    },

    async end() {
      const now = clock.now().toISOString();
      for (const { organisation, id, since, toldAt } of await store.standing(
        now,
        before(days - noticeDays),
      )) {
        if (toldAt === null) {
          await alerts.raise({ organisation, campaign: id }, 'stands-still', { days: noticeDays });
        } else if (toldAt <= before(noticeDays) && since <= before(days)) {
          const { ledger } = store.organisation(organisation);
          const change = { state: 'cancelled', finishedAt: now, list: null } as const;
          if (await ledger.change(id, change, { states: ['paused'] })) await ledger.cancelPending(id, now);
        }
      }
    },

    async next() {
      const { ended, still } = await store.firstRemembered();
      const tomorrow = clock.now().getTime() + dayMs;
      const times = [
        ...(ended === undefined ? [] : [Date.parse(ended) + days * dayMs]),
        // Between the alert and the end it is looked at day by day.
        ...(still === undefined
          ? []
          : [Math.max(tomorrow, Date.parse(still ?? '') + (days - noticeDays) * dayMs || 0)]),
      ];
      return times.length > 0 ? new Date(Math.min(...times)) : undefined;
    },
  };
}
