/** The service on Cloudflare Workers: D1, R2, a Queue, DNS over HTTPS. No browser, so previews are unknown. */
import { waitUntil } from 'cloudflare:workers';
// At once, not when first needed: it compiles code to find the global object, which workerd allows only while
// a worker starts.
import 'mjml-browser';
import manifest from '../../package.json' with { type: 'json' };
import { clients } from '../../rules/clients/index.ts';
import { rules } from '../../rules/index.ts';
import { planSteps } from '../../rules/plan/index.ts';
import { policy } from '../../rules/policy.ts';
import { providers } from '../../rules/providers/index.ts';
import { ruleSet } from '../../rules/version.ts';
import { createAccess, setupTokenLength } from '../access.ts';
import { createR2Blobs, type R2Binding } from '../adapters/blobs/r2.ts';
import { absentBrowser } from '../adapters/browser/absent.ts';
import { createHttpsResolver } from '../adapters/resolver/https.ts';
import { createD1Store, type D1Binding } from '../adapters/store/d1.ts';
import { faultOf } from '../audits/fault.ts';
import { type Audits, createAudits, createDomainAudits } from '../audits.ts';
import { createApp } from '../http/app.ts';
import klarsignal from '../http/assets/klarsignal.css' with { type: 'text' };
import script from '../http/assets/klarsignal.js' with { type: 'text' };
import tokens from '../http/assets/tokens.css' with { type: 'text' };
import type { Clock, Log } from '../ports.ts';
import { createPreflight, type Preflight } from '../preflight.ts';
import { readAudience } from './audience.ts';
import { chooseKeyed, choosePolicy, readBlocklists } from './blocklists.ts';

/** The bindings and variables that wrangler.toml names. */
export interface Env {
  DB: D1Binding;
  BLOBS: R2Binding;
  QUEUE: { send(message: unknown): Promise<unknown> };
  /** Address of a DNS over HTTPS service. */
  DOH_URL: string;
  /** A secret that lets the owner sign in once. */
  SETUP_TOKEN?: string;
  /** As on a server of one's own (docs/running.md); the keys are a secret. */
  KLARSIGNAL_BLOCKLISTS?: string;
  KLARSIGNAL_AUDIENCE?: string;
  KLARSIGNAL_BLOCKLIST_KEYS?: string;
}

type App = ReturnType<typeof createApp>;

const clock: Clock = { now: () => new Date() };

const css = 'text/css; charset=utf-8';
const assets = new Map(
  Object.entries({
    'tokens.css': { contentType: css, body: tokens },
    'klarsignal.css': { contentType: css, body: klarsignal },
    'klarsignal.js': { contentType: 'text/javascript; charset=utf-8', body: script },
  }),
);

const log: Log = (event, fields, level = 'error') => console[level](JSON.stringify({ event, ...fields }));

/** @throws Error that names the variable when the address cannot be used. */
function dohUrl(text: string | undefined): string {
  const url = URL.canParse(text ?? '') ? new URL(text ?? '') : undefined;
  const local = url?.protocol === 'http:' && ['127.0.0.1', '[::1]'].includes(url.hostname);
  if (!url || (url.protocol !== 'https:' && !local)) throw new Error('DOH_URL must be an https address');
  return url.href;
}

/** @throws Error that names the variable when it is too easy to guess. */
function setupToken(text: string): string {
  const token = text.trim();
  const { least, most } = setupTokenLength;
  if (token.length < least || token.length > most)
    throw new Error(`SETUP_TOKEN must have ${least} to ${most} characters`);
  return token;
}

// No port 25 is open there, and `fetch` tells nobody which address it connects to, so there is no guard to fetch
// behind: what rests on either is unknown, whatever the settings.
function preflightFor(env: Env): Preflight {
  const lists = readBlocklists(env);
  const bare = createHttpsResolver({ url: dohUrl(env.DOH_URL), clock });
  return createPreflight(rules, ruleSet, {
    resolver: chooseKeyed(bare, lists),
    browser: absentBrowser,
    clock,
    policy: choosePolicy({ ...lists, ...readAudience(env.KLARSIGNAL_AUDIENCE) }),
    clients,
    providers,
    plan: planSteps,
  });
}

// An event that is cut off never runs its `finally`, so what counts running audits must die with its event.
function auditsFor(env: Env): Audits {
  const store = createD1Store(env.DB);
  const preflight = preflightFor(env);
  const queue = {
    // A lost message costs a minute: the cron trigger finds what is in the store.
    wake: (id: string) =>
      waitUntil(env.QUEUE.send(id).catch((error) => log('wake-up lost', { audit: id, ...faultOf(error) }))),
  };
  return createAudits({ store, blobs: createR2Blobs(env.BLOBS), queue, preflight, clock, policy, log });
}

// The value and not its promise: one request must never wait for what another has begun, since that one may
// be cut off.
let app: App | undefined;

async function appFor(env: Env): Promise<App> {
  if (app) return app;
  const access = createAccess({ store: createD1Store(env.DB), clock });
  if (env.SETUP_TOKEN) await access.adoptLoginLink(setupToken(env.SETUP_TOKEN));
  app ??= createApp({
    audits: auditsFor(env),
    domains: createDomainAudits({ preflight: preflightFor(env), clock }),
    planSteps,
    access,
    wayIn: 'setup-token',
    rules,
    policy,
    clients,
    providers,
    version: manifest.version,
    ruleSet,
    hostnames: 'any',
    assets,
    ready: { store: () => createD1Store(env.DB).ping() },
    log,
  });
  return app;
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    return (await appFor(env)).fetch(request, env);
  },

  /** The message only says that there is something to do. */
  async queue(_batch: unknown, env: Env): Promise<void> {
    await auditsFor(env).work();
  },

  async scheduled(_event: unknown, env: Env): Promise<void> {
    await auditsFor(env).work();
  },
};
