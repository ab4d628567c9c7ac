/** Where a service that runs is reached, left in its data directory for commands that run beside it. */
import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const fileIn = (dataDir: string) => join(dataDir, 'address');

/** Readable by the user who runs the service alone. Returns what takes it away again. */
export async function leaveAddress(dataDir: string, origin: string): Promise<() => Promise<void>> {
  const file = fileIn(dataDir);
  // Never through a link that somebody has put there.
  await rm(file, { force: true });
  await writeFile(file, `${origin}\n`, { mode: 0o600, flag: 'wx' });
  return () => rm(file, { force: true });
}

/** undefined when there is none. A service that was killed has left its own behind: ask only while one runs. */
export function addressLeft(dataDir: string): string | undefined {
  try {
    return new URL(readFileSync(fileIn(dataDir), 'utf8').trim()).origin;
  } catch {
    return undefined;
  }
}
