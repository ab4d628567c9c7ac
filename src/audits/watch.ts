/** An audit followed while it changes, in this process or another. */
import { type Audit, hasEnded } from './audit.ts';
import type { Changes } from './changes.ts';

/** Milliseconds between two looks at an audit that another process may be running. */
const lookAgain = 1000;
/** Nobody reads faster than this, in milliseconds; previews report each picture. */
const readable = 100;

/**
 * The audit as it stands now and at each change, the last not before it has ended. Ends early when `signal`
 * aborts, when this process is `over`, and at once when there is no such audit.
 */
export async function* watch(
  id: string,
  find: () => Promise<Audit | undefined>,
  changes: Changes,
  signal: AbortSignal,
  over: AbortSignal,
): AsyncGenerator<Audit, void, undefined> {
  // Listens before it looks, so that a change between the two is not missed.
  const listener = changes.of(id);
  signal.addEventListener('abort', listener.stop);
  try {
    let shown = '';
    while (!signal.aborted) {
      const audit = await find();
      if (!audit || signal.aborted) return;
      const state = JSON.stringify([audit.state, audit.progress]);
      if (state !== shown) yield audit;
      if (hasEnded(audit) || over.aborted) return;
      if (state !== shown) await listener.end(readable);
      shown = state;
      await listener.change(lookAgain);
    }
  } finally {
    signal.removeEventListener('abort', listener.stop);
    listener.forget();
  }
}
