/** A bound on what is done at once: a parsed page is many times larger than its source. */
export interface Gate {
  /** Waits for a place and runs; `busy` when the line is full. */
  pass<T>(work: () => Promise<T>): Promise<T | 'busy'>;
}

/** `places`: at work at once. `line`: how many more may wait. */
export function createGate(places: number, line: number): Gate {
  let inside = 0;
  const waiting: (() => void)[] = [];
  return {
    async pass(work) {
      if (inside >= places) {
        if (waiting.length >= line) return 'busy';
        await new Promise<void>((go) => waiting.push(go));
      } else {
        inside += 1;
      }
      try {
        return await work();
      } finally {
        // The place is handed on: nobody who comes now can slip in before the one who waits.
        const next = waiting.shift();
        if (next) next();
        else inside -= 1;
      }
    },
  };
}
