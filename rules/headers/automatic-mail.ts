import { defineRule, notApplicable, problem } from '#rule';

/** RFC 3834 section 5, and RFC 5436 section 2.7.1. */
const known = new Set(['no', 'auto-generated', 'auto-replied', 'auto-notified']);

export default defineRule({
  id: 'automatic-mail',
  severity: 'advice',
  reference:
    'RFC 3834 section 5 (Auto-Submitted); RFC 2076 section 3.9 (Precedence: non-standard, discouraged)',
  needs: ['message', 'mime'],
  check({ message: { headerPlaces }, mime }) {
    if (!mime) return notApplicable('template');
    const written = (header: string) => mime.values.get(header)?.[0]?.toLowerCase();
    const said = written('auto-submitted')?.split(/[\s;]/)[0];
    const answers = mime.values.has('in-reply-to') || mime.values.has('references');
    const [at] = headerPlaces.get('auto-submitted') ?? [];
    const [precedence] = headerPlaces.get('precedence') ?? [];
    return [
      ...(said !== undefined && !known.has(said)
        ? [problem('unknown', { said: said.slice(0, 40) }, { at })]
        : []),
      ...(said === 'auto-replied' && !answers ? [problem('reply', {}, { at })] : []),
      ...(written('precedence') === 'junk' ? [problem('junk', {}, { at: precedence })] : []),
    ];
  },
  words: {
    en: {
      title: 'Headers about automatic mail',
      heading: {
        unknown: () => 'Auto-Submitted has a value that servers do not know',
        reply: () => 'The mail calls itself an automatic reply',
        junk: () => 'The mail calls itself junk (Precedence)',
      },
      mend: {
        unknown: () => 'Write auto-generated, or leave it out',
        reply: () => 'Change auto-replied to auto-generated',
        junk: () => 'Remove Precedence: junk',
      },
      why: 'Mail servers read these headers. Some throw away mail that calls itself an automatic reply or junk, and send out-of-office replies to mail that does not say it is automatic.',
      fix: {
        unknown: () =>
          'Write Auto-Submitted: auto-generated in receipts and notices that a system sends. In a newsletter, leave the header out.',
        reply: () =>
          'Write Auto-Submitted: auto-generated instead. The value auto-replied is for answers to a mail that somebody has sent.',
        junk: () => 'Remove the header. A newsletter shows that it is one with List-Unsubscribe and List-Id.',
      },
      problems: {
        unknown: ({ said }) => (said ? `It says ${said}.` : 'It says nothing.'),
        reply: () => 'Auto-Submitted says auto-replied, but no In-Reply-To says which mail it answers.',
        junk: () => 'Precedence says junk.',
      },
    },
    sv: {
      title: 'Huvuden om automatiska mejl',
      heading: {
        unknown: () => 'Auto-Submitted har ett värde som servrar inte känner till',
        reply: () => 'Mejlet kallar sig ett automatiskt svar',
        junk: () => 'Mejlet kallar sig skräp (Precedence)',
      },
      mend: {
        unknown: () => 'Skriv auto-generated eller utelämna det',
        reply: () => 'Ändra auto-replied till auto-generated',
        junk: () => 'Ta bort Precedence: junk',
      },
      why: 'Mejlservrar läser de här huvudena. En del kastar mejl som kallar sig automatiskt svar eller skräp, och skickar frånvarosvar på mejl som inte säger att de är automatiska.',
      fix: {
        unknown: () =>
          'Skriv Auto-Submitted: auto-generated i kvitton och meddelanden från ett system. I ett nyhetsbrev ska huvudet inte vara med.',
        reply: () =>
          'Skriv Auto-Submitted: auto-generated i stället. Värdet auto-replied är till för svar på ett mejl som någon har skickat.',
        junk: () =>
          'Ta bort huvudet. Ett nyhetsbrev visar att det är ett nyhetsbrev med List-Unsubscribe och List-Id.',
      },
      problems: {
        unknown: ({ said }) => (said ? `Det säger ${said}.` : 'Det säger ingenting.'),
        reply: () =>
          'Auto-Submitted säger auto-replied, men inget In-Reply-To säger vilket mejl det svarar på.',
        junk: () => 'Precedence säger junk.',
      },
    },
  },
  examples: {
    good: [
      {
        eml: 'From: a@example.se\r\nAuto-Submitted: (by x (the shop)) auto-generated\r\n\r\nHej!\r\n',
      },
      {
        eml: 'From: a@example.se\r\nAuto-Submitted: auto-generated; owner=a\r\nPrecedence: bulk\r\n\r\nHej!\r\n',
      },
      {
        eml: 'From: a@example.se\r\nIn-Reply-To: <1@b.se>\r\nAuto-Submitted: auto-replied (vacation)\r\n\r\nHej!\r\n',
      },
    ],
    bad: [
      {
        world: { eml: 'From: a@example.se\r\nAuto-Submitted: (auto-generated)\r\n\r\nHej!\r\n' },
        finds: 'unknown',
      },
      { world: { eml: 'From: a@example.se\r\nAuto-Submitted: yes\r\n\r\nHej!\r\n' }, finds: 'unknown' },
      {
        world: { eml: 'From: a@example.se\r\nAuto-Submitted: auto-replied\r\n\r\nHej!\r\n' },
        finds: 'reply',
      },
      { world: { eml: 'From: a@example.se\r\nPrecedence: junk\r\n\r\nHej!\r\n' }, finds: 'junk' },
    ],
  },
});
