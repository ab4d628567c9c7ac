/** What parent and child of the crash test have in common: the policy, in the measure of seconds instead of hours. */
import { policy } from '../../rules/policy.ts';
import type { Policy } from '../../src/rule.ts';

export const recipients = 5_000;
export const rounds = 20;
/** Attempts that each route has under way at most. */
export const slots = { ses: 10, reserve: 5 };

export const quick: Partial<Policy['sending']> = {
  unansweredMs: [100, 200, 400],
  again: 50,
  statusMs: 500,
  ratesMs: 500,
  retries: { waitsMs: [300], forMs: policy.sending.retries.forMs },
  breaker: { failures: 4, withinMs: 60_000, waitMs: 300, waitAtMostMs: 1_000 },
};

/** Given to the child by its environment. */
export interface Given {
  dir: string;
  campaign: string;
  ses: { url: string; ca: string };
  smtp: { port: number; ca: string };
}
