/** Results on their way into the ledger: written down together, and soon. */
import type { Clock, LedgerStore, Settled } from '../ports.ts';
import type { Policy } from '../rule.ts';

export interface Settling {
  add(route: string, settled: Settled): void;
  /** Resolves when all that was added before is written down. @throws what the store threw */
  flush(): Promise<void>;
  /** Gives what waits to `write`, which writes it down in one step with something else. @throws as `flush` */
  with<T>(write: (settled: readonly Settled[]) => Promise<T>): Promise<T>;
}

export function createSettling(
  ledger: Pick<LedgerStore, 'settle'>,
  campaign: string,
  clock: Clock,
  { settle: { ms, results } }: Policy['sending'],
): Settling {
  let waiting: { route: string; settled: Settled }[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing: Promise<void> = Promise.resolve();
  let failed: unknown;

  async function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const now = waiting;
    waiting = [];
    const byRoute = Map.groupBy(now, ({ route }) => route);
    for (const [route, some] of byRoute) {
      const settled = some.map((one) => one.settled);
      await ledger.settle(campaign, route, settled, clock.now().toISOString());
    }
  }

  /** One after the other. What could not be written down is remembered: the next flush says so. */
  function start(): void {
    writing = writing.then(write).catch((error) => {
      failed ??= error ?? new Error('not written down');
    });
  }

  return {
    add(route, settled) {
      waiting.push({ route, settled });
      if (waiting.length >= results) start();
      else timer ??= setTimeout(start, ms);
    },
    async flush() {
      if (waiting.length > 0) start();
      await writing;
      if (failed !== undefined) throw failed;
    },
    async with(write) {
      await writing;
      if (failed !== undefined) throw failed;
      clearTimeout(timer);
      timer = undefined;
      const now = waiting;
      waiting = [];
      try {
        return await write(now.map(({ settled }) => settled));
      } catch (error) {
        // Not written down: the next flush tries again.
        waiting = [...now, ...waiting];
        throw error;
      }
    },
  };
}
