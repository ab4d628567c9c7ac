/** What the mailbox providers ask: a row for each, which unfolds to its requirements. */
import { html } from 'hono/html';
import { providerCaution, type ReportProvider, type ReportRequirement } from '../../report/providers.ts';
import type { Report } from '../../report/report.ts';
import type { Locale } from '../../rule.ts';
import type { ProviderState, RequirementState } from '../../verdict.ts';
import { findingId } from './finding.ts';
import { type Icon, icon, type State, tag } from './icons.ts';
import type { Markup } from './markup.ts';

const words = {
  en: {
    asked: 'What it asks',
    stands: 'How it stands',
    code: 'If not, it answers',
    see: 'See',
    none: '–',
    noCode: 'no code published',
    read: (date: string) => `Read ${date}:`,
    dated: (date: string) => `text of ${date}`,
    medium:
      'Read in an older copy or in another’s words, or the provider is not exact: take it with some care.',
  },
  sv: {
    asked: 'Vad den kräver',
    stands: 'Så står det till',
    code: 'Annars svarar den',
    see: 'Se',
    none: '–',
    noCode: 'ingen kod publicerad',
    read: (date: string) => `Läst ${date}:`,
    dated: (date: string) => `text från ${date}`,
    medium:
      'Läst i en äldre kopia eller i andras ord, eller så är tjänsten inte exakt: ta det med en nypa salt.',
  },
} as const satisfies Record<Locale, object>;

/** What cannot be seen has the look of what is not known, never that of what passed. */
const looks: Record<RequirementState | ProviderState, [State, Icon]> = {
  met: ['clear', 'pass'],
  'not-met': ['blocked', 'fail'],
  'bulk-not-met': ['undecided', 'warn'],
  unknown: ['undecided', 'unknown'],
  'not-observable': ['quiet', 'unknown'],
  'not-asked': ['quiet', 'wait'],
};

/** What there is to do stands first, and what nobody can see last. */
const order: readonly RequirementState[] = ['not-met', 'unknown', 'met', 'not-asked', 'not-observable'];

const anchor = 'providers';

/** Its line in the list of areas; nothing where it was not judged. */
export function providerLink({ providers }: Report, locale: Locale): Markup | string {
  if (providers.length === 0) return '';
  const settled = providers.filter(({ awaitsMail }) => !awaitsMail);
  const worst = (['not-met', 'bulk-not-met', 'unknown'] as const).find((state) =>
    settled.some((one) => one.state === state),
  );
  const count = worst ? settled.filter((one) => one.state === worst) : providers;
  // What takes a mail has not passed.
  const first = worst ? count[0] : (count.find(({ awaitsMail }) => awaitsMail) ?? count[0]);
  const [state, shape] = first ? lookOf(first) : looks.met;
  return html`<li><a href="#${anchor}"><span>${providerCaution[locale].title}</span><span class="state ${state}">${icon(shape)}<span aria-hidden="true">${worst ? ` ${count.length}` : ''}</span><span class="vh">${first?.word ?? ''}: ${count.map(({ name }) => name).join(', ')}</span></span></a></li>`;
}

/** What only a mail can settle is no fault of the domain's, and has not passed either. */
function lookOf({ state, awaitsMail }: ReportProvider): [State, Icon] {
  return awaitsMail ? ['quiet', 'wait'] : looks[state];
}

/** The section; nothing where it was not judged. `links`: whether it may lead out of the document. */
export function providerSection(
  { providers, findings, domain }: Report,
  locale: Locale,
  links = true,
): Markup | string {
  if (providers.length === 0) return '';
  const { title, intro, ofDomain, caution } = providerCaution[locale];
  const headings = new Map(findings.map(({ rule, heading }) => [rule, heading]));
  return html`<section class="area" id="${anchor}" aria-labelledby="${anchor}-h">
<header><h2 id="${anchor}-h">${title}</h2></header>
<div class="card"><p>${domain ? ofDomain : intro}</p>
<div class="providers">${providers.map((one) => row(one, headings, links, locale))}</div>
<p class="note quiet small">${icon('info')} ${caution}</p></div>
</section>`;
}

function row(
  provider: ReportProvider,
  headings: ReadonlyMap<string, string>,
  leads: boolean,
  locale: Locale,
): Markup {
  const { name, mailboxes, word, text, requirements } = provider;
  const [look, shape] = lookOf(provider);
  const rank = ({ force, state: of }: ReportRequirement) =>
    order.indexOf(of) + (force === 'advised' ? order.length : 0);
  const items = [...requirements]
    .sort((one, two) => rank(one) - rank(two))
    .map((one) => requirement(one, headings, locale));
  const head = words[locale];
  return html`<details><summary><strong>${name}</strong>${tag(look, shape, word)}</summary>
<p>${text} <span class="muted">(${mailboxes.join(', ')})</span></p>
<table class="cards asked"><thead><tr><th scope="col">${head.asked}</th><th scope="col">${head.stands}</th><th scope="col">${head.code}</th></tr></thead><tbody>${items}</tbody></table>
${sources(provider, leads, locale)}</details>`;
}

function requirement(
  { text, state, word, note, asked, rules, code }: ReportRequirement,
  headings: ReadonlyMap<string, string>,
  locale: Locale,
): Markup {
  const say = words[locale];
  const [look, shape] = looks[state];
  // A link where there is something to read about it.
  const linked = state === 'not-met' || state === 'unknown' ? rules.filter((rule) => headings.has(rule)) : [];
  const links = linked.map(
    (rule) => html`<li><a href="#${findingId({ rule })}">${headings.get(rule) ?? ''}</a></li>`,
  );
  return html`<tr><th scope="row">${text}<span class="under">${asked.charAt(0).toLocaleUpperCase(locale)}${asked.slice(1)}</span></th>
<td><div><span class="state ${look}">${icon(shape)} ${word}</span>${note ? html`<span class="under">${note}</span>` : ''}${links.length > 0 ? html`<ul class="plain small">${links}</ul>` : ''}</div></td>
<td data-h="${say.code}">${code ? html`<code>${code}</code>` : html`<span class="void"><span aria-hidden="true">${say.none}</span><span class="vh">${say.noCode}</span></span>`}</td></tr>`;
}

function sources(
  { date, sources: read, confidence }: ReportProvider,
  leads: boolean,
  locale: Locale,
): Markup {
  const say = words[locale];
  const items = read.map(
    ({ title, url, dated }) =>
      html`<li>${leads ? html`<a href="${url}" rel="noreferrer">${title}</a>` : html`${title}: <code>${url}</code>`}${dated ? html` <span class="muted">(${say.dated(dated)})</span>` : ''}</li>`,
  );
  return html`<div class="small read"><p>${say.read(date)}</p><ul class="in">${items}</ul>${confidence === 'medium' ? html`<p class="muted">${say.medium}</p>` : ''}</div>`;
}
