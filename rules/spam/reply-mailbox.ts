import { defineRule, notApplicable, problem } from '#rule';
import { freeMailboxes } from '../providers/free-mailboxes.ts';

export default defineRule({
  id: 'reply-mailbox',
  severity: 'minor',
  reference:
    'SpamAssassin 4.0, FREEMAIL_FORGED_REPLYTO and FREEMAIL_REPLYTO (answers to another free mailbox)',
  needs: ['message'],
  points: 1.5,
  check({ message: { replyTo } }) {
    if (replyTo.length === 0) return notApplicable('no-reply-to');
    const free = replyTo.filter(({ related, domain }) => !related && freeMailboxes.has(domain));
    return free.slice(0, 5).map(({ address, domain }) => problem('free', { address, domain }));
  },
  words: {
    en: {
      title: 'Replies to a private mailbox',
      heading: { free: ({ domain }) => `Replies go to a free mailbox at ${domain}` },
      mend: 'Take replies in your own domain',
      why: 'Fraudsters write in another’s name and let replies come to a mailbox of their own, so filters count this pair of addresses.',
      fix: 'Give an address in the From domain as Reply-To, and let it forward to the mailbox you read.',
      problems: { free: ({ address }) => `Replies go to ${address}.` },
    },
    sv: {
      title: 'Svar till en privat brevlåda',
      heading: { free: ({ domain }) => `Svaren går till en gratisbrevlåda hos ${domain}` },
      mend: 'Ta emot svar på din egen domän',
      why: 'Bedragare skriver i någon annans namn och låter svaren gå till en egen brevlåda, så filter räknar det paret av adresser.',
      fix: 'Ange en adress på avsändardomänen som Reply-To, och låt den vidarebefordra till brevlådan du läser.',
      problems: { free: ({ address }) => `Svaren går till ${address}.` },
    },
  },
  examples: {
    good: [{ replyTo: 'styrelsen@example.se' }, { replyTo: 'styrelsen@other.example' }],
    bad: [{ world: { replyTo: 'foreningen@hotmail.com' }, finds: 'free' }],
  },
});
