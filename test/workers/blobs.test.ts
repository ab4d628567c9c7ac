/** Streams in a real R2, which takes one of unknown length only in parts. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createR2Blobs } from '../../src/adapters/blobs/r2.ts';
import { startWorker } from './harness.ts';

let started: Awaited<ReturnType<typeof startWorker>>;
beforeAll(async () => {
  started = await startWorker();
});
afterAll(() => started.server.close());

const mebibyte = 1024 * 1024;
const streamOf = (mebibytes: number) => {
  let n = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (n === mebibytes) controller.close();
      else controller.enqueue(new Uint8Array(mebibyte).fill(++n));
    },
  });
};

test.each([0, 1, 8, 17])('%i MiB go in as a stream, and come back', async (mebibytes) => {
  const blobs = createR2Blobs(started.env.BLOBS);
  const size = mebibytes * mebibyte;
  expect(await blobs.putStream('org_1/lists/a', streamOf(mebibytes), size)).toBe(size);
  const read = await blobs.getStream('org_1/lists/a');
  if (!read) throw new Error('missing');
  const bytes = new Uint8Array(await new Response(read).arrayBuffer());
  expect(bytes.length).toBe(size);
  for (let n = 0; n < mebibytes; n++) expect(bytes[n * mebibyte]).toBe(n + 1);
});

test('one byte too many leaves nothing', async () => {
  const blobs = createR2Blobs(started.env.BLOBS);
  await expect(blobs.putStream('org_1/b', streamOf(9), 9 * mebibyte - 1)).rejects.toMatchObject({
    name: 'BlobTooLarge',
  });
  expect(await blobs.getStream('org_1/b')).toBeUndefined();
});
