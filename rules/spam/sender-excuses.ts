import { defineRule } from '#rule';
import { mentionsOf, shown } from '../wordings/phrases.ts';
import { excuses } from '../wordings/spam/excuses.ts';
import { quoted, said } from '../wordings/spam/said.ts';

export default defineRule({
  id: 'sender-excuses',
  severity: 'minor',
  reference:
    'SpamAssassin 4.0, EXCUSE_* and NOT_SPAM; sections of the never-passed bill S. 1618 that spam has cited since 1998',
  needs: ['wording'],
  points: 2,
  check: ({ wording }) => quoted(shown(mentionsOf(wording.passages, excuses))),
  words: {
    en: {
      title: 'Excuses of the sender',
      heading: { said: () => 'The mail excuses itself for being sent' },
      mend: 'Take away the excuses',
      why: 'Serious senders do not say that their mail is no spam, or legal by some section of a law, so filters take such lines for a sign of spam.',
      fix: 'Remove the lines below. Say instead, in one sentence, how the reader came to the list, such as “You get this letter as a member of …”, and keep the link for leaving it.',
      problems: { said: (mention) => said.en(mention) },
    },
    sv: {
      title: 'Avsändarens ursäkter',
      heading: { said: () => 'Mejlet ursäktar att det skickas' },
      mend: 'Ta bort ursäkterna',
      why: 'Seriösa avsändare säger inte att deras mejl inte är skräppost eller att det är lagligt enligt någon paragraf, så filter ser sådana rader som ett tecken på skräppost.',
      fix: 'Ta bort raderna nedan. Säg i stället med en mening hur läsaren kom med på listan, till exempel ”Du får brevet som medlem i …”, och behåll länken för att lämna den.',
      problems: { said: (mention) => said.sv(mention) },
    },
  },
  examples: {
    good: [
      {
        html: '<p>You get this letter as a member. <a href="https://example.se/lamna">Unsubscribe with one click</a></p>',
      },
      { html: '<p>Du får brevet som medlem. Vill du inte ha fler utskick kan du avregistrera dig.</p>' },
    ],
    bad: [
      { world: { html: '<p>This is not spam. It complies with all federal laws.</p>' }, finds: 'said' },
      { world: { html: '<p>Detta är inte skräppost utan ett engångsutskick.</p>' }, finds: 'said' },
    ],
  },
});
