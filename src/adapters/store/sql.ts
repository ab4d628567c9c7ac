import {
  type Compilable,
  type CompiledQuery,
  DummyDriver,
  type Expression,
  type ExpressionBuilder,
  expressionBuilder,
  type InferResult,
  Kysely,
  type RawBuilder,
  type SqlBool,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from 'kysely';
import type { Schema } from './schema.ts';

/** What a database has to offer. No transaction outlives the call, since D1 has none that does. */
export interface SqlDatabase {
  /** Runs all queries in order, or none. One list of rows a query, empty where it returns none. */
  batch(queries: readonly CompiledQuery[]): Promise<unknown[][]>;
  close(): Promise<void>;
}

/** D1 refuses more; SQLite would not, so the check stands where both pass. */
const maxParameters = 100;

// Kysely only writes SQL here: executing goes through SqlDatabase, so db.transaction() has no use.
export const db = new Kysely<Schema>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (kysely) => new SqliteIntrospector(kysely),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

/** An audit row as a list has it. */
export const entryColumns = [
  'id',
  'organisation',
  'state',
  'created_at as createdAt',
  'started_at as startedAt',
  'finished_at as finishedAt',
  'attempts',
  'request',
  'upload',
  'digest',
  'summary',
  'failure',
] as const;

/** An audit row as the port has it. */
export const auditColumns = [...entryColumns, 'verdict'] as const;

/** An API key as the port has it, but for its scopes, which `keyRow` takes apart. */
export const keyColumns = [
  'id',
  'organisation',
  'name',
  'scopes',
  'last_four as lastFour',
  'created_at as createdAt',
  'used_at as usedAt',
  'ends_at as endsAt',
  'revoked_at as revokedAt',
] as const;

export function keyRow<Row extends { scopes: string }>(row: Row) {
  return { ...row, scopes: row.scopes.split(' ') };
}

/** Runs queries as one atomic step and gives each one's rows, typed. */
export type Batch = <Q extends readonly Compilable[]>(
  ...queries: Q
) => Promise<{ [K in keyof Q]: InferResult<Q[K]> }>;

export function createBatch(database: SqlDatabase): Batch {
  return async <Q extends readonly Compilable[]>(...queries: Q) => {
    const compiled = queries.map((query) => query.compile());
    const tooMany = compiled.find((query) => query.parameters.length > maxParameters);
    if (tooMany) throw new RangeError(`More than ${maxParameters} parameters: ${tooMany.sql}`);
    return (await database.batch(compiled)) as { [K in keyof Q]: InferResult<Q[K]> };
  };
}

/** What a condition of `insertWhere` is made with. */
export type Condition = ExpressionBuilder<Schema, never>;

/** INSERT … SELECT … WHERE: a row that is added only if the condition holds at that moment. */
export function insertWhere(
  table: keyof Schema,
  row: Record<string, string>,
  condition: (eb: Condition) => Expression<SqlBool>,
) {
  const names = Object.keys(row).map((name) => sql.ref(name));
  const values = Object.values(row);
  const query = sql`insert into ${sql.table(table)} (${sql.join(names)}) select ${sql.join(values)}
    where ${condition(expressionBuilder<Schema, never>())}`;
  return { compile: () => query.compile(db) };
}

/** A statement written as SQL, with the rows it gives. */
export function written<Row>(statement: RawBuilder<Row>): Compilable<Row> {
  return { compile: () => statement.compile(db) };
}

/** D1 takes 2 MB in one value. Characters here: each is three bytes at most (a pair of them is four). */
const mostCharacters = 600_000;

/** Rows as JSON arrays for `json_each`, each short enough to be bound as one value; one at least. */
export function jsonPieces(rows: readonly unknown[]): string[] {
  const whole = JSON.stringify(rows);
  if (whole.length <= mostCharacters || rows.length < 2) return [whole];
  const half = rows.length >> 1;
  return [...jsonPieces(rows.slice(0, half)), ...jsonPieces(rows.slice(half))];
}

/** Lets others have their turn between pieces of long work. */
export function giveWay(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** 32 hex digits that nobody else has. */
export function randomId(): string {
  return crypto.randomUUID().replaceAll('-', '');
}

/** A row that the statements before it made sure of. */
export function present<Row>(row: Row | undefined): Row {
  if (row === undefined) throw new Error('The database did not return the row it was given');
  return row;
}
