/** A DNS over HTTPS service on loopback, in front of a zone: what the worker asks in place of the Internet. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { parseZone, startZoneServer } from '../../src/adapters/resolver/zone.ts';

export interface DohServer {
  url: string;
  /** How many questions have come. */
  asked: number;
  setZone(zone: Record<string, unknown>): void;
  /** Dead: every connection is cut before an answer. */
  dead: boolean;
  close(): Promise<void>;
}

export async function startDohServer(): Promise<DohServer> {
  const zones = await startZoneServer(zoneOf({}));
  const http = createServer(async (request, response) => {
    doh.asked += 1;
    if (doh.dead) {
      request.socket.destroy();
      return;
    }
    try {
      const message = await askOverTcp(zones.port, await questionOf(request));
      response.writeHead(200, { 'content-type': 'application/dns-message' }).end(message);
    } catch (error) {
      response.writeHead(400).end(String(error));
    }
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const doh: DohServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/dns-query`,
    asked: 0,
    dead: false,
    setZone: (zone) => zones.setZone(zoneOf(zone)),
    async close() {
      http.close();
      http.closeAllConnections();
      await zones.close();
    },
  };
  return doh;
}

function zoneOf(written: Record<string, unknown>) {
  const parsed = parseZone(written);
  if (!parsed.ok) throw new Error(`the zone cannot be read: ${parsed.message}`);
  return parsed.zone;
}

async function questionOf(request: IncomingMessage): Promise<Buffer> {
  const { method, headers } = request;
  if (method !== 'POST' || headers['content-type'] !== 'application/dns-message') {
    throw new Error(`not a question by RFC 8484: ${method} ${headers['content-type']}`);
  }
  return buffer(request);
}

/** Over TCP, so that no answer is cut short (RFC 1035 section 4.2.2: two octets of length before each). */
async function askOverTcp(port: number, question: Buffer): Promise<Buffer> {
  const socket = connect(port, '127.0.0.1');
  const length = Buffer.alloc(2);
  length.writeUInt16BE(question.length);
  socket.write(Buffer.concat([length, question]));
  let received = Buffer.alloc(0);
  for await (const chunk of socket) {
    received = Buffer.concat([received, chunk as Buffer]);
    if (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) break;
  }
  return received.subarray(2, 2 + received.readUInt16BE(0));
}
