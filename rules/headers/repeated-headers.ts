import { defineRule, notApplicable, problem } from '#rule';

/** As they are written; those of List-Unsubscribe are the matter of a check of their own. */
const once = new Map(
  [
    ...['Date', 'From', 'Sender', 'Reply-To', 'To', 'Cc', 'Bcc', 'Message-ID', 'In-Reply-To', 'References'],
    ...['Subject', 'MIME-Version', 'Content-Type', 'Content-Transfer-Encoding'],
  ].map((name) => [name.toLowerCase(), name]),
);
/** They hold lists, so what stands in the second can stand in the first. */
const lists = /^(?:Reply-To|To|Cc|Bcc)$/;

export default defineRule({
  id: 'repeated-headers',
  severity: 'major',
  reference:
    'RFC 5322 section 3.6 (table of limits); RFC 2045 section 3; RFC 6376 section 8.15 (a field added on top of a signed mail); spamresource.com, 2022-08 (Gmail’s bounces: “duplicate headers”)',
  needs: ['message'],
  check({ message }) {
    if (!message.hasHeader) return notApplicable('template');
    const counts = new Map<string, number>();
    for (const { name } of message.headers) {
      const header = once.get(name.toLowerCase());
      if (header) counts.set(header, (counts.get(header) ?? 0) + 1);
    }
    return [...counts].flatMap(([header, times]) =>
      times > 1
        ? [
            problem(
              'repeated',
              { header, times, list: lists.test(header) ? 'yes' : 'no' },
              { at: message.headerPlaces.get(header.toLowerCase())?.[1] },
            ),
          ]
        : [],
    );
  },
  words: {
    en: {
      title: 'Headers that may occur only once',
      heading: {
        repeated: ({ header }, count) =>
          count > 1 ? `${count} headers occur more than once` : `The ${header} header occurs more than once`,
      },
      mend: 'Send each header only once',
      why: 'Mail programs and filters do not agree on which one counts, so readers may see another one than you meant. Gmail has turned away mail in which Subject, From or Message-ID occurred twice.',
      fix: {
        repeated: ({ list }) =>
          list === 'yes'
            ? 'Write all addresses in one header, with commas between, and make sure that nothing adds a second one.'
            : 'Find out what adds the second one: often it is a setting or code of your own, beside the sending tool. Let one of the two write the header, and send the mail again.',
      },
      problems: {
        repeated: ({ header, times }) => `${header} occurs ${times} times.`,
      },
    },
    sv: {
      title: 'Huvuden som bara får stå en gång',
      heading: {
        repeated: ({ header }, count) =>
          count > 1 ? `${count} huvuden står mer än en gång` : `Huvudet ${header} står mer än en gång`,
      },
      mend: 'Skicka varje huvud bara en gång',
      why: 'Mejlprogram och filter är inte överens om vilket som gäller, så läsarna kan få se ett annat än det du menade. Gmail har avvisat mejl där Subject, From eller Message-ID stod två gånger.',
      fix: {
        repeated: ({ list }) =>
          list === 'yes'
            ? 'Skriv alla adresser i ett enda huvud, med kommatecken mellan, och se till att inget lägger till ett till.'
            : 'Ta reda på vad som lägger till det andra: ofta är det en egen inställning eller egen kod vid sidan av utskicksverktyget. Låt bara det ena skriva huvudet och skicka mejlet igen.',
      },
      problems: { repeated: ({ header, times }) => `${header} står ${times} gånger.` },
    },
  },
  examples: {
    good: [
      { eml: 'From: a@example.se\r\nSubject: Hej\r\nTo: b@example.se, c@example.se\r\n\r\nHej!\r\n' },
      {
        eml: 'Received: from a\r\nReceived: from b\r\nX-Tag: a\r\nX-Tag: b\r\nComments: a\r\nComments: b\r\nFrom: a@example.se\r\n\r\nHej!\r\n',
      },
    ],
    bad: [
      {
        world: {
          eml: 'Subject: Något annat\r\nFrom: a@example.se\r\nSubject: Höstmöte\r\n\r\nHej!\r\n',
        },
        finds: 'repeated',
      },
      {
        world: { eml: 'From: a@example.se\r\nTO: b@example.se\r\nTo: c@example.se\r\n\r\nHej!\r\n' },
        finds: 'repeated',
      },
      {
        world: {
          eml: 'From: a@example.se\r\nContent-Type: text/plain\r\nMIME-Version: 1.0\r\nContent-type: text/html\r\nMIME-Version: 1.0\r\n\r\nHej!\r\n',
        },
        finds: 'repeated',
      },
    ],
  },
});
