/** Configuration: read once from the environment, checked, passed on. */
import { z } from 'zod';
import { type ClamdAddress, parseClamd } from '../adapters/scanner/address.ts';
import {
  type HttpAddress,
  parseRspamd,
  parseSpamd,
  type SocketAddress,
} from '../adapters/spam-engines/address.ts';
import { type AudienceSettings, audienceVariables, audienceWanted } from './audience.ts';
import { type BlocklistSettings, blocklistsWanted, blocklistVariables } from './blocklists.ts';
import { cacheDirOf } from './cache.ts';

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((number) => number <= 65_535);
const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;

function isSiteAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, host, href } = new URL(text);
  // No path, query, fragment or password: then nothing else is left of it.
  return /^https?:$/.test(protocol) && href === `${protocol}//${host}/` && !/[?#@]/.test(text);
}

/** What each variable must be, said when it is not. */
const wanted: Record<string, string> = {
  PORT: 'must be a whole number from 0 to 65535; 0 takes any free port',
  KLARSIGNAL_HOSTNAMES: 'must be names without scheme or port, separated by commas',
  KLARSIGNAL_URL: 'must be an http or https address without a path, such as https://audit.example.org',
  KLARSIGNAL_CHROMIUM_SANDBOX: 'must be prefer or require',
  KLARSIGNAL_CLAMD: 'must be HOST:PORT, or the path of a socket, such as /run/clamav/clamd.ctl',
  KLARSIGNAL_SPAMD: 'must be HOST:PORT, or the path of a socket, such as /run/spamd.sock',
  KLARSIGNAL_RSPAMD:
    'must be HOST:PORT, an http or https address without a path or a password, or the path of a socket',
  KLARSIGNAL_RSPAMD_PASSWORD: 'must be on one line, and needs KLARSIGNAL_RSPAMD beside it',
  KLARSIGNAL_LOCALE: 'must be en or sv',
  KLARSIGNAL_PROBES: 'must be on or off',
  ...blocklistsWanted,
  ...audienceWanted,
  LOG_LEVEL: `must be one of ${levels.join(', ')}`,
};

const schema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(8787),
  /** Names under which it is reached beside localhost and IP addresses, such as that of a proxy before it. */
  KLARSIGNAL_HOSTNAMES: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .refine((names) => names.every((name) => /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/i.test(name)))
    .default([]),
  /** Where people reach it, such as the address of a proxy before it: for links, and what a cookie may do. */
  KLARSIGNAL_URL: z
    .string()
    .refine(isSiteAddress)
    .transform((text) => new URL(text).origin)
    .optional(),
  KLARSIGNAL_DATA: z.string().min(1).default('./data'),
  /** Address of a DNS server, or the https address of one; without it the system's own. */
  KLARSIGNAL_RESOLVER: z.string().optional(),
  /** off: audits fetch nothing and greet no mail server; what rests on that is unknown. DNS is asked all the same. */
  KLARSIGNAL_PROBES: z.enum(['on', 'off']).default('on'),
  ...blocklistVariables,
  ...audienceVariables,
  /** Where clamd listens: HOST:PORT, or the path of its socket. Without it nothing is scanned for malware. */
  KLARSIGNAL_CLAMD: z
    .string()
    .refine((text) => parseClamd(text) !== undefined)
    .transform(parseClamd)
    .optional(),
  /** Where SpamAssassin's spamd listens, and rspamd. Without them no spam filter is asked. */
  KLARSIGNAL_SPAMD: z
    .string()
    .refine((text) => parseSpamd(text) !== undefined)
    .transform(parseSpamd)
    .optional(),
  KLARSIGNAL_RSPAMD: z
    .string()
    .refine((text) => parseRspamd(text) !== undefined)
    .transform(parseRspamd)
    .optional(),
  /** Of rspamd's controller, or a worker that asks for one. A secret. */
  KLARSIGNAL_RSPAMD_PASSWORD: z
    .string()
    .regex(/^[\x20-\x7e]+$/)
    .optional(),
  /** JSON file of the sending servers (docs/sending.md). Without it nothing is sent from here. */
  KLARSIGNAL_TRANSPORTS: z.string().min(1).optional(),
  /** Language of alerts that go by mail or webhook. */
  KLARSIGNAL_LOCALE: z.enum(['en', 'sv']).default('en'),
  KLARSIGNAL_CHROMIUM_SANDBOX: z.enum(['prefer', 'require']).default('prefer'),
  KLARSIGNAL_CACHE: z.string().min(1).optional(),
  PUPPETEER_EXECUTABLE_PATH: z.string().min(1).optional(),
  PATH: z.string().optional(),
  LOG_LEVEL: z.enum(levels).default('info'),
});

export interface Config extends BlocklistSettings, AudienceSettings {
  host: string;
  port: number;
  hostnames: readonly string[];
  /** Origin where people reach it, if it is told. */
  url: string | undefined;
  dataDir: string;
  resolver: string | undefined;
  /** Audits may fetch from the web and greet mail servers. */
  probes: boolean;
  /** File of the sending servers. */
  transports: string | undefined;
  /** Of alerts. */
  alertLocale: 'en' | 'sv';
  clamd: ClamdAddress | undefined;
  spamd: SocketAddress | undefined;
  rspamd: { address: HttpAddress; password: string | undefined } | undefined;
  cacheDir: string;
  sandbox: 'prefer' | 'require';
  executablePath: string | undefined;
  searchPath: string | undefined;
  logLevel: string;
}

/** @throws Error that names the variable and what is wrong with it. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const filled = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(filled);
  if (parsed.success && parsed.data.KLARSIGNAL_RSPAMD_PASSWORD && !parsed.data.KLARSIGNAL_RSPAMD) {
    throw new Error(
      `The configuration cannot be used: KLARSIGNAL_RSPAMD_PASSWORD ${wanted.KLARSIGNAL_RSPAMD_PASSWORD}.`,
    );
  }
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => {
      const name = path.join('.');
      return `${name} ${wanted[name] ?? message}`;
    });
    throw new Error(`The configuration cannot be used: ${[...new Set(faults)].join('; ')}.`);
  }
  const read = parsed.data;
  const url = read.KLARSIGNAL_URL;
  return {
    host: read.HOST,
    port: read.PORT,
    // Whoever listens on a name is reached by it.
    hostnames: [...read.KLARSIGNAL_HOSTNAMES, read.HOST, ...(url ? [new URL(url).hostname] : [])],
    url,
    dataDir: read.KLARSIGNAL_DATA,
    resolver: read.KLARSIGNAL_RESOLVER,
    probes: read.KLARSIGNAL_PROBES === 'on',
    blocklists: read.KLARSIGNAL_BLOCKLISTS,
    audience: read.KLARSIGNAL_AUDIENCE,
    blocklistKeys: read.KLARSIGNAL_BLOCKLIST_KEYS,
    transports: read.KLARSIGNAL_TRANSPORTS,
    alertLocale: read.KLARSIGNAL_LOCALE,
    clamd: read.KLARSIGNAL_CLAMD,
    spamd: read.KLARSIGNAL_SPAMD,
    rspamd: read.KLARSIGNAL_RSPAMD && {
      address: read.KLARSIGNAL_RSPAMD,
      password: read.KLARSIGNAL_RSPAMD_PASSWORD,
    },
    cacheDir: cacheDirOf(read),
    sandbox: read.KLARSIGNAL_CHROMIUM_SANDBOX,
    executablePath: read.PUPPETEER_EXECUTABLE_PATH,
    searchPath: read.PATH,
    logLevel: read.LOG_LEVEL,
  };
}

/** Whether only this machine reaches what listens there. */
export function isLoopback(host: string): boolean {
  return /^(?:127\.\d+\.\d+\.\d+|::1|localhost)$/.test(host);
}

/** Where a person on this machine reaches what listens on this host and port. */
export function reachedAt(host: string, port: number): string {
  const name = /^(?:0\.0\.0\.0|::)$/.test(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
