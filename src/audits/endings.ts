/** Who waits for which audit to end in this process. */
export interface Endings {
  /** Listens from now on. Forget it when done. */
  of(id: string): { within(ms: number): Promise<void>; forget(): void };
  /** Wakes everybody who waits for this one. */
  wake(id: string): void;
  wakeAll(): void;
}

export function createEndings(): Endings {
  const waiting = new Map<string, Set<() => void>>();

  function wake(id: string): void {
    for (const resolve of waiting.get(id) ?? []) resolve();
  }

  return {
    of(id) {
      const wakes = waiting.get(id) ?? new Set();
      waiting.set(id, wakes);
      const { promise, resolve } = Promise.withResolvers<void>();
      wakes.add(resolve);
      let timer: ReturnType<typeof setTimeout> | undefined;
      return {
        within(ms) {
          timer = setTimeout(resolve, ms);
          return promise;
        },
        forget() {
          clearTimeout(timer);
          wakes.delete(resolve);
          if (wakes.size === 0 && waiting.get(id) === wakes) waiting.delete(id);
        },
      };
    },
    wake,
    wakeAll() {
      for (const id of waiting.keys()) wake(id);
    },
  };
}
