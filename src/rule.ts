/**
 * The vocabulary a rule may use. A rule compares facts and names problems; it fetches nothing, renders
 * no words of its own accord and knows no host. README says what to touch to add one.
 */
import type { FactName, Facts } from './facts/facts.ts';
import type { Change, Place } from './place.ts';

export type { FactName, Facts } from './facts/facts.ts';
export type { Change, Place } from './place.ts';

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
  'markup',
  'compatibility',
  'accessibility',
  'rendering',
] as const;
export type Area = (typeof areas)[number];

/** Why a check could not be made. Shared words for each stand in words.ts. */
export type UnknownReason =
  | 'unanswered'
  | 'late'
  | 'missing-engine'
  | 'crashed'
  | 'left-out'
  | 'not-given'
  /** Only a DKIM signature can settle it. */
  | 'needs-dkim'
  /** A macro: it is another answer for each mail. */
  | 'each-mail'
  /** The SPF tree was not read to its end, so far is it over the limit. */
  | 'cut-short'
  /** There is more of it than is read. */
  | 'too-much'
  /** Words that may mean it, or are of a language nobody here reads. */
  | 'unclear'
  /** The malware scanner did not answer. */
  | 'scanner-silent'
  /** More than the malware scanner takes. */
  | 'scanner-limit';
/** Why a check has nothing to say about this message. */
export type NotApplicableReason =
  | 'no-html'
  | 'no-reply-to'
  /** Nothing is attached, and there is no malware scanner here. */
  | 'no-attachments'
  | 'no-record'
  /** There is one, and what is wrong with it is another check's matter. */
  | 'faulty-record'
  /** The From domain does not exist. */
  | 'no-domain'
  | 'no-mail-from'
  /** It belongs to the sending service. */
  | 'not-yours'
  /** The header of a template is written when it is sent. */
  | 'template'
  /** What is there is right; the signature over it is made when the mail is sent. */
  | 'not-signed'
  /** Klarsignal writes it for each reader, and signs it, when it sends the mail. */
  | 'composed'
  /** Asked of marketing mail alone. */
  | 'transactional'
  /** The message has no DKIM signature. */
  | 'no-signature'
  /** Nobody has said under which selector the mail is signed, and no signature does. */
  | 'no-selector';
/** What a person can hand in so that an unknown can be judged again. */
export type Ask = 'mail-from' | 'dkim-selector' | 'subject' | 'sent-message';

export interface Problem<K extends string = string, D extends object = object> {
  key: K;
  data: D;
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

/** Every number that rules and the machine compare with; the values stand in rules/policy.ts. */
export interface Policy {
  /** Severities that hold the gate shut when they fail or cannot be checked. */
  gates: readonly Severity[];
  /** Facts an audit may leave out by choice and still be judged clear: partial, and never a clearance. */
  mayBeLeftOut: readonly FactName[];
  /** `services`: domains whose SPF record names the servers of a sending service. */
  spf: { lookups: number; voids: number; services: readonly string[] };
  /** Of RSA keys: one of fewer bits does not count. */
  dkim: { leastBits: number; advisedBits: number };
  clipping: { limitBytes: number; addedBytes: number };
  rendering: { overflow: number };
  /** Milliseconds from the start of gathering. */
  budgets: { dns: number; rendering: number; malware: number };
  /** Points off 100 for each failed check. For people only: the score opens nothing. */
  score: Record<Severity, number>;
  spam: { threshold: number };
  /** What a submission may be at most. */
  limits: {
    uploadBytes: number;
    mjmlBytes: number;
    elements: number;
    attributes: number;
    /** Characters. */
    textLength: number;
    depth: number;
    headerBytes: number;
    mimeDepth: number;
    attachments: number;
    subjectLength: number;
  };
  /** `leaseMs`: a running audit that has not been heard of for so long is taken up again. `inLine`: requests that
   * may wait to be read; more are turned away. */
  audits: { leaseMs: number; attempts: number; atOnce: number; inLine: number; unfinished: number };
  /**
   * Milliseconds that facts may have when a clearance is granted on them, and that it lives; days of a waiver.
   * `againMs`: so long before its end, or before the start, the mail of a mailing that outlives it is audited again.
   * `againEveryMs`: between two such audits where one was left without an answer.
   */
  clearance: {
    factsMs: number;
    lifeMs: number;
    waiverDaysAtMost: number;
    againMs: number;
    againEveryMs: number;
  };
  /**
   * Days after its end that a mailing keeps addresses and merge values; `rows`: forgotten at a time. One that is
   * paused for as many days is cancelled, and told of `noticeDays` before.
   */
  retention: { days: number; noticeDays: number; rows: number };
  sending: {
    /** A rehearsal arms its route for so long. */
    rehearsalDays: number;
    leaseMs: number;
    /** Campaigns that one process runs at once. */
    atOnce: number;
    /** Most recipients of a campaign, and most bytes of a list. */
    recipients: number;
    listBytes: number;
    /** How often DNS is asked again while a campaign is being sent. */
    recheckMs: number;
    /** Waits between asking again where there was no answer. After the last, the campaign pauses. */
    unansweredMs: readonly number[];
    /** How often a provider is asked for its quotas, and how often bounces are counted. */
    statusMs: number;
    ratesMs: number;
    /** An attempt that has no answer by then is cut. */
    attemptMs: number;
    /** Results are written down together: after so long, or when there are so many. */
    settle: { ms: number; results: number };
    /** Milliseconds before a recipient has another turn, when nothing was handed over. */
    again: number;
    /** For what was put off: the last wait repeats until `forMs` after the first attempt. */
    retries: { waitsMs: readonly number[]; forMs: number };
    /** Opens after so many `failures` in a row `withinMs`. A probe goes after `waitMs`, which doubles each time. */
    breaker: { failures: number; withinMs: number; waitMs: number; waitAtMostMs: number };
    /** For so long a campaign waits for its server, with nothing taken, before it stands still. */
    waitForServerMs: number;
    /** Mails that a route refuses for good one after the other, as a whole, before a campaign stands still. */
    refusedInARow: number;
    /** Recipients refused for no reason that is theirs, `count` `of` the last, before a campaign stands still. */
    refusedOften: { of: number; count: number };
    /**
     * `least`: a rate of fewer mails means nothing, and `leastToSwitch` for what is over `switchOver` alone. Shares are 0 to 1. `windowMs`: for so long a sender's and an
     * account's attempts count together. `results`: rates are looked at after so many, if `ratesMs` has not passed.
     */
    bounces: {
      windowMs: number;
      results: number;
      least: number;
      leastToSwitch: number;
      leastComplaints: number;
      switchOver: number;
      stopOver: number;
      complaintsFrom: number;
    };
    /** What is unknown for so long is a person's to decide. */
    unknownMs: number;
    /** Of a provider's events: the oldest that is believed, and for how long none may come after mail was handed over. */
    events: { oldestMs: number; silentMs: number };
    /** Domains that sign the spam reports of feedback loops (d=); whoever runs the service may name more. */
    feedbackLoops: readonly string[];
  };
}

/** A plan by which a new sender's mail grows. A day's cap is over all campaigns of the sender. */
export interface WarmUp {
  id: string;
  /** However small the share. */
  leastPerDay: number;
  /** `share`: 0 to 1, of a mailing's list over all the step's days. `atMost`: on one day. */
  steps: readonly { days: number; share: number; atMost: number }[];
}

/** How a client treats one feature of HTML or CSS. `unknown`: nobody has tested it; neither support nor its lack. */
export type SupportLevel = 'yes' | 'partly' | 'no' | 'unknown';

export interface Support {
  level: SupportLevel;
  /** What the source says of it, in English as it stands there. */
  notes: readonly string[];
}

/**
 * What a client does to colours in dark mode. `author`: shows the mail's own dark styles where the mail asks for
 * them (color-scheme), turns a plain mail dark by itself, and leaves any other alone. `forced`: changes every
 * colour. `darkest`: the lightness (CIELAB) that white gets where the client changes colours.
 */
export type DarkMode = { kind: 'unchanged' } | { kind: 'author' | 'forced'; darkest: number };

/** A limit to properties that the client knows otherwise; what it does not know at all `support` tells. */
export interface PropertyLimit {
  properties: readonly string[];
  /** The elements they work on; all when neither is given. */
  on?: readonly string[];
  except?: readonly string[];
  /** The values that work. */
  only?: readonly string[];
  /** Words that do not work: the sides of a margin that say them are passed over, or the declaration. */
  lacks?: readonly string[];
  /** `false`: a value with a negative length is passed over. */
  negative?: false;
  /** `true`: of a background only the colour is read. */
  colourOnly?: true;
  /** `true`: a value of several words is passed over. */
  single?: true;
  /** Pixels; what is thicker is drawn so thick. */
  thickest?: number;
}

/** How a client reads a mail before it draws it: what of HTML and CSS the simulation changes. */
export interface Reading {
  /** Features that conditional comments ask about, with their version; null: they are mere comments. */
  conditions: Readonly<Record<string, number>> | null;
  /** Shapes of VML are shown: here as boxes of their colour. */
  shapes: boolean;
  /** The body becomes a div in a page of the client's own, which rules for html and body do not reach. */
  bodyInPage: boolean;
  /** `characters`: of all together; an element that passes it is dropped. */
  styles: { inBody: boolean; characters: number | null; nestedAtRules: boolean };
  /** Features (slugs) that take all the CSS beside them along: of their style attribute, or their style element. */
  spoils: { attribute: readonly string[]; element: readonly string[] };
  /** Elements that show although they stand in something hidden. */
  hidingStopsAt: readonly string[];
  /** `!important` in a style attribute; where it does not work the declaration is passed over. */
  importantInline: boolean;
  /** Vendors whose properties it reads; null: as the browser does. */
  vendors: readonly string[] | null;
  limits: readonly PropertyLimit[];
  /** Its own properties, as CSS that means the same: `mso-hide: all` is `display: none`. */
  means: readonly { property: string; value?: string; as: string; asValue?: string }[];
  /** Attributes that work on these elements alone. */
  attributes: Readonly<Record<string, readonly string[]>>;
  /** CSS of the page that the client shows mail in. */
  pageStyle: string;
}

/** A mail client as far as checks and previews need to know it. One file each under rules/clients/. */
export interface Client {
  id: string;
  name: string;
  device: 'computer' | 'phone';
  /** Of the facts below: when they were last compared with the source. */
  date: string;
  source: string;
  viewport: { width: number; height: number };
  schemes: readonly ('light' | 'dark')[];
  dark: DarkMode;
  reading: Reading;
  /**
   * By the slug of the feature at caniemail.com; a feature that is not there is `unknown`. With a colon and the part
   * (`css-rgb:spaces`) what the source tells in a note.
   */
  support: Readonly<Record<string, Support>>;
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

/** A message and its surroundings, written short; what is absent comes from test/world.ts's sound default. */
export interface World {
  zone?: Record<string, unknown>;
  html?: string;
  mjml?: string;
  eml?: string;
  from?: string;
  replyTo?: string;
  subject?: string;
  mailFrom?: string | null;
  class?: 'marketing' | 'transactional';
  /** What the malware scanner says; without it there is none. `infected`: it knows a test signature, and looks for it. */
  scanner?: 'clean' | 'infected' | 'silent';
  /** null: none is named. */
  dkimSelectors?: readonly string[] | null;
  /** Declared: then Klarsignal fills the mail in. */
  mergeFields?: readonly unknown[];
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
