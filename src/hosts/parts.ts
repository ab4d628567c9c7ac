/** What the server and the command line choose alike. */
import { join } from 'node:path';
import { createBrowser } from '../adapters/browser/chromium.ts';
import { parseResolver } from '../adapters/resolver/address.ts';
import { createHttpsResolver } from '../adapters/resolver/https.ts';
import { createUdpResolver, systemServers } from '../adapters/resolver/udp.ts';
import { createClamdScanner } from '../adapters/scanner/clamd.ts';
import type { Browser, Clock, Resolver, Scanner } from '../ports.ts';
import type { Config } from './config.ts';

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
