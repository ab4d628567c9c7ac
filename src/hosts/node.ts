/** The self-hosted service as a process of its own. */
import { keepCompiled } from './cache.ts';

/** Starts it; what keeps it from starting is said in words. */
export async function runProcess(): Promise<void> {
  keepCompiled(process.env);
  // What is loaded before is not kept.
  const service = await import('./service.ts');
  service.runProcess();
}

if (import.meta.main) await runProcess();
