/** The people of an organisation. */

export type Role = 'owner' | 'editor' | 'viewer';

export interface MemberRow {
  id: string;
  /** null: nobody has said, as with whoever installed the service. */
  name: string | null;
  role: Role;
  createdAt: string;
  /** The latest time; null: the invitation has not been taken up. */
  signedInAt: string | null;
  /** When they were removed; what they did keeps their name. */
  endedAt: string | null;
}

/** `last-owner`: nobody would be left who may let others in, so nothing was changed. */
export type MemberChanged = 'changed' | 'last-owner' | 'missing';

export interface MemberStore {
  /** False when there is one with this id already: nothing is then added. */
  add(member: Pick<MemberRow, 'id' | 'name' | 'role' | 'createdAt'>): Promise<boolean>;
  /** Oldest first, those who were removed among them. */
  list(): Promise<MemberRow[]>;
  changeRole(id: string, role: Role): Promise<MemberChanged>;
  /** False when there is no such person, or they were removed. */
  rename(id: string, name: string): Promise<boolean>;
  /** Removes a person, with their sessions and links, in one step. */
  end(id: string, at: string): Promise<MemberChanged>;
  /** Ends every session of a person, and every login link. */
  endSessions(id: string, at: string): Promise<void>;
}
