/** What the server and the command line choose alike. */
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { policy } from '../../rules/policy.ts';
import { createBrowser } from '../adapters/browser/chromium.ts';
import { isGlobal } from '../adapters/fetcher/address.ts';
import { createFetcher } from '../adapters/fetcher/guarded.ts';
import { createKeptFetcher } from '../adapters/fetcher/kept.ts';
import { createVisitor } from '../adapters/fetcher/visitor.ts';
import { createMailServers } from '../adapters/mail-servers/greeter.ts';
import { createReach } from '../adapters/mail-servers/reach.ts';
import { mimeWriter } from '../adapters/mime/composer.ts';
import { parseResolver } from '../adapters/resolver/address.ts';
import { createHttpsResolver } from '../adapters/resolver/https.ts';
import { createUdpResolver, systemServers } from '../adapters/resolver/udp.ts';
import { createClamdScanner } from '../adapters/scanner/clamd.ts';
import { createRspamdEngine } from '../adapters/spam-engines/rspamd.ts';
import { createSpamdEngine } from '../adapters/spam-engines/spamd.ts';
import type { World } from '../facts/gather.ts';
import type { Browser, Clock, Resolver, Scanner } from '../ports.ts';
import { chooseKeyed } from './blocklists.ts';
import type { Config } from './config.ts';

export { choosePolicy } from './blocklists.ts';

export const systemClock: Clock = { now: () => new Date() };

/** A resolver for `IP:PORT` or an https address; without one, the system's servers. undefined: not an address. */
export function chooseResolver(text: string | undefined): Resolver | undefined {
  if (text === undefined) return createUdpResolver({ servers: systemServers(), clock: systemClock });
  const choice = parseResolver(text);
  if ('error' in choice) return undefined;
  return choice.kind === 'https'
    ? createHttpsResolver({ url: choice.url, clock: systemClock })
    : createUdpResolver({ servers: [choice], clock: systemClock });
}

/** What answers audits from the network: DNS, the web, and mail servers. Behind the guard, whoever names the hosts. */
export function chooseNetwork(
  bare: Resolver,
  { url, probes, blocklistKeys }: Pick<Config, 'url' | 'probes' | 'blocklistKeys'>,
): Pick<World, 'resolver' | 'fetcher' | 'visitor' | 'mailServers'> {
  const resolver = chooseKeyed(bare, { blocklistKeys });
  if (!probes) return { resolver };
  const reached = url === undefined ? '' : new URL(url).hostname;
  const name = isIP(reached.replace(/^\[|\]$/g, '')) !== 0 || !reached.includes('.') ? hostname() : reached;
  const reach = createReach(systemClock);
  return {
    resolver,
    fetcher: createKeptFetcher(createFetcher({ resolver: bare }), {
      urls: [policy.registration.bootstrap],
      clock: systemClock,
    }),
    visitor: createVisitor(createFetcher({ http: true, resolver: bare }), { clock: systemClock }),
    mailServers: createMailServers({ name, isGlobal, clock: systemClock, reach }),
  };
}

export function databaseFile({ dataDir }: Pick<Config, 'dataDir'>): string {
  return join(dataDir, 'klarsignal.db');
}

/** The login link itself. `origin`: where people reach the service. */
export function signInAddress(origin: string, token: string): string {
  return `${origin}/sign-in?token=${token}`;
}

export function chooseBrowser(config: Config, log: (message: string) => void): Browser {
  const { cacheDir, executablePath, searchPath, sandbox } = config;
  return createBrowser({ cacheDir, executablePath, searchPath, sandbox, log });
}

/** undefined: nobody has said where one is. */
export function chooseScanner({ clamd }: Pick<Config, 'clamd'>): Scanner | undefined {
  return clamd && createClamdScanner({ address: clamd });
}

/** The spam filters that somebody has said where they are, and who writes the mail they are to read. */
export function chooseSpamEngines({
  spamd,
  rspamd,
}: Pick<Config, 'spamd' | 'rspamd'>): Pick<World, 'spamEngines' | 'mime'> {
  const engines = [
    ...(spamd ? [createSpamdEngine({ address: spamd })] : []),
    ...(rspamd ? [createRspamdEngine(rspamd)] : []),
  ];
  return { spamEngines: engines, mime: mimeWriter };
}
