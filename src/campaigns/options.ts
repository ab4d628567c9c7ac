/** What a host hands to the campaigns. */
import type { Audits } from '../audits.ts';
import type { Clearances } from '../clearance/clearance.ts';
import type {
  Alarm,
  Blobs,
  Clock,
  Csv,
  Keyring,
  Log,
  MimeWriter,
  Queue,
  Scanner,
  Store,
  Transport,
} from '../ports.ts';
import type { Preflight } from '../preflight.ts';
import type { Locale, Policy, WarmUp } from '../rule.ts';
import type { Senders } from '../senders/sender.ts';
import type { CompileMjml } from '../submission.ts';

export interface CampaignsOptions {
  store: Store;
  blobs: Blobs;
  /** Wakes a worker that calls `work`. */
  queue: Queue;
  keyring: Keyring;
  clearances: Pick<Clearances, 'verify' | 'grant' | 'revoke'>;
  /** The mail of a mailing that outlives its clearance is audited again by them. */
  audits: Pick<Audits, 'again' | 'find'>;
  senders: Pick<Senders, 'senderOf' | 'routesOf' | 'find' | 'check' | 'askReturns'>;
  preflight: Pick<Preflight, 'recheck'>;
  /** By id. */
  transports: ReadonlyMap<string, Transport>;
  mime: MimeWriter;
  csv: Csv;
  /** undefined: there is none, and what needs one was never clear. */
  scanner: Scanner | undefined;
  alarms: readonly Alarm[];
  /** Ids of the transports that tell by events what became of the mail; none, when left out. */
  eventful?: readonly string[];
  /** In which the alarms speak. */
  locale: Locale;
  clock: Clock;
  policy: Policy;
  warmUps: readonly WarmUp[];
  /** Public https origin, for unsubscribing; undefined: there is none, and marketing mail does not go. */
  url: string | undefined;
  /** Never given an address or what a message contains. */
  log: Log;
  compileMjml?: CompileMjml | undefined;
  /** Waits by the clock above. Resolves early when `signal` aborts. */
  sleep?(ms: number, signal: AbortSignal): Promise<void>;
}
