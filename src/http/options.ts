/** What a host hands to the web application. */
import type { Access } from '../access.ts';
import type { Audits } from '../audits.ts';
import type { Log } from '../ports.ts';
import type { Client, Policy } from '../rule.ts';
import type { Rules } from '../verdict.ts';
import type { Asset } from './assets.ts';
import type { WayIn } from './pages/sign-in.ts';

export interface AppOptions {
  audits: Audits;
  rules: Rules;
  policy: Policy;
  /** For their names. */
  clients: readonly Client[];
  access: Access;
  /** Public address, where it is known; else that of each request counts. */
  url?: string | undefined;
  /** How whoever runs the service lets somebody in. */
  wayIn: WayIn;
  version: string;
  /** Digest of rules, policy and client data, from rules/version.ts. */
  ruleSet: string;
  /** Names beside localhost under which the service is reached; `any` where the platform routes by name. */
  hostnames: readonly string[] | 'any';
  /** Stylesheets and the script by name; the host reads them. */
  assets: ReadonlyMap<string, Asset>;
  /** What must answer before requests are sent here, by name; one that rejects is not ready. */
  ready: Readonly<Record<string, () => Promise<unknown>>>;
  /** Milliseconds that they may take together. */
  readyWithinMs?: number;
  /** Milliseconds between two signs of life on a stream of events. */
  heartbeatMs?: number;
  /** Never given what a request contains. */
  log: Log;
}
