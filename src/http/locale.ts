import type { Context } from 'hono';
import { accepts } from 'hono/accepts';
import { getCookie, setCookie } from 'hono/cookie';
import { type Locale, locales } from '../rule.ts';

const cookie = 'locale';
const year = 365 * 24 * 60 * 60;

/** What decides the language of an answer beside its address, for `Vary`. */
export const localeVaries = 'Accept-Language, Cookie';

/** The reader's language: `?locale=`, else what was chosen before, else Accept-Language, else English. */
export function localeOf(c: Context): Locale {
  return chosen(c.req.query('locale')) ?? chosen(getCookie(c, cookie)) ?? accepted(c);
}

/** Keeps what `?locale=` asks for, so that links need not carry it. */
export function rememberLocale(c: Context): void {
  const asked = chosen(c.req.query('locale'));
  if (asked) setCookie(c, cookie, asked, { path: '/', maxAge: year, sameSite: 'Lax', httpOnly: true });
}

function chosen(value: string | undefined): Locale | undefined {
  return locales.find((locale) => locale === value);
}

function accepted(c: Context): Locale {
  const best = accepts(c, {
    header: 'Accept-Language',
    supports: [...locales],
    default: 'en',
    match: (languages) =>
      [...languages]
        .sort((one, two) => two.q - one.q)
        .map(({ type }) => type.toLowerCase().split('-')[0] ?? '')
        .find((language) => chosen(language)) ?? 'en',
  });
  return chosen(best) ?? 'en';
}
