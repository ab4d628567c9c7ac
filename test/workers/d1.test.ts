/** The store's contract, over a real D1 with the migrations that wrangler applies. */
import { afterAll, beforeAll } from 'vitest';
import { createD1Store } from '../../src/adapters/store/d1.ts';
import { storeContract } from '../adapters/store-contract.ts';
import { startWorker } from './harness.ts';

let started: Awaited<ReturnType<typeof startWorker>>;
beforeAll(async () => {
  started = await startWorker();
});
afterAll(() => started.server.close());

storeContract('D1', async () => {
  const { DB } = started.env;
  const run = (sql: string, ...values: unknown[]) => DB.batch([DB.prepare(sql).bind(...values)]);
  const tables = ['idempotency', 'audit', 'login_link', 'session', 'api_key', 'person', 'organisation'];
  for (const table of tables) await run(`DELETE FROM ${table}`);
  return {
    store: createD1Store(DB),
    async addOrganisation(id) {
      const at = '2099-01-01T00:00:00.000Z';
      await run('INSERT INTO organisation VALUES (?, ?, ?)', id, id, at);
      await run("INSERT INTO person VALUES (?, ?, 'owner', ?, NULL)", id, `per_${id}`, at);
    },
  };
});
