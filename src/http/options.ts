/** What a host hands to the web application. */
import type { Access } from '../access.ts';
import type { Audits, DomainAudits } from '../audits.ts';
import type { Campaigns } from '../campaigns/campaign.ts';
import type { Clearances } from '../clearance.ts';
import type { Events } from '../events.ts';
import type { Clock, Log, TransportInfo } from '../ports.ts';
import type { Recipients } from '../recipients.ts';
import type { Client, MailboxProvider, PlanStep, Policy, WarmUp } from '../rule.ts';
import type { Senders } from '../senders/sender.ts';
import type { Unsubscriptions } from '../unsubscribe.ts';
import type { Rules } from '../verdict.ts';
import type { Asset } from './assets.ts';
import type { WayIn } from './pages/sign-in.ts';

export interface AppOptions {
  audits: Audits;
  /** Audits of sender domains by themselves. */
  domains: DomainAudits;
  rules: Rules;
  policy: Policy;
  /** For their names. */
  clients: readonly Client[];
  /** Of whose requirements reports tell. */
  providers?: readonly MailboxProvider[] | undefined;
  /** Steps of the plan for a domain, for their words. */
  planSteps?: readonly PlanStep[] | undefined;
  access: Access;
  /** What sends; a host without a worker of its own for it leaves these out, and says so where they are asked for. */
  campaigns?: Campaigns | undefined;
  /** Permits to send, by which mailings go. */
  clearances?: Clearances | undefined;
  /** For what pages say of time; the system's own without it. */
  clock?: Clock | undefined;
  /** Plans by which a new sender's mail grows, for their charts. */
  warmUps?: readonly WarmUp[] | undefined;
  recipients?: Recipients | undefined;
  senders?: Senders | undefined;
  /** Sending servers as they are configured, for where data lives. */
  transports?: readonly TransportInfo[] | undefined;
  /** What becomes of the mail that was sent; left out where nothing is sent. */
  events?: Events | undefined;
  /** Who no longer wants mail; left out where nothing is sent. */
  unsubscriptions?: Unsubscriptions | undefined;
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
