/** How links are named in what is said of them: by their text, if they have one. */
import type { Facts } from '#rule';

/**
 * What readers can tap: the links of the HTML, or in a mail of text alone the addresses that programs make links of.
 * null: the mail has neither.
 */
export function linksOf({ html, message }: Pick<Facts, 'html' | 'message'>) {
  if (html) return html.links;
  return message.writtenLinks.length > 0 ? message.writtenLinks : null;
}

type LinkAnswer = Facts['linkAnswers']['answers'][number];

export const namedLink = {
  en: (text: string) => (text ? `The link “${text}”` : 'A link without text'),
  sv: (text: string) => (text ? `Länken ”${text}”` : 'En länk utan text'),
};

/** Longer addresses say no more. */
const shownLength = 100;

/** As it is shown to a person. */
export function shownAddress(address: string): string {
  return address.length > shownLength ? `${address.slice(0, shownLength)}…` : address;
}

/** One for each place that leads to one of these addresses. */
export function eachPlace<T>(
  answers: readonly LinkAnswer[],
  make: (answer: LinkAnswer, text: string, at: LinkAnswer['places'][number]['at']) => T,
): T[] {
  return answers.flatMap((answer) => answer.places.map(({ text, at }) => make(answer, text, at)));
}

/** Of the links that lead to one host: how many there are, and whether that is only a part of them. */
export interface OfHost {
  host: string;
  links: number;
  more: boolean;
}

/** As many places of one address as the facts keep. */
const placesKept = 5;

/**
 * As `eachPlace`, where what is wrong is wrong with a whole host: a problem that says no more than `OfHost` is told in
 * one line, with all its places.
 */
export function eachPlaceOfHost<T>(
  answers: readonly LinkAnswer[],
  make: (of: OfHost, text: string, at: LinkAnswer['places'][number]['at'], answer: LinkAnswer) => T,
): T[] {
  const hostOf = ({ end, endUrl }: LinkAnswer) => (end?.host ?? endUrl).slice(0, 80);
  const hosts = new Map<string, OfHost>();
  for (const answer of answers) {
    const host = hostOf(answer);
    const of = hosts.get(host) ?? { host, links: 0, more: false };
    of.links += answer.places.length;
    of.more ||= answer.places.length >= placesKept;
    hosts.set(host, of);
  }
  return eachPlace(answers, (answer, text, at) => {
    const host = hostOf(answer);
    return make(hosts.get(host) ?? { host, links: 1, more: false }, text, at, answer);
  });
}

/** One link by its text, or several by their number. */
export const linksOfHost = {
  en: (text: string, { links, more }: Pick<OfHost, 'links' | 'more'>) =>
    links > 1 ? `${more ? 'At least ' : ''}${links} links lead` : `${namedLink.en(text)} leads`,
  sv: (text: string, { links, more }: Pick<OfHost, 'links' | 'more'>) =>
    links > 1 ? `${more ? 'Minst ' : ''}${links} länkar leder` : `${namedLink.sv(text)} leder`,
};
