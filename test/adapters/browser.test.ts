import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createBrowser } from '../../src/adapters/browser/chromium.ts';
import { findExecutable } from '../../src/adapters/browser/executable.ts';
import { fontConfiguration } from '../../src/adapters/browser/fonts.ts';
import { chooseIdentity } from '../../src/adapters/browser/identity.ts';
import { createSlots } from '../../src/adapters/browser/slots.ts';
import { unpackChromium } from '../../src/adapters/browser/unpack.ts';
import type { Browser, PageImage, PageRequest } from '../../src/ports.ts';

let folder: string;
let browser: Browser;
const limit = () => AbortSignal.timeout(30_000);
/** Processes end when the kernel gets to it, later on a busy machine. */
const eventually = <T>(look: () => Promise<T>) => expect.poll(look, { timeout: 10_000 });
vi.setConfig({ testTimeout: 30_000 });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'klarsignal-test-'));
  // A stranger must be able to walk in when Chromium runs as nobody.
  await chmod(folder, 0o755);
  // Tells this file's browsers from those of tests beside it.
  vi.stubEnv('TMPDIR', join(folder, 'tmp'));
  await mkdir(tmpdir(), { mode: 0o755 });
  browser = createBrowser(options());
  await browser.describe();
}, 60_000);

afterAll(async () => {
  await browser.close();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

function options() {
  return { cacheDir: join(folder, 'cache'), searchPath: process.env.PATH };
}

function page(html: string, rest: Partial<PageRequest> = {}): PageRequest {
  return { html, width: 400, height: 300, colorScheme: 'light', mobile: false, images: new Map(), ...rest };
}

const phone = { width: 375, height: 667, mobile: true };
const green = 'rgb(0, 128, 0)';
const blue = 'rgb(0, 0, 255)';
const white = 'rgb(255, 255, 255)';

/** Enough PNG (8 bits, RGB or RGBA, no interlace) to ask what colour a pixel has; slow, so only when asked. */
function decode(png: Uint8Array): { width: number; height: number; at(x: number, y: number): string } {
  const bytes = Buffer.from(png);
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const size = bytes[25] === 6 ? 4 : 3;
  let pixels: Uint8Array | undefined;
  const at = (x: number, y: number) => {
    pixels ??= unfilter(bytes, height, width * size, size);
    const start = (y * width + x) * size;
    return `rgb(${[...pixels.subarray(start, start + 3)].join(', ')})`;
  };
  return { width, height, at };
}

function unfilter(bytes: Buffer, height: number, line: number, size: number): Uint8Array {
  const data: Buffer[] = [];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const end = at + 8 + bytes.readUInt32BE(at);
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(bytes.subarray(at + 8, end));
  }
  const raw = inflateSync(Buffer.concat(data));
  const out = new Uint8Array(height * line);
  const get = (index: number, there: boolean) => (there ? (out[index] ?? 0) : 0);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (line + 1)];
    for (let x = 0; x < line; x += 1) {
      const here = y * line + x;
      const left = get(here - size, x >= size);
      const up = get(here - line, y > 0);
      const corner = get(here - line - size, x >= size && y > 0);
      const [toLeft, toUp, toCorner] = [up - corner, left - corner, left + up - 2 * corner].map(Math.abs) as [
        number,
        number,
        number,
      ];
      const paeth = toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
      const guess = [0, left, up, (left + up) >> 1, paeth][filter ?? 0] ?? 0;
      out[here] = (raw[y * (line + 1) + 1 + x] ?? 0) + guess;
    }
  }
  return out;
}

async function drawn(html: string, rest: Partial<PageRequest> = {}) {
  const picture = await browser.draw(page(html, rest), limit());
  return { ...picture, ...decode(picture.png) };
}

/** Browsers that tests have seen; what they forked is in their process group. */
const groups = new Set<number>();

/** Our Chromium processes that live, with what /proc says of them. */
async function processes(): Promise<{ pid: number; uid: string; seccomp: string }[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const read = (pid: string, file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
  for (const pid of pids) {
    const isOurs = (await read(pid, 'cmdline')).includes(`--user-data-dir=${tmpdir()}/klarsignal-chromium-`);
    if (isOurs) groups.add(Number(pid));
  }
  const found: { pid: number; uid: string; seccomp: string }[] = [];
  for (const pid of pids) {
    const [state, , group] = (await read(pid, 'stat')).split(') ').at(-1)?.split(' ') ?? [];
    if (state === 'Z' || !groups.has(Number(group))) continue;
    const status = await read(pid, 'status');
    const field = (name: string) => new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? '';
    found.push({ pid: Number(pid), uid: field('Uid'), seccomp: field('Seccomp') });
  }
  return found;
}

describe('a picture', () => {
  test('is a PNG of the whole page in CSS pixels', async () => {
    const picture = await drawn(
      '<body style="margin:0;background:green"><p style="height:900px;margin:0">Hej',
    );
    expect(Buffer.from(picture.png.subarray(0, 8)).toString('hex')).toBe('89504e470d0a1a0a');
    expect(picture).toMatchObject({ width: 400, height: 900, contentWidth: 400, contentHeight: 900 });
    expect(picture).toMatchObject({ cut: false, visibleText: 3, refused: 0 });
    expect([picture.at(0, 0), picture.at(399, 899)]).toEqual([green, green]);
  });

  test('follows the colour scheme', async () => {
    const html =
      '<style>body{background:green}@media(prefers-color-scheme:dark){body{background:blue}}</style>';
    expect((await drawn(html)).at(5, 5)).toBe(green);
    expect((await drawn(html, { colorScheme: 'dark' })).at(5, 5)).toBe(blue);
  });

  test('keeps vh units at the height of the screen', async () => {
    const html =
      '<body style="margin:0"><div style="height:100vh;background:green"></div><div style="height:500px">';
    const picture = await drawn(html);
    expect([picture.height, picture.at(0, 299), picture.at(0, 301)]).toEqual([800, green, white]);
  });

  test('stops at 10,000 px and says so', async () => {
    const picture = await drawn(
      '<body style="margin:0"><div style="height:9990px"></div><div style="height:9e6px;background:green">',
      { width: 100 },
    );
    expect(picture).toMatchObject({ width: 100, height: 10_000, cut: true, contentHeight: 9_009_990 });
    expect([picture.at(50, 9989), picture.at(50, 9991), picture.at(50, 9999)]).toEqual([white, green, green]);
  });

  test('of something that moves shows an endless animation at rest and any other at its end', async () => {
    const picture = await drawn(
      `<style>@keyframes a{from{background:red}to{background:blue}} div{height:50px}</style>
      <body style="margin:0"><div style="animation:a 1s infinite;background:green"></div>
      <div style="animation:a 99s forwards"></div>`,
    );
    expect([picture.at(5, 5), picture.at(5, 55)]).toEqual([green, blue]);
  });

  test('counts the text that a reader sees', async () => {
    const { visibleText } = await drawn(
      `<title>no</title><p>ett  två\n<p hidden>no<p>&zwnj;&nbsp;&#847;&shy;</p><style>no{}</style>
      <form name=body><input name=innerText></form><img name=scrollingElement id=scrollingElement>`,
    );
    expect(visibleText).toBe(7);
  });
});

describe('a phone', () => {
  const viewport = '<meta name=viewport content="width=device-width,initial-scale=1"><body style="margin:0">';
  const wide = '<table width=900 cellspacing=0 bgcolor=green><tr><td>x</table>';

  test('honours the meta viewport', async () => {
    expect(await drawn(viewport, phone)).toMatchObject({ width: 375, height: 667, contentWidth: 375 });
    expect(await drawn('<body>', phone)).toMatchObject({ width: 980, contentWidth: 980 });
    expect(await drawn('<meta name=viewport content="width=9999">', phone)).toMatchObject({
      width: 2000,
      contentWidth: 9999,
    });
  });

  test.each(['', '<!doctype html>'])('measures what is too wide (%s)', async (doctype) => {
    const picture = await drawn(doctype + viewport + wide, phone);
    expect(picture).toMatchObject({ width: 375, height: 667, contentWidth: 900, contentHeight: 667 });
    expect(picture.at(374, 5)).toBe(green);
  });

  test('is what pointer media queries see', async () => {
    const html = `${viewport}<style>@media(pointer:coarse) and (max-width:375px){body{background:green}}</style>`;
    expect((await drawn(html, phone)).at(5, 5)).toBe(green);
    expect((await drawn(html, { width: 375 })).at(5, 5)).toBe(white);
  });
});

describe('a hostile page', () => {
  let server: Server;
  let there: string;
  let arrived: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      arrived.push(request.url ?? '');
      response.end();
    });
    // A preconnect sends no request, so connections count too.
    server.on('connection', () => arrived.push('connection'));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    there = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test.each<[string, (at: string) => string, number]>([
    ['image', (at) => `<img src="${at}/a"><img srcset="${at}/b 1x"><img loading=lazy src="${at}/c">`, 3],
    ['style sheet', (at) => `<link rel=stylesheet href="${at}/a"><style>@import "${at}/b"</style>`, 2],
    ['background', (at) => `<body background="${at}/a"><p style="background:url(${at}/b)">x`, 2],
    ['font', (at) => `<style>@font-face{font-family:x;src:url(${at}/a)}p{font-family:x}</style><p>x`, 1],
    ['prefetch', (at) => `<link rel=prefetch href="${at}/a"><link rel=preload as=image href="${at}/b">`, 2],
    ['preconnect', (at) => `<link rel=preconnect href="${at}"><link rel=dns-prefetch href="${at}">`, 0],
    ['video', (at) => `<video poster="${at}/a" src="${at}/b" autoplay></video>`, 2],
    ['object', (at) => `<object data="${at}/a"></object><embed src="${at}/b">`, 0],
    ['drawing', (at) => `<svg><image href="${at}/a"/><use href="${at}/b#c"/></svg>`, 1],
    ['frame', (at) => `<iframe src="${at}/a"></iframe><iframe srcdoc="<img src='${at}/b'>"></iframe>`, 0],
    ['sandboxed frame', (at) => `<iframe sandbox srcdoc="<img src='${at}/b'>"></iframe>`, 0],
    ['data frame', (at) => `<iframe src="data:text/html,<img src='${at}/a'>"></iframe>`, 0],
    ['frameset', (at) => `<frameset><frame src="${at}/a"></frameset>`, 0],
    ['refresh', (at) => `<meta http-equiv=refresh content="0;url=${at}/a">`, 0],
    ['form', (at) => `<form action="${at}/a"><input type=image src="${at}/b" autofocus></form>`, 1],
    ['script', (at) => `<script src="${at}/a"></script><link rel=modulepreload href="${at}/b">`, 0],
    ['base', (at) => `<base href="${at}/"><img src="a">`, 1],
    [
      'other scheme',
      () => '<img src="file:///etc/hostname"><img src="cid:none"><img src="ftp://127.0.0.1/a">',
      1,
    ],
  ])('reaches nobody by %s', async (_, html, least) => {
    arrived = [];
    const { refused } = await drawn(html(there));
    expect(arrived).toEqual([]);
    expect(refused).toBeGreaterThanOrEqual(least);
  });

  test('runs no script and goes nowhere', async () => {
    const bad = "document.body.style.background='red'";
    const { at, visibleText } = await drawn(
      `<meta http-equiv=refresh content="0;url=data:text/html,gone"><body style="background:green" onload="${bad}">
      <script>${bad}</script><img src="x" onerror="${bad}"><svg onload="${bad}"></svg>
      <a href="javascript:${bad}" autofocus onfocus="${bad}">a</a><noscript>bc</noscript>
      <iframe srcdoc="<body bgcolor=red>" style="position:fixed;right:0;bottom:0;border:0"></iframe>`,
    );
    expect([at(2, 2), at(395, 295), visibleText]).toEqual([green, green, 3]);
  });

  test.each(['', '<html style="display:none">x', '<frameset></frameset>', '\0'])(
    'with nothing to see (%j)',
    async (html) => {
      expect(await drawn(html)).toMatchObject({ width: 400, height: 300, visibleText: 0 });
      expect((await drawn(html, phone)).width).toBe(980);
    },
  );

  test('of 20,000 elements is drawn', async () => {
    expect((await drawn('<p>x <b>y</b>'.repeat(10_000))).visibleText).toBe(39_999);
  });

  test('that never ends is ended by the signal, and the next page is drawn', async () => {
    const uses = Array.from(
      { length: 9 },
      (_, i) => `<g id=a${i + 1}>${`<use href="#a${i}"/>`.repeat(10)}</g>`,
    );
    const html = `<svg><g id=a0><rect width=1 height=1 /></g>${uses.join('')}</svg>`;
    const began = performance.now();
    await expect(browser.draw(page(html), AbortSignal.timeout(1000))).rejects.toMatchObject({
      name: 'BrowserError',
      failure: 'timeout',
    });
    expect(performance.now() - began).toBeLessThan(2000);
    expect((await drawn('<p>x')).visibleText).toBe(1);
  });
});

describe('known images', () => {
  // 1 x 1, green.
  const dot: PageImage = {
    contentType: 'image/svg+xml',
    bytes: Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path fill="green" d="M0 0h9v9H0"/></svg>',
    ),
  };
  const image = (src: string) => `<body style="margin:0"><img width=50 height=50 src="${src}">`;

  test.each([
    ['https://Example.com/a b.png?c=1', 'https://Example.com/a b.png?c=1'],
    ['http://example.com/a.png#part', 'http://example.com/a.png#part'],
    ['https://example.com/?a=1&b=2', 'https://example.com/?a=1&amp;b=2'],
    ['cid:logo.1@example.com', 'cid:logo.1@example.com'],
    ['x-app:1', 'x-app:1'],
    ['bilder/å.png', 'bilder/å.png'],
  ])('%s is shown', async (source, src) => {
    const picture = await drawn(image(src), { images: new Map([[source, dot]]) });
    expect([picture.at(25, 25), picture.refused]).toEqual([green, 0]);
  });

  test('are shown as backgrounds and only as images', async () => {
    const images = new Map([['cid:a', dot]]);
    const { at } = await drawn('<body style="background:url(cid:a)">', { images });
    expect(at(25, 25)).toBe(green);
    const css: PageImage = { contentType: 'image/png', bytes: Buffer.from('body{background:green}') };
    const sheet = await drawn('<link rel=stylesheet href="a">', { images: new Map([['a', css]]) });
    expect([sheet.at(25, 25), sheet.refused]).toEqual([white, 1]);
  });

  test('that are missing keep their room and show its edge', async () => {
    const picture = await drawn(
      '<!doctype html><body style="margin:0"><img src="a" alt="En bild" width=50 height=50 style="display:block"><img src="b" width=1 height=1>',
    );
    const edge = Array.from({ length: 50 }, (_, i) => picture.at(49, i));
    expect(new Set(edge).size).toBeGreaterThan(1);
    expect([picture.at(30, 45), picture.at(0, 50)]).toEqual([white, white]);
  });

  test('in data: need nobody', async () => {
    const data = `data:image/svg+xml;base64,${Buffer.from(dot.bytes).toString('base64')}`;
    expect((await drawn(image(data))).at(25, 25)).toBe(green);
  });
});

describe('the browser', () => {
  test('tells its version and its sandbox, and root never runs it', async () => {
    const { version, sandbox } = await browser.describe();
    expect(version).toMatch(/Chrom.*\d/);
    const drawing = drawn('<p>x <b>y</b>'.repeat(10_000));
    // Seccomp mode 2 is Chromium's filter on the processes that read pages.
    const filtered = async () => (await processes()).some(({ seccomp }) => seccomp === '2');
    if (sandbox) await eventually(filtered).toBe(true);
    const users = new Set((await processes()).map(({ uid }) => uid));
    expect(users).toEqual(new Set([String((await chooseIdentity())?.uid ?? process.getuid?.())]));
    await drawing;
  });

  test('draws several pages at once and keeps them apart', async () => {
    const colours = ['red', 'green', 'blue', 'lime', 'black', 'white'];
    const pictures = await Promise.all(colours.map((colour) => drawn(`<body style="background:${colour}">`)));
    expect(pictures.map(({ at }) => at(9, 9))).toEqual([
      'rgb(255, 0, 0)',
      green,
      blue,
      'rgb(0, 255, 0)',
      'rgb(0, 0, 0)',
      white,
    ]);
  });

  test('refuses a job whose signal is spent', async () => {
    await expect(browser.draw(page(''), AbortSignal.abort())).rejects.toMatchObject({ failure: 'timeout' });
  });

  test.each(['SIGKILL', 'SIGSTOP'] as const)(
    'that gets %s fails the job in flight and is replaced',
    async (kind) => {
      const { version } = await browser.describe();
      const before = await processes();
      const main = Math.min(...before.map(({ pid }) => pid));
      const signal = kind === 'SIGSTOP' ? AbortSignal.timeout(500) : limit();
      const slow = browser.draw(page('<p>x <b>y</b>'.repeat(50_000)), signal);
      // Stopping only a wrapper script would stop nothing.
      process.kill(kind === 'SIGSTOP' ? -main : main, kind);
      await expect(slow).rejects.toMatchObject({ failure: kind === 'SIGSTOP' ? 'timeout' : 'crashed' });
      expect((await drawn('<p>x')).visibleText).toBe(1);
      await eventually(async () => (await processes()).some(({ pid }) => pid === main)).toBe(false);
      expect((await browser.describe()).version).toBe(version);
    },
  );

  test('ends when idle, leaves nothing behind when closed, and stays closed', async () => {
    await browser.close();
    await eventually(processes).toEqual([]);
    const other = createBrowser({ ...options(), idleMs: 1 });
    await other.draw(page('x'), limit());
    await eventually(processes).toEqual([]);
    await other.draw(page('x'), limit());
    await other.close();
    expect(await readdir(tmpdir())).toEqual([]);
    await eventually(processes).toEqual([]);
    await expect(other.draw(page('x'), limit())).rejects.toMatchObject({ failure: 'missing' });
    browser = createBrowser(options());
  });
});

describe('without', () => {
  test('a browser there is a clear error', async () => {
    const none = createBrowser({ cacheDir: join(folder, 'none'), executablePath: join(folder, 'absent') });
    const error = { name: 'BrowserError', failure: 'missing' };
    await expect(none.draw(page(''), limit())).rejects.toMatchObject({
      ...error,
      message: expect.stringMatching(/No browser can be started.*absent/),
    });
    await expect(none.describe()).rejects.toMatchObject({ failure: 'missing' });
    await none.close();
    const nowhere = createBrowser({ cacheDir: join(folder, 'none'), sources: [] });
    await expect(nowhere.describe()).rejects.toMatchObject({ failure: 'missing' });
  });

  test('a browser that works, a file by its name is passed over', async () => {
    const stub = join(folder, 'bin', 'chromium');
    await mkdir(join(folder, 'bin'), { mode: 0o755 });
    await writeFile(stub, '#!/bin/sh\necho install the snap; exit 1\n', { mode: 0o755 });
    const found = await findExecutable(
      { cacheDir: join(folder, 'cache'), searchPath: join(folder, 'bin'), sources: ['system', 'package'] },
      await chooseIdentity(),
      limit(),
    );
    expect(found.path).not.toBe(stub);
  });

  test('a sandbox it says so once, or refuses', async () => {
    const identity = await chooseIdentity();
    const real = await findExecutable(options(), identity, limit());
    const fake = join(folder, 'no-sandbox');
    const libraries = real.libraries === undefined ? '' : `export LD_LIBRARY_PATH='${real.libraries}'\n`;
    await writeFile(
      fake,
      `#!/bin/sh\n${libraries}case " $* " in *" --no-sandbox "*|*" --version "*) exec '${real.path}' "$@";; esac
      echo 'FATAL: No usable sandbox!' >&2; exit 1\n`,
      { mode: 0o755 },
    );
    const lines: string[] = [];
    const fakes = { cacheDir: folder, executablePath: fake, log: (line: string) => lines.push(line) };
    const prefers = createBrowser({ ...fakes, idleMs: 1 });
    expect(await prefers.describe()).toMatchObject({ sandbox: false });
    await eventually(processes).toEqual([]);
    expect((await prefers.draw(page('<p>x'), limit())).visibleText).toBe(1);
    await prefers.close();
    expect(lines).toEqual([expect.stringContaining('without a sandbox')]);
    const requires = createBrowser({ ...fakes, sandbox: 'require' });
    await expect(requires.describe()).rejects.toMatchObject({ failure: 'missing' });
    expect(lines).toHaveLength(1);
  });

  test('a network the download fails cleanly', async () => {
    // An unwritable place stands in for it: the registry must not be asked by a test.
    await writeFile(join(folder, 'file'), '');
    const browser = createBrowser({ cacheDir: join(folder, 'file'), sources: ['download'] });
    await expect(browser.describe()).rejects.toMatchObject({ failure: 'missing' });
  });
});

test.runIf(process.platform === 'linux' && process.arch === 'x64')(
  'two who unpack the packed Chromium at once get one private folder',
  async () => {
    const identity = await chooseIdentity();
    const cacheDir = join(folder, 'unpacked');
    const [one, two] = await Promise.all([
      unpackChromium(cacheDir, identity),
      unpackChromium(cacheDir, identity),
    ]);
    expect(one).toEqual(two);
    expect(await readdir(cacheDir)).toEqual([expect.stringMatching(/^chromium-\d+\.\d+\.\d+$/)]);
    const own = createBrowser({ cacheDir, sources: ['package'] });
    expect((await own.draw(page('<p>x'), limit())).visibleText).toBe(1);
    await own.close();
  },
  30_000,
);

test('slots are given in order, and a waiter who leaves loses its turn', async () => {
  const slots = createSlots(1);
  const forever = new AbortController().signal;
  const leaving = new AbortController();
  const order: string[] = [];
  const arrive = (name: string, free: () => void) => {
    order.push(name);
    return free;
  };
  const first = await slots.take(forever);
  const second = slots.take(leaving.signal);
  const third = slots.take(forever).then((free) => arrive('third', free));
  const fourth = slots.take(forever).then((free) => arrive('fourth', free));
  leaving.abort(new Error('left'));
  await expect(second).rejects.toThrow('left');
  first();
  first();
  (await third)();
  (await fourth)();
  expect(order).toEqual(['third', 'fourth']);
  await slots.take(forever);
  const late = slots.take(forever);
  slots.close(new Error('closed'));
  await expect(late).rejects.toThrow('closed');
  await expect(slots.take(forever)).rejects.toThrow('closed');
});

test('the font configuration escapes folder names', () => {
  expect(fontConfiguration(['/a<b>&c'])).toContain('<dir>/a&lt;b&gt;&amp;c</dir>');
});
