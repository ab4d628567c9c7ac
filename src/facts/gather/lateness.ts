import { FactError } from '../facts.ts';

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
