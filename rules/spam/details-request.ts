import { defineRule, problem } from '#rule';
import { mentionsOf, phrases } from '../wordings/phrases.ts';

const named = phrases({
  name: ['full names?', 'names? in full', 'fullständig~ namn', 'hela (?:ditt )?namn'],
});
/** Characters of a list. */
const listLength = 250;
const few = 2;
const details =
  /(?<!\p{L})(?:address|country|(?:tele)?phone|fax|mobile|age|occupation|sex|gender|nationality|passport|marital status|date of birth|amount|duration|bank|company name|adress|land|telefon(?:nummer)?|mobilnummer|ålder|yrke|födelsedatum|personnummer|kontonummer)(?!\p{L})/gu;

export default defineRule({
  id: 'details-request',
  severity: 'minor',
  reference: 'SpamAssassin 4.0, T_FILL_THIS_FORM_* (personal data asked for in a letter)',
  needs: ['wording'],
  points: 1.5,
  check({ wording: { passages } }) {
    const asked = mentionsOf(passages, named).flatMap(({ part, index, quote, at }) => {
      const { small = '' } = passages.find((one) => one.part === part) ?? {};
      const near = small.slice(index, index + listLength).match(details) ?? [];
      return new Set(near).size >= few
        ? [problem('asked', { quote, details: [...new Set(near)].join(', ') }, { at })]
        : [];
    });
    return asked.slice(0, 1);
  },
  words: {
    en: {
      title: 'Personal data asked for in a reply',
      heading: { asked: () => 'The mail asks readers for a list of personal data' },
      mend: 'Ask for the data in a form on your site',
      why: 'Letters about prizes, loans and inheritances ask for name, address and telephone number in a reply. Filters count such a list, and data in mail is protected badly.',
      fix: 'Link to a form on your own site instead, and ask only for what you need.',
      problems: { asked: ({ quote, details }) => `The mail asks for “${quote}” and ${details}.` },
    },
    sv: {
      title: 'Personuppgifter som begärs i svar',
      heading: { asked: () => 'Mejlet ber läsarna om en rad personuppgifter' },
      mend: 'Be om uppgifterna i ett formulär på webbplatsen',
      why: 'Brev om vinster, lån och arv ber om namn, adress och telefonnummer i ett svar. Filter räknar en sådan lista, och uppgifter i mejl är dåligt skyddade.',
      fix: 'Länka till ett formulär på din egen webbplats i stället, och be bara om det du behöver.',
      problems: { asked: ({ quote, details }) => `Mejlet ber om ”${quote}” och ${details}.` },
    },
  },
  examples: {
    good: [
      { html: '<p>Ditt fullständiga namn syns inte för andra medlemmar.</p>' },
      { html: '<p>Anmäl dig med namn och telefonnummer på webbplatsen.</p>' },
    ],
    bad: [
      {
        world: {
          html: '<p>Reply with your full name, country, phone number and a copy of your passport.</p>',
        },
        finds: 'asked',
      },
      {
        world: { html: '<p>Svara med fullständigt namn, adress och telefonnummer.</p>' },
        finds: 'asked',
      },
    ],
  },
});
