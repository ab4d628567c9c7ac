/** When facts are no longer waited for: a signal for each budget, and one for each fact. */
import type { Policy } from '../../rule.ts';
import { FactError } from '../facts.ts';

type Budgets = Policy['budgets'];

/**
 * A signal for each budget, from now on; all of them end with `signal`. With timers of our own, which `over` takes back:
 * those of AbortSignal run to their end, and all that an audit held is carried along until then. What still goes on when
 * it is over belongs to no one, and is stopped.
 */
export function deadlinesOf(
  budgets: Budgets,
  signal: AbortSignal,
): { deadlines: Record<keyof Budgets, AbortSignal>; over(): void } {
  const endings: (() => void)[] = [];
  const until = (budget: keyof Budgets) => {
    const ending = new AbortController();
    const giveUp = () => ending.abort(signal.reason);
    const timer = setTimeout(() => ending.abort(late()), budgets[budget]);
    signal.addEventListener('abort', giveUp, { once: true });
    if (signal.aborted) giveUp();
    endings.push(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
      ending.abort(late());
    });
    return ending.signal;
  };
  const deadlines = {
    dns: until('dns'),
    network: until('network'),
    links: until('links'),
    rendering: until('rendering'),
    malware: until('malware'),
    spamEngines: until('spamEngines'),
  };
  return {
    deadlines,
    over: () => {
      for (const end of endings) end();
    },
  };
}

function late(): DOMException {
  return new DOMException('over its budget', 'TimeoutError');
}

/** Milliseconds a gatherer gets after its budget to hand over what it has. */
const grace = 300;

/** Rejects a little after the deadline, for gatherers that do not look at their signal. */
export function lateness(deadline: AbortSignal): { promise: Promise<never>; cancel(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort = () => {};
  const promise = new Promise<never>((_, reject) => {
    onAbort = () => {
      timer = setTimeout(() => reject(new FactError('late', 'over its budget')), grace);
    };
    if (deadline.aborted) onAbort();
    else deadline.addEventListener('abort', onAbort, { once: true });
  });
  return {
    promise,
    cancel() {
      clearTimeout(timer);
      deadline.removeEventListener('abort', onAbort);
    },
  };
}
