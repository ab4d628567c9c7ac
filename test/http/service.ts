/** The whole application on real parts: SQLite and files in a fresh directory, a zone served on loopback. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { clients } from '../../rules/clients/index.ts';
import { rules } from '../../rules/index.ts';
import { policy } from '../../rules/policy.ts';
import { ruleSet } from '../../rules/version.ts';
import { createAccess, linkLife, type Scope } from '../../src/access.ts';
import { createFileBlobs } from '../../src/adapters/blobs/files.ts';
import { createMemoryQueue } from '../../src/adapters/queue/memory.ts';
import { openSqlite } from '../../src/adapters/store/sqlite.ts';
import { type AuditsOptions, createAudits } from '../../src/audits.ts';
import { createApp } from '../../src/http/app.ts';
import type { AppOptions } from '../../src/http/options.ts';
import type { Browser, Clock, Log, LogLevel } from '../../src/ports.ts';
import { createPreflight } from '../../src/preflight.ts';
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
  /** Nobody runs what is submitted. */
  idle?: boolean;
}

export async function startService(options: ServiceOptions = {}) {
  const dir = await mkdtemp(join(tmpdir(), 'klarsignal-http-'));
  const store = await openSqlite(join(dir, 'klarsignal.db'));
  const blobs = createFileBlobs(join(dir, 'blobs'));
  const resolver = await resolverOf({ ...soundZone, ...options.zone });
  const clock = options.clock ?? { now: () => new Date() };
  const logged: [string, Record<string, unknown>][] = [];
  /** What was told below the level of a fault. */
  const noted: [LogLevel, string, Record<string, unknown>][] = [];
  const log: Log = (event, fields, level = 'error') =>
    void (level === 'error' ? logged.push([event, fields]) : noted.push([level, event, fields]));
  const browser = options.browser ?? noBrowser;
  const audits = createAudits({
    store,
    blobs,
    queue: options.idle ? { wake: () => {} } : createMemoryQueue(() => void audits.work()),
    preflight:
      options.preflight ?? createPreflight(rules, ruleSet, { resolver, browser, clock, policy, clients }),
    clock,
    policy,
    log,
    ...options.audits,
  });
  const organisation = options.organisation ?? (await store.firstOrganisation());
  if (options.organisation) addOrganisation(join(dir, 'klarsignal.db'), organisation);
  const access = createAccess({ store, clock });
  const assets = new Map([['tokens.css', { contentType: 'text/css', body: ':root{}' }]]);
  const anonymous = createApp({
    audits,
    access,
    wayIn: 'command-line',
    rules,
    policy,
    clients,
    version: '0.0.0',
    ruleSet,
    hostnames: ['audit.example.se'],
    assets,
    ready: { store: () => store.ping() },
    log,
    ...options.app,
  });
  const session = await access.signIn(await access.makeLoginLink(linkLife, organisation));
  const token = session?.token ?? '';
  return {
    /** As a person who has signed in. */
    app: authorised(anonymous, { cookie: `klarsignal=${token}; __Host-klarsignal=${token}` }),
    /** As somebody who has not. */
    anonymous,
    /** As a program with an API key of its own. */
    async key(scopes: readonly Scope[]) {
      const made = await access.createKey(organisation, { name: 'test', scopes });
      if (made.kind !== 'made') throw new Error('no key');
      return authorised(anonymous, { authorization: `Bearer ${made.token}` });
    },
    access,
    session: token,
    audits,
    store,
    blobs,
    organisation,
    dir,
    logged,
    noted,
    async close() {
      await audits.drain(0);
      await store.close();
      await resolver.close();
      await rm(dir, { recursive: true });
    },
  };
}

export type Service = Awaited<ReturnType<typeof startService>>;

type App = ReturnType<typeof createApp>;

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
  db.prepare('INSERT OR IGNORE INTO person VALUES (?, ?, ?, ?, NULL)').run(id, `per_${id}`, 'owner', at);
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
