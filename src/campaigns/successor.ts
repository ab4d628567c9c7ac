/**
 * The clearance that follows the present one of a mailing that outlives it: the whole audit again by the ordinary
 * door, a clearance by the ordinary grant for whoever ordered the mailing, and only then does the mailing go by it.
 * What is not certain changes nothing, and the mailing pauses when its clearance ends.
 */
import { scopesNow } from '../access/right.ts';
import { hasEnded } from '../audits/audit.ts';
import type { ClearanceErrorCode } from '../clearance/clearance.ts';
import type { CampaignRow, CampaignState, ClearanceRow } from '../ports.ts';
import type { Alerts } from './alert.ts';
import type { CampaignsOptions } from './options.ts';

/** Why nothing follows: what the grant says, or what keeps it from being asked. */
export type SuccessorFault =
  | ClearanceErrorCode
  | 'orderer-ended'
  | 'message-other'
  | 'not-later'
  | 'unreadable';

export type Looked =
  /** It goes by another clearance now. */
  | { kind: 'succeeded' }
  /** Nothing to do before. `awaits`: the present one has ended, and an audit that may bring the next is under way. */
  | { kind: 'later'; at: Date; awaits: boolean }
  /** Nothing more to do for this clearance. */
  | { kind: 'none' };

export interface Successors {
  look(row: CampaignRow): Promise<Looked>;
}

/** Milliseconds between two looks at an audit that runs. */
const lookMs = 5_000;
/** A grant that says so is of an audit that is too old: another one is made. */
const outdated: readonly string[] = ['facts-stale', 'rule-set-changed'];
/** What another audit soon may answer otherwise: a server that did not answer, a process that ended. */
const passing: readonly string[] = ['undecided', 'audit-failed'];
const open: readonly CampaignState[] = ['queued', 'sending'];

export function createSuccessors(
  options: Pick<CampaignsOptions, 'store' | 'audits' | 'clearances' | 'clock' | 'policy' | 'log'>,
  alerts: Pick<Alerts, 'raise'>,
): Successors {
  const { store, audits, clearances, clock, policy, log } = options;

  /** Before the present one ends; where the mailing starts after that, before its start. */
  function dueAt({ state, startsAt }: CampaignRow, { expiresAt }: ClearanceRow): number {
    const ends = Date.parse(expiresAt);
    const starts = state === 'queued' && startsAt !== null ? Date.parse(startsAt) : 0;
    return Math.max(ends, starts) - policy.clearance.againMs;
  }

  async function refuse(
    row: CampaignRow,
    reason: SuccessorFault,
    { expiresAt }: ClearanceRow,
  ): Promise<Looked> {
    const { organisation, id, nextAudit } = row;
    const { ledger } = store.organisation(organisation);
    // A person may have given it another clearance meanwhile.
    const now = await ledger.find(id);
    if (now?.clearance !== row.clearance) return { kind: 'none' };
    if (await ledger.change(id, { nextRefused: reason }, { states: open })) {
      log('clearance not followed', { campaign: id, reason }, 'info');
      const data = { reason, at: expiresAt, ...(nextAudit === null ? {} : { audit: nextAudit }) };
      await alerts.raise({ organisation, campaign: id }, 'clearance-ends', data);
    }
    return { kind: 'none' };
  }

  async function look(row: CampaignRow): Promise<Looked> {
    const { organisation, id, digest, nextAudit, orderedBy, state } = row;
    if (row.onExpiry !== 'audit-again' || row.nextRefused !== null || !open.includes(state))
      return { kind: 'none' };
    const own = store.organisation(organisation);
    const present = await own.clearances.find(row.clearance);
    if (!present || present.revokedAt !== null) return { kind: 'none' };
    const now = clock.now();
    const due = dueAt(row, present);
    if (now.getTime() < due) return { kind: 'later', at: new Date(due), awaits: false };
    const ended = Date.parse(present.expiresAt) <= now.getTime();
    const soon: Looked = { kind: 'later', at: new Date(now.getTime() + lookMs), awaits: ended };
    if (orderedBy === null || !(await mayClear(options, organisation, orderedBy)))
      return refuse(row, 'orderer-ended', present);
    if (nextAudit === null) return begin(row, present, soon);
    const audit = await audits.find(organisation, nextAudit);
    if (audit && !hasEnded(audit)) return soon;
    if (audit?.digest !== digest) return refuse(row, 'message-other', present);
    const granted = await clearances.grant(organisation, orderedBy, nextAudit, row.clearance);
    if (granted.kind === 'refused') {
      // Tried again for half of the time, so that a person has the other half.
      const retry = new Date(Date.parse(audit.finishedAt ?? audit.createdAt) + policy.clearance.againEveryMs);
      if (passing.includes(granted.code) && retry.getTime() <= due + policy.clearance.againMs / 2)
        return retry > now ? { kind: 'later', at: retry, awaits: false } : begin(row, present, soon);
      // The mailing pauses for it at once, and says so.
      if (granted.code === 'follows-revoked') return { kind: 'none' };
      return outdated.includes(granted.code) ? begin(row, present, soon) : refuse(row, granted.code, present);
    }
    const { row: next } = granted.granted;
    const at = clock.now().toISOString();
    // One that a waiver ends no later than the present one would be followed by the like for ever.
    const later = next.expiresAt > present.expiresAt;
    const succession = { present: present.id, next: next.id, state, at };
    if (later && (await own.ledger.succeed(id, succession))) {
      log('clearance followed', { campaign: id, clearance: next.id, follows: present.id }, 'info');
      return { kind: 'succeeded' };
    }
    // Nobody holds it: what nothing goes by stays open to nobody.
    await clearances.revoke(organisation, next.id);
    return later ? { kind: 'none' } : refuse(row, 'not-later', present);
  }

  /** The same upload and fields, by the routes of today. */
  async function begin(row: CampaignRow, present: ClearanceRow, soon: Looked): Promise<Looked> {
    const { organisation, id } = row;
    // With a space, so that no caller's own key is like it. Asked twice, it is one audit.
    const key = `next ${id} ${row.clearance} ${row.nextAudit ?? ''}`;
    const taken = await audits.again(organisation, row.audit, {}, key);
    if (taken.kind === 'busy') return soon;
    if (!('audit' in taken)) return refuse(row, 'unreadable', present);
    // Another sender's route, or another composer, since: it would be another mail.
    if (taken.audit.digest !== row.digest) return refuse(row, 'message-other', present);
    await store.organisation(organisation).ledger.change(id, { nextAudit: taken.audit.id }, { states: open });
    return soon;
  }

  return { look };
}

/** Whether this person or key may be granted clearances now. */
export async function mayClear(
  { store, clock }: Pick<CampaignsOptions, 'store' | 'clock'>,
  organisation: string,
  id: string,
): Promise<boolean> {
  const scopes = await scopesNow(store.organisation(organisation), id, clock.now());
  return scopes.includes('clearances:write');
}
