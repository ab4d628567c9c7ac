/** The vocabulary of the plan for a sender domain. */
import type { FactName, Facts } from '../facts/facts.ts';
import type { Context, Locale } from '../rule.ts';

/** A record that a step of the plan publishes. `old`: it stands in its place now. */
export interface PlannedRecord {
  type: string;
  name: string;
  old: string | null;
  new: string;
}

/**
 * How a step stands, by the facts. `broken`: what it publishes stands there and does not work, as its checks say.
 * `unknown`: DNS or a person has not said, which is never done. `idle`: it is not for this domain.
 */
export interface StepReading {
  state: 'done' | 'open' | 'broken' | 'unknown' | 'idle';
  /** What to publish; empty: another tells which, as the step's words say. */
  records: readonly PlannedRecord[];
  /** For the words. */
  data: Readonly<Record<string, string | number | boolean>>;
  /** The checks that speak of it as DNS stands, where they are not those of the step. */
  checks?: readonly string[];
}

/** One step of the plan that takes a domain from nothing to mail that arrives. */
export interface PlanStep {
  id: string;
  needs: readonly FactName[];
  /** Another one for each route. */
  byRoute: boolean;
  /** Mail arrives without it. */
  optional: boolean;
  /** Steps that come first. */
  after: readonly string[];
  /** Days at least between those and this; over 0, nobody can see when it is time, so it is never at once. */
  waitDays: number;
  /** Checks (rule ids) that it brings to pass: while one of them fails it is not done. */
  checks: readonly string[];
  source: string;
  read(facts: Facts, context: Context): StepReading;
  /**
   * What still bars it, as words for `how` to read in `data.lacks`, looked at for each route; empty: nothing. What is
   * barred is not done either.
   */
  lacks?(facts: Facts, context: Context): readonly string[];
  words: Record<Locale, StepWords>;
}

export interface StepWords {
  /** Its name, whatever the facts say. */
  name: string;
  title(data: StepReading['data']): string;
  /** What it is for. */
  why: string;
  /** Exactly what to do. */
  how(data: StepReading['data']): string;
  /** What has to be seen before the next step; empty: nothing. */
  until: string;
  /** When it is time for it, where it waits for more than the steps before it. */
  when?: string;
}

export interface StepDefinition<N extends FactName> extends Omit<PlanStep, 'needs' | 'read' | 'lacks'> {
  needs: readonly N[];
  read(facts: Pick<Facts, N>, context: Context): StepReading;
  lacks?(facts: Pick<Facts, N>, context: Context): readonly string[];
}

/** Declares a step; it gets the facts that it needs and nothing else. */
export function defineStep<const N extends FactName>(step: StepDefinition<N>): PlanStep {
  return step as unknown as PlanStep;
}
