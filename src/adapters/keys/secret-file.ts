/** Files that hold secrets: 0600 in folders of 0700, ours alone, and never half written. */
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { KeysError } from './keys-error.ts';

/**
 * The text of a secret file; undefined when there is none.
 * @throws KeysError `keys-unsafe` when it is a link, another user's, or open to others: whoever could read it has
 * the keys already, so that closing it in silence would hide what has happened.
 */
export function readSecret(path: string): string | undefined {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (code === 'ELOOP') throw unsafe(path, 'is a link');
    throw error;
  }
  try {
    const found = fstatSync(file);
    if (!found.isFile()) throw unsafe(path, 'is not a plain file');
    if (!isOurs(found.uid)) throw unsafe(path, 'belongs to another user');
    if ((found.mode & 0o077) !== 0)
      throw unsafe(path, 'can be read or written by others: chmod 600, and replace the keys if others could');
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

/** Writes beside and moves into place, so that whoever reads meanwhile has the old one or the new one. */
export function replaceSecret(path: string, text: string): void {
  const beside = writeBeside(path, text);
  try {
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
  keepFolder(dirname(path));
}

/** The same for a file that must not be there yet. @returns false when somebody was first. */
export function addSecret(path: string, text: string): boolean {
  const beside = writeBeside(path, text);
  try {
    linkSync(beside, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(beside, { force: true });
    keepFolder(dirname(path));
  }
}

/** @throws KeysError `keys-unsafe` when others than its owner can put files into it. */
export function checkFolder(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return;
  if (!found.isDirectory()) throw unsafe(path, 'is not a folder');
  if (!isOurs(found.uid)) throw unsafe(path, 'belongs to another user');
  if ((found.mode & 0o022) !== 0) throw unsafe(path, 'can be written to by others: chmod 700');
}

function writeBeside(path: string, text: string): string {
  makeFolder(dirname(path));
  const beside = `${path}.${randomUUID()}.new`;
  const file = openSync(beside, 'wx', 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return beside;
}

/** A name that is not written down would be gone after a power cut, and what it signed with it. */
function keepFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
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

/** Root may use everybody's, as a command beside the service does in a container, and what root made is safe. */
function isOurs(uid: number): boolean {
  const own = process.geteuid?.();
  return own === undefined || own === 0 || uid === 0 || uid === own;
}

function unsafe(path: string, how: string): KeysError {
  return new KeysError('keys-unsafe', `${path} ${how}.`);
}
