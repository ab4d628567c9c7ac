import type { Context } from 'hono';
import { accepts } from 'hono/accepts';
import { type Locale, locales } from '../rule.ts';

/** The reader's language: `?locale=`, else Accept-Language, else English. */
export function localeOf(c: Context): Locale {
  const asked = c.req.query('locale');
  const named = locales.find((locale) => locale === asked);
  if (named) return named;
  const best = accepts(c, {
    header: 'Accept-Language',
    supports: [...locales],
    default: 'en',
    match: (accepted) =>
      [...accepted]
        .sort((one, two) => two.q - one.q)
        .map(({ type }) => type.toLowerCase().split('-')[0] ?? '')
        .find((language) => locales.some((locale) => locale === language)) ?? 'en',
  });
  return locales.find((locale) => locale === best) ?? 'en';
}
