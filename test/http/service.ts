/**
 * The whole application on real parts: SQLite and files in a fresh directory, a zone served on loopback. What sends is
 * real too, but for the servers at the far end; nothing goes before a test calls `campaigns.work()`.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { clients } from '../../rules/clients/index.ts';
import { rules } from '../../rules/index.ts';
import { policy } from '../../rules/policy.ts';
import { providers } from '../../rules/providers/index.ts';
import { ruleSet } from '../../rules/version.ts';
import { warmUps } from '../../rules/warm-up.ts';
import { createAccess, linkLife, type Scope } from '../../src/access.ts';
import { createFileBlobs } from '../../src/adapters/blobs/files.ts';
import { csv } from '../../src/adapters/csv/parse.ts';
import { openKeyring } from '../../src/adapters/keys/keyring.ts';
import { mimeWriter } from '../../src/adapters/mime/composer.ts';
import { createMemoryQueue } from '../../src/adapters/queue/memory.ts';
import { type AuditsOptions, createAudits, createDomainAudits } from '../../src/audits.ts';
import { type CampaignsOptions, createCampaigns, createLeftOuts } from '../../src/campaigns.ts';
import { createClearances } from '../../src/clearance.ts';
import { createEvents } from '../../src/events.ts';
import { routesOf } from '../../src/hosts/sender-routes.ts';
import { createApp } from '../../src/http/app.ts';
import type { AppOptions } from '../../src/http/options.ts';
import type {
  Browser,
  Clock,
  Log,
  LogLevel,
  NotificationSource,
  Resolver,
  Scanner,
  Transport,
} from '../../src/ports.ts';
import { createPreflight, type PreflightWorld } from '../../src/preflight.ts';
import { createRecipients } from '../../src/recipients.ts';
import { createSenders, type SendersOptions } from '../../src/senders.ts';
import { createUnsubscriptions } from '../../src/unsubscribe.ts';
import { makeDataDir, openStore, withOneDkimKey } from '../made-once.ts';
import { noBrowser, resolverOf, soundZone } from '../world.ts';

export interface ServiceOptions {
  zone?: Record<string, unknown>;
  browser?: Browser;
  /** Of the person who is signed in; made if need be. The first organisation's owner without it. */
  organisation?: string;
  clock?: Clock;
  preflight?: AuditsOptions['preflight'];
  app?: Partial<AppOptions>;
  audits?: Partial<AuditsOptions>;
  senders?: Partial<SendersOptions>;
  campaigns?: Partial<CampaignsOptions>;
  /** Sending servers; none without them. */
  transports?: readonly Transport[];
  /** Checks what providers post; without it nobody posts. */
  notifications?: NotificationSource;
  scanner?: Scanner;
  /** Steps of the plan for a domain; none without them. */
  plan?: PreflightWorld['plan'];
  /** Nobody runs what is submitted. */
  idle?: boolean;
}

export async function startService(options: ServiceOptions = {}) {
  const dir = await makeDataDir('http');
  const store = await openStore(join(dir, 'klarsignal.db'));
  const blobs = createFileBlobs(join(dir, 'blobs'));
  let zone: Record<string, unknown> = { ...soundZone, ...options.zone };
  let answering = await resolverOf(zone);
  let silent = false;
  const resolver: Resolver = {
    async ask(question, signal) {
      const answer = await answering.ask(question, signal);
      return silent ? { ...answer, status: 'timeout', records: [] } : answer;
    },
  };
  const clock = options.clock ?? { now: () => new Date() };
  const logged: [string, Record<string, unknown>][] = [];
  /** What was told below the level of a fault. */
  const noted: [LogLevel, string, Record<string, unknown>][] = [];
  const log: Log = (event, fields, level = 'error') =>
    void (level === 'error' ? logged.push([event, fields]) : noted.push([level, event, fields]));
  const browser = options.browser ?? noBrowser;
  const { scanner } = options;
  const transports = new Map((options.transports ?? []).map((transport) => [transport.id, transport]));
  const preflight = createPreflight(rules, ruleSet, {
    resolver,
    browser,
    scanner,
    clock,
    policy,
    clients,
    plan: options.plan,
    providers,
    transports: [...transports.values()],
    identity: async (id, domain, signal) => transports.get(id)?.identity(domain, signal),
  });
  const audits = createAudits({
    store,
    blobs,
    queue: options.idle ? { wake: () => {} } : createMemoryQueue(() => void audits.work()),
    preflight: options.preflight ?? preflight,
    routesOf: routesOf(() => ({ senders, transports: options.transports ?? [] })),
    clock,
    policy,
    log,
    ...options.audits,
  });
  const organisation = options.organisation ?? (await store.firstOrganisation());
  if (options.organisation) addOrganisation(join(dir, 'klarsignal.db'), organisation);
  const access = createAccess({ store, clock });
  const keyring = withOneDkimKey(openKeyring(join(dir, 'keys'), clock), join(dir, 'keys'));
  const issuer = 'https://audit.example.se';
  const clearances = createClearances({ store, keyring, clock, policy, ruleSet, issuer, log });
  const senders = createSenders({
    store,
    keyring,
    resolver,
    transports,
    rehearse: async () => ({ kind: 'no-receiver' }),
    warmUps: warmUps.map(({ id }) => id),
    clock,
    policy,
    log,
    ...options.senders,
  });
  const campaignsOptions: CampaignsOptions = {
    store,
    blobs,
    queue: { wake: () => {} },
    keyring,
    clearances,
    audits,
    senders,
    preflight,
    transports,
    mime: mimeWriter,
    csv,
    scanner,
    alarms: [],
    locale: 'en',
    clock,
    policy,
    warmUps,
    url: issuer,
    log,
    ...options.campaigns,
  };
  let campaigns = createCampaigns(campaignsOptions);
  const leftOut = createLeftOuts({ store, blobs, keyring });
  const recipients = createRecipients({ store, keyring, clock, leftOut });
  const unsubscriptions = createUnsubscriptions({ store, keyring, clock });
  const events = createEvents({ store, keyring, source: options.notifications, clock, log });
  const assets = new Map([['tokens.css', { contentType: 'text/css', body: ':root{}' }]]);
  const anonymous = createApp({
    audits,
    domains: createDomainAudits({
      preflight,
      routesOf: routesOf(() => ({ senders, transports: options.transports ?? [] })),
      clock,
    }),
    access,
    clock,
    clearances,
    senders,
    campaigns: following(() => campaigns),
    recipients,
    unsubscriptions,
    events,
    transports: options.transports ?? [],
    warmUps,
    wayIn: 'command-line',
    rules,
    policy,
    clients,
    providers,
    version: '0.0.0',
    ruleSet,
    hostnames: ['audit.example.se'],
    assets,
    ready: { store: () => store.ping() },
    log,
    ...options.app,
  });
  const signedIn = async (to: string) => {
    const session = await access.signIn(await access.makeLoginLink(linkLife, to));
    const token = session?.token ?? '';
    const cookie = `klarsignal=${token}; __Host-klarsignal=${token}`;
    return { token, app: authorised(anonymous, { cookie }) };
  };
  const { token, app } = await signedIn(organisation);
  return {
    /** As a person who has signed in. */
    app,
    /** As somebody who has not. */
    anonymous,
    /** As the owner of another organisation, which is made if need be. */
    async owner(of: string) {
      addOrganisation(join(dir, 'klarsignal.db'), of);
      return (await signedIn(of)).app;
    },
    /** As a program with an API key of its own. */
    async key(scopes: readonly Scope[]) {
      const made = await access.createKey(organisation, { name: 'test', scopes });
      if (made.kind !== 'made') throw new Error('no key');
      return authorised(anonymous, { authorization: `Bearer ${made.token}` });
    },
    get campaigns() {
      return campaigns;
    },
    /** As after a new start of the process: nothing is remembered but what is in the store. */
    restart(changes: Partial<CampaignsOptions> = {}) {
      campaigns = createCampaigns({ ...campaignsOptions, ...changes });
    },
    recipients,
    unsubscriptions,
    events,
    /** Names of the zone are replaced one by one; null takes one away. */
    async publish(changes: Record<string, unknown>) {
      zone = Object.fromEntries(
        Object.entries({ ...zone, ...changes }).filter(([, records]) => records !== null),
      );
      await answering.close();
      answering = await resolverOf(zone);
    },
    /** DNS gives no answer, or does again. */
    silence(is: boolean) {
      silent = is;
    },
    access,
    session: token,
    audits,
    clearances,
    senders,
    keyring,
    store,
    blobs,
    organisation,
    dir,
    logged,
    noted,
    async close() {
      await audits.drain(0);
      await campaigns.drain(0);
      await store.close();
      await answering.close();
      await rm(dir, { recursive: true });
    },
  };
}

export type Service = Awaited<ReturnType<typeof startService>>;

export type App = ReturnType<typeof createApp>;

/** What stands there at the time of the call. */
function following<T extends object>(current: () => T): T {
  return new Proxy({} as T, { get: (_, name) => Reflect.get(current(), name) });
}

/** A host that sends nothing. */
export const nothingSent = {
  campaigns: undefined,
  recipients: undefined,
  unsubscriptions: undefined,
  events: undefined,
} satisfies Partial<AppOptions>;

/** The same application, where every request says who calls, unless it says so itself. */
function authorised(app: App, headers: Record<string, string>): App {
  const request: App['request'] = (input, init, ...rest) => {
    const asked = new Request(input instanceof Request ? input : new URL(input, 'http://localhost'), init);
    const silent =
      !asked.headers.has('authorization') && !/klarsignal=/.test(asked.headers.get('cookie') ?? '');
    for (const [name, value] of silent ? Object.entries(headers) : [])
      asked.headers.set(name, [asked.headers.get(name), value].filter(Boolean).join('; '));
    return app.request(asked, undefined, ...rest);
  };
  return Object.assign(Object.create(app), { request });
}

/** The port makes only the first one. */
function addOrganisation(file: string, id: string): void {
  const at = '2026-01-01T00:00:00.000Z';
  const db = new DatabaseSync(file);
  db.prepare('INSERT OR IGNORE INTO organisation VALUES (?, ?, ?)').run(id, id, at);
  db.prepare(
    "INSERT OR IGNORE INTO person (organisation, id, role, created_at) VALUES (?, ?, 'owner', ?)",
  ).run(id, `per_${id}`, at);
  db.close();
}

export const sound = {
  source: '<p>Hej!</p><p><a href="https://example.se/lamna">Avregistrera dig</a></p>',
  from: 'Föreningen <nyhetsbrev@example.se>',
  subject: 'Höstmöte',
  mailFrom: 'mejl.example.se',
  dkimSelectors: ['s1'],
  previews: false,
};

export function postJson(
  { app }: Pick<Service, 'app'>,
  body: unknown,
  headers: Record<string, string> = {},
  query = '',
) {
  return app.request(`/v1/audits${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

export function postForm(
  { app }: Pick<Service, 'app'>,
  fields: Record<string, string | File | (string | File)[]>,
  headers: Record<string, string> = {},
  path = '/v1/audits',
) {
  const body = new FormData();
  for (const [name, values] of Object.entries(fields)) {
    for (const value of [values].flat()) body.append(name, value);
  }
  return app.request(path, { method: 'POST', headers, body });
}
