import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makePrivateFile } from './private-file.ts';
import { StoreError } from './store-error.ts';

// A lock whose database is garbage collected would be let go of silently.
const held = new Set<DatabaseSync>();

/**
 * Keeps every other process (and a second caller in this one) out of the data directory, made 0700 if
 * missing. The lock is the operating system's, on `lock.db`, through SQLite: it ends with the process,
 * however that ends, and knows no process ids, which containers repeat. Not for network file systems.
 * @returns what releases it.
 * @throws StoreError `data-directory-in-use` when somebody holds it; `data-unsafe`, see `makePrivateFile`.
 */
export function lockDirectory(dir: string): () => void {
  const path = join(dir, 'lock.db');
  makePrivateFile(path);
  const lock = new DatabaseSync(path, { timeout: 0 });
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw new StoreError('data-directory-in-use', `Another process is using the data directory ${dir}.`, {
      cause: error,
    });
  }
  held.add(lock);
  return () => {
    if (held.delete(lock)) lock.close();
  };
}

/** SQLITE_BUSY, in the low byte of SQLite's extended codes. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5;
}
