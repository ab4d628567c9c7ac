/** The store: what is kept of everything. Each organisation's things go through its own store. */
import type { CampaignStore } from './campaign-store.ts';
import type { CampaignWork } from './campaign-work.ts';
import type { MemberStore, Role } from './member-store.ts';

export type * from './campaign-store.ts';
export type * from './campaign-work.ts';
export type * from './member-store.ts';

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
export interface OrganisationStore extends CampaignStore {
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
  /** Id of the first person who answers for the organisation. */
  owner(): Promise<string>;
  members: MemberStore;
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
  /** Of the person, as it is now. */
  role: Role;
  endsAt: string;
}

export interface Store extends CampaignWork {
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
  /** A session whoever's it is, unless the person was removed: its hash is all that who presents it has said. */
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
