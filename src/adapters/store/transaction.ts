import type { DatabaseSync } from 'node:sqlite';

/**
 * All of `work` or nothing. IMMEDIATE takes the write lock at the start: a transaction that began by
 * reading could not wait for it later (SQLITE_BUSY at once, whatever the busy timeout).
 */
export function inTransaction<Result>(db: DatabaseSync, work: () => Result): Result {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // Some errors (a full disk) have ended the transaction already.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
