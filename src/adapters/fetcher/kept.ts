import type { Clock, Fetcher } from '../../ports.ts';

/** Milliseconds that a file is kept. */
const keptMs = 24 * 3_600_000;

type Answer = Awaited<ReturnType<Fetcher['fetch']>>;

/**
 * Fetches these files, which change by the week, once a day in this process, and all else each time. What is not there,
 * or is longer than was asked for, is never kept.
 */
export function createKeptFetcher(
  fetcher: Fetcher,
  { urls, clock }: { urls: readonly string[]; clock: Clock },
): Fetcher {
  const kept = new Map<string, { answer: Answer; at: Date }>();
  return {
    async fetch(url, request, signal) {
      if (request.method !== 'GET' || request.headers || !urls.includes(url)) {
        return fetcher.fetch(url, request, signal);
      }
      const known = kept.get(url);
      const now = clock.now();
      if (known && now.getTime() - known.at.getTime() < keptMs) {
        const { answer, at } = known;
        return { ...answer, body: answer.body.subarray(0, request.most), at: at.toISOString() };
      }
      const answer = await fetcher.fetch(url, request, signal);
      const isWhole = answer.status === 200 && answer.body.length < request.most;
      if (isWhole) kept.set(url, { answer, at: now });
      else kept.delete(url);
      return answer;
    },
  };
}
