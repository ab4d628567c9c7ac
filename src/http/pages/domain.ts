/** A domain audited by itself: what is asked while it runs, and its report. */
import { html } from 'hono/html';
import type { Progress } from '../../preflight.ts';
import { type DomainReport, domainHeadline, domainScope, domainSummary } from '../../report/domain.ts';
import type { ReportFinding } from '../../report/report.ts';
import { scoreLine } from '../../report/summary.ts';
import type { Ask, Locale } from '../../rule.ts';
import { namedWith } from '../../words/unicode-name.ts';
import { sharedWords } from '../../words.ts';
import { areaList, areaSection, areasOf, countsOf } from './area.ts';
import { type AskedHere, askedAbove, askField } from './ask.ts';
import { type DomainValues, domainForm } from './domain-form.ts';
import { icon } from './icons.ts';
import type { Markup } from './markup.ts';
import { mends } from './mends.ts';
import { moment } from './moment.ts';
import { planSection } from './plan.ts';
import { providerLink, providerSection } from './providers.ts';
import { allWrittenOut, quoted } from './quoted.ts';
import { zoneNote } from './report.ts';
import { signal } from './signal.ts';
import { spfCards } from './spf.ts';

const words = {
  en: {
    title: 'Check a sender domain',
    lead: 'SPF, DKIM, DMARC and all else that receivers look up about a domain, and exactly which records to publish.',
    under: 'Checking',
    asked:
      'Questions go to DNS, to the domain’s mail servers and to what its records name. The report stands here as soon as all have answered.',
    steps: 'What has been looked up so far',
    states: { known: 'Done', unknown: 'No answer', 'left-out': 'Left out' },
    cut: 'The audit was cut off',
    cutWhy: 'Something went wrong on our side. Check the domain again.',
    checked: 'Checked',
    mailFrom: 'Sending subdomain',
    dkimSelectors: 'DKIM selector',
    sendingAddresses: 'Sending servers',
    routes: 'By the servers of your sender',
    own: 'As if its mail is sent by a system of its own',
    checks: (count: number, parts: string) => `${count} checks: ${parts}.`,
    audit: 'Audit a mail',
    json: 'For programs (JSON)',
    change: 'Change what is checked',
  },
  sv: {
    title: 'Granska en avsändardomän',
    lead: 'SPF, DKIM, DMARC och allt annat som mottagare slår upp om en domän, och exakt vilka poster du ska publicera.',
    under: 'Granskar',
    asked:
      'Frågor går till DNS, till domänens mejlservrar och till det som posterna hänvisar till. Rapporten visas här så fort alla har svarat.',
    steps: 'Det som har slagits upp hittills',
    states: { known: 'Klart', unknown: 'Inget svar', 'left-out': 'Bortvalt' },
    cut: 'Granskningen avbröts',
    cutWhy: 'Något gick fel hos oss. Granska domänen igen.',
    checked: 'Granskad',
    mailFrom: 'Underdomän för utskick',
    dkimSelectors: 'DKIM-selektor',
    sendingAddresses: 'Utskicksservrar',
    routes: 'Efter din avsändares servrar',
    own: 'Som om domänens mejl skickas från ett eget system',
    checks: (count: number, parts: string) => `${count} kontroller: ${parts}.`,
    audit: 'Granska ett mejl',
    json: 'För program (JSON)',
    change: 'Ändra vad som granskas',
  },
} as const satisfies Record<Locale, object>;

export function domainTitle(locale: Locale): string {
  return words[locale].title;
}

export function domainLead(locale: Locale): Markup {
  return html`<div><h1>${words[locale].title}</h1><p class="lead">${words[locale].lead}</p></div>`;
}

/** What stands there while it runs, left open: each step is written when it ends. klarsignal.css hides it at last. */
export function domainUnderWay(domain: string, locale: Locale): Markup {
  const word = words[locale];
  return html`<section class="asking"><h1>${word.under} ${quoted(namedWith(domain), 'address')}</h1><p class="lead">${word.asked}</p><progress class="above" aria-label="${word.under}"></progress>
<h2 class="m above">${word.steps}</h2><ol class="plain steps card">`;
}

/** In place of what stood there while it ran. */
export function domainAnswered(answer: Markup): Markup {
  return html`</ol></section><div class="stack answered">${answer}</div>`;
}

/** undefined: it has not ended. */
export function domainStep({ fact, state }: Progress, locale: Locale): Markup | undefined {
  if (state === 'waiting' || state === 'running') return undefined;
  const known = state === 'known';
  const said = words[locale].states[state];
  return html`<li class="${known ? 'clear' : 'undecided'}">${icon(known ? 'pass' : 'unknown')}<h3>${sharedWords[locale].facts[fact]}</h3><span class="state">${said}</span></li>`;
}

export function domainCut(values: DomainValues, locale: Locale): Markup {
  const word = words[locale];
  return html`<div><h1>${word.cut}</h1><div class="note blocked" role="alert"><p>${icon('fail')} ${word.cutWhy}</p></div></div>${domainForm(values, [], locale, true)}`;
}

/** `values`: what was asked for, so that an answer can be added to it. */
export function domainReportPage(dirty: DomainReport, values: DomainValues, locale: Locale): Markup {
  const word = words[locale];
  const report = allWrittenOut(dirty);
  const asked = new Set<Ask>();
  const answer = ({ ask }: ReportFinding) => {
    const here = askedHere(ask, values);
    if (!ask || !here) return '';
    if (asked.has(ask)) return askedAbove(ask, locale);
    asked.add(ask);
    return askField(ask, here, locale);
  };
  const sections = areasOf(report).map((area) =>
    areaSection(area, report, answer, area === 'authentication' ? spfCards(report, locale) : '', locale),
  );
  return html`<div>${about(report, locale)}${zoneNote(report, locale)}${decision(report, values, locale)}</div>
${mends(report, true, locale)}
${planSection(report.plan, locale)}
<div class="split">${areaList(report, providerLink(report, locale), locale)}<div class="stack">${providerSection(report, locale)}${sections}</div></div>
<section aria-labelledby="change"><h2 id="change">${word.change}</h2>${domainForm(values, [], locale, true)}</section>`;
}

const fieldOf: Partial<Record<Ask, keyof DomainValues>> = {
  'mail-from': 'mailFrom',
  'dkim-selector': 'dkimSelectors',
  'sending-address': 'sendingAddresses',
};

/** What the form of this page has a field for; the rest is asked with a mail. */
function askedHere(ask: Ask | undefined, values: DomainValues): AskedHere | undefined {
  const name = ask && fieldOf[ask];
  if (!name) return undefined;
  const { [name]: _, ...others } = values;
  return { action: '/domains', others };
}

function about({ domain }: DomainReport, locale: Locale): Markup {
  const word = words[locale];
  const { at, mailFrom, dkimSelectors, sendingAddresses, routes } = domain;
  const rest = [
    routes.length > 0 ? `${word.routes}: ${routes.join(', ')}` : word.own,
    ...(mailFrom ? [html`${word.mailFrom}: ${quoted(mailFrom, 'address')}`] : []),
    ...(dkimSelectors.length > 0
      ? [html`${word.dkimSelectors}: ${quoted(dkimSelectors.join(' '), 'address')}`]
      : []),
    ...(sendingAddresses.length > 0
      ? [html`${word.sendingAddresses}: ${quoted(sendingAddresses.join(' '), 'address')}`]
      : []),
  ];
  return html`<div class="about"><p class="muted">${word.checked} ${moment(at, locale)}</p><p><strong>${quoted(namedWith(domain.domain), 'address')}</strong></p><p class="small muted">${rest.map((part, i) => html`${i === 0 ? '' : '\u00a0· '}${part}`)}</p></div>`;
}

function decision(report: DomainReport, values: DomainValues, locale: Locale): Markup {
  const word = words[locale];
  const { findings } = report;
  const counts = countsOf(findings, locale).map(({ text }) => text);
  return html`<section class="decision ${report.decision}" aria-labelledby="decision">${signal(report.decision)}<div>
<h1 id="decision">${domainHeadline(report, locale)}</h1><p class="lead">${domainSummary(report, locale)}</p>
<p>${domainScope(locale)}</p>
<div class="row noprint actions"><a class="btn main" href="/">${word.audit}</a><a href="${inApi(values, report.domain.domain)}" download>${word.json}</a></div>
<p class="small muted">${word.checks(findings.length, counts.join(', '))} ${scoreLine(report, locale)}</p></div></section>`;
}

/** The same question, as a program puts it. */
function inApi(
  { mailFrom, dkimSelectors = '', sendingAddresses = '' }: DomainValues,
  domain: string,
): string {
  const parts = (text: string) => text.split(/[\s,]+/).filter(Boolean);
  const query = new URLSearchParams([
    ...(mailFrom ? [['mailFrom', mailFrom]] : []),
    ...parts(dkimSelectors).map((one) => ['dkimSelectors', one]),
    ...parts(sendingAddresses).map((one) => ['sendingAddresses', one]),
  ]).toString();
  return `/v1/domains/${encodeURIComponent(domain)}${query ? `?${query}` : ''}`;
}
