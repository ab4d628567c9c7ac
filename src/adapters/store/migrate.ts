import { readdirSync, readFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { StoreError } from './store-error.ts';
import { inTransaction } from './transaction.ts';

export interface Migration {
  name: string;
  sql: string;
}

const folder = new URL('./migrations/', import.meta.url);

/** The migrations of this version, in order; `wrangler d1 migrations apply` runs the same files. */
export function ownMigrations(): Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({ name, sql: readFileSync(new URL(name, folder), 'utf8') }));
}

/**
 * Applies what is missing, each migration in its own transaction, recorded in the table `migration`.
 * @throws StoreError `database-newer` before changing anything, when the database knows others than ours.
 */
export function migrate(db: DatabaseSync, migrations = ownMigrations()): void {
  db.exec(
    'CREATE TABLE IF NOT EXISTS migration (name TEXT NOT NULL PRIMARY KEY, applied_at TEXT NOT NULL) STRICT',
  );
  for (const { name, sql } of migrations) {
    inTransaction(db, () => {
      // Read under the write lock, so that two processes never apply the same file.
      if (appliedOf(db, migrations).has(name)) return;
      db.exec(sql);
      db.prepare('INSERT INTO migration (name, applied_at) VALUES (?, ?)').run(
        name,
        new Date().toISOString(),
      );
    });
  }
}

/**
 * Changes nothing: for a second process beside the service, which alone may migrate what it has open.
 * @throws StoreError `database-older` when migrations are missing, `database-newer` when it knows others.
 */
export function requireMigrated(db: DatabaseSync, migrations = ownMigrations()): void {
  const begun = db.prepare("SELECT name FROM sqlite_schema WHERE name = 'migration'").get();
  if (!begun || appliedOf(db, migrations).size < migrations.length) {
    throw new StoreError(
      'database-older',
      'The database is that of an older version, which is running. Stop it and start this version first.',
    );
  }
}

function appliedOf(db: DatabaseSync, migrations: Migration[]): Set<string> {
  const applied = db.prepare('SELECT name FROM migration ORDER BY name').all();
  const stranger = applied.find(({ name }, index) => migrations[index]?.name !== name);
  if (stranger) {
    throw new StoreError(
      'database-newer',
      `The database has the migration ${stranger.name}, which this version does not have in that place. ` +
        'Start the version that last used it, or a newer one, or restore a backup.',
    );
  }
  return new Set(applied.map(({ name }) => String(name)));
}
