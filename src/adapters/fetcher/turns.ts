/** Turns: only so many at once, in all and for each host, and no two of one host right after each other. */

export interface Pace {
  atOnce: number;
  /** At once with one host. */
  perHost: number;
  /** Milliseconds between the starts of two of one host. */
  gapMs: number;
}

interface Waiting {
  host: string;
  start(): void;
}

/** Runs what is handed in when its turn comes. What is aborted before that never runs, and rejects. */
export function createTurns({ atOnce, perHost, gapMs }: Pace) {
  const line: Waiting[] = [];
  const busy = new Map<string, number>();
  const next = new Map<string, number>();
  let running = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function look(): void {
    clearTimeout(timer);
    const now = performance.now();
    let soonest = Number.POSITIVE_INFINITY;
    for (let at = 0; at < line.length && running < atOnce; ) {
      const one = line[at];
      if (!one) break;
      const from = next.get(one.host) ?? 0;
      if ((busy.get(one.host) ?? 0) >= perHost) at += 1;
      else if (from > now) {
        soonest = Math.min(soonest, from);
        at += 1;
      } else {
        line.splice(at, 1);
        busy.set(one.host, (busy.get(one.host) ?? 0) + 1);
        next.set(one.host, now + gapMs);
        running += 1;
        one.start();
      }
    }
    if (soonest !== Number.POSITIVE_INFINITY) timer = setTimeout(look, Math.max(1, soonest - now));
  }

  function ended(host: string): void {
    running -= 1;
    const left = (busy.get(host) ?? 1) - 1;
    if (left > 0) busy.set(host, left);
    else busy.delete(host);
    const now = performance.now();
    for (const [known, from] of next) if (from <= now && !busy.has(known)) next.delete(known);
    look();
  }

  return async function turn<T>(host: string, run: () => Promise<T>, signal: AbortSignal): Promise<T> {
    await new Promise<void>((resolve, reject) => {
      const give = () => {
        const at = line.indexOf(waiting);
        if (at >= 0) line.splice(at, 1);
        reject(signal.reason);
      };
      const waiting: Waiting = {
        host,
        start() {
          signal.removeEventListener('abort', give);
          resolve();
        },
      };
      if (signal.aborted) return reject(signal.reason);
      signal.addEventListener('abort', give, { once: true });
      line.push(waiting);
      look();
    });
    try {
      return await run();
    } finally {
      ended(host);
    }
  };
}
