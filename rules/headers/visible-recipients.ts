import { defineRule, notApplicable, problem } from '#rule';

const address = /[^\s@<>,;:"()]{1,64}@[^\s@<>,;:"()]{1,255}/g;

/** Of a name that is itself written as an address only what stands in angle brackets counts. */
function addressesIn(value: string): string[] {
  return value.split(/[,;]/).flatMap((one) => {
    const start = one.indexOf('<');
    return (one.slice(start + 1).match(address) ?? []).map((found) => found.toLowerCase());
  });
}

/** Ours: two are a mail to a couple or a test to a colleague. */
const several = 3;

export default defineRule({
  id: 'visible-recipients',
  severity: 'minor',
  reference:
    'Regulation (EU) 2016/679 (GDPR) article 5(1)(f); RFC 5322 section 3.6.3 (the program that sends may take Bcc away; a draft keeps it)',
  needs: ['message', 'mime'],
  check({ message: { composed, headerPlaces }, mime }) {
    if (!mime) return notApplicable('template');
    if (composed) return notApplicable('composed');
    const countOf = (...names: string[]) =>
      new Set(names.flatMap((name) => (mime.values.get(name) ?? []).flatMap(addressesIn))).size;
    const [open, hidden] = [countOf('to', 'cc'), countOf('bcc')];
    // A draft keeps the header, and whatever sends it may take it away.
    const wasSent = mime.values.has('received');
    if (hidden > 0 && !wasSent && open < several) return notApplicable('unsent');
    const [at] = headerPlaces.get('to') ?? headerPlaces.get('cc') ?? [];
    const [bcc] = headerPlaces.get('bcc') ?? [];
    return [
      ...(open >= several ? [problem('open', { count: open }, { at })] : []),
      ...(hidden > 0 && wasSent ? [problem('hidden', { count: hidden }, { at: bcc })] : []),
    ];
  },
  words: {
    en: {
      title: 'Recipients that others can see',
      heading: {
        open: ({ count }) => `All ${count} recipients see each other’s addresses`,
        hidden: () => 'The hidden recipients (Bcc) stand in the mail that was sent',
      },
      mend: {
        open: () => 'Send each reader a mail of their own',
        hidden: () => 'Send without the Bcc header',
      },
      why: 'An address is personal data. Whoever is on your list has not agreed to the others seeing it, and one “reply all” reaches everybody.',
      fix: {
        open: () =>
          'Let the sending tool write one mail to each reader. If you mail by hand, put the addresses in the field for hidden copies (Bcc) and your own in To. If these few are meant to see each other, leave it as it is.',
        hidden: () =>
          'The program that sends must remove the Bcc header. If your own code sends, give the addresses only to the server, as recipients.',
      },
      problems: {
        open: () => 'The addresses stand in To and Cc.',
        hidden: ({ count }) =>
          `The mail has been sent (a server has written Received in it) with ${count === 1 ? 'one address' : `${count} addresses`} in the Bcc header. Other readers may see ${count === 1 ? 'it' : 'them'}.`,
      },
    },
    sv: {
      title: 'Mottagare som syns för andra',
      heading: {
        open: ({ count }) => `Alla ${count} mottagare ser varandras adresser`,
        hidden: () => 'De dolda mottagarna (Bcc) står i det skickade mejlet',
      },
      mend: {
        open: () => 'Skicka ett eget mejl till varje läsare',
        hidden: () => 'Skicka utan huvudet Bcc',
      },
      why: 'En adress är en personuppgift. Den som står på din lista har inte gått med på att de andra ser den, och ett enda ”svara alla” når alla.',
      fix: {
        open: () =>
          'Låt utskicksverktyget skriva ett mejl till varje läsare. Mejlar du för hand, lägg adresserna i fältet för dold kopia (Bcc) och din egen i Till. Är det meningen att just de här ska se varandra, låt det vara som det är.',
        hidden: () =>
          'Programmet som skickar ska ta bort huvudet Bcc. Skickar din egen kod, ge adresserna bara till servern, som mottagare.',
      },
      problems: {
        open: () => 'Adresserna står i To och Cc.',
        hidden: ({ count }) =>
          `Mejlet har skickats (en server har skrivit Received i det) med ${count === 1 ? 'en adress' : `${count} adresser`} i huvudet Bcc. Andra läsare kan få se ${count === 1 ? 'den' : 'dem'}.`,
      },
    },
  },
  examples: {
    good: [
      { eml: 'From: a@example.se\r\nTo: Bo <b@example.se>, c@example.se\r\n\r\nHej!\r\n' },
      {
        eml: 'From: a@example.se\r\nTo: "b@example.se" <b@example.se>,\r\n c@example.se <C@example.se>\r\nCc: c@example.se\r\n\r\nHej!\r\n',
      },
      { eml: 'From: a@example.se\r\nTo: bo@example.com (alias of b@x.se, c@x.se)\r\n\r\nHej!\r\n' },
      { eml: 'From: a@example.se\r\nTo: undisclosed-recipients:;\r\nBcc:\r\n\r\nHej!\r\n' },
    ],
    bad: [
      {
        world: {
          eml: 'From: a@example.se\r\nTo: b@example.se, c@example.se\r\nCc: d@example.se\r\n\r\nHej!\r\n',
        },
        finds: 'open',
      },
      {
        world: {
          eml: 'Received: from a by b; Sun, 22 Nov 2026 09:00:00 +0100\r\nFrom: a@example.se\r\nBcc: b@example.se\r\n\r\nHej!\r\n',
        },
        finds: 'hidden',
      },
    ],
  },
});
