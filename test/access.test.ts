/** Who may come in, on a real database and a clock that is set: links, sessions, keys, and what is kept. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accessWords } from '../src/access/words.ts';
import {
  type Access,
  createAccess,
  firstLinkLife,
  type Key,
  keyErrorCodes,
  linkLife,
  type Scope,
  scopes,
  sessionLife,
} from '../src/access.ts';
import { openSqlite } from '../src/adapters/store/sqlite.ts';
import type { Store } from '../src/ports.ts';
import { locales } from '../src/rule.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const noon = Date.UTC(2026, 10, 22, 12);

let dir: string;
let store: Store;
let access: Access;
let organisation: string;
let now: number;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'klarsignal-access-'));
  now = noon;
  store = await openSqlite(join(dir, 'klarsignal.db'));
  organisation = await store.firstOrganisation();
  access = createAccess({ store, clock: { now: () => new Date(now) } });
});
afterEach(async () => {
  await store.close();
  rmSync(dir, { recursive: true });
});

function addOrganisation(id: string): void {
  const db = new DatabaseSync(join(dir, 'klarsignal.db'));
  db.prepare('INSERT INTO organisation VALUES (?, ?, ?)').run(id, id, '2027-01-01T00:00:00.000Z');
  db.prepare(
    "INSERT INTO person (organisation, id, role, created_at) VALUES (?, 'per_other', 'owner', ?)",
  ).run(id, '2027-01-01T00:00:00.000Z');
  db.close();
}

async function signIn(of = organisation): Promise<string> {
  const session = await access.signIn(await access.makeLoginLink(linkLife, of));
  if (!session) throw new Error('not signed in');
  return session.token;
}

async function makeKey(
  wanted: readonly Scope[] = scopes,
  days = '',
  of = organisation,
): Promise<{ token: string; key: Key }> {
  const made = await access.createKey(of, { name: 'nightly', scopes: wanted, days });
  if (made.kind !== 'made') throw new Error(JSON.stringify(made));
  return made;
}

describe('a login link', () => {
  test('makes a session of the owner, once', async () => {
    const link = await access.makeLoginLink(linkLife);
    expect(link).toMatch(/^ksl_[a-z2-7]{52}$/);
    expect(await access.everSignedIn()).toBe(false);
    const session = await access.signIn(link);
    expect(session).toEqual({
      token: expect.stringMatching(/^kss_[a-z2-7]{52}$/),
      endsAt: new Date(noon + sessionLife).toISOString(),
    });
    expect(await access.everSignedIn()).toBe(true);
    expect(await access.person(session?.token ?? '')).toEqual({
      organisation,
      kind: 'person',
      id: await store.organisation(organisation).owner(),
      role: 'owner',
      scopes,
    });
    expect(await access.signIn(link)).toBeUndefined();
    // The session that it became lives on.
    expect(await access.person(session?.token ?? '')).toBeDefined();
  });

  test('that lives for a day is the only one such, and signing in ends all others', async () => {
    const made: string[] = [];
    for (const life of [firstLinkLife, linkLife, firstLinkLife, linkLife]) {
      made.push(await access.makeLoginLink(life));
      now += minute;
    }
    const [first, short, , last] = made as [string, string, string, string];
    expect(await access.signIn(first)).toBeUndefined();
    const other = await access.makeLoginLink(linkLife);
    expect(await access.signIn(short)).toBeDefined();
    for (const link of [last, other]) expect(await access.signIn(link)).toBeUndefined();
  });

  test('adopted again and again ends no newer one', async () => {
    const chosen = 'chosen-by-somebody-else-0123456789abcdef';
    await access.adoptLoginLink(chosen);
    now += minute;
    const newer = await access.makeLoginLink(firstLinkLife);
    now += minute;
    await access.adoptLoginLink(chosen);
    expect(await access.signIn(chosen)).toBeUndefined();
    expect(await access.signIn(newer)).toBeDefined();
  });

  test('ten posts at once: exactly one wins, and only its session is there', async () => {
    const link = await access.makeLoginLink(linkLife);
    const made = await Promise.all(Array.from({ length: 10 }, () => access.signIn(link)));
    expect(made.filter(Boolean)).toHaveLength(1);
    const db = new DatabaseSync(join(dir, 'klarsignal.db'));
    expect(db.prepare('SELECT count(*) AS count FROM session').get()).toEqual({ count: 1 });
    db.close();
  });

  test.each([
    ['at once', 0, true],
    ['a millisecond before its end', linkLife - 1, true],
    ['at its end', linkLife, false],
    ['a day later', day, false],
  ])('%s: %s', async (_, after, works) => {
    const link = await access.makeLoginLink(linkLife);
    now += after;
    expect((await access.signIn(link)) !== undefined).toBe(works);
    expect(await access.everSignedIn()).toBe(works);
  });

  test.each([
    ['nothing', ''],
    ['one that was never made', `ksl_${'a'.repeat(52)}`],
    ['something else', '%'],
    ['a megabyte', 'a'.repeat(1 << 20)],
    ['half a surrogate pair', '\ud800'.repeat(40)],
    ['SQL', "' OR hash IS NOT NULL --                     "],
  ])('%s opens nothing', async (_, token) => {
    await access.makeLoginLink(linkLife);
    expect(await access.signIn(token)).toBeUndefined();
    expect(await access.everSignedIn()).toBe(false);
  });

  test('a session’s or a key’s token is no login link, and the other way round', async () => {
    const link = await access.makeLoginLink(linkLife);
    const session = await signIn();
    const { token: key } = await makeKey();
    expect(await Promise.all([session, key].map((token) => access.signIn(token)))).toEqual([
      undefined,
      undefined,
    ]);
    expect(await Promise.all([link, key].map((token) => access.person(token)))).toEqual([
      undefined,
      undefined,
    ]);
    expect(await Promise.all([link, session].map((token) => access.program(token)))).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('a token chosen outside works once, for a day from when it is first seen, and never again', async () => {
    const token = 's3cret-'.repeat(6);
    await access.adoptLoginLink(token);
    now += hour;
    await access.adoptLoginLink(token);
    now += firstLinkLife - hour;
    expect(await access.signIn(token)).toBeUndefined();
    await access.adoptLoginLink(`${token}2`);
    expect(await access.signIn(`${token}2`)).toBeDefined();
    for (const again of [token, `${token}2`]) {
      await access.adoptLoginLink(again);
      expect(await access.signIn(again)).toBeUndefined();
    }
    await expect(access.adoptLoginLink('x'.repeat(31))).rejects.toThrow(RangeError);
    await expect(access.adoptLoginLink('x'.repeat(201))).rejects.toThrow(RangeError);
  });
});

describe('a session', () => {
  test('ends after thirty days, and no sooner', async () => {
    const session = await signIn();
    now += sessionLife - 1;
    expect(await access.person(session)).toBeDefined();
    now += 1;
    expect(await access.person(session)).toBeUndefined();
  });

  test('ends when it is signed out, and no other with it', async () => {
    const [one, two] = [await signIn(), await signIn()];
    expect(one).not.toBe(two);
    await access.signOut(one);
    await access.signOut(one);
    await access.signOut('');
    expect(await access.person(one)).toBeUndefined();
    expect(await access.person(two)).toBeDefined();
  });

  test('what has ended is cleared away at the next sign-in', async () => {
    await signIn();
    now += sessionLife;
    const last = await signIn();
    const db = new DatabaseSync(join(dir, 'klarsignal.db'));
    expect(db.prepare('SELECT ends_at FROM session').all()).toEqual([
      { ends_at: new Date(now + sessionLife).toISOString() },
    ]);
    db.close();
    expect(await access.person(last)).toBeDefined();
  });

  test.each([
    ['empty', ''],
    ['a hash from the table', 'hash'],
    ['with something after it', 'longer'],
    ['in capitals', 'capitals'],
  ])('%s opens nothing', async (_, how) => {
    const session = await signIn();
    const db = new DatabaseSync(join(dir, 'klarsignal.db'));
    const hash = String(db.prepare('SELECT hash FROM session').get()?.hash);
    db.close();
    const shown = { hash, longer: `${session}a`, capitals: session.toUpperCase() }[how] ?? '';
    expect(await access.person(shown)).toBeUndefined();
  });

  test('belongs to the organisation of its link, whatever else there is', async () => {
    addOrganisation('org_other');
    expect(await access.person(await signIn('org_other'))).toMatchObject({
      organisation: 'org_other',
      id: 'per_other',
    });
    expect(await access.person(await signIn())).toMatchObject({ organisation });
  });
});

describe('an API key', () => {
  test('is shown once, and opens with its scopes', async () => {
    const { token, key } = await makeKey(['audits:read']);
    expect(token).toMatch(/^ksk_[a-z2-7]{52}$/);
    expect(key).toEqual({
      id: expect.stringMatching(/^key_[0-9a-f]{16}$/),
      name: 'nightly',
      scopes: ['audits:read'],
      lastFour: token.slice(-4),
      createdAt: new Date(noon).toISOString(),
      usedAt: null,
      endsAt: null,
      revokedAt: null,
      state: 'live',
    });
    expect(await access.program(token)).toEqual({
      organisation,
      kind: 'key',
      id: key.id,
      role: null,
      scopes: ['audits:read'],
    });
    expect(await access.keys(organisation)).toEqual([{ ...key, usedAt: key.createdAt }]);
  });

  test('two are never alike', async () => {
    const tokens = await Promise.all(Array.from({ length: 20 }, async () => (await makeKey()).token));
    expect(new Set(tokens).size).toBe(20);
  });

  test('revoked, it opens nothing from that moment, and stays in the list', async () => {
    const { token, key } = await makeKey();
    now += hour;
    expect(await access.revokeKey(organisation, key.id)).toBe(true);
    const revokedAt = new Date(now).toISOString();
    expect(await access.program(token)).toBeUndefined();
    now += hour;
    // Once more changes nothing.
    expect(await access.revokeKey(organisation, key.id)).toBe(true);
    expect(await access.keys(organisation)).toEqual([{ ...key, revokedAt, state: 'revoked' }]);
    expect(await access.revokeKey(organisation, 'key_none')).toBe(false);
  });

  test('ends with its days, and without them never', async () => {
    const [short, long] = [await makeKey(scopes, '2'), await makeKey()];
    now += 2 * day - 1;
    expect(await access.program(short.token)).toBeDefined();
    now += 1;
    expect(await access.program(short.token)).toBeUndefined();
    expect((await access.keys(organisation)).find(({ id }) => id === short.key.id)).toMatchObject({
      state: 'ended',
    });
    now += 4000 * day;
    expect(await access.program(long.token)).toBeDefined();
  });

  test('its use is noted, but not more often than once an hour', async () => {
    const { token } = await makeKey();
    const used = async (after: number) => {
      now = noon + after;
      await access.program(token);
      return (await access.keys(organisation))[0]?.usedAt;
    };
    const at = (after: number) => new Date(noon + after).toISOString();
    expect(await used(minute)).toBe(at(minute));
    expect(await used(hour + minute - 1)).toBe(at(minute));
    expect(await used(hour + minute)).toBe(at(hour + minute));
  });

  test('another organisation neither sees nor revokes it', async () => {
    addOrganisation('org_other');
    const { token, key } = await makeKey();
    expect(await access.keys('org_other')).toEqual([]);
    expect(await access.revokeKey('org_other', key.id)).toBe(false);
    expect(await access.program(token)).toMatchObject({ organisation });
    const theirs = await makeKey(scopes, '', 'org_other');
    expect(await access.program(theirs.token)).toMatchObject({ organisation: 'org_other' });
    expect((await access.keys(organisation)).map(({ id }) => id)).toEqual([key.id]);
  });

  const good = { name: 'nightly', scopes: ['audits:read'], days: '' };
  test.each([
    ['no name', { ...good, name: ' ' }, ['key-name-missing']],
    ['a long name', { ...good, name: 'x'.repeat(81) }, ['key-name-invalid']],
    ['a name on two lines', { ...good, name: 'a\nb' }, ['key-name-invalid']],
    ['a name that turns the line round', { ...good, name: 'a\u202eb' }, ['key-name-invalid']],
    ['a name that is no text', { ...good, name: '\ud800' }, ['key-name-invalid']],
    ['no scope', { ...good, scopes: [] }, ['key-scope-missing']],
    ['a scope that is not there', { ...good, scopes: ['audits:read', 'admin'] }, ['key-scope-unknown']],
    ['two scopes in one', { ...good, scopes: ['audits:read audits:write'] }, ['key-scope-unknown']],
    ['no days at all', { ...good, days: '0' }, ['key-days-invalid']],
    ['half a day', { ...good, days: '0.5' }, ['key-days-invalid']],
    ['eleven years', { ...good, days: '4015' }, ['key-days-invalid']],
    ['days before today', { ...good, days: '-1' }, ['key-days-invalid']],
    ['days in hexadecimal', { ...good, days: '0x10' }, ['key-days-invalid']],
    [
      'everything at once',
      { name: '', scopes: [], days: 'x' },
      ['key-name-missing', 'key-scope-missing', 'key-days-invalid'],
    ],
  ])('%s: refused with a code', async (_, order, codes) => {
    const made = await access.createKey(organisation, order);
    expect(made.kind === 'invalid' && made.errors.map(({ code }) => code)).toEqual(codes);
    expect(await access.keys(organisation)).toEqual([]);
  });

  test('every error and scope is said in both languages', () => {
    for (const locale of locales) {
      expect(keyErrorCodes.filter((code) => accessWords[locale].keyErrors[code].length < 10)).toEqual([]);
      expect(scopes.filter((scope) => accessWords[locale].scopes[scope].length < 5)).toEqual([]);
    }
  });
});

test('nothing but hashes is in the files of the database', async () => {
  const link = await access.makeLoginLink(linkLife);
  const used = await access.makeLoginLink(linkLife);
  const session = (await access.signIn(used))?.token ?? '';
  const { token: key } = await makeKey();
  await access.program(key);
  const chosen = 'chosen-by-somebody-else-0123456789abcdef';
  await access.adoptLoginLink(chosen);
  const look = () =>
    readdirSync(dir)
      .map((name) => readFileSync(join(dir, name), 'latin1'))
      .join('');
  const before = look();
  await store.close();
  const all = before + look();
  // What is there at all: the proof that the tokens would be found.
  expect(all).toContain('nightly');
  for (const token of [link, used, session, key, chosen]) {
    expect(all).not.toContain(token);
    expect(all).not.toContain(token.slice(4, -4));
  }
});

test('an organisation of an older version, without an owner, gets one; who has one keeps it', async () => {
  const owner = await store.organisation(organisation).owner();
  const db = new DatabaseSync(join(dir, 'klarsignal.db'));
  expect(await store.firstOrganisation()).toBe(organisation);
  expect(await store.organisation(organisation).owner()).toBe(owner);
  db.exec('DELETE FROM person');
  await expect(store.organisation(organisation).owner()).rejects.toThrow();
  await Promise.all(Array.from({ length: 5 }, () => store.firstOrganisation()));
  expect(db.prepare('SELECT organisation, role FROM person').all()).toEqual([
    { organisation, role: 'owner' },
  ]);
  db.close();
});
