export interface Slots {
  /** Waits for its turn, first come, first served. Rejects with the signal's reason. */
  take(signal: AbortSignal): Promise<() => void>;
  /** Turns everyone away who waits now or comes later. */
  close(reason: Error): void;
}

/** At most `count` at a time. The function that `take` gives back returns the slot, once. */
export function createSlots(count: number): Slots {
  let free = count;
  let closed: Error | undefined;
  const waiting = new Set<{ enter: () => void; leave: (reason: unknown) => void }>();

  function giveBack(): void {
    const [next] = waiting;
    if (next === undefined) free += 1;
    else next.enter();
  }

  function slot(): () => void {
    let held = true;
    return () => {
      if (held) giveBack();
      held = false;
    };
  }

  return {
    async take(signal) {
      if (closed !== undefined) throw closed;
      signal.throwIfAborted();
      if (free > 0) {
        free -= 1;
        return slot();
      }
      const turn = Promise.withResolvers<void>();
      const place = { enter: () => settle(turn.resolve), leave: turn.reject };
      const settle = (done: () => void) => {
        waiting.delete(place);
        done();
      };
      const onAbort = () => settle(() => turn.reject(signal.reason));
      waiting.add(place);
      signal.addEventListener('abort', onAbort, { once: true });
      try {
        await turn.promise;
      } finally {
        signal.removeEventListener('abort', onAbort);
      }
      return slot();
    },
    close(reason) {
      closed = reason;
      for (const place of waiting) place.leave(reason);
      waiting.clear();
    },
  };
}
