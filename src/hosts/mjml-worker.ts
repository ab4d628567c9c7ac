/** The other side of mjml-thread.ts. */
import { parentPort } from 'node:worker_threads';
import { compileMjml } from '../submission/mjml.ts';

parentPort?.on('message', async (source: string) => {
  parentPort?.postMessage(await compileMjml(source));
});
