/**
 * The warm-up of a sender: how many go each day, and when a mailing will have come to its end. The list's order is
 * the plan's order: who stands first gets the mail first. A day is a day in UTC.
 */
import type { CampaignRow, SenderRow } from '../ports.ts';
import type { WarmUp } from '../rule.ts';

const dayMs = 24 * 3_600_000;
const minuteMs = 60_000;

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

export interface WarmUpStep {
  /** YYYY-MM-DD: its first day and its last. */
  from: string;
  until: string;
  /** 0 to 1, of a mailing's list, over the step's days. */
  share: number;
  /** On one day, for a list of so many; of one that is not known, what no list goes over. */
  cap: number;
}

/** A sender's plan, chosen and known. */
interface Chosen {
  plan: WarmUp;
  /** Number of the day, since 1970, on which it began. */
  from: number;
}

const dayOf = (time: number) => Math.floor(time / dayMs);

function chosen(sender: Pick<SenderRow, 'warmUp'> | undefined, plans: readonly WarmUp[]): Chosen | undefined {
  const own = sender?.warmUp;
  const plan = own && plans.find(({ id }) => id === own.plan);
  return plan ? { plan, from: dayOf(Date.parse(own.from)) } : undefined;
}

/** null: the plan is over. Before its first day it is as on that day. */
function capOn({ plan, from }: Chosen, recipients: number, day: number): number | null {
  let before = Math.max(0, day - from);
  for (const step of plan.steps) {
    if (before < step.days) return capOf(plan, step, recipients);
    before -= step.days;
  }
  return null;
}

function capOf({ leastPerDay }: WarmUp, step: WarmUp['steps'][number], recipients: number): number {
  return Math.min(step.atMost, Math.max(leastPerDay, Math.ceil((step.share * recipients) / step.days)));
}

/** undefined: the sender follows no plan. */
export function warmUpDay(
  sender: Pick<SenderRow, 'warmUp'> | undefined,
  { recipients }: Pick<CampaignRow, 'recipients'>,
  plans: readonly WarmUp[],
  now: Date,
): WarmUpDay | undefined {
  const own = chosen(sender, plans);
  if (!own) return undefined;
  const today = dayOf(now.getTime());
  return {
    plan: own.plan.id,
    day: Math.max(1, today - own.from + 1),
    days: own.plan.steps.reduce((sum, step) => sum + step.days, 0),
    cap: capOn(own, recipients, today),
    since: new Date(today * dayMs),
    until: new Date((today + 1) * dayMs),
  };
}

/** The plan's steps with their dates. `recipients` undefined: the list is not known yet. */
export function warmUpSteps(
  sender: Pick<SenderRow, 'warmUp'> | undefined,
  plans: readonly WarmUp[],
  recipients?: number,
): WarmUpStep[] {
  const own = chosen(sender, plans);
  if (!own) return [];
  let day = own.from;
  const date = (number: number) => new Date(number * dayMs).toISOString().slice(0, 10);
  return own.plan.steps.map((step) => {
    const from = day;
    day += step.days;
    const cap = recipients === undefined ? step.atMost : capOf(own.plan, step, recipients);
    return { from: date(from), until: date(day - 1), share: step.share, cap };
  });
}

/**
 * When the last recipient has had its turn, by the set pace and the warm-up. undefined: nothing holds the mailing
 * back, and it goes as fast as the servers take it.
 * @param left those who wait; `sentToday`: what the sender has sent since the day began
 * @param from when it goes on, or begins
 */
export function plannedEnd(
  { left, sentToday, from }: { left: number; sentToday: number; from: Date },
  { recipients, perMinute }: Pick<CampaignRow, 'recipients' | 'perMinute'>,
  sender: Pick<SenderRow, 'warmUp'> | undefined,
  plans: readonly WarmUp[],
): Date | undefined {
  const own = chosen(sender, plans);
  const every = perMinute === null ? 0 : minuteMs / perMinute;
  let at = from.getTime();
  if (every === 0 && (!own || capOn(own, recipients, dayOf(at)) === null)) return undefined;
  let waiting = left;
  for (let gone = sentToday; ; gone = 0) {
    const cap = own ? capOn(own, recipients, dayOf(at)) : null;
    if (cap === null) return new Date(at + waiting * every);
    const midnight = (dayOf(at) + 1) * dayMs;
    const paced = every === 0 ? Number.POSITIVE_INFINITY : Math.floor((midnight - at) / every);
    const today = Math.min(Math.max(0, cap - gone), paced);
    if (waiting <= today) return new Date(at + waiting * every);
    waiting -= today;
    at = midnight;
  }
}
