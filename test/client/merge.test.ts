/** Merge fields: what may be declared, and which values are refused before they can do harm. */
import { describe, expect, test } from 'vitest';
import {
  checkValues,
  escapeHtml,
  isPublicUrl,
  readSchema,
  type ValueFault,
  valueFault,
} from '../../src/client/merge.ts';
import type { MergeField } from '../../src/client/template.ts';

const name: MergeField = { name: 'name', type: 'text', max_length: 20, sample: 'Åsa' };
const page: MergeField = {
  name: 'page',
  type: 'url',
  hosts: ['example.se', '*.mejl.example.se'],
  sample: 'https://example.se/',
};

describe('an address that a reader’s mail program can post to', () => {
  test.each([
    'https://klarsignal.example',
    'https://klarsignal.example/u/abc',
    'https://a.b.example.se:443/u',
    'https://xn--rksmrgs-5wao1o.se/u',
    'https://klarsignal.test/u',
  ])('%s', (url) => expect(isPublicUrl(url)).toBe(true));

  test.each([
    'http://klarsignal.example/u',
    'https://localhost/u',
    'https://localhost.localdomain/u',
    'https://a.localhost/u',
    'https://klarsignal/u',
    'https://127.0.0.1/u',
    'https://192.168.0.1/u',
    'https://10.0.0.1:443/u',
    'https://203.0.113.9/u',
    'https://0x7f.1/u',
    'https://127.0.0.0x1/u',
    'https://[::1]/u',
    'https://nas.local/u',
    'https://klarsignal.internal/u',
    'https://klarsignal.lan/u',
    'https://klarsignal.home.arpa/u',
    'https://klarsignal.onion/u',
    'https://klarsignal.example:8443/u',
    'https://a@klarsignal.example/u',
    `https://klarsignal.example/${'a'.repeat(900)}`,
    '',
  ])('not %s', (url) => expect(isPublicUrl(url)).toBe(false));
});

describe('a text value', () => {
  test.each([
    'Åsa',
    'Anne-Marie O’Neil',
    'Nils & Söner AB',
    'kl. 18.30',
    '1 250,50 kr',
    'J. R. Berg',
    'می‌خواهم',
    '👨‍👩‍👧',
    '"Citat"',
    'A @ B',
    'Anna (ny)',
    'a'.repeat(20),
    '😀'.repeat(20),
  ])('%s is taken', (value) => {
    expect(valueFault(name, value)).toBeUndefined();
  });

  test.each<[unknown, ValueFault]>([
    ['', 'missing'],
    [' \u00a0', 'missing'],
    [undefined, 'missing'],
    [null, 'missing'],
    [1, 'not-text'],
    [['Åsa'], 'not-text'],
    ['a'.repeat(21), 'too-long'],
    ['😀'.repeat(21), 'too-long'],
    ['a\r\nBcc: b', 'characters'],
    ['a\nb', 'characters'],
    ['a\0', 'characters'],
    ['a\tb', 'characters'],
    ['a\u0085b', 'characters'],
    ['a\u2028b', 'characters'],
    ['a\u2029b', 'characters'],
    ['a\u202eb', 'characters'],
    ['a\u200bb', 'characters'],
    ['a\ufeffb', 'characters'],
    ['a\u00adb', 'characters'],
    ['\ud800', 'characters'],
    ['<b>', 'markup'],
    ['a > b', 'markup'],
    ['{{name}}', 'markup'],
    ['a}}', 'markup'],
    ['=?utf-8?q?a=2Ese?=', 'markup'],
    ['=?utf-8?b?ZXZpbA', 'markup'],
    ['ZXZpbA?=', 'markup'],
    ['https://evil.se', 'link'],
    ['evil.se', 'link'],
    ['EVIL.SE', 'link'],
    ['.se', 'link'],
    ['//evil', 'link'],
    ['\\\\server\\x', 'link'],
    ['www.evil', 'link'],
    ['mailto:a', 'link'],
    ['a@b', 'link'],
    ['javascript:x', 'link'],
    ['evil\uff0ese', 'link'],
    ['evil\u3002se', 'link'],
    ['evil\uff61se', 'link'],
    ['evil\u200d.se', 'link'],
    ['evil.\u200cse', 'link'],
    ['evil.s\u0301e', 'link'],
    ['пример.рф', 'link'],
    ['a\uff20b', 'link'],
  ])('%j is refused: %s', (value, code) => {
    expect(valueFault(name, value)).toBe(code);
  });
});

describe('an address', () => {
  test.each([
    'https://example.se',
    'https://example.se/',
    'https://Example.SE/a?b=c&d=%C3%A5#e',
    'https://example.se:443/',
    'https://a.mejl.example.se/x',
    'https://a.b.mejl.example.se/x',
    `https://example.se/${'a'.repeat(1900)}`,
  ])('%s is taken', (value) => {
    expect(valueFault(page, value)).toBeUndefined();
  });

  test.each<[string, ValueFault]>([
    ['', 'missing'],
    ['http://example.se/', 'url-invalid'],
    ['//example.se/', 'url-invalid'],
    ['javascript:alert(1)', 'url-invalid'],
    ['https:example.se', 'url-invalid'],
    ['https:\\\\example.se', 'url-invalid'],
    ['https://a@example.se/', 'url-invalid'],
    ['https://example.se:a@evil.se/', 'url-invalid'],
    ['https://example.se:8443/', 'url-invalid'],
    ['https://example.se\\@evil.se/', 'url-invalid'],
    ['https://exam\tple.se/', 'url-invalid'],
    ['https://example.se/ x', 'url-invalid'],
    ['https://example.se/"onclick', 'url-invalid'],
    ["https://example.se/'", 'url-invalid'],
    ['https://example.se/<b>', 'url-invalid'],
    ['https://example.se/{{name}}', 'url-invalid'],
    ['https://example.se./', 'url-invalid'],
    ['https://example..se/', 'url-invalid'],
    ['https://exämple.se/', 'url-invalid'],
    [' https://example.se/', 'url-invalid'],
    ['https://example.se/\u202e', 'url-invalid'],
    [`https://example.se/${'a'.repeat(2000)}`, 'too-long'],
    ['https://evil.se/', 'url-host'],
    ['https://www.example.se/', 'url-host'],
    ['https://example.se.evil.se/', 'url-host'],
    ['https://evilexample.se/', 'url-host'],
    ['https://mejl.example.se/', 'url-host'],
    ['https://xmejl.example.se/', 'url-host'],
    ['https://127.0.0.1/', 'url-host'],
  ])('%j is refused: %s', (value, code) => {
    expect(valueFault(page, value)).toBe(code);
  });
});

test('every declared field has a value, and no other has one', () => {
  const both = { name: 'Åsa', page: 'https://example.se/' };
  expect(checkValues([name, page], both)).toBeUndefined();
  expect(checkValues([name, page], { name: 'Åsa' })).toEqual({ code: 'missing', field: 'page' });
  expect(checkValues([name], both)).toEqual({ code: 'unknown', field: 'page' });
  expect(checkValues([], { recipient_address: 'a@b.se' })).toMatchObject({ code: 'unknown' });
  // What an object has by birth is no value.
  const inherited = { ...name, name: 'constructor' };
  expect(checkValues([inherited], {})).toEqual({ code: 'missing', field: 'constructor' });
});

test('what is escaped stays text in HTML and within both kinds of quotation marks', () => {
  expect(escapeHtml(`&<>"'å`)).toBe('&amp;&lt;&gt;&quot;&#39;å');
});

describe('a declaration', () => {
  test('gets its usual length, and keeps nothing else', () => {
    const extra = { name: 'a', type: 'text', sample: 'x', admin: true };
    expect(readSchema([extra])).toEqual({
      ok: true,
      fields: [{ name: 'a', type: 'text', max_length: 100, sample: 'x' }],
    });
  });

  const text = (more: object) => ({ name: 'a', type: 'text', sample: 'x', ...more });
  const url = (...hosts: unknown[]) => ({ name: 'a', type: 'url', sample: 'https://example.se/', hosts });
  test.each<[string, unknown, object]>([
    ['no list', {}, { code: 'invalid', part: 'field' }],
    ['no object', ['a'], { code: 'invalid', part: 'field' }],
    ['a capital', [text({ name: 'Namn' })], { code: 'invalid', part: 'name' }],
    ['a long name', [text({ name: 'a'.repeat(41) })], { code: 'invalid', part: 'name' }],
    ['HTML as its type', [text({ type: 'html' })], { code: 'invalid', part: 'type' }],
    ['a length of 0', [text({ max_length: 0 })], { code: 'invalid', part: 'max_length' }],
    ['a length of 501', [text({ max_length: 501 })], { code: 'invalid', part: 'max_length' }],
    ['no sample', [text({ sample: undefined })], { code: 'invalid', part: 'sample' }],
    ['a sample that is a link', [text({ sample: 'evil.se' })], { code: 'invalid', part: 'sample' }],
    ['no hosts', [url()], { code: 'invalid', part: 'hosts' }],
    ['every host', [url('*')], { code: 'invalid', part: 'hosts' }],
    ['every host of a top domain', [url('*.se', 'example.se')], { code: 'invalid', part: 'hosts' }],
    ['a top domain', [url('se')], { code: 'invalid', part: 'hosts' }],
    ['an IP address', [url('127.0.0.1', 'example.se')], { code: 'invalid', part: 'hosts' }],
    ['a sample for elsewhere', [url('example.com')], { code: 'invalid', part: 'sample' }],
    ['a reserved name', [text({ name: 'unsubscribe_url' })], { code: 'reserved' }],
    ['the same twice', [text({}), text({})], { code: 'twice' }],
    ['51', Array.from({ length: 51 }, (_, i) => text({ name: `a${i}` })), { code: 'too-many' }],
  ])('with %s is refused', (_, declared, fault) => {
    expect(readSchema(declared)).toMatchObject({ ok: false, fault });
  });
});
