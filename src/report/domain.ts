/** A sender domain judged without a mail, in a reader's language: never "clear to send", since nothing is to be sent. */

import type { Locale, MailboxProvider, PlanStep } from '../rule.ts';
import type { SenderPart } from '../submission.ts';
import type { Decision, Rules, Verdict } from '../verdict.ts';
import { unicodeName } from '../words/unicode-name.ts';
import { sharedWords } from '../words.ts';
import { type Plan, writePlan } from './plan.ts';
import { type Report, type ReportFinding, writeReport } from './report.ts';
import { inOrder, lacksAnswer, stopsMail, waits } from './standing.ts';
import { namesOf, scoreOf } from './summary.ts';

/** Which domain it was, and what was known of how its mail goes out. */
export interface AuditedDomain {
  domain: string;
  /** As people read it; null: it has no such form, or one that can be taken for another name. */
  unicode: string | null;
  /** When it was judged, ISO 8601. */
  at: string;
  mailFrom: string | null;
  dkimSelectors: readonly string[];
  sendingAddresses: readonly string[];
  /** Sending servers of the registered sender that it was judged by; empty: it goes by a system of its own. */
  routes: readonly string[];
}

export type DomainReport = Report & { domain: AuditedDomain };

/** What has the words of such a report. */
interface Worded {
  rules: Rules;
  providers?: readonly MailboxProvider[] | undefined;
  planSteps?: readonly PlanStep[] | undefined;
}

export function writeDomainReport(
  verdict: Verdict,
  { sender, at, plan }: { sender: SenderPart; at: string; plan?: Plan | undefined },
  { rules, providers, planSteps = [] }: Worded,
  locale: Locale,
): DomainReport {
  const { from, mailFrom, dkimSelectors, sendingAddresses, routes } = sender;
  const domain = {
    domain: from.domain,
    unicode: unicodeName(from.domain),
    at,
    mailFrom,
    dkimSelectors: [...dkimSelectors],
    sendingAddresses: [...sendingAddresses],
    routes: routes.flatMap(({ transport }) => (transport === null ? [] : [transport])),
  };
  const { findings, ...rest } = writeReport(verdict, rules, locale, undefined, false, providers);
  const report = { ...rest, findings: findings.map((one) => askedOfDomain(one, locale)) };
  const planned = plan && writePlan(plan, planSteps, verdict.zones ?? [], locale, report.findings);
  return { ...report, domain, ...(planned ? { plan: planned } : {}) };
}

/** No mail can be handed in here in place of an answer. */
function askedOfDomain(finding: ReportFinding, locale: Locale): ReportFinding {
  const note = finding.ask && sharedWords[locale].domainAsks[finding.ask];
  return note ? { ...finding, note } : finding;
}

const words: Record<
  Locale,
  {
    decisions: Record<Decision, string>;
    clear: string;
    blocked(count: number, what: string): string;
    undecided(count: number, what: string): string;
    more(count: number): string;
    alone: string;
    trial: string;
  }
> = {
  en: {
    decisions: {
      clear: 'The domain is in order',
      blocked: 'The domain needs mending',
      undecided: 'Not everything has an answer yet',
    },
    clear: 'Every check of the domain that can stop its mail has passed.',
    blocked: (count, what) =>
      `${count === 1 ? 'One thing stops' : `${count} things stop`} mail from the domain: ${what}.`,
    undecided: (count, what) =>
      what
        ? `Nothing found so far stops mail from the domain, but ${count === 1 ? '1 check has' : `${count} checks have`} no answer yet: ${what}.`
        : 'Nothing could be checked.',
    more: (count) =>
      `${count === 1 ? '1 check has' : `${count} checks have`} no answer yet, so more may turn up.`,
    alone:
      'This is about the domain alone. Before a mailing, audit the mail itself: only that gives a clearance.',
    trial: 'This is a trial: the DNS answers come from a file or a server of your choice.',
  },
  sv: {
    decisions: {
      clear: 'Domänen är i ordning',
      blocked: 'Domänen behöver rättas till',
      undecided: 'Allt har inte fått svar än',
    },
    clear: 'Alla kontroller av domänen som kan stoppa dess mejl är godkända.',
    blocked: (count, what) =>
      `${count === 1 ? 'En sak' : `${count} saker`} stoppar mejl från domänen: ${what}.`,
    undecided: (count, what) =>
      what
        ? `Inget som stoppar mejl från domänen har hittats hittills, men ${count === 1 ? '1 kontroll' : `${count} kontroller`} saknar svar: ${what}.`
        : 'Inget kunde kontrolleras.',
    more: (count) =>
      `Dessutom saknar ${count === 1 ? '1 kontroll' : `${count} kontroller`} svar, så mer kan dyka upp.`,
    alone: 'Det här gäller bara domänen. Granska mejlet före ett utskick: bara det ger klarsignal.',
    trial: 'Det här är en provkörning: DNS-svaren kommer från en fil eller en server som du har valt.',
  },
};

/** What it comes to, in a few words. */
export function domainHeadline({ decision }: Pick<Verdict, 'decision'>, locale: Locale): string {
  return words[locale].decisions[decision];
}

/** In a sentence: what stops the domain's mail, or what is missing to decide. */
export function domainSummary({ decision, findings, simulated }: Report, locale: Locale): string {
  const say = words[locale];
  const failed = inOrder(findings).filter(stopsMail);
  const open = [...inOrder(findings), ...findings.filter(waits)].filter(lacksAnswer);
  const said = {
    clear: () => say.clear,
    blocked: () => say.blocked(failed.length, namesOf(failed, locale)),
    undecided: () => say.undecided(open.length, namesOf(open, locale, 'checks')),
  };
  return [
    said[decision](),
    decision === 'blocked' && open.length > 0 ? say.more(open.length) : '',
    simulated ? say.trial : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** What such a report is not. */
export function domainScope(locale: Locale): string {
  return words[locale].alone;
}

/** For programs: without what only a mail has. */
export function domainJson(
  { audited: _, spam: __, previews: ___, sandboxed: ____, domain, ...report }: DomainReport,
  ruleSet: string,
) {
  return { ...domain, ruleSet, ...report, score: scoreOf(report) };
}
