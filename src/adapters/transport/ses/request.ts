/**
 * One HTTP request for the AWS SDK, and an account of how far it came. The SDK's own handler does not tell whether
 * a request that failed had been written; for mail that is the difference between not sent and perhaps sent.
 */
import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';

/** Milliseconds. */
export interface SesTimeouts {
  /** TCP and TLS. */
  connect: number;
  /** From then to the end of the answer. */
  answer: number;
  /** Of a connection that nothing goes over. */
  idle: number;
}

/** Of one call. `written`: its last byte may have left. `status`: an answer has begun. */
export interface Account {
  written: boolean;
  status: number | null;
}

interface SdkRequest {
  protocol: string;
  hostname: string;
  port?: number;
  method: string;
  path: string;
  query?: Record<string, string | string[] | null>;
  headers: Record<string, string>;
  body?: unknown;
}

interface SdkResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: Readable;
}

/** Answers of SES are some hundred bytes. */
const mostBytes = 1_000_000;

export class RequestHandler {
  readonly metadata = { handlerProtocol: 'http/1.1' };
  readonly #accounts = new WeakMap<object, Account>();
  readonly #secure: https.Agent;
  readonly #plain: http.Agent;
  readonly #timeouts: SesTimeouts;

  /** @param ca PEM of authorities instead of the system's; for tests. */
  constructor(atOnce: number, timeouts: SesTimeouts, ca: readonly string[] = []) {
    const both = {
      keepAlive: true,
      maxSockets: atOnce,
      scheduling: 'lifo' as const,
      // Closed by us and not by the server in the middle of a request: that would be an unknown.
      timeout: timeouts.idle,
    };
    this.#timeouts = timeouts;
    this.#secure = new https.Agent({
      ...both,
      minVersion: 'TLSv1.2',
      ...(ca.length > 0 ? { ca: [...ca] } : {}),
    });
    this.#plain = new http.Agent(both);
  }

  /** The account of the call that is made with this signal. */
  follow(signal: AbortSignal): Account {
    const account: Account = { written: false, status: null };
    this.#accounts.set(signal, account);
    return account;
  }

  async handle(
    request: SdkRequest,
    { abortSignal }: { abortSignal?: object } = {},
  ): Promise<{ response: SdkResponse }> {
    const signal = abortSignal instanceof AbortSignal ? abortSignal : undefined;
    const account = (signal && this.#accounts.get(signal)) ?? { written: false, status: null };
    const encrypted = request.protocol === 'https:';
    const body = bytesOf(request.body);
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const sent = (encrypted ? https : http).request({
        host: request.hostname,
        port: request.port,
        method: request.method,
        path: pathOf(request),
        headers: request.headers,
        agent: encrypted ? this.#secure : this.#plain,
      });
      let timer: NodeJS.Timeout | undefined;
      const wait = (ms: number) => {
        clearTimeout(timer);
        timer = setTimeout(() => sent.destroy(timeout()), ms);
      };
      const abort = () => sent.destroy(Object.assign(new Error('given up'), { code: 'ABORTED' }));
      const end = (act: () => void) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        act();
      };
      signal?.addEventListener('abort', abort, { once: true });
      sent.on('socket', (socket: Socket) => {
        if (!socket.connecting) return wait(this.#timeouts.answer);
        wait(this.#timeouts.connect);
        socket.once(encrypted ? 'secureConnect' : 'connect', () => wait(this.#timeouts.answer));
      });
      sent.on('error', (error) => end(() => reject(error)));
      sent.on('response', (response) => {
        account.status = response.statusCode ?? 0;
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.byteLength;
          if (size > mostBytes) sent.destroy(new Error('the answer is too long'));
          else chunks.push(chunk);
        });
        response.on('error', (error) => end(() => reject(error)));
        response.on('end', () => {
          const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
          const whole = Readable.from([Buffer.concat(chunks)], { objectMode: false });
          const statusCode = response.statusCode ?? 0;
          end(() => resolve({ response: { statusCode, headers: Object.fromEntries(headers), body: whole } }));
          // An answer that came before all was written leaves a connection that is of no more use.
          if (!account.written) sent.destroy();
        });
      });
      // The last byte waits until the others have left, and is counted before it goes: what tells that it has gone
      // comes late, after an answer or a cut, and a mail that SES may have would pass for one that it cannot have.
      const finish = (last: Buffer) => {
        if (sent.destroyed || account.status !== null) return;
        account.written = true;
        sent.end(last);
      };
      if (body.byteLength < 2) finish(body);
      else sent.write(body.subarray(0, -1), (error) => error || finish(body.subarray(-1)));
    });
  }

  /** The SDK asks for them; there is nothing to set. */
  updateHttpClientConfig(): void {}
  httpHandlerConfigs(): Record<string, never> {
    return {};
  }

  destroy(): void {
    this.#secure.destroy();
    this.#plain.destroy();
  }
}

function timeout(): Error {
  return Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' });
}

function bytesOf(body: unknown): Buffer {
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (body === undefined || body === null) return Buffer.alloc(0);
  throw new TypeError('a streaming body is not for these calls');
}

function pathOf({ path, query = {} }: SdkRequest): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value ?? ''].flat().map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(one)}`),
  );
  return pairs.length > 0 ? `${path}?${pairs.join('&')}` : path;
}
