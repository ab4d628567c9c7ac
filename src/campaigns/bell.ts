/** Wakes whoever waits for something to have changed. */
export interface Bell {
  ring(): void;
  /** Resolves at the next ring, or after `ms`. */
  heard(ms?: number): Promise<void>;
}

export function createBell(): Bell {
  let next = Promise.withResolvers<void>();
  return {
    ring() {
      next.resolve();
      next = Promise.withResolvers<void>();
    },
    heard(ms) {
      const { promise } = next;
      if (ms === undefined) return promise;
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        promise.then(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    },
  };
}
