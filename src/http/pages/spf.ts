/** The SPF tree as a receiver walks it, with where each look-up is spent. */
import { html } from 'hono/html';
import type { Locale } from '../../rule.ts';
import type { SpfOutline, SpfOutlineNode, SpfOutlineTerm } from '../../verdict.ts';
import { icon } from './icons.ts';
import type { Markup } from './markup.ts';

const words = {
  en: {
    title: 'How the SPF record is read',
    of: {
      mailFrom: 'The record of the sending subdomain, which receivers check.',
      from: 'The record of the From domain. Receivers check that of the sending subdomain, which is not known here.',
    },
    boxes: (lookups: number, limit: number) => `${lookups} of at most ${limit} look-ups used`,
    uses: (lookups: number, limit: number) =>
      `A receiver gives up after ${limit} DNS look-ups. This record uses ${lookups}.`,
    least: (lookups: number, limit: number) =>
      `A receiver gives up after ${limit} DNS look-ups. This record uses at least ${lookups}: some answers are missing.`,
    over: (lookups: number, limit: number) =>
      `A receiver gives up after ${limit} DNS look-ups. This record uses ${lookups}, so the check breaks off before its end.`,
    lookup: (number: number) => `look-up ${number}`,
    over1: 'over the limit',
    empty: 'finds nothing',
    states: {
      found: '',
      none: 'no SPF record there',
      several: 'several SPF records there, so none counts',
      unanswered: 'no answer',
      loop: 'leads back to itself',
      cut: 'not followed further',
      macro: 'depends on the mail',
    },
    more: (count: number) => `… and ${count} more`,
    show: 'Show the tree',
    tree: 'The SPF record, term by term',
  },
  sv: {
    title: 'Så läses SPF-posten',
    of: {
      mailFrom: 'Posten för underdomänen för utskick, som mottagarna kontrollerar.',
      from: 'Avsändardomänens post. Mottagarna kontrollerar den för underdomänen för utskick, som inte är känd här.',
    },
    boxes: (lookups: number, limit: number) => `${lookups} av högst ${limit} uppslag används`,
    uses: (lookups: number, limit: number) =>
      `En mottagare ger upp efter ${limit} DNS-uppslag. Den här posten använder ${lookups}.`,
    least: (lookups: number, limit: number) =>
      `En mottagare ger upp efter ${limit} DNS-uppslag. Den här posten använder minst ${lookups}: några svar saknas.`,
    over: (lookups: number, limit: number) =>
      `En mottagare ger upp efter ${limit} DNS-uppslag. Den här posten använder ${lookups}, så kontrollen avbryts i förtid.`,
    lookup: (number: number) => `uppslag ${number}`,
    over1: 'över gränsen',
    empty: 'hittar inget',
    states: {
      found: '',
      none: 'ingen SPF-post där',
      several: 'flera SPF-poster där, så ingen räknas',
      unanswered: 'inget svar',
      loop: 'leder tillbaka till sig själv',
      cut: 'följs inte längre',
      macro: 'beror på mejlet',
    },
    more: (count: number) => `… och ${count} till`,
    show: 'Visa trädet',
    tree: 'SPF-posten, led för led',
  },
} as const satisfies Record<Locale, object>;

/** Terms that are shown at once. */
const short = 24;
/** Boxes drawn at most; the number beside them goes on. */
const boxesAtMost = 20;

export function spfCard(spf: SpfOutline | null | undefined, locale: Locale): Markup | string {
  // A record that is not there is a finding, and nothing to draw.
  if (!spf || spf.root.terms.length === 0) return '';
  const word = words[locale];
  const { lookups, limit, complete, root } = spf;
  const say = lookups > limit ? word.over : complete ? word.uses : word.least;
  const tree = html`<ul class="tree" aria-label="${word.tree}"><li><code>${root.domain}</code>${node(root, limit, locale)}</li></ul>`;
  return html`<div class="card"><h3>${word.title}</h3>
<div class="row ${lookups > limit ? 'blocked' : ''}"><span class="big">${lookups}${complete ? '' : '+'} / ${limit}</span>${boxes(spf, locale)}</div>
<p class="above">${say(lookups, limit)}</p><p class="muted small">${word.of[spf.of]}</p>
${terms(root) > short ? html`<details><summary>${word.show}</summary>${tree}</details>` : tree}</div>`;
}

function boxes({ lookups, limit }: SpfOutline, locale: Locale): Markup {
  const count = Math.min(Math.max(lookups, limit), boxesAtMost);
  const drawn = Array.from({ length: count }, (_, i) => {
    const used = i < lookups;
    const colour = i < limit ? 'var(--accent)' : 'var(--blocked)';
    return used
      ? html`<rect x="${i * 24 + 1}" y="1" width="20" height="20" rx="4" fill="${colour}"/>`
      : html`<rect x="${i * 24 + 1}" y="1" width="20" height="20" rx="4" fill="none" stroke="var(--edge)"/>`;
  });
  const width = count * 24;
  return html`<svg class="boxes" width="${width}" height="22" viewBox="0 0 ${width} 22" role="img" aria-label="${words[locale].boxes(lookups, limit)}">${drawn}</svg>`;
}

function node({ state, terms: own, omitted = 0 }: SpfOutlineNode, limit: number, locale: Locale): Markup {
  const word = words[locale];
  const said = word.states[state];
  const items = own.map((one) => term(one, limit, locale));
  const more = omitted > 0 ? html`<li class="muted">${word.more(omitted)}</li>` : '';
  return html`${said ? remark(said) : ''}${items.length > 0 || omitted > 0 ? html`<ul>${items}${more}</ul>` : ''}`;
}

function term({ text, lookup, isVoid, node: below }: SpfOutlineTerm, limit: number, locale: Locale): Markup {
  const word = words[locale];
  const over = lookup !== null && lookup > limit;
  const spent =
    lookup === null ? '' : html` <span class="n${over ? ' blocked' : ''}">${word.lookup(lookup)}</span>`;
  // What stands behind it says more than that it is empty.
  const empty = isVoid && (!below || below.state === 'found');
  return html`<li><code>${text}</code>${spent}${over ? remark(word.over1) : ''}${empty ? remark(word.empty) : ''}${below ? node(below, limit, locale) : ''}</li>`;
}

function remark(text: string): Markup {
  return html` <span class="state undecided small">${icon('warn')}${text}</span>`;
}

function terms({ terms: own, omitted = 0 }: SpfOutlineNode): number {
  return own.reduce((sum, one) => sum + 1 + (one.node ? terms(one.node) : 0), omitted);
}
