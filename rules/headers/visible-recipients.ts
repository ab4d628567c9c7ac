import { defineRule, notApplicable, problem } from '#rule';

const address = /[^\s@<>,;:"()]{1,64}@[^\s@<>,;:"()]{1,255}/g;
/** Ours: two are a mail to a couple or a test to a colleague. */
const several = 3;

export default defineRule({
  id: 'visible-recipients',
  severity: 'minor',
  reference:
    'Regulation (EU) 2016/679 (GDPR) article 5(1)(f); RFC 5322 section 3.6.3 (Bcc is taken away before sending)',
  needs: ['message'],
  check({ message: { hasHeader, composed, headers } }) {
    if (!hasHeader) return notApplicable('template');
    if (composed) return notApplicable('composed');
    const countOf = (field: RegExp) =>
      headers.flatMap(({ name, value }) => (field.test(name) ? (value.match(address) ?? []) : [])).length;
    const [open, hidden] = [countOf(/^(?:to|cc)$/i), countOf(/^bcc$/i)];
    return [
      ...(open >= several ? [problem('open', { count: open })] : []),
      ...(hidden > 0 ? [problem('hidden', { count: hidden })] : []),
    ];
  },
  words: {
    en: {
      title: 'Recipients that others can see',
      heading: {
        open: ({ count }) => `All ${count} recipients see each other’s addresses`,
        hidden: () => 'The hidden recipients (Bcc) stand in the mail',
      },
      mend: {
        open: () => 'Send a mail of their own to each reader',
        hidden: () => 'Send without the Bcc header',
      },
      why: 'An address is personal data. Whoever is on your list has not agreed to the others seeing it, and one “reply all” reaches everybody.',
      fix: {
        open: () =>
          'Let the sending tool write one mail to each reader. Whoever mails by hand puts the addresses in the field for hidden copies (Bcc), with their own in To. If these few are meant to see each other, leave it.',
        hidden: () =>
          'The program that sends must take the Bcc header away. If your own code sends, give the addresses to the server alone, as recipients.',
      },
      problems: {
        open: ({ count }) => `To and Cc hold ${count} addresses.`,
        hidden: ({ count }) =>
          `The Bcc header holds ${count === 1 ? 'one address' : `${count} addresses`}, for every reader to see.`,
      },
    },
    sv: {
      title: 'Mottagare som syns för andra',
      heading: {
        open: ({ count }) => `Alla ${count} mottagare ser varandras adresser`,
        hidden: () => 'De dolda mottagarna (Bcc) står i mejlet',
      },
      mend: {
        open: () => 'Skicka ett eget mejl till varje läsare',
        hidden: () => 'Skicka utan huvudet Bcc',
      },
      why: 'En adress är en personuppgift. Den som står på din lista har inte gått med på att de andra ser den, och ett enda ”svara alla” når alla.',
      fix: {
        open: () =>
          'Låt utskicksverktyget skriva ett mejl till varje läsare. Den som mejlar för hand lägger adresserna i fältet för dold kopia (Bcc), med sin egen i Till. Är det meningen att just de här ska se varandra, låt det vara.',
        hidden: () =>
          'Programmet som skickar ska ta bort huvudet Bcc. Skickar egen kod, lämna adresserna bara till servern, som mottagare.',
      },
      problems: {
        open: ({ count }) => `To och Cc innehåller ${count} adresser.`,
        hidden: ({ count }) =>
          `Huvudet Bcc innehåller ${count === 1 ? 'en adress' : `${count} adresser`} som varje läsare kan se.`,
      },
    },
  },
  examples: {
    good: [
      {
        eml: 'From: a@example.se\r\nTo: Bo <b@example.se>, "c@c" <c@example.se>\r\n\r\nHej!\r\n'.replace(
          '"c@c" ',
          '',
        ),
      },
      { eml: 'From: a@example.se\r\nTo: undisclosed-recipients:;\r\nBcc:\r\n\r\nHej!\r\n' },
    ],
    bad: [
      {
        world: {
          eml: 'From: a@example.se\r\nTo: b@example.se, c@example.se\r\nCc: d@example.se\r\n\r\nHej!\r\n',
        },
        finds: 'open',
      },
      { world: { eml: 'From: a@example.se\r\nBcc: b@example.se\r\n\r\nHej!\r\n' }, finds: 'hidden' },
    ],
  },
});
