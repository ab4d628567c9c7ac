/** The SPF tree as a receiver walks it, with where each look-up is spent. */
import { html } from 'hono/html';
import type { Locale } from '../../rule.ts';
import type { SpfOutline, Verdict } from '../../verdict.ts';
import type { Markup } from './markup.ts';
import { spfTree } from './spf/tree.ts';
import { words } from './spf/words.ts';

/** Boxes drawn at most; the number beside them goes on. */
const boxesAtMost = 20;

/** The tree that receivers read; where the sending servers have different ones, each. */
export function spfCards(
  { spf, spfRoutes = [] }: Pick<Verdict, 'spf' | 'spfRoutes'>,
  locale: Locale,
): Markup | string {
  if (spfRoutes.length === 0) return spfCard(spf, locale);
  return html`${spfRoutes.map((one) => spfCard(one.spf, locale, one.route))}`;
}

/** `route`: the sending server whose mail it is of, where others have another. */
export function spfCard(spf: SpfOutline | null | undefined, locale: Locale, route?: string): Markup | string {
  // A record that is not there is a finding, and nothing to draw.
  if (!spf || spf.root.terms.length === 0) return '';
  const word = words[locale];
  const { lookups, limit, complete, voids } = spf;
  const [exact, least] = lookups > limit ? [word.over, word.overLeast] : [word.uses, word.least];
  const say = complete ? exact : least;
  const label = (complete ? word.boxes : word.boxesLeast)(lookups, limit);
  return html`<div class="card spf"><h3>${route ? word.titleBy(route) : word.title}</h3>
<p class="muted">${word.what} ${word.of[spf.of]}</p>
<div class="meters">${meter(word.lookups, { used: lookups, limit, more: !complete, label })}${voids ? meter(word.voids, { used: voids.count, limit: voids.limit, more: false, label: word.voidBoxes(voids.count, voids.limit) }) : ''}</div>
<p>${say(lookups, limit)}${voids && voids.count > voids.limit ? ` ${word.overVoids(voids.count, voids.limit)}` : ''}</p>
<details><summary>${word.parts}</summary>${spfTree(spf, locale)}
<p class="muted small">${word.legend}</p></details></div>`;
}

interface Meter {
  used: number;
  limit: number;
  /** There may be more than are known. */
  more: boolean;
  label: string;
}

function meter(name: string, { used, limit, more, label }: Meter): Markup {
  return html`<div class="meter${used > limit ? ' blocked' : ''}"><span class="big">${used}${more ? '+' : ''} / ${limit}</span><span class="muted small">${name}</span>${boxes(used, limit, label)}</div>`;
}

function boxes(used: number, limit: number, label: string): Markup {
  const count = Math.min(Math.max(used, limit), boxesAtMost);
  const drawn = Array.from({ length: count }, (_, i) => {
    const colour = i < limit ? 'var(--accent)' : 'var(--blocked)';
    return i < used
      ? html`<rect x="${i * 24 + 1}" y="1" width="20" height="20" rx="4" fill="${colour}"/>`
      : html`<rect x="${i * 24 + 1}" y="1" width="20" height="20" rx="4" fill="none" stroke="var(--edge)"/>`;
  });
  const width = count * 24;
  return html`<svg class="boxes" width="${width}" height="22" viewBox="0 0 ${width} 22" role="img" aria-label="${label}">${drawn}</svg>`;
}
