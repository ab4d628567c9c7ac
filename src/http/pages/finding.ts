/** One finding: what, why, how, and what it rests on. */
import { html } from 'hono/html';
import { type GatheredProblem, gatherFixes, gatherProblems, writePlaces } from '../../report/gathered.ts';
import { groupNote, unansweredNote } from '../../report/group-note.ts';
import type { ReportFinding } from '../../report/report.ts';
import { spamPoints } from '../../report/spam.ts';
import { type Group, isExcepted, silences, silentIn, stopsMail } from '../../report/standing.ts';
import type { Locale } from '../../rule.ts';
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
    select: 'One click on the new value selects all of it.',
    more: (count: number) => `… and ${count} more`,
    several: (count: number) => `${count} checks have no answer yet`,
    excepted: 'Exception',
  },
  sv: {
    what: 'Vad som är fel',
    missing: 'Vad som saknas',
    why: 'Varför det spelar roll',
    unknownWhy: (count: number) =>
      count === 1 ? 'Varför det här kontrolleras' : 'Varför de här kontrolleras; inget är känt än',
    fix: 'Så rättar du till det',
    select: 'Ett klick på det nya värdet markerar hela.',
    more: (count: number) => `… och ${count} till`,
    several: (count: number) => `${count} kontroller saknar svar`,
    excepted: 'Undantag',
  },
} as const satisfies Record<Locale, object>;

/** Problems of one finding that are written out. */
const listed = 8;

/** Colour, shape and word of a finding that failed or has no answer: one word, or two would contradict. */
function lookOf(finding: ReportFinding, locale: Locale): { state: State; icon: Icon; word: string } {
  const { outcome, severity, gates } = finding;
  const { outcomes, severities, stops } = sharedWords[locale];
  if (isExcepted(finding)) return { state: 'undecided', icon: 'warn', word: words[locale].excepted };
  if (stopsMail(finding)) return { state: 'blocked', icon: 'fail', word: stops };
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

/** What stands for the same cause stands in one card. `answer`: how to give what a finding asks for; nothing where it cannot be given. */
export function findingCard(
  group: Group,
  answer: (finding: ReportFinding) => Markup | string,
  locale: Locale,
): Markup {
  const [finding, ...others] = group;
  const { state, icon, word } = lookOf(finding, locale);
  const several = others.length > 0;
  const id = several ? '' : html` id="${findingId(finding)}"`;
  const points = spamPoints(finding, locale);
  const heading = several ? words[locale].several(group.length) : finding.heading;
  const head = html`${tag(state, icon, word)}${points ? html` ${tag('quiet', 'info', points)}` : ''}<h3>${heading}</h3>`;
  const body = html`<dl class="facts">${what(group, answer, locale)}${several ? '' : why(finding, locale)}${how(finding, locale)}</dl>
${several ? whys(group, locale) : ''}${evidenceBox(group, locale)}`;
  // What holds no mail back is read by whoever has the time.
  return finding.gates
    ? html`<article class="card finding ${state}"${id}>
${head}${body}
</article>`
    : html`<article class="card finding ${state}"${id}><details class="whole-card"><summary>${head}</summary>
${body}</details></article>`;
}

function what(group: Group, answer: (finding: ReportFinding) => Markup | string, locale: Locale): Markup {
  const [finding] = group;
  const { outcome, problems, omitted = 0, routes } = finding;
  const word = words[locale];
  const note = groupNote(group, locale, true);
  const gathered = gatherProblems(problems);
  const shown = gathered.slice(0, listed);
  const more = gathered.slice(listed).reduce((sum, { count }) => sum + count, omitted);
  const open = unansweredNote(finding, locale);
  const lines = shown.map((problem) => problemLine(problem, locale));
  const list =
    lines.length > 1
      ? html`<ul class="in">${lines.map((line) => html`<li>${line}</li>`)}</ul>`
      : lines.map((line) => html`<p>${line}</p>`);
  return html`<div><dt>${outcome === 'unknown' ? word.missing : word.what}</dt><dd>${note ? html`<p>${note}${outcome === 'unknown' && routes ? ` (${sharedWords[locale].byRoutes(routes)})` : ''}</p>` : ''}${list}${group.length > 1 ? concerned(group) : ''}${more > 0 ? html`<p class="muted">${word.more(more)}</p>` : ''}${open ? html`<p>${open}</p>` : ''}${answer(finding)}</dd></div>`;
}

/** Every check that one card stands for, each with what DNS did not say to it where there is more than one name. */
function concerned(group: Group): Markup {
  const names = silences(group).length > 1;
  const items = group.map((finding) => {
    const silent = names ? silentIn(finding) : undefined;
    return html`<li id="${findingId(finding)}">${finding.title}${silent ? html`<span class="muted">: ${silent.name} (${silent.type})</span>` : ''}</li>`;
  });
  return html`<ul class="in">${items}</ul>`;
}

function problemLine({ problem, places }: GatheredProblem, locale: Locale): Markup {
  const { text: said, routes } = problem;
  const [at] = places;
  const text = html`${said}${routes ? html` <span class="muted small">(${sharedWords[locale].byRoutes(routes)})</span>` : ''}`;
  if (!at) return text;
  const place = html`<span class="muted small">(${writePlaces(places, locale)})</span>`;
  return html`${text} ${place}${at.snippet ? html`<code class="snippet">${at.snippet}</code>` : ''}`;
}

function why({ outcome, why: reason }: ReportFinding, locale: Locale): Markup | string {
  if (!reason) return '';
  // Of what got no answer it must not be read as a verdict.
  const label = outcome === 'unknown' ? words[locale].unknownWhy(1) : words[locale].why;
  return html`<div><dt>${label}</dt><dd><p>${reason}</p></dd></div>`;
}

/** Each check with its own, folded: nothing is known yet, and together they are long. */
function whys(group: Group, locale: Locale): Markup {
  const items = group.map(({ title, why: reason }) => html`<li><strong>${title}.</strong> ${reason}</li>`);
  return html`<details><summary>${words[locale].unknownWhy(group.length)}</summary><ul class="in loose">${items}</ul></details>`;
}

/** Where several are told, each says where it belongs. */
function fixLine({ fix, places }: ReturnType<typeof gatherFixes>[number], locale: Locale): Markup {
  const of = writePlaces(places, locale);
  return html`<p>${fix}${of ? html` <span class="muted small">(${of})</span>` : ''}</p>`;
}

function how({ problems }: ReportFinding, locale: Locale): Markup | string {
  const word = words[locale];
  const shown = gatherProblems(problems).slice(0, listed);
  const fixes = gatherFixes(shown);
  const changes = shown.flatMap(({ problem: { change } }) => (change ? [change] : []));
  if (fixes.length + changes.length === 0) return '';
  const places = [...new Set(changes.flatMap(({ where }) => where ?? []))];
  const select = changes.some(({ new: next }) => next !== null);
  return html`<div><dt>${word.fix}</dt><dd>${fixes.map((one) => fixLine(one, locale))}${places.map((place) => html`<p>${place}</p>`)}${changes.map((change) => changeBox(change, locale))}${select ? html`<p class="hint noprint">${word.select}</p>` : ''}</dd></div>`;
}
