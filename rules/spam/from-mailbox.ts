import { defineRule, notApplicable, problem } from '#rule';
import { freeMailboxes } from '../providers/free-mailboxes.ts';

export default defineRule({
  id: 'from-mailbox',
  severity: 'minor',
  reference:
    'SpamAssassin 4.0, plugin FreeMail (FREEMAIL_FROM, FREEMAIL_REPLYTO); Gmail sender guidelines: do not impersonate Gmail From headers, read 2026-11',
  needs: ['message'],
  points: 1,
  check({ message }) {
    if (message.class !== 'marketing') return notApplicable('transactional');
    const { domain } = message.from;
    return freeMailboxes.has(domain) ? [problem('free', { domain })] : [];
  },
  words: {
    en: {
      title: 'A mailing from a private mailbox',
      heading: { free: ({ domain }) => `The mailing comes from a free mailbox at ${domain}` },
      mend: 'Send from a domain of your own',
      why: 'Anyone can open such a mailbox, so filters count it against a mailing; and mail that others send in its name is refused by large receivers.',
      fix: 'Use an address in your own domain as From. Replies can still be forwarded to the mailbox you read today.',
      problems: { free: ({ domain }) => `From is an address at ${domain}, where anyone gets one.` },
    },
    sv: {
      title: 'Utskick från en privat brevlåda',
      heading: { free: ({ domain }) => `Utskicket kommer från en gratisbrevlåda hos ${domain}` },
      mend: 'Skicka från en egen domän',
      why: 'Vem som helst kan skaffa en sådan brevlåda, så filter räknar den ett utskick till last; och mejl som andra skickar i dess namn avvisas av stora mottagare.',
      fix: 'Använd en adress på din egen domän som avsändare (From). Svaren kan ändå vidarebefordras till brevlådan du läser i dag.',
      problems: { free: ({ domain }) => `Avsändaren är en adress hos ${domain}, där vem som helst får en.` },
    },
  },
  examples: {
    good: [{}],
    bad: [{ world: { from: 'Föreningen <foreningen@gmail.com>' }, finds: 'free' }],
  },
});
