/** Runs work when it is woken, and again when the work itself says that there is more to do. */

export interface Plan {
  now(): void;
  /** Plans nothing more; what runs goes on. */
  stop(): void;
}

/** Milliseconds that a timer of Node's can wait. */
const longest = 2 ** 31 - 1;

export function createPlan(
  work: () => Promise<void>,
  next: () => Promise<Date | undefined>,
  failed: (error: unknown) => void,
): Plan {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function run(): Promise<void> {
    await work();
    const at = await next();
    clearTimeout(timer);
    if (stopped || !at) return;
    timer = setTimeout(now, Math.min(Math.max(0, at.getTime() - Date.now()), longest));
  }
  function now(): void {
    if (!stopped) run().catch(failed);
  }
  return {
    now,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
