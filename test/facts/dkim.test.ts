/** Keys and signatures: RFC examples, messages that another library signed, and what DNS does not say. */
import { existsSync, readFileSync } from 'node:fs';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { describe, expect, test } from 'vitest';
import { splitMessage } from '../../src/facts/dkim/canonical.ts';
import { isKeyRecord, readKey } from '../../src/facts/dkim/key.ts';
import { createVerifier, readSignatures } from '../../src/facts/dkim/signature.ts';
import type { DkimFact } from '../../src/facts/dkim.ts';
import type { World } from '../../src/rule.ts';
import { submissionOf } from '../world.ts';
import { factOf, type Zone } from './dns-world.ts';

const short = {
  rsa512:
    'MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAL6Ugg+GOVWn7WNniEFMpbLwbSZ1X1WJi9OZBEE1+OHM2nWzKoGxBo+D7v+v8LUtWQF2aaYYG+Azr62C2EXUOBcCAwEAAQ==',
  rsa1024:
    'MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCa23zoFqLj2ZxtiBK8BMZ46sMzXJTrRipWrq7nFf8V+x9aP7XF2vW705IdazJmzej49CKqiWxcf2WwRDg//eOhd4rPKNyS36hAOfjKac+/VeVOkMHgROoGq02KuFdJvyrA/dd8eKEl0S3CyjiP6s98PwNK1iSX6NsZS3MohX+0BwIDAQAB',
  ed25519: '1DDcS2Y3BitJRAFwBzOzaizZ86LT2YWhHjvWcs/WVXc=',
};

/** As RSAPublicKey alone. */
const bare = Buffer.from(short.rsa1024, 'base64').subarray(22).toString('base64');

describe('a key record', () => {
  test.each<[string, string]>([
    [`v=DKIM1; k=rsa; p=${short.rsa1024}`, 'rsa 1024'],
    [`p=${short.rsa1024}`, 'rsa 1024'],
    [`k=rsa; h=sha1:sha256; s=*; n=a note; t=s; p=${short.rsa1024};`, 'rsa 1024 strict'],
    [`v=DKIM1;p=${short.rsa1024.replace(/.{70}/g, '$& ')}`, 'rsa 1024'],
    [`v=DKIM1; p=${bare}`, 'rsa 1024'],
    [`v=DKIM1; p=${short.rsa512}; t=y`, 'rsa 512 testing'],
    [`v=DKIM1; k=ed25519; p=${short.ed25519}`, 'ed25519 null'],
    [`v=DKIM1; s=email : other; p=${short.rsa1024}`, 'rsa 1024'],
    ['v=DKIM1; p=', 'revoked'],
    ['v=DKIM1; k=rsa; p= ', 'revoked'],
    [`v=dkim1; p=${short.rsa1024}`, 'version'],
    [`v=DKIM1\\; k=rsa\\; p=${short.rsa1024}`, 'quotes'],
    [`k=rsa; v=DKIM1; p=${short.rsa1024}`, 'first'],
    [`v=DKIM1; k=rsa p=${short.rsa1024}`, 'absent'],
    ['v=DKIM1; k=rsa', 'absent'],
    [short.rsa1024, 'bare'],
    [`"${short.rsa1024.slice(0, -9)}"`, 'bare'],
    [short.ed25519, 'bare'],
    [`v=DKIM1; P=${short.rsa1024}`, 'absent'],
    [`v=DKIM1;; p=${short.rsa1024}`, 'stray'],
    [`v=DKIM1; "p=${short.rsa1024}"`, 'quotes'],
    [`v=DKIM1; p=${short.rsa1024}; p=`, 'repeated'],
    [`v=DKIM1; p="${short.rsa1024}"`, 'quotes'],
    [`v=DKIM1; p=${short.rsa1024.slice(0, -12)}`, 'key'],
    [`v=DKIM1; p=${short.ed25519}`, 'key'],
    [`v=DKIM1; k=ed25519; p=${short.rsa1024}`, 'key'],
    [`v=DKIM1; k=dsa; p=${short.rsa1024}`, 'type'],
    [`v=DKIM1; h=sha1; p=${short.rsa1024}`, 'hash'],
    [`v=DKIM1; s=web; p=${short.rsa1024}`, 'service'],
  ])('%s: %s', (text, told) => {
    expect(isKeyRecord(text)).toBe(true);
    const { state, fault, type, bits, testing, strict } = readKey(text);
    const flags = `${testing ? ' testing' : ''}${strict ? ' strict' : ''}`;
    expect(state === 'usable' ? `${type} ${bits}${flags}` : (fault ?? state)).toBe(told);
  });

  const sound = `v=DKIM1; k=rsa; p=${short.rsa1024}`;
  const [head, tail] = [sound.slice(0, 120), sound.slice(120)];
  test.each<[string, string[], string | undefined]>([
    [`v=DKIM1\\; k=rsa\\; p=${short.rsa1024}`, [], sound],
    [`"v=DKIM1; k=rsa; p=${short.rsa1024.slice(0, 90)}" "${short.rsa1024.slice(90)}"`, [], sound],
    [`v=DKIM1; k=rsa; p=\u201c${short.rsa1024}\u201d`, [], sound],
    [`k=rsa; v=DKIM1; p=${short.rsa1024}`, [], sound],
    [`v=dkim1; k=rsa; p=${short.rsa1024}`, [], sound],
    [`v=DKIM1; k=rsa p=${short.rsa1024}`, [], sound],
    [`v=DKIM1; k=rsa; P=${short.rsa1024}`, [], sound],
    [short.rsa1024, [], sound],
    [short.ed25519, [], `v=DKIM1; k=ed25519; p=${short.ed25519}`],
    [head, [tail], sound],
    [head, ['v=spf1 -all', `"${tail}"`], sound],
    [`v=DKIM1; k=rsa; p=${bare}`, [], sound],
    [`v=DKIM1; k=rsa; p= ${bare.slice(0, 70)} ${bare.slice(70)};`, [], `${sound};`],
    [bare, [], sound],
    [sound, [], undefined],
    [head, [], undefined],
    [head, ['other'], undefined],
    [`v=DKIM1; p=${short.rsa1024}; p=`, [], undefined],
    [`v=DKIM1; h=sha1; p=${short.rsa1024}`, [], undefined],
    [`v=DKIM1; k=dsa; p="${short.rsa1024}"`, [], undefined],
    [`v=DKIM1; n=${'"'.repeat(60_000)}; p=`, [], undefined],
  ])('%s, beside %j: what to publish in its place', (text, beside, wanted) => {
    expect(readKey(text, beside).repair).toEqual(wanted === undefined ? null : { old: text, new: wanted });
  });

  test.each(['v=spf1 mx -all', 'v=DMARC1; p=none', 'site-verification=p4', '', 'MIVERIFY', 'a'.repeat(44)])(
    '%j is none',
    (text) => {
      expect(isKeyRecord(text)).toBe(false);
    },
  );
});

const dkimOf = async (zone: Zone, world: World) =>
  (await factOf('dkim', zone, await submissionOf(world))).value;
const txt = (...records: string[]) => ({ TXT: records });
const good = `v=DKIM1; k=ed25519; p=${short.ed25519}`;

describe('where a named selector may stand', () => {
  const told = ({ keys }: DkimFact) => keys.map(({ name, state }) => `${name}: ${state}`);
  test.each<[string, Zone, World, string[]]>([
    [
      'at the From domain',
      { 's1._domainkey.example.se': txt(good) },
      {},
      ['s1._domainkey.example.se: usable'],
    ],
    [
      'above it',
      { 's1._domainkey.example.se': txt(good) },
      { from: 'a@b.c.example.se' },
      ['s1._domainkey.example.se: usable'],
    ],
    [
      'at the MAIL FROM domain, through a CNAME',
      { 's1._domainkey.mejl.example.se': { CNAME: ['k.example'] }, 'k.example': txt(good) },
      {},
      ['s1._domainkey.mejl.example.se: usable'],
    ],
    ['nowhere', {}, {}, ['s1._domainkey.example.se: missing']],
    [
      'a wildcard with SPF is none',
      { '*.example.se': txt('v=spf1 -all') },
      {},
      ['s1._domainkey.example.se: missing'],
    ],
    [
      'one place is silent',
      { 's1._domainkey.mejl.example.se': 'SERVFAIL' },
      {},
      ['s1._domainkey.mejl.example.se: unanswered'],
    ],
    [
      'one place is silent and another has it',
      { 's1._domainkey.mejl.example.se': 'TIMEOUT', 's1._domainkey.example.se': txt(good) },
      {},
      ['s1._domainkey.example.se: usable'],
    ],
    [
      'one place is silent and another has a faulty one',
      { 's1._domainkey.mejl.example.se': 'SERVFAIL', 's1._domainkey.example.se': txt('p=!') },
      {},
      ['s1._domainkey.mejl.example.se: unanswered'],
    ],
    ['several', { 's1._domainkey.example.se': txt(good, 'p=') }, {}, ['s1._domainkey.example.se: several']],
    [
      'withdrawn',
      { 's1._domainkey.example.se': txt('v=DKIM1; p=') },
      {},
      ['s1._domainkey.example.se: revoked'],
    ],
    [
      'named whole, below From',
      { 's1._domainkey.nyhet.example.se': txt(good) },
      { dkimSelectors: ['s1._domainkey.nyhet.example.se.'] },
      ['s1._domainkey.nyhet.example.se: usable'],
    ],
    [
      'named whole, at From: wherever it may stand',
      { 's1._domainkey.mejl.example.se': txt(good) },
      { dkimSelectors: ['s1._domainkey.Example.se'] },
      ['s1._domainkey.mejl.example.se: usable'],
    ],
    [
      'named whole, elsewhere',
      { 's1._domainkey.example.se': txt(good) },
      { dkimSelectors: ['s1._domainkey.service.example'] },
      ['s1._domainkey.service.example: missing'],
    ],
    ['no selector, no question', { 's1._domainkey.example.se': txt(good) }, { dkimSelectors: null }, []],
  ])('%s', async (_, zone, world, expected) => {
    expect(told(await dkimOf(zone, world))).toEqual(expected);
  });

  test('no other names are asked for', async () => {
    const submission = await submissionOf({ dkimSelectors: ['a', 'b'], from: 'x@n.example.se' });
    const { asked } = await factOf('dkim', {}, submission);
    expect([...asked.keys()].sort()).toEqual(
      ['a', 'b'].flatMap((selector) => [
        `${selector}._domainkey.example.se TXT`,
        `${selector}._domainkey.mejl.example.se TXT`,
        `${selector}._domainkey.n.example.se TXT`,
      ]),
    );
  });
});

const folder = new URL('../../../shared/data/dkim/lieser/', import.meta.url);
const present = existsSync(folder);
if (!present) console.warn(`SKIPPED: ${folder.pathname} is not there, so no RFC example was verified`);
const football =
  'v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB';
const examples: Zone = {
  'test._domainkey.football.example.com': txt(football),
  'brisbane._domainkey.football.example.com': txt(
    'v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',
  ),
  'brisbane._domainkey.example.com': txt(
    'v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB',
  ),
};

describe.skipIf(!present)('examples of RFC 6376 and RFC 8463', () => {
  test.each<[string, string[]]>([
    ['rfc6376-A.2', ['pass']],
    ['rfc6376-A.2-ill_formed-list_id', ['pass']],
    ['rfc6376-A.2-body_modified', ['fail body']],
    ['rfc6376-A.2-header_subject_modified', ['fail signature']],
    ['rfc6376-A.2-ill_formed-missing_v', ['fail syntax']],
    ['rfc8463-A.3', ['pass', 'pass']],
    ['rfc8463-A.3-key_algo_mismatch', ['fail key', 'fail key']],
  ])('%s: %j', async (file, expected) => {
    const eml = readFileSync(new URL(`${file}.eml`, folder), 'latin1');
    const { signatures } = await dkimOf(examples, { eml, dkimSelectors: null });
    expect(signatures.map(({ result, failure }) => [result, failure].filter(Boolean).join(' '))).toEqual(
      expected,
    );
  });
});

describe('signatures', () => {
  const pair = (type: 'rsa' | 'ed25519') =>
    type === 'rsa'
      ? crypto.subtle.generateKey(
          {
            name: 'RSASSA-PKCS1-v1_5',
            modulusLength: 1024,
            publicExponent: Uint8Array.of(1, 0, 1),
            hash: 'SHA-256',
          },
          true,
          ['sign', 'verify'],
        )
      : crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  const exported = async (type: 'rsa' | 'ed25519') => {
    const { privateKey, publicKey } = (await pair(type)) as CryptoKeyPair;
    const der = Buffer.from(await crypto.subtle.exportKey('spki', publicKey));
    const secret = Buffer.from(await crypto.subtle.exportKey('pkcs8', privateKey)).toString('base64');
    const p = (type === 'rsa' ? der : der.subarray(-32)).toString('base64');
    return {
      record: `v=DKIM1; k=${type}; p=${p}`,
      pem: `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----`,
    };
  };

  // A fixed sequence: a failure can be looked into.
  let seed = 1;
  const upTo = (count: number) => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return (seed >> 8) % count;
  };
  const oneOf = <T>(list: readonly [T, ...T[]]) => list[upTo(list.length)] ?? list[0];
  const pieces = [
    ' ',
    '\t',
    '  ',
    '\r\n',
    '\r\n\r\n',
    'a',
    'å',
    'bc',
    '.',
    ' \r\n',
    '\t\r\n',
    '=20',
    '\r',
  ] as const;

  test('verify where another library verifies them, whatever was changed', { timeout: 60_000 }, async () => {
    const keys = { rsa: await exported('rsa'), ed25519: await exported('ed25519') };
    const counts = { pass: 0, fail: 0 };
    for (let i = 0; i < 300; i += 1) {
      const body = Array.from({ length: upTo(14) }, () => oneOf(pieces)).join('');
      const message = `From: a@example.se\r\nSubject :${oneOf([' a', 'a\r\n b ', '\t å  b', ''])}\r\nTo:  x@y.se  \r\nX: 1\r\nX: 2\r\n\r\n${body}`;
      const type = oneOf(['rsa', 'ed25519'] as const);
      const signed = await dkimSign(Buffer.from(message), {
        ...{ signingDomain: 'example.se', selector: 's1', privateKey: keys[type].pem },
        canonicalization: oneOf([
          'simple/simple',
          'relaxed/relaxed',
          'simple/relaxed',
          'relaxed/simple',
          'relaxed',
        ]),
        algorithm: `${type}-sha256`,
        signTime: new Date('2026-11-20'),
        signatureData: [
          {
            signingDomain: 'example.se',
            selector: 's1',
            privateKey: keys[type].pem,
            ...(upTo(4) === 0 ? { maxBodyLength: upTo(6) } : {}),
          },
        ],
      });
      const eml = changed(Buffer.concat([Buffer.from(signed.signatures), Buffer.from(message)]));
      const { results } = await dkimVerify(eml, {
        strict: true,
        curTime: new Date('2026-11-22'),
        resolver: async () => [[keys[type].record]],
      });
      const parts = splitMessage(eml);
      const [signature] = readSignatures(parts.fields).read;
      const failure =
        signature && (await createVerifier(parts).verify(signature, readKey(keys[type].record)));
      const ours = failure === null;
      expect({ i, eml: eml.toString(), ours }).toEqual({
        i,
        eml: eml.toString(),
        ours: results[0]?.status.result === 'pass',
      });
      counts[ours ? 'pass' : 'fail'] += 1;
    }
    expect(counts.pass).toBeGreaterThan(80);
    expect(counts.fail).toBeGreaterThan(80);
  });

  /** Left alone, saved with other line breaks, or one of several changes that a signature may or may not bear. */
  function changed(eml: Buffer): Buffer {
    const text = eml.toString('latin1');
    const all = [
      () => text,
      () => text.replace('From: a', 'From:  a'),
      () => text.replace('X: 1', 'X: 3'),
      () => text + oneOf(pieces),
      () => text.replaceAll('\r\n', '\n'),
      () => {
        const at = upTo(text.length);
        return text.slice(0, at) + oneOf([' ', '\t', 'a']) + text.slice(at + 1);
      },
    ] as const;
    return Buffer.from(oneOf(all)(), 'latin1');
  }

  const field = (tags: string) => `DKIM-Signature: ${tags}`;
  const sound = 'v=1; a=rsa-sha256; d=example.se; s=s1; h=from; bh=AA==; b=AA==';
  test.each<[string, string, string | null]>([
    ['sound', sound, null],
    ['folded', sound.replaceAll('; ', ';\r\n\t'), null],
    ['d= in capitals', sound.replace('example.se', 'Example.SE'), null],
    ['i= below d=', `${sound}; i=x@a.example.se`, null],
    ['i= elsewhere', `${sound}; i=x@aexample.se`, 'syntax'],
    ['no d=', sound.replace('d=example.se; ', ''), 'syntax'],
    ['d= twice', `${sound}; d=b.se`, 'syntax'],
    ['d= with a dot at its end', sound.replace('d=example.se', 'd=example.se.'), 'syntax'],
    ['d= with a soft hyphen', sound.replace('d=example.se', 'd=exam\u00adple.se'), 'syntax'],
    ['d= in full-width letters', sound.replace('d=example.se', 'd=ｅxample.se'), 'syntax'],
    ['v=2', sound.replace('v=1', 'v=2'), 'syntax'],
    ['an unknown form', `${sound}; c=nowsp`, 'syntax'],
    ['l= that is no number', `${sound}; l=-1`, 'syntax'],
    ['q= that nobody knows', `${sound}; q=http`, 'syntax'],
    ['SHA-1', sound.replace('sha256', 'sha1'), 'algorithm'],
    ['From not covered', sound.replace('h=from', 'h=to'), 'from'],
    ['ends before it begins', `${sound}; t=2; x=1`, 'expiry'],
    ['has ended since: it held when it was sent', `${sound}; t=1; x=2`, null],
  ])('%s', (_, tags, fault) => {
    const { fields } = splitMessage(Buffer.from(`${field(tags)}\r\nFrom: a@b.se\r\n\r\n`));
    expect(readSignatures(fields).read.map((one) => one.fault)).toEqual([fault]);
  });

  test('what is silent is unknown, and what follows the tenth is counted only', async () => {
    const eml = `${Array(12).fill(field(sound)).join('\r\n')}\r\nFrom: a@example.se\r\n\r\nHej`;
    const zone = { 's1._domainkey.example.se': 'SERVFAIL' };
    const { signatures, keys, omitted } = await dkimOf(zone, { eml, dkimSelectors: null });
    expect(signatures.map(({ result }) => result)).toEqual(Array(10).fill('unknown'));
    expect(keys.map(({ name, by, state }) => [name, by, state])).toEqual([
      ['s1._domainkey.example.se', 'signature', 'unanswered'],
    ]);
    expect(omitted).toBe(2);
    expect(signatures[1]).toMatchObject({ own: true, at: { part: 'headers', line: 2 } });
  });

  test.each<[string, string]>([
    ['lines of nothing', `${field(sound)}\nFrom: a@example.se\n\nx${'\n'.repeat(190_000)}`],
    ['a folded header', `${field(sound)}\nX: a\n${' \n'.repeat(80_000)}From: a@example.se\n\nx`],
    [
      'a name a thousand times',
      `${field(sound.replace('h=from', `h=from${':z'.repeat(60_000)}`))}\n${'z:\n'.repeat(20_000)}From: a@example.se\n\nx`,
    ],
    [
      'ten lengths of a long body',
      `${Array.from({ length: 10 }, (_, i) => `${field(`${sound}; l=${i}000000`)}\n`).join('')}From: a@example.se\nContent-Disposition: attachment\nContent-Type: image/png\n\n${'a '.repeat(4_900_000)}`,
    ],
  ])('hostile: %s', async (_, eml) => {
    const before = performance.now();
    const { signatures } = await dkimOf(
      { 's1._domainkey.example.se': txt(football) },
      { eml, dkimSelectors: null },
    );
    expect(signatures.map(({ result }) => result)).toContain('fail');
    expect(performance.now() - before).toBeLessThan(5000);
  });
});
