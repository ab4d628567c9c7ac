/** A clearance is checked offline, and nothing in it decides how. */
import { createHmac, generateKeyPairSync, sign as signBytes } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { type ClearanceFault, verifyClearance } from '../../src/client/index.ts';
import { claimsFor, issuer, type Key, makeKey, now, sign } from './world.ts';

const digest = 'a'.repeat(64);
let key: Key;
let other: Key;
beforeAll(async () => {
  key = await makeKey('k1');
  other = await makeKey('k2');
});

const verify = (token: string, more: object = {}) =>
  verifyClearance(token, { keys: { keys: [key.public] }, issuer, organisation: 'org_test', now, ...more });
const later = (ms: number) => ({ now: new Date(now.getTime() + ms) });
const day = 86_400_000;
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const header = (more: object = {}) => ({
  ...{ alg: 'Ed25519', typ: 'klarsignal-clearance+jwt', kid: 'k1' },
  ...more,
});

test('one that was granted is valid, to its last second', async () => {
  const token = await sign(key, claimsFor(digest));
  expect(await verify(token)).toMatchObject({ valid: true, claims: { digest, sub: 'org_test' } });
  expect(await verify(token, later(day - 1))).toMatchObject({ valid: true });
  expect(await verify(token, { organisation: undefined })).toMatchObject({ valid: true });
});

const hmac = (alg: string) => {
  const input = `${encoded(header({ alg }))}.${encoded(claimsFor(digest))}`;
  return `${input}.${createHmac('sha256', key.public.x).update(input).digest('base64url')}`;
};
const rsa = () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const input = `${encoded(header({ alg: 'RS256' }))}.${encoded(claimsFor(digest))}`;
  return `${input}.${signBytes('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
};
const altered = async (change: (parts: string[]) => void) => {
  const parts = (await sign(key, claimsFor(digest))).split('.');
  change(parts);
  return parts.join('.');
};
const own = async (head: object, claims: object = claimsFor(digest)) => {
  const input = `${encoded(head)}.${encoded(claims)}`;
  const signature = await crypto.subtle.sign('Ed25519', key.privateKey, new TextEncoder().encode(input));
  return `${input}.${Buffer.from(signature).toString('base64url')}`;
};

test.each<[string, ClearanceFault, () => Promise<string> | string, object?]>([
  ['nothing', 'malformed', () => ''],
  ['two parts', 'malformed', () => 'a.b'],
  ['four parts', 'malformed', async () => `${await sign(key, claimsFor(digest))}.a`],
  ['something huge', 'malformed', () => 'a'.repeat(10_000_000)],
  ['no JSON', 'malformed', () => 'YQ.YQ.YQ'],
  ['no signature', 'malformed', () => altered((parts) => parts.splice(2, 1, ''))],
  ['padding', 'malformed', () => altered((parts) => parts.push(`${parts.pop()}==`))],
  ['alg none', 'algorithm', () => `${encoded(header({ alg: 'none' }))}.${encoded(claimsFor(digest))}.YQ`],
  ['alg HS256 over the public key', 'algorithm', () => hmac('HS256')],
  ['alg RS256', 'algorithm', rsa],
  ['alg EdDSA, rightly signed', 'algorithm', () => own(header({ alg: 'EdDSA' }))],
  ['alg ed25519', 'algorithm', () => own(header({ alg: 'ed25519' }))],
  ['a list of algs', 'algorithm', () => own(header({ alg: ['Ed25519'] }))],
  ['crit', 'malformed', () => own(header({ crit: ['exp'] }))],
  ['b64', 'malformed', () => own(header({ b64: false }))],
  ['a key of its own', 'malformed', () => own(header({ jwk: other.public }))],
  ['an address of keys', 'malformed', () => own(header({ jku: 'https://evil.se/' }))],
  ['another typ', 'malformed', () => own(header({ typ: 'JWT' }))],
  ['no typ', 'malformed', () => own({ alg: 'Ed25519', kid: 'k1' })],
  ['no kid', 'malformed', () => own({ alg: 'Ed25519', typ: 'klarsignal-clearance+jwt' })],
  ['an unknown key', 'key-unknown', () => sign(other, claimsFor(digest))],
  ['another’s key under this name', 'signature', () => sign({ ...other, kid: 'k1' }, claimsFor(digest))],
  [
    'one claim altered',
    'signature',
    () => altered((parts) => parts.splice(1, 1, encoded(claimsFor('b'.repeat(64))))),
  ],
  ['another issuer', 'other-issuer', () => sign(key, claimsFor(digest, { iss: 'https://evil.se' }))],
  ['another audience', 'malformed', () => sign(key, claimsFor(digest, { aud: 'login' }))],
  ['a list of audiences', 'malformed', () => sign(key, claimsFor(digest, { aud: ['klarsignal-send'] }))],
  ['another organisation', 'other-organisation', () => sign(key, claimsFor(digest, { sub: 'org_b' }))],
  ['no digest', 'malformed', () => sign(key, claimsFor('x'))],
  ['no end', 'malformed', () => sign(key, claimsFor(digest, { exp: undefined }))],
  ['an end that is a text', 'malformed', () => sign(key, claimsFor(digest, { exp: '9999999999' }))],
  ['one that has ended', 'expired', () => sign(key, claimsFor(digest)), later(day)],
  ['one of the future', 'not-yet', () => sign(key, claimsFor(digest)), later(-61_000)],
  ['a clock that shows no time', 'expired', () => sign(key, claimsFor(digest)), { now: new Date('x') }],
])('%s is refused: %s', async (_, code, token, more) => {
  expect(await verify(await token(), more)).toEqual({ valid: false, code });
});
