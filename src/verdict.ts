/** Facts and rules become a verdict. Pure and synchronous: the same facts always give the same verdict. */
import type { Evidence, FactName, Facts, GatheredFacts } from './facts/facts.ts';
import type {
  Answer,
  Area,
  Ask,
  Client,
  MailboxProvider,
  NotApplicableReason,
  Policy,
  Problem,
  Rule,
  Severity,
  UnknownReason,
  ZonePlace,
} from './rule.ts';
import { type ProviderStanding, standingOf } from './verdict/providers.ts';
import { outlineSpf, type SpfOutline } from './verdict/spf-outline.ts';
import { tallyVisits, type Visits } from './verdict/visits.ts';

export type {
  ProviderStanding,
  ProviderState,
  RequirementStanding,
  RequirementState,
} from './verdict/providers.ts';
export { providerStates, requirementStates } from './verdict/providers.ts';
export type { SpfOutline, SpfOutlineNode, SpfOutlineTerm } from './verdict/spf-outline.ts';
export { type ReasonLeft, reasonsLeft, type Visits } from './verdict/visits.ts';
export const decisions = ['clear', 'blocked', 'undecided'] as const;
export type Decision = (typeof decisions)[number];
export const outcomes = ['pass', 'fail', 'unknown', 'not-applicable'] as const;
export type Outcome = (typeof outcomes)[number];

export type Rules = Record<Area, readonly Rule[]>;

export interface Finding {
  rule: string;
  area: Area;
  severity: Severity;
  outcome: Outcome;
  /** This finding, as it stands, keeps the mail from going. */
  gates: boolean;
  waived: boolean;
  /** What it adds to the spam score when it fails. */
  points?: number;
  reason?: UnknownReason | NotApplicableReason;
  ask?: Ask;
  /** Routes that the outcome is of, by their transports; absent: of all of them. */
  routes?: readonly string[];
  /** It gates and fails; by these routes it has no answer, and no exception for the failure speaks of them. */
  unansweredBy?: readonly string[];
  problems: readonly Problem[];
  /** How many more there are than are kept. */
  omitted?: number;
  evidence: readonly Evidence[];
}

export interface Preview {
  view: string;
  client: string;
  scheme: 'light' | 'dark';
  width: number;
  height: number;
  cut: boolean;
  /** Whose the dark colours are: the mail's own, nobody's (nothing changes), or the client's. null: light mode. */
  dark: 'own' | 'unchanged' | 'changed' | null;
}

export interface Verdict {
  decision: Decision;
  /** Parts were left out by choice: it judges what ran and never earns a clearance. */
  partial: boolean;
  /** Made from a zone file, a caller's resolver, stored answers or sample data: never earns a clearance. */
  simulated: boolean;
  /** Another tool's merge fields were filled in with sample data. Absent: they were not. */
  sampled?: true;
  /** 0-100, for people: it opens nothing. */
  score: number;
  /** Sum of the points of what failed. null: not known, since a check that gives points has no answer. */
  spam: { score: number | null; threshold: number };
  findings: readonly Finding[];
  previews: readonly Preview[];
  /** Whether the browser that drew them was shut in as it should be. null: none was drawn. */
  sandboxed: boolean | null;
  /** The SPF tree that receivers read, to be drawn. null: it was not looked up. */
  spf: SpfOutline | null;
  /** The zones that the sender's records stand in, the From domain's first; empty: they were not looked up. */
  zones: readonly ZonePlace[];
  /** The tree of each route, the first one's included, where they are not all the same. */
  spfRoutes?: readonly { route: string; spf: SpfOutline }[];
  /** How what the mailbox providers ask stands; empty where nobody told what they ask. */
  providers: readonly ProviderStanding[];
  /** What of the mail's links and pictures was opened. Absent: nothing was to be, or may be. */
  visits?: Visits;
}

export interface Judging {
  /** By the first route, where there are several. */
  facts: GatheredFacts;
  /** What the other routes have of their own. */
  routes?: { first: string; others: readonly { route: string; facts: GatheredFacts }[] } | undefined;
  rules: Rules;
  policy: Policy;
  clients: readonly Client[];
  /** What they ask, for how it stands. */
  providers?: readonly MailboxProvider[] | undefined;
  now: Date;
  partial: boolean;
  simulated: boolean;
  /** Its merge fields are another tool's, filled in with sample data. */
  sampled?: boolean | undefined;
}

/** Judges. Fails closed: nothing but a pass of every gating rule that applies makes it clear (law 1). */
export function judge(judging: Judging): Verdict {
  const { facts, rules, policy, providers = [], partial, simulated } = judging;
  const findings: Finding[] = [];
  for (const [area, members] of Object.entries(rules) as [Area, readonly Rule[]][]) {
    for (const rule of members) findings.push(findingOf(rule, area, judging));
  }
  const visits = tallyVisits(facts);
  const rendering = facts.rendering?.known ? facts.rendering.value : undefined;
  return {
    decision: decide(findings, policy),
    partial,
    simulated,
    ...(judging.sampled ? { sampled: true as const } : {}),
    score: score(findings, policy),
    spam: spamScore(findings, policy),
    findings,
    previews: (rendering?.views ?? []).map(({ id, client, scheme, width, height, cut, dark }) => ({
      view: id,
      client,
      scheme,
      width,
      height,
      cut,
      dark,
    })),
    sandboxed: rendering && rendering.views.length > 0 ? rendering.sandbox : null,
    spf: facts.spf?.known ? outlineSpf(facts.spf.value, policy) : null,
    zones: facts.zone?.known ? facts.zone.value.zones : [],
    ...spfByRoute(judging),
    providers: standingOf(providers, findings),
    ...(visits ? { visits } : {}),
  };
}

function spfByRoute({ facts, routes, policy }: Judging): Pick<Verdict, 'spfRoutes'> {
  if (!routes) return {};
  const trees = [{ route: routes.first, facts }, ...routes.others].flatMap(({ route, facts: { spf } }) =>
    spf?.known ? [{ route, spf: outlineSpf(spf.value, policy) }] : [],
  );
  const different = new Set(trees.map(({ spf }) => JSON.stringify(spf))).size > 1;
  return different ? { spfRoutes: trees } : {};
}

/** Every fact that the rules need, once each. */
export function neededFacts(rules: Rules): FactName[] {
  return [...new Set(Object.values(rules).flatMap((members) => members.flatMap(({ needs }) => needs)))];
}

/** Of one finding: a page may have a hundred thousand dead links, and nobody reads the last. */
const problemsAtMost = 100;

function findingOf(rule: Rule, area: Area, judging: Judging): Finding {
  const { facts, routes } = judging;
  const first = findingBy(rule, area, judging);
  const apart = routes?.others.filter((one) => rule.needs.some((name) => Object.hasOwn(one.facts, name)));
  if (!routes || !apart || apart.length === 0) return first;
  const others = apart.map((one) => ({
    route: one.route,
    finding: findingBy(rule, area, { ...judging, facts: { ...facts, ...one.facts } }),
  }));
  return together([{ route: routes.first, finding: first }, ...others]);
}

const gravest: readonly Outcome[] = ['fail', 'unknown', 'pass', 'not-applicable'];

/** One finding over all routes: the worst of them, each problem once, with the routes that have it. */
function together(each: readonly { route: string; finding: Finding }[]): Finding {
  const outcome = gravest.find((one) => each.some(({ finding }) => finding.outcome === one));
  const worst = each.filter(({ finding }) => finding.outcome === outcome);
  const [head] = worst;
  if (!head) throw new Error('no route was judged');
  const problems = new Map<string, Problem & { routes: string[] }>();
  for (const { route, finding } of worst) {
    for (const one of finding.problems) {
      const key = JSON.stringify(one);
      const known = problems.get(key);
      if (known) known.routes.push(route);
      else problems.set(key, { ...one, routes: [route] });
    }
  }
  const all = [...problems.values()].map(({ routes, ...one }): Problem => {
    return routes.length === each.length ? one : { ...one, routes };
  });
  const omitted = Math.max(...worst.map(({ finding }) => finding.omitted ?? 0), all.length - problemsAtMost);
  const evidence = new Map(
    worst.flatMap(({ finding }) => finding.evidence.map((one) => [JSON.stringify(one), one])),
  );
  const { omitted: _, ...rest } = head.finding;
  // Law 1: an unknown is never excepted, nor hidden behind another route's failure that is.
  const open =
    outcome === 'fail' ? each.filter(({ finding }) => finding.outcome === 'unknown' && finding.gates) : [];
  return {
    ...rest,
    ...(worst.length < each.length ? { routes: worst.map(({ route }) => route) } : {}),
    gates: worst.some(({ finding }) => finding.gates),
    ...(open.length > 0 ? { unansweredBy: open.map(({ route }) => route) } : {}),
    problems: all.slice(0, problemsAtMost),
    ...(omitted > 0 ? { omitted } : {}),
    evidence: [...evidence.values()],
  };
}

function findingBy(rule: Rule, area: Area, judging: Judging): Finding {
  const { facts, policy } = judging;
  const answer = ask(rule, judging);
  const { id, severity, needs, points } = rule;
  const head = { rule: id, area, severity };
  if ('unknown' in answer) {
    const leftOut =
      answer.unknown === 'left-out' &&
      needs.every((name) => facts[name]?.known || policy.mayBeLeftOut.includes(name));
    return {
      ...head,
      outcome: 'unknown',
      gates: policy.gates.includes(severity) && !leftOut,
      waived: false,
      ...(points === undefined ? {} : { points }),
      reason: answer.unknown,
      ...(answer.ask ? { ask: answer.ask } : {}),
      problems: [],
      evidence: first(evidenceOf(needs, facts), answer.about ?? []),
    };
  }
  if ('notApplicable' in answer) {
    return {
      ...head,
      outcome: 'not-applicable',
      gates: false,
      waived: false,
      ...(points === undefined ? {} : { points }),
      reason: answer.notApplicable,
      problems: [],
      evidence: evidenceOf(needs, facts),
    };
  }
  const failed = answer.length > 0;
  return {
    ...head,
    outcome: failed ? 'fail' : 'pass',
    gates: failed && policy.gates.includes(severity),
    waived: false,
    ...(points === undefined ? {} : { points }),
    problems: answer.slice(0, problemsAtMost),
    ...(answer.length > problemsAtMost ? { omitted: answer.length - problemsAtMost } : {}),
    evidence: evidenceOf(needs, facts),
  };
}

/** Most rules need one fact, and share what it rests on with the others that need it. */
function evidenceOf(needs: readonly FactName[], facts: GatheredFacts): readonly Evidence[] {
  const [only, ...more] = needs;
  if (only && more.length === 0) return facts[only]?.evidence ?? [];
  return needs.flatMap((name) => facts[name]?.evidence ?? []);
}

/** What the check lacks stands first: a fact may hold other questions that nobody answered. */
function first(evidence: readonly Evidence[], about: readonly string[]): readonly Evidence[] {
  if (about.length === 0) return evidence;
  const named = (one: Evidence) =>
    one.kind === 'dns' && (about.includes(one.name) || about.includes(`${one.name} ${one.type}`));
  return [...evidence.filter(named), ...evidence.filter((one) => !named(one))];
}

/** A rule gets the facts it needs and nothing else; one that throws is unknown, never a pass. */
function ask(rule: Rule, { facts, policy, clients, now }: Judging): Answer {
  const known: Partial<Record<FactName, unknown>> = {};
  for (const name of rule.needs) {
    const fact = facts[name];
    if (!fact) return { unknown: 'crashed' };
    if (!fact.known) return { unknown: fact.reason };
    known[name] = fact.value;
  }
  try {
    return rule.check(known as unknown as Facts, { policy, clients, now });
  } catch {
    return { unknown: 'crashed' };
  }
}

/** Law 1. What is waived neither stops the mail nor keeps it waiting. */
export function decide(
  findings: readonly Pick<Finding, 'gates' | 'waived' | 'outcome' | 'severity' | 'unansweredBy'>[],
  policy: Pick<Policy, 'gates'>,
): Decision {
  const gating = findings.filter(({ gates, waived }) => gates && !waived);
  if (gating.some(({ outcome }) => outcome === 'fail')) return 'blocked';
  const passed = findings.some(
    ({ severity, outcome }) => outcome === 'pass' && policy.gates.includes(severity),
  );
  const open = findings.some(({ gates, unansweredBy = [] }) => gates && unansweredBy.length > 0);
  return gating.length > 0 || open || !passed ? 'undecided' : 'clear';
}

function score(findings: readonly Finding[], policy: Policy): number {
  const lost = findings
    .filter(({ outcome }) => outcome === 'fail')
    .map(({ severity }) => policy.score[severity]);
  return Math.max(0, 100 - lost.reduce((sum, points) => sum + points, 0));
}

/** A check without an answer is not worth nothing: with one of them open there is no sum. */
function spamScore(findings: readonly Finding[], { spam: { threshold } }: Policy): Verdict['spam'] {
  const counted = findings.filter(
    ({ points, outcome }) => points !== undefined && outcome !== 'not-applicable',
  );
  if (counted.length === 0 || counted.some(({ outcome }) => outcome === 'unknown')) {
    return { score: null, threshold };
  }
  const sum = counted.reduce(
    (total, { outcome, points = 0 }) => total + (outcome === 'fail' ? points : 0),
    0,
  );
  return { score: Math.round(sum * 10) / 10, threshold };
}
