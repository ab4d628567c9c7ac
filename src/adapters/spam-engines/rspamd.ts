/** rspamd: POST /checkv2 of its normal worker, or of its controller with a password; over TCP or a socket. */
import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { SpamEngine, SpamOpinion } from '../../ports.ts';
import type { HttpAddress } from './address.ts';
import { createTurns, plain } from './opinion.ts';
import { opinionOf } from './rspamd-answer.ts';

export interface RspamdOptions {
  address: HttpAddress;
  /** Of a controller, or of a worker that asks for one. */
  password?: string | undefined;
  /** Milliseconds for one message. */
  timeoutMs?: number;
  /** Messages at the same time. */
  atOnce?: number;
}

/** Of an answer; a usual one has 2 to 6 KB. */
const answerBytes = 1024 * 1024;

export function createRspamdEngine(options: RspamdOptions): SpamEngine {
  const { timeoutMs = 25_000, atOnce = 4 } = options;
  const inTurn = createTurns(atOnce);
  return {
    id: 'rspamd',
    async score(message, signal) {
      const ended = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      const answer = await inTurn(ended, () => post(options, message, ended));
      if (!answer) return unanswered('out of time');
      return 'failure' in answer ? unanswered(answer.failure) : opinionOf(answer.server, answer.body);
    },
  };
}

function unanswered(detail: string): SpamOpinion {
  return { known: false, engine: 'rspamd', detail: plain(detail) };
}

/** Follows no redirect. Never rejects. */
function post(
  { address: { secure, ...address }, password }: RspamdOptions,
  message: Uint8Array,
  signal: AbortSignal,
): Promise<{ server: string; body: string } | { failure: string }> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve({ failure: 'out of time' });
    const send = secure ? secureRequest : plainRequest;
    const request = send({
      ...('path' in address ? { socketPath: address.path, host: 'localhost' } : address),
      path: '/checkv2',
      method: 'POST',
      agent: false,
      headers: {
        'Content-Type': 'message/rfc822',
        'Content-Length': message.length,
        ...(password === undefined ? {} : { Password: password }),
      },
    });
    const end = (result: { server: string; body: string } | { failure: string }) => {
      signal.removeEventListener('abort', onAbort);
      request.destroy();
      resolve(result);
    };
    const onAbort = () => end({ failure: 'out of time' });
    signal.addEventListener('abort', onAbort, { once: true });
    request.on('error', (error: NodeJS.ErrnoException) => end({ failure: error.code ?? 'failed' }));
    request.on('response', (response) => {
      if (response.statusCode !== 200) return end({ failure: `HTTP ${response.statusCode}` });
      const pieces: Buffer[] = [];
      let size = 0;
      response.on('data', (bytes: Buffer) => {
        size += bytes.length;
        if (size > answerBytes) return end({ failure: 'an answer that is too long' });
        pieces.push(bytes);
      });
      response.on('error', () => end({ failure: 'cut short' }));
      response.on('end', () => {
        const body = new TextDecoder().decode(Buffer.concat(pieces));
        end(
          response.complete
            ? { server: String(response.headers.server ?? ''), body }
            : { failure: 'cut short' },
        );
      });
    });
    request.end(message);
  });
}
