/** A clearance as it is shown, and what may be asked of clearances (law 2). */
import type { ClearanceRow, PublicKey, WaiverRow } from '../ports.ts';

export const clearanceErrorCodes = [
  'audit-not-found',
  'not-finished',
  'audit-failed',
  'simulated',
  'partial',
  'blocked',
  'undecided',
  'facts-stale',
  'rule-set-changed',
  'message-changed',
  'organisation-other',
  'follows-revoked',
] as const;
export type ClearanceErrorCode = (typeof clearanceErrorCodes)[number];

export const waiverErrorCodes = [
  'audit-not-found',
  'not-finished',
  'rule-not-failed',
  'rule-not-major',
  'owner-only',
  'name-missing',
  'reason-missing',
  'reason-too-long',
  'ends-at-invalid',
] as const;
export type WaiverErrorCode = (typeof waiverErrorCodes)[number];

/** The claims of a clearance, as they stand in its JWS. */
export interface Claims {
  iss: string;
  aud: 'klarsignal-send';
  /** Organisation. */
  sub: string;
  jti: string;
  /** Seconds. */
  iat: number;
  exp: number;
  digest: string;
  rule_set: string;
  waivers: { rule: string; until: string }[];
}

export interface Granted {
  /** Compact JWS. */
  token: string;
  row: ClearanceRow;
}

export type Verified =
  | { valid: true; claims: Claims; row: ClearanceRow }
  /** `claims` only where the signature is ours. */
  | {
      valid: false;
      code: 'malformed' | 'signature' | 'expired' | 'revoked' | 'other-organisation' | 'unknown';
      claims?: Claims;
    };

export interface Clearances {
  /** `follows`: id of the clearance in whose place it comes; it must be of the same digest, and not revoked. */
  grant(
    organisation: string,
    by: string,
    audit: string,
    follows?: string,
  ): Promise<{ kind: 'granted'; granted: Granted } | { kind: 'refused'; code: ClearanceErrorCode }>;
  /** Whether one would be granted now; the code says why not. */
  earned(organisation: string, audit: string): Promise<'earned' | ClearanceErrorCode>;
  /** Signature, algorithm, issuer, audience, time, organisation and revocation; in that order. */
  verify(organisation: string, token: string): Promise<Verified>;
  revoke(organisation: string, id: string): Promise<boolean>;
  ofAudit(organisation: string, audit: string): Promise<ClearanceRow[]>;
  /** For /.well-known/jwks.json. */
  keys(): readonly PublicKey[];
  waive(
    organisation: string,
    caller: { kind: 'person' | 'key'; id: string; role: string },
    order: { audit: string; rule: string; reason: string; endsAt: string },
  ): Promise<
    | { kind: 'waived'; waiver: WaiverRow }
    | { kind: 'invalid'; errors: readonly { code: WaiverErrorCode; field: string }[] }
  >;
  /** Those of an audit's digest, newest first. */
  waivers(organisation: string, audit: string): Promise<WaiverRow[]>;
  /** Also revokes what rests on it. */
  revokeWaiver(organisation: string, id: string): Promise<boolean>;
}
