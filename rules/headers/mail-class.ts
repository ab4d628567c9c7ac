import { defineRule, notApplicable, problem } from '#rule';

/** What only mail to a list has. */
const signs = [
  { header: 'List-Unsubscribe', value: /\S/ },
  { header: 'List-Id', value: /\S/ },
  { header: 'Precedence', value: /^\s*(?:bulk|list)\b/i },
];

export default defineRule({
  id: 'mail-class',
  severity: 'minor',
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
    return found.length > 0
      ? [problem('mailing', { headers: found.map(({ header }) => header).join(', ') })]
      : [];
  },
  words: {
    en: {
      title: 'Transactional, or a mailing',
      heading: { mailing: () => 'The mail says that it is a mailing, but was handed in as none' },
      mend: 'Choose the class that the mail has',
      why: 'Whoever unsubscribes from a receipt gets no more receipts. And if it is a mailing after all, what law and receivers ask of mailings has not been checked.',
      fix: 'If it goes to a list, such as a newsletter or an offer, hand it in again as Marketing. If it answers something that the reader has done, take these headers away.',
      problems: {
        mailing: ({ headers }) => `The mail was handed in as transactional, and its header has ${headers}.`,
      },
    },
    sv: {
      title: 'Enskilt ärende eller utskick',
      heading: { mailing: () => 'Mejlet säger att det är ett utskick, men lämnades in som enskilt ärende' },
      mend: 'Välj rätt slag av mejl',
      why: 'Den som avregistrerar sig från ett kvitto får inga fler kvitton. Och är det ett utskick trots allt har det som lagen och mottagarna kräver av utskick inte kontrollerats.',
      fix: 'Går det till en lista, som ett nyhetsbrev eller ett erbjudande, lämna in det igen som Marknadsföring. Svarar det på något som läsaren har gjort, ta bort de här huvudena.',
      problems: {
        mailing: ({ headers }) => `Mejlet lämnades in som enskilt ärende, och i dess huvud står ${headers}.`,
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
