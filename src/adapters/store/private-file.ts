import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  type Stats,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { StoreError } from './store-error.ts';

/**
 * Makes an empty file that only we may read (0600, its folder 0700), or closes the one that is there to
 * others. An existing one is not opened: closing any descriptor of it would drop the POSIX locks SQLite
 * holds in this process.
 * @throws StoreError `data-unsafe` when somebody else has put it there, or it is a link to elsewhere.
 */
export function makePrivateFile(path: string): void {
  makeFolder(dirname(path));
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    closeToOthers(path);
  }
}

/** The same for a file that need not be there. */
export function closeToOthers(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return;
  if (!found.isFile())
    throw new StoreError('data-unsafe', `${path} is not a plain file. Look at what it is, and remove it.`);
  if (!isOurs(found))
    throw new StoreError(
      'data-unsafe',
      `${path} belongs to another user. Run the service as that user, or give the file to the service’s.`,
    );
  if ((found.mode & 0o077) !== 0) chmodSync(path, 0o600);
}

/** Whether others than its owner can put files into it. */
export function isWritableByOthers(directory: string): boolean {
  return (statSync(directory).mode & 0o022) !== 0;
}

/** Root may use everybody's, as a command beside the service does in a container, and what root made is safe. */
function isOurs({ uid }: Stats): boolean {
  const own = process.geteuid?.();
  return own === undefined || own === 0 || uid === 0 || uid === own;
}

// Step by step: Node's recursive mkdir never ends where nothing can be made, such as in /proc.
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
