/** A DNS server on loopback that answers late: each question goes to a zone server after its delay. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { ServerAddress } from '../../../src/adapters/resolver/address.ts';

export interface Relay extends ServerAddress {
  /** Most questions under way at one time since it was last read. */
  peak(): number;
  close(): Promise<void>;
}

/** UDP and TCP on one port. `delayMs`: before each message of a client is passed on. */
export async function startRelay(behind: ServerAddress, delayMs: number): Promise<Relay> {
  let open = 0;
  let most = 0;
  const sockets = new Set<Socket>();
  const tcp = createServer((client) => {
    const server = connect(behind.port, behind.address);
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    client.on('data', (bytes) => void setTimeout(() => server.write(bytes), delayMs));
    server.pipe(client);
  });
  tcp.listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  const { port } = tcp.address() as AddressInfo;
  const udp = createSocket('udp4');
  udp.bind(port, '127.0.0.1');
  await once(udp, 'listening');
  udp.on('message', (question, from) => {
    open += 1;
    most = Math.max(most, open);
    setTimeout(() => {
      const own = createSocket('udp4');
      own.on('message', (answer) => {
        open -= 1;
        udp.send(answer, from.port, from.address);
        own.close();
      });
      own.send(question, behind.port, behind.address);
    }, delayMs);
  });
  return {
    address: '127.0.0.1',
    port,
    peak() {
      const told = most;
      most = 0;
      return told;
    },
    async close() {
      udp.close();
      for (const socket of sockets) socket.destroy();
      tcp.close();
      await once(tcp, 'close');
    },
  };
}
