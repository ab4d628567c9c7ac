/** Clearances, and the waivers that they rest on. */

export interface WaiverRow {
  id: string;
  digest: string;
  rule: string;
  /** Who takes it upon themselves. */
  person: string;
  reason: string;
  createdAt: string;
  endsAt: string;
  revokedAt: string | null;
}

export interface ClearanceRow {
  /** The jti. */
  id: string;
  audit: string;
  digest: string;
  ruleSet: string;
  kid: string;
  issuedAt: string;
  expiresAt: string;
  /** Ids of the waivers it rests on. */
  waivers: readonly string[];
  /** Id of the person or key that asked for it. */
  by: string;
  /** Id of the clearance in whose place it was granted, for a mailing that goes on; null: of none. */
  follows: string | null;
  revokedAt: string | null;
}

export interface ClearanceStore {
  add(clearance: Omit<ClearanceRow, 'revokedAt' | 'follows'> & { follows?: string | null }): Promise<void>;
  find(id: string): Promise<ClearanceRow | undefined>;
  /** Newest first. */
  ofAudit(audit: string): Promise<ClearanceRow[]>;
  /** With it those that followed it. False when there is none; one that is revoked stays as it was. */
  revoke(id: string, at: string): Promise<boolean>;
  addWaiver(waiver: Omit<WaiverRow, 'revokedAt'>): Promise<void>;
  waivers(digest: string): Promise<WaiverRow[]>;
  /** Ends it, and revokes every clearance that rests on it, in one step. */
  revokeWaiver(id: string, at: string): Promise<boolean>;
}
