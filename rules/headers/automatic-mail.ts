import { defineRule, notApplicable, problem } from '#rule';

/** RFC 3834 section 5, and RFC 5436 section 2.7.1. */
const known = new Set(['no', 'auto-generated', 'auto-replied', 'auto-notified']);

export default defineRule({
  id: 'automatic-mail',
  severity: 'advice',
  reference:
    'RFC 3834 section 5 (Auto-Submitted); RFC 2076 section 3.9 (Precedence: non-standard, discouraged)',
  needs: ['message'],
  check({ message: { hasHeader, headers } }) {
    if (!hasHeader) return notApplicable('template');
    const written = (header: RegExp) =>
      headers
        .find(({ name }) => header.test(name))
        ?.value.trim()
        .toLowerCase();
    const said = written(/^auto-submitted$/i)?.split(/[\s;(]/)[0];
    const answers = written(/^(?:in-reply-to|references)$/i) !== undefined;
    return [
      ...(said !== undefined && !known.has(said) ? [problem('unknown', { said: said.slice(0, 40) })] : []),
      ...(said === 'auto-replied' && !answers ? [problem('reply', {})] : []),
      ...(written(/^precedence$/i) === 'junk' ? [problem('junk', {})] : []),
    ];
  },
  words: {
    en: {
      title: 'Headers about automatic mail',
      heading: {
        unknown: () => 'Auto-Submitted says something unknown',
        reply: () => 'The mail calls itself an automatic reply',
        junk: () => 'The mail calls itself junk (Precedence)',
      },
      mend: {
        unknown: () => 'Write auto-generated, or leave it out',
        reply: () => 'Take auto-replied away',
        junk: () => 'Take Precedence: junk away',
      },
      why: 'Mail servers read these headers: some throw mail away that calls itself an automatic reply or junk, and holiday notices come back for what does not say that it is automatic.',
      fix: {
        unknown: () =>
          'Receipts and notices that a system sends say Auto-Submitted: auto-generated. A newsletter needs no such header.',
        reply: () =>
          'Change it to Auto-Submitted: auto-generated. auto-replied is for answers to a mail that somebody has sent.',
        junk: () => 'Take the header away. A newsletter says that it is one by List-Unsubscribe and List-Id.',
      },
      problems: {
        unknown: ({ said }) => `Auto-Submitted says ${said || 'nothing'}, which no server knows.`,
        reply: () => 'Auto-Submitted says auto-replied, but the mail answers no other.',
        junk: () => 'Precedence says junk.',
      },
    },
    sv: {
      title: 'Huvuden om automatiska mejl',
      heading: {
        unknown: () => 'Auto-Submitted säger något okänt',
        reply: () => 'Mejlet kallar sig ett automatiskt svar',
        junk: () => 'Mejlet kallar sig skräp (Precedence)',
      },
      mend: {
        unknown: () => 'Skriv auto-generated eller utelämna det',
        reply: () => 'Ta bort auto-replied',
        junk: () => 'Ta bort Precedence: junk',
      },
      why: 'Mejlservrar läser de här huvudena: en del kastar mejl som kallar sig automatiskt svar eller skräp, och frånvarosvar kommer tillbaka på det som inte säger att det är automatiskt.',
      fix: {
        unknown: () =>
          'Kvitton och meddelanden från ett system säger Auto-Submitted: auto-generated. Ett nyhetsbrev behöver inget sådant huvud.',
        reply: () =>
          'Ändra till Auto-Submitted: auto-generated. auto-replied är till för svar på ett mejl som någon har skickat.',
        junk: () => 'Ta bort huvudet. Ett nyhetsbrev säger att det är ett med List-Unsubscribe och List-Id.',
      },
      problems: {
        unknown: ({ said }) =>
          `Auto-Submitted säger ${said || 'ingenting'}, och det känner ingen server till.`,
        reply: () => 'Auto-Submitted säger auto-replied men mejlet svarar inte på något annat.',
        junk: () => 'Precedence säger junk.',
      },
    },
  },
  examples: {
    good: [
      {
        eml: 'From: a@example.se\r\nAuto-Submitted: auto-generated; owner=a\r\nPrecedence: bulk\r\n\r\nHej!\r\n',
      },
      {
        eml: 'From: a@example.se\r\nIn-Reply-To: <1@b.se>\r\nAuto-Submitted: auto-replied (vacation)\r\n\r\nHej!\r\n',
      },
    ],
    bad: [
      { world: { eml: 'From: a@example.se\r\nAuto-Submitted: yes\r\n\r\nHej!\r\n' }, finds: 'unknown' },
      {
        world: { eml: 'From: a@example.se\r\nAuto-Submitted: auto-replied\r\n\r\nHej!\r\n' },
        finds: 'reply',
      },
      { world: { eml: 'From: a@example.se\r\nPrecedence: junk\r\n\r\nHej!\r\n' }, finds: 'junk' },
    ],
  },
});
