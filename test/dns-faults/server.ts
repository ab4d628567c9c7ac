/** A DNS server on loopback that knows the truth, and answers as a test wants it to. */
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { type DecodedPacket, decode } from 'dns-packet';
import { parseZone, startZoneServer } from '../../src/adapters/resolver/zone.ts';
import { bothPeers, framed, onClose } from '../adapters/resolver-peers.ts';

export interface Question {
  query: DecodedPacket;
  /** `name TYPE`. */
  asked: string;
  edns: boolean;
  /** Over TCP. */
  tcp: boolean;
  /** What a sound server answers. */
  truth(): Promise<Buffer>;
  send(bytes: Uint8Array): void;
  /** Over UDP alone: from another port, or from another address of this machine. */
  sendFrom(address: string, bytes: Uint8Array): Promise<void>;
  /** Over TCP alone: cuts the connection. */
  hangUp(): void;
}

export interface FaultyServer {
  address: string;
  port: number;
  /** Questions over UDP, as `name TYPE`. */
  asked: string[];
}

/** Closed with the other peers. */
export async function startFaulty(
  zone: Record<string, unknown>,
  behave: (question: Question) => unknown,
): Promise<FaultyServer> {
  const parsed = parseZone(zone);
  if (!parsed.ok) throw new Error(`the zone cannot be read: ${parsed.message}`);
  const sound = await startZoneServer(parsed.zone);
  onClose(sound.close);
  const asked: string[] = [];
  let open = true;
  onClose(async () => {
    open = false;
  });
  const describe = (query: DecodedPacket) => {
    const [one] = query.questions ?? [];
    return {
      query,
      asked: `${one?.name.toLowerCase()} ${one?.type}`,
      edns: query.additionals?.some(({ type }) => type === 'OPT') ?? false,
    };
  };
  const server = await bothPeers(
    ({ query, bytes, port, send }) => {
      const told = describe(query);
      asked.push(told.asked);
      behave({
        ...told,
        tcp: false,
        truth: () => overUdp(bytes, sound.port),
        send(answer) {
          // A slow answer may come when the test is over.
          if (open) send(answer);
        },
        async sendFrom(address, answer) {
          const other = createSocket('udp4');
          await new Promise<void>((bound) => other.bind(0, address, bound));
          await new Promise((sent) => other.send(answer, port, '127.0.0.1', sent));
          other.close();
        },
        hangUp: () => {},
      });
    },
    (socket) => {
      socket.on('data', (bytes) => {
        behave({
          ...describe(decode(bytes.subarray(2))),
          tcp: true,
          truth: () => overTcp(bytes, sound.port),
          send: (answer) => socket.end(framed(answer)),
          sendFrom: async () => {},
          hangUp: () => void socket.destroy(),
        });
      });
    },
  );
  return { ...server, asked };
}

function overUdp(question: Uint8Array, port: number): Promise<Buffer> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.on('message', (answer) => {
      socket.close();
      resolve(answer);
    });
    socket.send(question, port, '127.0.0.1');
  });
}

function overTcp(question: Uint8Array, port: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let received = Buffer.alloc(0);
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) return;
      socket.destroy();
      resolve(received.subarray(2));
    });
    socket.write(question);
  });
}
