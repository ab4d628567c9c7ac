/** The self-hosted service: one process, one data directory. */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ServerType, serve } from '@hono/node-server';
import pino from 'pino';
import { clients } from '../../rules/clients/index.ts';
import { rules } from '../../rules/index.ts';
import { planSteps } from '../../rules/plan/index.ts';
import { providers } from '../../rules/providers/index.ts';
import { ruleSet } from '../../rules/version.ts';
import { createAccess, firstLinkLife } from '../access.ts';
import { createFileBlobs } from '../adapters/blobs/files.ts';
import { createMemoryQueue } from '../adapters/queue/memory.ts';
import { lockDirectory } from '../adapters/store/lock.ts';
import { isWritableByOthers } from '../adapters/store/private-file.ts';
import { openSqlite } from '../adapters/store/sqlite.ts';
import { faultOf } from '../audits/fault.ts';
import { createAudits, createDomainAudits } from '../audits.ts';
import { createApp } from '../http/app.ts';
import type { Log } from '../ports.ts';
import { createPreflight, type PreflightWorld } from '../preflight.ts';
import { type Config, isLoopback, reachedAt, readConfig } from './config.ts';
import { type ExampleWorld, openExamples } from './examples.ts';
import { createMjmlThread } from './mjml-thread.ts';
import {
  chooseBrowser,
  chooseNetwork,
  choosePolicy,
  chooseResolver,
  chooseScanner,
  chooseSpamEngines,
  databaseFile,
  signInAddress,
  systemClock,
} from './parts.ts';
import { createPlan } from './plan.ts';
import { routesOf } from './sender-routes.ts';
import { openSending } from './sending.ts';
import { leaveAddress } from './service-address.ts';

/** Milliseconds that running audits get to end; Docker kills ten seconds after it has asked. */
const drainMs = 7_000;
/** And after them what is still being answered, and then the browser. */
const answerMs = 1_000;
/** Milliseconds for a request to come in: its headers, and all of it (20 MB at 1.4 Mbit/s). */
const headersTimeout = 15_000;
const requestTimeout = 120_000;
/** Looks for work at least this often, in milliseconds: a wake may be lost. */
const sweepMs = 15_000;

const version = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
).version;

type Logger = pino.Logger;

/**
 * Starts the service; what a process that died left behind is taken up again.
 * `signIn`: a login link, while nobody has ever signed in.
 * @throws Error with a message for the person who starts it; nothing is then held.
 */
export async function start(
  config: Config,
  logger: Logger = pino({ level: config.logLevel, base: null }),
): Promise<{ url: string; signIn: string | undefined; stop(): Promise<void> }> {
  const resolver = chooseResolver(config.resolver);
  if (!resolver)
    throw new Error('KLARSIGNAL_RESOLVER must be an IP address, IP:PORT, or an https:// address.');
  const held: (() => unknown)[] = [];
  // One that fails must not keep the lock, or the others, from being let go.
  const release = async () => {
    for (const free of held.splice(0).reverse()) {
      await Promise.resolve()
        .then(free)
        .catch((error: unknown) => logger.error(faultOf(error), 'release failed'));
    }
  };
  try {
    held.push(lock(config.dataDir));
    // Not closed by us: it may be a folder that others share on purpose.
    if (isWritableByOthers(config.dataDir))
      logger.warn({ data: config.dataDir }, 'others can write to the data directory');
    const store = await openSqlite(databaseFile(config));
    held.push(() => store.close());
    const blobs = createFileBlobs(join(config.dataDir, 'blobs'));
    const browser = chooseBrowser(config, (message) => logger.warn({ part: 'browser' }, message));
    held.push(() => within(answerMs, browser.close()));
    const scanner = chooseScanner(config);
    const mjml = createMjmlThread();
    held.push(() => mjml.close());
    const log: Log = (event, fields, level = 'error') => logger[level](fields, event);
    const policy = choosePolicy(config);
    const local = { browser, scanner, clock: systemClock, policy, clients, providers, plan: planSteps };
    const world: PreflightWorld = {
      ...local,
      ...chooseNetwork(resolver, config),
      ...chooseSpamEngines(config),
      identity: (...asked) => sending.identity(...asked),
      // They are read after what audits is there.
      get transports() {
        return sending.transports;
      },
    };
    // An example brings all its world along: nothing leaves this machine.
    const inExample = (around: ExampleWorld) => createPreflight(rules, ruleSet, { ...local, ...around });
    const { examples, ...open } = await openExamples(inExample, systemClock, (error, example) =>
      logger.warn({ example, ...faultOf(error) }, 'example left out'),
    );
    held.push(open.close);
    let stopping = false;
    const ready = {
      store: () => store.ping(),
      data: () => writable(config.dataDir),
      // One that stops answers what it has begun and wants no more.
      process: async () => {
        if (stopping) throw new Error('stopping');
      },
    };

    const wake = () => {
      audits.work().catch((error: unknown) => log('worker failed', faultOf(error)));
    };
    const preflight = createPreflight(rules, ruleSet, world);
    const audits = createAudits({
      store,
      blobs,
      queue: createMemoryQueue(wake),
      preflight,
      routesOf: routesOf(() => sending),
      examples,
      compileMjml: mjml.compile,
      clock: systemClock,
      policy,
      log,
    });
    const domains = createDomainAudits({
      preflight,
      routesOf: routesOf(() => sending),
      clock: systemClock,
    });
    const sendOn = createPlan(
      () => sending.campaigns.work(),
      () => sending.campaigns.nextWork(),
      (error) => log('sending failed', faultOf(error)),
    );
    const sending = await openSending({
      config,
      store,
      blobs,
      queue: createMemoryQueue(sendOn.now),
      world,
      preflight,
      audits,
      ruleSet,
      compileMjml: mjml.compile,
      origin: config.url,
      log,
    });
    held.push(() => within(answerMs, sending.close()));
    // The directory is ours alone now: whoever was at work in it is dead.
    await audits.recover();
    await sending.campaigns.recover();
    const access = createAccess({ store, clock: systemClock });
    // Until somebody has signed in, whoever starts the service gets a way in.
    const token = (await access.everSignedIn()) ? undefined : await access.makeLoginLink(firstLinkLife);
    const { hostnames } = config;
    const app = createApp({
      ...sending,
      audits,
      domains,
      planSteps,
      access,
      clock: systemClock,
      url: config.url,
      wayIn: 'command-line',
      rules,
      policy,
      clients,
      providers,
      version,
      hostnames,
      ruleSet,
      assets: readAssets(),
      ready,
      log,
    });
    const server = await listen(app.fetch, config);
    const url = addressOf(server, config);
    const origin = config.url ?? reachedAt(config.host, portOf(server, config));
    held.push(await leaveAddress(config.dataDir, origin));
    logger.info({ url, data: config.dataDir, version }, 'listening');
    // Any other fault of it is told when it is started.
    if (config.executablePath !== undefined && !existsSync(config.executablePath))
      logger.warn({ path: config.executablePath }, 'no file at PUPPETEER_EXECUTABLE_PATH, so no previews');
    if (!isLoopback(config.host) && !config.url?.startsWith('https:'))
      logger.warn({ host: config.host }, 'sign-in travels unencrypted');
    const lookAround = () => {
      wake();
      sendOn.now();
    };
    lookAround();
    const sweep = setInterval(lookAround, sweepMs);

    return {
      url,
      // Printed, never logged.
      signIn: token && signInAddress(origin, token),
      async stop() {
        stopping = true;
        clearInterval(sweep);
        // Reachable until then, so that /readyz can say that it stops and whoever waits gets an answer.
        sendOn.stop();
        await Promise.all([audits.drain(drainMs), sending.campaigns.drain(drainMs)]);
        const closed = new Promise((resolve) => server.close(resolve));
        if ('closeIdleConnections' in server) server.closeIdleConnections();
        await within(answerMs, closed);
        if ('closeAllConnections' in server) server.closeAllConnections();
        await release();
        logger.info('stopped');
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

function lock(dir: string): () => void {
  try {
    return lockDirectory(dir);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    const reason = `The data directory ${dir} cannot be used (${error.message}). Choose another with KLARSIGNAL_DATA.`;
    throw new Error(reason, { cause: error });
  }
}

/** @throws Error when nothing can be written there: the disk is full, or the rights have changed. */
async function writable(dir: string): Promise<void> {
  const probe = join(dir, `.ready-${randomUUID()}`);
  await writeFile(probe, 'ready', { mode: 0o600 }).finally(() => rm(probe, { force: true }));
}

async function listen(fetch: (request: Request) => Response | Promise<Response>, { host, port }: Config) {
  const server = serve({ fetch, hostname: host, port, serverOptions: { headersTimeout, requestTimeout } });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('listening', resolve);
      server.once('error', reject);
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const reasons: Record<string, string> = {
      EADDRINUSE: `Port ${port} on ${host} is in use already. Choose another with PORT.`,
      EACCES: `Port ${port} on ${host} is not open to this user. Choose one above 1023 with PORT.`,
      EADDRNOTAVAIL: `This machine has no address ${host}. Choose another with HOST.`,
      ENOTFOUND: `There is no address for ${host}. Choose another with HOST.`,
    };
    const reason = reasons[String(code)];
    throw reason ? new Error(reason, { cause: error }) : error;
  }
  return server;
}

function addressOf(server: ServerType, config: Config): string {
  const { host } = config;
  return `http://${host.includes(':') ? `[${host}]` : host}:${portOf(server, config)}`;
}

/** The one it got, where any free one was asked for. */
function portOf(server: ServerType, { port }: Config): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}

async function within(ms: number, promise: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([promise, late]);
  clearTimeout(timer);
}

function readAssets(): Map<string, { contentType: string; body: string }> {
  const read = (name: string) => readFileSync(new URL(`../http/assets/${name}`, import.meta.url), 'utf8');
  const names = {
    'tokens.css': 'text/css',
    'klarsignal.css': 'text/css',
    'klarsignal.js': 'text/javascript',
  };
  return new Map(
    Object.entries(names).map(([name, type]) => [
      name,
      { contentType: `${type}; charset=utf-8`, body: read(name) },
    ]),
  );
}

const linkHint = 'To sign in, make a link with: npm run --silent klarsignal -- login-link\n';
const addressHint =
  'That link is for this machine. For links that open elsewhere, set KLARSIGNAL_URL to the address people use,\n' +
  'such as KLARSIGNAL_URL=https://audit.example.org, and start again.\n';

/** Other machines reach it, and nobody has said by which address. */
function isOpen({ host, url }: Config): boolean {
  return !isLoopback(host) && url === undefined;
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const logger = pino({ level: config.logLevel, base: null });
  // Node would print the error with its message, which may quote a submission.
  process.on('uncaughtException', (error) => {
    logger.fatal(faultOf(error), 'fault');
    process.exit(1);
  });
  const service = await start(config, logger);
  let asked = false;
  const stop = () => {
    // Asked twice, somebody is in a hurry: what is under way is found at the next start.
    if (asked) process.exit(1);
    asked = true;
    service.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error(faultOf(error), 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // Last, since whoever waits for it may stop it at once.
  const { url, signIn } = service;
  const wayIn = signIn ? `Sign in: ${signIn}\n${isOpen(config) ? addressHint : ''}` : linkHint;
  // In one piece: log lines are written when they are ready, and must not come between.
  process.stdout.write(`Klarsignal ${version}: ${url}\n${wayIn}`);
}

/** As a process of its own; what keeps it from starting is said in words. */
export function runProcess(): void {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
}
