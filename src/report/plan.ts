/**
 * The whole plan for a domain. Shape: `planOf` reads each step by the facts (codes, records, no words) and is what an
 * audit keeps; `writePlan` adds the words and the records' forms, and is what a report shows.
 *
 *     planOf(steps, { facts, routes, policy, clients, now }) -> Plan
 *     writePlan(plan, steps, zones, locale) -> WrittenPlan
 */
import type { FactName, Facts, GatheredFacts } from '../facts/facts.ts';
import type { Context, Locale, PlannedRecord, PlanStep, StepReading, ZonePlace } from '../rule.ts';
import type { Judging } from '../verdict.ts';
import { whereToChange } from './records/where.ts';
import { type DnsChange, formsOf, type RecordForms, zoneOf } from './records.ts';

/**
 * `now`: it can be done at once. `later`: other steps come first. `unknown`: nobody can say whether it is done.
 * `idle`: it is not for this domain.
 */
export type StepState = 'done' | 'now' | 'later' | 'unknown' | 'idle';

export interface PlannedStep {
  step: string;
  /** Its transport, where the step is another one for each route. */
  route: string | null;
  state: StepState;
  optional: boolean;
  /** Days at least after the steps before it. */
  waitDays: number;
  records: readonly PlannedRecord[];
  data: StepReading['data'];
}

export interface Plan {
  steps: readonly PlannedStep[];
}

export interface WrittenStep extends PlannedStep {
  title: string;
  why: string;
  /** null: it could not be looked at. */
  how: string | null;
  /** What has to be seen before the next step; null: nothing. */
  until: string | null;
  changes: readonly (DnsChange & { forms: RecordForms; where: string })[];
}

export interface WrittenPlan {
  steps: readonly WrittenStep[];
}

type Planning = Pick<Judging, 'facts' | 'routes'> & Context;

/** Reads every step. Nothing counts as done without an answer. */
export function planOf(steps: readonly PlanStep[], { facts, routes, ...context }: Planning): Plan {
  const all = [
    { route: routes?.first ?? null, facts },
    ...(routes?.others ?? []).map((one) => ({ route: one.route, facts: { ...facts, ...one.facts } })),
  ];
  const read = steps.flatMap((step) =>
    (step.byRoute ? all : all.slice(0, 1)).map((one) => ({
      step,
      route: step.byRoute ? one.route : null,
      reading: readStep(step, one.facts, context),
    })),
  );
  const settled = (id: string) =>
    read.every(({ step, reading }) => step.id !== id || reading.state === 'done' || reading.state === 'idle');
  return {
    steps: read.map(({ step, route, reading }) => ({
      step: step.id,
      route,
      state: reading.state === 'open' ? (step.after.every(settled) ? 'now' : 'later') : reading.state,
      optional: step.optional,
      waitDays: step.waitDays,
      records: reading.records,
      data: reading.data,
    })),
  };
}

/** Facts that the steps need, once each. */
export function factsOfPlan(steps: readonly PlanStep[]): FactName[] {
  return [...new Set(steps.flatMap(({ needs }) => needs))];
}

const unread: StepReading = { state: 'unknown', records: [], data: {} };

function readStep(step: PlanStep, facts: GatheredFacts, context: Context): StepReading {
  const known: Partial<Record<FactName, unknown>> = {};
  for (const name of step.needs) {
    const fact = facts[name];
    if (!fact?.known) return unread;
    known[name] = fact.value;
  }
  return step.read(known as unknown as Facts, context);
}

/** Adds words and forms. A step that is no longer listed is left out, and so is one that is not for this domain. */
export function writePlan(
  { steps }: Plan,
  definitions: readonly PlanStep[],
  zones: readonly ZonePlace[],
  locale: Locale,
): WrittenPlan {
  return {
    steps: steps.flatMap((planned) => {
      const words = definitions.find(({ id }) => id === planned.step)?.words[locale];
      if (!words || planned.state === 'idle') return [];
      // What could not be looked at has nothing to say but its name.
      const read = Object.keys(planned.data).length > 0;
      const changes = planned.records.map(({ type, name, old, new: next }) => {
        const change: DnsChange = { kind: 'dns', type, name, old, new: next };
        const where = whereToChange(zoneOf(name, zones), locale);
        return { ...change, forms: formsOf(change, zones), where };
      });
      return {
        ...planned,
        title: read ? words.title(planned.data) : words.name,
        why: words.why,
        how: read ? words.how(planned.data) : null,
        until: words.until || null,
        changes,
      };
    }),
  };
}
