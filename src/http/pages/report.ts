/** The report: the decision first, then what to do, then every finding with why and how. */
import { html } from 'hono/html';
import type { Audit, StoredVerdict } from '../../audits.ts';
import { sendErrorWords } from '../../campaigns/send-errors.ts';
import { zoneLine } from '../../report/records/where.ts';
import { type Report, type ReportFinding, writeReport } from '../../report/report.ts';
import type { Ask, Locale } from '../../rule.ts';
import { areaList, areaSection, areasOf } from './area.ts';
import { askedAbove, askForm, askId, askLabel, type FaultyAnswer } from './ask.ts';
import { clearanceSection, mayMail } from './clearance.ts';
import { correctionFaults, correctionForm } from './correction.ts';
import { decisionBox } from './decision.ts';
import { faultSummary } from './field.ts';
import { icon } from './icons.ts';
import type { Markup } from './markup.ts';
import { mends, ofOwnSystem } from './mends.ts';
import { lacksFields } from './merge-fields/rows.ts';
import { fieldFaults, fieldsForm } from './merge-fields.ts';
import { previewCard } from './previews.ts';
import { providerLink, providerSection } from './providers.ts';
import { allWrittenOut } from './quoted.ts';
import type { Shown } from './shown.ts';
import { spfCards } from './spf.ts';

const words = {
  en: {
    example: 'This is an example',
    borrowed:
      'The template, the sender and the DNS answers come with Klarsignal: nothing was looked up on the network.',
    own: 'Audit your own mail',
    correct: (count: number) => (count === 1 ? 'One thing to correct' : `${count} things to correct`),
  },
  sv: {
    example: 'Det här är ett exempel',
    borrowed: 'Mallen, avsändaren och DNS-svaren följer med Klarsignal: inget slogs upp på nätet.',
    own: 'Granska ditt eget mejl',
    correct: (count: number) => (count === 1 ? 'En sak att rätta' : `${count} saker att rätta`),
  },
} as const satisfies Record<Locale, object>;

/** Number of faults comes first in the title, as on the form. */
export function faultyTitle(title: string, faults: number, locale: Locale): string {
  return `${words[locale].correct(faults)} – ${title}`;
}

/** `about`: what was audited, above the decision. */
export function reportPage(
  audit: Audit & { verdict: StoredVerdict },
  about: Markup,
  { rules, clients, providers, standalone = false, picture, faulty, correction, fields, clearance }: Shown,
  locale: Locale,
): Markup {
  const { id, request } = audit;
  const report = allWrittenOut(
    writeReport(audit.verdict, rules, locale, undefined, request.example !== undefined, providers),
  );
  // Each is asked once, where it first is missed.
  const asked = new Set<Ask>();
  const unregistered = standalone ? undefined : unregisteredOf(request, clearance, locale);
  const answer = (finding: ReportFinding) => {
    const { ask } = finding;
    if (standalone) return '';
    if (lacksFields(finding)) return fieldsForm(audit, finding, fields, locale);
    if (!ask || (unregistered && ofOwnSystem.includes(ask))) return '';
    if (asked.has(ask)) return askedAbove(ask, locale);
    asked.add(ask);
    return askForm(id, ask, faulty, locale);
  };
  const pictures = {
    clients,
    address: picture ?? ((view: string) => `/v1/audits/${id}/previews/${view}`),
    live: !standalone,
  };
  const sections = areasOf(report).map((area) => {
    const more =
      area === 'authentication'
        ? spfCards(report, locale)
        : area === 'rendering'
          ? previewCard(report, pictures, locale)
          : '';
    return areaSection(area, report, answer, more, locale);
  });
  const faults = correction
    ? correctionFaults(correction, locale)
    : fields
      ? fieldFaults(fields, 'field', locale)
      : faultsOf(faulty, locale);
  // An example stays one.
  const corrects = !standalone && !request.example;
  return html`${faultSummary(words[locale].correct(faults.length), faults)}<div>${about}${zoneNote(report, locale)}${decisionBox(report, standalone ? undefined : id, clearance !== undefined && !standalone && mayMail(report, clearance), locale)}</div>
${request.example ? exampleNote(standalone, locale) : ''}
${mends(report, !standalone, locale, unregistered)}
${corrects ? correctionForm(audit, correction, locale) : ''}
${clearance && !standalone ? clearanceSection(id, report, clearance, locale) : ''}
<div class="split">${areaList(report, providerLink(report, locale), locale)}<div class="stack">${providerSection(report, locale, !standalone)}${sections}</div></div>`;
}

/** Of a mail that is to go from here, and cannot yet: why, in words. Who names a sending subdomain sends elsewhere. */
function unregisteredOf(
  { mailFrom, dkimSelectors = [] }: Audit['request'],
  clearance: Shown['clearance'],
  locale: Locale,
): string | undefined {
  const { carriage, may } = clearance ?? {};
  if (!carriage || carriage.here || !may?.send || mailFrom || dkimSelectors.length > 0) return undefined;
  const [hindrance] = carriage.hindrances;
  return hindrance && hindrance.code !== 'report'
    ? sendErrorWords[locale][hindrance.code](hindrance.data ?? {})
    : undefined;
}

function faultsOf(faulty: FaultyAnswer | undefined, locale: Locale): { id: string; text: string }[] {
  if (!faulty) return [];
  const { ask, errors } = faulty;
  return errors.map(({ text }) => ({ id: askId(ask), text: `${askLabel(ask, locale)}: ${text}` }));
}

/** Who hosts the DNS; nothing where nobody is known. */
export function zoneNote({ zones = [] }: Report, locale: Locale): Markup | string {
  const said = zones.flatMap((zone) => zoneLine(zone, locale) ?? []);
  return said.length > 0 ? html`<p class="muted small">${said.map((line) => `${line}.`).join(' ')}</p>` : '';
}

function exampleNote(standalone: boolean, locale: Locale): Markup {
  const word = words[locale];
  return html`<div class="note advice"><h2 class="l">${icon('info')} ${word.example}</h2><p>${word.borrowed}${standalone ? '' : html` <a class="noprint" href="/">${word.own}</a>`}</p></div>`;
}
