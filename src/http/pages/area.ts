/** One area of the report: its state in words, its findings, and what passed, folded. */
import { html } from 'hono/html';
import type { Report, ReportFinding } from '../../report/report.ts';
import {
  inGroups,
  inOrder,
  isExcepted,
  isLeftOut,
  lacksAnswer,
  stopsMail,
  waits,
} from '../../report/standing.ts';
import type { Area, Locale } from '../../rule.ts';
import { sharedWords } from '../../words.ts';
import { findingCard, findingId } from './finding.ts';
import { type Icon, icon, type State, tag } from './icons.ts';
import type { Markup } from './markup.ts';

type Count = (count: number) => string;

const words: Record<
  Locale,
  {
    areas: string;
    stops: Count;
    must: Count;
    should: Count;
    excepted: Count;
    unknown: Count;
    minor: Count;
    advice: Count;
    leftOut: Count;
    passed: Count;
    passedChecks: Count;
    waitingChecks: Count;
    other: Count;
    otherChecks: Count;
    /** Of a domain by itself. */
    otherOfDomain: Count;
    left: Count;
  }
> = {
  en: {
    areas: 'Areas',
    stops: (count) => (count === 1 ? '1 stops the mail' : `${count} stop the mail`),
    must: (count) => `${count} must be fixed`,
    should: (count) => `${count} should be fixed`,
    excepted: (count) => (count === 1 ? '1 exception' : `${count} exceptions`),
    unknown: (count) => (count === 1 ? '1 has no answer yet' : `${count} have no answer yet`),
    minor: (count) => `${count} minor`,
    advice: (count) => (count === 1 ? '1 piece of advice' : `${count} pieces of advice`),
    leftOut: (count) => `${count} left out`,
    passed: (count) => `${count} passed`,
    passedChecks: (count) => (count === 1 ? '1 check passed' : `${count} checks passed`),
    waitingChecks: (count) =>
      `${count === 1 ? '1 check has' : `${count} checks have`} no answer until you give what is asked for`,
    other: (count) => (count === 1 ? '1 does not apply' : `${count} do not apply`),
    otherChecks: (count) =>
      count === 1 ? '1 check does not apply to this mail' : `${count} checks do not apply to this mail`,
    otherOfDomain: (count) =>
      count === 1 ? '1 check does not apply to this domain' : `${count} checks do not apply to this domain`,
    left: (count) =>
      count === 1 ? '1 check left out, as you chose' : `${count} checks left out, as you chose`,
  },
  sv: {
    areas: 'Områden',
    stops: (count) => `${count} stoppar mejlet`,
    must: (count) => `${count} måste åtgärdas`,
    should: (count) => `${count} bör åtgärdas`,
    excepted: (count) => `${count} undantag`,
    unknown: (count) => `${count} saknar svar`,
    minor: (count) => (count === 1 ? '1 mindre fel' : `${count} mindre fel`),
    advice: (count) => `${count} råd`,
    leftOut: (count) => (count === 1 ? '1 bortvald' : `${count} bortvalda`),
    passed: (count) => (count === 1 ? '1 godkänd' : `${count} godkända`),
    passedChecks: (count) => (count === 1 ? '1 kontroll godkänd' : `${count} kontroller godkända`),
    waitingChecks: (count) =>
      `${count === 1 ? '1 kontroll' : `${count} kontroller`} saknar svar tills du anger det som efterfrågas`,
    other: (count) => (count === 1 ? '1 gäller inte' : `${count} gäller inte`),
    otherChecks: (count) =>
      count === 1
        ? '1 kontroll gäller inte det här mejlet'
        : `${count} kontroller gäller inte det här mejlet`,
    otherOfDomain: (count) =>
      count === 1
        ? '1 kontroll gäller inte den här domänen'
        : `${count} kontroller gäller inte den här domänen`,
    left: (count) => (count === 1 ? '1 kontroll bortvald av dig' : `${count} kontroller bortvalda av dig`),
  },
};

/** States of findings from the worst to the best, each with how to count and show it. */
const kinds: readonly {
  of(finding: ReportFinding): boolean;
  state: State;
  icon: Icon;
  say:
    | 'stops'
    | 'must'
    | 'should'
    | 'excepted'
    | 'unknown'
    | 'minor'
    | 'advice'
    | 'leftOut'
    | 'passed'
    | 'other';
}[] = [
  { of: stopsMail, state: 'blocked', icon: 'fail', say: 'stops' },
  {
    of: (finding) => failed(finding, 'blocker') && !stopsMail(finding),
    state: 'blocked',
    icon: 'fail',
    say: 'must',
  },
  {
    of: (finding) => failed(finding, 'major') && !stopsMail(finding) && !isExcepted(finding),
    state: 'undecided',
    icon: 'warn',
    say: 'should',
  },
  { of: isExcepted, state: 'undecided', icon: 'warn', say: 'excepted' },
  { of: lacksAnswer, state: 'undecided', icon: 'unknown', say: 'unknown' },
  {
    of: (finding) => failed(finding, 'minor') && !stopsMail(finding),
    state: 'quiet',
    icon: 'warn',
    say: 'minor',
  },
  {
    of: (finding) => failed(finding, 'advice') && !stopsMail(finding),
    state: 'advice',
    icon: 'info',
    say: 'advice',
  },
  { of: isLeftOut, state: 'quiet', icon: 'unknown', say: 'leftOut' },
  { of: ({ outcome }) => outcome === 'pass', state: 'clear', icon: 'pass', say: 'passed' },
  {
    of: (finding) => finding.outcome === 'not-applicable' && !waits(finding),
    state: 'quiet',
    icon: 'wait',
    say: 'other',
  },
];

function failed({ outcome, severity }: ReportFinding, of: ReportFinding['severity']): boolean {
  return outcome === 'fail' && severity === of;
}

/** How many stand how, from the worst, in words. Each is counted once, and the same words stand wherever it is. */
export function countsOf(
  findings: readonly ReportFinding[],
  locale: Locale,
): { state: State; icon: Icon; count: number; text: string }[] {
  return kinds.flatMap(({ of, state, icon: shape, say }) => {
    const count = findings.filter(of).length;
    return count === 0 ? [] : [{ state, icon: shape, count, text: words[locale][say](count) }];
  });
}

/** Areas that have findings, in the rules' order. */
export function areasOf({ findings }: Report): Area[] {
  return [...new Set(findings.map(({ area }) => area))];
}

/** Links to the areas, each with its worst state. `first`: what stands before them. */
export function areaList(report: Report, first: Markup | string, locale: Locale): Markup {
  const items = areasOf(report).map((area) => {
    const [worst] = countsOf(
      report.findings.filter((finding) => finding.area === area),
      locale,
    );
    // A number says how much is to do; that all has passed needs none.
    const count = worst && ['blocked', 'undecided'].includes(worst.state) ? ` ${worst.count}` : '';
    return html`<li><a href="#${area}"><span>${sharedWords[locale].areas[area]}</span>${worst ? html`<span class="state ${worst.state}">${icon(worst.icon)}<span aria-hidden="true">${count}</span><span class="vh">${worst.text}</span></span>` : ''}</a></li>`;
  });
  return html`<nav class="toc" aria-label="${words[locale].areas}"><ul class="plain">${first}${items}</ul></nav>`;
}

/** `more`: what the area shows beside its findings. */
export function areaSection(
  area: Area,
  report: Report,
  answer: (finding: ReportFinding) => Markup | string,
  more: Markup | string,
  locale: Locale,
): Markup {
  const word = words[locale];
  const findings = report.findings.filter((finding) => finding.area === area);
  const left = findings.filter(isLeftOut);
  const open = inGroups(inOrder(findings.filter((finding) => !isLeftOut(finding))));
  const header = html`<h2 id="${area}-h">${sharedWords[locale].areas[area]}</h2>${countsOf(findings, locale).map(({ state, icon: shape, text }) => tag(state, shape, text))}`;
  // Where there is nothing to do, one line is enough.
  if (open.length === 0 && more === '') {
    return html`<section class="area calm" id="${area}" aria-labelledby="${area}-h"><details class="card fold"><summary>${header}</summary>${titles(findings)}</details></section>`;
  }
  const passed = findings.filter(({ outcome }) => outcome === 'pass');
  const idle = findings.filter((finding) => finding.outcome === 'not-applicable' && !waits(finding));
  return html`<section class="area" id="${area}" aria-labelledby="${area}-h">
<header>${header}</header>
${open.map((group) => findingCard(group, answer, locale))}
${more}
${folded(findings.filter(waits), 'undecided', 'wait', word.waitingChecks)}
${folded(left, 'quiet', 'unknown', word.left)}
${folded(passed, 'clear', 'pass', word.passedChecks)}
${folded(idle, 'quiet', 'wait', report.domain ? word.otherOfDomain : word.otherChecks)}
</section>`;
}

function folded(
  findings: readonly ReportFinding[],
  state: State,
  shape: Icon,
  title: Count,
): Markup | string {
  if (findings.length === 0) return '';
  return html`<details class="card fold"><summary><span class="state ${state}">${icon(shape)} ${title(findings.length)}</span></summary>${titles(findings)}</details>`;
}

function titles(findings: readonly ReportFinding[]): Markup {
  const items = findings.map(
    (finding) =>
      html`<li id="${findingId(finding)}">${finding.title}${finding.note ? html`<span class="muted">: ${finding.note}</span>` : ''}</li>`,
  );
  return html`<ul class="in">${items}</ul>`;
}
