/** The tree itself: each part with its look-up, what it means, whose it is, and what its branch costs. */
import { html } from 'hono/html';
import type { Locale } from '../../../rule.ts';
import type { SpfOutline, SpfOutlineNode, SpfOutlineTerm } from '../../../verdict.ts';
import { sendingService } from '../../../words/sending-services.ts';
import { icon } from '../icons.ts';
import type { Markup } from '../markup.ts';
import { words } from './words.ts';

type Qualifier = '+' | '-' | '~' | '?';

interface Read {
  qualifier: Qualifier;
  kind: string;
  /** What it names beside itself. */
  target: string;
  isRange: boolean;
}

/** Where a part stands: in which record, and whether that is only included. */
interface Within {
  domain: string;
  included: boolean;
  limit: number;
  /** Branches without any trouble are folded: the tree is long. */
  fold: boolean;
  locale: Locale;
}

/** Parts that are shown at once. */
const short = 24;
/** So many addresses one after the other are folded: nobody reads them. */
const addressesShown = 3;

export function spfTree({ root, limit }: SpfOutline, locale: Locale): Markup {
  const service = serviceName(root.domain);
  const within = { domain: root.domain, included: false, limit, fold: sizeOf(root) > short, locale };
  return html`<ul class="tree" aria-label="${words[locale].tree}"><li><code>${root.domain}</code>${service}${parts(root, within)}</li></ul>`;
}

/** How many parts a tree has, those that are not listed included. */
function sizeOf({ terms, omitted = 0 }: SpfOutlineNode): number {
  return terms.reduce((sum, one) => sum + 1 + (one.node ? sizeOf(one.node) : 0), omitted);
}

function parts(record: SpfOutlineNode, within: Within): Markup | string {
  const { terms, omitted = 0 } = record;
  if (terms.length === 0 && omitted === 0) return '';
  const word = words[within.locale];
  const items = folded(terms).map((one) => (Array.isArray(one) ? addresses(one, within) : term(one, within)));
  const more = omitted > 0 ? html`<li class="muted">${word.more(omitted)}</li>` : '';
  const list = html`<ul>${items}${more}</ul>`;
  if (!within.fold || !within.included || hasTrouble(record, within.limit)) return list;
  return html`<details class="branch"><summary>${word.inside}<span class="vh"> ${within.domain}</span></summary>${list}</details>`;
}

function hasTrouble({ state, terms }: SpfOutlineNode, limit: number): boolean {
  return (
    state !== 'found' ||
    terms.some(
      ({ lookup, isVoid, fault, node }) =>
        fault || isVoid || (lookup ?? 0) > limit || (node !== null && hasTrouble(node, limit)),
    )
  );
}

/** Runs of addresses together. */
function folded(terms: readonly SpfOutlineTerm[]): (SpfOutlineTerm | SpfOutlineTerm[])[] {
  const runs: (SpfOutlineTerm | SpfOutlineTerm[])[] = [];
  for (const one of terms) {
    const last = runs.at(-1);
    if (!isAddress(one)) runs.push(one);
    else if (Array.isArray(last)) last.push(one);
    else runs.push([one]);
  }
  return runs.flatMap((run) => (Array.isArray(run) && run.length <= addressesShown ? run : [run]));
}

function isAddress({ text, fault }: SpfOutlineTerm): boolean {
  return !fault && /^\+?ip[46]:/i.test(text);
}

function addresses(run: readonly SpfOutlineTerm[], { locale }: Within): Markup {
  const items = run.map(({ text }) => html`<li><code>${text}</code></li>`);
  return html`<li><div class="term">${spent(null, false, locale)}<details><summary>${words[locale].addresses(run.length)}</summary><ul class="plain">${items}</ul></details></div></li>`;
}

function term({ text, lookup, isVoid, fault, node: below }: SpfOutlineTerm, within: Within): Markup {
  const { limit, locale } = within;
  const word = words[locale];
  const read = readTerm(text);
  const over = lookup !== null && lookup > limit;
  const state = below ? word.states[below.state] : '';
  const costs = below ? costOf(below) : { count: 0, least: false };
  const cost =
    costs.count > 0 ? html` <span class="cost">${word.cost(costs.count + 1, costs.least)}</span>` : '';
  // What stands behind it says more than that it is empty.
  const empty = isVoid && (!below || below.state === 'found');
  const target = below?.domain ?? read.target;
  const inner = { ...within, domain: target, included: within.included || read.kind === 'include' };
  const meaning = fault ? '' : meaningOf(read, target, within);
  return html`<li><div class="term${over ? ' blocked' : ''}">${spent(lookup, over, locale)}<div><code>${text}</code>${read.kind === 'include' || read.kind === 'redirect' ? serviceName(target) : ''}${cost}${meaning ? html`<span class="under">${meaning}</span>` : ''}${lookup === limit + 1 ? remark(word.overLimit) : ''}${empty ? remark(word.empty) : ''}${fault ? remark(word.fault) : ''}${state ? remark(state) : ''}</div></div>${below ? parts(below, inner) : ''}</li>`;
}

/** The number of the look-up, before what costs it. */
function spent(lookup: number | null, over: boolean, locale: Locale): Markup {
  return lookup === null
    ? html`<span class="n free" aria-hidden="true"></span>`
    : html`<span class="n${over ? ' blocked' : ''}"><span class="vh">${words[locale].lookup} </span>${lookup}${over ? html`<span class="vh">, ${words[locale].over1}</span>` : ''}</span>`;
}

function serviceName(domain: string): Markup | string {
  const name = sendingService(domain);
  return name ? html` <span class="service">${name}</span>` : '';
}

/** All that a record costs, itself not counted. */
function costOf({ terms, omitted = 0, state }: SpfOutlineNode): { count: number; least: boolean } {
  let count = 0;
  let least = omitted > 0 || state === 'unanswered' || state === 'cut';
  for (const { lookup, node: below } of terms) {
    const inner = below ? costOf(below) : { count: 0, least: false };
    count += inner.count + (lookup === null ? 0 : 1);
    least ||= inner.least;
  }
  return { count, least };
}

function readTerm(text: string): Read {
  const found = /^([+\-~?]?)([a-z0-9]+)(?:[:=]([^/]*))?(\/.*)?/i.exec(text);
  const [, qualifier, kind = '', target = '', range = ''] = found ?? [];
  return {
    qualifier: (qualifier || '+') as Qualifier,
    kind: kind.toLowerCase(),
    target,
    isRange: range !== '',
  };
}

function meaningOf({ qualifier, kind, target, isRange }: Read, named: string, within: Within): string {
  const { means, fits, all, innerAll } = words[within.locale];
  if (kind === 'all') return within.included && qualifier !== '+' ? innerAll : all[qualifier];
  const about = named || target || within.domain;
  const said: Record<string, (domain: string) => string> = {
    ...means,
    ip4: isRange ? means.range : means.address,
    ip6: isRange ? means.range : means.address,
  };
  const meaning = (Object.hasOwn(said, kind) ? said[kind] : means.note)?.(about) ?? '';
  return fits[qualifier] ? `${meaning}: ${fits[qualifier]}` : meaning;
}

function remark(text: string): Markup {
  return html` <span class="state undecided small">${icon('warn')}${text}</span>`;
}
