import { defineRule } from '#rule';
import { mentionsOf, shown } from '../wordings/phrases.ts';
import { quoted, said } from '../wordings/spam/said.ts';
import { strangers } from '../wordings/spam/strangers.ts';

export default defineRule({
  id: 'salutation',
  severity: 'advice',
  reference: 'SpamAssassin 4.0, DEAR_FRIEND, DEAR_SOMETHING',
  needs: ['wording'],
  points: 1.5,
  check: ({ wording }) => quoted(shown(mentionsOf(wording.passages, strangers))),
  words: {
    en: {
      title: 'Salutation',
      heading: { said: () => 'The mail greets a stranger' },
      mend: 'Greet readers as who they are to you',
      why: 'Filters count greetings such as “Dear friend” or “Dear Sir” against a mail: whoever has a list of readers knows what to call them.',
      fix: 'Greet by first name from your list, or as what they are to you: “Dear members”, “Hi”. No greeting is better than this one.',
      problems: { said: (mention) => said.en(mention) },
    },
    sv: {
      title: 'Hälsningsfras',
      heading: { said: () => 'Mejlet hälsar på en främling' },
      mend: 'Hälsa på läsarna som på dem du känner',
      why: 'Filter räknar hälsningar som ”Dear friend” eller ”Kära vän” mejlet till last: den som har en lista med läsare vet vad de kan kallas.',
      fix: 'Hälsa med förnamn ur din lista, eller som det de är för dig: ”Kära medlemmar”, ”Hej”. Ingen hälsning alls är bättre än den här.',
      problems: { said: (mention) => said.sv(mention) },
    },
  },
  examples: {
    good: [{ html: '<p>Kära medlemmar!</p>' }, { html: '<p>Dear members, dear Anna, bästa kund</p>' }],
    bad: [
      { world: { html: '<p>Dear friend, I write to you today.</p>' }, finds: 'said' },
      { world: { html: '<p>Kära vän, jag skriver till dig.</p>' }, finds: 'said' },
    ],
  },
});
