/** One audit: under way, failed, or its report. */
import { html } from 'hono/html';
import type { Audit } from '../../audits.ts';
import { headline, type Report, type ReportFinding, summary, writeReport } from '../../report/report.ts';
import { inOrder } from '../../report/text.ts';
import type { Change, Client, Locale } from '../../rule.ts';
import type { Rules } from '../../verdict.ts';
import { sharedWords } from '../../words.ts';
import { type Markup, signal } from './layout.ts';

const words = {
  en: {
    running: 'Audit under way',
    wait: 'This page loads itself again. You may close it; the report will be waiting.',
    states: {
      waiting: 'Waiting',
      running: 'Under way',
      known: 'Done',
      unknown: 'No answer',
      'left-out': 'Left out',
    },
    queued: 'Waiting for its turn.',
    failed: 'The audit did not finish',
    what: 'What is wrong',
    missing: 'What is missing',
    why: 'Why it matters',
    fix: 'How to fix it',
    now: 'Now',
    next: 'Change to',
    none: { dns: '(no record)', source: '(nothing)' },
    row: (line: number) => `line ${line}`,
    line: (line: number, column: number) => `line ${line}, column ${column}`,
    evidence: 'Evidence',
    passed: (count: number) => (count === 1 ? '1 check passed' : `${count} checks passed`),
    other: (count: number) => (count === 1 ? '1 does not apply' : `${count} do not apply`),
    more: (count: number) => `… and ${count} more`,
    simulation:
      'Drawn by Chromium with what is known of each client. Not photographs of the real clients. Images from the web are not fetched.',
    light: 'light mode',
    dark: 'dark mode',
    cut: 'Only the beginning is shown.',
    score: (score: number) => `Score ${score} of 100, for guidance only: it decides nothing.`,
  },
  sv: {
    running: 'Granskning pågår',
    wait: 'Sidan laddas om av sig själv. Du kan stänga den; rapporten finns kvar.',
    states: {
      waiting: 'Väntar',
      running: 'Pågår',
      known: 'Klart',
      unknown: 'Inget svar',
      'left-out': 'Bortvalt',
    },
    queued: 'Väntar på sin tur.',
    failed: 'Granskningen blev inte klar',
    what: 'Vad som är fel',
    missing: 'Vad som saknas',
    why: 'Varför det spelar roll',
    fix: 'Så rättar du till det',
    now: 'Nu',
    next: 'Ändra till',
    none: { dns: '(ingen post)', source: '(inget)' },
    row: (line: number) => `rad ${line}`,
    line: (line: number, column: number) => `rad ${line}, kolumn ${column}`,
    evidence: 'Underlag',
    passed: (count: number) => (count === 1 ? '1 kontroll godkänd' : `${count} kontroller godkända`),
    other: (count: number) => (count === 1 ? '1 gäller inte' : `${count} gäller inte`),
    more: (count: number) => `… och ${count} till`,
    simulation:
      'Ritade av Chromium med det som är känt om varje mejlprogram. Inte fotografier av de riktiga programmen. Bilder från webben hämtas inte.',
    light: 'ljust läge',
    dark: 'mörkt läge',
    cut: 'Bara början visas.',
    score: (score: number) => `Betyg ${score} av 100, bara som vägledning: det avgör inget.`,
  },
} as const satisfies Record<Locale, object>;

const listed = 8;

export function auditTitle(audit: Audit, locale: Locale): string {
  if (audit.state === 'failed') return words[locale].failed;
  return audit.verdict ? headline(audit.verdict, locale) : words[locale].running;
}

export interface Shown {
  rules: Rules;
  clients: readonly Client[];
}

export function auditPage(audit: Audit, { rules, clients }: Shown, locale: Locale): Markup {
  const word = words[locale];
  const shared = sharedWords[locale];
  const { from, subject } = audit.request;
  const about = html`<p class="muted">${from ?? ''}<br><strong>${subject ?? ''}</strong></p>`;
  if (audit.state === 'failed') {
    const text = shared.failures[audit.failure ?? ''] ?? shared.failures.crashed;
    return html`${about}<div class="note blocked" role="alert"><h1>${word.failed}</h1><p>${text}</p></div>`;
  }
  if (!audit.verdict) {
    return html`${about}<div><h1>${word.running}</h1><p class="muted">${word.wait}</p></div>
${
  audit.progress.length === 0
    ? html`<p class="card" role="status">${word.queued}</p>`
    : html`<ol class="plain card" role="status">${audit.progress.map((step) => html`<li class="gap"><strong>${shared.facts[step.fact]}</strong>: ${word.states[step.state]}${'of' in step ? ` (${step.done}/${step.of})` : ''}</li>`)}</ol>`
}`;
  }
  const report = writeReport(audit.verdict, rules, locale);
  return html`${about}${decision(report, locale)}
${inOrder(report.findings).map((finding) => findingCard(finding, locale))}
${folded(report, 'pass', word.passed, locale)}${folded(report, 'not-applicable', word.other, locale)}
${previews(audit.id, report, clients, locale)}`;
}

function decision(report: Report, locale: Locale): Markup {
  const state = report.decision;
  return html`<section class="decision ${state}" aria-labelledby="decision">${signal(state)}<div>
<h1 id="decision">${headline(report, locale)}</h1><p class="lead">${summary(report, locale)}</p>
<p class="small muted">${words[locale].score(report.score)}</p></div></section>`;
}

function findingCard(finding: ReportFinding, locale: Locale): Markup {
  const word = words[locale];
  const shared = sharedWords[locale];
  const { outcome, severity } = finding;
  const problems = finding.problems.slice(0, listed);
  const more = finding.problems.length - problems.length;
  const open = outcome === 'unknown';
  const state =
    open || severity === 'major'
      ? 'undecided'
      : severity === 'blocker'
        ? 'blocked'
        : severity === 'minor'
          ? 'quiet'
          : 'advice';
  const fixes = [...new Set(problems.map(({ fix }) => fix).filter(Boolean))];
  return html`<article class="card finding ${state}" id="f-${finding.rule}">
<span class="tag ${state}">${open ? shared.outcomes.unknown : shared.severities[severity]}</span>
<h2>${finding.title}</h2>
<dl class="facts">
<div><dt>${open ? word.missing : word.what}</dt><dd>${finding.note ?? ''}${problems.map(({ text, at }) => html`<p>${text}${at ? html` <span class="muted small">(${word.line(at.line, at.column)})</span>${at.snippet ? html`<br><code>${at.snippet}</code>` : ''}` : ''}</p>`)}${more > 0 ? html`<p>${word.more(more)}</p>` : ''}</dd></div>
<div><dt>${word.why}</dt><dd>${finding.why}</dd></div>
${fixes.length === 0 ? '' : html`<div><dt>${word.fix}</dt><dd>${fixes.map((fix) => html`<p>${fix}</p>`)}${problems.map(({ change }) => (change ? changeBox(change, locale) : ''))}</dd></div>`}
</dl>
${finding.evidence.length === 0 ? '' : html`<details><summary>${word.evidence}<span class="vh">: ${finding.title}</span></summary><pre>${finding.evidence.map(({ name, type, status, records, resolver, at }) => `${name}  ${type}  ${status}\n${records.map(({ data, ttl }) => `  ${ttl}  ${data}\n`).join('')}  ${resolver}  ${at}\n`).join('\n')}</pre></details>`}
</article>`;
}

function changeBox(change: Change, locale: Locale): Markup {
  const word = words[locale];
  const none = word.none[change.kind];
  const place =
    change.kind === 'dns'
      ? html`<div><b>${change.type}</b><code>${change.name}</code></div>`
      : html`<div><b>${word.row(change.line)}</b></div>`;
  return html`<div class="change">${place}<del><b>${word.now}</b><code>${change.old ?? none}</code></del><ins><b>${word.next}</b><code>${change.new ?? none}</code></ins></div>`;
}

function folded(
  report: Report,
  outcome: 'pass' | 'not-applicable',
  title: (count: number) => string,
  locale: Locale,
): Markup | string {
  const found = report.findings.filter((finding) => finding.outcome === outcome);
  if (found.length === 0) return '';
  const names = new Intl.ListFormat(locale, { type: 'unit' }).format(found.map((finding) => finding.title));
  return html`<details class="card"><summary>${title(found.length)}</summary><p>${names}</p></details>`;
}

function previews(id: string, report: Report, clients: readonly Client[], locale: Locale): Markup | string {
  if (report.previews.length === 0) return '';
  const word = words[locale];
  const figures = report.previews.map(({ view, client, scheme, width, height, cut }) => {
    const name = `${clients.find((one) => one.id === client)?.name ?? client}, ${word[scheme]}`;
    const address = `/v1/audits/${id}/previews/${view}`;
    return html`<figure class="thumb"><a href="${address}"><img src="${address}" alt="${name}" width="${width}" height="${height}" loading="lazy"></a><figcaption>${name}${cut ? html`<br><span class="small muted">${word.cut}</span>` : ''}</figcaption></figure>`;
  });
  return html`<section aria-labelledby="previews"><h2 id="previews">${sharedWords[locale].areas.rendering}</h2><p class="muted small">${word.simulation}</p>
<div class="grid">${figures}</div></section>`;
}
