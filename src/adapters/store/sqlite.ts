import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { CompiledQuery } from 'kysely';
import type { Store } from '../../ports.ts';
import { migrate, requireMigrated } from './migrate.ts';
import { closeToOthers, makePrivateFile } from './private-file.ts';
import { createSqlStore } from './sql-store.ts';
import { createStatements } from './statements.ts';
import { inTransaction } from './transaction.ts';

/**
 * The embedded store in one file, made (0600, its folder 0700) and migrated if need be.
 * The host locks the data directory first: see `lockDirectory`. Without the lock it may only be opened
 * `beside` the process that has it, and is then used as it is.
 * @throws StoreError `data-unsafe`, see `makePrivateFile`; `database-newer` when a newer version of the service has migrated it; `database-older`
 * when `beside` an older version.
 */
export async function openSqlite(path: string, { beside = false } = {}): Promise<Store> {
  // SQLite would let others read it; the -wal and -shm files take the mode of this one.
  if (path !== ':memory:') {
    makePrivateFile(path);
    for (const part of ['-wal', '-shm']) closeToOthers(path + part);
  }
  const db = new DatabaseSync(path, {
    timeout: 5_000,
    enableForeignKeyConstraints: true,
    enableDoubleQuotedStringLiterals: false,
    defensive: true,
  });
  try {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    // An import writes all over one index: a page that is changed often is then copied back once, not each time.
    // A larger cache (KiB) made no import faster here, and each of its pages is memory of the process.
    db.exec('PRAGMA wal_autocheckpoint = 8000; PRAGMA cache_size = -8000');
    if (beside) requireMigrated(db);
    else migrate(db);
  } catch (error) {
    db.close();
    throw error;
  }

  const prepared = createStatements(db);
  const run = (query: CompiledQuery) =>
    prepared(query.sql)
      .all(...(query.parameters as SQLInputValue[]))
      .map((row) => ({ ...row }));

  return createSqlStore({
    async batch(queries) {
      return queries.length === 1 ? queries.map(run) : inTransaction(db, () => queries.map(run));
    },
    async close() {
      if (db.isOpen) db.close();
    },
  });
}
