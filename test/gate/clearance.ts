/** Law 2: every way in which somebody may try to get round the clearance. Each must be refused. */
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rotateKey } from '../../src/adapters/keys/keyring.ts';
import {
  type Checks,
  type ClearanceWorld,
  majorFails,
  passing,
  startClearanceWorld,
} from '../clearance-world.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

let world: ClearanceWorld;
beforeEach(async () => {
  world = await startClearanceWorld();
});
afterEach(() => world.close());

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const partsOf = (token: string) => {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
  return { header: read(header), claims: read(payload), raw: { header, payload, signature } };
};
const own = generateKeyPairSync('ed25519');
const refused = async (token: string) => {
  const verified = await world.verify(token);
  return verified.valid ? 'VALID' : verified.code;
};
/** A token whose header and claims are others, signed as it says by our own key. */
async function signedByUs(header: object, claims: object): Promise<string> {
  const input = `${encode(header)}.${encode(claims)}`;
  const signature = await world.keyring.sign(world.keyring.currentKid(), Buffer.from(input));
  return `${input}.${Buffer.from(signature).toString('base64url')}`;
}
const clearToken = async () => world.token((await world.audit()).id);

describe('a token that was forged', () => {
  test('by a key of somebody’s own, under our kid', async () => {
    const { raw } = partsOf(await clearToken());
    const input = `${raw.header}.${raw.payload}`;
    expect(
      await refused(`${input}.${sign(null, Buffer.from(input), own.privateKey).toString('base64url')}`),
    ).toBe('signature');
  });

  test('by a key that it brings along (jwk)', async () => {
    const { header, claims } = partsOf(await clearToken());
    const jwk = own.publicKey.export({ format: 'jwk' });
    const input = `${encode({ ...header, jwk })}.${encode(claims)}`;
    const signature = sign(null, Buffer.from(input), own.privateKey).toString('base64url');
    expect(await refused(`${input}.${signature}`)).toBe('signature');
    // Not even where the key is ours.
    expect(await refused(await signedByUs({ ...header, jwk: world.keyring.published()[0] }, claims))).toBe(
      'signature',
    );
  });

  const headers: [string, object][] = [
    ['jku', { jku: 'https://evil.example/jwks.json' }],
    ['x5u', { x5u: 'https://evil.example/cert.pem' }],
    ['x5c', { x5c: ['AAAA'] }],
    ['crit', { crit: ['exp'] }],
    ['b64', { b64: false, crit: ['b64'] }],
    ['zip', { zip: 'DEF' }],
    ['alg none', { alg: 'none' }],
    ['alg HS256', { alg: 'HS256' }],
    ['alg RS256', { alg: 'RS256' }],
    ['alg EdDSA', { alg: 'EdDSA' }],
    ['alg ed25519 in lower case', { alg: 'ed25519' }],
    ['typ JWT', { typ: 'JWT' }],
    ['no typ', { typ: undefined }],
    ['an unknown kid', { kid: 'another' }],
  ];
  test.each(headers)('with %s in a header that our key has signed', async (_, change) => {
    const { header, claims } = partsOf(await clearToken());
    expect(await refused(await signedByUs(header, claims))).toBe('VALID');
    expect(await refused(await signedByUs({ ...header, ...change }, claims))).toBe('signature');
  });

  test('with kid as a list, a number, or left out', async () => {
    const { header, claims } = partsOf(await clearToken());
    for (const kid of [[header.kid], 1, null, undefined])
      expect(await refused(await signedByUs({ ...header, kid }, claims))).toBe('malformed');
  });

  test('as HS256 with our public key as its secret', async () => {
    const { header, claims } = partsOf(await clearToken());
    const [key] = world.keyring.published();
    const input = `${encode({ ...header, alg: 'HS256' })}.${encode(claims)}`;
    for (const secret of [key?.x ?? '', JSON.stringify(key)]) {
      const mac = createHmac('sha256', secret).update(input).digest('base64url');
      expect(await refused(`${input}.${mac}`)).toBe('signature');
    }
  });

  test('without a signature at all', async () => {
    const { raw, claims } = partsOf(await clearToken());
    const unsigned = `${encode({ alg: 'none', typ: 'klarsignal-clearance+jwt' })}.${encode(claims)}.`;
    for (const token of [unsigned, `${raw.header}.${raw.payload}.`, `${raw.header}.${raw.payload}`])
      expect(await refused(token)).toBe('malformed');
  });

  test('by a key that was replaced more than a day ago', async () => {
    const old = world.keyring.currentKid();
    const { header, claims } = partsOf(await clearToken());
    const input = `${encode({ ...header, kid: old })}.${encode({ ...claims, exp: claims.exp + 10 * 86_400 })}`;
    const signature = Buffer.from(await world.keyring.sign(old, Buffer.from(input))).toString('base64url');
    rotateKey(join(world.dir, 'keys'), 'clearance', world.clock);
    world.pass(day - 1000);
    // Our signature still counts, and the row is another's.
    expect(await refused(`${input}.${signature}`)).toBe('unknown');
    world.pass(2000);
    expect(await refused(`${input}.${signature}`)).toBe('signature');
  });
});

test('one character changed anywhere opens nothing', async () => {
  const token = await clearToken();
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  expect(await refused(token)).toBe('VALID');
  const opened: string[] = [];
  for (let i = 0; i < token.length; i += 1) {
    const at = alphabet.indexOf(token.charAt(i));
    // The neighbour in the alphabet differs in the lowest bit: in the last one, a bit that no byte holds.
    const other = at === -1 ? 'A' : alphabet.charAt(at ^ 1);
    const changed = token.slice(0, i) + other + token.slice(i + 1);
    if ((await refused(changed)) === 'VALID') opened.push(changed);
  }
  expect(opened).toEqual([]);
});

test.each([
  ['nothing', () => ''],
  ['dots', () => '..'],
  ['four parts', (token: string) => `${token}.${token.split('.')[2]}`],
  ['padding', (token: string) => `${token}==`],
  ['a blank in it', (token: string) => token.replace('.', '. ')],
  ['the other alphabet', (token: string) => `${token.slice(0, -1)}+`],
  ['more than 8 kB', (token: string) => token + 'A'.repeat(8192)],
  ['half a letter', () => '\ud800.\ud800.\ud800'],
  ['a header that is a list', (token: string) => `${encode(['alg'])}.${token.split('.').slice(1).join('.')}`],
  ['a header that is null', (token: string) => `${encode(null)}.${token.split('.').slice(1).join('.')}`],
])('%s is no clearance', async (_, change) => {
  expect(await refused(change(await clearToken()))).toBe('malformed');
});

describe('claims that our key has signed, and nobody has granted', () => {
  const changes: [string, (claims: Record<string, unknown>) => object, string][] = [
    ['a longer life', (claims) => ({ exp: Number(claims.exp) + 3600 }), 'unknown'],
    ['another digest', () => ({ digest: '0'.repeat(64) }), 'unknown'],
    ['another rule set', () => ({ rule_set: '0'.repeat(64) }), 'unknown'],
    ['another id', () => ({ jti: 'clr_00000000000000000000000000000000' }), 'unknown'],
    ['another organisation', () => ({ sub: 'org_other' }), 'other-organisation'],
    ['another issuer', () => ({ iss: 'https://evil.example' }), 'unknown'],
    ['another audience', () => ({ aud: 'somebody-else' }), 'unknown'],
    ['a list of audiences', () => ({ aud: ['klarsignal-send'] }), 'malformed'],
    ['an end that is past', (claims) => ({ exp: Number(claims.iat) }), 'expired'],
    ['a time to come', (claims) => ({ iat: Number(claims.iat) + 61 }), 'unknown'],
    ['an earlier time', (claims) => ({ iat: Number(claims.iat) - 1 }), 'unknown'],
    ['no end', () => ({ exp: undefined }), 'malformed'],
    ['an end as text', (claims) => ({ exp: String(claims.exp) }), 'malformed'],
    ['an endless end', () => ({ exp: 1e15 }), 'malformed'],
    ['one claim more', () => ({ admin: true }), 'malformed'],
    ['waivers that are none', () => ({ waivers: 'all' }), 'malformed'],
    ['waivers of another shape', () => ({ waivers: [null] }), 'malformed'],
  ];
  test.each(changes)('%s', async (_, change, code) => {
    const { header, claims } = partsOf(await clearToken());
    expect(await refused(await signedByUs(header, { ...claims, ...change(claims) }))).toBe(code);
  });

  test('changed without being signed again', async () => {
    const { raw, claims } = partsOf(await clearToken());
    const changed = encode({ ...claims, digest: '0'.repeat(64) });
    expect(await refused(`${raw.header}.${changed}.${raw.signature}`)).toBe('signature');
  });

  test('a row that somebody has made last longer does not make the clearance last', async () => {
    const token = await clearToken();
    const db = new DatabaseSync(join(world.dir, 'klarsignal.db'));
    db.exec("UPDATE clearance SET expires_at = '2027-11-23T12:00:00.000Z'");
    db.close();
    expect(await refused(token)).toBe('unknown');
  });

  test('a row that is gone', async () => {
    const token = await clearToken();
    const db = new DatabaseSync(join(world.dir, 'klarsignal.db'));
    db.exec('DELETE FROM clearance');
    db.close();
    expect(await refused(token)).toBe('unknown');
  });
});

describe('a sound clearance', () => {
  test('of another organisation', async () => {
    const token = await clearToken();
    expect(await world.clearances.verify('org_other', token)).toMatchObject({
      valid: false,
      code: 'other-organisation',
    });
  });

  test('that has ended, by a second', async () => {
    const token = await clearToken();
    world.pass(day);
    expect(await refused(token)).toBe('expired');
  });

  test('that was revoked', async () => {
    const token = await clearToken();
    await world.clearances.revoke(world.organisation, partsOf(token).claims.jti);
    expect(await refused(token)).toBe('revoked');
  });

  test('of another service with keys of its own', async () => {
    const other = await startClearanceWorld();
    const token = await other.token((await other.audit()).id);
    expect(await refused(token)).toBe('signature');
    await other.close();
  });
});

describe('a clearance fits one message: another digest for', () => {
  const mails: [string, Parameters<ClearanceWorld['audit']>[0]][] = [
    ['one byte more in the page', { source: '<p>Hej! </p>' }],
    ['one letter of another kind', { source: '<p>Нej!</p>' }],
    ['another subject', { fields: { subject: 'Höstmöte!' } }],
    ['another name in From', { fields: { from: 'Föreningen A <nyhetsbrev@example.se>' } }],
    ['another address in From', { fields: { from: 'Föreningen <nyhetsbrev2@example.se>' } }],
    ['an address for answers', { fields: { replyTo: 'a@example.se' } as object }],
    ['another envelope subdomain', { fields: { mailFrom: 'post.example.se' } }],
    ['another DKIM selector', { fields: { dkimSelectors: ['s2'] } }],
    ['one selector more', { fields: { dkimSelectors: ['s1', 's2'] } }],
    ['another class', { fields: { class: 'transactional' } as object }],
  ];
  test.each(mails)('%s', async (_, how) => {
    const token = await clearToken();
    const { digest } = partsOf(token).claims;
    expect((await world.audit()).digest).toBe(digest);
    const other = await world.audit(how);
    expect(other.digest).not.toBe(digest);
    expect(partsOf(await world.token(other.id)).claims.digest).toBe(other.digest);
  });
});

describe('no clearance is granted', () => {
  const grantOf = async (audit: string) => {
    const granted = await world.grant(audit);
    return granted.kind === 'refused' ? granted.code : 'GRANTED';
  };

  const verdicts: [string, Checks, string][] = [
    ['a blocker fails', { ...passing, x: ['blocker', 'fail'] }, 'blocked'],
    ['a major fails', majorFails, 'blocked'],
    ['a blocker has no answer', { ...passing, x: ['blocker', 'unknown'] }, 'undecided'],
    ['a major has no answer', { ...passing, x: ['major', 'unknown'] }, 'undecided'],
    ['nothing was judged', {}, 'undecided'],
    ['only what never gates has passed', { x: ['minor', 'pass'] }, 'undecided'],
    ['nothing applied', { x: ['blocker', 'not-applicable'] }, 'undecided'],
  ];
  test.each(verdicts)('where %s', async (_, checks, code) => {
    expect(await grantOf((await world.audit({ checks })).id)).toBe(code);
  });

  test('to an audit without previews, an example, or an example run again', async () => {
    expect(await grantOf((await world.audit({ previews: false })).id)).toBe('partial');
    const example = await world.example();
    expect(await grantOf(example.id)).toBe('simulated');
    expect(await grantOf((await world.again(example.id)).id)).toBe('simulated');
    // The same message as the example's, judged in the real world, is no example.
    expect(await grantOf((await world.audit()).id)).toBe('GRANTED');
  });

  test('on facts of more than an hour, counted from when they were gathered', async () => {
    const { id } = await world.audit();
    world.pass(59 * minute);
    expect(await grantOf(id)).toBe('GRANTED');
    world.pass(minute);
    expect(await grantOf(id)).toBe('GRANTED');
    world.pass(1);
    expect(await grantOf(id)).toBe('facts-stale');
    world.pass(minute);
    expect(await grantOf(id)).toBe('facts-stale');
  });

  test('on facts of a clock that has been set back', async () => {
    const { id } = await world.audit();
    world.pass(-2 * minute);
    expect(await grantOf(id)).toBe('facts-stale');
  });

  test('by rules that are no longer those that run', async () => {
    world.ruleSet = '0'.repeat(64);
    expect(await grantOf((await world.audit()).id)).toBe('rule-set-changed');
  });

  test('before the audit has ended, after it failed, or for none', async () => {
    const idle = await startClearanceWorld({ idle: true });
    const submitted = await idle.audits.submit(idle.organisation, idle.handed(), true);
    const id = 'audit' in submitted ? submitted.audit.id : '';
    expect(await idle.grant(id)).toEqual({ kind: 'refused', code: 'not-finished' });
    // What was handed in is exchanged before its turn comes.
    const row = await idle.store.organisation(idle.organisation).audit(id);
    await idle.blobs.put(row?.upload ?? '', new TextEncoder().encode('<p>Other</p>'));
    await idle.audits.work();
    expect(await idle.grant(id)).toEqual({ kind: 'refused', code: 'audit-failed' });
    expect(await idle.grant('aud_none')).toEqual({ kind: 'refused', code: 'audit-not-found' });
    await idle.close();
  });

  test('to whoever belongs to another organisation', async () => {
    const { id } = await world.audit();
    expect(await world.clearances.grant('org_other', 'p', id)).toEqual({
      kind: 'refused',
      code: 'audit-not-found',
    });
  });

  test('where the decision says clear and the findings do not, or the other way round', async () => {
    const { id } = await world.audit({ checks: majorFails });
    const db = new DatabaseSync(join(world.dir, 'klarsignal.db'));
    db.exec("UPDATE audit SET verdict = json_set(verdict, '$.decision', 'clear')");
    expect(await grantOf(id)).toBe('blocked');
    await world.waive(id);
    expect(await grantOf(id)).toBe('blocked');
    const clear = await world.audit();
    db.prepare("UPDATE audit SET verdict = json_set(verdict, '$.decision', 'undecided') WHERE id = ?").run(
      clear.id,
    );
    db.close();
    expect(await grantOf(clear.id)).toBe('undecided');
  });
});

describe('a waiver', () => {
  const codes = async (made: ReturnType<ClearanceWorld['waive']>) => {
    const result = await made;
    return result.kind === 'invalid' ? result.errors.map(({ code }) => code) : 'WAIVED';
  };
  const grantOf = async (audit: string) => {
    const granted = await world.grant(audit);
    return granted.kind === 'refused' ? granted.code : 'GRANTED';
  };

  const none: [string, Checks, string][] = [
    ['a blocker', { ...passing, x: ['blocker', 'fail'] }, 'rule-not-major'],
    ['a minor', { ...passing, x: ['minor', 'fail'] }, 'rule-not-major'],
    ['an advice', { ...passing, x: ['advice', 'fail'] }, 'rule-not-major'],
    ['an unknown', { ...passing, x: ['major', 'unknown'] }, 'rule-not-failed'],
    ['an unknown blocker', { ...passing, x: ['blocker', 'unknown'] }, 'rule-not-failed'],
    ['what passed', { ...passing, x: ['major', 'pass'] }, 'rule-not-failed'],
  ];
  test.each(none)('of %s is not made', async (_, checks, code) => {
    const { id } = await world.audit({ checks });
    expect(await codes(world.waive(id, { rule: 'x' }))).toEqual([code]);
  });

  const callers: [string, { kind: 'person' | 'key'; id: string; role: string }][] = [
    ['an editor', { kind: 'person', id: 'p', role: 'editor' }],
    ['a viewer', { kind: 'person', id: 'p', role: 'viewer' }],
    ['a key', { kind: 'key', id: 'k', role: '' }],
    ['a key that calls itself owner', { kind: 'key', id: 'k', role: 'owner' }],
    ['nobody', { kind: 'person', id: '', role: '' }],
  ];
  test.each(callers)('by %s is not made', async (_, caller) => {
    const { id } = await world.audit({ checks: majorFails });
    expect(await codes(world.waive(id, {}, caller))).toEqual(['owner-only']);
    expect(await grantOf(id)).toBe('blocked');
  });

  test('in an example is not made, and in an audit that has not ended neither', async () => {
    world.checks = majorFails;
    expect(await codes(world.waive((await world.example()).id))).toEqual(['rule-not-failed']);
    const idle = await startClearanceWorld({ idle: true });
    const submitted = await idle.audits.submit(idle.organisation, idle.handed(), true);
    const id = 'audit' in submitted ? submitted.audit.id : '';
    expect(await codes(idle.waive(id))).toEqual(['not-finished']);
    expect(await codes(idle.waive('aud_none'))).toEqual(['audit-not-found']);
    await idle.close();
  });

  test('of a major never opens what a blocker or an unknown beside it shuts', async () => {
    for (const [beside, code] of [
      [['blocker', 'fail'], 'blocked'],
      [['major', 'fail'], 'blocked'],
      [['blocker', 'unknown'], 'undecided'],
      [['major', 'unknown'], 'undecided'],
    ] as const) {
      const { id } = await world.audit({ checks: { ...majorFails, x: beside } });
      await world.waive(id);
      expect(await grantOf(id)).toBe(code);
    }
  });

  test('made while it was major opens nothing once the check has become a blocker', async () => {
    const { id } = await world.audit({ checks: majorFails });
    await world.waive(id);
    world.checks = { ...majorFails, 'check-b': ['blocker', 'fail'] };
    expect(await grantOf((await world.again(id)).id)).toBe('blocked');
  });

  test('that has ended opens nothing, and its clearance ended with it', async () => {
    const { id } = await world.audit({ checks: majorFails });
    await world.waive(id, { endsAt: '2026-11-22T12:30:00Z' });
    const token = await world.token(id);
    world.pass(30 * minute - 1);
    expect(await refused(token)).toBe('VALID');
    world.pass(1);
    expect(await refused(token)).toBe('expired');
    expect(await grantOf(id)).toBe('blocked');
  });

  test('for another message opens nothing', async () => {
    const { id } = await world.audit({ checks: majorFails });
    await world.waive(id);
    expect(await grantOf((await world.audit({ checks: majorFails, source: '<p>Hej?</p>' })).id)).toBe(
      'blocked',
    );
  });

  test('that is revoked takes its clearances with it', async () => {
    const { id } = await world.audit({ checks: majorFails });
    const made = await world.waive(id);
    const token = await world.token(id);
    expect(await refused(token)).toBe('VALID');
    if (made.kind === 'waived') await world.clearances.revokeWaiver(world.organisation, made.waiver.id);
    expect(await refused(token)).toBe('revoked');
  });

  test('that is revoked while a clearance is being granted on it', async () => {
    const { id } = await world.audit({ checks: majorFails });
    const made = await world.waive(id);
    const waiver = made.kind === 'waived' ? made.waiver.id : '';
    const [granted] = await Promise.all([
      world.grant(id),
      world.clearances.revokeWaiver(world.organisation, waiver),
    ]);
    if (granted.kind === 'granted') expect(await refused(granted.granted.token)).toBe('revoked');
    expect(await grantOf(id)).toBe('blocked');
  });
});

describe('smuggled in', () => {
  const post = (path: string, body: object) =>
    world.app.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const mail = { source: '<p>Hej!</p>', from: 'a@example.se', subject: 'Hej', mailFrom: 'mejl.example.se' };

  test.each([
    ['a zone', { zone: { 'example.se': { TXT: ['v=spf1 -all'] } } }],
    ['a resolver', { resolver: '192.0.2.53' }],
    ['stored answers', { replay: 'answers.json' }],
    ['a waiver', { waivers: [{ rule: 'check-b', reason: 'Because I say so.' }] }],
    ['a decision', { decision: 'clear' }],
    ['an organisation', { organisation: 'org_other' }],
    ['an example', { example: 'clear' }],
    ['that it is not simulated', { simulated: false }],
  ])('%s with POST /v1/audits, and run again with it', async (_, more) => {
    const { id } = await world.audit();
    for (const [path, body] of [
      ['/v1/audits', { ...mail, ...more }],
      [`/v1/audits/${id}/again`, more],
    ] as const) {
      const response = await post(path, body);
      expect([path, response.status]).toEqual([path, 400]);
      expect(await response.json()).toMatchObject({ errors: [{ code: 'field-unknown' }] });
    }
  });

  test('waivers and a digest with POST clearance', async () => {
    const { id } = await world.audit({ checks: majorFails });
    for (const more of [{ waivers: ['check-b'] }, { digest: '0'.repeat(64) }, { force: true }]) {
      const response = await post(`/v1/audits/${id}/clearance`, more);
      expect(response.status).toBe(400);
    }
    expect((await post(`/v1/audits/${id}/clearance`, {})).status).toBe(409);
  });

  test('a waiver in the headers of the message itself', async () => {
    const eml = [
      'From: a@example.se',
      'Subject: Hej',
      'X-Klarsignal-Waiver: check-b',
      'X-Klarsignal-Decision: clear',
      '',
      'Hej!',
    ].join('\r\n');
    const { id } = await world.audit({
      checks: majorFails,
      source: eml,
      fields: { filename: 'a.eml', from: '', subject: '' },
    });
    expect(await world.grant(id)).toEqual({ kind: 'refused', code: 'blocked' });
  });

  test('another person, role or organisation with POST waivers', async () => {
    const { id } = await world.audit({ checks: majorFails });
    const order = { rule: 'check-b', reason: 'Because I say so.', endsAt: '2026-12-01' };
    for (const more of [
      { person: 'per_other' },
      { role: 'owner' },
      { organisation: 'org_other' },
      { digest: 'x' },
    ])
      expect((await post(`/v1/audits/${id}/waivers`, { ...order, ...more })).status).toBe(400);
  });
});
