/**
 * The vocabulary a rule may use. A rule compares facts and names problems; it fetches nothing, renders
 * no words of its own accord and knows no host. README says what to touch to add one.
 */
import type { FactName, Facts } from './facts/facts.ts';
import type { Change, Place } from './place.ts';
import type { IdentityStatus, ServerGreeting, TransportInfo } from './ports.ts';

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
  /** The registry of the domain did not tell, or cannot be asked. */
  | 'registry-silent'
  /** Some blocklists gave no answer that can be used. */
  | 'lists-silent'
  /** A file on the web could not be had. */
  | 'file-silent'
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
  /** The resolver does not check DNSSEC. */
  | 'unvalidated'
  /** There is more of it than is read. */
  | 'too-much'
  /** Words that may mean it, or are of a language nobody here reads. */
  | 'unclear'
  /** The malware scanner did not answer. */
  | 'scanner-silent'
  /** More than the malware scanner takes. */
  | 'scanner-limit'
  /** A mail server did not let us speak to it on port 25, which may be the way there. */
  | 'servers-silent'
  /** Amazon SES could not be asked. */
  | 'provider-silent'
  /** The route goes by a sending server that is not set up here. */
  | 'no-server';
/** Why a check has nothing to say about this message. */
export type NotApplicableReason =
  | 'no-html'
  /** Nobody has named a sending server. */
  | 'no-addresses'
  /** No blocklist that was asked answers the resolver of this server. */
  | 'lists-refuse'
  /** The registry does not publish it. */
  | 'not-told'
  | 'no-reply-to'
  /** Nothing is attached, and there is no malware scanner here. */
  | 'no-attachments'
  | 'no-record'
  /** There is one, and what is wrong with it is another check's matter. */
  | 'faulty-record'
  /** The From domain does not exist. */
  | 'no-domain'
  | 'no-mail-from'
  /** Other checks look at the same. */
  | 'other-checks'
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
  /** The DMARC record names no address for reports. */
  | 'no-report-address'
  /** Nobody has said under which selector the mail is signed, and no signature does. */
  | 'no-selector'
  /** The resolver does not check DNSSEC, and the records that it gave were judged by themselves. */
  | 'unvalidated'
  /** The domain is not signed. */
  | 'no-dnssec'
  /** The mail does not go by Amazon SES from here. */
  | 'not-ses'
  /** Of mail that goes by a sending server that is set up here. */
  | 'no-route';
/** What a person can hand in so that an unknown can be judged again. */
export type Ask = 'mail-from' | 'dkim-selector' | 'subject' | 'sent-message';

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

/** Every number that rules and the machine compare with; the values stand in rules/policy.ts. */
export interface Policy {
  /** Severities that hold the gate shut when they fail or cannot be checked. */
  gates: readonly Severity[];
  /** Facts an audit may leave out by choice and still be judged clear: partial, and never a clearance. */
  mayBeLeftOut: readonly FactName[];
  /** `services`: domains whose SPF record names the servers of a sending service. */
  spf: { lookups: number; voids: number; answerOctets: number; services: readonly string[] };
  zoneHosts: readonly ZoneHost[];
  /** Numbers of algorithms and DS digests that no signer may use any more. */
  dnssec: { retiredAlgorithms: readonly number[]; retiredDigests: readonly number[] };
  /**
   * Of RSA keys: one of fewer bits does not count, and receivers need not read one of more than `mostBits`.
   * `lifeMs`: so long mail may be on its way, and a signature must hold.
   */
  dkim: { leastBits: number; advisedBits: number; mostBits: number; lifeMs: number };
  /** That are asked, and in this order. Whoever runs the service may leave some out. */
  blocklists: readonly Blocklist[];
  /** `servers`: of RDAP, by top-level domain; `bootstrap` tells of the others. */
  registration: {
    bootstrap: string;
    servers: Readonly<Record<string, string>>;
    youngDays: number;
    expiryDays: number;
  };
  /** `logoBytes`: of a logo at most. */
  bimi: { logoBytes: number; expiryDays: number };
  clipping: { limitBytes: number; addedBytes: number };
  rendering: { overflow: number };
  /** Milliseconds from the start of gathering. */
  /** `certificateDays`: so long before its end a mail server's certificate is told of. `policyDays`: what MTA-STS is to be kept at least. */
  transport: { certificateDays: number; policyDays: number };
  budgets: { dns: number; network: number; rendering: number; malware: number };
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

/** A list, in DNS, of addresses or domains with a bad name (RFC 5782). One file each under rules/blocklists/. */
export interface Blocklist {
  id: string;
  name: string;
  /** What is asked about stands before it. */
  zone: string;
  about: readonly ('ip4' | 'ip6' | 'domain')[];
  /** What its answers mean; an answer that is not here says nothing. */
  codes: readonly BlocklistCode[];
  /** Whom it does not answer, beside those who ask too much. */
  refuses: 'public-resolver' | 'unregistered' | null;
  /** Its zone for those who have a key, which stands before it. `owner`: one key opens all lists of it. */
  keyed: { owner: string; zone: string } | null;
  /** Where to ask to be taken off. */
  delisting: string;
  source: string;
  date: string;
}

/**
 * `code`: the whole answer; `bit`: of its last octet. `blocks`: receivers refuse mail by it, and do not merely count
 * it. `means: 'line'`: an address that is not to send mail to receivers directly, whatever it sends.
 */
export type BlocklistCode = ({ code: string } | { bit: number }) & {
  part: string;
  blocks: boolean;
  means?: 'line';
};

/** Who hosts zones, known by its name servers. */
export interface ZoneHost {
  id: string;
  /** For people. */
  name: string;
  /** Every name server of the zone fits; name in lower case, no dot at the end. */
  servers: RegExp;
  /** The way to the DNS settings once signed in; null: we do not know it. */
  settings: Record<Locale, string> | null;
  /** Whose resources Terraform has for it; absent: none that we write. */
  terraform?: string;
  /** When it was last compared with the source. */
  date: string;
  source: string;
}

/** A zone, and who hosts it. */
export interface ZonePlace {
  /** Its topmost name. */
  apex: string;
  /** Its name servers; empty: DNS did not say. */
  servers: readonly string[];
  /** null: nobody that we know. */
  host: {
    id: string;
    name: string;
    settings: Record<Locale, string> | null;
    terraform: string | null;
  } | null;
}

/** A record that a step of the plan publishes. `old`: it stands in its place now. */
export interface PlannedRecord {
  type: string;
  name: string;
  old: string | null;
  new: string;
}

/**
 * How a step stands, by the facts. `unknown`: DNS or a person has not said, which is never done. `idle`: it is not for
 * this domain.
 */
export interface StepReading {
  state: 'done' | 'open' | 'unknown' | 'idle';
  /** What to publish; empty: another tells which, as the step's words say. */
  records: readonly PlannedRecord[];
  /** For the words. */
  data: Readonly<Record<string, string | number | boolean>>;
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
  /** Days at least between those and this. */
  waitDays: number;
  /** Checks (rule ids) that it brings to pass. */
  checks: readonly string[];
  source: string;
  read(facts: Facts, context: Context): StepReading;
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
}

export interface StepDefinition<N extends FactName> extends Omit<PlanStep, 'needs' | 'read'> {
  needs: readonly N[];
  read(facts: Pick<Facts, N>, context: Context): StepReading;
}

/** Declares a step; it gets the facts that it needs and nothing else. */
export function defineStep<const N extends FactName>(step: StepDefinition<N>): PlanStep {
  return step as unknown as PlanStep;
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

/** Rules that together show that a requirement is met. */
export interface ProviderWay {
  /** Ids of rules that must all hold. `except`: keys of problems that this provider does not mind. */
  needs: readonly (string | { rule: string; except: readonly string[] })[];
  /** Rules that break it when they fail, and whose silence says nothing: of what may not be there yet. */
  heeds?: readonly string[];
}

/** One thing that a mailbox provider has published that it asks of those who send to it. */
export interface ProviderRequirement {
  id: string;
  /** Whom it is asked of: `perDay`, those who send more mails a day; `bulk`, those who send much, without a number. */
  from: 'everyone' | 'bulk' | { perDay: number };
  /** `advised`: the provider recommends it, and nothing is said of what fails it. */
  force: 'required' | 'advised';
  /**
   * One of the `ways` is enough. `unseen`: it cannot be observed before the mail is sent; why, and where a person can
   * see it. `heeds`: rules that break it all the same when they fail. `shownBy`: rules that do show it where they are
   * given what they look at, such as the addresses of sending servers.
   */
  judged:
    | { ways: readonly [ProviderWay, ...ProviderWay[]] }
    | { unseen: Record<Locale, string>; heeds?: readonly string[]; shownBy?: readonly string[] };
  /** What its servers answer where it is not met, as the provider writes it; null: it publishes none. */
  code: string | null;
  /** What it asks, in one sentence. */
  words: Record<Locale, string>;
}

/** What a mailbox provider asks of those who send to it. One file each under rules/providers/. */
export interface MailboxProvider {
  id: string;
  name: string;
  /** Domains of the mailboxes that it asks this for. */
  mailboxes: readonly string[];
  /** When its pages were read. */
  date: string;
  /** `dated`: the day of the text that was read; null: nothing says. */
  sources: readonly { title: string; url: string; dated: string | null }[];
  /** `medium`: it was read in an old copy or in another's words, or the provider is not exact. */
  confidence: 'high' | 'medium';
  requirements: readonly ProviderRequirement[];
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
  /** Sending servers that are named. */
  sendingAddresses?: readonly string[];
  /** Of a registered sender, the primary first; without any, the mail goes by a system of the sender's own. */
  routes?: readonly { transport: string; mailFrom: string; dkim?: readonly { d: string; s: string }[] }[];
  /** The sending servers, by id: only what is not as in test/world.ts, where `ses` is Amazon SES and all others SMTP. */
  transports?: Readonly<Record<string, Partial<Pick<TransportInfo, 'kind' | 'provider' | 'place' | 'spf'>>>>;
  /** What the provider of a route says of the From domain, by transport; one that is not here could not be asked. */
  identities?: Readonly<Record<string, Partial<IdentityStatus>>>;
  /** What the web answers, by address: a body with status 200, or a status or failure of its own; the rest is not reached. */
  web?: Readonly<
    Record<string, string | { status?: number; type?: string; body?: string; failure?: string }>
  >;
  /** What mail servers say, by host: only what is not as in a sound one; the rest is silent. */
  servers?: Readonly<Record<string, Partial<ServerGreeting>>>;
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
