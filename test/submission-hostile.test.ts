/** Bytes that somebody made to hurt: each ends in a clear error or a submission, soon, and costs no more than its size. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { policy } from '../rules/policy.ts';
import { gatherHtml } from '../src/facts/html.ts';
import { gatherMessage } from '../src/facts/message.ts';
import { createMjmlThread } from '../src/hosts/mjml-thread.ts';
import { readMailbox } from '../src/submission/mailbox.ts';
import { type Handed, readSubmission } from '../src/submission.ts';

/** Milliseconds; a quadratic step would take minutes. */
const bound = 10_000;
const mjml = createMjmlThread({ ms: 2000 });
afterAll(() => mjml.close());

/** A submission's format, or the first error's code; facts are gathered too. */
async function outcome(content: string | Uint8Array, filename: string | undefined): Promise<string> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const handed: Handed = { bytes, filename, from: 'a@example.se' };
  const read = await readSubmission(handed, 'org_test', policy.limits, mjml.compile);
  if (!read.ok) return read.errors[0].code;
  const { submission } = read;
  gatherMessage({ submission });
  await gatherHtml({ submission, policy });
  return submission.format;
}

async function timed(work: () => Promise<string>): Promise<{ result: string; ms: number }> {
  const started = performance.now();
  const result = await work();
  return { result, ms: performance.now() - started };
}

const many = (count: number, make: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => make(i)).join('');

describe('html', () => {
  test.each<[string, string | (() => string), string]>([
    ['10,000 tables one after another', '<table>'.repeat(10_000), 'html'],
    ['10,000 tables inside each other', '<table><tr><td>'.repeat(10_000), 'nesting-too-deep'],
    ['10,000 templates inside each other', '<template>'.repeat(10_000), 'nesting-too-deep'],
    ['10,000 svg groups', `<svg>${'<g>'.repeat(10_000)}`, 'nesting-too-deep'],
    [
      'formatting that is reopened',
      `${many(300, (i) => `<font a${i}>`)}${'<p>'.repeat(100_000)}`,
      'elements-too-many',
    ],
    [
      'formatting closed over many children, again and again',
      `${many(200, (i) => `<b a${i}>`)}<p>${'<br>'.repeat(90_000)}${'</b>'.repeat(200)}`,
      'elements-too-many',
    ],
    [
      'text pushed out of a table past many elements',
      `${'<br>'.repeat(20_000)}<table>${'x '.repeat(300_000)}`,
      'html',
    ],
    ['elements pushed out of a table', `<table>${'<div></div>'.repeat(90_000)}`, 'elements-too-many'],
    ['a megabyte of <', '<'.repeat(1_000_000), 'html'],
    ['a megabyte of <a without an end', '<a'.repeat(500_000), 'html'],
    ['a huge attribute', `<a href="${'x'.repeat(3_000_000)}">x</a>`, 'html'],
    ['a million attributes', `<p ${many(1_000_000, (i) => `a${i} `)}>`, 'attributes-too-many'],
    ['attributes in an end tag', `<p></p ${many(100_000, (i) => `a${i} `)}>`, 'attributes-too-many'],
    [
      '900 attributes in each of 5,000 tags',
      () => `<p ${many(900, (i) => `a${i} `)}>`.repeat(600),
      'attributes-too-many',
    ],
    ['attributes gathered by html', many(50_000, (i) => `<html a${i}>`), 'html'],
    ['a huge comment', `<p>x</p><!--${'x'.repeat(3_000_000)}-->`, 'html'],
    ['comments without number', `<p>x</p>${'<!---->'.repeat(200_000)}`, 'elements-too-many'],
    ['comments that never end', `<p>x</p>${'<!--'.repeat(500_000)}`, 'html'],
    ['plaintext', `<p>x<plaintext>${'<p>'.repeat(100_000)}`, 'html'],
    ['NUL', '<p>a\0b</p>', 'message-not-text'],
    [
      'links inside each other with one long text',
      `${'<a href=x><table><tr><td>'.repeat(90)}${'ord '.repeat(200_000)}`,
      'html',
    ],
    ['end tags without number', `${'<div>'.repeat(400)}${'</b>'.repeat(500_000)}`, 'html'],
    ['entities', `<p>${'&amp'.repeat(500_000)}&${'a'.repeat(500_000)}`, 'html'],
    ['white space', `<p>${' '.repeat(2_000_000)}x</p>`, 'html'],
    ['a style that almost hides', `<div style="${';display :'.repeat(200_000)}">x</div>`, 'html'],
    ['a style that is almost a size', `<img style="${'width: 1'.repeat(200_000)}">`, 'html'],
    ['padding of a preheader', `<p>${'\u200c\u00a0\u034f'.repeat(200_000)}</p>`, 'html'],
    ['halves of meta elements', '<meta '.repeat(200_000), 'html'],
    ['a meta element of white space', `<meta charset${' '.repeat(200_000)}`, 'html'],
  ])('%s', { timeout: 60_000 }, async (_, content, expected) => {
    const { result, ms } = await timed(() =>
      outcome(typeof content === 'string' ? content : content(), 'a.html'),
    );
    expect(result).toBe(expected);
    expect(ms).toBeLessThan(bound);
  });
});

describe('format by content', () => {
  test.each([
    ['comments that never end', '<!--'.repeat(500_000)],
    ['comments without number', '<!---->'.repeat(500_000)],
    ['declarations', '<?xml'.repeat(500_000)],
    ['tags that never end', '<a'.repeat(500_000)],
    ['a field name that never ends', 'a'.repeat(1_000_000)],
    ['white space', `${' '.repeat(1_000_000)}x`],
    ['only a mark', '\ufeff'],
  ])('%s', async (_, content) => {
    const { result, ms } = await timed(() => outcome(content, undefined));
    expect(['format-unknown', 'html', 'message-empty']).toContain(result);
    expect(ms).toBeLessThan(bound);
  });

  test('every single byte, twice', async () => {
    for (let byte = 0; byte < 256; byte += 1) {
      for (const name of [undefined, 'a.html', 'a.mjml', 'a.eml']) {
        expect(await outcome(Uint8Array.of(byte, byte), name)).toMatch(/^[a-z-]+$/);
      }
    }
  });
});

describe('eml', () => {
  const header = 'From: a@example.se\r\nSubject: Hej\r\n';
  const base64 = 'Content-Transfer-Encoding: base64';
  const mixed = 'Content-Type: multipart/mixed; boundary=b';
  const nested = (depth: number) =>
    many(depth, (i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`);
  test.each<[string, string | (() => string), RegExp]>([
    ['parts inside each other', header + nested(1000), /^message-unreadable$/],
    ['messages inside each other', header + 'Content-Type: message/rfc822\r\n\r\n'.repeat(20_000), /^eml$/],
    [
      '40,000 attachments',
      () =>
        `${header}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\nContent-Type: a/b\r\n\r\nx\r\n'.repeat(40_000)}`,
      /^message-unreadable$/,
    ],
    [
      '60,000 texts',
      () => `${header}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(60_000)}`,
      /^eml$/,
    ],
    ['a million lines', `${header}\r\n${'\r\n'.repeat(1_000_000)}x`, /^message-unreadable$/],
    [
      '100,000 parts',
      () => `${header}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(100_000)}`,
      /^message-unreadable$/,
    ],
    ['a header of 5 MB', `${header}X-A: ${'x'.repeat(5_000_000)}\r\n\r\nHej`, /^message-unreadable$/],
    ['a header of 100,000 fields', `${header}${'X: y\r\n'.repeat(100_000)}\r\nHej`, /^message-unreadable$/],
    ['folds', `${header}X-A: a\r\n${' a\r\n'.repeat(50_000)}\r\nHej`, /^eml$/],
    [
      'a subject of halves of encoded words',
      `Subject: ${'=?utf-8?q?'.repeat(20_000)}\r\n\r\nHej`,
      /^subject-too-long$/,
    ],
    ['addresses', `Reply-To: ${'a@example.se, '.repeat(10_000)}\r\n\r\nHej`, /^address-/],
    ['groups inside groups', `Reply-To: ${'a:'.repeat(50_000)}\r\n\r\nHej`, /^address-/],
    ['quotes', `Reply-To: ${'"<('.repeat(50_000)}\r\n\r\nHej`, /^address-/],
    ['a Return-Path of quotes', `Return-Path: ${'"<(@'.repeat(50_000)}\r\n\r\nHej`, /^eml$/],
    ['parameters', `Content-Type: text/plain; ${'a*0*=b; '.repeat(20_000)}\r\n\r\nHej`, /^eml$/],
    ['format=flowed', `Content-Type: text/plain; format=flowed\r\n\r\n${'a \r\n'.repeat(190_000)}`, /^eml$/],
    [
      'quoted-printable',
      `${header}Content-Transfer-Encoding: quoted-printable\r\n\r\n${'=\r\n'.repeat(190_000)}x`,
      /^eml$/,
    ],
    // Each of them would take a kilobyte of memory: five gigabytes in all.
    ['base64 of pads', () => `${header}${base64}\r\n\r\n${'A='.repeat(5_000_000)}`, /^message-unreadable$/],
    [
      'base64 of pads in a part, among other letters',
      () => `${header}${mixed}\r\n\r\n--b\r\n${base64}\r\n\r\n${'A<=\r'.repeat(250_000)}`,
      /^message-unreadable$/,
    ],
    [
      'base64 of pads in two parts',
      () =>
        `${header}${mixed}\r\n\r\n${[20_000, 190_000].map((pads) => `--b\r\n${base64}\r\n\r\n${'A='.repeat(pads)}\r\n`).join('')}--b--`,
      /^message-unreadable$/,
    ],
    [
      'base64 with each of 40,000 lines padded',
      () => `${header}${base64}\r\n\r\n${'SGVqIQ==\r\n'.repeat(40_000)}`,
      /^eml$/,
    ],
    [
      'base64 with two megabytes of pads at the end',
      `${header}${base64}\r\n\r\nSGVq${'='.repeat(2_000_000)}`,
      /^eml$/,
    ],
    ['text of =', `${header}\r\n${'a='.repeat(400_000)}`, /^eml$/],
    [
      'HTML that is nested too deep',
      `${header}Content-Type: text/html\r\n\r\n${'<div>'.repeat(10_000)}`,
      /^nesting-too-deep$/,
    ],
    [
      'a charset that nobody knows',
      `${header}Content-Type: text/html; charset=klingon\r\n\r\n<p>Hej`,
      /^eml$/,
    ],
    ['a word without end beside a field', `${header}\r\n${')'.repeat(300_000)} {{name}}`, /^eml$/],
    ['NUL', `${header}\r\nHej\0`, /^eml$/],
    ['CR alone', 'From: a@example.se\rSubject: b\r\rHej', /^[a-z-]+$/],
  ])('%s', { timeout: 60_000 }, async (_, content, expected) => {
    const { result, ms } = await timed(() =>
      outcome(typeof content === 'string' ? content : content(), 'a.eml'),
    );
    expect(result).toMatch(expected);
    expect(ms).toBeLessThan(bound);
  });
});

describe('mjml', () => {
  const wrap = (body: string, head = '') =>
    `<mjml><mj-head>${head}</mj-head><mj-body>${body}</mj-body></mjml>`;
  const column = (body: string) => `<mj-section><mj-column>${body}</mj-column></mj-section>`;
  const text = column('<mj-text>Hej</mj-text>');
  test.each<[string, string, RegExp]>([
    ['nested too deep', wrap('<mj-wrapper>'.repeat(10_000)), /^nesting-too-deep$/],
    ['as deep as may be', wrap('<mj-wrapper>'.repeat(490)), /^(mjml-|nesting-)/],
    [
      'a font that is a regular expression',
      wrap(
        column(`<mj-text font-family="${'a'.repeat(40)}!">x</mj-text>`),
        '<mj-font name="(a+)+$" href="x" />',
      ),
      /^mjml-too-complex$/,
    ],
    [
      'attributes for all, times components',
      wrap(
        column('<mj-text>x</mj-text>'.repeat(10_000)),
        `<mj-attributes><mj-all css-class="${'x'.repeat(500_000)}" /></mj-attributes>`,
      ),
      /^mjml-too-complex$/,
    ],
    [
      'one class 100,000 times',
      wrap(
        column(`<mj-text mj-class="${'a '.repeat(100_000)}">x</mj-text>`),
        `<mj-attributes><mj-class name="a" css-class="${'x'.repeat(300_000)}" /></mj-attributes>`,
      ),
      /^mjml-too-complex$/,
    ],
    [
      'css put into each element',
      wrap(
        column('<mj-text>x</mj-text>'.repeat(5000)),
        `<mj-style inline="inline">${many(20_000, (i) => `p.a${i}{x:y}`)}</mj-style>`,
      ),
      /^mjml-too-complex$/,
    ],
    ['huge css', wrap(text, `<mj-style>${'p{x:y}'.repeat(150_000)}</mj-style>`), /^mjml(-too-complex)?$/],
    [
      'a carousel of 20,000 pictures',
      wrap(column(`<mj-carousel>${'<mj-carousel-image src="x" />'.repeat(20_000)}</mj-carousel>`)),
      /^mjml-too-complex$/,
    ],
    [
      '20,000 columns',
      wrap(`<mj-section>${'<mj-column />'.repeat(20_000)}</mj-section>`),
      /^mjml-too-complex$/,
    ],
    [
      'conditions that never end',
      wrap(`<mj-raw>${'<!--[if '.repeat(100_000)}</mj-raw>`),
      /^mjml-too-complex$/,
    ],
    [
      '100,000 attributes',
      wrap(column(`<mj-text ${many(60_000, (i) => `a${i}="" `)}>x</mj-text>`)),
      /^mjml(-too-complex)?$/,
    ],
    ['comments that never end', wrap(`${'<!--'.repeat(200_000)}<mj-include path="a" />`), /^mjml-include$/],
    ['only text', 'Hej', /^mjml-invalid$/],
    ['half a tag', '<mjml', /^mjml-invalid$/],
    ['no body', '<mjml><mj-head /></mjml>', /^mjml-invalid$/],
    [
      'scripts and unknown components',
      wrap('<mj-nope>x</mj-nope><script>alert(1)</script>'),
      /^mjml-invalid$/,
    ],
  ])('%s', { timeout: 60_000 }, async (_, content, expected) => {
    const { result, ms } = await timed(() => outcome(content, 'a.mjml'));
    expect(result).toMatch(expected);
    expect(ms).toBeLessThan(bound);
  });

  test('after each of these the next one is compiled', async () => {
    const [hostile, sound] = await Promise.all([
      outcome(
        wrap(text, '<mj-font name="(a+)+$" href="x" />').replace('Hej', `font-family:${'a'.repeat(40)}"`),
        'a.mjml',
      ),
      outcome(wrap(text), 'a.mjml'),
    ]);
    expect(hostile).toMatch(/^mjml/);
    expect(sound).toBe('mjml');
  });
});

describe('.mjmlconfig in the working directory', () => {
  const dir = mkdtempSync(join(tmpdir(), 'klarsignal-'));
  const before = process.cwd();
  beforeAll(() => {
    mkdirSync(join(dir, 'node_modules'), { recursive: true });
    writeFileSync(join(dir, '.mjmlconfig'), JSON.stringify({ packages: ['./evil.js'] }));
    writeFileSync(join(dir, 'evil.js'), 'globalThis.klarsignalWasHere = true; module.exports = {};');
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  test('is not run', async () => {
    // The compiler in this thread, loaded for the first time while that is the working directory.
    const cwd = process.cwd;
    process.cwd = () => dir;
    try {
      const handed = {
        bytes: new TextEncoder().encode('<mjml><mj-body></mj-body></mjml>'),
        filename: 'a.mjml',
      };
      await readSubmission({ ...handed, from: 'a@example.se' }, 'org_test', policy.limits);
    } finally {
      process.cwd = cwd;
    }
    expect(process.cwd()).toBe(before);
    expect('klarsignalWasHere' in globalThis).toBe(false);
  });
});

describe('the cost grows with the size, not with its square', () => {
  test.each<[string, string, (n: number) => string]>([
    ['attributes of one tag', 'a.html', (n) => `<p ${many(n * 10, (i) => `a${i} `)}>`],
    ['links', 'a.html', (n) => `<a href="https://example.se/">Läs mer</a>\r\n`.repeat(n)],
    ['text beside a table', 'a.html', (n) => `${'<br>'.repeat(20_000)}<table>${'x '.repeat(n * 5)}`],
    ['tags without an end', '', (n) => '<a'.repeat(n * 20)],
    ['comments without an end', 'a.html', (n) => `<p>${'<!--'.repeat(n * 20)}`],
    ['hidden styles', 'a.html', (n) => `<p style="${'; '.repeat(n * 20)}">x</p>`],
    ['folds', 'a.eml', (n) => `From: a@example.se\r\nX: a\r\n${' a\r\n'.repeat(n)}\r\nHej`],
    [
      'parts',
      'a.eml',
      (n) => `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(n)}`,
    ],
  ])('%s', { timeout: 60_000 }, async (_, filename, make) => {
    const cost = async (n: number) => {
      const content = make(n);
      const runs = [];
      for (let i = 0; i < 3; i += 1)
        runs.push((await timed(() => outcome(content, filename || undefined))).ms);
      return Math.min(...runs);
    };
    await cost(100);
    const [once, fourfold] = [await cost(5000), await cost(20_000)];
    // Linear is 4 times, quadratic 16; the constant forgives a busy machine.
    expect(fourfold).toBeLessThan(once * 8 + 150);
  });

  test.each(['"', '<', '(', ':', ',', 'a:', '=?utf-8?q?', '\\"', 'a@', '<a@'])(
    'an address of %s',
    (piece) => {
      const started = performance.now();
      expect(readMailbox(piece.repeat(400_000)).ok).toBe(false);
      expect(readMailbox(piece.repeat(Math.floor(998 / piece.length))).ok).toBe(false);
      expect(performance.now() - started).toBeLessThan(1000);
    },
  );
});
