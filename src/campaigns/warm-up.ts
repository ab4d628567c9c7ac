/** The daily cap of a sender's warm-up. A day is a day in UTC. */
import type { CampaignRow, SenderRow } from '../ports.ts';
import type { WarmUp } from '../rule.ts';

const dayMs = 24 * 3_600_000;

export interface WarmUpDay {
  plan: string;
  /** From 1. */
  day: number;
  days: number;
  /** null: the plan is over. */
  cap: number | null;
  /** When the day began, and when the next one does. */
  since: Date;
  until: Date;
}

/** undefined: the sender follows no plan. Before its first day it is as on that day. */
export function warmUpDay(
  sender: Pick<SenderRow, 'warmUp'> | undefined,
  { recipients }: Pick<CampaignRow, 'recipients'>,
  plans: readonly WarmUp[],
  now: Date,
): WarmUpDay | undefined {
  const chosen = sender?.warmUp;
  const plan = chosen && plans.find(({ id }) => id === chosen.plan);
  if (!plan) return undefined;
  const today = Math.floor(now.getTime() / dayMs);
  const day = Math.max(1, today - Math.floor(Date.parse(chosen.from) / dayMs) + 1);
  const days = plan.steps.reduce((sum, step) => sum + step.days, 0);
  let before = 0;
  const step = plan.steps.find((one) => {
    before += one.days;
    return day <= before;
  });
  const share = step && Math.max(plan.leastPerDay, Math.ceil(step.share * recipients));
  return {
    plan: plan.id,
    day,
    days,
    cap: step && share !== undefined ? Math.min(share, step.atMost) : null,
    since: new Date(today * dayMs),
    until: new Date((today + 1) * dayMs),
  };
}
