/** What stands before a mailing that goes all the same: first what happens to the mail, then what to do. */
import type { Locale } from '../rule.ts';
import type { Begins } from './begins.ts';
import type { Campaign } from './campaign.ts';
import { sayOverLimit } from './words.ts';

export const warningCodes = ['clearance-ends-first', 'begins-by-reserve', 'pauses-at-once'] as const;

export interface Warning {
  code: (typeof warningCodes)[number];
  text: string;
}

interface WarningWords {
  ends(ends: string): string;
  reserve(server: string, primary: string): string;
  pauses: string;
}

const words: Record<Locale, WarningWords> = {
  en: {
    ends: (ends) =>
      `The mailing pauses at ${ends}, before all have had their turn: its clearance ends then. Get a new one shortly before, and resume with it. A mailing that is ordered with onExpiry audit-again is audited again by itself.`,
    reserve: (server, primary) =>
      `All of it goes by the backup server, ${server}, from the first mail on, and not by ${primary}.`,
    pauses: 'It pauses before its first mail.',
  },
  sv: {
    ends: (ends) =>
      `Utskicket pausas ${ends}, innan alla har fått sin tur: då går klarsignalen ut. Hämta en ny strax före och återuppta med den. Ett utskick som beställs med onExpiry audit-again granskas om av sig självt.`,
    reserve: (server, primary) =>
      `Alla mejl går med reservservern, ${server}, redan från det första, och inte med ${primary}.`,
    pauses: 'Utskicket pausas innan det första mejlet går.',
  },
};

/** What differs from what was chosen, and why; undefined: nothing does. */
export function sayBegins(begins: Begins | null, locale: Locale): string | undefined {
  if (begins === null || begins.reason === null) return undefined;
  const { reason, pauses, provider, country, data } = begins;
  const { reserve, pauses: stands } = words[locale];
  const server = country ? `${provider} (${countryName(country, locale)})` : provider;
  const first = pauses ? stands : reserve(server, String(data.provider ?? data.route ?? ''));
  return `${first} ${sayOverLimit(reason, data, locale)}`;
}

/** Of a mailing as it stands; none, mostly. */
export function warningsOf(
  { pausesAt, begins }: Pick<Campaign, 'pausesAt' | 'begins'>,
  locale: Locale,
): Warning[] {
  const ahead = sayBegins(begins, locale);
  const code = begins?.pauses ? 'pauses-at-once' : 'begins-by-reserve';
  return [
    ...(ahead === undefined ? [] : [{ code, text: ahead } as const]),
    ...(pausesAt === null
      ? []
      : [
          {
            code: 'clearance-ends-first',
            text: words[locale].ends(`${pausesAt.slice(0, 16).replace('T', ' ')} UTC`),
          } as const,
        ]),
  ];
}

/** @param code ISO 3166-1 alpha-2 */
function countryName(code: string, locale: Locale): string {
  return new Intl.DisplayNames([locale], { type: 'region', fallback: 'code' }).of(code) ?? code;
}
