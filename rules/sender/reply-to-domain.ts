import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'reply-to-domain',
  severity: 'minor',
  reference: 'RFC 5322 section 3.6.2; SpamAssassin FREEMAIL_FORGED_REPLYTO (answers to a free mailbox)',
  needs: ['message'],
  check({ message: { from, replyTo } }) {
    if (replyTo.length === 0) return notApplicable('no-reply-to');
    const others = new Set(replyTo.filter(({ related }) => !related).map(({ domain }) => domain));
    return [...others].map((domain) => problem('other', { from: from.domain, replyTo: domain }));
  },
  words: {
    en: {
      title: 'Reply-To domain',
      heading: { other: ({ replyTo }) => `Replies go to another domain (${replyTo})` },
      mend: 'Take replies in your own domain',
      why: 'Some filters take replies to another domain as a sign of fraud, so the mail may go to spam. It is allowed all the same.',
      fix: 'Use an address in the From domain as Reply-To, the address that replies go to, and let it forward them to where you read them.',
      problems: {
        other: ({ from, replyTo }) => `Replies go to ${replyTo}, but the mail comes from ${from}.`,
      },
    },
    sv: {
      title: 'Domän för svar (Reply-To)',
      heading: { other: ({ replyTo }) => `Svaren går till en annan domän (${replyTo})` },
      mend: 'Ta emot svar på din egen domän',
      why: 'En del filter ser svar till en annan domän som ett tecken på bedrägeri, så mejlet kan hamna i skräpposten. Det är ändå tillåtet.',
      fix: 'Ange en adress på avsändardomänen som Reply-To, adressen som svar går till, och låt den vidarebefordra svaren dit du vill ha dem.',
      problems: { other: ({ from, replyTo }) => `Svar går till ${replyTo}, men mejlet kommer från ${from}.` },
    },
  },
  examples: {
    good: [{ replyTo: 'styrelsen@kontor.example.se' }, { replyTo: 'A <a@example.se>, b@mejl.example.se' }],
    bad: [
      { world: { replyTo: 'styrelsen@other.example' }, finds: 'other' },
      { world: { replyTo: 'a@example.se, b@other.example' }, finds: 'other' },
    ],
  },
});
