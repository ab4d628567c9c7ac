/** A clearance that somebody has granted: signed by jose, which we did not write. */
import { CompactSign, exportJWK, generateKeyPair } from 'jose';
import { digestTemplate, type Template } from '../../src/client/index.ts';

export const issuer = 'https://klarsignal.example.se';
export const now = new Date('2026-11-22T12:00:00Z');
const seconds = now.getTime() / 1000;

export async function makeKey(kid = 'k1') {
  const { privateKey, publicKey } = await generateKeyPair('Ed25519', { extractable: true });
  const { x = '' } = await exportJWK(publicKey);
  return { kid, privateKey, public: { kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'Ed25519', use: 'sig' } };
}
export type Key = Awaited<ReturnType<typeof makeKey>>;

export function claimsFor(digest: string, more: object = {}) {
  return {
    iss: issuer,
    aud: 'klarsignal-send',
    sub: 'org_test',
    jti: 'clr_1',
    iat: seconds,
    exp: seconds + 86_400,
    digest,
    rule_set: 'r1',
    waivers: [],
    ...more,
  };
}

export function sign({ kid, privateKey }: Key, claims: object, header: object = {}): Promise<string> {
  const whole = { alg: 'Ed25519', typ: 'klarsignal-clearance+jwt', kid, ...header };
  return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader(whole)
    .sign(privateKey);
}

export const template: Template = {
  composer: 3,
  organisation: 'org_test',
  class: 'marketing',
  headers: {
    from: { name: 'Föreningen', address: 'nyhetsbrev@example.se' },
    reply_to: [{ name: '', address: 'svar@example.se' }],
    subject: '{{name}}, välkommen',
    other: [
      ['list-id', 'Nyhetsbrev <nyhetsbrev.example.se>'],
      ['list-unsubscribe', '<https://example.se/gammal>'],
      ['bcc', 'alla@example.se'],
      ['content-type', 'text/x-evil'],
    ],
  },
  parts: {
    html: '<p title="{{name}}">Hej {{name}}! {{recipient_address}}</p><a href="{{page}}">Sida</a><a href="{{unsubscribe_url}}">Avregistrera</a>',
    text: 'Hej {{name}}! {{page}} {{unsubscribe_url}}',
    attachments: [],
  },
  routes: [
    { transport: null, mail_from: 'mejl.example.se', dkim: [{ d: 'example.se', s: 's1' }], signed_by: [] },
  ],
  merge_fields: [
    { name: 'name', type: 'text', max_length: 40, sample: 'Åsa' },
    { name: 'page', type: 'url', hosts: ['example.se'], sample: 'https://example.se/' },
  ],
};

export async function cleared(of: Template = template, more: object = {}) {
  const key = await makeKey();
  const clearance = await sign(key, claimsFor(await digestTemplate(of), more));
  return { clearance, keys: { keys: [key.public] }, issuer, template: of, now: () => now };
}

export const order = {
  to: 'anna@example.org',
  fields: { name: 'A & "B"', page: 'https://example.se/?a=1&b=2' },
  unsubscribeUrl: 'https://klarsignal.example.se/u/abc',
};
