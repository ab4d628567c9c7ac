import type { Queue } from '../../ports.ts';

/**
 * The queue of a single process: calls `run` with each id on a later turn of the event loop, once for
 * all wakes of an id until then. Holds nothing that matters; how many audits run at once, and what
 * happens when one fails, is the worker's to decide.
 */
export function createMemoryQueue(run: (id: string) => void): Queue {
  const waiting = new Set<string>();

  return {
    wake(id) {
      if (waiting.has(id)) return;
      waiting.add(id);
      setImmediate(() => {
        waiting.delete(id);
        run(id);
      });
    },
  };
}
