/** Where pictures are: what the HTML fact finds, and who can reach it. */
import { expect, test } from 'vitest';
import imageSource from '../../rules/content/image-source.ts';
import { policy } from '../../rules/policy.ts';
import { fileName, onDisk, reachOf } from '../../rules/wordings/addresses.ts';
import { gatherHtml, type HtmlFact } from '../../src/facts/html.ts';
import type { World } from '../../src/rule.ts';
import { clock, factsFor, noBrowser, submissionOf } from '../world.ts';

async function factOf(world: World): Promise<HtmlFact> {
  const fact = await gatherHtml({ submission: await submissionOf(world), policy });
  if (!fact) throw new Error('the world has no HTML');
  return fact;
}

test.each([
  ['the attribute', '<table background=" a.png "><tr><td>x', ['a.png']],
  ['the attribute where it means nothing', '<div background="a.png">x</div>', []],
  ['an empty attribute', '<table background=" "><tr><td>x', []],
  ['a shorthand', '<p style="color:red;background: #fff url( &quot;a.png&quot; ) top">x</p>', ['a.png']],
  ['without quotes', '<p style="BACKGROUND-IMAGE:URL(a.png)">x</p>', ['a.png']],
  ['the first of two', '<p style="background:url(a.png),url(b.png)">x</p>', ['a.png']],
  ['no picture', '<p style="background:#fff;list-style:url(a.png)">x</p>', []],
  ['an empty one', '<p style="background:url()">x</p>', []],
  ['hidden', '<div style="display:none"><p style="background:url(a.png)">x</p></div>', []],
  ['twice on one element', '<table background="a.png" style="background:url(a.png)"><tr><td>x', ['a.png']],
])('pictures behind: %s', async (_, html, addresses) => {
  const { backgrounds } = await factOf({ html });
  expect(backgrounds.map(({ address }) => address)).toEqual(addresses);
});

test.each([
  ['none', { html: '<p>x' }, false],
  ['a target alone', { html: '<base target="_blank"><p>x' }, false],
  ['an address', { html: '<base href="https://example.se/"><p>x' }, true],
  ['a merge field', { html: '<base href="{{site}}"><p>x' }, true],
  ['of the own disk', { html: '<base href="file:///C:/"><p>x' }, false],
  [
    'of a part',
    {
      eml: 'From: a@example.se\r\nContent-Type: text/html\r\nContent-Location: https://example.se/\r\n\r\n<p>x',
    },
    true,
  ],
  ['of no part', { eml: 'From: a@example.se\r\nContent-Type: text/html\r\n\r\n<p>x' }, false],
] as const)('where addresses begin: %s', async (_, world, base) => {
  expect((await factOf(world)).base).toBe(base);
});

test('hostile styles are read in time', { timeout: 5000 }, async () => {
  const style = `${'background:'.repeat(20_000)}${'background:url('.repeat(20_000)}`;
  const { backgrounds } = await factOf({ html: `<p style="${style}">x</p>` });
  expect(backgrounds.length).toBeLessThan(20_000);
});

test.each([
  ['http://localhost:3000/a', 'computer'],
  ['https://brev.localhost/', 'computer'],
  ['http://LOCALHOST./a', 'computer'],
  ['http://127.0.0.1/a', 'computer'],
  ['http://2130706433/a', 'computer'],
  ['http://[::1]:80/a', 'computer'],
  ['http://sajt.test/a', 'computer'],
  ['http://server/a', 'network'],
  ['http://10.1.2.3/a', 'network'],
  ['http://172.16.0.1/a', 'network'],
  ['http://nas.local/a', 'network'],
  ['http://[fd00::1]/a', 'network'],
  ['http://172.32.0.1/a', 'everyone'],
  ['http://192.0.2.1/a', 'everyone'],
  ['http://[2001:db8::1]/a', 'everyone'],
  ['https://10.example.se/a', 'everyone'],
  ['https://localhost.example.se/a', 'everyone'],
  ['https://segel.example/a', 'everyone'],
  ['https://[domain]/a', 'everyone'],
  ['localhost/a.png', 'everyone'],
])('%s is for %s', (address, reach) => {
  expect(reachOf(address)).toBe(reach);
});

test.each([
  ['file:///C:/a.png', true],
  ['c:/a.png', true],
  ['\\\\server\\a.png', true],
  ['blob:https://example.se/1', true],
  ['filer/a.png', false],
  ['cid:a', false],
])('%s on the disk: %s', (address, own) => {
  expect(onDisk(address)).toBe(own);
});

test.each([
  ['https://example.se/b/a.png?x=1/2#y', 'a.png'],
  ['C:\\bilder\\a.png', 'a.png'],
  ['cid:a.png@example.se', 'a.png@example.se'],
  ['data:image/png;base64,AA/AA', ''],
])('%s is called %s', (address, name) => {
  expect(fileName(address)).toBe(name);
});

/** The picture may be attached when the template is sent; what is sure is said all the same. */
test.each([
  ['<img src="cid:karta" alt="Karta">', { unknown: 'not-given', ask: 'sent-message' }],
  ['<img src="cid:karta" alt="Karta"><img src="a.png" alt="Höst">', ['partial']],
])('a template with %s', async (html, expected) => {
  const { html: page, message } = await factsFor(imageSource, { html }, noBrowser);
  if (!page?.known || !message?.known) throw new Error('the facts are not known');
  const facts = { html: page.value, message: message.value } as Parameters<typeof imageSource.check>[0];
  const answer = imageSource.check(facts, { policy, clients: [], now: clock.now() });
  expect('unknown' in answer || 'notApplicable' in answer ? answer : answer.map(({ key }) => key)).toEqual(
    expected,
  );
});
