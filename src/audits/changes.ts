/** Who wants to know of which audit's changes in this process. */
export interface Changes {
  /** Listens from now on. Forget it when done. */
  of(id: string): Listener;
  tell(id: string, change: 'progress' | 'end'): void;
  /** Lets everybody look once more. */
  tellAll(): void;
  /** How many listen. */
  readonly listeners: number;
}

export interface Listener {
  /** Resolves after `ms`, or at once when there has been a change since it last resolved. */
  change(ms: number): Promise<void>;
  /** Resolves after `ms`, or at once when there is nothing left to wait for. */
  end(ms: number): Promise<void>;
  /** As if the audit had ended. */
  stop(): void;
  forget(): void;
}

export function createChanges(): Changes {
  const listening = new Map<string, Set<(change: 'progress' | 'end') => void>>();
  let listeners = 0;

  function tell(id: string, change: 'progress' | 'end'): void {
    for (const hear of listening.get(id) ?? []) hear(change);
  }

  return {
    of(id) {
      const heard = { progress: false, end: false };
      let wake: (() => void) | undefined;
      const hear = (change: 'progress' | 'end') => {
        heard[change] = true;
        wake?.();
      };
      const until = async (ms: number, enough: () => boolean) => {
        if (enough() || ms <= 0) return;
        const { promise, resolve } = Promise.withResolvers<void>();
        const timer = setTimeout(resolve, ms);
        wake = () => enough() && resolve();
        await promise;
        wake = undefined;
        clearTimeout(timer);
      };
      const all = listening.get(id) ?? new Set();
      listening.set(id, all.add(hear));
      listeners += 1;
      return {
        async change(ms) {
          await until(ms, () => heard.progress || heard.end);
          heard.progress = heard.end = false;
        },
        end: (ms) => until(ms, () => heard.end),
        stop: () => hear('end'),
        forget() {
          if (!all.delete(hear)) return;
          listeners -= 1;
          if (all.size === 0 && listening.get(id) === all) listening.delete(id);
        },
      };
    },
    tell,
    tellAll() {
      for (const id of [...listening.keys()]) tell(id, 'end');
    },
    get listeners() {
      return listeners;
    },
  };
}
