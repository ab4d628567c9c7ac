/** One finding: what, why, how, and what it rests on. */
import { html } from 'hono/html';
import type { ReportFinding, ReportProblem } from '../../report/report.ts';
import { spamPoints } from '../../report/spam.ts';
import type { Ask, Locale } from '../../rule.ts';
import { sharedWords } from '../../words.ts';
import { changeBox } from './change.ts';
import { evidenceBox } from './evidence.ts';
import { type Icon, type State, tag } from './icons.ts';
import type { Markup } from './markup.ts';

const words = {
  en: {
    what: 'What is wrong',
    missing: 'What is missing',
    why: 'Why it matters',
    unknownWhy: (count: number) =>
      count === 1 ? 'Why this is checked' : 'Why these are checked; nothing is known yet',
    fix: 'How to fix it',
    dns: 'You do this where your domain’s DNS is kept, usually the web host or registrar.',
    select: 'One click on the new value selects all of it.',
    line: (line: number, column: number) => `line ${line}, column ${column}`,
    more: (count: number) => `… and ${count} more`,
    several: (count: number) => `${count} checks could not be made`,
  },
  sv: {
    what: 'Vad som är fel',
    missing: 'Vad som saknas',
    why: 'Varför det spelar roll',
    unknownWhy: (count: number) =>
      count === 1 ? 'Varför det här kontrolleras' : 'Varför de här kontrolleras; inget är känt än',
    fix: 'Så rättar du till det',
    dns: 'Det gör du där domänens DNS sköts, oftast hos webbhotellet eller där domänen är köpt.',
    select: 'Ett klick på det nya värdet markerar hela.',
    line: (line: number, column: number) => `rad ${line}, kolumn ${column}`,
    more: (count: number) => `… och ${count} till`,
    several: (count: number) => `${count} kontroller gick inte att göra`,
  },
} as const satisfies Record<Locale, object>;

/** Problems of one finding that are written out. */
const listed = 8;

/** What stands for the same cause stands in one card. */
export type Group = [ReportFinding, ...ReportFinding[]];

/** Colour, shape and word of a finding that failed or could not be checked. */
export function lookOf(
  { outcome, severity, gates }: ReportFinding,
  locale: Locale,
): { state: State; icon: Icon; word: string } {
  const { outcomes, severities } = sharedWords[locale];
  if (outcome === 'unknown') {
    return { state: gates ? 'undecided' : 'quiet', icon: 'unknown', word: outcomes.unknown };
  }
  const looks: Record<ReportFinding['severity'], [State, Icon]> = {
    blocker: ['blocked', 'fail'],
    major: ['undecided', 'warn'],
    minor: ['quiet', 'warn'],
    advice: ['advice', 'info'],
  };
  const [state, icon] = looks[severity];
  return { state, icon, word: severities[severity] };
}

/** Id of a finding on the page, so that a colleague can be sent straight there. */
export function findingId({ rule }: Pick<ReportFinding, 'rule'>): string {
  return `f-${rule}`;
}

/** `answer`: how to give what a finding asks for; nothing where it cannot be given. */
export function findingCard(group: Group, answer: (ask: Ask) => Markup | string, locale: Locale): Markup {
  const [finding, ...others] = group;
  const { state, icon, word } = lookOf(finding, locale);
  const stops = finding.outcome === 'fail' && finding.gates && !finding.waived;
  const several = others.length > 0;
  const id = several ? '' : html` id="${findingId(finding)}"`;
  const points = spamPoints(finding, locale);
  const heading = several ? words[locale].several(group.length) : finding.heading;
  return html`<article class="card finding ${state}"${id}>
${tag(state, icon, word)}${stops ? html` ${tag('blocked', 'fail', sharedWords[locale].stops)}` : ''}${points ? html` ${tag('quiet', 'info', points)}` : ''}<h3>${heading}</h3>
<dl class="facts">${what(group, answer, locale)}${why(group, locale)}${how(finding, locale)}</dl>
${evidenceBox(group, locale)}
</article>`;
}

function what(group: Group, answer: (ask: Ask) => Markup | string, locale: Locale): Markup {
  const [{ outcome, note, ask, problems, omitted = 0 }] = group;
  const word = words[locale];
  const shown = problems.slice(0, listed);
  const more = problems.length - shown.length + omitted;
  const lines = shown.map((problem) => problemLine(problem, locale));
  const list =
    lines.length > 1
      ? html`<ul class="in">${lines.map((line) => html`<li>${line}</li>`)}</ul>`
      : lines.map((line) => html`<p>${line}</p>`);
  return html`<div><dt>${outcome === 'unknown' ? word.missing : word.what}</dt><dd>${note ? html`<p>${note}</p>` : ''}${list}${more > 0 ? html`<p class="muted">${word.more(more)}</p>` : ''}${ask ? answer(ask) : ''}</dd></div>`;
}

function problemLine({ text, at }: ReportProblem, locale: Locale): Markup {
  if (!at) return html`${text}`;
  const place = html`<span class="muted small">(${words[locale].line(at.line, at.column)})</span>`;
  return html`${text} ${place}${at.snippet ? html`<code class="snippet">${at.snippet}</code>` : ''}`;
}

/** One reason, or each check with its own. */
function why(group: Group, locale: Locale): Markup | string {
  const [{ outcome, why: reason }] = group;
  // Of what got no answer it must not be read as a verdict.
  const label = outcome === 'unknown' ? words[locale].unknownWhy(group.length) : words[locale].why;
  if (group.length === 1) return reason ? html`<div><dt>${label}</dt><dd><p>${reason}</p></dd></div>` : '';
  const items = group.map(
    (finding) => html`<li id="${findingId(finding)}"><strong>${finding.title}.</strong> ${finding.why}</li>`,
  );
  return html`<div><dt>${label}</dt><dd><ul class="in loose">${items}</ul></dd></div>`;
}

function how({ problems }: ReportFinding, locale: Locale): Markup | string {
  const word = words[locale];
  const shown = problems.slice(0, listed);
  const fixes = [...new Set(shown.map(({ fix }) => fix).filter(Boolean))];
  const changes = shown.flatMap(({ change }) => (change ? [change] : []));
  if (fixes.length + changes.length === 0) return '';
  const dns = changes.some(({ kind }) => kind === 'dns');
  const select = changes.some(({ new: next }) => next !== null);
  return html`<div><dt>${word.fix}</dt><dd>${fixes.map((fix) => html`<p>${fix}</p>`)}${dns ? html`<p>${word.dns}</p>` : ''}${changes.map((change) => changeBox(change, locale))}${select ? html`<p class="hint noprint">${word.select}</p>` : ''}</dd></div>`;
}
