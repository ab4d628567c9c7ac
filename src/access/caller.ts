/** Who calls, and what they may do. */
import type { Role } from '../ports.ts';

/** What a caller may do: a key as it was made, a person by their role. */
export const scopes = [
  'audits:read',
  'audits:write',
  'clearances:write',
  'senders:read',
  'senders:write',
  'sends:read',
  'sends:write',
  'recipients:write',
] as const;
export type Scope = (typeof scopes)[number];

export interface Caller {
  organisation: string;
  kind: 'person' | 'key';
  /** Of the person or the key. */
  id: string;
  /** null: a key, which acts by its scopes alone. */
  role: Role | null;
  scopes: readonly Scope[];
}
