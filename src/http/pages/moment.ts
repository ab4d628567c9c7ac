/** Moments and spans in words. Where script runs, klarsignal.js writes moments in the reader's own time zone. */
import { html } from 'hono/html';
import type { Locale } from '../../rule.ts';
import type { Markup } from './markup.ts';

const clock = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short', timeZone: 'UTC' } as const;
const moments = madeOnce({
  en: () => new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', ...clock }),
  sv: () => new Intl.DateTimeFormat('sv-SE', { day: '2-digit', month: '2-digit', year: 'numeric', ...clock }),
});
const hours = madeOnce({
  en: () => new Intl.DateTimeFormat('en-GB', clock),
  sv: () => new Intl.DateTimeFormat('sv-SE', clock),
});
const spans = madeOnce({
  en: () => new Intl.NumberFormat('en-GB', { style: 'unit', unit: 'second', unitDisplay: 'long' }),
  sv: () => new Intl.NumberFormat('sv-SE', { style: 'unit', unit: 'second', unitDisplay: 'long' }),
});

/** Each when a page first asks for it: Node reads the names of a language's months and zones from far away. */
function madeOnce<T>(make: Record<Locale, () => T>): (locale: Locale) => T {
  const made: Partial<Record<Locale, T>> = {};
  return (locale) => {
    made[locale] ??= make[locale]();
    return made[locale];
  };
}

/** `at`: ISO 8601. `now`: of its own day only the hour is said; without it, always the whole. */
export function moment(at: string, locale: Locale, now?: Date): Markup {
  if (!now) return html`<time datetime="${at}">${moments(locale).format(new Date(at))}</time>`;
  const today = now.toISOString().slice(0, 10) === new Date(at).toISOString().slice(0, 10);
  return html`<time datetime="${at}" data-near>${(today ? hours : moments)(locale).format(new Date(at))}</time>`;
}

/** klarsignal.js says it the same way when it counts on. */
export function seconds(count: number, locale: Locale): string {
  return spans(locale).format(count);
}
