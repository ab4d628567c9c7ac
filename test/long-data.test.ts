/** Pictures of megabytes within a page: read soon, and nothing of the page is another for it. */
import { parse } from 'parse5';
import { adapter } from 'parse5-htmlparser2-tree-adapter';
import { expect, test } from 'vitest';
import { policy } from '../rules/policy.ts';
import { elementsOf, parseMarkup } from '../src/submission/markup.ts';

const picture = (length: number) =>
  `data:image/png;base64,${'iVBORw0KGgo/+A'.repeat(Math.ceil(length / 14))}=`;
const long = picture(20_000);
const limits = policy.limits;

/** All that is told of each element. */
function read(html: string) {
  const parsed = parseMarkup(html, limits);
  if (!parsed.ok) throw new Error(parsed.bound);
  const { markup } = parsed;
  return elementsOf(markup).map(({ name, attribs, sourceCodeLocation: at, children }) => ({
    name,
    attribs: { ...attribs },
    at: at && { ...at, startTag: at.startTag && { ...at.startTag }, endTag: at.endTag && { ...at.endTag } },
    source: at ? markup.html.slice(at.startOffset, at.endOffset) : null,
    texts: children.map((child) => ('data' in child ? child.data : '')),
  }));
}

/** The same page with a short picture is parsed letter by letter. */
test.each<[string, string]>([
  ['in quotation marks', `<p>Före</p>\n<img alt="a" src="${long}" width="5"><p id="x">Efter</p>\n<b>Rad</b>`],
  ['without', `<p>a</p><img src=${long} width=5><p id=x>b</p>`],
  ['several on a line', `<img src="${long}"><i>a</i><img src='${long}'><i>b</i>\n<i>c</i>`],
  ['in a style attribute', `<p style="background:url(${long}) no-repeat;color:red">a</p><p>b</p>`],
  ['in a style element', `<style>.a{background:url(${long})}\n.b{color:red}</style><p class="b">a</p>`],
  ['in text', `<p>${long}</p><table>${long}<tr><td>b</table><p>c</p>`],
  ['in a comment', `<!-- ${long} --><p>a</p>`],
  ['at the end', `<p>a</p>${long}`],
  ['in a tag that never ends', `<p>a</p><img src="${long}`],
  ['where a name is read', `<p ${long}>a</p><a${long}>b`],
  ['with a reference to the stand-in’s own name', `<p>&#xd800;0z \ufffd0z</p><img src="${long}"><i>a</i>`],
])('%s', (_, html) => {
  const elements = read(html);
  const short = read(html.replaceAll(long, 'data:image/png;base64,AA='));
  // Of names nobody asks how long they were.
  if (!_.startsWith('where')) {
    expect(elements.map(({ name }) => name)).toEqual(short.map(({ name }) => name));
    expect(elements.map(({ texts }) => texts)).toEqual(
      short.map(({ texts }) => texts.map((text) => text.replaceAll('data:image/png;base64,AA=', long))),
    );
    expect(elements.map(({ attribs }) => attribs)).toEqual(
      JSON.parse(
        JSON.stringify(short.map(({ attribs }) => attribs)).replaceAll('data:image/png;base64,AA=', long),
      ),
    );
    expect(elements.map(({ source }) => source)).toEqual(
      short.map(({ source }) => source?.replaceAll('data:image/png;base64,AA=', long) ?? null),
    );
  }
  for (const { at } of elements) {
    if (!at) continue;
    const before = html.slice(0, at.startOffset);
    expect([at.startLine, at.startCol]).toEqual([
      before.split('\n').length,
      at.startOffset - before.lastIndexOf('\n'),
    ]);
  }
});

/** All that a tree tells, places included. */
function told(node: object): string {
  return JSON.stringify(node, (key, value) => {
    // Ways back up and along; whether an attribute has a prefix is told by its name.
    if (/^(?:parent|prev|next|x-attribs)/.test(key)) return undefined;
    return key === 'attribs' || key === 'sourceCodeLocation' ? { ...value } : value;
  });
}

/** As a browser reads it, letter by letter. */
const asBrowsers = (html: string) =>
  told(parse(html, { treeAdapter: adapter, sourceCodeLocationInfo: true, scriptingEnabled: false }));

const wide = { elements: 1e6, attributes: 1e6, depth: 1e5, textLength: 1e9 };
function asOurs(html: string): string {
  const parsed = parseMarkup(html, wide);
  if (!parsed.ok) throw new Error(parsed.bound);
  return told(parsed.markup.root);
}

/** One that leads into each state of the tokenizer (WHATWG HTML section 13.2.5), and some into several at once. */
const before =
  `|a|<title>|<textarea>|<style>|<script>|<plaintext>|<xmp>|<|</|<a|</a|<title><|<title></|<title></title|<style><
|<style></|<style></style|<script><|<script></|<script></script|<script><!|<script><!-|<script><!--|<script><!--a|<script><!--a-
|<script><!--a--|<script><!--<|<script><!--</|<script><!--</script|<script><!--<script|<script><!--<script |<script><!--<script a-
|<script><!--<script a--|<script><!--<script a<|<script><!--<script a</script|<a |<a b|<a b |<a b=|<a b= |<a b="|<a b='|<a b=c
|<a b=""|<a b=''|<a/|<a b/|<?|<!|</?|<!-|<!--|<!---|<!--a|<!--a<|<!--a<!|<!--a<!-|<!--a<!--|<!--a-|<!--a--|<!--a--!|<!doc
|<!doctype|<!doctype |<!doctype html|<!doctype html |<!doctype html public|<!doctype html public |<!doctype html public "
|<!doctype html public '|<!doctype html public "a"|<!doctype html public "a" |<!doctype html system|<!doctype html system |<!doctype html system "
|<!doctype html system '|<!doctype html system "a"|<!doctype html x|<svg><![CDATA[|<svg><![CDATA[]|<svg><![CDATA[]]|<svg><![CDAT|<![CDATA[
|&|&#|&#x|&#1|&#xd|&am|&amp|&notit|<a b="&|<a b="&am|<a b='&#x|<a b=&|<a b=&amp|<table>|<table><tr>|<select>|<frameset>|<head>|<template>
|<svg>|<math><mi>|<p><b><i></p>|<body a="|<p><body b='|<p></p a="|<font face="|<svg><style>|<svg><a xlink:href="|<p>\r|<p>\r\n|\ud83d\ude00`.split(
    /\n?\|/,
  );
/** What a payload may be in a name, and what may end what it stands in. */
const payloads = ['A', '/href=x:', '-', 'a!'].map((part) => part.repeat(1100 / part.length));
const after = [
  '/href=https://evil.example/a>Logga in</a><p onclick=a>b',
  '-->b<i>c</i>',
  '--!><i>c</i>',
  '!><i>c',
  '-><i>c</i>-->\nd<u>',
  '">b<i>c</i>\n<u>',
  "' c=d>b<i>e</i>",
  ' href=a>b</a>',
  ']]>b<i>c',
  '</title></textarea></style></script><i>c</i>',
  ';b&amp;<i>c',
  '\r\nb\ud83d\ude00<i>c',
  '',
];

test.each(before.map((one) => [one]))('read as a browser reads it after %j', (start) => {
  for (const payload of payloads) {
    for (const end of after) {
      const run = `${start}data:${payload}${end}`;
      const html = `${run}\n${run}`;
      if (asOurs(html) !== asBrowsers(html)) expect(asOurs(html)).toBe(asBrowsers(html));
    }
  }
});

test('what hides behind it in a tag is found', () => {
  const html = `<p><a data:${'A'.repeat(1024)}/href=https://evil.example/login>Logga in</a></p>`;
  expect(read(html).at(-1)?.attribs).toMatchObject({ href: 'https://evil.example/login' });
});

test('ten megabytes of them cost no more than a look at each letter', () => {
  const pages = [
    `<p>Hej</p><img src="${picture(9_500_000)}"><p>Hej</p>`,
    `<img src="${picture(90_000)}">`.repeat(100),
    'data:'.repeat(1_900_000),
    `data:${'a'.repeat(8000)} `.repeat(1100),
  ];
  for (const html of pages.slice(0, 2)) {
    const before = process.cpuUsage();
    expect(parseMarkup(html, limits).ok).toBe(true);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(500);
  }
  for (const html of pages.slice(2))
    expect(parseMarkup(html, limits)).toMatchObject({ ok: false, bound: 'text' });
});
