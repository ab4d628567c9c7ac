import { once } from 'node:events';
import { isIPv6, type Socket } from 'node:net';
import { encode, type OptAnswer, type Packet } from 'dns-packet';
import dns2 from 'dns2';
import { type Clock, type RecordType, type Resolver, recordTypes } from '../../ports.ts';
import type { ServerAddress } from './address.ts';
import { foldName } from './name.ts';
import { createUdpResolver } from './udp.ts';
import { isSecure, lookUp, type Zone, type ZoneFailure } from './zone-file.ts';

export { parseZone, type Zone, type ZoneFault, type ZoneParse } from './zone-file.ts';

export interface ZoneServer extends ServerAddress {
  /** Questions by `name TYPE`. One asked again over TCP because the answer was long counts once. */
  asked: Map<string, number>;
  setZone(zone: Zone): void;
  close(): Promise<void>;
}

const typeCodes: Record<RecordType, number> = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  DS: 43,
  TLSA: 52,
  CAA: 257,
};
/** Answers of a zone file live this long, in seconds. */
const ttl = 300;
const rcodes: Record<Exclude<ZoneFailure, 'TIMEOUT'> | 'NOERROR', number> = {
  NOERROR: 0,
  SERVFAIL: 2,
  BOGUS: 2,
  EXPIRED: 2,
  NXDOMAIN: 3,
  REFUSED: 5,
};
const authoritative = 1 << 10;
const recursionAvailable = 1 << 7;
const authenticData = 1 << 5;
const maxMessage = 65535;

/**
 * Serves a zone on one loopback port, UDP and TCP.
 * @throws when no port can be had on the host.
 */
export async function startZoneServer(
  first: Zone,
  { host = '127.0.0.1' }: { host?: string } = {},
): Promise<ZoneServer> {
  let zone = first;
  const asked = new Map<string, number>();

  const answer = (request: dns2.Packet, send: (message: Buffer) => Promise<unknown>, overUdp: boolean) => {
    const [question] = request.questions;
    if (question === undefined) return;
    const type = recordTypes.find((known) => typeCodes[known] === question.type);
    if (overUdp) {
      const key = `${foldName(question.name)} ${type ?? `TYPE${question.type}`}`;
      asked.set(key, (asked.get(key) ?? 0) + 1);
    }
    const message = respond(zone, request, type);
    // The client may be gone by now; that is its affair.
    if (message !== undefined) Promise.resolve(send(message)).catch(() => {});
  };

  const { udp, tcp, port } = await listen(host, answer);
  const connections = new Set<Socket>();
  tcp.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });
  let closed: Promise<void> | undefined;

  return {
    address: host,
    port,
    asked,
    setZone(next) {
      zone = next;
    },
    close() {
      closed ??= (async () => {
        const ends = [once(udp, 'close'), once(tcp, 'close')];
        udp.close();
        tcp.close();
        for (const socket of connections) socket.destroy();
        await Promise.all(ends);
      })();
      return closed;
    },
  };
}

type AnswerRequest = (
  request: dns2.Packet,
  send: (message: Buffer) => Promise<unknown>,
  overUdp: boolean,
) => void;

/** TCP picks the port and UDP must get the same; another program may hold it there, so this tries again. */
async function listen(host: string, answer: AnswerRequest) {
  for (let attempt = 1; ; attempt += 1) {
    const tcp = dns2.createTCPServer((request, send) => answer(request, send, false));
    tcp.listen(0, host);
    await once(tcp, 'listening');
    const address = tcp.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const udp = dns2.createUDPServer({ type: isIPv6(host) ? 'udp6' : 'udp4' });
    udp.on('request', (request, send) => answer(request, send, true));
    try {
      udp.bind(port, host);
      await once(udp, 'listening');
      for (const server of [udp, tcp]) server.on('error', () => {});
      return { udp, tcp, port };
    } catch (error) {
      udp.close();
      tcp.close();
      if (attempt === 10 || !(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) {
        throw error;
      }
    }
  }
}

/** RFC 8914 sections 4.7 and 4.8. */
const extendedErrors: Partial<Record<ZoneFailure | 'NOERROR', number>> = { BOGUS: 6, EXPIRED: 7 };

function extended(code: number): OptAnswer {
  // The types of dns-packet do not know option 15.
  const option = { code: 15, data: Buffer.from([0, code]) } as unknown as OptAnswer['options'][number];
  const record = { type: 'OPT' as const, name: '.', udpPayloadSize: 1232, extendedRcode: 0 };
  return { ...record, ednsVersion: 0, flags: 0, flag_do: false, options: [option] };
}

/**
 * The answer as bytes, undefined for silence. Encoded by dns-packet and handed to dns2 raw, because dns2
 * knows no TLSA and no DS and corrupts long TXT strings; dns2 sets TC and cuts it where UDP needs that.
 */
function respond(zone: Zone, request: dns2.Packet, type: RecordType | undefined): Buffer | undefined {
  const [question] = request.questions;
  const { outcome, records } = lookUp(zone, question?.name || '.', type);
  if (question === undefined || outcome === 'TIMEOUT') return undefined;
  const isAnswer = outcome === 'NOERROR' || outcome === 'NXDOMAIN';
  const ends = records.flatMap(({ record }) => (record.type === 'CNAME' ? [record.data] : []));
  const secure = isAnswer && isSecure(zone, question.name, type, ends);
  const message = (rcode: number, full: boolean): Packet => ({
    type: 'response',
    id: request.header.id,
    flags:
      authoritative |
      recursionAvailable |
      (request.header.rd ? 1 << 8 : 0) |
      (secure && full ? authenticData : 0) |
      rcode,
    // dns-packet takes UNKNOWN_65 for a type it has no name for.
    questions: [{ name: question.name, type: (type ?? `UNKNOWN_${question.type}`) as RecordType }],
    answers: full ? records.map(({ name, record }) => ({ ...record, name, ttl })) : [],
    additionals: extendedErrors[outcome] === undefined ? [] : [extended(extendedErrors[outcome])],
  });
  const bytes = encode(message(rcodes[outcome], true));
  return bytes.length <= maxMessage ? bytes : encode(message(rcodes.SERVFAIL, false));
}

/**
 * A resolver whose whole world is the zone, asked over real sockets. Close it when done.
 * @throws when no loopback port can be had.
 */
export async function createZoneResolver(
  zone: Zone,
  clock: Clock,
): Promise<Resolver & { asked: ReadonlyMap<string, number>; close(): Promise<void> }> {
  const server = await startZoneServer(zone);
  const patient = createUdpResolver({ servers: [server], attemptTimeoutMs: 5000, clock });
  // Silence is known beforehand, so nobody waits long for it; what is not silent may take its time, or a
  // busy process would turn an answer into a timeout.
  const hasty = createUdpResolver({ servers: [server], attemptTimeoutMs: 20, attempts: 1, clock });
  return {
    ask(question, signal) {
      const silent = lookUp(zone, question.name, question.type).outcome === 'TIMEOUT';
      return (silent ? hasty : patient).ask(question, signal);
    },
    asked: server.asked,
    close: server.close,
  };
}
