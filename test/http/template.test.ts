/** Merge fields and routes through the API, and the template as another sender gets it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClearedComposer, digestTemplate, type Template } from '../../src/client/index.ts';
import type { TemplateRoute } from '../../src/submission.ts';
import { claimsFor, makeKey, now, sign } from '../client/world.ts';
import { faults, resolve } from './json-schema.ts';
import { postForm, postJson, type Service, sound, startService } from './service.ts';

const routes: TemplateRoute[] = [
  { transport: 'ses', mail_from: 'mejl.example.se', dkim: [{ d: 'example.se', s: 's1' }], signed_by: [] },
];
const standardRoute: TemplateRoute[] = [
  { transport: 'std', mail_from: 'std.example.se', dkim: [{ d: 'example.se', s: 's2' }], signed_by: [] },
];
const asked: [string, string, boolean][] = [];
let current = routes;
let service: Service;
beforeAll(async () => {
  service = await startService({
    idle: true,
    audits: {
      routesOf: async (organisation, domain, standard) => {
        asked.push([organisation, domain, standard]);
        return domain !== 'example.se' ? [] : standard ? standardRoute : current;
      },
    },
  });
});
afterAll(() => service.close());

const mergeFields = [{ name: 'name', type: 'text', sample: 'Åsa' }];
const template = {
  ...sound,
  source: `<p>Hej {{name}}!</p><a href="{{unsubscribe_url}}">Avregistrera</a>`,
  mailFrom: undefined,
  mergeFields,
};

const posted = async (body: object) => {
  const response = await postJson(service, body);
  expect([response.status, response.status === 202 ? '' : await response.text()]).toEqual([202, '']);
  return (await response.json()) as { id: string; digest: string; mailFrom: string | null };
};
const templateOf = async (id: string, app = service.app) => {
  const response = await app.request(`/v1/audits/${id}/template`);
  expect(response.status).toBe(200);
  return (await response.json()) as {
    template: Template;
    digest: string;
    attachments: { sha256: string; content: string }[];
  };
};

test('another sender verifies and composes with what the API gives, and nothing else', async () => {
  const { id, digest } = await posted(template);
  const found = await templateOf(id);
  expect(found.digest).toBe(digest);
  expect(await digestTemplate(found.template)).toBe(digest);
  expect(found.template.routes).toEqual(routes);
  const openapi = await (await service.app.request('/openapi.json')).json();
  expect(faults(openapi, resolve(openapi, '#/components/schemas/AuditedTemplate'), found)).toEqual([]);
  const key = await makeKey();
  const clearance = await sign(key, claimsFor(digest, { sub: service.organisation }));
  const options = { clearance, keys: { keys: [key.public] }, issuer: claimsFor(digest).iss, now: () => now };
  const composer = await createClearedComposer({ ...options, template: found.template });
  const unsubscribeUrl = 'https://example.se/u/1';
  const mail = composer.compose({ to: 'b@example.org', fields: { name: 'Bo' }, unsubscribeUrl });
  expect(mail.html).toBe('<p>Hej Bo!</p><a href="https://example.se/u/1">Avregistrera</a>');
});

test('attachments come along byte for byte', async () => {
  const eml = [
    'From: a@example.se',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    '',
    'Hej!',
    '--b',
    'Content-Type: application/octet-stream',
    'Content-Transfer-Encoding: base64',
    '',
    'AAH/',
    '--b--',
    '',
  ].join('\r\n');
  const { id } = await posted({ source: eml, filename: 'a.eml' });
  const { attachments, template: found } = await templateOf(id);
  expect(attachments).toEqual([{ sha256: found.parts.attachments[0]?.sha256, content: 'AAH/' }]);
});

test('it is its organisation’s alone', async () => {
  const { id } = await posted(template);
  const blind = await (await service.key(['audits:write'])).request(`/v1/audits/${id}/template`);
  expect(blind.status).toBe(403);
  expect((await service.anonymous.request(`/v1/audits/${id}/template`)).status).toBe(401);
  expect((await service.app.request('/v1/audits/aud_0/template')).status).toBe(404);
});

test('routes are asked for by From’s domain, kept, and asked for anew when it is run again', async () => {
  asked.length = 0;
  const first = await posted(template);
  const chosen = await posted({ ...template, standard: true });
  const message = `From: b@example.se\r\nReturn-Path: <x@other.example>\r\n\r\nHej!`;
  const stored = await posted({ source: message, filename: 'a.eml' });
  expect(asked.map(([, domain, standard]) => [domain, standard])).toEqual([
    ['example.se', false],
    ['example.se', true],
    ['example.se', false],
  ]);
  expect((await templateOf(chosen.id)).template.routes).toEqual(standardRoute);
  expect(stored.mailFrom).toBe('mejl.example.se');
  current = [{ ...(routes[0] as TemplateRoute), mail_from: 'ny.example.se' }];
  // What was promised stays so.
  expect((await templateOf(first.id)).digest).toBe(first.digest);
  const again = await service.app.request(`/v1/audits/${first.id}/again`, { method: 'POST' });
  const { id, digest } = (await again.json()) as { id: string; digest: string };
  expect(digest).not.toBe(first.digest);
  expect((await templateOf(id)).template).toMatchObject({
    routes: current,
    merge_fields: [{ ...mergeFields[0], max_length: 100 }],
  });
  current = routes;
});

test('who names a MAIL FROM sends by a way of their own', async () => {
  asked.length = 0;
  const { id } = await posted({ ...template, mailFrom: 'egen.example.se' });
  expect(asked).toEqual([]);
  expect((await templateOf(id)).template.routes).toMatchObject([
    { transport: null, mail_from: 'egen.example.se' },
  ]);
});

test('the same post again is the same audit, whatever became of the routes', async () => {
  const headers = { 'idempotency-key': 'k1' };
  const first = (await (await postJson(service, template, headers)).json()) as { id: string };
  current = [];
  const second = (await (await postJson(service, template, headers)).json()) as { id: string };
  current = routes;
  expect(second.id).toBe(first.id);
});

test('a form has them as text', async () => {
  const fields = { source: template.source, from: sound.from, standard: 'on' };
  const response = await postForm(service, { ...fields, mergeFields: JSON.stringify(mergeFields) });
  const { id } = (await response.json()) as { id: string };
  expect((await templateOf(id)).template).toMatchObject({
    merge_fields: [{ name: 'name', sample: 'Åsa' }],
    routes: standardRoute,
  });
});

test.each<[string, object, string, string]>([
  ['a route of the caller’s', { routes: [] }, 'field-unknown', 'routes'],
  [
    'another type',
    { mergeFields: [{ name: 'a', type: 'html', sample: 'x' }] },
    'field-choice',
    'mergeFields.0.type',
  ],
  ['an own word', { mergeFields: [{ ...mergeFields[0], raw: true }] }, 'field-unknown', 'raw'],
  ['no list', { mergeFields: {} }, 'field-type', 'mergeFields'],
  [
    'one without a name',
    { mergeFields: [{ type: 'text', sample: 'x' }] },
    'field-type',
    'mergeFields.0.name',
  ],
  ['an unused one', { source: '<p>Hej</p>' }, 'merge-field-unused', 'mergeFields'],
  [
    'a sample that is a link',
    { mergeFields: [{ ...mergeFields[0], sample: 'a.se' }] },
    'merge-field-invalid',
    'mergeFields',
  ],
  [
    'far too many',
    { mergeFields: Array.from({ length: 60 }, (_, i) => ({ ...mergeFields[0], name: `a${i}` })) },
    'merge-fields-too-many',
    'mergeFields',
  ],
])('%s is refused in both languages', async (_, more, code, field) => {
  const texts: string[] = [];
  for (const locale of ['en', 'sv']) {
    const response = await postJson(service, { ...template, ...more }, {}, `?locale=${locale}`);
    const { errors } = (await response.json()) as { errors: { code: string; field: string; text: string }[] };
    expect(errors).toMatchObject([{ code, field }]);
    texts.push(errors[0]?.text ?? '');
  }
  expect(new Set(texts).size).toBe(2);
});

test.each(['{', '"a"', '[[[[[[]]]]]]', 'null'])('a form whose fields are %s is refused', async (text) => {
  const response = await postForm(service, { source: '<p>Hej</p>', from: sound.from, mergeFields: text });
  expect(response.status).toBe(400);
});
