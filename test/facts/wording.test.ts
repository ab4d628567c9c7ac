/** What the mail looks like to a filter: its words with their places, and how they are dressed. Each pass is linear. */
import { describe, expect, test } from 'vitest';
import { policy } from '../../rules/policy.ts';
import { gatherWording } from '../../src/facts/wording.ts';
import type { World } from '../../src/rule.ts';
import { submissionOf } from '../world.ts';

const wordingOf = async (world: World) => gatherWording({ submission: await submissionOf(world), policy });
const eml = (head: string, body: string) =>
  `From: Eva <a@example.se>\r\nSubject: Hej\r\n${head}\r\n\r\n${body}\r\n`;

describe('passages', () => {
  test('name of the sender, subject and body, each for itself', async () => {
    const { passages } = await wordingOf({
      from: 'Klubben <a@example.se>',
      subject: 'Höstmöte',
      html: '<p>Hej</p>',
    });
    expect(passages.map(({ part, text }) => [part, text.trim()])).toEqual([
      ['subject', 'Höstmöte'],
      ['from', 'Klubben'],
      ['html', 'Hej'],
    ]);
  });

  test('words across elements and lines are one text; hidden ones are not in it', async () => {
    const html = '<p>risk\n <b>fr</b>ee</p><p style="display:none">gömt</p><td>gift</td>';
    const [, , body] = (await wordingOf({ html })).passages;
    expect(body?.text.trim()).toBe('risk free gift');
    expect([...(body?.starts.keys() ?? [])]).toEqual(['ris', 'fre', 'gif']);
  });

  test('places: the element in HTML, the line in text', async () => {
    const [, , page] = (await wordingOf({ html: '<p>Hej</p>\n<p>pengar</p>' })).passages;
    expect(page?.places.map(({ at }) => at?.line)).toEqual([1, 2]);
    const text = eml('Content-Type: text/plain; charset=utf-8', '> Hej\r\n\r\n  pengar här');
    const plain = (await wordingOf({ eml: text })).passages.at(-1);
    expect(plain?.text).toBe('Hej pengar här');
    expect(plain?.places.map(({ from, at }) => [from, at?.part, at?.line, at?.column])).toEqual([
      [0, 'text', 1, 3],
      [4, 'text', 3, 3],
    ]);
  });

  test('merge fields are filled in before words are counted', async () => {
    const { passages } = await wordingOf({
      html: '<p>Hej {{namn}}!</p><a href="https://example.se/avregistrera">Avregistrera dig</a>',
      mergeFields: [{ name: 'namn', type: 'text', sample: 'Viagra' }],
    });
    expect(passages.at(-1)?.text).toContain('Hej Viagra!');
  });
});

describe('disguises', () => {
  test.each<[string, World, [string, string][]]>([
    ['zero width within a word', { html: '<p>Köp via\u200bgra</p>' }, [['invisible', 'viagra']]],
    ['the same written as a reference', { html: '<p>Köp via&#x200B;gra</p>' }, [['invisible', 'viagra']]],
    ['two alphabets', { html: '<p>Pаypal</p>' }, [['alphabets', 'Pаypal']]],
    ['spelled out', { html: '<p>F.R.E.E. nu</p>' }, []],
    ['spelled out with stars', { html: '<p>V*i*a*g*r*a nu</p>' }, [['spaced', 'V*i*a*g*r*a']]],
    ['blanks in the subject', { subject: 'G R A T I S' }, [['spaced', 'G R A T I S']]],
    ['a title with blanks', { html: '<h1>M U S E U M</h1>' }, []],
    ['hyphenation', { html: '<p>samman&shy;träde</p>' }, []],
    ['between words', { html: '<p>ett&#8203; två</p>' }, []],
    ['a joiner in an emoji', { html: '<p>👩\u200d👧</p>' }, []],
    ['one alphabet', { html: '<p>Привет Hej</p>' }, []],
  ])('%s', async (_, world, found) => {
    const { disguises } = await wordingOf(world);
    expect(disguises.map(({ kind, word }) => [kind, word])).toEqual(found);
  });

  test('an invisible character is told by line and column of the source', async () => {
    const { disguises } = await wordingOf({ html: '<p>Hej</p>\n<p>Köp via\u200bgra</p>' });
    expect(disguises[0]?.at).toMatchObject({ part: 'source', line: 2, column: 8 });
  });
});

describe('dress', () => {
  test.each<[string, string, string[]]>([
    ['white on white', '<body bgcolor="#fff"><font color="white">dolt</font></body>', ['colour']],
    [
      'the same by styles',
      '<div style="background:#000"><p style="color:#000000">dolt</p></div>',
      ['colour'],
    ],
    ['low contrast', '<div style="background:#fff"><p style="color:#fefefe">svagt</p></div>', []],
    [
      'a picture behind',
      '<table><tr><td background="a.png" bgcolor="#fff"><p style="color:#fff">syns</p></table>',
      [],
    ],
    [
      'a class between',
      '<div style="background:#fff"><div class="a"><p style="color:#fff">syns</p></div></div>',
      [],
    ],
    ['one pixel', '<p style="font-size:1px">dolt</p>', ['size']],
    ['no size', '<p>Hej<span style="font-size:0">dolt</span></p>', ['size']],
    ['a preview text', '<div style="display:none;font-size:1px">förhandstext</div>', []],
    ['no size around sized text', '<td style="font-size:0"><p style="font-size:16px">Hej</p></td>', []],
  ])('%s', async (_, html, kinds) => {
    expect((await wordingOf({ html: `<p>Hej!</p>${html}` })).faint.map(({ kind }) => kind)).toEqual(kinds);
  });

  test('text that is never shown is measured; styles and scripts are none', async () => {
    const html = `<style>p{color:red}</style><p>Hej</p><div style="display:none">${'gömt '.repeat(100)}</div>`;
    const { unshown } = await wordingOf({ html });
    expect(unshown.length).toBe(499);
    expect(unshown.at).toMatchObject({ line: 1 });
    expect((await wordingOf({ html: '<style>p{color:red}</style><p>Hej</p>' })).unshown.length).toBe(0);
  });

  test('forms', async () => {
    const { forms } = await wordingOf({ html: '<form><input type="hidden"><input type="password"></form>' });
    expect(forms).toMatchObject({ count: 2, password: true });
  });
});

describe('text parts', () => {
  test.each<[string, string, string, unknown]>([
    [
      'of its own',
      'Content-Type: text/plain; charset=ISO-8859-1',
      'Hej',
      [{ type: 'plain', charset: 'iso-8859-1', encoding: null }],
    ],
    [
      'of several',
      'Content-Type: multipart/alternative; boundary=x',
      '--x\r\nContent-Type: text/plain\r\n\r\nHej\r\n--x\r\nContent-Transfer-Encoding: BASE64\r\nContent-Type: text/html;\r\n charset="utf-8"\r\n\r\nPHA+SGVqPC9wPg==\r\n--x--',
      [
        { type: 'plain', charset: null, encoding: null },
        { type: 'html', charset: 'utf-8', encoding: 'base64' },
      ],
    ],
  ])('%s', async (_, head, body, parts) => {
    expect((await wordingOf({ eml: eml(head, body) })).textParts).toEqual(parts);
  });

  test('a template has none yet', async () => {
    expect((await wordingOf({})).textParts).toBeNull();
  });
});

test('a voice: capitals, and marks in a row', async () => {
  const { voice } = await wordingOf({ html: '<p>Hej! KOM HIT GENAST!!! Tack</p>' });
  expect(voice).toMatchObject({ capitals: 14, exclamations: 4 });
  expect(voice.shouts.map(({ quote }) => quote)).toEqual(['KOM HIT GENAST']);
  expect(voice.cries.map(({ quote }) => quote)).toEqual(['GENAST!!!']);
});

/**
 * Milliseconds for as much text as is read of a mail, the best of three: it takes 10 to 60 on an idle machine, and what
 * grows with the square takes half a minute.
 */
const patience = 1000;
const most = 180_000;
test.each<[string, (size: number) => string]>([
  ['one letter', (size) => `<p>${'a'.repeat(size)}</p>`],
  ['letters with blanks', (size) => `<p>${'a '.repeat(size / 2)}</p>`],
  ['letters with dots', (size) => `<p>${'a.'.repeat(size / 2)}</p>`],
  ['capitals', (size) => `<p>${'AB '.repeat(size / 3)}</p>`],
  ['exclamation marks', (size) => `<p>${'!'.repeat(size)}</p>`],
  ['marks and blanks', (size) => `<p>${'a !'.repeat(size / 3)}</p>`],
  ['Cyrillic letters', (size) => `<p>${'а'.repeat(size)}</p>`],
  ['zero widths', (size) => `<p>${'a\u200b'.repeat(size / 2)}</p>`],
  ['two alphabets', (size) => `<p>${'aа'.repeat(size / 2)}</p>`],
  ['one phrase, begun', (size) => `<p>${'make money '.repeat(size / 11)}</p>`],
  [
    'nested elements',
    (size) => '<div style="color:#fff">'.repeat(Math.min(400, size / 25)) + 'x'.repeat(size),
  ],
])('hostile text costs what it is long: %s', async (_, make) => {
  const submission = await submissionOf({ html: make(most) });
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3 && best > patience / 4; i += 1) {
    const begin = performance.now();
    gatherWording({ submission, policy });
    best = Math.min(best, performance.now() - begin);
  }
  expect(best).toBeLessThan(patience);
});
