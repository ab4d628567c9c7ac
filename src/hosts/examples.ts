/** Whole senders and messages from fixtures/worlds, to try Klarsignal on without a mail or a network. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createZoneResolver, parseZone, type Zone } from '../adapters/resolver/zone.ts';
import type { Example, ExampleName } from '../audits.ts';
import type { Clock, Resolver } from '../ports.ts';
import type { Preflight } from '../preflight.ts';
import type { Handed } from '../submission.ts';

const worlds: Record<ExampleName, string> = {
  clear: 'clear',
  faults: 'blocked-by-many-faults',
  silent: 'undecided-by-dead-dns',
};

export const worldsFolder = new URL('../../fixtures/worlds/', import.meta.url).pathname;

export interface Examples {
  examples: ReadonlyMap<ExampleName, Example>;
  close(): Promise<void>;
}

/**
 * Reads the examples and opens a resolver for each, on loopback, whose whole world is the example's zone.
 * One that cannot be had is left out and told to `log`.
 */
export async function openExamples(
  preflightWith: (resolver: Resolver) => Preflight,
  clock: Clock,
  log: (error: unknown, name: ExampleName) => void,
): Promise<Examples> {
  const examples = new Map<ExampleName, Example>();
  const resolvers: { close(): Promise<void> }[] = [];
  for (const [name, folder] of Object.entries(worlds) as [ExampleName, string][]) {
    try {
      const { handed, zone } = readWorld(join(worldsFolder, folder));
      const resolver = await createZoneResolver(zone, clock);
      resolvers.push(resolver);
      examples.set(name, { handed, preflight: preflightWith(resolver) });
    } catch (error) {
      log(error, name);
    }
  }
  return {
    examples,
    async close() {
      await Promise.all(resolvers.map((resolver) => resolver.close()));
    },
  };
}

/**
 * A folder with message.json (the fields, and `template`: a file beside it) and zone.json.
 * @throws Error when a file is missing or cannot be read.
 */
export function readWorld(folder: string): { handed: Handed; zone: Zone } {
  const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const { template, ...fields } = read('message.json');
  const zone = parseZone(read('zone.json'));
  if (!zone.ok) throw new Error(`${zone.path.join(' ')}: ${zone.message}`);
  const bytes = new Uint8Array(readFileSync(join(folder, template)));
  const filename = String(template).split('/').at(-1);
  return { handed: { ...fields, filename, bytes }, zone: zone.zone };
}
