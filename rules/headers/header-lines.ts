import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'header-lines',
  severity: 'minor',
  reference: 'RFC 5322 sections 2.1.1 (998 octets a line) and 2.2 (fields of a header)',
  needs: ['message', 'mime'],
  check({ message, mime }) {
    if (!mime) return notApplicable('template');
    if (message.composed) return notApplicable('composed');
    return [
      ...mime.strays.map(({ field, at }) => problem('stray', { text: field }, { at })),
      ...mime.long.map(({ field, octets, at }) => problem('long', { field, octets }, { at })),
    ];
  },
  words: {
    en: {
      title: 'Lines of the header',
      heading: {
        stray: () => 'The header has a line that belongs to nothing',
        long: ({ field }) => `A line of ${field.slice(0, 40)} is longer than servers take`,
      },
      mend: {
        stray: () => 'Remove the stray line',
        long: () => 'Let the header be folded into shorter lines',
      },
      why: 'Servers cut such a header, end it too early, or turn the mail away. What came after it, such as the unsubscribe header, is lost or shown as text.',
      fix: {
        stray: () =>
          'Each line of the header must be a name, a colon and a value, or begin with a space and continue the line before. Correct the line in the code or tool that writes the header.',
        long: () =>
          'Break the value at a space, and begin the next line with a space. If your own code writes the header, let a mail library do it.',
      },
      problems: {
        stray: ({ text }) => (text ? `The line reads “${text}”.` : 'There is a line without a name.'),
        long: ({ field, octets }) => `${field} has a line of ${octets} bytes. At most 998 are allowed.`,
      },
    },
    sv: {
      title: 'Rader i huvudet',
      heading: {
        stray: () => 'Huvudet har en rad som inte hör till något',
        long: ({ field }) => `En rad i ${field.slice(0, 40)} är längre än servrar tar emot`,
      },
      mend: {
        stray: () => 'Ta bort den lösa raden',
        long: () => 'Låt huvudet delas i kortare rader',
      },
      why: 'Servrar kapar ett sådant huvud, avslutar det för tidigt eller avvisar mejlet. Det som stod efteråt, till exempel huvudet för avregistrering, går förlorat eller visas som text.',
      fix: {
        stray: () =>
          'Varje rad i huvudet ska vara ett namn, ett kolon och ett värde, eller börja med ett mellanslag och fortsätta raden före. Rätta raden i den kod eller det verktyg som skriver huvudet.',
        long: () =>
          'Bryt värdet vid ett mellanslag och börja nästa rad med ett mellanslag. Skriver egen kod huvudet, låt ett mejlbibliotek göra det.',
      },
      problems: {
        stray: ({ text }) => (text ? `Raden lyder ”${text}”.` : 'Det finns en rad utan namn.'),
        long: ({ field, octets }) => `${field} har en rad på ${octets} byte. Högst 998 är tillåtna.`,
      },
    },
  },
  examples: {
    good: [
      { eml: 'From: a@example.se\r\nSubject: Hej\r\n på dig\r\nX-Tom:\r\n\r\nHej!\r\n' },
      {
        eml: `From: a@example.se\r\nReferences: <${'a'.repeat(900)}@example.se>\r\n <2@example.se>\r\n\r\nHej!\r\n`,
      },
    ],
    bad: [
      { world: { eml: 'From: a@example.se\r\nHöstmöte\r\nSubject: Hej\r\n\r\nHej!\r\n' }, finds: 'stray' },
      {
        world: { eml: `From: a@example.se\r\nX-Koder: ${'kod '.repeat(300)}\r\n\r\nHej!\r\n` },
        finds: 'long',
      },
    ],
  },
});
