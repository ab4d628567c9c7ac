import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';

/** The user that Chromium runs as when we are root; undefined means: as we are. */
export interface Identity {
  uid: number;
  gid: number;
}

const nobody: Identity = { uid: 65534, gid: 65534 };

/**
 * Chromium's sandbox refuses root, so root hands it to `nobody`. Undefined when we are not root, or when
 * this container may not change users (no CAP_SETUID, or 65534 is not mapped).
 */
export async function chooseIdentity(): Promise<Identity | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  try {
    await promisify(execFile)('/bin/true', nobody);
  } catch (error) {
    // Any other failure says nothing about the user.
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EPERM' || code === 'EINVAL') return undefined;
  }
  return nobody;
}

/** Whether every folder from the root down to this one lets a stranger walk through it. */
export async function reachable(path: string): Promise<boolean> {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const { mode } = await stat(folder);
    if ((mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
