/**
 * Visits what a mail links to or shows: through the guard, a few at a time for each host, and what was answered is
 * kept for a short while, since a mail is audited again and again while it is being mended.
 */
import type { Clock, Fetcher, Visited, Visitor } from '../../ports.ts';
import { createTurns, type Pace } from './turns.ts';

/**
 * RFC 9110 section 9.2.1: GET is safe. HEAD would cost less, but servers refuse it or answer it otherwise than GET;
 * lychee, the most used link checker, sends GET as well (lychee.cli.rs/usage/cli, read 2026-11-23).
 */
const method = 'GET';
const headers = {
  'user-agent': 'Mozilla/5.0 (compatible; Klarsignal; checks the links of a mail before it is sent)',
  accept: 'text/html,application/xhtml+xml,image/*;q=0.9,*/*;q=0.8',
  'accept-language': 'sv,en;q=0.8',
};

export interface VisitorOptions {
  clock: Clock;
  pace?: Pace;
  /** Milliseconds for one visit; what waits for its turn does not count. */
  ms?: number;
  /** What is kept, in milliseconds, answers, and bytes of all of them. */
  kept?: { ms: number; answers: number; bytes: number };
}

// RFC 9112 section 9.4 leaves the number to the client; two at once was RFC 2616's, and ten a second is half of what
// lychee asks of one host by default (host-request-interval 50ms; read 2026-11-23).
const usualPace: Pace = { atOnce: 16, perHost: 2, gapMs: 100 };
const usualKept = { ms: 5 * 60_000, answers: 1000, bytes: 64 * 1024 * 1024 };

type Answer = Visited & { body: Uint8Array };

/** @param fetcher the guard, which plain http is allowed to; it decides what is never connected to. */
export function createVisitor(
  fetcher: Fetcher,
  { clock, pace = usualPace, ms = 10_000, kept = usualKept }: VisitorOptions,
): Visitor {
  const turn = createTurns(pace);
  const known = new Map<string, { answer: Answer; until: number }>();
  let held = 0;

  function keep(key: string, answer: Answer): void {
    forget(key);
    if (answer.body.length > kept.bytes) return;
    known.set(key, { answer, until: clock.now().getTime() + kept.ms });
    held += answer.body.length;
    for (const oldest of known.keys()) {
      if (known.size <= kept.answers && held <= kept.bytes) break;
      forget(oldest);
    }
  }

  function forget(key: string): void {
    held -= known.get(key)?.answer.body.length ?? 0;
    known.delete(key);
  }

  return {
    async visit(url, most, signal) {
      const key = `${most} ${url}`;
      const before = known.get(key);
      if (before && before.until > clock.now().getTime()) return before.answer;
      const at = () => clock.now().toISOString();
      const nothing = { url, status: null, failure: null, type: '', location: null, size: null };
      try {
        const host = URL.canParse(url) ? new URL(url).host : '';
        const fetch = () => {
          const ended = AbortSignal.any([signal, AbortSignal.timeout(ms)]);
          return fetcher.fetch(url, { method, headers, most, redirects: 0 }, ended);
        };
        const told = await turn(host, fetch, signal);
        const answer: Answer = {
          ...nothing,
          status: told.status,
          type: (told.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '',
          location: told.headers.get('location'),
          size: sizeOf(told.headers.get('content-length'), told.body.length, most),
          body: told.body,
          at: told.at ?? at(),
        };
        keep(key, answer);
        return answer;
      } catch (error) {
        return { ...nothing, failure: failureOf(error), body: new Uint8Array(), at: at() };
      }
    },
  };
}

/** As the server says; else what came, where that is all of it. */
function sizeOf(said: string | null, came: number, most: number): number | null {
  if (said !== null && /^\d{1,15}$/.test(said.trim())) return Math.max(Number(said), came);
  return came < most ? came : null;
}

/** A message may quote what a stranger's server said; a code never does. */
function failureOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (/^(?:Abort|Timeout)Error$/.test(error.name)) return 'too-late';
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return error.name;
}
