/** Sample data: what another tool would fill a template in with, and which fields the mail must have. */
import { describe, expect, test } from 'vitest';
import { policy } from '../rules/policy.ts';
import { gatherMessage } from '../src/facts/message.ts';
import { createPreflight } from '../src/preflight.ts';
import { isSettled, readMergeField, replaceMergeFields } from '../src/submission/merge-forms.ts';
import { readSampleData, sampleLength } from '../src/submission/sample-data.ts';
import { type Handed, readSubmission } from '../src/submission.ts';
import { clock, noBrowser, resolverOf } from './world.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const sound: Handed = {
  bytes: utf8('<p>Hej!</p>'),
  filename: 'a.html',
  from: 'F <a@example.se>',
  subject: 'Hej',
};
const read = (handed: Partial<Handed>) => readSubmission({ ...sound, ...handed }, 'org_test', policy.limits);
async function taken(handed: Partial<Handed>) {
  const result = await read(handed);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.submission;
}
const filled = async (source: string, sampleData: unknown) =>
  (await taken({ bytes: utf8(source), sampleData })).markup?.html;

test('an empty value is a value: lists have gaps, and no field is left unfilled by one', async () => {
  expect(await filled('<p>Hej {{name}}!</p>', { name: '' })).toBe('<p>Hej !</p>');
  expect(await filled('<p>Hej {{name}}!</p>', { other: 'a' })).toBe('<p>Hej {{name}}!</p>');
});

describe('what tools write', () => {
  test.each<[string, string, string | null]>([
    ['{{name}}', 'name', null],
    ['{{ name }}', 'name', null],
    ['{{{name}}}', 'name', null],
    ['{{~name~}}', 'name', null],
    ['{{ contact.FIRSTNAME }}', 'contact.FIRSTNAME', null],
    ['{{ name | default: "du" }}', 'name', 'du'],
    ["{{ name|default:'du' }}", 'name', 'du'],
    ['{{default name "du"}}', 'name', 'du'],
    ['{{ name | default: &quot;du&quot; }}', 'name', 'du'],
    ['%7B%7Bname%7D%7D', 'name', null],
    ['{% unsubscribe %}', 'unsubscribe', null],
    ['<%= name %>', 'name', null],
    ['<%name%>', 'name', null],
    ['*|FNAME|*', 'FNAME', null],
    ['*|TITLE:FNAME|*', 'FNAME', null],
    ['%%First Name%%', 'First Name', null],
    ['%recipient.name%', 'recipient.name', null],
    ['%FIRSTNAME%', 'FIRSTNAME', null],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as FreeMarker has it
    ['${user.name}', 'user.name', null],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as FreeMarker has it
    ['${name!"du"}', 'name', 'du'],
    ['[$name]', 'name', null],
    ['[[data:firstname:"du"]]', 'firstname', 'du'],
    ['[[name]]', 'name', null],
    ['{$name}', 'name', null],
    ["{$name|default:'du'}", 'name', 'du'],
    ['{!Contact.Name}', 'Contact.Name', null],
    ['[firstname,fallback=du]', 'firstname', 'du'],
    ['$[FNAME|du]$', 'FNAME', 'du'],
    ['~Contact.FirstName~', 'Contact.FirstName', null],
    ['##name##', 'name', null],
    ['@name@', 'name', null],
    ['{name}', 'name', null],
    ['[name]', 'name', null],
  ])('%s', (field, name, fallback) => {
    expect(readMergeField(field)).toMatchObject({ name, fallback });
    // And it is found where it stands, in text and in markup.
    const found: string[] = [];
    replaceMergeFields(`<p title="${field}">Hej ${field}!</p>`, (one) => {
      found.push(one.name);
      return null;
    });
    expect(found).toEqual([name, name]);
  });

  test.each([
    '{{#if a}}',
    '{{/if}}',
    '{{else}}',
    '{{> part}}',
    '{% if a %}',
    '{% endif %}',
    '<% if a %>',
    '*|IF:A|*',
    '*|END:IF|*',
  ])('%s stands for no value', (field) => expect(readMergeField(field)).toBeNull());
});

test.each<[string, boolean]>([
  ['*|UNSUB|*', true],
  ['*|LIST:COMPANY|*', true],
  ['*|HTML:LIST_ADDRESS_HTML|*', true],
  ['*|CURRENT_YEAR|*', true],
  ['{% web_view %}', true],
  ['%unsubscribe_url%', true],
  ['{{#if a}}', true],
  ['*|FNAME|*', false],
  ['{{ first_name }}', false],
  ['<%= name %>', false],
])('%s: its tool settles it: %s', (field, settled) => expect(isSettled(field)).toBe(settled));

describe('filled in', () => {
  const data = { name: 'Åsa & Bo', page: 'https://example.se/?a=1&b=2', user: { city: 'Åre' } };

  test.each<[string, string]>([
    ['<p>Hej {{name}}!</p>', '<p>Hej Åsa &amp; Bo!</p>'],
    ['<p>{name} [name] %name% #name# [[name]]</p>', `<p>${Array(5).fill('Åsa &amp; Bo').join(' ')}</p>`],
    ['<a href="{{ page }}">Hej</a>', '<a href="https://example.se/?a=1&amp;b=2">Hej</a>'],
    ['<p>{{user.city}} {{city}}</p>', '<p>Åre {{city}}</p>'],
    ['<p>{{ person.name }}</p>', '<p>Åsa &amp; Bo</p>'],
    ['<p>{{other}} {other} [other] %OTHER%</p>', '<p>{{other}} {other} [other] %OTHER%</p>'],
    ['<p>{{other | default: "du"}}</p>', '<p>du</p>'],
    ['<a href="*|UNSUB|*">Avregistrera</a>', '<a href="*|UNSUB|*">Avregistrera</a>'],
    ['<p>[unsubscribe] {archive}</p>', '<p>[unsubscribe] {archive}</p>'],
    ['<style>.a[name]{color:red}</style>100 % av 50 %', '<style>.a[name]{color:red}</style>100 % av 50 %'],
  ])('%s', async (source, result) => {
    expect(await filled(source, data)).toBe(result);
  });

  test('the digest is of what stands unfilled, and the audit earns no clearance', async () => {
    const bytes = utf8('<p>Hej {{name}}!</p>');
    const [bare, sampled] = [await taken({ bytes }), await taken({ bytes, sampleData: { name: 'Åsa' } })];
    expect(sampled.digest).toBe(bare.digest);
    expect(sampled.template).toEqual(bare.template);
    expect([bare.sampled, sampled.sampled]).toEqual([false, true]);
    const resolver = await resolverOf({});
    const preflight = createPreflight({} as never, '', {
      resolver,
      browser: noBrowser,
      clock,
      policy,
      clients: [],
    });
    const leaveOut = { dns: true, previews: true };
    const { verdict } = await preflight.audit(sampled, { leaveOut });
    expect(verdict).toMatchObject({ simulated: true, sampled: true });
    expect((await preflight.audit(bare, { leaveOut })).verdict.simulated).toBe(false);
    await resolver.close();
  });

  test('a declared field is judged with it, by its own type, and nothing else is filled in', async () => {
    const mergeFields = [{ name: 'name', type: 'text', sample: 'Åsa' }];
    const bytes = utf8('<p>{{name}} *|FNAME|*</p>');
    const submission = await taken({ bytes, mergeFields, sampleData: { name: 'Bo', FNAME: 'Bo' } });
    expect(submission.markup?.html).toBe('<p>Bo *|FNAME|*</p>');
    expect(submission.sampled).toBe(false);
    expect(submission.digest).toBe((await taken({ bytes, mergeFields })).digest);
    const wrong = await read({ bytes, mergeFields, sampleData: { name: 'www.example.se' } });
    expect(wrong).toMatchObject({ ok: false, errors: [{ code: 'merge-field-invalid' }] });
  });

  test('subject and text part too', async () => {
    const eml = 'From: a@example.se\r\nSubject: Till *|FNAME|*\r\n\r\nHej *|FNAME|*!\r\n';
    const submission = await taken({
      bytes: utf8(eml),
      filename: 'a.eml',
      from: undefined,
      subject: undefined,
      sampleData: { FNAME: 'Åsa' },
    });
    expect([submission.subject, submission.text?.trim()]).toEqual(['Till Åsa', 'Hej Åsa!']);
    expect(submission.template.headers.subject).toBe('Till *|FNAME|*');
  });
});

describe('as it is handed in', () => {
  const values = (handed: unknown) => {
    const result = readSampleData(handed);
    return result.ok ? Object.fromEntries(result.values) : result.fault;
  };
  test.each<[string, unknown, object]>([
    ['an object', { a: 'x', b: 1, c: true, d: null }, { a: 'x', b: '1', c: 'true', d: '' }],
    ['fields within', { a: { b: { c: 'x' } } }, { 'a.b.c': 'x' }],
    ['JSON', ' {"a":"x"}', { a: 'x' }],
    ['a list in JSON: its first', '[{"a":"x"},{"a":"y"}]', { a: 'x' }],
    ['CSV', 'a,b\nx,y\nz,z', { a: 'x', b: 'y' }],
    [
      'as Excel saves it in Sweden',
      '\ufeffnamn;ort\r\n"Berg; Åsa";Åre\r\n',
      { namn: 'Berg; Åsa', ort: 'Åre' },
    ],
    ['quotation marks in quotation marks', 'a\n"sa ""hej"""', { a: 'sa "hej"' }],
    ['fewer values than names', 'a,b\nx', { a: 'x', b: '' }],
  ])('%s', (_, handed, result) => expect(values(handed)).toEqual(result));

  test.each<[string, unknown, object]>([
    ['nothing', {}, { part: 'form' }],
    ['a number', 1, { part: 'form' }],
    ['broken JSON', '{"a":', { part: 'form' }],
    ['names without values', 'a,b', { part: 'form' }],
    ['more values than names', 'a\nx,y', { part: 'form' }],
    ['too long', `a\n${'x'.repeat(sampleLength)}`, { part: 'form' }],
    ['HTML', { a: '<b>x</b>' }, { part: 'value', name: 'a' }],
    ['a field in a value', { a: '{{b}}' }, { part: 'value', name: 'a' }],
    ['a line break', { a: 'x\ny' }, { part: 'value', name: 'a' }],
    ['a list', { a: ['x'] }, { part: 'value', name: 'a' }],
    ['too deep', { a: { b: { c: { d: { e: 'x' } } } } }, { part: 'value' }],
    ['a value that is too long', { a: 'x'.repeat(501) }, { part: 'value', name: 'a' }],
    ['http', { a: 'http://example.se/' }, { part: 'url', name: 'a' }],
    ['a script', { a: 'javascript:alert(1)' }, { part: 'url', name: 'a' }],
    ['a name that is none', { '<a>': 'x' }, { part: 'name' }],
    ['too many', Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`f${i}`, 'x'])), { part: 'many' }],
  ])('%s is refused', (_, handed, fault) => expect(values(handed)).toMatchObject(fault));
});

test('what composing refuses, the audit finds: also in code, styles and comments', async () => {
  const mergeFields = [{ name: 'name', type: 'text', sample: 'Åsa' }];
  const bytes = utf8('<style>.a{{b}}</style><p>{{name}} <code>{{c}}</code></p><!-- {{ d }} -->');
  const { undeclared } = gatherMessage({ submission: await taken({ bytes, mergeFields }) });
  expect(undeclared.map(({ field }) => field).sort()).toEqual(['{{ d }}', '{{b}}', '{{c}}']);
  expect(gatherMessage({ submission: await taken({ bytes }) }).undeclared).toEqual([]);
});

test('a hostile part costs no more than its size', async () => {
  const texts = [
    '{'.repeat(400_000),
    '%A'.repeat(200_000),
    '[['.repeat(200_000),
    '*|'.repeat(200_000),
    '%7B'.repeat(130_000),
    '<!--'.repeat(100_000),
  ];
  for (const text of texts) {
    const started = performance.now();
    replaceMergeFields(text, () => null);
    expect({ text: text.slice(0, 4), fast: performance.now() - started < 1000 }).toEqual({
      text: text.slice(0, 4),
      fast: true,
    });
  }
});
