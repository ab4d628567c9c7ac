/** The steps of a plan that are not done, as people read them: what can be begun first, and the numbers run through. */
import type { WrittenPlan, WrittenStep } from './plan.ts';

export interface NumberedStep {
  step: WrittenStep;
  number: number;
}

/** `later`: they wait for the others, or for time, and their numbers follow. */
export function openSteps(plan: WrittenPlan | undefined): { soon: NumberedStep[]; later: NumberedStep[] } {
  const open = plan?.steps.filter(({ state }) => state !== 'done') ?? [];
  const waiting = open.filter(({ state }) => state === 'later');
  const begun = open.filter(({ state }) => state !== 'later');
  const numbered = [...begun, ...waiting].map((step, i) => ({ step, number: i + 1 }));
  return { soon: numbered.slice(0, begun.length), later: numbered.slice(begun.length) };
}
