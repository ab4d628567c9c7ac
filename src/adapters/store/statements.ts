import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** More than the service has; a statement whose text varies with its parameters' number may add a few. */
const most = 300;

/** Prepares each text once, as long as it is among those used lately. */
export function createStatements(db: DatabaseSync): (sql: string) => StatementSync {
  const kept = new Map<string, StatementSync>();
  return (sql) => {
    const statement = kept.get(sql) ?? db.prepare(sql);
    kept.delete(sql);
    kept.set(sql, statement);
    if (kept.size > most) kept.delete(kept.keys().next().value as string);
    return statement;
  };
}
