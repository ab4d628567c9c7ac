/** What there are shared words for, and what both languages need to make them. */
import type { FactName } from '../facts/facts.ts';
import type { Area, Ask, Locale, NotApplicableReason, Severity, UnknownReason } from '../rule.ts';
import type { InputErrorCode } from '../submission.ts';
import type { Decision, Outcome } from '../verdict.ts';

export type Data = Record<string, string | number>;

export interface SharedWords {
  decisions: Record<Decision, string>;
  /** An audit that never earns a clearance. */
  trial: string;
  /** What a reader might think is checked and is not. */
  scope: string;
  /** Said of previews that were drawn without Chromium's sandbox. */
  unsandboxed: string;
  /** DNS questions that got no answer. `below`: their names stand further down. */
  silent(questions: readonly Question[], below?: boolean): string;
  /** The resolver of an example, which has a DNS of its own. */
  exampleDns: string;
  /** Of a message without a DKIM signature. */
  unsigned: string;
  outcomes: Record<Outcome, string>;
  severities: Record<Severity, string>;
  /** Of a failure that keeps the mail from going, whatever its severity. */
  stops: string;
  areas: Record<Area, string>;
  facts: Record<FactName, string>;
  /** Of which sending servers, by their names, something is true. */
  byRoutes(routes: readonly string[]): string;
  /** Routes without an answer, of a check that fails by others. `stops`: the failure itself holds the mail. */
  unansweredBy(routes: readonly string[], stops: boolean): string;
  reasons: Record<UnknownReason | NotApplicableReason, string>;
  asks: Record<Ask, string>;
  /** What is asked otherwise of a domain by itself, where no mail can be handed in. */
  domainAsks: Partial<Record<Ask, string>>;
  errors: Record<InputErrorCode, (data: Data) => string>;
  failures: Record<string, string>;
}

export interface Question {
  name: string;
  type: string;
  resolver: string;
}

/** Who was asked, and what about. */
export const askedOf = (questions: readonly Question[]) => ({
  resolvers: [...new Set(questions.map(({ resolver }) => resolver))].join(', '),
  names: questions.map(({ name, type }) => `${name} (${type})`).join('; '),
});
export const exampleDns = { en: 'the example’s own DNS', sv: 'exemplets egen DNS' };

export const megabytes = (bytes: number | string | undefined, locale: Locale) =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(Number(bytes) / 1024 / 1024);
