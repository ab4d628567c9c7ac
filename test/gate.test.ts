/** The gate: every way in which mail may try to get round it, from the verdict to the moment of sending. */
import { describe } from 'vitest';

// Each part has hooks of its own, which hold within its describe alone.
describe('law 1, fail closed', async () => {
  await import('./gate/verdict.ts');
});
describe('law 2, a clearance fits one message', async () => {
  await import('./gate/clearance.ts');
});
describe('nothing goes', async () => {
  await import('./gate/send.ts');
});
