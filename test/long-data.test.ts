/** Pictures of megabytes within a page: read soon, and nothing of the page is another for it. */
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
  ['with the stand-in’s own name on the page', `<p>longdata0z longdatax</p><img src="${long}"><i>a</i>`],
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
