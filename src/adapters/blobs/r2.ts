import { type Blobs, BlobTooLarge } from '../../ports.ts';

/** As much of Cloudflare's R2MultipartUpload as is used here. */
export interface R2Upload {
  uploadPart(number: number, bytes: Uint8Array): Promise<{ partNumber: number; etag: string }>;
  complete(parts: { partNumber: number; etag: string }[]): Promise<unknown>;
  abort(): Promise<void>;
}

/** As much of Cloudflare's R2Bucket as is used here; the binding itself fits. */
export interface R2Binding {
  put(key: string, bytes: Uint8Array): Promise<unknown>;
  get(key: string): Promise<{
    readonly body: ReadableStream<Uint8Array>;
    arrayBuffer(): Promise<ArrayBuffer>;
  } | null>;
  delete(key: string): Promise<void>;
  createMultipartUpload(key: string): Promise<R2Upload>;
}

/** All parts but the last are of one size, and of 5 MiB at least. */
const partSize = 8 * 1024 * 1024;

/** Blobs in an R2 bucket, which is strongly consistent: what is put is there for the next to ask. */
export function createR2Blobs(bucket: R2Binding): Blobs {
  return {
    async put(key, bytes) {
      await bucket.put(key, bytes);
    },
    async get(key) {
      const found = await bucket.get(key);
      return found === null ? undefined : new Uint8Array(await found.arrayBuffer());
    },
    async putStream(key, stream, most) {
      // R2 takes a stream only when its length is known; until all parts are in, nothing is there.
      let upload: R2Upload | undefined;
      const parts: { partNumber: number; etag: string }[] = [];
      let size = 0;
      let part = new Uint8Array(partSize);
      let filled = 0;
      const flush = async (to: R2Upload) => {
        parts.push(await to.uploadPart(parts.length + 1, part.subarray(0, filled)));
        part = new Uint8Array(partSize);
        filled = 0;
      };
      try {
        for await (const chunk of stream) {
          size += chunk.byteLength;
          if (size > most) throw new BlobTooLarge(most);
          for (let from = 0; from < chunk.byteLength; ) {
            // Only when more follows: the last part may not be empty.
            if (filled === partSize) {
              upload ??= await bucket.createMultipartUpload(key);
              await flush(upload);
            }
            const taken = chunk.subarray(from, from + partSize - filled);
            part.set(taken, filled);
            filled += taken.byteLength;
            from += taken.byteLength;
          }
        }
        if (!upload) await bucket.put(key, part.subarray(0, filled));
        else {
          await flush(upload);
          await upload.complete(parts);
        }
      } catch (error) {
        await upload?.abort().catch(() => {});
        throw error;
      }
      return size;
    },
    async getStream(key) {
      return (await bucket.get(key))?.body;
    },
    delete: (key) => bucket.delete(key),
  };
}
