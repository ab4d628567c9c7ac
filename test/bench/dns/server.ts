/** The late DNS server in a thread of its own: what it does beside the audit must not count as the audit's. */
import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { ServerAddress } from '../../../src/adapters/resolver/address.ts';
import { parseZone, startZoneServer } from '../../../src/adapters/resolver/zone.ts';
import { startRelay } from './relay.ts';

export interface Told {
  /** Times by question, as `name TYPE`. */
  asked: ReadonlyMap<string, number>;
  /** Most questions under way at one time. */
  peak: number;
}

export interface LateServer extends ServerAddress {
  /** Of what was asked since the last time. */
  tell(): Promise<Told>;
  close(): Promise<unknown>;
}

export async function startLateServer(zone: Record<string, unknown>, delayMs: number): Promise<LateServer> {
  const worker = new Worker(new URL(import.meta.url), { workerData: { zone, delayMs } });
  const [port] = (await once(worker, 'message')) as [number];
  return {
    address: '127.0.0.1',
    port,
    async tell() {
      const told = once(worker, 'message');
      worker.postMessage('tell');
      return (await told)[0] as Told;
    },
    close: () => worker.terminate(),
  };
}

if (!isMainThread && parentPort) {
  const { zone, delayMs } = workerData as { zone: Record<string, unknown>; delayMs: number };
  const parsed = parseZone(zone);
  if (!parsed.ok) throw new Error(`the zone cannot be read: ${parsed.message} at ${parsed.path.join(' > ')}`);
  const server = await startZoneServer(parsed.zone);
  const relay = await startRelay(server, delayMs);
  const main = parentPort;
  main.on('message', () => {
    const told: Told = { asked: new Map(server.asked), peak: relay.peak() };
    server.asked.clear();
    main.postMessage(told);
  });
  main.postMessage(relay.port);
}
