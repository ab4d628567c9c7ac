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

/**
 * Does `work` with the store, and closes it. The lock is held only to migrate: a service that runs has it,
 * and then the database is used as it is. `make`: makes the data directory if there is none.
 * @throws BadInput when there is no data, or it is another version's, or closed to this user.
 */
export async function besideService<Result>(
  config: Config,
  { make }: { make: boolean },
  locale: Locale,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const file = databaseFile(config);
  const words = accessCommandWords[locale];
  if (!make && !existsSync(file)) bad('data-missing', 'KLARSIGNAL_DATA', words.noData(config.dataDir));
  const store = await open(config).catch((error: unknown) => {
    if (error instanceof StoreError && error.code !== 'data-directory-in-use')
      bad(error.code, 'KLARSIGNAL_DATA', words.version[error.code]);
    if (isShut(error)) bad('data-unusable', 'KLARSIGNAL_DATA', words.unusable(config.dataDir));
    throw error;
  });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

async function open(config: Config): Promise<Store> {
  const file = databaseFile(config);
  let unlock: () => void;
  try {
    unlock = lockDirectory(config.dataDir);
  } catch (error) {
    if (error instanceof StoreError) return openSqlite(file, { beside: true });
    throw error;
  }
  return openSqlite(file).finally(unlock);
}

function isShut(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return 'syscall' in error || ('errcode' in error && shut.has(Number(error.errcode) & 0xff));
}
