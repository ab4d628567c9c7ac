/**
 * The vocabulary a rule may use. A rule compares facts and names problems; it fetches nothing, renders
 * no words of its own accord and knows no host. README says what to touch to add one.
 */
import type { FactName, Facts } from './facts/facts.ts';
import type { Change, Place } from './place.ts';
import type { Client } from './rule/client.ts';
import type { Policy } from './rule/policy.ts';
import type { Ask, NotApplicableReason, UnknownReason } from './rule/reasons.ts';
import type { World } from './rule/world.ts';

export type { FactName, Facts } from './facts/facts.ts';
export type { Change, Place } from './place.ts';
export type * from './rule/client.ts';
export * from './rule/easy-dkim.ts';
export * from './rule/plan.ts';
export type * from './rule/policy.ts';
export type * from './rule/provider.ts';
export type * from './rule/reasons.ts';
export * from './rule/unicode-name.ts';
export type * from './rule/world.ts';
export type * from './rule/zone-host.ts';

export const locales = ['en', 'sv'] as const;
export type Locale = (typeof locales)[number];

export const severities = ['blocker', 'major', 'minor', 'advice'] as const;
export type Severity = (typeof severities)[number];

export const areas = [
  'authentication',
  'domain',
  'reputation',
  'sender',
  'headers',
  'content',
  'spam',
  'markup',
  'compatibility',
  'accessibility',
  'rendering',
] as const;
export type Area = (typeof areas)[number];

export interface Problem<K extends string = string, D extends object = object> {
  key: K;
  data: D;
  /** Routes that have it, by their transports; absent: all of them. Set by the machine, never by a rule. */
  routes?: readonly string[];
  at?: Place;
  change?: Change;
}

export interface NotApplicable {
  notApplicable: NotApplicableReason;
}

export interface Unknown {
  unknown: UnknownReason;
  ask?: Ask;
  /** What DNS did not answer about: names, or `name TYPE`. */
  about?: readonly string[];
}

export type Answer = readonly Problem[] | NotApplicable | Unknown;

/** Names one problem. `at` is where in the submitted source; `change` is what to publish or write instead. */
export function problem<const K extends string, D extends object>(
  key: K,
  data: D,
  more: { at?: Place | undefined; change?: Change | undefined } = {},
): Problem<K, D> {
  return {
    key,
    data,
    ...(more.at ? { at: more.at } : {}),
    ...(more.change ? { change: more.change } : {}),
  };
}

/** The check has nothing to say about this message. Never a pass. */
export function notApplicable(reason: NotApplicableReason): NotApplicable {
  return { notApplicable: reason };
}

/** The check could not be made. Never a pass. `ask`: what a person can add so that it can. */
export function unknown(reason: UnknownReason, ask?: Ask): Unknown {
  return ask ? { unknown: reason, ask } : { unknown: reason };
}

/** DNS did not say. `about`: which names, since the facts may hold others that are silent too. */
export function unanswered(about: readonly string[]): Unknown {
  return { unknown: 'unanswered', about };
}

export interface Context {
  policy: Policy;
  clients: readonly Client[];
  now: Date;
}

// The problem union is taken from the whole return type: inferring it directly stops at one problem.
type ProblemsOf<R> = R extends readonly (infer P)[] ? Extract<P, Problem> : never;
type DataOf<P extends Problem, K> = Extract<P, { key: K }>['data'];
type ByKey<P extends Problem> = { [K in P['key']]: (data: DataOf<P, K>) => string };
/** `count`: how many problems the headline stands for; 1 when it is that of one. */
type Headings<P extends Problem> = { [K in P['key']]: (data: DataOf<P, K>, count: number) => string };

export interface Words<P extends Problem> {
  /** The check's name: what is looked at, not what is wrong. */
  title: string;
  /** What is wrong, as a headline: a clause without a full stop. One text, or one for each problem. */
  heading: string | Headings<P>;
  /** What it means for the mail and the people who read it. */
  why: string;
  /** What to do, in a few words: an imperative without a full stop. */
  mend: string | ByKey<P>;
  /** Exactly what to do; one text, or one for each problem. */
  fix: string | ByKey<P>;
  /** One sentence a problem. */
  problems: ByKey<P>;
}

export interface Rule {
  id: string;
  severity: Severity;
  /** RFC and section, or a provider's page with its date. */
  reference: string;
  needs: readonly FactName[];
  /** Added to the spam score when it fails. */
  points?: number;
  check(facts: Facts, context: Context): Answer;
  words: Record<Locale, Words<Problem>>;
  examples: { good: readonly World[]; bad: readonly { world: World; finds: string }[] };
}

export interface RuleDefinition<N extends FactName, R extends Answer> {
  id: string;
  severity: Severity;
  reference: string;
  needs: readonly N[];
  points?: number;
  check(facts: Pick<Facts, N>, context: Context): R;
  words: Record<Locale, Words<ProblemsOf<R>>>;
  examples: {
    good: readonly World[];
    bad: readonly { world: World; finds: ProblemsOf<R>['key'] }[];
  };
}

/** Declares a rule; the compiler checks that every problem has its words in every language. */
export function defineRule<const N extends FactName, R extends Answer>(rule: RuleDefinition<N, R>): Rule {
  return rule as unknown as Rule;
}
