/** Addresses and merge values are forgotten some time after a campaign has ended; what became of each row stays. */
import type { Clock, Store } from '../ports.ts';
import type { Policy } from '../rule.ts';

const dayMs = 24 * 3_600_000;

export interface Retention {
  /** Forgets what has been kept for long enough, at most `rows` of the policy. @returns how many rows */
  forget(): Promise<number>;
}

export function createRetention({
  store,
  clock,
  policy: {
    retention: { days, rows },
  },
}: {
  store: Store;
  clock: Clock;
  policy: Policy;
}): Retention {
  return {
    async forget() {
      const endedBefore = new Date(clock.now().getTime() - days * dayMs).toISOString();
      const organisation = await store.forgettable(endedBefore);
      return organisation === undefined
        ? 0
        : store.organisation(organisation).recipients.forget(endedBefore, rows);
    },
  };
}
