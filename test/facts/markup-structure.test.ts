/** What holds a page together: comments, tags that meet, parts in their place, and what works in a mail. */
import { describe, expect, test } from 'vitest';
import { policy } from '../../rules/policy.ts';
import type { Preview } from '../../src/facts/html/preview.ts';
import { gatherHtml } from '../../src/facts/html.ts';
import { gatherLines } from '../../src/facts/lines.ts';
import { gatherMarkup, type MarkupFact } from '../../src/facts/markup.ts';
import { readSubmission, type Submission } from '../../src/submission.ts';
import { wideLimits } from '../world.ts';

async function read(content: string, filename = 'a.html'): Promise<Submission> {
  const bytes = new TextEncoder().encode(content);
  const from = filename.endsWith('.eml') ? undefined : 'a@example.se';
  const result = await readSubmission({ bytes, filename, from }, 'org_test', wideLimits);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.submission;
}

async function factOf(content: string, filename = 'a.html'): Promise<MarkupFact> {
  const submission = await read(content, filename);
  const fact = gatherMarkup({ submission, policy: { ...policy, limits: wideLimits } });
  if (!fact) throw new Error('there is no HTML');
  return fact;
}

const eml = (html: string, type = 'text/html; charset=utf-8') =>
  `From: a@example.se\r\nContent-Type: ${type}\r\n\r\n${html}`;

describe('conditional comments', () => {
  test.each([
    ['for Outlook', '<!--[if mso]><p>a</p><![endif]-->', []],
    ['for all others', '<!--[if !mso]><!--><p>a</p><!--<![endif]-->', []],
    ['for all others, with arrows of their own', '<!--[if !mso]>--><p>a</p><!--<![endif]-->', []],
    ['for all others, with a comment', '<!--[if !mso]> <!-- --><p>a</p><!-- <![endif]-->', []],
    ['revealed', '<![if !mso]><p>a</p><![endif]>', []],
    ['by Word', '<p><!--[if !supportLists]-->1<!--[endif]--></p>', []],
    ['several conditions', '<!--[if (gte mso 9)|(lt IE 9)&!(vml)]><p>a</p><![endif]-->', []],
    ['one after the other', '<!--[if mso]>a<![endif]--><!--[if mso]>b<![endif]-->', []],
    ['one in the other, revealed', '<!--[if !mso]><!-->a<!--[if IE]>b<![endif]-->c<!--<![endif]-->', []],
    ['a plain comment inside', '<!--[if mso]><!-- a --><p>b</p><![endif]-->', ['nested mso']],
    ['one in the other, hidden', '<!--[if mso]><!--[if IE]>a<![endif]-->b<![endif]-->', ['stray ']],
    ['no end', '<!--[if mso]><p>a</p>-->', ['unended mso']],
    ['no end of what all others see', '<!--[if !mso]><!--><p>a</p>', ['unended !mso']],
    ['no beginning', '<p>a</p><!--<![endif]-->', ['stray ']],
    ['no beginning, revealed', '<p>a</p><![endif]-->', ['stray ']],
    ['a program nobody knows', '<!--[if gmail]>a<![endif]-->', ['unread gmail']],
    ['an operator nobody knows', '<!--[if mso >= 9]>a<![endif]-->', ['unread mso >= 9']],
    ['for nobody', '<!--[if !mso]><p>a</p><![endif]-->', ['nobody !mso']],
    ['for nobody, in brackets', '<!--[if !(mso)]><img src="a"><![endif]-->', ['nobody !(mso)']],
    ['styles for nobody', '<!--[if !mso]><style>p{}</style><![endif]-->', []],
    ['a comment about one', '<!-- here was [if mso] once -->', []],
  ])('%s', async (_, html, faults) => {
    const { conditions } = await factOf(`<div>${html}</div>`);
    expect(conditions.map(({ kind, condition }) => `${kind} ${condition}`)).toEqual(faults);
  });

  test('places', async () => {
    const { conditions } = await factOf('<p>a</p>\n  <!--[if !mso]><p>b</p><![endif]-->');
    expect(conditions[0]?.at).toMatchObject({ part: 'source', line: 2, column: 3 });
  });
});

describe('what hides the rest', () => {
  test.each([
    ['nothing', '<style>p{}</style><title>a</title><p>a</p><!-- b -->', null],
    ['a comment', '<p>a</p><!-- b <p>c</p>', 'comment'],
    ['a comment with a space in its end', '<p>a</p><!-- b -- ><p>c</p>', 'comment'],
    ['a comment at the very end', '<p>a</p></body></html><!-- ', null],
    ['an odd end', '<p>a</p><!-- b --!>', null],
    ['empty ones', '<p>a</p><!--><!--->', null],
    ['a style', '<p>a</p><style>p{}<p>b</p>', 'style'],
    ['a title', '<title>a<p>b</p>', 'title'],
    ['a text field', '<p>a</p><textarea>b<p>c</p>', 'textarea'],
    ['a script', '<p>a</p><script>b()<p>c</p>', 'script'],
    ['an end in another case', '<STYLE>p{}</Style ><p>a</p>', null],
  ])('%s', async (_, html, part) => {
    expect((await factOf(html)).unended?.part ?? null).toBe(part);
  });
});

describe('end tags', () => {
  test.each([
    ['each its own', '<div><p>a</p></div>', []],
    ['those that may be left out', '<ul><li>a</li><li>b</ul>', []],
    ['out of habit', '<br></br><img></img><p>a</p>', []],
    ['misnested', '<b><p>a</b>b</p>', []],
    ['twice', '<div>a</div></div>', ['div']],
    ['a table too early', '<table><tr><td>a</td></tr></table></td></tr></table>', ['td', 'tr', 'table']],
    ['in comments, attributes and styles', '<!-- </p> --><i title="</b>">a</i><style>/*</p>*/</style>', []],
    ['in a title', '<title></b></title><p>a</p>', []],
    ['of the page', '<html><body>a</body></html></body></html>', []],
    ['no tags', 'a </ b </1 c', []],
    ['at the end', 'a</p', []],
  ])('%s', async (_, html, elements) => {
    expect((await factOf(html)).strays.map(({ element }) => element)).toEqual(elements);
  });
});

describe('moved out of tables', () => {
  test.each([
    ['nothing', 'a<table> <caption>b</caption><tr> <td>c</td> </tr> </table>d', []],
    ['an element', '<table><tr><div>a</div><td>b</td></tr></table>', ['div']],
    ['text', '<table><tr>a b<td>c</td></tr></table>', ['a b']],
    ['text after text', 'before <table>inside<tr><td>c</td></tr></table>', ['inside']],
    ['merge fields', '<table>{{#each rows}}<tr><td>{% if a %}</td></tr>{{/each}}*|END|*</table>', []],
    ['two tables', '<table>a<tr><td></td></tr></table><table>b<tr><td></td></tr></table>', ['a', 'b']],
    ['what may stand there', '<table><form><input type="hidden"></form><style></style></table>', []],
  ])('%s', async (_, html, what) => {
    expect((await factOf(html)).moved.map((one) => one.what)).toEqual(what);
  });
});

describe('quotation marks', () => {
  test.each([
    ['in order', '<a href="/a" title="1 > 2">a</a><p data-a="<b>c</b>">b</p>', []],
    ['missing', '<a href="/a>a</a> <a href="/b">b</a>', ['href']],
    ['missing in a style', '<p style="color:red>a</p><p style="b">c</p>', ['style']],
    ['written out', '<a href="/?a=&lt;b&gt;">a</a>', []],
    ['a program’s tag', '<a href="<%= a ? 1 : 2 %>" class="<?php a ?>">a</a>', []],
  ])('%s', async (_, html, attributes) => {
    expect((await factOf(html)).swallowed.map(({ attribute }) => attribute)).toEqual(attributes);
  });
});

describe('unknown elements', () => {
  test.each([
    [
      'of HTML, old and new',
      '<center><font>a</font></center><dialog>b</dialog><nobr><blink>c</blink></nobr>',
      [],
    ],
    ['of others', '<o:p>a</o:p><v:rect></v:rect><svg><foo/></svg><math><bar/></math>', []],
    ['merge fields', '<unsubscribe>a</unsubscribe><webversion>b</webversion>', []],
    ['misspelt', '<centre>a</centre><x-card>b</x-card>', ['centre', 'x-card']],
    ['an address in brackets', 'a <info@example.se>', ['info@example.se']],
  ])('%s', async (_, html, names) => {
    expect((await factOf(html)).unknown.map(({ element }) => element)).toEqual(names);
  });
});

describe('the head', () => {
  test.each([
    ['<!doctype html>', 'standard'],
    ['', 'none'],
    [
      '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">',
      'standard',
    ],
    [
      '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">',
      'standard',
    ],
    ['<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">', 'old'],
    ['<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2//EN">', 'old'],
    ['<!DOCTYPE>', 'old'],
  ])('%j is %s', async (doctype, kind) => {
    expect((await factOf(`${doctype}<html><body>a</body></html>`)).head.doctype.kind).toBe(kind);
  });

  test.each([
    ['<link rel="stylesheet" href="https://a.se/b.css">', ['https://a.se/b.css']],
    ['<link rel="import" href="//a.se/b.html">', ['//a.se/b.html']],
    [
      '<style>@import url(https://a.se/b.css) screen;@import "https://a.se/c.css";</style>',
      ['https://a.se/b.css', 'https://a.se/c.css'],
    ],
    [
      '<link rel="stylesheet" href="https://fonts.googleapis.com/css?family=Lato"><style>@import url(https://use.typekit.net/a.css);</style>',
      [],
    ],
    ['<link rel="icon" href="https://a.se/b.ico"><link rel="stylesheet" href="{{css}}">', []],
  ])('sheets of %s', async (html, addresses) => {
    expect((await factOf(html)).head.sheets.map(({ address }) => address)).toEqual(addresses);
  });

  test('refresh, base and a second body', async () => {
    const { head, twice } = await factOf(
      '<html><head><meta http-equiv="Refresh" content="0; URL=\'https://a.se/\'"><base href="https://b.se/"><meta name="Viewport" content="width=device-width"></head><body>a</body></html><html><body>b',
    );
    expect(head.refresh?.address).toBe('https://a.se/');
    expect(head.base?.address).toBe('https://b.se/');
    expect(twice.map(({ part }) => part)).toEqual(['html', 'body']);
  });

  test.each([
    ['utf-8', eml('<meta charset=utf-8>å'), 'utf-8 utf-8'],
    ['in two spellings', eml('<meta charset=UTF8>å', 'text/html; charset="utf-8"'), 'utf-8 utf-8'],
    ['another', eml('<meta charset=latin1>å'), 'windows-1252 utf-8'],
    ['one that nobody knows', eml('<meta charset=latin-9x>å'), 'null utf-8'],
    [
      'on the next line',
      eml('<meta charset=latin1>a&aring;\u00e5', 'text/html;\r\n charset=utf-8'),
      'windows-1252 utf-8',
    ],
    ['nothing that differs', eml('<meta charset=latin1>a'), null],
    ['no word of the header', eml('<meta charset=latin1>å', 'text/html').replace('å', '='), null],
  ])('encoding: %s', async (_, message, told) => {
    const { encoding } = await factOf(message, 'a.eml');
    expect(encoding && `${encoding.named} ${encoding.sent}`).toBe(told);
  });
});

describe('controls', () => {
  test.each([
    ['none', '<a href="/">a</a><input><p data-onclick="a" onclick="">b</p>', []],
    ['a handler', '<p onclick="a()" onload="b()">a</p>', ['handler onclick']],
    ['of a shape', '<svg><a onmouseover="b()"/></svg>', ['handler onmouseover']],
    ['a form', '<form><button>a</button></form>', []],
    ['buttons', '<button>a</button><a href="/"><b><button>c</button></b></a>', ['idle ', 'linked ']],
  ])('%s', async (_, html, kinds) => {
    const { controls } = await factOf(html);
    expect(controls.map(({ kind, attribute }) => `${kind} ${attribute}`)).toEqual(kinds);
  });

  test('a script in a shape, and a page in an address, are active', async () => {
    const { active } = await factOf('<svg><script>a()</script></svg><a href=" da\nta:text/html,a">b</a>');
    expect(active.map(({ kind }) => kind)).toEqual(['script', 'page']);
  });
});

describe('odd text', () => {
  test.each([
    ['right', 'Åland, São Paulo, AMANHÃ “não”, Â propos, naïve, 20 €, â la carte', []],
    ['Swedish', 'HÃ¶st pÃ¥ Ã…land', ['garbled']],
    ['written as references', 'H&Atilde;&para;st', ['garbled']],
    ['quotation marks', 'itâ€™s', ['garbled']],
    ['a sign', 'Â© 2026', ['garbled']],
    ['a picture', 'Hej ðŸ˜€', ['garbled']],
    ['lost', 'H\ufffdst', ['lost']],
    ['told of, a letter', 'Ser du Ã¥ i stället för å?', []],
    [
      'told of, in quotation marks',
      'Står det ”Ã¥”, ”Ã¤” och ”Ã¶” i stället för ”å”, ”ä” och ”ö” är det fel.',
      [],
    ],
    ['told of, the right one first', 'Ett ö blir till Ã¶ när filen läses fel.', []],
    ['told of, a word', 'FÃ¶reningen ska vara Föreningen, säger vi.', []],
    ['told of, a sign', 'It turns ’ into â€™ for readers', []],
    ['told of, in an element', 'Ser du <b>Ã¥</b> i stället för <i>å</i>?', []],
    ['told of, and one that is not', 'Ser du Ã¥ i stället för å? VÃ¤lkommen!', ['garbled']],
    ['the right one in another sentence', 'Bo i Åre. Ã…re väntar.', ['garbled']],
    ['the right one in another paragraph', 'Bo i <b>Ã…re</b></p><p>Åre väntar', ['garbled']],
    ['the right letter within a word', 'Ã¥ andra sidan få', ['garbled']],
    ['blind text', 'LOREM IPSUM DOLOR sit', ['filler']],
    ['about blind text', 'Lorem ipsum is a text of printers', []],
    ['a placeholder', 'Skriv din rubrik här', ['filler']],
    ...[
      '[Product Name]',
      '[Company Name, LLC]',
      '[Sender Name]',
      '[your name]',
      '[Your Company]',
      '[Insert company name here]',
      '[Företagsnamn]',
      '[Företagsnamn AB]',
      '[Ditt namn]',
      '[Föreningens namn]',
      '[din förening]',
    ].map((text): [string, string, string[]] => [text, `Hej från ${text}!`, ['filler']]),
    ...[
      '[1]',
      '[Läs mer]',
      '[sic]',
      '[PDF]',
      '[Namn]',
      '[[Company Name]]',
      '[Product name:text]',
      'Product Name',
      '[…]',
      '[Föreningen]',
    ].map((text): [string, string, string[]] => [text, `Hej från ${text}!`, []]),
  ])('%s', async (_, text, kinds) => {
    expect((await factOf(`<p>${text}</p>`)).odd.map(({ kind }) => kind)).toEqual(kinds);
  });

  test('has its place', async () => {
    const { odd } = await factOf('<p>a</p>\n<p>b pÃ¥ c</p>');
    expect(odd).toMatchObject([{ text: 'b pÃ¥ c', at: { line: 2, column: 7 } }]);
  });
});

describe('the words around odd text', () => {
  test.each([
    [
      'cut in words',
      'Medlemmarna får veta att lorem ipsum dolor sit ameterade föreningsmötet',
      'får veta att lorem ipsum dolor sit ameterade',
    ],
    [
      'cut between words',
      'Alla medlemmar bör då lorem ipsum dolor sit amet och så vidare nu',
      'medlemmar bör då lorem ipsum dolor sit amet och så',
    ],
    ['short', 'Lorem ipsum dolor', 'Lorem ipsum dolor'],
    ['one long word', `${'x'.repeat(60)}lorem ipsum dolor${'y'.repeat(60)}`, 'lorem ipsum dolor'],
  ])('are whole ones: %s', async (_, text, quoted) => {
    expect((await factOf(`<p>${text}</p>`)).odd.map((one) => one.text)).toEqual([quoted]);
  });
});

describe('typefaces', () => {
  test.each([
    ['p{font-family:Lato,sans-serif}', []],
    ['p{font-family:Lato}', ['Lato']],
    ["p{font:bold 16px/1.5 'Open Sans'}", ["'Open Sans'"]],
    ['p{font:inherit;font-size:10px;font-weight:bold}', []],
    ['@font-face{font-family:Lato;src:url(a)}/*p{font-family:Lato}*/', []],
    ['p{font-family:var(--a)}', []],
  ])('%s', async (css, fonts) => {
    const inSheet = await factOf(`<style>${css}</style><p>a</p>`);
    expect(inSheet.fonts.map((one) => one.fonts)).toEqual(fonts);
    const [, style] = /^p\{(.*)\}$/.exec(css) ?? [];
    if (!style) return;
    expect((await factOf(`<p style="${style}">a</p>`)).fonts.map((one) => one.fonts)).toEqual(fonts);
  });
});

describe('ids, widths and lines', () => {
  test('ids count where something points', async () => {
    const html = '<a href="#%C3%A5">a</a><p id="å">b</p><p id="å">c</p><p id="x">d</p><p id="x">e</p>';
    expect((await factOf(html)).ids).toMatchObject([{ id: 'å', count: 2 }]);
  });

  test('the widest table', async () => {
    const html =
      '<table width="100%"><tr><td><table width="900" style="width:800px"><tr><td>a</table></table>';
    expect((await factOf(html)).widest?.width).toBe(800);
  });

  test.each([
    ['short', `${'a'.repeat(998)}\r\nb`, 0, 998],
    ['long', `a\r\n${'b'.repeat(999)}\r\n${'c'.repeat(1200)}`, 2, 1200],
  ])('%s lines', async (_, body, long, longest) => {
    const submission = await read(eml(body), 'a.eml');
    expect(gatherLines({ submission })).toMatchObject({ long, longest, limit: 998 });
  });

  test('a template has no lines yet', async () => {
    expect(gatherLines({ submission: await read('a'.repeat(2000)) })).toBeNull();
  });
});

describe('MJML', () => {
  const mjml = (inside: string) => `<mjml>\n<mj-body>\n${inside}</mj-body>\n</mjml>`;
  test.each([
    [
      'sound',
      '<mj-section><mj-column><mj-text>a<br><p>b</mj-text><mj-image src="a"/></mj-column></mj-section>',
      [],
    ],
    [
      'text in a section',
      '<mj-section>Hej<mj-column><mj-text>a</mj-text></mj-column></mj-section>',
      ['outside mj-section 3:13'],
    ],
    [
      'a condition between sections',
      '{% if a %}<mj-section><mj-column></mj-column></mj-section>',
      ['outside mj-body 3:1'],
    ],
    ['in mj-raw', '<mj-raw>{% if a %}</mj-raw><mj-section><mj-column></mj-column></mj-section>', []],
    [
      'text that is not closed',
      '<mj-section><mj-column>\n<mj-text>a</mj-column></mj-section>',
      ['unclosed mj-text 4:1'],
    ],
    ['a column that is not closed', '<mj-section>\n <mj-column></mj-section>', ['unclosed mj-column 4:2']],
    [
      'the compiler’s own',
      '<mj-section\n foo="1"><mj-text color="nope" padding="{{p}}">a</mj-text></mj-section>',
      ['attribute mj-section 3:1', 'place mj-text 4:10', 'value mj-text 4:10'],
    ],
    [
      'the second of two on a line',
      '<mj-section><mj-column><mj-text>a</mj-text><mj-text colour="b">c</mj-text></mj-column></mj-section>',
      ['attribute mj-text 3:44'],
    ],
    ['a comment', '<!-- Hej --><mj-section><!-- <mj-text> --><mj-column></mj-column></mj-section>', []],
  ])('%s', async (_, inside, faults) => {
    const { mjml: found } = await factOf(mjml(inside), 'a.mjml');
    expect(found.map(({ kind, tag, at }) => `${kind} ${tag} ${at.line}:${at.column}`).sort()).toEqual(
      [...faults].sort(),
    );
  });

  test('every warning of the compiler is understood', async () => {
    const source = mjml(
      '<mj-section foo="1" padding="a"><mj-text color="nope">a</mj-text><mj-column width="abc"><mj-section></mj-section><mj-text font-size="12" bar="2">b</mj-text><mj-image height="x" /></mj-column></mj-section>',
    );
    const submission = await read(source, 'a.mjml');
    const fact = gatherMarkup({ submission, policy });
    expect(submission.mjml?.warnings.length).toBeGreaterThanOrEqual(8);
    expect(fact?.mjml).toHaveLength(submission.mjml?.warnings.length ?? 0);
  });
});

describe('preview text', () => {
  const previewOf = async (html: string): Promise<Preview | null | undefined> =>
    (await gatherHtml({ submission: await read(html), policy: { limits: wideLimits } }))?.preview;

  test.each([
    ['none', '<img src="a">', undefined],
    [
      'the first words',
      '<h1>Hej</h1><p>du</p>',
      { text: 'Hej du', written: '', next: 'Hej du', padded: false },
    ],
    [
      'a hidden one',
      '<div style="display:none">Dolt</div><p>Synligt</p>',
      { text: 'Dolt Synligt', written: 'Dolt', next: 'Synligt' },
    ],
    [
      'filled up',
      `<div style="display:none">Dolt${'&#847;&zwnj;&nbsp;'.repeat(30)}</div><p>Synligt</p>`,
      { written: 'Dolt', padded: true },
    ],
    [
      'hidden in two',
      '<div style="display:none">Ett</div><span style="display:none">två</span>Tre',
      { written: 'Ett två', next: 'Tre' },
    ],
    ['all hidden', '<p style="display:none">Ett</p>', { written: 'Ett', next: '' }],
    ['a word in two', '<p>H<b>ej</b> du</p>', { text: 'Hej du' }],
  ])('%s', async (_, html, preview) => {
    const found = await previewOf(html);
    if (preview) expect(found).toMatchObject(preview);
    else expect(found).toBeNull();
  });
});

test.each([
  ['conditional comments', '<!--[if mso]>a-->'.repeat(60_000)],
  ['a condition of many signs', `<!--[if ${'1'.repeat(190)}x]>a<![endif]-->`.repeat(5000)],
  ['revealed and never ended', '<!--[if !mso]><!-->a'.repeat(60_000)],
  ['ends of nothing', '</b>'.repeat(400_000)],
  ['ends in comments', '<!-- </b> -->'.repeat(90_000)],
  ['what moves', `<table>${'<tr><b>a</b>'.repeat(20_000)}`],
  ['tables that move', '<table><tr><i><table>'.repeat(120)],
  ['quotation marks', '<a href="<b>">a</a>'.repeat(40_000)],
  ['handlers', '<p onclick="a()">b</p>'.repeat(90_000)],
  ['buttons', `${'<div>'.repeat(400)}${'<button>a</button>'.repeat(50_000)}`],
  ['bodies', '<body>'.repeat(500_000)],
  ['imports', `<style>${'@import url(https://a.se/'.repeat(40_000)}</style>a`],
  ['comments in styles', `<style>${'/*'.repeat(500_000)}p{font-family:Lato}</style>a`],
  ['typefaces', `<style>${'font-family:Lato;'.repeat(60_000)}</style><p style="font-family:Lato">a</p>`],
  ['font faces', `<style>${'@font-face{'.repeat(80_000)}</style>a`],
  ['blind text', '<p>Lorem ipsum dolor</p>'.repeat(60_000)],
  ['garbled', `<p>${'Ã¥'.repeat(500_000)}</p>`],
  ['garbled and spoken of', '<p>Ã¥ å</p>'.repeat(80_000)],
  ['brackets', `<p>${'[your '.repeat(170_000)}</p>`],
  ['ids', `<a href="#a">b</a>${'<p id="a">b</p>'.repeat(80_000)}`],
  ['many pointers', `<p aria-labelledby="${'a '.repeat(500_000)}" id="a"></p><p id="a">b</p>`],
  ['meta elements', '<meta http-equiv="refresh" content="0;url=a">'.repeat(60_000)],
])(
  'hostile: %s',
  async (_, html) => {
    const submission = await read(html);
    const started = performance.now();
    const fact = gatherMarkup({ submission, policy: { ...policy, limits: wideLimits } });
    const took = performance.now() - started;
    const lists = [
      fact?.strays,
      fact?.conditions,
      fact?.moved,
      fact?.controls,
      fact?.fonts,
      fact?.odd,
      fact?.twice,
    ];
    expect(Math.max(...lists.map((list) => list?.length ?? 0))).toBeLessThanOrEqual(100);
    expect(took).toBeLessThan(6000);
  },
  30_000,
);

test('hostile MJML is read in one go', async () => {
  const mjml = `<mjml><mj-body>${'<mj-section>a</mj-section>'.repeat(200)}`;
  const submission = await read(`${mjml}</mj-body></mjml>`, 'a.mjml');
  const started = performance.now();
  expect(gatherMarkup({ submission, policy })?.mjml).toHaveLength(100);
  expect(performance.now() - started).toBeLessThan(3000);
}, 30_000);
