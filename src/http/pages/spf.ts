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
      mailFrom: 'This is the record of the sending subdomain. It is the one that receivers read.',
      from: 'This is the record of the From domain. Receivers read that of the sending subdomain instead, but we do not know which that is.',
    },
    boxes: (lookups: number, limit: number) => `${lookups} of at most ${limit} look-ups used`,
    boxesLeast: (lookups: number, limit: number) => `At least ${lookups} of at most ${limit} look-ups used`,
    uses: (lookups: number, limit: number) =>
      `A receiver gives up after ${limit} DNS look-ups. This record uses ${lookups}.`,
    least: (lookups: number, limit: number) =>
      `A receiver gives up after ${limit} DNS look-ups. This record uses at least ${lookups}: a part of it could not be read.`,
    over: (lookups: number, limit: number) =>
      `A receiver gives up after ${limit} DNS look-ups. This record uses ${lookups}, so the check breaks off before its end.`,
    overLeast: (lookups: number, limit: number) =>
      `A receiver gives up after ${limit} DNS look-ups. This record uses at least ${lookups}, so the check breaks off before its end.`,
    lookup: (number: number) => `look-up ${number}`,
    over1: 'over the limit',
    empty: 'finds nothing',
    fault: 'cannot be read, so receivers stop here',
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
      mailFrom: 'Det här är posten för underdomänen för utskick. Det är den som mottagarna läser.',
      from: 'Det här är avsändardomänens post. Mottagarna läser i stället den för underdomänen för utskick, men vi vet inte vilken den är.',
    },
    boxes: (lookups: number, limit: number) => `${lookups} av högst ${limit} uppslag används`,
    boxesLeast: (lookups: number, limit: number) => `Minst ${lookups} av högst ${limit} uppslag används`,
    uses: (lookups: number, limit: number) =>
      `En mottagare ger upp efter ${limit} DNS-uppslag. Den här posten använder ${lookups}.`,
    least: (lookups: number, limit: number) =>
      `En mottagare ger upp efter ${limit} DNS-uppslag. Den här posten använder minst ${lookups}: en del av den gick inte att läsa.`,
    over: (lookups: number, limit: number) =>
      `En mottagare ger upp efter ${limit} DNS-uppslag. Den här posten använder ${lookups}, så kontrollen avbryts i förtid.`,
    overLeast: (lookups: number, limit: number) =>
      `En mottagare ger upp efter ${limit} DNS-uppslag. Den här posten använder minst ${lookups}, så kontrollen avbryts i förtid.`,
    lookup: (number: number) => `uppslag ${number}`,
    over1: 'över gränsen',
    empty: 'hittar inget',
    fault: 'går inte att läsa, så mottagarna stannar här',
    states: {
      found: '',
      none: 'ingen SPF-post där',
      several: 'flera SPF-poster där, så ingen räknas',
      unanswered: 'inget svar',
      loop: 'leder tillbaka till sig själv',
      cut: 'följs inte vidare',
      macro: 'beror på mejlet',
    },
    more: (count: number) => `… och ${count} till`,
    show: 'Visa trädet',
    tree: 'SPF-posten, del för del',
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
  const [exact, least] = lookups > limit ? [word.over, word.overLeast] : [word.uses, word.least];
  const say = complete ? exact : least;
  const tree = html`<ul class="tree" aria-label="${word.tree}"><li><code>${root.domain}</code>${node(root, limit, locale)}</li></ul>`;
  return html`<div class="card"><h3>${word.title}</h3>
<div class="row ${lookups > limit ? 'blocked' : ''}"><span class="big">${lookups}${complete ? '' : '+'} / ${limit}</span>${boxes(spf, locale)}</div>
<p class="above">${say(lookups, limit)}</p><p class="muted small">${word.of[spf.of]}</p>
${terms(root) > short ? html`<details><summary>${word.show}</summary>${tree}</details>` : tree}</div>`;
}

function boxes({ lookups, limit, complete }: SpfOutline, locale: Locale): Markup {
  const word = words[locale];
  const say = complete ? word.boxes : word.boxesLeast;
  const count = Math.min(Math.max(lookups, limit), boxesAtMost);
  const drawn = Array.from({ length: count }, (_, i) => {
    const used = i < lookups;
    const colour = i < limit ? 'var(--accent)' : 'var(--blocked)';
    return used
      ? html`<rect x="${i * 24 + 1}" y="1" width="20" height="20" rx="4" fill="${colour}"/>`
      : html`<rect x="${i * 24 + 1}" y="1" width="20" height="20" rx="4" fill="none" stroke="var(--edge)"/>`;
  });
  const width = count * 24;
  return html`<svg class="boxes" width="${width}" height="22" viewBox="0 0 ${width} 22" role="img" aria-label="${say(lookups, limit)}">${drawn}</svg>`;
}

function node({ state, terms: own, omitted = 0 }: SpfOutlineNode, limit: number, locale: Locale): Markup {
  const word = words[locale];
  const said = word.states[state];
  const items = own.map((one) => term(one, limit, locale));
  const more = omitted > 0 ? html`<li class="muted">${word.more(omitted)}</li>` : '';
  return html`${said ? remark(said) : ''}${items.length > 0 || omitted > 0 ? html`<ul>${items}${more}</ul>` : ''}`;
}

function term(
  { text, lookup, isVoid, fault, node: below }: SpfOutlineTerm,
  limit: number,
  locale: Locale,
): Markup {
  const word = words[locale];
  const over = lookup !== null && lookup > limit;
  const spent =
    lookup === null ? '' : html` <span class="n${over ? ' blocked' : ''}">${word.lookup(lookup)}</span>`;
  // What stands behind it says more than that it is empty.
  const empty = isVoid && (!below || below.state === 'found');
  return html`<li><code>${text}</code>${spent}${over ? remark(word.over1) : ''}${empty ? remark(word.empty) : ''}${fault ? remark(word.fault) : ''}${below ? node(below, limit, locale) : ''}</li>`;
}

function remark(text: string): Markup {
  return html` <span class="state undecided small">${icon('warn')}${text}</span>`;
}

function terms({ terms: own, omitted = 0 }: SpfOutlineNode): number {
  return own.reduce((sum, one) => sum + 1 + (one.node ? terms(one.node) : 0), omitted);
}
