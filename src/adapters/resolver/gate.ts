export interface Gate {
  /** Resolves true when inside, false when the signal gave up first. Every true owes one `leave`. */
  enter(signal: AbortSignal): Promise<boolean>;
  leave(): void;
}

/**
 * More than one audit asks at once, so that waiting for a place does not cost it a round trip (`npm run bench:dns`
 * counts them), and far below the 1024 open files that a process may have at least. Each question has a socket.
 */
export const questionsAtOnce = 256;

/** Lets a number of askers in at a time; the others wait in the order they came. */
export function createGate(places: number): Gate {
  let free = places;
  const waiting = new Set<() => void>();
  return {
    async enter(signal) {
      if (signal.aborted) return false;
      if (free > 0) {
        free -= 1;
        return true;
      }
      return new Promise((resolve) => {
        const admit = () => {
          signal.removeEventListener('abort', giveUp);
          resolve(true);
        };
        const giveUp = () => {
          waiting.delete(admit);
          resolve(false);
        };
        waiting.add(admit);
        signal.addEventListener('abort', giveUp, { once: true });
      });
    },
    leave() {
      const [next] = waiting;
      if (next === undefined) {
        free += 1;
        return;
      }
      // The place is handed over without becoming free, so that a newcomer cannot take it.
      waiting.delete(next);
      next();
    },
  };
}
