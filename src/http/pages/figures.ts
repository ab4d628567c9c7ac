/** Figures as a reader of the language writes them. */
import type { Locale } from '../../rule.ts';

const tags: Record<Locale, string> = { en: 'en-GB', sv: 'sv-SE' };
const whole: Record<Locale, Intl.NumberFormat> = {
  en: new Intl.NumberFormat(tags.en),
  sv: new Intl.NumberFormat(tags.sv),
};
const shares = (locale: Locale, digits: number) =>
  new Intl.NumberFormat(tags[locale], {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
const tenths: Record<Locale, Intl.NumberFormat> = { en: shares('en', 1), sv: shares('sv', 1) };
const countries: Record<Locale, Intl.DisplayNames> = {
  en: new Intl.DisplayNames([tags.en], { type: 'region' }),
  sv: new Intl.DisplayNames([tags.sv], { type: 'region' }),
};

export function figure(count: number, locale: Locale): string {
  return whole[locale].format(count);
}

/** `share`: 0 to 1. Nothing that is not all is shown as all, and nothing that is there as none. */
export function percent(share: number, locale: Locale): string {
  const rounded = Math.round(share * 1000) / 1000;
  const shown = share < 1 && rounded >= 1 ? 0.999 : share > 0 && rounded <= 0 ? 0.001 : rounded;
  return tenths[locale].format(shown);
}

/** Without decimals, for what is watched: 100 % only when all is done. */
export function wholePercent(share: number, locale: Locale): string {
  return shares(locale, 0).format(Math.floor(share * 100) / 100);
}

/** `code`: ISO 3166-1 alpha-2; one that is unknown stands for itself. */
export function country(code: string, locale: Locale): string {
  try {
    return countries[locale].of(code) ?? code;
  } catch {
    return code;
  }
}

const spans: Record<Locale, Record<'minute' | 'hour' | 'day', Intl.NumberFormat>> = {
  en: spansIn(tags.en),
  sv: spansIn(tags.sv),
};

function spansIn(tag: string): Record<'minute' | 'hour' | 'day', Intl.NumberFormat> {
  const of = (unit: string) => new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long' });
  return { minute: of('minute'), hour: of('hour'), day: of('day') };
}

/** A span in the largest unit that says it well. */
export function span(ms: number, locale: Locale): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes < 120) return spans[locale].minute.format(minutes);
  const hours = Math.round(minutes / 60);
  return hours < 48 ? spans[locale].hour.format(hours) : spans[locale].day.format(Math.round(hours / 24));
}
