import { defineRule, notApplicable, problem } from '#rule';

/** What mail to a list has; some systems write the last two in tickets and notices as well. */
const signs = [
  { header: 'List-Unsubscribe', value: /\S/ },
  { header: 'List-Id', value: /\S/ },
  { header: 'Precedence', value: /^\s*(?:bulk|list)\b/i },
];

export default defineRule({
  id: 'mail-class',
  severity: 'advice',
  reference:
    'Gmail, Email sender guidelines, FAQ (one-click unsubscribe is for marketing mail, not for transactional), read 2026-11; RFC 2369; RFC 2919; Marknadsföringslagen (2008:486) 19-21 §§',
  needs: ['message'],
  check({ message }) {
    if (!message.hasHeader) return notApplicable('template');
    if (message.class === 'marketing') return notApplicable('marketing');
    const found = signs.filter(({ header, value }) =>
      message.headers.some(
        ({ name, value: written }) => name.toLowerCase() === header.toLowerCase() && value.test(written),
      ),
    );
    const [at] = message.headerPlaces.get(found[0]?.header.toLowerCase() ?? '') ?? [];
    return found.length > 0
      ? [problem('mailing', { headers: found.map(({ header }) => header).join(', ') }, { at })]
      : [];
  },
  words: {
    en: {
      title: 'Transactional, or a mailing',
      heading: { mailing: () => 'The mail was handed in as transactional, but looks like a mailing' },
      mend: 'Choose the class that the mail has',
      why: 'Whoever unsubscribes from a receipt may get no more receipts. And if it is a mailing after all, what the law and receivers ask of mailings has not been checked.',
      fix: 'If it goes to a list, such as a newsletter or an offer, hand it in again as Marketing. If it answers something that the reader has done, remove List-Unsubscribe; the other headers do little harm in a notice or a ticket.',
      problems: {
        mailing: ({ headers }) => `It has what usually only mailings have: ${headers}.`,
      },
    },
    sv: {
      title: 'Enskilt ärende eller utskick',
      heading: { mailing: () => 'Mejlet lämnades in som enskilt ärende men liknar ett utskick' },
      mend: 'Välj rätt slag av mejl',
      why: 'Den som avregistrerar sig från ett kvitto får kanske inga fler kvitton. Och är det ett utskick trots allt har det som lagen och mottagarna kräver av utskick inte kontrollerats.',
      fix: 'Går det till en lista, som ett nyhetsbrev eller ett erbjudande, lämna in det igen som Marknadsföring. Svarar det på något som läsaren har gjort, ta bort List-Unsubscribe. De andra huvudena gör liten skada i ett systemmeddelande eller ett ärendesvar.',
      problems: {
        mailing: ({ headers }) => `Det har sådant som vanligtvis bara utskick har: ${headers}.`,
      },
    },
  },
  examples: {
    good: [
      {
        class: 'transactional',
        eml: 'From: a@example.se\r\nAuto-Submitted: auto-generated\r\nPrecedence: first-class\r\n\r\nKvitto\r\n',
      },
    ],
    bad: [
      {
        world: {
          class: 'transactional',
          eml: 'From: a@example.se\r\nList-Unsubscribe: <https://example.se/u>\r\n\r\nKvitto\r\n',
        },
        finds: 'mailing',
      },
      {
        world: { class: 'transactional', eml: 'From: a@example.se\r\nprecedence: bulk\r\n\r\nKvitto\r\n' },
        finds: 'mailing',
      },
    ],
  },
});
