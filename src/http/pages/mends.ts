/** What to do first: the few things that move the decision. */
import { html } from 'hono/html';
import type { Report, ReportFinding } from '../../report/report.ts';
import type { Ask, Locale } from '../../rule.ts';
import { askId, askMend } from './ask.ts';
import { findingId } from './finding.ts';
import type { Markup } from './markup.ts';

const words = {
  en: {
    first: ['Do this first', 'Do these two first', 'Do these three first'],
    register: {
      mend: 'Register the domain as a sender',
      see: 'Go to Senders',
    },
    see: { dns: 'See the record', source: 'See the line', text: 'See how', ask: 'Answer here' },
  },
  sv: {
    first: ['Börja med det här', 'Börja med de här två', 'Börja med de här tre'],
    register: {
      mend: 'Registrera domänen som avsändare',
      see: 'Till Avsändare',
    },
    see: { dns: 'Se posten', source: 'Se raden', text: 'Se hur', ask: 'Svara här' },
  },
} as const satisfies Record<Locale, object>;

interface Mend {
  mend: string;
  /** One sentence. */
  text: string;
  see: keyof (typeof words)['en']['see'];
  /** Id of where it stands in full. */
  id: string;
}

/** What Klarsignal asks of a provider for the mails that it does not send itself. */
export const ofOwnSystem: readonly Ask[] = ['mail-from', 'dkim-selector', 'sending-address'];

/**
 * Blockers, then majors, then what a person can answer. `answers`: whether this page takes answers. `unregistered`:
 * why the mail cannot go from here yet, in words; what is asked of senders elsewhere is beside the point then.
 */
export function mends(
  { findings, domain }: Report,
  answers: boolean,
  locale: Locale,
  unregistered?: string,
): Markup | string {
  const failed = (severity: ReportFinding['severity']) =>
    findings.filter(
      (finding) => finding.outcome === 'fail' && finding.severity === severity && !finding.waived,
    );
  const asked = findings.filter(
    ({ outcome, gates, ask }) =>
      outcome === 'unknown' && gates && !(unregistered && ask && ofOwnSystem.includes(ask)),
  );
  const all = [
    ...[...failed('blocker'), ...failed('major')].flatMap((finding) => ofFailure(finding)),
    ...asked.flatMap((finding) => ofAsk(finding, answers, domain !== undefined, locale)),
  ];
  // What mends several findings is one thing to do.
  const some = [...new Map(all.map((one) => [one.mend, one])).values()].slice(0, unregistered ? 2 : 3);
  const count = some.length + (unregistered ? 1 : 0);
  if (count === 0) return '';
  const { first, see, register } = words[locale];
  const before = unregistered
    ? html`<li class="card"><h3>${register.mend}</h3><p>${firstSentence(unregistered)}</p><a href="/senders">${register.see}</a></li>`
    : '';
  const items = some.map(
    (one) =>
      html`<li class="card"><h3>${one.mend}</h3><p>${one.text}</p><a href="#${one.id}">${see[one.see]}<span class="vh">: ${one.mend}</span></a></li>`,
  );
  return html`<section aria-labelledby="first"><h2 id="first">${first[count - 1]}</h2><ol class="plain mends n${count}">${before}${items}</ol></section>`;
}

function ofFailure(finding: ReportFinding): Mend[] {
  const [problem] = finding.problems;
  if (!problem) return [];
  const { mend, fix, change } = problem;
  return [
    {
      mend: mend || finding.title,
      text: firstSentence(fix),
      see: change?.kind ?? 'text',
      id: findingId(finding),
    },
  ];
}

function ofAsk(finding: ReportFinding, answers: boolean, ofDomain: boolean, locale: Locale): Mend[] {
  const { ask } = finding;
  if (!ask) return [];
  const { mend, text } = askMend(ask, ofDomain, locale);
  return [
    {
      mend,
      text: firstSentence(text),
      see: answers ? 'ask' : 'text',
      id: answers ? askId(ask) : findingId(finding),
    },
  ];
}

function firstSentence(text: string): string {
  return text.split(/(?<=[.!?])\s+(?=\p{Lu})/u)[0] ?? text;
}
