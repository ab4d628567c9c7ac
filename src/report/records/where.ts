/** Where a person changes a record, in a sentence. */
import type { Locale, ZonePlace } from '../../rule.ts';

const words = {
  en: {
    unknown: 'You do this where your domain’s DNS is kept, usually the web host or registrar.',
    at: (host: string, apex: string) => `You do this at ${host}, where the DNS of ${apex} is kept`,
    way: (settings: string) => ` (${settings})`,
    head: (apex: string, host: string) => `The DNS of ${apex} is kept at ${host}`,
  },
  sv: {
    unknown: 'Det gör du där domänens DNS sköts, oftast hos webbhotellet eller där domänen är köpt.',
    at: (host: string, apex: string) => `Det gör du hos ${host}, där DNS för ${apex} sköts`,
    way: (settings: string) => ` (${settings})`,
    head: (apex: string, host: string) => `DNS för ${apex} sköts hos ${host}`,
  },
} as const satisfies Record<Locale, object>;

/** `zone`: null where it is not known. */
export function whereToChange(zone: ZonePlace | null, locale: Locale): string {
  const word = words[locale];
  if (!zone?.host) return word.unknown;
  const { name, settings } = zone.host;
  return `${word.at(name, zone.apex)}${settings ? word.way(settings[locale]) : ''}.`;
}

/** For the head of a report; undefined where nobody is known. */
export function zoneLine({ apex, host }: ZonePlace, locale: Locale): string | undefined {
  return host ? words[locale].head(apex, host.name) : undefined;
}
