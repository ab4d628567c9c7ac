import { defineRule, problem } from '#rule';

export default defineRule({
  id: 'from-label',
  severity: 'minor',
  reference:
    'RFC 5322 section 3.4 (display-name); Gmail, Email sender guidelines, “Guidelines for email display names” (April 2025): the name says who sends',
  needs: ['message'],
  points: 0.7,
  check({ message: { from, shownHost } }) {
    if (from.name === '') return [problem('missing', { address: from.address })];
    // Another domain's is the matter of a check of its own.
    return shownHost?.related ? [problem('address', { name: from.name.slice(0, 80) })] : [];
  },
  words: {
    en: {
      title: 'Name beside the From address',
      heading: {
        missing: () => 'The sender has no name, only an address',
        address: () => 'The sender’s name is an address',
      },
      mend: 'Write the name of your organisation',
      why: 'The inbox shows the name first, and readers choose by it what to open. An address alone looks like mail from a machine, or from a stranger.',
      fix: 'Write the name that your readers know you by before the address, as in The Garden Club <newsletter@example.org>.',
      problems: {
        missing: ({ address }) => `From says ${address} and nothing more.`,
        address: ({ name }) => `The name reads ${name}`,
      },
    },
    sv: {
      title: 'Namnet bredvid avsändaradressen',
      heading: {
        missing: () => 'Avsändaren har inget namn, bara en adress',
        address: () => 'Avsändarens namn är en adress',
      },
      mend: 'Skriv namnet på din organisation',
      why: 'Inkorgen visar namnet först, och läsarna väljer efter det vad de öppnar. En ensam adress ser ut som mejl från en maskin eller en främling.',
      fix: 'Skriv det namn som läsarna känner dig vid före adressen, som i Odlarföreningen <nyhetsbrev@example.se>.',
      problems: {
        missing: ({ address }) => `I From står ${address} och inget mer.`,
        address: ({ name }) => `Namnet lyder ${name}`,
      },
    },
  },
  examples: {
    good: [
      {},
      { from: '"Booking.com" <nyhetsbrev@example.se>' },
      // Told by from-name.
      { from: '"kund@bank.se" <nyhetsbrev@example.se>' },
    ],
    bad: [
      { world: { from: 'nyhetsbrev@example.se' }, finds: 'missing' },
      { world: { from: '"info@example.se" <nyhetsbrev@example.se>' }, finds: 'address' },
    ],
  },
});
