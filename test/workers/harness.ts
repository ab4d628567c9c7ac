/** The real worker, bundled by wrangler from wrangler.toml, in a real workerd with storage of its own. */
import { createTestHarness } from 'wrangler';
import type { Env } from '../../src/hosts/worker.ts';

export async function startWorker(vars: Partial<Omit<Env, 'DB' | 'BLOBS' | 'QUEUE'>> = {}) {
  const server = createTestHarness({
    root: new URL('../..', import.meta.url).pathname,
    workers: [{ configPath: 'wrangler.toml', vars }],
  });
  await server.listen();
  const worker = server.getWorker<Env>();
  await worker.applyD1Migrations('DB');
  return { server, worker, env: await worker.getEnv() };
}
