/** Clearances granted, verified, revoked, and the waivers they may rest on. Real store, real keys, a clock that is set. */

import { join } from 'node:path';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { policy } from '../rules/policy.ts';
import { ruleSet } from '../rules/version.ts';
import { rotateKey } from '../src/adapters/keys/keyring.ts';
import { clearanceWords } from '../src/clearance/words.ts';
import { clearanceErrorCodes, createClearances, waiverErrorCodes } from '../src/clearance.ts';
import { locales } from '../src/rule.ts';
import {
  type Checks,
  type ClearanceWorld,
  majorFails,
  start,
  startClearanceWorld,
} from './clearance-world.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const at = (ms: number) => new Date(start + ms).toISOString();

let world: ClearanceWorld;
beforeEach(async () => {
  world = await startClearanceWorld();
});
afterEach(() => world.close());

describe('in the place of another', () => {
  const follow = async (before: string, audit: string) =>
    world.clearances.grant(world.organisation, 'per_anna', audit, before);
  const granted = async (audit: string) => {
    const answer = await world.grant(audit);
    if (answer.kind !== 'granted') throw new Error(answer.code);
    return answer.granted.row.id;
  };

  test('one that has ended may be followed; the next is revoked with it', async () => {
    const first = await granted((await world.audit()).id);
    world.pass(day + hour);
    const next = await follow(first, (await world.audit()).id);
    if (next.kind !== 'granted') throw new Error(next.code);
    expect(next.granted.row.follows).toBe(first);
    expect(await world.verify(next.granted.token)).toMatchObject({ valid: true });
    expect(await world.clearances.revoke(world.organisation, first)).toBe(true);
    expect(await world.verify(next.granted.token)).toMatchObject({ valid: false, code: 'revoked' });
  });

  test('not of one that is revoked, of another mail, of another organisation, or that is not there', async () => {
    const { id } = await world.audit();
    const first = await granted(id);
    const other = await granted((await world.audit({ source: '<p>Hejdå!</p>' })).id);
    await world.clearances.revoke(world.organisation, first);
    for (const before of [first, other, 'clr_none'])
      expect(await follow(before, id)).toEqual({ kind: 'refused', code: 'follows-revoked' });
  });

  test('revoked while the next is being granted: that one opens nothing', async () => {
    const first = await granted((await world.audit()).id);
    const audit = (await world.audit()).id;
    const [next] = await Promise.all([
      follow(first, audit),
      world.clearances.revoke(world.organisation, first),
    ]);
    if (next.kind === 'granted')
      expect(await world.verify(next.granted.token)).toMatchObject({ valid: false, code: 'revoked' });
    else expect(next.code).toBe('follows-revoked');
  });
});

describe('granted', () => {
  test('to a clear audit: what stands in it, and in its row', async () => {
    const audit = await world.audit();
    world.pass(300);
    const granted = await world.grant(audit.id);
    if (granted.kind !== 'granted') throw new Error(granted.code);
    const { token, row } = granted.granted;
    expect(row).toEqual({
      id: expect.stringMatching(/^clr_[0-9a-f]{32}$/),
      audit: audit.id,
      digest: audit.digest,
      ruleSet,
      kid: world.keyring.currentKid(),
      issuedAt: at(0),
      expiresAt: at(day),
      waivers: [],
      by: 'per_anna',
      follows: null,
      revokedAt: null,
    });
    const claims = {
      iss: 'https://audit.example.se',
      aud: 'klarsignal-send',
      sub: world.organisation,
      jti: row.id,
      iat: start / 1000,
      exp: (start + day) / 1000,
      digest: audit.digest,
      rule_set: ruleSet,
      waivers: [],
    };
    expect(await world.verify(token)).toEqual({ valid: true, claims, row });
    expect(await world.clearances.ofAudit(world.organisation, audit.id)).toEqual([row]);
    // Whoever else has the published keys can check it without us, by a library we did not write.
    const keys = createLocalJWKSet({ keys: world.clearances.keys().map((key) => ({ ...key })) });
    const checked = await jwtVerify(token, keys, {
      issuer: claims.iss,
      audience: claims.aud,
      typ: 'klarsignal-clearance+jwt',
      algorithms: ['Ed25519'],
      currentDate: world.clock.now(),
    });
    expect(checked.payload).toEqual(claims);
    expect(checked.protectedHeader).toEqual({
      alg: 'Ed25519',
      typ: 'klarsignal-clearance+jwt',
      kid: row.kid,
    });
  });

  test('twice, it is two clearances, and revoking one leaves the other', async () => {
    const { id } = await world.audit();
    const [one, other] = [await world.token(id), await world.token(id)];
    const [newest] = await world.clearances.ofAudit(world.organisation, id);
    const first = await world.verify(one);
    if (!first.valid) throw new Error(first.code);
    expect(await world.clearances.revoke(world.organisation, first.row.id)).toBe(true);
    expect(await world.verify(one)).toMatchObject({ valid: false, code: 'revoked' });
    expect(await world.verify(other)).toMatchObject({ valid: true });
    expect(newest).toBeDefined();
    expect(await world.clearances.revoke(world.organisation, 'clr_none')).toBe(false);
    expect(await world.clearances.revoke('org_other', first.row.id)).toBe(false);
  });

  test('until the last second before it ends', async () => {
    const token = await world.token((await world.audit()).id);
    world.pass(day - 1);
    expect(await world.verify(token)).toMatchObject({ valid: true });
    world.pass(1);
    expect(await world.verify(token)).toMatchObject({ valid: false, code: 'expired' });
  });

  test('under a key that is replaced, it lives on to its end', async () => {
    const token = await world.token((await world.audit()).id);
    world.pass(minute);
    rotateKey(join(world.dir, 'keys'), 'clearance', world.clock);
    world.pass(2000);
    expect(world.clearances.keys()).toHaveLength(2);
    const other = await world.token((await world.audit()).id);
    expect(other.split('.')[0]).not.toBe(token.split('.')[0]);
    expect(await world.verify(other)).toMatchObject({ valid: true });
    world.pass(day - minute - 2001);
    expect(await world.verify(token)).toMatchObject({ valid: true });
  });

  test('what is logged holds neither token nor message', async () => {
    const token = await world.token((await world.audit()).id);
    const logged = JSON.stringify([world.logged, world.noted]);
    expect(logged).toContain('clearance granted');
    for (const secret of [token, token.split('.')[2] ?? '', 'Höstmöte', 'nyhetsbrev@'])
      expect(logged).not.toContain(secret);
  });

  test('not where the message would be another one today', async () => {
    const audit = await world.audit();
    const { store, keyring, clock, organisation } = world;
    const issuer = 'https://audit.example.se';
    let digest: string | undefined = audit.digest;
    const digestNow = async () => digest;
    const log = () => {};
    const made = createClearances({ store, keyring, clock, policy, ruleSet, issuer, digestNow, log });
    expect(await made.grant(organisation, 'p', audit.id)).toMatchObject({ kind: 'granted' });
    for (const now of ['0'.repeat(64), undefined]) {
      digest = now;
      expect(await made.grant(organisation, 'p', audit.id)).toEqual({
        kind: 'refused',
        code: 'message-changed',
      });
    }
  });
});

describe('waivers', () => {
  test('let a mail go whose major fails are all waived, and end what rests on them', async () => {
    const two: Checks = { ...majorFails, 'check-c': ['major', 'fail'] };
    const { id, digest } = await world.audit({ checks: two });
    const blocked = { kind: 'refused', code: 'blocked' };
    expect(await world.grant(id)).toEqual(blocked);
    const made = await world.waive(id, { reason: '  Loggan är alltid så här.  ' });
    if (made.kind !== 'waived') throw new Error('not waived');
    const { waiver } = made;
    expect(waiver).toEqual({
      id: expect.stringMatching(/^wai_/),
      digest,
      rule: 'check-b',
      person: 'per_anna',
      reason: 'Loggan är alltid så här.',
      createdAt: at(0),
      endsAt: '2026-12-01T23:59:59.999Z',
      revokedAt: null,
    });
    expect(await world.grant(id)).toEqual(blocked);
    await world.waive(id, { rule: 'check-c', endsAt: '2026-11-22T20:00:00+02:00' });
    const token = await world.token(id);
    const verified = await world.verify(token);
    // No longer than the first of the two that ends.
    expect(verified).toMatchObject({
      valid: true,
      claims: {
        exp: (start + 6 * hour) / 1000,
        waivers: [
          { rule: 'check-b', until: '2026-12-01T23:59:59.999Z' },
          { rule: 'check-c', until: at(6 * hour) },
        ],
      },
    });
    expect(await world.clearances.waivers(world.organisation, id)).toHaveLength(2);
    expect(await world.clearances.revokeWaiver(world.organisation, waiver.id)).toBe(true);
    expect(await world.verify(token)).toMatchObject({ valid: false, code: 'revoked' });
    expect(await world.grant(id)).toEqual(blocked);
  });

  test('of two for the same check, the one that ends last counts', async () => {
    const { id } = await world.audit({ checks: majorFails });
    for (const endsAt of ['2026-11-22T13:00:00Z', '2026-11-24', '2026-11-22T14:00:00Z'])
      await world.waive(id, { endsAt });
    expect(await world.verify(await world.token(id))).toMatchObject({
      claims: { exp: (start + day) / 1000 },
    });
  });

  test('hold for the same mail audited again, and for no other', async () => {
    const { id } = await world.audit({ checks: majorFails });
    await world.waive(id);
    const again = await world.again(id);
    expect(await world.grant(again.id)).toMatchObject({ kind: 'granted' });
    const other = await world.audit({ checks: majorFails, source: '<p>Hej.</p>' });
    expect(await world.grant(other.id)).toEqual({ kind: 'refused', code: 'blocked' });
  });

  const faults: [string, Parameters<ClearanceWorld['waive']>[1], string][] = [
    ['no reason', { reason: '' }, 'reason-missing'],
    ['nine letters and blanks', { reason: `  ${'a'.repeat(9)}      ` }, 'reason-missing'],
    ['half a letter', { reason: `${'a'.repeat(20)}\ud800` }, 'reason-missing'],
    ['too long a reason', { reason: 'a'.repeat(1001) }, 'reason-too-long'],
    ['an end in the past', { endsAt: '2026-11-21' }, 'ends-at-invalid'],
    ['an end now', { endsAt: at(0) }, 'ends-at-invalid'],
    ['an end after 90 days', { endsAt: at(90 * day + 1) }, 'ends-at-invalid'],
    ['a 91st day', { endsAt: '2027-02-20' }, 'ends-at-invalid'],
    ['no such day', { endsAt: '2026-11-31' }, 'ends-at-invalid'],
    ['no time at all', { endsAt: 'forever' }, 'ends-at-invalid'],
    ['a time of nowhere', { endsAt: '2026-12-01T12:00:00' }, 'ends-at-invalid'],
    ['a check that passed', { rule: 'check-a' }, 'rule-not-failed'],
    ['a check that is not there', { rule: 'check-x' }, 'rule-not-failed'],
  ];
  test.each(faults)('%s is refused', async (_, order, code) => {
    const { id } = await world.audit({ checks: majorFails });
    const made = await world.waive(id, order);
    expect(made.kind === 'invalid' ? made.errors.map((error) => error.code) : made).toEqual([code]);
    expect(await world.clearances.waivers(world.organisation, id)).toEqual([]);
  });

  test.each(['2026-11-22', '2027-02-19', at(90 * day), '2026-12-01T12:00+01:00'])(
    '%s is an end',
    async (endsAt) => {
      const { id } = await world.audit({ checks: majorFails });
      expect(await world.waive(id, { endsAt })).toMatchObject({ kind: 'waived' });
    },
  );

  test('everything that is wrong with one is told at once', async () => {
    const { id } = await world.audit();
    expect(await world.waive(id, { reason: '', endsAt: '' })).toEqual({
      kind: 'invalid',
      errors: [
        { code: 'rule-not-failed', field: 'rule' },
        { code: 'reason-missing', field: 'reason' },
        { code: 'ends-at-invalid', field: 'endsAt' },
      ],
    });
  });

  test('are another organisation’s business nowhere', async () => {
    const { id } = await world.audit({ checks: majorFails });
    const made = await world.waive(id);
    const waiver = made.kind === 'waived' ? made.waiver.id : '';
    expect(await world.clearances.waivers('org_other', id)).toEqual([]);
    expect(await world.clearances.revokeWaiver('org_other', waiver)).toBe(false);
    expect(await world.grant(id)).toMatchObject({ kind: 'granted' });
  });
});

test.each(locales)('every code has its words in %s', (locale) => {
  const { refused, waiver } = clearanceWords[locale];
  expect(Object.keys(refused).sort()).toEqual([...clearanceErrorCodes].sort());
  expect(Object.keys(waiver).sort()).toEqual([...waiverErrorCodes].sort());
});
