import type { Clock, DnsAnswer, Resolver } from '../../ports.ts';
import { createGate, questionsAtOnce } from './gate.ts';
import { encodeQuestion, noReply, type Query, type Reply, readReply, toAnswer, unaskable } from './wire.ts';

export interface HttpsResolverOptions {
  /** The whole URL of the DoH service, such as https://cloudflare-dns.com/dns-query. */
  url: string;
  fetch?: typeof globalThis.fetch;
  /** Milliseconds for one attempt, the body included. */
  timeoutMs?: number;
  /** Questions under way at the same time, each perhaps a connection; the others wait. */
  concurrency?: number;
  clock: Clock;
}

const mediaType = 'application/dns-message';
const maxBytes = 65535;
const attempts = 2;

/**
 * DNS over HTTPS (RFC 8484), by POST. A second attempt follows silence, HTTP 5xx and 429. An HTTP error is
 * `servfail`, an unreachable service `timeout`, anything that is not a DNS message `malformed`.
 * @throws TypeError when the URL is not one.
 */
export function createHttpsResolver(options: HttpsResolverOptions): Resolver {
  const { url, fetch = globalThis.fetch, timeoutMs = 5000, concurrency = questionsAtOnce, clock } = options;
  const gate = createGate(concurrency);
  // Only the origin is named: some services put an account's key in the path.
  const resolver = new URL(url).origin;

  async function attempt(query: Query, signal: AbortSignal): Promise<{ reply: Reply; again: boolean }> {
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': mediaType, accept: mediaType },
        body: query.bytes,
        // 'error' is not implemented in workerd; with 'manual' a redirect is a status other than 200.
        redirect: 'manual',
        signal: deadline,
      });
      if (response.status !== 200) {
        await response.body?.cancel();
        const again = response.status >= 500 || response.status === 429;
        return { reply: noReply('servfail', `HTTP ${response.status}`), again };
      }
      return { reply: await readResponse(response, query), again: false };
    } catch (error) {
      if (signal.aborted) return { reply: noReply('timeout', givenUp), again: false };
      const why = deadline.aborted ? `no answer within ${timeoutMs} ms` : `no answer: ${reason(error)}`;
      return { reply: noReply('timeout', why), again: true };
    }
  }

  return {
    async ask(question, signal): Promise<DnsAnswer> {
      const end = (reply: Reply) => toAnswer(question, reply, resolver, clock.now());
      // Id 0 lets HTTP caches see equal questions as equal (RFC 8484 section 4.1).
      const query = encodeQuestion(question, 0);
      if (query === undefined) return end(unaskable);
      if (!(await gate.enter(signal))) return end(noReply('timeout', givenUp));
      try {
        let reply = noReply('timeout', givenUp);
        for (let count = 0; count < attempts && !signal.aborted; count += 1) {
          const result = await attempt(query, signal);
          reply = result.reply;
          if (!result.again) break;
        }
        return end(reply);
      } finally {
        gate.leave();
      }
    },
  };
}

const givenUp = 'given up before an answer came';

async function readResponse(response: Response, query: Query): Promise<Reply> {
  const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== mediaType) {
    await response.body?.cancel();
    return noReply('malformed', `the content type is ${type ?? 'missing'}, not ${mediaType}`);
  }
  const bytes = await readBounded(response);
  if (bytes === undefined) return noReply('malformed', `the body is larger than ${maxBytes} bytes`);
  const reading = readReply(bytes, query);
  if (reading.kind === 'reply') return reading;
  if (reading.kind === 'plain') return reading.reply;
  return noReply('malformed', reading.kind === 'truncated' ? 'cut short over HTTPS' : reading.why);
}

async function readBounded(response: Response): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    // Leaving the loop cancels the stream.
    if (length > maxBytes) return undefined;
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** The code if there is one: the message of a fetch error may repeat the URL. */
function reason(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return error instanceof Error ? error.name : 'unknown error';
}
