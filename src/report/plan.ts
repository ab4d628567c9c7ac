/**
 * The whole plan for a domain. Shape: `planOf` reads each step by the facts (codes, records, no words) and is what an
 * audit keeps; `writePlan` adds the words and the records' forms, and is what a report shows.
 *
 *     planOf(steps, { facts, routes, policy, clients, now }, findings) -> Plan
 *     writePlan(plan, steps, zones, locale) -> WrittenPlan
 */
import type { FactName, Facts, GatheredFacts } from '../facts/facts.ts';
import type { Context, Locale, PlannedRecord, PlanStep, StepReading, ZonePlace } from '../rule.ts';
import type { Finding, Judging } from '../verdict.ts';
import { whereToChange } from './records/where.ts';
import { type DnsChange, formsOf, type RecordForms, zoneOf } from './records.ts';

/**
 * `now`: it can be done at once. `later`: other steps come first, or time. `unknown`: nobody can say whether it is done.
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
  /** Where what it publishes stands and does not work: the checks (rule ids) that say why. Absent: it works. */
  mend?: readonly string[];
}

export interface Plan {
  steps: readonly PlannedStep[];
}

export interface WrittenStep extends PlannedStep {
  title: string;
  why: string;
  /** What to do, or why nobody can say. */
  how: string;
  /** What has to be seen before the next step; null: nothing. */
  until: string | null;
  /** When it is time for it; null: as soon as the steps before it are done. */
  when: string | null;
  /** Findings that say why it does not work, though it stands in DNS. */
  faults: readonly { rule: string; heading: string }[];
  changes: readonly (DnsChange & { forms: RecordForms; where: string })[];
}

export interface WrittenPlan {
  steps: readonly WrittenStep[];
}

/** A finding in words. `note`: why it has no answer. */
type SaidFinding = Pick<Finding, 'rule'> & { heading: string; note?: string } & Partial<
    Pick<Finding, 'outcome' | 'reason'>
  >;

type Planning = Pick<Judging, 'facts' | 'routes'> & Context;

/** Reads every step. Nothing counts as done without an answer, nor while one of its checks fails. */
export function planOf(
  steps: readonly PlanStep[],
  { facts, routes, ...context }: Planning,
  findings: readonly Finding[],
): Plan {
  const all = [
    { route: routes?.first ?? null, facts },
    ...(routes?.others ?? []).map((one) => ({ route: one.route, facts: { ...facts, ...one.facts } })),
  ];
  const read = steps.flatMap((step) =>
    (step.byRoute ? all : all.slice(0, 1)).map((one) => {
      const route = step.byRoute ? one.route : null;
      const looked = readStep(step, one.facts, context);
      const lacks = [...new Set(all.flatMap((each) => lacksOf(step, each.facts, context)))];
      const failing = failingOf(looked.checks ?? step.checks, route, findings);
      const isBroken = looked.state === 'broken' || (looked.state === 'done' && failing.length > 0);
      // What stands and is sound, but was put there too early.
      const isEarly = looked.state === 'done' && !isBroken && lacks.length > 0;
      const reading = {
        ...looked,
        // Nobody is handed a record that harms them while it is not time for it.
        records: lacks.length > 0 ? [] : looked.records,
        state: isBroken || isEarly ? 'open' : looked.state,
        data: lacks.length > 0 ? { ...looked.data, lacks: lacks.join(' '), early: isEarly } : looked.data,
      };
      const waits = !isEarly && (lacks.length > 0 || step.waitDays > 0);
      return { step, route, reading, waits, mend: isBroken ? failing : undefined };
    }),
  );
  const settled = (id: string) =>
    read.every(({ step, reading }) => step.id !== id || reading.state === 'done' || reading.state === 'idle');
  return {
    steps: read.map(({ step, route, reading, waits, mend }) => {
      const isTime =
        mend !== undefined || (!waits && (reading.data.early === true || step.after.every(settled)));
      return {
        step: step.id,
        route,
        state: reading.state === 'open' ? (isTime ? 'now' : 'later') : (reading.state as StepState),
        optional: step.optional,
        waitDays: step.waitDays,
        records: reading.records,
        data: reading.data,
        ...(mend ? { mend } : {}),
      };
    }),
  };
}

/** Checks of the step that fail, on this route where it is another step for each. */
function failingOf(checks: readonly string[], route: string | null, findings: readonly Finding[]): string[] {
  return findings
    .filter(({ rule, outcome }) => outcome === 'fail' && checks.includes(rule))
    .filter(({ routes }) => route === null || routes === undefined || routes.includes(route))
    .map(({ rule }) => rule);
}

/** Facts that the steps need, once each. */
export function factsOfPlan(steps: readonly PlanStep[]): FactName[] {
  return [...new Set(steps.flatMap(({ needs }) => needs))];
}

const unread: StepReading = { state: 'unknown', records: [], data: {} };

function readStep(step: PlanStep, facts: GatheredFacts, context: Context): StepReading {
  const known = knownOf(step, facts);
  return known === null ? unread : step.read(known, context);
}

function lacksOf(step: PlanStep, facts: GatheredFacts, context: Context): readonly string[] {
  const known = knownOf(step, facts);
  return known === null ? [] : (step.lacks?.(known, context) ?? []);
}

/** null: one that the step needs could not be gathered, so nothing is said. */
function knownOf({ needs }: PlanStep, facts: GatheredFacts): Facts | null {
  const known: Partial<Record<FactName, unknown>> = {};
  for (const name of needs) {
    const fact = facts[name];
    if (!fact?.known) return null;
    known[name] = fact.value;
  }
  return known as unknown as Facts;
}

const faulty: Record<Locale, string> = {
  en: 'It stands in DNS, but it does not work as it should.',
  sv: 'Det finns i DNS men fungerar inte som det ska.',
};
const mending: Record<Locale, string> = {
  en: 'Mend what these checks say:',
  sv: 'Rätta det som de här kontrollerna säger:',
};
const silent: Record<Locale, string> = {
  en: 'It could not be looked at, so nobody can say whether it is done.',
  sv: 'Det gick inte att titta efter, så ingen kan säga om det är klart.',
};

/** A check that found no answer, and so says why the step waits. */
function isSilent({ outcome, reason }: SaidFinding): boolean {
  return outcome === 'unknown' && reason !== 'not-given';
}

/** Adds words and forms. A step that is no longer listed is left out, and so is one that is not for this domain. */
export function writePlan(
  { steps }: Plan,
  definitions: readonly PlanStep[],
  zones: readonly ZonePlace[],
  locale: Locale,
  findings: readonly SaidFinding[],
): WrittenPlan {
  return {
    steps: steps.flatMap((planned) => {
      const step = definitions.find(({ id }) => id === planned.step);
      const words = step?.words[locale];
      if (!step || !words || planned.state === 'idle') return [];
      // What could not be looked at has nothing to say but its name.
      const read = Object.keys(planned.data).length > 0;
      const changes = planned.records.map(({ type, name, old, new: next }) => {
        const change: DnsChange = { kind: 'dns', type, name, old, new: next };
        const where = whereToChange(zoneOf(name, zones), locale);
        return { ...change, forms: formsOf(change, zones, locale), where };
      });
      const faults = (planned.mend ?? []).flatMap((rule) => findings.find((one) => one.rule === rule) ?? []);
      const named = faults.map(({ heading }) => heading).join('; ');
      const broken = [faulty[locale], ...(named ? [mending[locale], named] : [])].join(' ');
      const isSilenced = planned.state === 'unknown' && planned.records.length === 0;
      const unheard = isSilenced
        ? findings.find((one) => step.checks.includes(one.rule) && isSilent(one))
        : undefined;
      const waiting = [silent[locale], unheard?.note].filter(Boolean).join(' ');
      return {
        ...planned,
        faults: faults.map(({ rule, heading }) => ({ rule, heading })),
        title: read ? words.title(planned.data) : words.name,
        why: words.why,
        how: planned.mend ? broken : unheard || !read ? waiting : words.how(planned.data),
        until: words.until || null,
        when: words.when && planned.state === 'later' && !planned.data.early ? words.when : null,
        changes,
      };
    }),
  };
}
