/** Loopback servers that misbehave on request, and messages to misbehave with. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type Answer, type DecodedPacket, decode, encode, type Packet, type RecordType } from 'dns-packet';
import type { DnsAnswer, DnsQuestion } from '../../src/ports.ts';

export const clock = { now: () => new Date('2026-11-05T12:00:00Z') };
export const never = new AbortController().signal;
export const question: DnsQuestion = { name: 'example.se', type: 'TXT' };

const closers: (() => Promise<void>)[] = [];
/** Call it after each test. */
export async function closePeers(): Promise<void> {
  await Promise.all(closers.splice(0).map((close) => close()));
}

export function onClose(close: () => Promise<void>): void {
  closers.push(close);
}

export interface MessageParts {
  id?: number;
  rcode?: number;
  /** Bits of the second header word beside QR and the rcode. */
  flags?: number;
  name?: string;
  type?: RecordType;
  class?: 'IN' | 'CH';
  answers?: Answer[];
  authorities?: Answer[];
  additionals?: Answer[];
  query?: boolean;
}

const recursionAvailable = 1 << 7;
export const authenticated = 1 << 5;
export const truncated = 1 << 9;
export const authoritative = 1 << 10;

/** A whole answer to the query; the parts say where it differs from an empty NOERROR. */
export function reply(query: Packet, parts: MessageParts = {}): Buffer {
  const [asked] = query.questions ?? [];
  return encode({
    type: parts.query ? 'query' : 'response',
    id: parts.id ?? query.id ?? 0,
    flags: (parts.flags ?? recursionAvailable) | (parts.rcode ?? 0),
    questions: [
      { name: parts.name ?? asked?.name ?? '.', type: parts.type ?? asked?.type ?? 'A', class: parts.class },
    ],
    answers: parts.answers ?? [],
    authorities: parts.authorities ?? [],
    additionals: parts.additionals ?? [],
  });
}

export function txt(name: string, ...data: string[]): Answer {
  return { type: 'TXT', name, ttl: 60, data };
}

export function cname(name: string, data: string): Answer {
  return { type: 'CNAME', name, ttl: 60, data };
}

/** An OPT record with an extended error, and the high bits of the rcode. */
export function opt(extendedRcode: number, code?: number, text = ''): Answer {
  const data = Buffer.concat([Buffer.from([0, code ?? 0]), Buffer.from(text)]);
  // The types of dns-packet do not know option 15.
  const option = { code: 15, data } as unknown as { code: 12; data: Buffer };
  return {
    type: 'OPT',
    name: '.',
    udpPayloadSize: 1232,
    extendedRcode,
    ednsVersion: 0,
    flags: 0,
    flag_do: false,
    options: code === undefined ? [] : [option],
  };
}

export interface Asked {
  query: DecodedPacket;
  bytes: Buffer;
  /** 1 for the first query that this server got. */
  count: number;
  /** The port that the question came from. */
  port: number;
  send(bytes: Uint8Array): void;
  /** Sends from another port of the same host. */
  sendFromElsewhere(bytes: Uint8Array): Promise<void>;
}

export async function udpPeer(
  onQuery: (asked: Asked) => void,
  { address = '127.0.0.1', port = 0 } = {},
): Promise<{ address: string; port: number }> {
  const type = address.includes(':') ? 'udp6' : 'udp4';
  const socket = createSocket(type);
  let count = 0;
  socket.on('message', (bytes, from) => {
    count += 1;
    onQuery({
      query: decode(bytes),
      bytes,
      count,
      port: from.port,
      send: (answer) => socket.send(answer, from.port, from.address),
      async sendFromElsewhere(answer) {
        const other = createSocket(type);
        await new Promise((sent) => other.send(answer, from.port, from.address, sent));
        other.close();
      },
    });
  });
  socket.bind(port, address);
  await once(socket, 'listening');
  onClose(async () => {
    socket.close();
  });
  return { address, port: socket.address().port };
}

/** Gets each connection; what it does there is its own affair. */
export async function tcpPeer(onConnection: (socket: Socket) => void, port = 0): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    onConnection(socket);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  onClose(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A port on which a UDP and a TCP peer both stand. */
export async function bothPeers(onQuery: (asked: Asked) => void, onConnection: (socket: Socket) => void) {
  for (;;) {
    const server = await udpPeer(onQuery);
    const tcp = await tcpPeer(onConnection, server.port).catch(() => undefined);
    if (tcp !== undefined) return server;
  }
}

export function framed(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** The URL of a DoH service. */
export async function httpPeer(listener: RequestListener): Promise<string> {
  const server = createHttpServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onClose(async () => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/dns-query`;
}

/** Status and data, the part most tests look at. */
export function summary(answer: DnsAnswer): string[] {
  return [answer.status, ...answer.records.map((record) => `${record.name} ${record.type} ${record.data}`)];
}
