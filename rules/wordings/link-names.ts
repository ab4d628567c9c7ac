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
