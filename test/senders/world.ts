/**
 * Senders over a real store, real DNS packets and a settable clock. What a test sets of the world holds at once.
 *
 *     const world = await startSendersWorld();
 *     world.zone['_klarsignal.example.se'] = saying(await world.tokenOf(world.us, 'example.se'));
 *     await world.senders.check(world.us, 'example.se', never);
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createZoneResolver, parseZone } from '../../src/adapters/resolver/zone.ts';
import { openSqlite } from '../../src/adapters/store/sqlite.ts';
import type { IdentityStatus, Rehearsal, Resolver, TransportInfo } from '../../src/ports.ts';
import { createSenders, type Rehearse, type Senders } from '../../src/senders.ts';

export const never = new AbortController().signal;
export const day = 24 * 60 * 60 * 1000;
export const transport = (id: string, more: Partial<TransportInfo> = {}): TransportInfo => ({
  id,
  kind: 'smtp',
  provider: id,
  country: 'SE',
  place: `${id}.example.net:465`,
  spf: `include:${id}.example.net`,
  standardFor: [],
  ...more,
});
const transports = new Map(
  [
    transport('ses', { kind: 'ses', provider: 'Amazon SES', place: 'eu-north-1', spf: null }),
    transport('authsmtp', { country: 'GB', spf: 'include:authsmtp.com' }),
    transport('own', { spf: null }),
  ].map((one) => [one.id, one]),
);
export const tokens = ['a'.repeat(32), 'b'.repeat(32), 'c'.repeat(32)];

export const order = {
  domain: 'example.se',
  transport: 'authsmtp',
  role: 'primary',
  mailFrom: 'mejl.example.se',
} as const;

export const saying = (...values: string[]) => ({ TXT: values.map((value) => `klarsignal-sender=${value}`) });

export const codesOf = (changed: Awaited<ReturnType<Senders['add']>>) =>
  changed.kind === 'invalid' ? changed.errors.map(({ code, field }) => `${field}: ${code}`) : 'done';

export type SendersWorld = Awaited<ReturnType<typeof startSendersWorld>>;

export async function startSendersWorld() {
  const folder = await mkdtemp(join(tmpdir(), 'klarsignal-senders-'));
  const file = join(folder, 'klarsignal.db');
  const store = await openSqlite(file);
  const [us, them] = [await store.firstOrganisation(), 'org_other'];
  addOrganisation(file, them);

  const clock = { now: () => new Date(world.now) };
  /** Asks the zone as it is at that moment. */
  const resolver: Resolver = {
    async ask(question, signal) {
      const parsed = parseZone(world.zone);
      if (!parsed.ok) throw new Error(parsed.message);
      const served = await createZoneResolver(parsed.zone, clock);
      try {
        return await served.ask(question, signal);
      } finally {
        await served.close();
      }
    },
  };
  const identity = (): IdentityStatus | undefined =>
    world.selectors && {
      domain: 'SUCCESS',
      dkim: 'SUCCESS',
      mailFrom: 'SUCCESS',
      mailFromDomain: null,
      selectors: world.selectors,
      onMxFailure: 'reject',
    };
  const options: Parameters<typeof createSenders>[0] = {
    store,
    keyring: { makeDkimKey: async (domain, selector) => `KEY/${selector}/${domain}` },
    resolver,
    transports,
    identity: async (id) => (id === 'ses' ? identity() : undefined),
    rehearse: async (order) => {
      world.rehearsed.push(order);
      return world.arrival ?? { kind: 'not-arrived' };
    },
    receiver: 'in.klarsignal.example',
    warmUps: ['full', 'simplified'],
    clock,
    policy: { sending: { rehearsalDays: 30 } },
    log: (...line) => void world.logged.push(line),
  };

  const world = {
    us,
    them,
    senders: createSenders(options),
    now: Date.UTC(2026, 10, 22, 12),
    zone: {} as Record<string, unknown>,
    /** Those that SES tells of; undefined: it is silent. */
    selectors: undefined as readonly string[] | undefined,
    /** How a rehearsal ends. */
    arrival: undefined as Awaited<ReturnType<Rehearse>> | undefined,
    rehearsed: [] as Parameters<Rehearse>[0][],
    logged: [] as unknown[],
    /** As after a new start of the process, with other surroundings. */
    restart(changes: Partial<typeof options>) {
      world.senders = createSenders({ ...options, ...changes });
    },
    async tokenOf(organisation: string, domain: string): Promise<string> {
      const added = await world.senders.add(organisation, domain);
      if (added.kind !== 'done') throw new Error(JSON.stringify(added));
      return added.sender.token;
    },
    /** Registers and proves it. */
    async prove(organisation: string, domain: string): Promise<string> {
      const token = await world.tokenOf(organisation, domain);
      world.zone[`_klarsignal.${domain}`] = saying(token);
      const checked = await world.senders.check(organisation, domain, never);
      if (checked !== 'active') throw new Error(`the sender is not proved: ${checked}`);
      return token;
    },
    /** One that ends now, with nothing to be mended. */
    rehearsal(more: Partial<Rehearsal>): Rehearsal {
      const at = new Date(world.now).toISOString();
      return {
        startedAt: at,
        endedAt: at,
        passed: true,
        returns: true,
        problems: [],
        spf: 'pass',
        dkim: 'pass',
        dmarc: 'pass',
        envelopeFrom: 'r-x@mejl.example.se',
        dkimDomains: ['example.se'],
        ip: '192.0.2.1',
        tls: true,
        detail: '',
        ...more,
      };
    },
    async close() {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
  return world;
}

/** The port makes only the first one. */
function addOrganisation(file: string, id: string): void {
  const db = new DatabaseSync(file);
  db.prepare('INSERT INTO organisation (id, name, created_at) VALUES (?, ?, ?)').run(
    id,
    id,
    '2026-01-01T00:00:00.000Z',
  );
  db.close();
}
