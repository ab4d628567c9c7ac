/** People: invited by a link, given a role, removed. The last owner stays. */
import type { Clock, MemberChanged, MemberRow, Role, Store } from '../ports.ts';
import type { Caller } from './caller.ts';
import { isName } from './own-name.ts';
import { roles } from './role.ts';
import { hashOf, newToken } from './token.ts';

const day = 24 * 60 * 60_000;
/** Milliseconds. Whoever is invited may be away for some days. */
export const invitationLife = 7 * day;

export interface Member extends Omit<MemberRow, 'endedAt'> {
  state: 'active' | 'invited' | 'removed';
}

export interface InvitationOrder {
  name: string;
  role: string;
}

export const invitationErrorCodes = ['member-name-missing', 'member-name-invalid', 'role-unknown'] as const;

export interface InvitationError {
  code: (typeof invitationErrorCodes)[number];
  field: keyof InvitationOrder;
}

export interface Invitation {
  /** Of a login link: shown now or never. */
  token: string;
  endsAt: string;
}

export type Invited =
  | { kind: 'invited'; invitation: Invitation; member: Member }
  | { kind: 'repeated' }
  | { kind: 'invalid'; errors: readonly InvitationError[] };

export interface Members {
  /** Oldest first. Those who were removed are among them: what they did keeps their name. */
  list(organisation: string): Promise<Member[]>;
  /** An id for somebody who is yet to be invited, so that the same form sent twice invites once. */
  newId(): string;
  invite(organisation: string, order: InvitationOrder, id?: string): Promise<Invited>;
  /** Another link for who has lost theirs, or is signed out; those before end. undefined: no such person. */
  linkFor(organisation: string, id: string): Promise<Invitation | undefined>;
  changeRole(organisation: string, id: string, role: string): Promise<MemberChanged | 'role-unknown'>;
  /** A name for somebody who has none, or another one. */
  rename(
    organisation: string,
    id: string,
    name: string,
  ): Promise<'changed' | 'missing' | Exclude<InvitationError['code'], 'role-unknown'>>;
  /** Their sessions and links end at once. */
  remove(organisation: string, id: string): Promise<MemberChanged>;
  /** Ends every session and link of whoever calls. */
  signOutEverywhere(caller: Caller): Promise<void>;
}

const idForm = /^per_[0-9a-f]{32}$/;
const newId = () => `per_${crypto.randomUUID().replaceAll('-', '')}`;

export function createMembers({ store, clock }: { store: Store; clock: Clock }): Members {
  const after = (ms: number) => new Date(clock.now().getTime() + ms).toISOString();
  const membersOf = (organisation: string) => store.organisation(organisation).members;

  async function makeLink(organisation: string, person: string): Promise<Invitation> {
    const token = newToken('loginLink');
    const [createdAt, endsAt] = [after(0), after(invitationLife)];
    const link = { hash: await hashOf(token), person, createdAt, endsAt, endsOthersAfter: createdAt };
    await store.organisation(organisation).addLoginLink(link);
    return { token, endsAt };
  }

  return {
    async list(organisation) {
      return (await membersOf(organisation).list()).map(present);
    },
    newId,

    async invite(organisation, order, asked = '') {
      const name = order.name.trim();
      const role = roles.find((one) => one === order.role);
      const wrong = nameFault(name);
      const errors: InvitationError[] = wrong ? [{ code: wrong, field: 'name' }] : [];
      if (!role) errors.push({ code: 'role-unknown', field: 'role' });
      if (!role || errors.length > 0) return { kind: 'invalid', errors };
      const id = idForm.test(asked) ? asked : newId();
      const row = { id, name, role, createdAt: after(0) };
      if (!(await membersOf(organisation).add(row))) return { kind: 'repeated' };
      const member = present({ ...row, signedInAt: null, endedAt: null });
      return { kind: 'invited', invitation: await makeLink(organisation, id), member };
    },

    async linkFor(organisation, id) {
      const found = (await membersOf(organisation).list()).find((one) => one.id === id);
      return found && found.endedAt === null ? makeLink(organisation, id) : undefined;
    },

    async changeRole(organisation, id, asked) {
      const role = roles.find((one): one is Role => one === asked);
      return role ? membersOf(organisation).changeRole(id, role) : 'role-unknown';
    },
    async rename(organisation, id, asked) {
      const name = asked.trim();
      const wrong = nameFault(name);
      if (wrong) return wrong;
      return (await membersOf(organisation).rename(id, name)) ? 'changed' : 'missing';
    },
    remove: (organisation, id) => membersOf(organisation).end(id, after(0)),

    async signOutEverywhere({ organisation, kind, id }) {
      if (kind === 'person') await membersOf(organisation).endSessions(id, after(0));
    },
  };
}

function nameFault(name: string): 'member-name-missing' | 'member-name-invalid' | undefined {
  if (name === '') return 'member-name-missing';
  return isName(name) ? undefined : 'member-name-invalid';
}

function present({ endedAt, ...row }: MemberRow): Member {
  const state = endedAt !== null ? 'removed' : row.signedInAt === null ? 'invited' : 'active';
  return { ...row, state };
}
