/** The whole application on real parts: SQLite and files in a fresh directory, a zone served on loopback. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clients } from '../../rules/clients/index.ts';
import { rules } from '../../rules/index.ts';
import { policy } from '../../rules/policy.ts';
import { ruleSet } from '../../rules/version.ts';
import { createFileBlobs } from '../../src/adapters/blobs/files.ts';
import { createMemoryQueue } from '../../src/adapters/queue/memory.ts';
import { openSqlite } from '../../src/adapters/store/sqlite.ts';
import { type AuditsOptions, createAudits } from '../../src/audits.ts';
import { type AppOptions, createApp } from '../../src/http/app.ts';
import type { Browser } from '../../src/ports.ts';
import { createPreflight } from '../../src/preflight.ts';
import { noBrowser, resolverOf, soundZone } from '../world.ts';

export interface ServiceOptions {
  zone?: Record<string, unknown>;
  browser?: Browser;
  /** Whose audits the application shows; the first organisation's without it. */
  organisation?: string;
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
  const clock = { now: () => new Date() };
  const logged: [string, Record<string, unknown>][] = [];
  const log = (event: string, fields: Record<string, unknown>) => void logged.push([event, fields]);
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
  const assets = new Map([['tokens.css', { contentType: 'text/css', body: ':root{}' }]]);
  const app = createApp({
    audits,
    rules,
    policy,
    clients,
    organisation,
    version: '0.0.0',
    hostnames: ['audit.example.se'],
    assets,
    log,
    ...options.app,
  });
  return {
    app,
    audits,
    store,
    blobs,
    organisation,
    dir,
    logged,
    async close() {
      await audits.drain(0);
      await store.close();
      await resolver.close();
      await rm(dir, { recursive: true });
    },
  };
}

export type Service = Awaited<ReturnType<typeof startService>>;

export const sound = {
  source: '<p>Hej!</p>',
  from: 'Föreningen <nyhetsbrev@example.se>',
  subject: 'Höstmöte',
  mailFrom: 'mejl.example.se',
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
