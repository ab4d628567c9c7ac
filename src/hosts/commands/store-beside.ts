/** The service's own data, used by a command while the service runs, or before it has ever run. */
import { existsSync } from 'node:fs';
import { lockDirectory } from '../../adapters/store/lock.ts';
import { openSqlite } from '../../adapters/store/sqlite.ts';
import { StoreError } from '../../adapters/store/store-error.ts';
import type { Store } from '../../ports.ts';
import type { Locale } from '../../rule.ts';
import { bad } from '../cli-flags.ts';
import type { Config } from '../config.ts';
import { databaseFile } from '../parts.ts';
import { accessCommandWords } from './access-words.ts';

/** SQLite's result codes for a file that this user may not write or open: SQLITE_READONLY, SQLITE_CANTOPEN. */
const shut = new Set([8, 14]);

/** Whether a service runs on the data meanwhile. */
export interface Beside {
  running: boolean;
}

/**
 * Does `work` with the store, and closes it. The lock is held only to migrate: a service that runs has it,
 * and then the database is used as it is. `make`: makes the data directory if there is none.
 * @throws BadInput when there is no data, or it is another version's, or closed to this user.
 */
export async function besideService<Result>(
  config: Config,
  { make }: { make: boolean },
  locale: Locale,
  work: (store: Store, beside: Beside) => Promise<Result>,
): Promise<Result> {
  const file = databaseFile(config);
  const words = accessCommandWords[locale];
  if (!make && !existsSync(file)) bad('data-missing', 'KLARSIGNAL_DATA', words.noData(config.dataDir));
  const { store, running } = await open(config).catch((error: unknown) => {
    if (error instanceof StoreError && error.code !== 'data-directory-in-use' && error.code !== 'data-unsafe')
      bad(error.code, 'KLARSIGNAL_DATA', words.version[error.code]);
    if (isShut(error)) bad('data-unusable', 'KLARSIGNAL_DATA', words.unusable(config.dataDir));
    throw error;
  });
  try {
    return await work(store, { running });
  } finally {
    await store.close();
  }
}

async function open(config: Config): Promise<Beside & { store: Store }> {
  const file = databaseFile(config);
  let unlock: () => void;
  try {
    unlock = lockDirectory(config.dataDir);
  } catch (error) {
    if (error instanceof StoreError && error.code === 'data-directory-in-use')
      return { store: await openSqlite(file, { beside: true }), running: true };
    throw error;
  }
  return { store: await openSqlite(file).finally(unlock), running: false };
}

function isShut(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof StoreError) return error.code === 'data-unsafe';
  return 'syscall' in error || ('errcode' in error && shut.has(Number(error.errcode) & 0xff));
}
