/** Who calls, and what they may do. */

/** A scope says what a caller may do; a signed-in person has them all. */
export const scopes = ['audits:read', 'audits:write'] as const;
export type Scope = (typeof scopes)[number];

export interface Caller {
  organisation: string;
  kind: 'person' | 'key';
  /** Of the person or the key. */
  id: string;
  scopes: readonly Scope[];
}
