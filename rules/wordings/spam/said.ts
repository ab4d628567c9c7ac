/** How a finding quotes what the mail says. */
import { type Locale, type Problem, problem } from '#rule';
import type { Mention } from '../phrases.ts';

type Said = Pick<Mention, 'quote' | 'part'>;

/** A problem for each mention. */
export function quoted(mentions: readonly Mention[]): Problem<'said', Said>[] {
  return mentions.map(({ quote, part, at }) => problem('said', { quote, part }, { at }));
}

/** One sentence with the words and where they stand. */
export const said: Record<Locale, (mention: Said) => string> = {
  en: ({ quote, part }) =>
    part === 'subject'
      ? `The subject says “${quote}”.`
      : part === 'from'
        ? `The sender’s name says “${quote}”.`
        : `The text says “${quote}”.`,
  sv: ({ quote, part }) =>
    part === 'subject'
      ? `Ämnesraden säger ”${quote}”.`
      : part === 'from'
        ? `Avsändarens namn säger ”${quote}”.`
        : `Texten säger ”${quote}”.`,
};

/** What is the same for most offers that filters know. */
export const rewrite = {
  en: 'Say in plain words what you offer, to whom and on what terms, and leave out the phrases below. Where the mail only reports on the subject, a plainer word does.',
  sv: 'Säg med enkla ord vad du erbjuder, till vem och på vilka villkor, och stryk fraserna nedan. Om mejlet bara berättar om ämnet räcker ett enklare ord.',
};
