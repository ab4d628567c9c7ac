/** What of the mail's links and pictures was opened, in one line. */
import type { Locale } from '../rule.ts';
import { type ReasonLeft, reasonsLeft, type Verdict } from '../verdict.ts';

const words = {
  en: {
    links: (count: number) => (count === 1 ? '1 link' : `${count} links`),
    pictures: (count: number) => (count === 1 ? '1 picture' : `${count} pictures`),
    opened: (what: string) => `Opened from here: ${what}.`,
    left: (count: number, why: string) =>
      `Left alone: ${count === 1 ? '1 address' : `${count} addresses`} (${why}).`,
    reasons: {
      acting: (count: number) => `${count} that may unsubscribe, confirm or answer for a reader`,
      personal: (count: number) => `${count} that may be one reader’s own`,
      unfinished: (count: number) => `${count} with a merge field`,
      placeholder: (count: number) => `${count} that the template has as an example`,
      elsewhere: (count: number) => `${count} that cannot be read as an address`,
      'too-many': (count: number) => `${count} more than are opened of one mail`,
    },
  },
  sv: {
    links: (count: number) => (count === 1 ? '1 länk' : `${count} länkar`),
    pictures: (count: number) => (count === 1 ? '1 bild' : `${count} bilder`),
    opened: (what: string) => `Öppnade härifrån: ${what}.`,
    left: (count: number, why: string) =>
      `Lämnade i fred: ${count === 1 ? '1 adress' : `${count} adresser`} (${why}).`,
    reasons: {
      acting: (count: number) => `${count} som kan avregistrera, bekräfta eller svara åt en läsare`,
      personal: (count: number) => `${count} som kan vara en enda läsares`,
      unfinished: (count: number) => `${count} med kopplingsfält`,
      placeholder: (count: number) => `${count} som mallen har som exempel`,
      elsewhere: (count: number) => `${count} som inte går att läsa som adress`,
      'too-many': (count: number) => `${count} utöver dem som öppnas i ett mejl`,
    },
  },
} as const satisfies Record<
  Locale,
  { reasons: Record<ReasonLeft, (count: number) => string>; [word: string]: unknown }
>;

/** Empty where nothing was to be opened, or nobody here may open anything. */
export function visitsLine({ visits }: Pick<Verdict, 'visits'>, locale: Locale): string {
  if (!visits) return '';
  const word = words[locale];
  const { links, pictures, left } = visits;
  const opened = [
    ...(links > 0 ? [word.links(links)] : []),
    ...(pictures > 0 ? [word.pictures(pictures)] : []),
  ];
  const reasons = reasonsLeft.flatMap((why) => (left[why] ? [word.reasons[why](left[why])] : []));
  const count = reasonsLeft.reduce((sum, why) => sum + (left[why] ?? 0), 0);
  return [
    ...(opened.length > 0 ? [word.opened(opened.join(', '))] : []),
    ...(count > 0 ? [word.left(count, reasons.join('; '))] : []),
  ].join(' ');
}
