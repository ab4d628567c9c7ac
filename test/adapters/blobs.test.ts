import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFileBlobs } from '../../src/adapters/blobs/files.ts';
import type { Blobs } from '../../src/ports.ts';

let outside: string;
let dir: string;
let blobs: Blobs;
beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), 'klarsignal-blobs-'));
  dir = join(outside, 'blobs');
  blobs = createFileBlobs(dir);
});
afterEach(() => rmSync(outside, { recursive: true, force: true }));

const bytes = (text: string) => new TextEncoder().encode(text);

/** Every file below the folder, as a path in it. */
function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

describe('blobs in files', () => {
  test.each([
    ['text', bytes('hello')],
    ['nothing', new Uint8Array()],
    ['every byte', Uint8Array.from({ length: 256 }, (_, n) => n)],
    ['a megabyte', new Uint8Array(1 << 20).fill(7)],
    ['part of a larger buffer', new Uint8Array(bytes('hello').buffer, 1, 3)],
  ])('round trip: %s', async (_, content) => {
    await blobs.put('org_1/uploads/a-b.eml', content);
    const read = await blobs.get('org_1/uploads/a-b.eml');
    expect(read?.constructor).toBe(Uint8Array);
    expect(Buffer.from(read ?? []).equals(content)).toBe(true);
    expect(files(dir)).toEqual(['org_1/uploads/a-b.eml']);
  });

  test('one that is missing is undefined; deleting it is no error', async () => {
    expect(await blobs.get('org_1/uploads/a')).toBeUndefined();
    await blobs.delete('org_1/uploads/a');
    await blobs.put('org_1/uploads/a', bytes('a'));
    await blobs.delete('org_1/uploads/a');
    expect(await blobs.get('org_1/uploads/a')).toBeUndefined();
  });

  test('putting again replaces, and others stay', async () => {
    await blobs.put('org_1/a', bytes('long before'));
    await blobs.put('org_1/b', bytes('other'));
    await blobs.put('org_1/a', bytes('new'));
    expect(await blobs.get('org_1/a')).toEqual(bytes('new'));
    expect(await blobs.get('org_1/b')).toEqual(bytes('other'));
  });

  test('many at once: each reader sees one whole version', async () => {
    const versions = Array.from({ length: 20 }, (_, n) => new Uint8Array(50_000).fill(n));
    const reads: (Uint8Array | undefined)[] = [];
    await Promise.all(
      versions.map(async (version) => {
        await blobs.put('org_1/a', version);
        reads.push(await blobs.get('org_1/a'));
      }),
    );
    for (const read of reads) {
      expect(read?.length).toBe(50_000);
      expect(new Set(read).size).toBe(1);
    }
    expect(files(dir)).toEqual(['org_1/a']);
  });

  test('files 0600 in folders 0700', async () => {
    await blobs.put('org_1/uploads/a', bytes('a'));
    const modes = ['', '.incoming', 'org_1', 'org_1/uploads', 'org_1/uploads/a'].map(
      (name) => statSync(join(dir, name)).mode & 0o777,
    );
    expect(modes).toEqual([0o700, 0o700, 0o700, 0o700, 0o600]);
  });

  const refused = [
    '',
    '.',
    '..',
    '../secret',
    'org/../../secret',
    'org/..',
    'a..b',
    '/etc/passwd',
    '//a',
    'a//b',
    'a/',
    './a',
    'a/./b',
    '.incoming/a',
    'org/.hidden',
    'org\\..\\secret',
    'C:/a',
    'Org/a',
    'a b',
    'a%2e%2e/b',
    'å',
    'a\0b',
    'a\n',
    'a\nb',
    'a'.repeat(201),
  ];
  test.each(refused.map((key) => [key]))('refuses the key %j', async (key) => {
    writeFileSync(join(outside, 'secret'), 'secret');
    await expect(blobs.put(key, bytes('x'))).rejects.toThrow(RangeError);
    await expect(blobs.get(key)).rejects.toThrow(RangeError);
    await expect(blobs.delete(key)).rejects.toThrow(RangeError);
    expect(files(outside)).toEqual(['secret']);
  });

  test('nothing is left of a put that failed, before or at the last step', async () => {
    const text = 'not bytes' as unknown as Uint8Array;
    await expect(blobs.put('org_1/a', { length: 3 } as unknown as Uint8Array)).rejects.toThrow();
    expect(files(dir)).toEqual([]);
    await blobs.put('org_1/folder/a', bytes('kept'));
    await expect(blobs.put('org_1/folder', text)).rejects.toThrow();
    expect(files(dir)).toEqual(['org_1/folder/a']);
    await expect(blobs.put('org_1/folder/a/b', bytes('x'))).rejects.toThrow();
    expect(files(dir)).toEqual(['org_1/folder/a']);
  });

  test('a failed put leaves the version before it', async () => {
    await blobs.put('org_1/a', bytes('before'));
    await expect(blobs.put('org_1/a', { length: 3 } as unknown as Uint8Array)).rejects.toThrow();
    expect(await blobs.get('org_1/a')).toEqual(bytes('before'));
  });

  test('halves that a killed process left are gone after the next start; blobs stay', async () => {
    await blobs.put('org_1/a', bytes('a'));
    mkdirSync(join(dir, '.incoming'), { recursive: true });
    writeFileSync(join(dir, '.incoming', 'half'), 'ha');
    const again = createFileBlobs(dir);
    expect(existsSync(join(dir, '.incoming', 'half'))).toBe(false);
    expect(await again.get('org_1/a')).toEqual(bytes('a'));
  });

  const streamOf = (...chunks: Uint8Array[]) =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(chunk);
        controller.close();
      },
    });
  const whole = async (stream: ReadableStream<Uint8Array> | undefined) =>
    stream && new Uint8Array(await new Response(stream).arrayBuffer());

  test.each([
    ['nothing', []],
    ['one chunk', [bytes('hello')]],
    ['an empty chunk between', [bytes('he'), new Uint8Array(), bytes('llo')]],
    ['many', Array.from({ length: 50 }, (_, n) => new Uint8Array(100_000).fill(n))],
  ])('a stream, round trip: %s', async (_, chunks) => {
    const content = Buffer.concat(chunks);
    expect(await blobs.putStream('org_1/lists/a', streamOf(...chunks), content.length)).toBe(content.length);
    expect(content.equals((await whole(await blobs.getStream('org_1/lists/a'))) ?? Buffer.of(1))).toBe(true);
    expect(content.equals((await blobs.get('org_1/lists/a')) ?? Buffer.of(1))).toBe(true);
    expect(files(dir)).toEqual(['org_1/lists/a']);
  });

  test('a stream of one byte too many leaves nothing, and is cancelled', async () => {
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1000)),
      cancel: () => {
        cancelled = true;
      },
    });
    await expect(blobs.putStream('org_1/a', endless, 9_999)).rejects.toMatchObject({ name: 'BlobTooLarge' });
    expect(cancelled).toBe(true);
    expect(files(dir)).toEqual([]);
    await blobs.put('org_1/a', bytes('before'));
    await expect(blobs.putStream('org_1/a', streamOf(bytes('12345')), 4)).rejects.toThrow(/4 bytes/);
    expect(await blobs.get('org_1/a')).toEqual(bytes('before'));
    expect(files(dir)).toEqual(['org_1/a']);
  });

  test('a stream that breaks off, or that has no good key, leaves nothing', async () => {
    const broken = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(bytes('half')),
      pull: (controller) => controller.error(new Error('cut off')),
    });
    await expect(blobs.putStream('org_1/a', broken, 100)).rejects.toThrow('cut off');
    let cancelled = false;
    const unread = new ReadableStream<Uint8Array>({
      cancel: () => {
        cancelled = true;
      },
    });
    await expect(blobs.putStream('../secret', unread, 100)).rejects.toThrow(RangeError);
    await expect(blobs.getStream('../secret')).rejects.toThrow(RangeError);
    expect(cancelled).toBe(true);
    expect(files(outside)).toEqual([]);
  });

  test('what is being read stays what it was; one that is missing is undefined', async () => {
    expect(await blobs.getStream('org_1/a')).toBeUndefined();
    await blobs.put('org_1/a', bytes('before'));
    const open = await blobs.getStream('org_1/a');
    await blobs.put('org_1/a', bytes('after'));
    const gone = await blobs.getStream('org_1/a');
    await blobs.delete('org_1/a');
    expect(await whole(open)).toEqual(bytes('before'));
    expect(await whole(gone)).toEqual(bytes('after'));
  });
});
