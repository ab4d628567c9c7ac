/** Whole senders and messages from fixtures/worlds, to try Klarsignal on without a mail or a network. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPageFetcher } from '../adapters/fetcher/pages.ts';
import { createVisitor } from '../adapters/fetcher/visitor.ts';
import { createDescribedServers, type DescribedServers } from '../adapters/mail-servers/described.ts';
import { createZoneResolver, parseZone, type Zone } from '../adapters/resolver/zone.ts';
import type { Example, ExampleName } from '../audits.ts';
import type { Clock, Fetcher, MailServers, Resolver, Visitor, WrittenPages } from '../ports.ts';
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

/** All that there is in an example. */
export interface ExampleWorld {
  resolver: Resolver;
  fetcher: Fetcher;
  visitor: Visitor;
  mailServers: MailServers;
}

/**
 * Reads the examples and opens a resolver for each, on loopback, whose whole world is the example's zone.
 * One that cannot be had is left out and told to `log`.
 */
export async function openExamples(
  preflightWith: (world: ExampleWorld) => Preflight,
  clock: Clock,
  log: (error: unknown, name: ExampleName) => void,
): Promise<Examples> {
  const examples = new Map<ExampleName, Example>();
  const resolvers: { close(): Promise<void> }[] = [];
  for (const [name, folder] of Object.entries(worlds) as [ExampleName, string][]) {
    try {
      const { handed, ...told } = readWorld(join(worldsFolder, folder));
      const { close, ...world } = await openWorld(told, clock);
      resolvers.push({ close });
      examples.set(name, { handed, preflight: preflightWith(world) });
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

/** What a folder tells of the world around a message. */
export interface ToldWorld {
  zone: Zone;
  pages: WrittenPages;
  servers: DescribedServers;
}

/** Its DNS on loopback, its web and its mail servers. @throws when no loopback port can be had. */
export async function openWorld(
  { zone, pages, servers }: ToldWorld,
  clock: Clock,
): Promise<ExampleWorld & { close(): Promise<void> }> {
  const resolver = await createZoneResolver(zone, clock);
  const fetcher = createPageFetcher(pages);
  const mailServers = createDescribedServers(servers, clock);
  const visitor = createVisitor(fetcher, { clock });
  return { resolver, fetcher, visitor, mailServers, close: resolver.close };
}

/**
 * A folder with message.json (the fields, and `template`: a file beside it) and zone.json; where there are any,
 * pages.json (what the web answers, by address) and servers.json (mail servers, by host).
 * @throws Error when a file is missing or cannot be read.
 */
export function readWorld(folder: string): ToldWorld & { handed: Handed } {
  const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const ifThere = (file: string) => (existsSync(join(folder, file)) ? read(file) : {});
  const { template, ...fields } = read('message.json');
  const zone = parseZone(read('zone.json'));
  if (!zone.ok) throw new Error(`${zone.path.join(' ')}: ${zone.message}`);
  const bytes = new Uint8Array(readFileSync(join(folder, template)));
  const filename = String(template).split('/').at(-1);
  const around = { zone: zone.zone, pages: ifThere('pages.json'), servers: ifThere('servers.json') };
  return { handed: { ...fields, filename, bytes }, ...around };
}
