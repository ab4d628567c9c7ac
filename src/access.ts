/**
 * Who may come in: people by a login link that becomes a session, programs by an API key. Whoever presents a
 * token is found by its SHA-256; the token itself is shown once and never stored.
 */
import { type Caller, type Scope, scopes } from './access/caller.ts';
import { type KeyError, type KeyOrder, readOrder } from './access/key-order.ts';
import { createMembers, type Members } from './access/members.ts';
import { scopesOf } from './access/role.ts';
import { hashOf, isToken, newToken } from './access/token.ts';
import type { Clock, KeyRow, Store } from './ports.ts';

export { type Caller, type Scope, scopes } from './access/caller.ts';
export { type KeyError, type KeyOrder, keyErrorCodes } from './access/key-order.ts';
export {
  type Invitation,
  type InvitationError,
  type InvitationOrder,
  invitationErrorCodes,
  invitationLife,
  type Member,
  type Members,
} from './access/members.ts';
export { roles, scopesOf } from './access/role.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Milliseconds. Long enough to walk from the terminal to the browser, too short to be found lying about. */
export const linkLife = 15 * minute;
/** Milliseconds. Who installs the service may come back to it the next morning. */
export const firstLinkLife = day;
/** Milliseconds. A newsletter is written once a month: who writes it should not sign in each time. */
export const sessionLife = 30 * day;
/** Milliseconds between two notes that a key was used: a busy key would else write at every request. */
const useNoted = hour;
/** A token that somebody else has chosen must be as hard to guess as one may ask. */
export const setupTokenLength = { least: 32, most: 200 } as const;

export interface Key extends Omit<KeyRow, 'organisation' | 'scopes'> {
  scopes: readonly Scope[];
  state: 'live' | 'revoked' | 'ended';
}

export interface SignedIn {
  /** Of the session, for a cookie. */
  token: string;
  endsAt: string;
}

export interface Access {
  readonly members: Members;
  /** The token of a login link for the owner; the first organisation and its owner are made if need be. */
  makeLoginLink(life: number, organisation?: string): Promise<string>;
  /**
   * Lets the owner sign in once with a token chosen outside (`setupTokenLength`), within `firstLinkLife` of
   * the first call with it. Later calls change nothing.
   */
  adoptLoginLink(token: string): Promise<void>;
  everSignedIn(): Promise<boolean>;
  /** Uses a login link up and makes a new session; undefined when the link is unknown, used or has ended. */
  signIn(linkToken: string): Promise<SignedIn | undefined>;
  /** Ends a session; one that is unknown has ended already. */
  signOut(sessionToken: string): Promise<void>;
  /** The person of a session, undefined when it is unknown or has ended. */
  person(sessionToken: string): Promise<Caller | undefined>;
  /** The program of an API key, undefined when it is unknown, revoked or has ended. Notes the use. */
  program(keyToken: string): Promise<Caller | undefined>;
  /** An id for a key that is yet to be made. */
  newKeyId(): string;
  /**
   * `token`: shown now or never. `id`: from `newKeyId`, so that the same form sent twice makes one key;
   * `repeated` when there is one with it. One that is none of ours is replaced.
   */
  createKey(
    organisation: string,
    order: KeyOrder,
    id?: string,
  ): Promise<
    { kind: 'made'; token: string; key: Key } | { kind: 'repeated' } | { kind: 'invalid'; errors: KeyError[] }
  >;
  /** Newest first. */
  keys(organisation: string): Promise<Key[]>;
  /** False when there is no such key. */
  revokeKey(organisation: string, id: string): Promise<boolean>;
}

export function createAccess({ store, clock }: { store: Store; clock: Clock }): Access {
  const after = (ms: number) => new Date(clock.now().getTime() + ms).toISOString();
  const hasEnded = (endsAt: string | null) => endsAt !== null && endsAt <= clock.now().toISOString();

  async function addLink(token: string, life: number, organisation?: string): Promise<void> {
    const own = store.organisation(organisation ?? (await store.firstOrganisation()));
    const person = await own.owner();
    await own.addLoginLink({
      hash: await hashOf(token),
      person,
      createdAt: after(0),
      endsAt: after(life),
      // Every start before the first sign-in makes one that lives for a day, and prints it: the newest counts.
      endsOthersAfter: after(linkLife),
    });
  }

  function present({ organisation: _, ...row }: KeyRow): Key {
    const state = row.revokedAt !== null ? 'revoked' : hasEnded(row.endsAt) ? 'ended' : 'live';
    // A scope of a newer version means nothing here.
    return { ...row, state, scopes: scopes.filter((scope) => row.scopes.includes(scope)) };
  }

  return {
    members: createMembers({ store, clock }),

    async makeLoginLink(life, organisation) {
      const token = newToken('loginLink');
      await addLink(token, life, organisation);
      return token;
    },

    async adoptLoginLink(token) {
      const { least, most } = setupTokenLength;
      if (token.length < least || token.length > most)
        throw new RangeError(`a setup token has ${least} to ${most} characters`);
      await addLink(token, firstLinkLife);
    },

    everSignedIn: () => store.everSignedIn(),

    async signIn(linkToken) {
      if (linkToken.length < setupTokenLength.least || linkToken.length > setupTokenLength.most)
        return undefined;
      // Always a new one: a session that somebody has planted beforehand never becomes this person's.
      const token = newToken('session');
      const session = { hash: await hashOf(token), createdAt: after(0), endsAt: after(sessionLife) };
      const made = await store.useLoginLink(await hashOf(linkToken), session);
      return made && { token, endsAt: made.endsAt };
    },

    async signOut(sessionToken) {
      if (isToken('session', sessionToken)) await store.endSession(await hashOf(sessionToken));
    },

    async person(sessionToken) {
      if (!isToken('session', sessionToken)) return undefined;
      const row = await store.session(await hashOf(sessionToken));
      if (!row || hasEnded(row.endsAt)) return undefined;
      const { organisation, person: id, role } = row;
      return { organisation, kind: 'person', id, role, scopes: scopesOf(role) };
    },

    async program(keyToken) {
      if (!isToken('key', keyToken)) return undefined;
      const row = await store.key(await hashOf(keyToken));
      if (!row) return undefined;
      const key = present(row);
      if (key.state !== 'live') return undefined;
      const { organisation, id } = row;
      if (key.usedAt === null || clock.now().getTime() - Date.parse(key.usedAt) >= useNoted)
        await store.useKey({ organisation, id }, after(0));
      return { organisation, kind: 'key', id, role: null, scopes: key.scopes };
    },

    newKeyId,

    async createKey(organisation, order, id = '') {
      const read = readOrder(order);
      if (!read.ok) return { kind: 'invalid', errors: read.errors };
      const token = newToken('key');
      const row = await store.organisation(organisation).addKey({
        id: keyIdForm.test(id) ? id : newKeyId(),
        hash: await hashOf(token),
        name: read.name,
        scopes: read.scopes,
        lastFour: token.slice(-4),
        createdAt: after(0),
        endsAt: read.days === null ? null : after(read.days * day),
      });
      return row ? { kind: 'made', token, key: present(row) } : { kind: 'repeated' };
    },

    async keys(organisation) {
      return (await store.organisation(organisation).keys()).map(present);
    },

    revokeKey: (organisation, id) => store.organisation(organisation).revokeKey(id, after(0)),
  };
}

const keyIdForm = /^key_[0-9a-f]{16}$/;

/** Short enough to write after `klarsignal key revoke`: 64 random bits, and it opens nothing. */
function newKeyId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return `key_${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
