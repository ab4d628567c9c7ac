import { describe, expect, test } from 'vitest';
import { policy } from '../../rules/policy.ts';
import { gatherMarkup, type MarkupFact } from '../../src/facts/markup.ts';
import { readSubmission } from '../../src/submission.ts';
import { wideLimits } from '../world.ts';

async function factOf(content: string, filename = 'a.html'): Promise<MarkupFact> {
  const bytes = new TextEncoder().encode(content);
  const read = await readSubmission({ bytes, filename, from: 'a@example.se' }, 'org_test', wideLimits);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  const fact = gatherMarkup({ submission: read.submission, policy: { ...policy, limits: wideLimits } });
  if (!fact) throw new Error('there is no HTML');
  return fact;
}

describe('unclosed', () => {
  test.each([
    ['all closed', '<div><p>a</p><table><tr><td>b</td></tr></table></div>', []],
    ['end tags that HTML lets out', '<ul><li>a<li>b</ul><p>a<p>b<table><tr><td>1<td>2</table>', []],
    ['void elements', '<p>a<br><img src="a.png" alt=""><hr></p>', []],
    ['no html, head or body', 'a', []],
    ['a link', '<p><a href="/">a</p>', ['a']],
    ['a link in a link', '<a href="/">a<a href="/">b</a>', ['a']],
    ['a block to the end', '<div>a', ['div']],
    ['a slash that does not close', '<div/>a', ['div']],
    ['an end tag that is a start tag', '<h4>a<h4>', ['h4', 'h4']],
    ['a table in a row', '<table><tr><table><tr><td>a</td></tr></table></tr></table>', ['table']],
    ['paragraphs inside bold', '<b><p>a</b>b</p>', []],
    ['shapes that close themselves', '<svg><a/><text/></svg>a', []],
    [
      'Outlook’s tables',
      '<!--[if mso]><table><tr><td><![endif]-->a<!--[if mso]></td></tr></table><![endif]-->',
      [],
    ],
    ['in upper case', '<DIV><B>a</B></DIV>', []],
  ])('%s', async (_, html, elements) => {
    expect((await factOf(html)).unclosed.map(({ element }) => element)).toEqual(elements);
  });
});

describe('repeated', () => {
  test.each([
    ['each once', '<p class="a" style="b" title="c=d \'class=e\'">a</p>', []],
    ['two values', '<p style="color:red" class="a" style="margin:0">a</p>', ['style']],
    ['in another case', '<p CLASS="a" class="b">a</p>', ['class']],
    ['without quotes, at the end', '<img src=a.png alt=a alt=b />', ['alt']],
    ['the same value', '<p style="margin: 0 auto;" style="margin:0 auto">a</p>', []],
    ['the same address, as entities', '<a href="/?a&amp;b" href="/?a&amp;b">a</a>', []],
    ['without a value', '<p class="a" class>a</p>', []],
    ['a choice of the template', '<p {{#if a}}class="a"{{else}}class="b"{{/if}}>a</p>', []],
    ['no space between', '<img width="1"src="a.png"alt="a">', []],
    ['a name all objects have', '<p constructor="a" tostring="b" __proto__="c">a</p>', []],
  ])('%s', async (_, html, attributes) => {
    expect((await factOf(html)).repeated.map(({ attribute }) => attribute)).toEqual(attributes);
  });
});

describe('active', () => {
  test.each([
    ['a script', '<script>a()</script>', ['script']],
    ['a module', '<script type="module" src="/a.js"></script>', ['script']],
    ['data for Gmail', '<script type="application/ld+json">{}</script>', []],
    ['an address', '<a href=" JavaScript:a()">a</a>', ['address']],
    ['a page in a page', '<iframe src="/"></iframe><object></object>', ['frame', 'frame']],
    ['a word in an address', '<a href="/javascript:">a</a>', []],
    ['an address in pieces', '<a href=" java\nscr&#9;ipt:x()">a</a>', ['address']],
    ['an address after a control character', '<a href="&#1; javascript:x()">a</a>', ['address']],
    ['a space in the word', '<a href="java script:x()">a</a>', []],
    ['an attribute that no mail program keeps', '<body onload="a()"><p onclick="a()">a</p>', []],
    ['in a comment', '<!-- <script></script> -->a', []],
  ])('%s', async (_, html, kinds) => {
    expect((await factOf(html)).active.map(({ kind }) => kind)).toEqual(kinds);
  });
});

describe('values', () => {
  const cell = (attributes: string) => `<table><tr><td ${attributes}>a</td></tr></table>`;
  test.each([
    ['an image', '<img src="a" width="600" height="0">', []],
    [
      'what browsers read all the same',
      '<img width="600px" height="292.5"><ol start="-3" type="A"></ol>',
      [],
    ],
    ['auto', '<img width="auto" height=" AUTO ">', ['idle width auto', 'idle height AUTO']],
    ['a size in words', '<img width="full" height="-5">', ['unread width full', 'unread height -5']],
    ['a cell', cell('width="50%" height="20" align="Middle" valign="TOP" colspan="2" dir="rtl"'), []],
    ['a cell in CSS', cell('valign="center" align="centre"'), ['idle valign center', 'unread align centre']],
    ['a cell in words', cell('colspan="all" dir="right"'), ['unread colspan all', 'unread dir right']],
    ['a list', '<ol type="x" start="one">', ['unread type x', 'unread start one']],
    ['a number in a wide table', '<table width="100%" border="0" align="middle">', ['unread align middle']],
    ['a border in words', '<table border="none">', ['border border none']],
    ['nothing', `<table border="" bgcolor="">${cell('width="" align')}`, []],
    ['identifiers, targets and classes', '<a id="a b" target="_new" class="" rel="x">a</a>', []],
    ['what mail needs', '<body bgcolor="#ffffff" background="a.png" leftmargin="0" text="#000">a', []],
    ['merge fields', cell('width="{{w}}" height="*|H|*" align="[$a]" valign="%%v%%" dir="<%= d %>"'), []],
    ['an attribute of all objects', '<img constructor="a" __proto__="b" width="1">', []],
    ['shapes', '<svg width="auto" height="auto"><a dir="down"/></svg>', []],
    ['for Outlook alone', '<!--[if mso]><table border="none"><![endif]-->a', []],
  ])('%s', async (_, html, faults) => {
    const { values } = await factOf(html);
    expect(values.map(({ kind, attribute, value }) => `${kind} ${attribute} ${value}`)).toEqual(faults);
  });

  // As Chromium draws them.
  test.each([
    ['rgb(255,255,255)', '#005025'],
    ['rgba(0, 51, 102, 0.5)', '#000520'],
    ['hsl(120, 50%, 50%)', '#000550'],
    ['fff', '#0f0f0f'],
    ['#ffff', '#ffff00'],
    ['#fffff', '#fffff0'],
    ['#00000080', '#000080'],
    ['#0066cc;', '#006c00'],
    ['# 336699', '#036690'],
    ['var(--brand)', '#0a00a0'],
    ['inherit', '#00e000'],
    ['#fff', undefined],
    ['#FFFFFF', undefined],
    ['ffffff', undefined],
    ['#ffffffff', undefined],
    ['White', undefined],
    ['transparent', undefined],
  ])('bgcolor="%s" is %s', async (value, read) => {
    const { values } = await factOf(cell(`bgcolor="${value}"`));
    expect(values.map((one) => one.read)).toEqual(read ? [read] : []);
  });

  test('what a value may be is told from the standard', async () => {
    const { values } = await factOf('<p dir="x">a</p><ol type="x"></ol><img width="x">');
    expect(values.map(({ allowed }) => allowed)).toEqual([['ltr', 'rtl', 'auto'], ['a', 'i', '1'], []]);
  });

  test('of MJML only what is written as HTML', async () => {
    const { values } = await factOf(
      '<mjml><mj-body><mj-section><mj-column><mj-image src="a" height="auto" />\n<mj-text><img src="a" height="auto"></mj-text></mj-column></mj-section></mj-body></mjml>',
      'a.mjml',
    );
    expect(values).toMatchObject([{ kind: 'idle', at: { part: 'source', line: 2, column: 10 } }]);
  });
});

describe('references', () => {
  test.each([
    ['those there are', '<p>&nbsp;&amp;&Ouml;&#160;&#xa0;&vert;&NewLine;&copy &hellip;</p>', []],
    ['misspelt', '<p>&nbps;a&nbsp;b&Nbsp;</p>c&nbps;', ['&nbps;', '&Nbsp;', '&nbps;']],
    ['written out', '<p>&amp;nbps; &amp;nbsp; &nbsp;</p>', []],
    ['not text', '<style>/*&nbps;*/</style><!--&nbps;--><a href="/?a&nbps;">a</a>', []],
    ['names and questions', 'B&Bs; Q&A; a & b; /?a=1&bcd=2', []],
  ])('%s', async (_, html, references) => {
    expect((await factOf(html)).references.map(({ reference }) => reference).sort()).toEqual(
      references.sort(),
    );
  });

  test('places', async () => {
    const { references } = await factOf('<p>a</p>\r\n<p>b&nbps;c&nbps;\r\nd</p>');
    expect(references.map(({ at }) => at)).toEqual([
      { part: 'source', line: 2, column: 5, snippet: '&nbps;c&nbps;' },
      { part: 'source', line: 2, column: 12, snippet: '&nbps;' },
    ]);
    const eml = await factOf('From: a@example.se\nContent-Type: text/html\n\na&nbps;', 'a.eml');
    expect(eml.references).toMatchObject([{ at: { part: 'html', line: 1, column: 2 } }]);
    const mjml = await factOf(
      '<mjml><mj-body><mj-section><mj-column>\n<mj-text>a&nbps;b</mj-text></mj-column></mj-section></mj-body></mjml>',
      'a.mjml',
    );
    expect(mjml.references).toMatchObject([
      { reference: '&nbps;', at: { part: 'source', line: 2, column: 1 } },
    ]);
  });
});

test.each([
  ['{{#if a}}b{{/if}}', 'a.html', true],
  ['{% if a %}b{% endif %}', 'a.html', true],
  ['*|IF:A|*b*|END:IF|*', 'a.html', true],
  ['{{name}} *|NAME|* 100 %', 'a.html', false],
  ['From: a@example.se\nContent-Type: text/html\n\n{% if a %}', 'a.eml', false],
])('%j in %s chooses between parts: %s', async (content, filename, conditional) => {
  expect((await factOf(content, filename)).conditional).toBe(conditional);
});

test('places are in what was handed in', async () => {
  const html = await factOf('<p>a</p>\n <div class="a" class="b">');
  const at = { part: 'source', line: 2, column: 2, snippet: '<div class="a" class="b">' };
  expect([html.unclosed[0]?.at, html.repeated[0]?.at]).toEqual([at, at]);
  const mjml = await factOf(
    '<mjml><mj-body><mj-section><mj-column>\n<mj-raw><iframe src="/"></iframe></mj-raw></mj-column></mj-section></mj-body></mjml>',
    'a.mjml',
  );
  expect(mjml.active).toMatchObject([{ element: 'iframe', at: { part: 'source', line: 2, column: 9 } }]);
});

test.each([
  ['open blocks', `${'<div>'.repeat(400)}a`],
  ['links that end nowhere', '<a href="/">a'.repeat(40_000)],
  ['two of each attribute', '<p a="1" a="2">a</p>'.repeat(90_000)],
  [
    'a thousand attributes',
    `<p ${Array.from({ length: 990 }, (_, i) => `a${i}="b" a${i}="c"`).join(' ')}>`.repeat(9),
  ],
  ['scripts', '<script></script>'.repeat(90_000)],
  ['values', '<img width="auto" height="x">'.repeat(90_000)],
  ['a long value', `<body bgcolor="${'g('.repeat(1_000_000)}">${'<hr width="x">'.repeat(200)}`],
  ['unknown references', '&nbps;'.repeat(900_000)],
  ['references of many names', Array.from({ length: 800_000 }, (_, i) => `&n${i}bps;`).join('')],
  ['written out, but for the last', `${'&amp;nbps;'.repeat(500_000)}${'<p>&nbps;'.repeat(1000)}`],
])(
  'a hundred faults of a kind are told: %s',
  async (_, html) => {
    const started = performance.now();
    const { unclosed, repeated, active, values, references } = await factOf(html);
    const most = [unclosed, repeated, active, values, references].map(({ length }) => length);
    expect(Math.max(...most)).toBe(100);
    expect(performance.now() - started).toBeLessThan(8000);
  },
  20_000,
);
