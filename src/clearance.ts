/**
 * Clearances: granted to an audit that has earned one, bound to its digest, verified before anything goes out,
 * revoked at any time (law 2).
 */
import { newId } from './audits.ts';
import type { Claims, Clearances, Verified } from './clearance/clearance.ts';
import { clockSkew, groundOf } from './clearance/ground.ts';
import { audience, openToken, signClaims } from './clearance/token.ts';
import { readWaiver } from './clearance/waiver.ts';
import type { ClearanceRow, Clock, Keyring, Log, Store } from './ports.ts';
import type { Policy } from './rule.ts';

export {
  type Claims,
  type ClearanceErrorCode,
  type Clearances,
  clearanceErrorCodes,
  type Granted,
  type Verified,
  type WaiverErrorCode,
  waiverErrorCodes,
} from './clearance/clearance.ts';
export { reasonLength } from './clearance/waiver.ts';

export interface ClearancesOptions {
  store: Store;
  keyring: Keyring;
  clock: Clock;
  policy: Policy;
  /** Digest of the rules that run. */
  ruleSet: string;
  /** Who grants: the public address, or a name where there is none. */
  issuer: string;
  /**
   * The digest that the audit's message would have if it were handed in now, undefined when it can no longer be
   * read; by the routes of today. Without it the digest stands as it was audited.
   */
  digestNow?: ((organisation: string, audit: string) => Promise<string | undefined>) | undefined;
  /** Never given a token, or what a message contains. */
  log: Log;
}

export function createClearances(options: ClearancesOptions): Clearances {
  const { store, keyring, clock, policy, ruleSet, issuer, digestNow, log } = options;
  const ofOrganisation = (organisation: string) => store.organisation(organisation).clearances;

  async function revoke(organisation: string, id: string): Promise<boolean> {
    const revoked = await ofOrganisation(organisation).revoke(id, clock.now().toISOString());
    if (revoked) log('clearance revoked', { organisation, clearance: id }, 'info');
    return revoked;
  }

  /** What a clearance of this audit would rest on at that moment, or why there is none. */
  async function standing(organisation: string, audit: string, now: Date) {
    const row = await store.organisation(organisation).audit(audit);
    if (!row) return 'audit-not-found';
    if (row.organisation !== organisation) return 'organisation-other';
    const waivers = await ofOrganisation(organisation).waivers(row.digest);
    const ground = groundOf(row, waivers, { ruleSet, policy, now });
    if (!ground.ok) return ground.code;
    if (digestNow && (await digestNow(organisation, audit)) !== row.digest) return 'message-changed';
    return { row, waivers: ground.waivers };
  }

  /** One that has ended may be followed: what it stood for is asked anew. One that was revoked may not. */
  async function isFollowable(organisation: string, id: string, digest: string): Promise<boolean> {
    const before = await ofOrganisation(organisation).find(id);
    return before?.revokedAt === null && before.digest === digest;
  }

  return {
    async earned(organisation, audit) {
      const found = await standing(organisation, audit, clock.now());
      return typeof found === 'string' ? found : 'earned';
    },

    async grant(organisation, by, audit, follows) {
      const clearances = ofOrganisation(organisation);
      const now = clock.now();
      const ground = await standing(organisation, audit, now);
      if (typeof ground === 'string') return { kind: 'refused', code: ground };
      const { row } = ground;
      if (follows !== undefined && !(await isFollowable(organisation, follows, row.digest)))
        return { kind: 'refused', code: 'follows-revoked' };
      const ends = ground.waivers.map(({ endsAt }) => Date.parse(endsAt));
      const iat = Math.floor(now.getTime() / 1000);
      const exp = Math.floor(Math.min(iat * 1000 + policy.clearance.lifeMs, ...ends) / 1000);
      // The last waiver ends within this second.
      if (exp <= iat) return { kind: 'refused', code: 'blocked' };
      const kid = keyring.currentKid();
      const granted: Omit<ClearanceRow, 'revokedAt'> = {
        id: newId('clr'),
        audit,
        digest: row.digest,
        ruleSet,
        kid,
        issuedAt: timeOf(iat),
        expiresAt: timeOf(exp),
        waivers: ground.waivers.map(({ id }) => id),
        by,
        follows: follows ?? null,
      };
      const claims: Claims = {
        iss: issuer,
        aud: audience,
        sub: organisation,
        jti: granted.id,
        iat,
        exp,
        digest: row.digest,
        rule_set: ruleSet,
        waivers: ground.waivers.map(({ rule, endsAt }) => ({ rule, until: endsAt })),
      };
      const token = await signClaims(claims, keyring, kid);
      await clearances.add(granted);
      // What was revoked meanwhile, a waiver or the clearance before, did not find this one there.
      const still = await clearances.waivers(row.digest);
      const gone = granted.waivers.some(
        (id) => !still.some((one) => one.id === id && one.revokedAt === null),
      );
      const stays = follows === undefined || (await isFollowable(organisation, follows, row.digest));
      if (gone || !stays) {
        await revoke(organisation, granted.id);
        return { kind: 'refused', code: gone ? 'blocked' : 'follows-revoked' };
      }
      log('clearance granted', { organisation, audit, clearance: granted.id, by }, 'info');
      return { kind: 'granted', granted: { token, row: { ...granted, revokedAt: null } } };
    },

    async verify(organisation, token): Promise<Verified> {
      const opened = await openToken(token, keyring.published());
      if (opened.code !== 'ours') return { valid: false, code: opened.code };
      const { claims, kid } = opened;
      const invalid = (code: 'unknown' | 'other-organisation' | 'expired' | 'revoked'): Verified => ({
        valid: false,
        code,
        claims,
      });
      if (claims.iss !== issuer || claims.aud !== audience) return invalid('unknown');
      if (claims.sub !== organisation) return invalid('other-organisation');
      const now = clock.now().getTime();
      if (claims.exp * 1000 <= now) return invalid('expired');
      if (claims.iat * 1000 > now + clockSkew) return invalid('unknown');
      const row = await ofOrganisation(organisation).find(claims.jti);
      if (!row || !isOf(row, claims, kid)) return invalid('unknown');
      return row.revokedAt === null ? { valid: true, claims, row } : invalid('revoked');
    },

    revoke,
    ofAudit: (organisation, audit) => ofOrganisation(organisation).ofAudit(audit),
    keys: () => keyring.published(),

    async waive(organisation, caller, order) {
      const row = await store.organisation(organisation).audit(order.audit);
      const now = clock.now();
      const members = await store.organisation(organisation).members.list();
      const person = members.find(({ id, endedAt }) => id === caller.id && endedAt === null);
      const read = readWaiver({ ...caller, name: person?.name ?? null }, order, row, { now, policy });
      if (!read.ok || !row) return { kind: 'invalid', errors: read.ok ? [] : read.errors };
      const { rule, reason, endsAt } = read;
      const made = { id: newId('wai'), digest: row.digest, rule, person: caller.id, reason };
      const waiver = { ...made, createdAt: now.toISOString(), endsAt };
      await ofOrganisation(organisation).addWaiver(waiver);
      log('waiver made', { organisation, audit: row.id, rule, waiver: waiver.id, by: caller.id }, 'info');
      return { kind: 'waived', waiver: { ...waiver, revokedAt: null } };
    },

    async waivers(organisation, audit) {
      const row = await store.organisation(organisation).audit(audit);
      if (!row) return [];
      const found = await ofOrganisation(organisation).waivers(row.digest);
      return found.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
    },

    async revokeWaiver(organisation, id) {
      const revoked = await ofOrganisation(organisation).revokeWaiver(id, clock.now().toISOString());
      if (revoked) log('waiver revoked', { organisation, waiver: id }, 'info');
      return revoked;
    },
  };
}

/** Whether the row is what was signed: a row that somebody has changed opens nothing. */
function isOf(row: ClearanceRow, claims: Claims, kid: string): boolean {
  return (
    row.id === claims.jti &&
    row.digest === claims.digest &&
    row.ruleSet === claims.rule_set &&
    row.kid === kid &&
    row.issuedAt === timeOf(claims.iat) &&
    row.expiresAt === timeOf(claims.exp)
  );
}

/** Of seconds: whole ones, so that the row says what the token says. */
function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
