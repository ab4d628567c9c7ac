import { defineRule, problem } from '#rule';

/** How people name an address that nobody reads, in Swedish, English and their neighbours. */
const closed =
  /^(?:(?:no|not|do[-_.]?not|dont|ej|inget|kein|nicht|ikke|ei)[-_.]?(?:reply|replies|answer|svar|svara|antwort(?:en)?|svare?|vastaa)|(?:svara|svar)[-_.]?(?:ej|inte|ikke)|inte[-_.]?svara|ne[-_.]?pas[-_.]?repondre|automail|mailer-daemon)(?:[-_.+@]|\d)/i;

export default defineRule({
  id: 'reply-address',
  severity: 'advice',
  reference:
    'Directive 2000/31/EC article 5(1)(c) and E-handelslagen (2002:562) 8 §: an e-mail address by which the sender is reached quickly',
  needs: ['message'],
  check({ message: { from, replyTo } }) {
    const answers = replyTo.length > 0 ? replyTo : [from];
    const shut = answers.filter(({ address }) => closed.test(address));
    return shut.length === answers.length && shut[0]
      ? [problem('closed', { address: shut[0].address.slice(0, 100) })]
      : [];
  },
  words: {
    en: {
      title: 'Address that takes replies',
      heading: { closed: () => 'Replies go to an address that says nobody reads them' },
      mend: 'Let replies reach somebody',
      why: 'Readers who cannot answer tap the button for spam instead. Replies are a good sign to filters, and some of them ask you to stop: those must be heeded too.',
      fix: 'Send from an address that somebody reads, or name one as Reply-To, the address that replies go to. Automatic answers can be sorted away by a rule in that mailbox.',
      problems: { closed: ({ address }) => `Replies go to ${address}.` },
    },
    sv: {
      title: 'Adress som tar emot svar',
      heading: { closed: () => 'Svaren går till en adress som säger att ingen läser dem' },
      mend: 'Låt svaren nå någon',
      why: 'Läsare som inte kan svara trycker på knappen för skräppost i stället. Svar är ett gott tecken för filter, och i en del av dem står att du ska sluta: även de måste följas.',
      fix: 'Skicka från en adress som någon läser, eller ange en sådan som Reply-To, adressen som svar går till. Automatiska svar kan en regel i den brevlådan sortera bort.',
      problems: { closed: ({ address }) => `Svaren går till ${address}.` },
    },
  },
  examples: {
    good: [
      {},
      { from: 'noreply@example.se', replyTo: 'kontoret@example.se' },
      { from: 'nora@example.se' },
      { from: 'svarsgruppen@example.se' },
    ],
    bad: [
      { world: { from: 'Föreningen <no-reply@example.se>' }, finds: 'closed' },
      { world: { from: 'Föreningen <do_not_reply@example.se>' }, finds: 'closed' },
      { world: { from: 'Föreningen <donotreply@example.se>' }, finds: 'closed' },
      { world: { from: 'Föreningen <ej.svar@example.se>' }, finds: 'closed' },
      { world: { from: 'a@example.se', replyTo: 'svara-inte@example.se' }, finds: 'closed' },
    ],
  },
});
