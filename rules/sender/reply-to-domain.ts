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
      why: 'It is allowed, but some filters take answers to another domain as a sign of fraud.',
      fix: 'Use an address in the From domain, and let it forward the answers to where you read them.',
      problems: {
        other: ({ from, replyTo }) => `Answers go to ${replyTo}, but the mail comes from ${from}.`,
      },
    },
    sv: {
      title: 'Domän för svar (Reply-To)',
      why: 'Det är tillåtet, men vissa filter ser svar till en annan domän som ett tecken på bedrägeri.',
      fix: 'Använd en adress i avsändardomänen och låt den vidarebefordra svaren dit du vill ha dem.',
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
