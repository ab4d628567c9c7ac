/** What the DKIM checks make of several signatures of one mail, signed here by another library. */
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import { beforeAll, expect, test } from 'vitest';
import dkimKey from '../../rules/authentication/dkim-key.ts';
import dkimKeyStrength from '../../rules/authentication/dkim-key-strength.ts';
import dkimKeyType from '../../rules/authentication/dkim-key-type.ts';
import dkimLengthLimit from '../../rules/authentication/dkim-length-limit.ts';
import dkimSignature from '../../rules/authentication/dkim-signature.ts';
import dkimSignatureLife from '../../rules/authentication/dkim-signature-life.ts';
import dmarcAlignment from '../../rules/authentication/dmarc-alignment.ts';
import { clients } from '../../rules/clients/index.ts';
import { policy } from '../../rules/policy.ts';
import type { Facts, Rule, World } from '../../src/rule.ts';
import { factsFor, noBrowser, now } from '../world.ts';

const body = 'Hej!\r\n';
const mail = `From: Vi <a@example.se>\r\nSubject: Hej\r\nDate: Fri, 20 Nov 2026 09:00:00 +0100\r\n\r\n${body}`;
const weak =
  'p=MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAL6Ugg+GOVWn7WNniEFMpbLwbSZ1X1WJi9OZBEE1+OHM2nWzKoGxBo+D7v+v8LUtWQF2aaYYG+Azr62C2EXUOBcCAwEAAQ==';

let record = '';
let sign: (domain: string, length?: number) => Promise<string>;
beforeAll(async () => {
  const kind = {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: 'SHA-256',
  };
  const pair = await crypto.subtle.generateKey(kind, true, ['sign', 'verify']);
  const spki = Buffer.from(await crypto.subtle.exportKey('spki', pair.publicKey));
  record = `v=DKIM1; k=rsa; p=${spki.toString('base64')}`;
  const secret = Buffer.from(await crypto.subtle.exportKey('pkcs8', pair.privateKey)).toString('base64');
  const privateKey = `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----`;
  sign = async (signingDomain, maxBodyLength) => {
    const limit = maxBodyLength === undefined ? {} : { maxBodyLength };
    const data = { signingDomain, selector: 'm1', privateKey, ...limit };
    const { signatures } = await dkimSign(Buffer.from(mail), {
      ...data,
      canonicalization: 'relaxed/relaxed',
      algorithm: 'rsa-sha256',
      signTime: new Date('2026-11-20'),
      signatureData: [data],
    });
    return signatures;
  };
});

async function said(rule: Rule, world: World): Promise<string> {
  const facts = await factsFor(rule, { mailFrom: 'bounce.service.example', ...world }, noBrowser);
  const known = Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [name, fact.known ? fact.value : undefined]),
  );
  const answer = rule.check(known as unknown as Facts, { policy, clients, now });
  if ('unknown' in answer) return `unknown: ${answer.unknown}`;
  if ('notApplicable' in answer) return `not applicable: ${answer.notApplicable}`;
  return answer.map(({ key }) => key).join(' ') || 'pass';
}

const dead = (domain: string, selector: string) =>
  `DKIM-Signature: v=1; a=rsa-sha256; d=${domain}; s=${selector}; h=from; bh=AA==; b=AA==\r\n`;
const zoneOf = (other: unknown = 'NXDOMAIN') => ({
  'm1._domainkey.example.se': { TXT: [record] },
  'm1._domainkey.service.example': { TXT: [record] },
  'x._domainkey.example.se': other,
});
const four = async (world: World) =>
  Promise.all([dkimKey, dkimKeyStrength, dkimSignature, dmarcAlignment].map((rule) => said(rule, world)));
const passing = ['pass', 'pass', 'pass', 'pass'];

test.each<[string, unknown]>([
  ['gone', 'NXDOMAIN'],
  ['withdrawn', { TXT: ['v=DKIM1; p='] }],
  ['of a kind that is not known yet', { TXT: ['v=DKIM1; k=mldsa44; p=AAAA'] }],
  ['too short', { TXT: [weak] }],
  ['silent', 'SERVFAIL'],
  ['one of several', { TXT: ['p=', weak] }],
])('one signature that holds is enough: the key of another is %s', async (_, other) => {
  const own = await sign('example.se');
  const zone = zoneOf(other);
  for (const signatures of [own + dead('example.se', 'x'), dead('example.se', 'x') + own]) {
    expect(await four({ eml: signatures + mail, dkimSelectors: null, zone })).toEqual(passing);
  }
  // The same key, named by a person who remembers an older one.
  expect(await four({ eml: own + mail, dkimSelectors: ['x'], zone })).toEqual(passing);
});

test('one that does not hold is not made up for by a named key or a service', async () => {
  const zone = zoneOf();
  const eml = dead('example.se', 'x') + (await sign('service.example')) + mail;
  expect(await four({ eml, dkimSelectors: null, zone })).toEqual([
    'missing',
    'not applicable: no-record',
    'not applicable: no-record',
    'unknown: needs-dkim',
  ]);
  expect(await said(dkimKey, { eml, dkimSelectors: ['m1'], zone })).toBe('missing');
});

test('the sender’s own are read first, however many others stand above', async () => {
  const others = Array.from({ length: 10 }, (_, i) => dead(`s${i}.service.example`, 'x')).join('');
  const eml = others + (await sign('example.se')) + mail;
  expect(await four({ eml, dkimSelectors: null, zone: zoneOf() })).toEqual(passing);
});

test('a copy that was changed still shows which key signed it', async () => {
  const eml = `${dead('example.se', 'x')}${await sign('example.se')}${mail}Sidfot`;
  const world = { eml, dkimSelectors: null, zone: zoneOf() };
  expect((await four(world)).slice(0, 3)).toEqual(['pass', 'pass', 'body']);
});

test('a key of a kind that is not known yet may be named beside one that is', async () => {
  const zone = { 'pq._domainkey.example.se': { TXT: ['v=DKIM1; k=mldsa44; p=AAAA'] } };
  expect(await said(dkimKey, { dkimSelectors: ['s1', 'pq'], zone })).toBe('pass');
  expect(await said(dkimKey, { dkimSelectors: ['pq'], zone })).toBe('faulty');
});

test('nothing fails for the keys that were read while others were not', async () => {
  const others = Array.from({ length: 11 }, (_, i) => dead(`s${i}.service.example`, 'x')).join('');
  expect(await said(dkimKey, { eml: others + mail, dkimSelectors: null })).toBe('unknown: needs-dkim');
  const zone = { 'x._domainkey.s0.service.example': { TXT: [weak] } };
  const world = { eml: others + mail, dkimSelectors: null, zone };
  expect(await said(dkimKeyStrength, world)).toBe('unknown: needs-dkim');
  expect(await said(dkimSignature, world)).toBe('unknown: needs-dkim');
  const hidden = Array.from({ length: 101 }, () => dead('example.se', 'x')).join('');
  const eml = hidden + (await sign('example.se')) + mail;
  expect(await said(dkimKey, { eml, dkimSelectors: null, zone: zoneOf() })).toBe('unknown: needs-dkim');
});

test.each<[string, [string, number | undefined][], string, [string, string]]>([
  ['all of it', [['example.se', undefined]], '', ['pass', 'pass']],
  ['a length that is all of it', [['example.se', body.length]], '', ['pass', 'limited']],
  ['nothing', [['example.se', 0]], '', ['partial', 'pass']],
  ['a part', [['example.se', 3]], '', ['partial', 'pass']],
  ['what stood there before', [['example.se', body.length]], 'Köp!', ['partial', 'pass']],
  ['more than stands there', [['example.se', body.length]], 'cut', ['not applicable: no-record', 'body']],
  [
    'nothing, and another one all',
    [
      ['example.se', 0],
      ['example.se', undefined],
    ],
    '',
    ['pass', 'limited'],
  ],
  [
    'nothing, and a service all',
    [
      ['example.se', 0],
      ['service.example', undefined],
    ],
    '',
    ['partial', 'pass'],
  ],
  ['nothing, but a service’s', [['service.example', 0]], '', ['not applicable: not-yours', 'pass']],
])('a signature covers %s', async (_, signed, added, expected) => {
  const signatures = await Promise.all(signed.map(([domain, length]) => sign(domain, length)));
  const whole = added === 'cut' ? mail.replace('Hej!', 'Å') : mail + added;
  const world = { eml: signatures.join('') + whole, dkimSelectors: null, zone: zoneOf() };
  expect(await Promise.all([dkimLengthLimit, dkimSignature].map((rule) => said(rule, world)))).toEqual(
    expected,
  );
});

/** Signed by hand, with tags that the library above does not write. */
async function signedWith(more: string, flags = ''): Promise<{ eml: string; zone: Record<string, unknown> }> {
  const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
  const raw = Buffer.from(await crypto.subtle.exportKey('raw', pair.publicKey)).toString('base64');
  const hash = async (text: string) => Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(text)));
  const from = 'From: Vi <a@example.se>\r\n';
  const bh = (await hash(body)).toString('base64');
  const field = `DKIM-Signature: v=1; a=ed25519-sha256; d=example.se; s=h1; ${more} h=from; bh=${bh}; b=`;
  const bytes = await crypto.subtle.sign('Ed25519', pair.privateKey, await hash(from + field));
  const record = { TXT: [`v=DKIM1; k=ed25519; ${flags} p=${raw}`] };
  const eml = `${field}${Buffer.from(bytes).toString('base64')}\r\n${from}Subject: Hej\r\n\r\n${body}`;
  return { eml, zone: { 'h1._domainkey.example.se': record } };
}

test.each<[string, string, string, string, string]>([
  ['neither i= nor t=s', '', '', 'pass', 'pass'],
  ['i= of a subdomain, which any key allows', 'i=@news.example.se;', '', 'pass', 'pass'],
  ['i= of the domain, under t=s', 'i=@example.se;', 't=s;', 'pass', 'pass'],
  ['i= of a subdomain, which t=s forbids', 'i=@news.example.se;', 't=s;', 'unusable', 'pass'],
  ['i= of another domain', 'i=@service.example;', '', 'unusable', 'pass'],
  ['an end long after', 't=1795161600; x=1795766400;', '', 'pass', 'pass'],
  ['an end soon after', 't=1795161600; x=1795165200;', '', 'pass', 'short'],
  ['an end that has come since the copy was saved', 't=1700000000; x=1700604800;', '', 'pass', 'pass'],
  ['an end before its making', 't=1795161600; x=1795161599;', '', 'unusable', 'pass'],
  ['an end without a making', 'x=1795161600;', '', 'pass', 'pass'],
])('a signature with %s', async (_, more, flags, signature, life) => {
  const world = { ...(await signedWith(more, flags)), dkimSelectors: null };
  const rules2 = [dkimSignature, dkimSignatureLife];
  expect(await Promise.all(rules2.map((rule) => said(rule, world)))).toEqual([signature, life]);
});

test('t=s says what it forbids', async () => {
  const facts = await factsFor(dkimSignature, await signedWith('i=@n.example.se;', 't=s;'), noBrowser);
  const fact = facts.dkim?.known ? facts.dkim.value : null;
  expect(fact?.signatures).toMatchObject([{ result: 'fail', failure: 'identity' }]);
});

test('without an RSA signature beside it, one by Ed25519 is said to count for little', async () => {
  const world = { ...(await signedWith('')), dkimSelectors: null };
  expect(await said(dkimKeyType, world)).toBe('alone');
});
