import { createSocket } from 'node:dgram';
import { getServers } from 'node:dns';
import { connect, isIPv6 } from 'node:net';
import type { Clock, DnsAnswer, Resolver } from '../../ports.ts';
import { addressText, parseResolver, type ServerAddress } from './address.ts';
import { createGate, questionsAtOnce } from './gate.ts';
import {
  encodeQuestion,
  isAnswer,
  noReply,
  type Query,
  type Reading,
  type Reply,
  readReply,
  toAnswer,
  unaskable,
} from './wire.ts';

export interface UdpResolverOptions {
  /** Asked in this order. */
  servers: readonly ServerAddress[];
  /** Milliseconds for one server, TCP included. */
  attemptTimeoutMs?: number;
  /** How many times a server that stays silent is asked. */
  attempts?: number;
  /** Questions under way at the same time; the others wait. */
  concurrency?: number;
  clock: Clock;
}

/**
 * A stub resolver over UDP, with TCP for what does not fit (RFC 7766). Takes the first server that answers;
 * a server that fails is not asked again. `timeout` also stands for a server that cannot be reached.
 */
export function createUdpResolver(options: UdpResolverOptions): Resolver {
  const { servers, attemptTimeoutMs = 2000, attempts = 2, concurrency = questionsAtOnce, clock } = options;
  const gate = createGate(concurrency);

  async function askServers(query: Query, signal: AbortSignal): Promise<[Reply, ServerAddress | undefined]> {
    let waiting = [...servers];
    let failure: [Reply, ServerAddress | undefined] | undefined;
    let silence: [Reply, ServerAddress | undefined] = [
      noReply('timeout', servers.length === 0 ? 'no DNS server is set' : givenUp),
      servers[0],
    ];
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      for (const server of waiting) {
        if (signal.aborted) return [noReply('timeout', givenUp), server];
        const reply = await exchange(server, query, attemptTimeoutMs, signal);
        if (isAnswer(reply.status)) return [reply, server];
        if (reply.status === 'timeout') {
          silence = [reply, server];
        } else {
          failure = [reply, server];
          waiting = waiting.filter((other) => other !== server);
        }
      }
    }
    return failure ?? silence;
  }

  return {
    async ask(question, signal): Promise<DnsAnswer> {
      const end = (reply: Reply, server = servers[0]) =>
        toAnswer(question, reply, server ? addressText(server) : 'none', clock.now());
      const query = encodeQuestion(question);
      if (query === undefined) return end(unaskable);
      if (!(await gate.enter(signal))) return end(noReply('timeout', givenUp));
      try {
        return end(...(await askServers(query, signal)));
      } finally {
        gate.leave();
      }
    },
  };
}

const givenUp = 'given up before an answer came';

/** The name servers of this machine. */
export function systemServers(): ServerAddress[] {
  return getServers().flatMap((text) => {
    const choice = parseResolver(text);
    return 'kind' in choice && choice.kind === 'udp' ? [{ address: choice.address, port: choice.port }] : [];
  });
}

/** One server, one attempt: UDP, without EDNS where the server does not know it, then TCP if the answer was cut. Never rejects. */
async function exchange(
  server: ServerAddress,
  query: Query,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Reply> {
  // A timer that is cleared: those of AbortSignal go on after the answer, and are followed for as long by the collector.
  const ending = new AbortController();
  const { signal: deadline } = ending;
  const giveUp = () => ending.abort();
  const timer = setTimeout(giveUp, timeoutMs);
  signal.addEventListener('abort', giveUp);
  if (signal.aborted) giveUp();
  let over = 'UDP';
  try {
    let asking = query;
    let first = await askOverUdp(server, asking, deadline);
    if (first.kind === 'plain') {
      asking = encodeQuestion(query.question, undefined, false) ?? query;
      first = await askOverUdp(server, asking, deadline);
    }
    if (first.kind === 'reply') return first;
    if (first.kind === 'plain') return first.reply;
    over = 'TCP';
    const second = await askOverTcp(server, asking, deadline);
    if (second.kind === 'reply') return second;
    if (second.kind === 'plain') return second.reply;
    return noReply('malformed', second.kind === 'truncated' ? 'cut short over TCP too' : second.why);
  } catch (error) {
    if (signal.aborted) return noReply('timeout', givenUp);
    if (deadline.aborted) return noReply('timeout', `no answer over ${over} within ${timeoutMs} ms`);
    return noReply('timeout', `no answer over ${over}: ${error instanceof Error ? error.message : error}`);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}

/**
 * A socket of its own for each question, so that the port is random and the kernel drops what comes from
 * elsewhere (RFC 5452 section 9). What is not our answer is passed over and the wait goes on.
 */
function askOverUdp(
  server: ServerAddress,
  query: Query,
  signal: AbortSignal,
): Promise<Exclude<Reading, { kind: 'foreign' }>> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = createSocket(isIPv6(server.address) ? 'udp6' : 'udp4');
    let open = true;
    let peer: { address: string; port: number } | undefined;
    const close = () => {
      if (open) socket.close();
      open = false;
      signal.removeEventListener('abort', onAbort);
    };
    const fail = (error: unknown) => {
      close();
      reject(error);
    };
    const onAbort = () => fail(signal.reason);
    signal.addEventListener('abort', onAbort);
    socket.on('error', fail);
    socket.on('message', (bytes, from) => {
      // The socket hears everyone between bind and connect, so the sender is looked at too.
      if (!open || from.port !== peer?.port || unscoped(from.address) !== unscoped(peer.address)) return;
      const reading = readReply(bytes, query);
      if (reading.kind === 'foreign') return;
      close();
      resolve(reading);
    });
    socket.on('connect', () => {
      if (!open) return;
      peer = socket.remoteAddress();
      socket.send(query.bytes, (error) => error && fail(error));
    });
    socket.connect(server.port, server.address);
  });
}

/** `fe80::1%eth0` without its zone, which Node writes in one place and not in the other. */
function unscoped(address: string): string {
  return address.replace(/%.*$/, '');
}

/** Each message is preceded by its length in two octets (RFC 1035 section 4.2.2), so 65535 bounds it. */
function askOverTcp(server: ServerAddress, query: Query, signal: AbortSignal): Promise<Reading> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = connect({ host: server.address, port: server.port, noDelay: true });
    let received = Buffer.alloc(0);
    const close = () => {
      socket.destroy();
      signal.removeEventListener('abort', onAbort);
    };
    const fail = (error: unknown) => {
      close();
      reject(error);
    };
    const onAbort = () => fail(signal.reason);
    signal.addEventListener('abort', onAbort);
    socket.on('error', fail);
    socket.on('close', () => fail(new Error('the connection was closed before the answer was whole')));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 2) return;
      const end = 2 + received.readUInt16BE(0);
      if (received.length < end) return;
      close();
      resolve(readReply(received.subarray(2, end), query));
    });
    const length = Buffer.alloc(2);
    length.writeUInt16BE(query.bytes.length);
    socket.write(Buffer.concat([length, query.bytes]));
  });
}
