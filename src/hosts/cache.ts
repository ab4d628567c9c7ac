/** The folder for what can be made again: browsers, and what Node has compiled. It may be deleted at any time. */
import { lstatSync, mkdirSync, statSync } from 'node:fs';
import { enableCompileCache, getCompileCacheDir } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** `~/.cache/klarsignal`, unless the environment names another. */
export function cacheDirOf({ KLARSIGNAL_CACHE }: { KLARSIGNAL_CACHE?: string | undefined }): string {
  return KLARSIGNAL_CACHE || join(homedir(), '.cache', 'klarsignal');
}

/**
 * Whatever this process loads from here on is kept compiled for the next one, which then starts in half the time:
 * about 20 MB for each version of Node, written when the process ends. NODE_COMPILE_CACHE chooses another folder.
 * Nothing is kept, and nothing said, where it cannot be or others could put code of theirs into it.
 */
export function keepCompiled(environment: { KLARSIGNAL_CACHE?: string | undefined }): void {
  // Node has begun by itself.
  if (getCompileCacheDir() !== undefined) return;
  try {
    const folder = cacheDirOf(environment);
    const compiled = join(folder, 'compiled');
    // The folder itself stays open to the user who runs the browser.
    mkdirSync(folder, { recursive: true });
    mkdirSync(compiled, { recursive: true, mode: 0o700 });
    if (isOursAlone(statSync(folder)) && isOursAlone(lstatSync(compiled))) enableCompileCache(compiled);
  } catch {
    // A disk that is full or cannot be written, a user without a home: it starts as it would without.
  }
}

function isOursAlone(found: { uid: number; mode: number; isDirectory(): boolean }): boolean {
  const own = process.geteuid?.();
  return found.isDirectory() && (own === undefined || (found.uid === own && (found.mode & 0o022) === 0));
}
