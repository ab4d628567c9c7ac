/** Files that the command line names, read within bounds whatever they turn out to be. */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

export type ReadFile =
  | { ok: true; bytes: Uint8Array }
  /** `too-large`: more than the limit. `code`: as the system names it, such as ENOENT. */
  | { ok: false; reason: 'too-large' }
  | { ok: false; reason: 'unreadable'; code: string };

/** Reads a regular file; `-` is standard input. Folders, devices and named pipes are refused. */
export async function readBounded(path: string, limit: number): Promise<ReadFile> {
  try {
    if (path === '-') return await collect(process.stdin, limit);
    // Without it the opening of a named pipe waits for a writer, for ever.
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      return await readRegular(handle, limit);
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'EIO';
    return { ok: false, reason: 'unreadable', code };
  }
}

async function readRegular(handle: FileHandle, limit: number): Promise<ReadFile> {
  const about = await handle.stat();
  if (about.isDirectory()) return { ok: false, reason: 'unreadable', code: 'EISDIR' };
  if (!about.isFile()) return { ok: false, reason: 'unreadable', code: 'ENOTREG' };
  if (about.size > limit) return { ok: false, reason: 'too-large' };
  // The size is not to be trusted: /proc says 0, and a file may grow while it is read.
  return collect(handle.createReadStream({ end: limit, autoClose: false }), limit);
}

async function collect(chunks: AsyncIterable<Uint8Array>, limit: number): Promise<ReadFile> {
  const kept: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    kept.push(chunk);
    size += chunk.length;
    if (size > limit) return { ok: false, reason: 'too-large' };
  }
  return { ok: true, bytes: Buffer.concat(kept) };
}
