/** One audit: under way, failed, or its report. */
import { html } from 'hono/html';
import type { Audit } from '../../audits.ts';
import {
  headline,
  type Report,
  type ReportFinding,
  scoreLine,
  summary,
  writeReport,
} from '../../report/report.ts';
import { inGroups, inOrder } from '../../report/text.ts';
import type { Ask, Change, Client, Locale } from '../../rule.ts';
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
    add: 'Add',
    remove: 'Remove',
    dns: 'You do this where your domain’s DNS is kept, usually the web host or registrar.',
    again: 'Give it in a new audit',
    mailFrom: 'Sending subdomain',
    audited: 'Audited',
    none: { dns: '(no record)', source: '(nothing)' },
    row: (line: number) => `line ${line}`,
    line: (line: number, column: number) => `line ${line}, column ${column}`,
    evidence: 'Evidence',
    passed: (count: number) => (count === 1 ? '1 check passed' : `${count} checks passed`),
    other: (count: number) =>
      count === 1 ? '1 check does not apply to this mail' : `${count} checks do not apply to this mail`,
    more: (count: number) => `… and ${count} more`,
    simulation:
      'Simulated in Chromium. The mail probably looks like this, but these are not pictures from the real mail programs. Images from the web are not fetched.',
    light: 'light mode',
    dark: 'dark mode',
    cut: 'Only the beginning is shown.',
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
    add: 'Lägg till',
    remove: 'Ta bort',
    dns: 'Det gör du där domänens DNS sköts, oftast hos webbhotellet.',
    again: 'Lämna det i en ny granskning',
    mailFrom: 'Underdomän för utskick',
    audited: 'Granskat',
    none: { dns: '(ingen post)', source: '(inget)' },
    row: (line: number) => `rad ${line}`,
    line: (line: number, column: number) => `rad ${line}, kolumn ${column}`,
    evidence: 'Underlag',
    passed: (count: number) => (count === 1 ? '1 kontroll godkänd' : `${count} kontroller godkända`),
    other: (count: number) =>
      count === 1
        ? '1 kontroll gäller inte det här mejlet'
        : `${count} kontroller gäller inte det här mejlet`,
    more: (count: number) => `… och ${count} till`,
    simulation:
      'Simulerade i Chromium. Så här ser mejlet troligen ut, men det är inte bilder från de riktiga programmen. Bilder från webben hämtas inte.',
    light: 'ljust läge',
    dark: 'mörkt läge',
    cut: 'Bara början visas.',
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
  const about = aboutAudit(audit, locale);
  if (audit.state === 'failed') {
    const text = shared.failures[audit.failure ?? ''] ?? shared.failures.crashed;
    return html`${about}<div class="note blocked" role="alert"><h1>${word.failed}</h1><p>${text}</p></div>`;
  }
  if (!audit.verdict) {
    return html`${about}<div><h1>${word.running}</h1><p class="muted">${word.wait}</p></div>
${
  audit.progress.length === 0
    ? html`<p class="card" role="status">${word.queued}</p>`
    : html`<ol class="plain card" role="status">${stepsInOrder(audit.progress, locale).map((step) => html`<li class="gap"><strong>${shared.facts[step.fact]}</strong>: ${word.states[step.state]}${'of' in step ? ` (${step.done}/${step.of})` : ''}</li>`)}</ol>`
}`;
  }
  const report = writeReport(audit.verdict, rules, locale);
  return html`${about}${decision(report, locale)}
${inGroups(inOrder(report.findings)).map((group) => findingCard(group, locale))}
${folded(report, 'pass', word.passed)}${folded(report, 'not-applicable', word.other)}
${previews(audit.id, report, clients, locale)}`;
}

/** Who, what and when, so that a printed or saved report stands by itself. */
function aboutAudit({ request, createdAt, finishedAt }: Audit, locale: Locale): Markup {
  const { from, subject, mailFrom, filename } = request;
  const word = words[locale];
  const at = finishedAt ?? createdAt;
  const rest = [
    ...(mailFrom ? [html`${word.mailFrom}: ${mailFrom}`] : []),
    ...(filename ? [html`${filename}`] : []),
    html`${word.audited} <time datetime="${at}">${moment.format(new Date(at))}</time>`,
  ];
  return html`<p class="muted">${from ? html`${from}<br>` : ''}${subject ? html`<strong>${subject}</strong><br>` : ''}<span class="small">${rest.map((part, i) => html`${i === 0 ? '' : ' · '}${part}`)}</span></p>`;
}

// Year first in both languages, in the server’s own time, which it names.
const moment = new Intl.DateTimeFormat('sv-SE', {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
});

/** Always in the order of the words: what is done must not jump about while it is watched. */
function stepsInOrder(progress: Audit['progress'], locale: Locale): Audit['progress'] {
  const order = Object.keys(sharedWords[locale].facts);
  return [...progress].sort((one, two) => order.indexOf(one.fact) - order.indexOf(two.fact));
}

function decision(report: Report, locale: Locale): Markup {
  const state = report.decision;
  return html`<section class="decision ${state}" aria-labelledby="decision">${signal(state)}<div>
<h1 id="decision">${headline(report, locale)}</h1><p class="lead">${summary(report, locale)}</p>
<p class="small muted">${scoreLine(report, locale)}<br>${sharedWords[locale].scope}</p></div></section>`;
}

/** Where in the form the answer goes. It does not take DKIM selectors yet. */
const fieldOf: Partial<Record<Ask, string>> = { 'mail-from': 'mailFrom', 'sent-message': 'file' };

function findingCard(group: [ReportFinding, ...ReportFinding[]], locale: Locale): Markup {
  const [finding] = group;
  const word = words[locale];
  const shared = sharedWords[locale];
  const { outcome, severity } = finding;
  const problems = finding.problems.slice(0, listed);
  const more = finding.problems.length - problems.length + (finding.omitted ?? 0);
  const open = outcome === 'unknown';
  const state =
    open || severity === 'major'
      ? 'undecided'
      : severity === 'blocker'
        ? 'blocked'
        : severity === 'minor'
          ? 'quiet'
          : 'advice';
  const field = finding.ask && fieldOf[finding.ask];
  const fixes = [...new Set(problems.map(({ fix }) => fix).filter(Boolean))];
  return html`<article class="card finding ${state}">
<span class="tag ${state}">${open ? shared.outcomes.unknown : shared.severities[severity]}</span>
<h2>${group.map(({ rule, title }, i) => html`${i === 0 ? '' : '; '}<span id="f-${rule}">${title}</span>`)}</h2>
<dl class="facts">
<div><dt>${open ? word.missing : word.what}</dt><dd>${finding.note ?? ''}${field ? html` <a href="/?locale=${locale}#${field}">${word.again}</a>` : ''}${problems.map(({ text, at }) => html`<p>${text}${at ? html` <span class="muted small">(${word.line(at.line, at.column)})</span>${at.snippet ? html`<br><code>${at.snippet}</code>` : ''}` : ''}</p>`)}${more > 0 ? html`<p>${word.more(more)}</p>` : ''}</dd></div>
${finding.why ? html`<div><dt>${word.why}</dt><dd>${group.map(({ why }) => html`<p>${why}</p>`)}</dd></div>` : ''}
${fixes.length === 0 ? '' : html`<div><dt>${word.fix}</dt><dd>${fixes.map((fix) => html`<p>${fix}</p>`)}${problems.some(({ change }) => change?.kind === 'dns') ? html`<p>${word.dns}</p>` : ''}${problems.map(({ change }) => (change ? changeBox(change, locale) : ''))}</dd></div>`}
</dl>
${evidenceBox(group, locale)}
</article>`;
}

/** What all of them rest on, each answer once. */
function evidenceBox(group: readonly ReportFinding[], locale: Locale): Markup | string {
  const answers = new Map(
    group.flatMap(({ evidence }) => evidence.map((one) => [`${one.name} ${one.type} ${one.at}`, one])),
  );
  if (answers.size === 0) return '';
  const lines = [...answers.values()].map(
    ({ name, type, status, records, resolver, at }) =>
      `${name}  ${type}  ${status}\n${records.map(({ data, ttl }) => `  ${ttl}  ${data}\n`).join('')}  ${resolver}  ${at}\n`,
  );
  const titles = group.map(({ title }) => title).join('; ');
  return html`<details><summary>${words[locale].evidence}<span class="vh">: ${titles}</span></summary><pre>${lines.join('\n')}</pre></details>`;
}

function changeBox(change: Change, locale: Locale): Markup {
  const word = words[locale];
  const none = word.none[change.kind];
  const place =
    change.kind === 'dns'
      ? html`<div><b>${change.type}</b><code>${change.name}</code></div>`
      : html`<div><b>${word.row(change.line)}</b></div>`;
  if (change.new === null) {
    return html`<div class="change">${place}<del><b>${word.remove}</b><code>${change.old ?? none}</code></del></div>`;
  }
  const next = change.old === null ? word.add : word.next;
  return html`<div class="change">${place}<del><b>${word.now}</b><code>${change.old ?? none}</code></del><ins><b>${next}</b><code>${change.new}</code></ins></div>`;
}

function folded(
  report: Report,
  outcome: 'pass' | 'not-applicable',
  title: (count: number) => string,
): Markup | string {
  const found = report.findings.filter((finding) => finding.outcome === outcome);
  if (found.length === 0) return '';
  const items = found.map(
    ({ title, note }) => html`<li>${title}${note ? html`<span class="muted">: ${note}</span>` : ''}</li>`,
  );
  return html`<details class="card"><summary>${title(found.length)}</summary><ul class="in">${items}</ul></details>`;
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
