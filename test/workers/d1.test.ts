/** The store's contract, over a real D1 with the migrations that wrangler applies. */
import { afterAll, beforeAll } from 'vitest';
import { createD1Store } from '../../src/adapters/store/d1.ts';
import { ledgerContract } from '../adapters/ledger-contract.ts';
import { listsContract } from '../adapters/lists-contract.ts';
import { sendingContract } from '../adapters/sending-contract.ts';
import { type OpenStore, storeContract } from '../adapters/store-contract.ts';
import { startWorker } from './harness.ts';

let started: Awaited<ReturnType<typeof startWorker>>;
beforeAll(async () => {
  started = await startWorker();
});
afterAll(() => started.server.close());

const open = async (): Promise<OpenStore> => {
  const { DB } = started.env;
  const run = (sql: string, ...values: unknown[]) => DB.batch([DB.prepare(sql).bind(...values)]);
  const tables = [
    'send_idempotency',
    'event',
    'alert',
    'suppression',
    'list_blob',
    'unjudged',
    'rate',
    'tally',
    'delivery_count',
    'delivery',
    'campaign',
    'clearance',
    'waiver',
    'route',
    'sender',
    'idempotency',
    'audit',
    'login_link',
    'session',
    'api_key',
    'person',
    'organisation',
  ];
  for (const table of tables) await run(`DELETE FROM ${table}`);
  return {
    store: createD1Store(DB),
    async addOrganisation(id) {
      const at = '2099-01-01T00:00:00.000Z';
      await run('INSERT INTO organisation VALUES (?, ?, ?)', id, id, at);
      await run(
        "INSERT INTO person (organisation, id, role, created_at) VALUES (?, ?, 'owner', ?)",
        id,
        `per_${id}`,
        at,
      );
    },
  };
};
for (const contract of [storeContract, sendingContract, ledgerContract, listsContract]) contract('D1', open);
