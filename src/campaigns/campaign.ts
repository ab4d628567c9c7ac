/** A campaign as it is shown, and what may be asked of campaigns. */
import type {
  AlertRow,
  CampaignAct,
  CampaignRow,
  DeliveryRow,
  DeliveryState,
  OnExpiry,
  TallyRow,
} from '../ports.ts';
import type { Locale } from '../rule.ts';
import type { Outlook } from './outlook.ts';
import type { WarmUpStep } from './warm-up.ts';

export interface SendOrder {
  /** The signed permit. */
  clearance: string;
  /** By the standard route, since the domain is not registered. */
  standard?: boolean | undefined;
  /** ISO 8601 with an offset; not before. */
  startsAt?: string | undefined;
  /** Messages a minute, 1 to 100 000, spread evenly. */
  perMinute?: number | undefined;
  /** Left out: a list follows by `addList`. */
  recipients?: readonly { address: string; fields?: Record<string, string> | undefined }[] | undefined;
  /**
   * When its list is in, it waits (`paused`, `to-confirm`) until `resume` lets it go. Kept as its `pauseReason`
   * while it is preparing, set before any list is.
   */
  hold?: boolean | undefined;
  /** Only to see what would go: it waits as by `hold`, is never sent, stands in no list, and is over within hours. */
  dryRun?: boolean | undefined;
  /** Whoever has got another version of this mail in the last 30 days is left out of the list (`earlier-version`). */
  leaveOutEarlier?: boolean | undefined;
  /**
   * Before its clearance ends: `audit-again` has the mail audited again, and it goes on by a new clearance if that is
   * clear; only for who may be granted clearances. Left out: `pause`.
   */
  onExpiry?: OnExpiry | undefined;
}

export const sendErrorCodes = [
  'clearance-invalid',
  'clearance-expired',
  'clearance-revoked',
  'clearance-other-organisation',
  'clearance-other-message',
  'audit-missing',
  'sender-unregistered',
  'sender-unproved',
  'sender-taken',
  'standard-not-registered',
  'route-missing',
  'route-own',
  'routes-changed',
  'reserve-not-armed',
  'service-address-missing',
  'starts-at-invalid',
  'starts-after-clearance',
  'on-expiry-forbidden',
  'per-minute-invalid',
  'recipients-missing',
  'recipients-too-many',
  'list-unreadable',
  'list-too-large',
  'list-address-column',
  'list-columns-missing',
  'list-not-awaited',
  'list-not-read',
  'bounce-rate',
  'complaint-rate',
  'not-composed',
] as const;
export type SendErrorCode = (typeof sendErrorCodes)[number];

export interface SendError {
  code: SendErrorCode;
  /** Name in the order. */
  field: string;
  data: Readonly<Record<string, string | number>>;
}

/** Why a campaign stands still. */
export const pauseReasons = [
  'person',
  'to-confirm',
  'nobody',
  'dns-changed',
  'dns-unanswered',
  'sender-lapsed',
  'malware-found',
  'malware-unanswered',
  'clearance-expired',
  'clearance-revoked',
  'identity-not-verified',
  'provider-suspended',
  'policy-refused',
  'message-refused',
  'recipients-refused',
  'command-refused',
  'not-composed',
  'bounce-rate',
  'complaint-rate',
  'no-route',
  'reserve-not-armed',
  'routes-changed',
  'crashed',
] as const;
export type PauseReason = (typeof pauseReasons)[number];

export const alertKinds = [
  'switched-to-reserve',
  'reserve-took-over',
  'primary-is-back',
  'waits-for-server',
  'paused',
  'unknown-waits',
  'clearance-ends',
  'stands-still',
  'events-missing',
  'bounces-unseen',
  'over-limit',
  'sandbox',
  'done',
] as const;
export type AlertKind = (typeof alertKinds)[number];

export interface Campaign extends Omit<CampaignRow, 'organisation' | 'list'>, Outlook {
  /** A list is still being read in. */
  importing: boolean;
  counts: Readonly<Record<DeliveryState, number>>;
}

/** What one route has carried so far. */
export interface RouteShare {
  transport: string;
  provider: string;
  country: string;
  role: 'primary' | 'reserve' | 'standard';
  /**
   * `carries` now; `rests`; `unarmed`: a reserve without a rehearsal that passed; `stopped` by its breaker. Of a
   * mailing that has ended, `stopped` is one that was left for its health and not gone back to.
   */
  state: 'carries' | 'rests' | 'unarmed' | 'stopped';
  accepted: number;
  rejected: number;
  unknown: number;
  /** Of those it took, as many as the ledger has as bounced. */
  returned: number;
  /** Permanent bounces, rejections of addresses among them. */
  bounced: number;
  complained: number;
  /** False: bounces by it do not come to us, and nobody knows how many there are. */
  bouncesSeen: boolean;
  /** 0 to 1; null under the least number that means anything, and where bounces are not seen. */
  bounceRate: number | null;
  rehearsedAt: string | null;
  /** When it is tried again, while its breaker has stopped it; null: it is not stopped, or a try is under way. */
  nextTryAt: string | null;
}

export interface CampaignProgress {
  campaign: Campaign;
  routes: readonly RouteShare[];
  tally: readonly TallyRow[];
  alerts: readonly AlertRow[];
  /** What people and keys have done with it, newest first. */
  acts: readonly CampaignAct[];
  /** Handed over a minute, over the last five whole ones since it began or went on; null: none has passed. */
  pace: number | null;
  /** When the last recipient has had its turn at this pace, or by plan; null: not known. */
  endsAt: string | null;
  /** The daily cap of the warm-up, where one is under way, and the steps of the plan for this list. */
  warmUp: {
    plan: string;
    day: number;
    days: number;
    cap: number | null;
    sentToday: number;
    steps: readonly WarmUpStep[];
  } | null;
}

/** What a mailing says, and to one recipient. */
export interface Letter {
  from: { name: string; address: string };
  replyTo: readonly { name: string; address: string }[];
  /** With the names of merge fields in it; a recipient's own is in `first`. */
  subject: string;
  /** Names of the merge fields that the list holds. */
  fields: readonly string[];
  /** The first who waits; undefined: there is nobody. */
  first: LetterTo | LetterRefused | undefined;
}

export interface LetterTo {
  address: string;
  fields: Readonly<Record<string, string>>;
  subject: string;
  /** To be read as it is; of a mail without a text part, what stands in its HTML. */
  text: string;
  /** The whole message as MIME, but for a link to unsubscribe that unsubscribes nobody. */
  write(): Promise<Uint8Array>;
}

/** It cannot be composed for this recipient. */
export interface LetterRefused {
  address: string;
  fields: Readonly<Record<string, string>>;
  /** Stable code. */
  refused: string;
  field: string;
}

export type Created =
  | { kind: 'added' | 'repeated'; campaign: Campaign }
  | { kind: 'conflict' }
  | { kind: 'invalid'; errors: readonly SendError[] };

export type Changed =
  | { kind: 'done'; campaign: Campaign }
  | { kind: 'missing' }
  | { kind: 'wrong-state' }
  | { kind: 'invalid'; errors: readonly SendError[] };

export interface Campaigns {
  /** `by`: id of the person or key. */
  create(organisation: string, by: string, order: SendOrder, idempotencyKey: string): Promise<Created>;
  /** Takes in a list for a campaign that awaits one: CSV with a header line, or a JSON object a line. */
  addList(
    organisation: string,
    id: string,
    list: { body: ReadableStream<Uint8Array>; format: 'csv' | 'ndjson' },
  ): Promise<Changed>;
  find(organisation: string, id: string): Promise<Campaign | undefined>;
  progress(organisation: string, id: string): Promise<CampaignProgress | undefined>;
  list(organisation: string, page: { limit: number; before?: string }): Promise<Campaign[]>;
  /** What its first recipient gets. undefined: no such campaign, or its message is gone. */
  letter(organisation: string, id: string): Promise<Letter | undefined>;
  deliveries(
    organisation: string,
    id: string,
    page: { limit: number; after?: number; search?: string; states?: readonly DeliveryState[] },
  ): Promise<DeliveryRow[]>;
  /**
   * Lines of CSV, header first: one recipient a line, with a last column in the words of `locale` (English without
   * it). undefined: no such campaign.
   */
  outcomes(organisation: string, id: string, locale?: Locale): Promise<AsyncIterable<string> | undefined>;
  /**
   * Lines of CSV, header first, of what was left out of the list: line, code, what stood there, and why in the words of
   * `locale` (English without it). undefined: no such campaign.
   */
  leftOut(organisation: string, id: string, locale?: Locale): Promise<AsyncIterable<string> | undefined>;
  /** `by`, here and below: id of the person or key. */
  pause(organisation: string, id: string, by?: string): Promise<Changed>;
  /**
   * `clearance`: a new one for the same message, where the old one has ended. All is checked as at a start.
   * `leaveOutEarlier`: as in the order, of one that waits for its first yes.
   */
  resume(
    organisation: string,
    id: string,
    clearance?: string,
    more?: { by?: string; leaveOutEarlier?: boolean | undefined },
  ): Promise<Changed>;
  cancel(organisation: string, id: string, by?: string): Promise<Changed>;
  /** Back to the primary, by a person, after a switch. */
  returnToPrimary(organisation: string, id: string): Promise<Changed>;
  /** What became of attempts that nobody can tell: `sent`, or `not-sent` (they are sent then). */
  decideUnknown(organisation: string, id: string, as: 'sent' | 'not-sent'): Promise<Changed>;
  /** Runs what there is to run; resolves when nothing is left to do now. */
  work(): Promise<void>;
  /** When there is something to do next; undefined: nothing is planned. */
  nextWork(): Promise<Date | undefined>;
  /** Takes up no more; resolves when what is under way has ended, or after `ms`. */
  drain(ms: number): Promise<void>;
  /** After a start: leases are void, attempts that were under way are unknown. */
  recover(): Promise<void>;
}
