/** Senders as they are shown, and what may be asked of them. */
import type { RouteRole, RouteRow, SenderRow, SenderState, TransportInfo } from '../ports.ts';

export const senderErrorCodes = [
  'domain-invalid',
  'domain-public-suffix',
  'domain-www',
  'sender-missing',
  'sender-taken',
  'senders-pending-too-many',
  'transport-unknown',
  'mail-from-invalid',
  'mail-from-outside',
  'mail-from-shared',
  'role-invalid',
  'role-taken',
  'route-missing',
  'owner-only',
  'bounces-not-unseen',
  'dkim-selector-invalid',
  'warm-up-unknown',
  'on-bounces-invalid',
] as const;
export type SenderErrorCode = (typeof senderErrorCodes)[number];

/** One record that somebody is to publish. */
export interface RecordToPublish {
  name: string;
  type: 'TXT' | 'MX' | 'CNAME';
  data: string;
  why: 'proof' | 'mx' | 'spf' | 'dkim';
}

/** Of a record to publish: as it is to be, not there, there with something else, or DNS gave no definite answer. */
export const recordStates = ['found', 'missing', 'other', 'unanswered'] as const;
export type RecordState = (typeof recordStates)[number];

/**
 * What of a route's records nobody here can name yet. `proof`: the domain is to be proved first. `transport`: it is configured no more. `ses-dkim`: SES shows its
 * CNAMEs. `spf`: the provider must say which mechanism lets it send. `receiver`: nothing here takes its bounces.
 */
export const routeGaps = ['proof', 'transport', 'ses-dkim', 'spf', 'receiver'] as const;
export type RouteGap = (typeof routeGaps)[number];

export const senderStates = ['pending', 'active', 'lapsed'] as const satisfies readonly SenderState[];

export interface SenderRoute extends RouteRow {
  provider: string;
  /** Empty where the transport is configured no more. */
  country: string;
  /**
   * The latest rehearsal passed and is not too old, and bounces come to us or somebody has accepted that they do not:
   * this route may carry mail as the reserve.
   */
  armed: boolean;
  records: readonly RecordToPublish[];
  gaps: readonly RouteGap[];
}

type Returning = Pick<RouteRow, 'rehearsal' | 'unseenBounces' | 'returns'>;

/** It has been seen that bounces of mail by it do not come to us: by a rehearsal, or by DNS since. */
export function areElsewhere({ rehearsal, returns }: Omit<Returning, 'unseenBounces'>): boolean {
  return rehearsal?.returns === false || returns?.here === false;
}

/**
 * Nothing shows that bounces of mail by it come to us: its bounce rate is unknown then. SES tells of them by events,
 * whose silence raises an alert of its own; an SMTP server's own mail brings them, to where DNS says.
 */
export function isUnseen(route: Returning, kind: TransportInfo['kind']): boolean {
  return (
    route.unseenBounces !== null || areElsewhere(route) || (kind === 'smtp' && route.returns?.here !== true)
  );
}

export interface Sender extends SenderRow {
  proof: RecordToPublish;
  routes: readonly SenderRoute[];
}

export type SenderChanged =
  | { kind: 'done'; sender: Sender }
  | { kind: 'invalid'; errors: readonly { code: SenderErrorCode; field: string }[] };

export interface Senders {
  /** Registers a domain: pending until its TXT record is seen. The same again gives what is there. */
  add(organisation: string, domain: string): Promise<SenderChanged>;
  list(organisation: string): Promise<Sender[]>;
  find(organisation: string, domain: string): Promise<Sender | undefined>;
  /** Asks for the record now. `unanswered`: DNS gave no definite answer, and nothing has changed. */
  check(
    organisation: string,
    domain: string,
    signal: AbortSignal,
  ): Promise<'active' | 'not-found' | 'taken' | 'unanswered' | 'missing'>;
  /** Looks for the records of all its routes, in their order; what DNS has not answered in time is `unanswered`. */
  lookUp(
    organisation: string,
    domain: string,
    signal: AbortSignal,
  ): Promise<{ record: RecordToPublish; state: RecordState }[]>;
  remove(organisation: string, domain: string): Promise<'removed' | 'in-use' | 'missing'>;
  putRoute(
    organisation: string,
    route: {
      domain: string;
      transport: string;
      role: RouteRole;
      mailFrom: string;
      selector?: string | undefined;
    },
  ): Promise<SenderChanged>;
  /**
   * An owner takes it upon themselves, or no longer, that bounces by this route do not come to us: so the latest
   * rehearsal must have shown, or DNS since. It ends when the route changes, or when a rehearsal shows that they come.
   */
  acceptUnseenBounces(
    organisation: string,
    caller: { kind: 'person' | 'key'; role: string | null; id: string },
    order: { domain: string; transport: string; accepted: boolean },
  ): Promise<SenderChanged>;
  removeRoute(organisation: string, domain: string, transport: string): Promise<SenderChanged>;
  change(
    organisation: string,
    domain: string,
    changes: { warmUp?: string | null; onBounces?: string },
  ): Promise<SenderChanged>;
  /**
   * The sender that may send as this domain: the nearest registered name at or above it, if this organisation
   * has it active. `taken`: another organisation's is nearer.
   */
  senderOf(organisation: string, domain: string): Promise<SenderRow | 'taken' | undefined>;
  /** Routes of that sender in the order of their roles, for a submission and for a campaign. */
  routesOf(organisation: string, domain: string): Promise<RouteRow[]>;
  /**
   * Asks DNS where bounces by its SMTP routes go now, and notes it; where there is no definite answer, nothing.
   * `unanswered`: ids of the transports of which there was none.
   */
  askReturns(organisation: string, domain: string, signal: AbortSignal): Promise<{ unanswered: string[] }>;
  /** Sends a rehearsal by a route and waits until it has arrived and is judged, or `signal` aborts. */
  rehearse(
    organisation: string,
    domain: string,
    transport: string,
    signal: AbortSignal,
  ): Promise<
    | { kind: 'judged'; route: SenderRoute }
    /** `unproved`: the domain is not active. */
    | { kind: 'missing' | 'unproved' | 'no-receiver' | 'not-arrived' }
    | { kind: 'refused'; response: string }
  >;
}
