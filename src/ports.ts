/**
 * What the core asks of the world outside. Each port has one folder of adapters; a host chooses among
 * them. Nothing here names a vendor.
 */

/** The time, so that a test can set it. */
export interface Clock {
  now(): Date;
}

export type LogLevel = 'error' | 'info' | 'debug';
/** A line for whoever runs the service; without a level it tells of a fault of ours. */
export type Log = (event: string, fields: Record<string, unknown>, level?: LogLevel) => void;

export const recordTypes = [
  'A',
  'AAAA',
  'CNAME',
  'MX',
  'NS',
  'PTR',
  'SOA',
  'TXT',
  'TLSA',
  'CAA',
  'DS',
] as const;
export type RecordType = (typeof recordTypes)[number];

export interface DnsQuestion {
  /** Lower case, no trailing dot, A-labels only. */
  name: string;
  type: RecordType;
}

/**
 * How a question ended. `nodata` (the name exists, the type does not) and `nxdomain` are answers;
 * everything after them is the lack of one and must never be read as "there is no record".
 */
export type DnsStatus = 'answered' | 'nodata' | 'nxdomain' | 'servfail' | 'refused' | 'timeout' | 'malformed';

export interface DnsRecord {
  name: string;
  type: RecordType;
  /** Seconds. */
  ttl: number;
  /** Presentation form; for TXT all strings joined without a space (RFC 7208 section 3.3). */
  data: string;
  /** TXT only: each character-string by itself. */
  strings?: string[];
}

export interface DnsAnswer extends DnsQuestion {
  status: DnsStatus;
  /** Every record of the answer section, a CNAME chain included, in the order received. */
  records: DnsRecord[];
  /** The AD bit: the resolver says that it validated the answer (RFC 4035 section 3.2.3). */
  authenticated: boolean;
  /** Who answered: an address with port, or an https URL. Never a secret. */
  resolver: string;
  /** ISO 8601, UTC. */
  at: string;
  /** Why there was no answer, for people who operate the service. */
  detail?: string;
}

/** Asks one question. Never rejects: an aborted or failed question has a status that says so. */
export interface Resolver {
  ask(question: DnsQuestion, signal: AbortSignal): Promise<DnsAnswer>;
}

export interface PageImage {
  contentType: string;
  bytes: Uint8Array;
}

export interface PageRequest {
  html: string;
  /** CSS pixels. */
  width: number;
  height: number;
  colorScheme: 'light' | 'dark';
  /** Touch screen with the phone's own layout rules (meta viewport honoured). */
  mobile: boolean;
  /** By the exact value of src; nothing else is ever loaded. `cid:` addresses belong here too. */
  images: ReadonlyMap<string, PageImage>;
}

export interface PagePicture {
  /** PNG, the whole page, at most `maxHeight` CSS pixels of it. */
  png: Uint8Array;
  /** CSS pixels of the picture. */
  width: number;
  height: number;
  /** What the layout needed: wider than the viewport means sideways scrolling. */
  contentWidth: number;
  contentHeight: number;
  /** True when the picture stops before the page does. */
  cut: boolean;
  /** Characters of text a reader can see. */
  visibleText: number;
  /** Requests that the closed network refused. */
  refused: number;
}

export type BrowserFailure = 'missing' | 'crashed' | 'timeout';

/** Raised by a Browser; anything else it throws is a bug. */
export class BrowserError extends Error {
  readonly failure: BrowserFailure;
  constructor(failure: BrowserFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BrowserError';
    this.failure = failure;
  }
}

/** Draws hostile pages: no script runs and no request leaves. */
export interface Browser {
  /** @throws BrowserError when the page could not be drawn. */
  draw(page: PageRequest, signal: AbortSignal): Promise<PagePicture>;
  /** Starts it if need be. `sandbox` is false only where no sandbox can be started at all. */
  describe(): Promise<{ version: string; sandbox: boolean }>;
  close(): Promise<void>;
}

/** Bytes under a key, outside the database. Keys are made by us, never by a caller. */
export interface Blobs {
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** undefined when there is none. */
  get(key: string): Promise<Uint8Array | undefined>;
  delete(key: string): Promise<void>;
}

/** A wake-up with an id. The store holds the truth; a lost or doubled wake-up does no harm. */
export interface Queue {
  wake(id: string): void;
}

export type AuditState = 'queued' | 'running' | 'done' | 'failed';

/** One row of the audit table. JSON columns are opaque here; their types belong to the core. */
export interface AuditRow {
  id: string;
  organisation: string;
  state: AuditState;
  /** ISO 8601 in UTC with milliseconds, all of them: text order is time order. */
  createdAt: string;
  /** Of the latest claim. */
  startedAt: string | null;
  finishedAt: string | null;
  /** How many times a worker has taken it. */
  attempts: number;
  /** What was asked for: the fields beside the file. */
  request: string;
  /** Blob key of the uploaded bytes. */
  upload: string;
  digest: string;
  /** Verdict when done. */
  verdict: string | null;
  /** What a list shows of the verdict, so that it need not read it. */
  summary: string | null;
  /** Stable code when failed. */
  failure: string | null;
}

export interface NewAudit {
  id: string;
  createdAt: string;
  request: string;
  upload: string;
  digest: string;
  /** How many unfinished ones the organisation may have, this one counted. */
  unfinishedAtMost: number;
  idempotency?: { key: string; fingerprint: string };
}

export interface Lease {
  organisation: string;
  id: string;
  /** Proves that this worker still holds the audit. */
  token: string;
}

/** Everything an organisation owns. There is no way to ask without one. */
export interface OrganisationStore {
  /**
   * Adds the audit, or returns the one that this idempotency key made before.
   * `conflict` when the key was used for something else, `full` when there is no room for one more: the key
   * is then not used up. Unless `added`, the caller drops its own upload.
   */
  addAudit(
    audit: NewAudit,
  ): Promise<{ kind: 'added' | 'repeated'; row: AuditRow } | { kind: 'conflict' } | { kind: 'full' }>;
  audit(id: string): Promise<AuditRow | undefined>;
  /** Newest first. `before`: the id of the last audit on the page before; an unknown id gives none. */
  audits(page: { limit: number; before?: string }): Promise<Omit<AuditRow, 'verdict'>[]>;
  /** Id of the person who answers for the organisation. */
  owner(): Promise<string>;
  /** Ends others of the person's, see `NewLoginLink`. Does nothing when this hash has been one already. */
  addLoginLink(link: NewLoginLink): Promise<void>;
  /** undefined when there is one with this id already: nothing is then added. */
  addKey(key: NewKey): Promise<KeyRow | undefined>;
  /** Newest first, the revoked and expired among them. */
  keys(): Promise<KeyRow[]>;
  /** False when there is no such key; one that is revoked already stays as it was. */
  revokeKey(id: string, at: string): Promise<boolean>;
}

/** Everything here that is called a hash is the SHA-256 of a token; the token itself is never stored. */
export interface NewLoginLink {
  hash: string;
  /** Who is signed in by it. */
  person: string;
  createdAt: string;
  endsAt: string;
  /** Unused ones of the same person that would live beyond this end now. */
  endsOthersAfter: string;
}

export interface NewKey {
  id: string;
  hash: string;
  name: string;
  scopes: readonly string[];
  lastFour: string;
  createdAt: string;
  /** null: it does not end. */
  endsAt: string | null;
}

export interface KeyRow extends Omit<NewKey, 'hash'> {
  organisation: string;
  /** Its latest use, give or take an hour: not every use is written. */
  usedAt: string | null;
  revokedAt: string | null;
}

export interface SessionRow {
  organisation: string;
  person: string;
  endsAt: string;
}

export interface Store {
  organisation(id: string): OrganisationStore;
  /** The organisation that the first start makes, with its owner, who is made too where there is none. */
  firstOrganisation(): Promise<string>;
  /** False until somebody has: only then does a host offer a way in by itself. */
  everSignedIn(): Promise<boolean>;
  /**
   * Turns a login link into a session, in one atomic step: of two at once, one wins. undefined when there
   * is no such link, or it has been used or has ended. The person's other links end with it. Sessions that
   * have ended are cleared away.
   */
  useLoginLink(
    hash: string,
    session: { hash: string; createdAt: string; endsAt: string },
  ): Promise<SessionRow | undefined>;
  /** A session whoever's it is: its hash is all that who presents it has said. */
  session(hash: string): Promise<SessionRow | undefined>;
  endSession(hash: string): Promise<void>;
  /** A key whoever's it is, as with a session. */
  key(hash: string): Promise<KeyRow | undefined>;
  /** Notes that a key was used. */
  useKey(key: { organisation: string; id: string }, at: string): Promise<void>;
  /**
   * Takes an audit that is queued, or whose lease has run out, in one atomic step: of the organisation that
   * has the fewest running, the oldest.
   * One that has been taken `maxAttempts` times already is marked failed (`interrupted`) instead.
   */
  claimAudit(
    now: Date,
    leaseMs: number,
    maxAttempts: number,
  ): Promise<(Lease & { row: AuditRow }) | undefined>;
  /** False when another worker has taken it since: the token counts, not the clock. */
  renewLease(lease: Lease, now: Date, leaseMs: number): Promise<boolean>;
  /** False when the lease was lost: the result then belongs to nobody and is dropped. */
  finishAudit(
    lease: Lease,
    result: { finishedAt: string } & ({ verdict: string; summary: string } | { failure: string }),
  ): Promise<boolean>;
  /** Puts it back in line as if this claim had never been; false when the lease was lost. */
  returnAudit(lease: Lease): Promise<boolean>;
  /**
   * Ends every lease, so that what a dead worker left can be claimed at once; the claims keep counting.
   * Only for a host that knows no other worker lives, such as one that has just locked the data directory.
   */
  endLeases(): Promise<void>;
  /** When the next lease runs out, so that a host knows when to look again. */
  nextLeaseEnd(): Promise<Date | undefined>;
  /** Resolves when a trivial query succeeds. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
