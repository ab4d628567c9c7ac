import type { Store } from '../../ports.ts';
import { createSqlStore } from './sql-store.ts';

/** As much of Cloudflare's D1PreparedStatement as is used here. */
export interface D1Statement {
  bind(...values: unknown[]): D1Statement;
}

/** As much of Cloudflare's D1Database as is used here; the binding itself fits. */
export interface D1Binding {
  prepare(sql: string): D1Statement;
  batch(statements: D1Statement[]): Promise<{ results: unknown[] }[]>;
}

/** The store over a D1 binding whose migrations wrangler has applied. Closing it does nothing. */
export function createD1Store(binding: D1Binding): Store {
  return createSqlStore({
    async batch(queries) {
      const statements = queries.map(({ sql, parameters }) => binding.prepare(sql).bind(...parameters));
      return (await binding.batch(statements)).map(({ results }) => results);
    },
    async close() {},
  });
}
