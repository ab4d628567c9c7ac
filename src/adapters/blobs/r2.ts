import type { Blobs } from '../../ports.ts';

/** As much of Cloudflare's R2Bucket as is used here; the binding itself fits. */
export interface R2Binding {
  put(key: string, bytes: Uint8Array): Promise<unknown>;
  get(key: string): Promise<{ arrayBuffer(): Promise<ArrayBuffer> } | null>;
  delete(key: string): Promise<void>;
}

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
    delete: (key) => bucket.delete(key),
  };
}
