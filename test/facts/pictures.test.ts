/** What pictures say of themselves, and how those of a mail are fetched. */
import { describe, expect, test } from 'vitest';
import { clients } from '../../rules/clients/index.ts';
import imageFile from '../../rules/content/image-file.ts';
import { policy } from '../../rules/policy.ts';
import { exampleGif, exampleJpeg, examplePng, exampleWebp } from '../../rules/repairs/example-pictures.ts';
import type { Facts } from '../../src/facts/facts.ts';
import { gather } from '../../src/facts/gather.ts';
import { readPicture } from '../../src/facts/pictures/format.ts';
import type { PageRequest } from '../../src/ports.ts';
import type { World } from '../../src/rule.ts';
import { clock, noBrowser, now, resolverOf, soundZone, submissionOf, visitorOf } from '../world.ts';

const bytesOf = ({ base64 }: { base64: string }) => new Uint8Array(Buffer.from(base64, 'base64'));
const textOf = (text: string) => new TextEncoder().encode(text);
const of = (...bytes: (number | string)[]) =>
  new Uint8Array(
    Buffer.concat(
      bytes.map((one) => (typeof one === 'string' ? Buffer.from(one, 'latin1') : Buffer.from([one]))),
    ),
  );

describe('formats', () => {
  test.each([
    ['PNG', bytesOf(examplePng(600, 400)), { format: 'png', width: 600, height: 400, moving: false }],
    ['JPEG', bytesOf(exampleJpeg(1200, 800)), { format: 'jpeg', width: 1200, height: 800, print: false }],
    ['JPEG of print', bytesOf(exampleJpeg(10, 20, 4)), { format: 'jpeg', print: true }],
    [
      'JPEG with a comment before its frame',
      of(0xff, 0xd8, 0xff, 0xfe, 0, 4, 'xy', 0xff, 0xff, 0xc2, 0, 11, 8, 0, 9, 0, 7, 1),
      { format: 'jpeg', width: 7, height: 9 },
    ],
    [
      'GIF',
      bytesOf(exampleGif(20, 30, 1)),
      { format: 'gif', width: 20, height: 30, moving: false, frames: null },
    ],
    ['moving GIF', bytesOf(exampleGif(20, 30, 12)), { format: 'gif', moving: true, frames: 12 }],
    ['WebP', bytesOf(exampleWebp(600, 400)), { format: 'webp', width: 600, height: 400 }],
    [
      'lossy WebP',
      of('RIFF\0\0\0\0WEBPVP8 ', '\0'.repeat(10), 100, 0, 50, 0),
      { format: 'webp', width: 100, height: 50 },
    ],
    [
      'moving PNG',
      of(
        '\x89PNG\r\n\x1a\n',
        0,
        0,
        0,
        13,
        'IHDR',
        '\0\0\0\x05\0\0\0\x05\x08\x06\0\0\0',
        'crc!',
        0,
        0,
        0,
        8,
        'acTL',
        '\0'.repeat(12),
      ),
      { format: 'png', moving: true },
    ],
    ['AVIF', of(0, 0, 0, 28, 'ftypavif\0\0\0\0avifmif1'), { format: 'avif' }],
    ['HEIC', of(0, 0, 0, 24, 'ftypheic\0\0\0\0mif1heic'), { format: 'heic' }],
    ['MP4', of(0, 0, 0, 24, 'ftypisom\0\0\0\0isomiso2'), { format: 'mp4', moving: true }],
    ['SVG', textOf('<?xml version="1.0"?><!-- x --><!DOCTYPE svg PUBLIC "a" "b"><svg/>'), { format: 'svg' }],
    ['ICO', of(0, 0, 1, 0, 1, 0), { format: 'ico' }],
    ['TIFF', of('II*\0'), { format: 'tiff' }],
    ['BMP', of('BM', '\0'.repeat(16), 40, 0, 0, 0, 30, 0, 0, 0), { format: 'bmp', width: 40, height: 30 }],
    ['a web page', textOf('\n<!doctype html><html>'), { format: 'page' }],
    ['a page of errors', textOf('<Error><Code>AccessDenied</Code></Error>'), { format: 'page' }],
    ['words', textOf('not found'), { format: 'other' }],
    ['nothing', new Uint8Array(), { format: 'other' }],
  ])('%s', (_, bytes, expected) => {
    expect(readPicture(bytes)).toMatchObject(expected);
  });

  test('what is cut off anywhere, or turned about, never fails and never hangs', () => {
    for (const picture of [exampleGif(20, 30, 12), exampleJpeg(9, 9), examplePng(9, 9), exampleWebp(9, 9)]) {
      const bytes = bytesOf(picture);
      for (let end = 0; end <= bytes.length; end += 1) readPicture(bytes.subarray(0, end));
      for (let at = 0; at < bytes.length; at += 1) {
        const turned = bytes.slice();
        turned[at] = (turned[at] ?? 0) ^ 0xff;
        readPicture(turned);
      }
    }
    const begun = performance.now();
    const long = new Uint8Array(8 * 1024 * 1024).fill(0x2c);
    long.set(bytesOf(exampleGif(1, 1, 1)).subarray(0, 13));
    readPicture(long);
    readPicture(textOf(`<?xml ${' '.repeat(8 * 1024 * 1024)}`));
    expect(performance.now() - begun).toBeLessThan(500);
  });
});

async function gathered(
  world: World,
  names: ('pictures' | 'rendering')[] = ['pictures'],
  browser = noBrowser,
  offline = false,
) {
  const resolver = await resolverOf({ ...soundZone });
  const asked: string[] = [];
  const real = visitorOf(world.web ?? {});
  const visitor: typeof real = {
    visit(url, most, signal) {
      asked.push(url);
      return real.visit(url, most, signal);
    },
  };
  const facts = await gather(
    names,
    await submissionOf(world),
    { resolver, visitor, browser, clock, policy, clients: clients.slice(0, 1) },
    {
      leaveOut: { dns: offline, previews: false },
      signal: AbortSignal.timeout(20_000),
      onProgress: () => {},
    },
  );
  await resolver.close();
  return { facts, asked };
}

test('each picture is fetched once, with all its places; what acts or counts is not', async () => {
  const { facts, asked } = await gathered({
    html: `<img src="https://example.se/a.png" width="300" alt="A"><img src="https://example.se/a.png#x" width="600" alt="">
      <img src="https://t.example.com/o.gif" width="1" height="1"><img src="https://example.se/unsubscribe.gif" alt="">
      <img src="https://example.se/{{x}}.png"><img src="https://example.se/?who=anna%40example.com"><img src="data:image/png;base64,AAAA">
      <div style="display:none"><img src="https://example.se/hidden.png"></div>
      <table background="https://example.se/b.png"><tr><td>Hej</td></tr></table>`,
    web: { 'https://example.se/a.png': examplePng(600, 400), 'https://example.se/b.png': examplePng(10, 10) },
  });
  expect(asked.sort()).toEqual(['https://example.se/a.png', 'https://example.se/b.png']);
  const { pictures } = facts;
  if (!pictures?.known) throw new Error('unknown');
  expect(pictures.value.pictures.map(({ places }) => places.map(({ width }) => width))).toEqual([
    [300, 600],
    [null],
  ]);
  expect(pictures.value.pixels.map(({ target }) => target.domain)).toEqual(['example.com']);
  expect(pictures.value.left.map(({ why }) => why)).toEqual(['acting', 'unfinished', 'acting']);
});

test('pictures that come with the mail are read too', async () => {
  const { base64 } = exampleGif(40, 20, 3);
  const { facts, asked } = await gathered({
    eml: `From: a@example.se\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<img src="cid:Karta@example.se" width="40" alt="">\r\n--b\r\nContent-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <karta@example.se>\r\n\r\n${base64}\r\n--b--\r\n`,
  });
  expect(asked).toEqual([]);
  expect(facts.pictures?.known && facts.pictures.value.pictures[0]).toMatchObject({
    state: 'answered',
    read: { format: 'gif', width: 40, frames: 3 },
  });
});

test.each([
  ['one that timed out', 'https://example.se/a.png', { failure: 'ETIMEDOUT' }, { unknown: 'sites-silent' }],
  ['one that is not to be asked', 'http://10.0.0.1/a.png', undefined, { unknown: 'sites-silent' }],
  ['a server’s own error', 'https://example.se/a.png', { status: 500 }, []],
] as const)('where no image is answered for, the check has no answer: %s', async (_, src, page, expected) => {
  const { facts } = await gathered({
    html: `<p>Hej</p><img src="${src}" alt="Höst">`,
    web: page ? { [src]: page } : {},
  });
  if (!facts.pictures?.known) throw new Error('unknown');
  const answer = imageFile.check({ pictures: facts.pictures.value } as Facts, { policy, clients, now });
  expect(answer).toEqual(expected);
});

describe('previews', () => {
  const world: World = {
    html: '<p>Hej</p><img src="https://example.se/a.png" width="300" alt="A"><img src="http://example.se/fel.png" alt=""><img src="https://example.se/sida" alt="">',
    web: {
      'https://example.se/a.png': examplePng(600, 400),
      'http://example.se/fel.png': { status: 404 },
      'https://example.se/sida': { type: 'image/png', body: '<html>' },
    },
  };
  function drawing() {
    const pages: PageRequest[] = [];
    const browser = {
      ...noBrowser,
      describe: async () => ({ version: 'none', sandbox: true }),
      async draw(page: PageRequest) {
        pages.push(page);
        const size = { width: 1, height: 1, contentWidth: 1, contentHeight: 1 };
        return { png: new Uint8Array(), ...size, cut: false, visibleText: 1, refused: 0 };
      },
    };
    // What the layout was is nobody's question here.
    return { pages, browser: browser as unknown as typeof noBrowser };
  }

  test('show what was fetched and is a picture, by its bytes; each asked for once, whoever asks', async () => {
    const { pages, browser } = drawing();
    const { asked } = await gathered(world, ['pictures', 'rendering'], browser);
    expect(pages.length).toBeGreaterThan(0);
    for (const { images } of pages) {
      expect([...images].map(([source, { contentType }]) => [source, contentType])).toEqual([
        ['https://example.se/a.png', 'image/png'],
      ]);
    }
    expect(asked.sort()).toEqual([
      'http://example.se/fel.png',
      'https://example.se/a.png',
      'https://example.se/sida',
    ]);
  });

  test('ask for nothing where the network is left out', async () => {
    const { pages, browser } = drawing();
    const { asked } = await gathered(world, ['rendering'], browser, true);
    expect([asked, pages.every(({ images }) => images.size === 0)]).toEqual([[], true]);
  });
});
