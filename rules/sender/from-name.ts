import { defineRule, problem } from '#rule';

export default defineRule({
  id: 'from-name',
  severity: 'minor',
  reference:
    'SpamAssassin 4.0, plugin FromNameSpoof (check_fromname_contains_email, check_fromname_domain_differ); RFC 9989 section 11.4 (display names)',
  needs: ['message'],
  points: 1.5,
  check({ message: { from, shownHost } }) {
    return shownHost && !shownHost.related
      ? [problem('other', { shown: shownHost.host.slice(0, 60), domain: from.domain })]
      : [];
  },
  words: {
    en: {
      title: 'Sender’s name',
      heading: { other: ({ shown }) => `The sender’s name shows an address at ${shown}` },
      mend: 'Write a name, not an address',
      why: 'Many phones show the name alone. One that shows an address at another domain is what fraudsters do, so filters and mail programs warn of it.',
      fix: 'Write the name of your organisation, as your readers know it, in the From field.',
      problems: {
        other: ({ shown, domain }) =>
          `The name shows an address at ${shown}, but the mail is from ${domain}.`,
      },
    },
    sv: {
      title: 'Avsändarens namn',
      heading: { other: ({ shown }) => `Avsändarens namn visar en adress hos ${shown}` },
      mend: 'Skriv ett namn, inte en adress',
      why: 'Många mobiler visar bara namnet. Ett som visar en adress på en annan domän är vad bedragare använder, så filter och mejlprogram varnar för det.',
      fix: 'Skriv organisationens namn, så som läsarna känner den, som avsändare (From).',
      problems: {
        other: ({ shown, domain }) =>
          `Namnet visar en adress hos ${shown}, men mejlet kommer från ${domain}.`,
      },
    },
  },
  examples: {
    good: [
      {},
      { from: '"info@example.se" <nyhetsbrev@example.se>' },
      { from: '"kontor@mejl.example.se" <nyhetsbrev@example.se>' },
      { from: '"Booking.com" <nyhetsbrev@example.se>' },
    ],
    bad: [
      { world: { from: '"kundtjanst@bank.se" <nyhetsbrev@example.se>' }, finds: 'other' },
      { world: { from: '"Bank <kund@bank.se>" <nyhetsbrev@example.se>' }, finds: 'other' },
      { world: { from: '"kund＠bank.se" <nyhetsbrev@example.se>' }, finds: 'other' },
      { world: { from: '"anna@bank.se [Bank]" <nyhetsbrev@example.se>' }, finds: 'other' },
    ],
  },
});
