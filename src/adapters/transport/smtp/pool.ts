import type { Failure } from '../failure.ts';
import { openSession, type SmtpServer, type SmtpSession } from './session.ts';

export interface SmtpPool {
  /** Waits for a free place; resolves with how to give it back. undefined: given up while waiting. */
  enter(signal: AbortSignal): Promise<(() => void) | undefined>;
  /** One that has carried mail before and is still up, or a new one. */
  take(signal: AbortSignal): Promise<{ session: SmtpSession; used: boolean } | Failure>;
  fresh(signal: AbortSignal): Promise<SmtpSession | Failure>;
  /** For the next mail, unless it has carried its share or the pool is closed. */
  giveBack(session: SmtpSession): void;
  close(): void;
}

/** @param atOnce connections; `perConnection`: mails that each carries before it is closed. */
export function createPool(server: SmtpServer, atOnce: number, perConnection: number): SmtpPool {
  const idle: { session: SmtpSession; timer: NodeJS.Timeout }[] = [];
  const queue: (() => void)[] = [];
  let inside = 0;
  let closed = false;
  const leave = () => {
    inside -= 1;
    queue.shift()?.();
  };

  return {
    enter: (signal) =>
      new Promise((resolve) => {
        const go = () => {
          signal.removeEventListener('abort', stop);
          inside += 1;
          resolve(leave);
        };
        const stop = () => {
          const place = queue.indexOf(go);
          if (place >= 0) queue.splice(place, 1);
          resolve(undefined);
        };
        if (signal.aborted) resolve(undefined);
        else if (inside < atOnce) go();
        else {
          queue.push(go);
          signal.addEventListener('abort', stop, { once: true });
        }
      }),
    async take(signal) {
      for (let next = idle.pop(); next; next = idle.pop()) {
        clearTimeout(next.timer);
        if (next.session.alive) return { session: next.session, used: true };
      }
      const session = await openSession(server, signal);
      return 'stage' in session ? session : { session, used: false };
    },
    fresh: (signal) => openSession(server, signal),
    giveBack(session) {
      if (!session.alive) return;
      if (closed || session.count >= perConnection) return session.close();
      const entry = {
        session,
        timer: setTimeout(() => {
          idle.splice(idle.indexOf(entry), 1);
          session.close();
        }, server.timeouts.idle),
      };
      entry.timer.unref();
      idle.push(entry);
    },
    close() {
      closed = true;
      for (const { session, timer } of idle.splice(0)) {
        clearTimeout(timer);
        session.close();
      }
    },
  };
}
