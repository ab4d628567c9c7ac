/** Mailings that nobody comes back to: without a list after a day, and dry runs that were not taken back. */
import type { Clock, Store } from '../ports.ts';

/** Within which a list has come in, or nobody hands in one. */
export const listWithinMs = 24 * 3_600_000;
/** A dry run is read by whoever ordered it, at once. */
const dryRunMs = 3_600_000;

/** Cancels them. */
export function createAbandoned({ store, clock }: { store: Store; clock: Clock }) {
  return async (): Promise<void> => {
    const now = clock.now();
    const before = (ms: number) => new Date(now.getTime() - ms).toISOString();
    const found = await store.abandoned({ awaiting: before(listWithinMs), dryRun: before(dryRunMs) });
    for (const { organisation, id } of found) {
      const { ledger } = store.organisation(organisation);
      const row = await ledger.find(id);
      if (!row) continue;
      const at = now.toISOString();
      const states = row.dryRun
        ? (['preparing', 'queued', 'sending', 'paused'] as const)
        : (['preparing'] as const);
      // A list that has come in meanwhile is read.
      const when = { states, ...(row.dryRun ? {} : { awaiting: true }) };
      if (await ledger.change(id, { state: 'cancelled', finishedAt: at, list: null }, when))
        await ledger.cancelPending(id, at);
    }
  };
}
