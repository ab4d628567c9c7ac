/** Outcomes over time as stacked bars, and the same as a table. */
import { html, raw } from 'hono/html';
import type { TallyRow } from '../../../ports.ts';
import type { Locale } from '../../../rule.ts';
import { figure, span } from '../figures.ts';
import type { Markup } from '../markup.ts';
import { moment } from '../moment.ts';
import { type Bar, type Series, seriesOf, totalOf } from './series.ts';

const words = {
  en: {
    title: 'Outcomes over time',
    empty: 'Nothing has been handed over yet.',
    good: 'Accepted or delivered',
    unknown: 'Unknown',
    striped: 'striped',
    bounced: 'Bounced',
    rejected: 'Rejected',
    each: (step: string) => `One bar is ${step}. Times in `,
    table: 'The same as a table',
    from: 'From',
    by: 'By',
    label: (total: string, bounced: string, rejected: string, unknown: string) =>
      `Messages over time: ${total} in all, of which ${bounced} bounced, ${rejected} were rejected and ${unknown} are unknown. The table below has the same figures.`,
  },
  sv: {
    title: 'Utfall över tid',
    empty: 'Inget har lämnats över än.',
    good: 'Mottaget eller levererat',
    unknown: 'Okänt',
    striped: 'randigt',
    bounced: 'Studs',
    rejected: 'Avvisat',
    each: (step: string) => `En stapel är ${step}. Tider i `,
    table: 'Samma sak som tabell',
    from: 'Från',
    by: 'Med',
    label: (total: string, bounced: string, rejected: string, unknown: string) =>
      `Mejl över tid: ${total} totalt, varav ${bounced} studsade, ${rejected} avvisades och ${unknown} är okända. Tabellen nedanför har samma siffror.`,
  },
} as const satisfies Record<Locale, object>;

/** Plot, in units of the drawing. */
const left = 84;
const right = 706;
const top = 44;
const bottom = 200;

type Part = 'good' | 'unknown' | 'bounced' | 'rejected';
/** From below. */
const parts: readonly Part[] = ['good', 'unknown', 'bounced', 'rejected'];
const fills: Record<Part, string> = {
  good: 'var(--clear)',
  unknown: 'var(--undecided)',
  bounced: 'url(#hatch)',
  rejected: 'var(--blocked)',
};

/** `bounces`: in the ledger; `name`: of a sending server by its id. */
export function outcomesSection(
  tally: readonly TallyRow[],
  bounces: number,
  name: (transport: string) => string,
  locale: Locale,
): Markup {
  const word = words[locale];
  const series = seriesOf(tally, bounces);
  const heading = html`<h2 id="out">${word.title}</h2>`;
  if (!series)
    return html`<section class="card" aria-labelledby="out">${heading}<p>${word.empty}</p></section>`;
  const legend = parts.map(
    (part) =>
      html`<span><svg class="i" viewBox="0 0 20 20" aria-hidden="true"><rect x="3" y="3" width="14" height="14" rx="2" fill="${fills[part]}" stroke="var(--edge)"/></svg> ${word[part]}${part === 'bounced' ? ` (${word.striped})` : ''} <strong>${figure(sumOf(series, part), locale)}</strong></span>`,
  );
  return html`<section class="card" aria-labelledby="out">${heading}
<figure><div class="chart">${drawing(series, name, locale)}</div><figcaption class="row small muted">${legend}<span>${word.each(stepOf(series, locale))}<span data-zone>UTC</span>.</span></figcaption></figure>
<details><summary>${word.table}</summary>${table(series, name, locale)}</details></section>`;
}

function sumOf({ bars }: Series, part: Part): number {
  return bars.reduce((total, bar) => total + bar[part], 0);
}

function stepOf({ step }: Series, locale: Locale): string {
  return span(step * 60_000, locale);
}

function drawing(series: Series, name: (transport: string) => string, locale: Locale): Markup {
  const { bars } = series;
  const word = words[locale];
  const ticks = ticksTo(Math.max(...bars.map(totalOf)));
  const highest = ticks.at(-1) ?? 1;
  const pitch = Math.min((right - left) / bars.length, 150);
  const y = (count: number) => round(bottom - ((bottom - top) * count) / highest);
  const x = (i: number) => round(left + i * pitch);
  const width = round(Math.min(pitch * 0.8, 40));
  const sum = (part: Part) => figure(sumOf(series, part), locale);
  const total = figure(
    bars.reduce((all, bar) => all + totalOf(bar), 0),
    locale,
  );
  const label = word.label(total, sum('bounced'), sum('rejected'), sum('unknown'));
  const stacks = bars.flatMap((bar, i) => {
    let below = 0;
    return parts.flatMap((part) => {
      const count = bar[part];
      if (count === 0) return [];
      const from = y(below);
      below += count;
      const to = y(below);
      // One among thousands is still drawn.
      const height = Math.max(round(from - to), 1);
      return [
        `<rect x="${x(i)}" y="${round(from - height)}" width="${width}" height="${height}" fill="${fills[part]}"/>`,
      ];
    });
  });
  const axis = ticks.map(
    (tick) =>
      html`<path class="axis" d="M${left - 4} ${y(tick)}H${right}"/><text x="${left - 10}" y="${y(tick) + 5}" text-anchor="end">${figure(tick, locale)}</text>`,
  );
  return html`<svg viewBox="0 0 720 240" role="img" aria-label="${label}">
<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="var(--blocked-bg)"/><path d="M0 0v6" stroke="var(--blocked)" stroke-width="4"/></pattern></defs>
${axis}${raw(stacks.join(''))}${switches(bars, x, name)}${times(series, x, width, locale)}</svg>`;
}

/** Where another server took over. */
function switches(
  bars: readonly Bar[],
  x: (i: number) => number,
  name: (transport: string) => string,
): Markup {
  let before: string | undefined;
  const found: { i: number; route: string }[] = [];
  bars.forEach(({ route }, i) => {
    if (route === null || route === before) return;
    found.push({ i, route });
    before = route;
  });
  // More than a few would cover each other; the table has them all.
  if (found.length < 2 || found.length > 3) return html``;
  return html`${found.slice(1).map(({ i, route }) => {
    const at = x(i) - 2;
    const late = i > bars.length / 2;
    return html`<path d="M${at} ${top - 30}V${bottom}" stroke="var(--ink)" stroke-width="2" stroke-dasharray="2 3"/><text class="strong" x="${late ? at - 8 : at + 8}" y="${top - 16}" text-anchor="${late ? 'end' : 'start'}">${late ? '' : '→ '}${name(route)}${late ? ' →' : ''}</text>`;
  })}`;
}

const days: Record<Locale, Intl.DateTimeFormat> = {
  en: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }),
  sv: new Intl.DateTimeFormat('sv-SE', { day: 'numeric', month: 'short', timeZone: 'UTC' }),
};

/** Room of a time of day and of a date, with what parts it from the next, in units of the drawing on a phone. */
const labelRoom = { time: 100, day: 130 };

/** First, last and some between: few enough to be read on a phone. */
function times({ bars, step }: Series, x: (i: number) => number, width: number, locale: Locale): Markup {
  const last = bars.length - 1;
  const wanted = last < 3 ? [...bars.keys()] : [0, Math.round(last / 3), Math.round((2 * last) / 3), last];
  // Over more than a day the hour alone says too little.
  const long = last * step > 1440;
  const room = long ? labelRoom.day : labelRoom.time;
  // Where bars stand close the last is told before those between.
  const clear = (one: number, other: number) => Math.abs(x(one) - x(other)) >= room;
  const told = wanted.filter((i) => i === 0 || (clear(i, 0) && (i === last || clear(i, last))));
  return html`${told.map((i) => {
    const at = bars[i]?.at ?? '';
    // At the edges of the plot it is kept inside.
    const edge = i === last && x(i) + width > right - room / 2;
    const anchor = edge ? 'end' : 'middle';
    const place = x(i) + (edge ? width : width / 2);
    return long
      ? html`<text x="${round(place)}" y="232" text-anchor="${anchor}">${days[locale].format(new Date(at))}</text>`
      : html`<text x="${round(place)}" y="232" text-anchor="${anchor}" data-at="${at}">${at.slice(11, 16)}</text>`;
  })}`;
}

function table({ bars }: Series, name: (transport: string) => string, locale: Locale): Markup {
  const word = words[locale];
  const went = bars.filter((bar) => totalOf(bar) > 0);
  const rows = went.map(
    (bar) => html`<tr><th scope="row">${moment(bar.at, locale)}</th>
<td data-h="${word.good}">${figure(bar.good, locale)}</td><td data-h="${word.unknown}">${figure(bar.unknown, locale)}</td><td data-h="${word.bounced}">${figure(bar.bounced, locale)}</td><td data-h="${word.rejected}">${figure(bar.rejected, locale)}</td><td data-h="${word.by}">${bar.route === null ? '–' : name(bar.route)}</td></tr>`,
  );
  const head = [word.from, word.good, word.unknown, word.bounced, word.rejected, word.by];
  return html`<div class="cards"><table><thead><tr>${head.map((text) => html`<th scope="col">${text}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

/** 0, and two to four round figures of which the last is at least `most`. */
function ticksTo(most: number): number[] {
  const rough = Math.max(most, 1) / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((times) => times * power).find((size) => size >= rough) ?? 1);
  return Array.from({ length: Math.ceil(Math.max(most, 1) / step) + 1 }, (_, i) => i * step);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
