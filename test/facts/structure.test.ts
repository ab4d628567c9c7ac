/** What is read aloud of a page: tables of data are told from those of layout, and hostile pages cost no more than their size. */
import { describe, expect, test } from 'vitest';
import { policy } from '../../rules/policy.ts';
import { gatherStructure, type StructureFact } from '../../src/facts/structure.ts';
import type { World } from '../../src/rule.ts';
import { submissionOf } from '../world.ts';

async function structureOf(world: World): Promise<StructureFact> {
  const structure = gatherStructure({ submission: await submissionOf(world), policy });
  if (!structure) throw new Error('no HTML');
  return structure;
}

const row = (...cells: string[]) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;

describe('tables', () => {
  test.each<[string, string, string]>([
    ['one cell', `<table>${row('Hej')}</table>`, 'layout'],
    ['one column', `<table>${row('Hej')}${row('Hej')}</table>`, 'layout'],
    ['one row', `<table>${row('Hej', 'på', 'er')}</table>`, 'layout'],
    ['pictures in rows', `<table>${row('<img src=a>', 'a').repeat(3)}</table>`, 'layout'],
    ['long texts', `<table>${row('Hej på er '.repeat(40), 'a').repeat(3)}</table>`, 'layout'],
    [
      'columns of header cells',
      `<table role="none"><tr><th>a<th>b</tr><tr><th>c<th>d</tr></table>`,
      'layout',
    ],
    ['header cells', `<table><tr><th>a<th>b</tr>${row('c', 'd')}</table>`, 'data'],
    ['a caption', `<table><caption>Avgifter</caption>${row('a', 'b').repeat(2)}</table>`, 'data'],
    ['a head', `<table><thead>${row('a', 'b')}</thead>${row('c', 'd')}</table>`, 'data'],
    ['scope', `<table>${row('a', 'b')}<tr><td scope="row">c<td>d</tr></table>`, 'data'],
    ['rows of words', `<table>${row('Barn', '100 kr').repeat(3)}</table>`, 'grid'],
    ['two rows of words', `<table>${row('Barn', '100 kr').repeat(2)}</table>`, 'unclear'],
    ['uneven rows', `<table>${row('a', 'b', 'c')}${row('a', 'b').repeat(3)}</table>`, 'unclear'],
    ['mostly empty cells', `<table>${row('a', '').repeat(3)}</table>`, 'unclear'],
  ])('%s', async (_, html, kind) => {
    const { tables } = await structureOf({ html: `<p>Hej</p>${html}` });
    expect(tables.map((table) => table.kind)).toEqual([kind]);
  });

  test('that hold others are for layout, whatever else they have; and hidden ones are nobody’s', async () => {
    const html = `<table><tr><th scope="col">${`<table>${row('Barn', '100 kr').repeat(3)}</table>`}</table>`;
    const hidden = `<div style="display:none"><table>${row('a')}</table></div><table aria-hidden="true">${row('a')}</table>`;
    const { tables } = await structureOf({ html: html + hidden });
    expect(tables.map(({ kind }) => kind)).toEqual(['layout', 'grid']);
  });

  test.each([
    ['presentation', true],
    ['none', true],
    ['article', true],
    ['None presentation', true],
    ['table', false],
    ['module', false],
    ['', false],
  ])('with the role "%s" are no tables: %s', async (role, presented) => {
    const { tables } = await structureOf({ html: `<table role="${role}">${row('Hej')}</table>` });
    expect(tables.map((table) => table.presented)).toEqual([presented]);
  });

  test('of MJML all have their role, and are told by their lines', async () => {
    const mjml = `<mjml><mj-body><mj-section><mj-column><mj-text>Hej</mj-text>
<mj-table>${row('Barn', '100 kr').repeat(3)}</mj-table><mj-raw><table>${row('a')}</table></mj-raw></mj-column></mj-section></mj-body></mjml>`;
    const { tables } = await structureOf({ mjml });
    expect(tables.filter(({ presented }) => !presented).map(({ kind, at }) => [kind, at?.line])).toEqual([
      ['grid', 2],
      ['layout', 2],
    ]);
  });
});

describe('headings', () => {
  test('have a level and what is read of them, in order', async () => {
    const { headings } = await structureOf({
      html: '<h1>Höst<b>möte</b></h1><p role="heading" aria-level="3">Tid</p><h2 role="presentation">x</h2><h2><a href="#"><img src=a alt="Plats"></a></h2><h4 hidden>y</h4><h5 aria-hidden="true">z</h5>',
    });
    expect(headings.map(({ level, text }) => [level, text])).toEqual([
      [1, 'Höstmöte'],
      [3, 'Tid'],
      [2, 'Plats'],
    ]);
  });
});

describe('language and direction', () => {
  test.each([
    ['<html lang="sv" dir="ltr"><body><p>Hej på er</p>', 'sv', false, 'ltr', false],
    ['<body lang="sv"><p>Hej på er</p>', 'sv', false, null, false],
    ['<div lang="sv" dir="ltr"><p>Hej på er</p></div>', 'sv', true, 'ltr', true],
    [
      '<html lang="sv"><body><table lang="sv"><tr><td>Hej</table><table lang="sv"><tr><td>Hej</table>',
      'sv',
      true,
      null,
      false,
    ],
    ['<p>Hej på er</p>', null, false, null, false],
  ])('%s', async (html, tag, spoken, dir, directed) => {
    const { language, direction } = await structureOf({ html });
    expect([language.written, language.inside, direction.written, direction.inside]).toEqual([
      tag,
      spoken,
      dir,
      directed,
    ]);
  });

  test('each has its own words', async () => {
    const { tongues } = await structureOf({
      html: '<html lang="sv"><p>Hej</p><p lang="en">Hello</p><p>på er <i lang="EN">again</i></p>',
    });
    expect(tongues.map(({ tag, passages }) => [tag, ...passages.map(({ text }) => text)])).toEqual([
      ['sv', 'Hej på er'],
      ['en', 'Hello again'],
    ]);
  });

  test('a block of some length is a passage, and a short one goes with what follows', async () => {
    const long = 'Vi ses på lördag klockan tio i den gamla lokalen vid torget.';
    const { tongues } = await structureOf({
      html: `<html lang="sv"><p>${long}</p><div><h2>Plats</h2><p>${long}</p></div><p dir="RTL">${long}</p>`,
    });
    expect(tongues[0]?.passages.map(({ text, dir, at }) => [text, dir, at?.snippet])).toEqual([
      [long, null, '<p>'],
      [`Plats ${long}`, null, '<p>'],
      [long, 'rtl', '<p dir="RTL">'],
    ]);
  });
});

describe('a list that was typed', () => {
  test.each([
    ['by its dashes', '<p>Ta med:<br>- Kaffe<br>– Te<br>* Saft</p>', [['- Kaffe', 3]]],
    [
      'with words in bold',
      '<p>• <b>Kaffe</b></p><p>• Te <i>och</i> mjölk</p><p>• Saft</p><p>• Bulle</p>',
      [['• Kaffe', 4]],
    ],
    ['of two lines is none', '<p>- Kaffe<br>- Te<br>Hej', []],
    ['is one where it is marked too', '<ul><li>- Kaffe<li>- Te<li>- Saft</ul>', []],
    ['is none of links in a row', '<p>Hem • Om oss • Kontakt • Mer</p>', []],
    ['is none where people talk', '<p>– Hej!<br>– Hej på dig!<br>– Ska vi gå?<br>– Ja.</p>', []],
    [
      'is none where it is told who says what',
      '<p>- Vi byggde ut i våras, säger <b>Anna</b>.</p><p>- Det märks på barnen.</p><p>- Alla får plats.</p>',
      [],
    ],
    [
      'is one of sentences',
      '<p>– Ta med kaffe.<br>– Ta med te.<br>– Ta med saft.</p>',
      [['– Ta med kaffe.', 3]],
    ],
    ['is one with a question', '<p>– kaffe?<br>– te<br>– saft</p>', [['– kaffe?', 3]]],
  ])('%s', async (_, html, wanted) => {
    const { typed } = await structureOf({ html });
    expect(typed.map(({ text, lines }) => [text, lines])).toEqual(wanted);
  });
});

describe('pictures', () => {
  test.each([
    ['<img src=a alt="Facebook"> Facebook', true],
    ['Facebook <img src=a alt="facebook">', true],
    ['<h2>Facebook</h2><p><img src=a alt="Facebook"></p>', true],
    ['<img src=a alt="Facebook"> Facebookgruppen', false],
    ['Vår Facebook-sida <img src=a alt="Facebook">', false],
    ['<img src=a alt="Ja"> Ja', false],
    ['Facebook <p>Hej</p><img src=a alt="Facebook">', false],
  ])('%s: repeated %s', async (html, repeated) => {
    const { pictures } = await structureOf({ html: `<p>x</p>${html}` });
    expect(pictures.map((picture) => picture.repeated)).toEqual([repeated]);
  });
});

describe('hostile pages', () => {
  const deep = (tag: string) => `<${tag}>x`.repeat(400) + `</${tag}>`.repeat(400);
  test.each([
    ['nested headings', deep('h1')],
    ['nested tables', `${'<table><tr><td>x'.repeat(120)}`],
    ['nested languages', `${'<div lang="sv" dir="ltr">x'.repeat(400)}`],
    ['many tables', `<table>${row('a')}</table>`.repeat(6000)],
    ['many headings', '<h1>a</h1>'.repeat(20_000)],
    ['many languages', Array.from({ length: 9000 }, (_, i) => `<p lang="x-${i}">a</p>`).join('')],
    ['a long heading', `<h1>${'a '.repeat(900_000)}</h1>`],
    ['a long title', `<title>${'a '.repeat(900_000)}</title>`],
    ['long alternative texts', `<p>${'a '.repeat(400)}<img src=a alt="${'a '.repeat(900)}"></p>`.repeat(800)],
    ['a viewport', `<meta name="viewport" content="${'maximum-scale '.repeat(90_000)}">`],
  ])('%s cost no more than their size', async (_, html) => {
    const submission = await submissionOf({ html: `<p>Hej</p>${html}` });
    const began = performance.now();
    const structure = gatherStructure({ submission, policy });
    // A second at most by itself; other tests run beside.
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(structure?.tongues.length).toBeLessThan(30);
    expect(structure?.headings.length).toBeLessThan(1000);
  });
});
