import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { type Blobs, BlobTooLarge } from '../../ports.ts';

const privateFolder = { recursive: true, mode: 0o700 } as const;

/**
 * Blobs as files under `dir`: 0600 in folders of 0700, each whole or absent, on the disk when `put` resolves.
 * Empties `dir/.incoming`, where a killed process leaves halves: the host holds the directory's lock.
 * Every method rejects with a RangeError when the key is malformed.
 */
export function createFileBlobs(dir: string): Blobs {
  const root = resolve(dir);
  const incoming = join(root, '.incoming');
  rmSync(incoming, { recursive: true, force: true });
  mkdirSync(incoming, privateFolder);

  async function write(key: string, fill: (file: FileHandle) => Promise<void>): Promise<void> {
    const path = pathOf(root, key);
    const half = join(incoming, randomUUID());
    try {
      const file = await open(half, 'wx', 0o600);
      try {
        await fill(file);
        await file.sync();
      } finally {
        await file.close();
      }
      const made = await mkdir(dirname(path), privateFolder);
      await rename(half, path);
      await syncFolders(dirname(path), dirname(made ?? path));
    } catch (error) {
      await rm(half, { force: true });
      throw error;
    }
  }

  return {
    async put(key, bytes) {
      await write(key, (file) => file.writeFile(bytes));
    },

    async putStream(key, stream, most) {
      let size = 0;
      await write(key, async (file) => {
        for await (const chunk of stream) {
          size += chunk.byteLength;
          if (size > most) throw new BlobTooLarge(most);
          await file.writeFile(chunk);
        }
      }).catch(async (error) => {
        // One that was never read, since the key was refused or the disk full.
        if (!stream.locked) await stream.cancel(error).catch(() => {});
        throw error;
      });
      return size;
    },

    async getStream(key) {
      let file: FileHandle;
      try {
        file = await open(pathOf(root, key));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
      return Readable.toWeb(file.createReadStream()) as ReadableStream<Uint8Array>;
    },

    get: (key) => readBlob(root, key),

    async delete(key) {
      await rm(pathOf(root, key), { force: true });
    },
  };
}

/** Reads alone, beside the service that holds the directory: nothing is made or emptied. */
export function readFileBlobs(dir: string): Pick<Blobs, 'get'> {
  const root = resolve(dir);
  return { get: (key) => readBlob(root, key) };
}

async function readBlob(root: string, key: string): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await readFile(pathOf(root, key)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

// No part begins with a dot, so neither `..` nor `.incoming` can be reached; lower case only, since some
// file systems do not tell the cases apart.
const keyForm = /^[a-z0-9_-][a-z0-9_.-]*(?:\/[a-z0-9_-][a-z0-9_.-]*)*$/;

function pathOf(root: string, key: string): string {
  if (key.length > 200 || !keyForm.test(key) || key.includes('..')) {
    throw new RangeError(`Malformed blob key ${JSON.stringify(key.slice(0, 200))}`);
  }
  return join(root, key);
}

/** From `folder` up to `top`: a new name survives a power cut only when its folder was synced. */
async function syncFolders(folder: string, top: string): Promise<void> {
  // Windows cannot open a folder.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (folder !== top) await syncFolders(dirname(folder), top);
}
