/**
 * Which domain signs the spam reports of a feedback loop (d=), by the provider's own word. Not here, since they say
 * nowhere which: Microsoft (JMRP), and the loops that Validity runs for others. Google sends no reports of single mails.
 */
export const feedbackLoops: readonly string[] = [
  // Yahoo and AOL: the FAQ of its Sender Hub (senders.yahooinc.com/faqs), as dmarcpal.com and resend.com quote it, read
  // 2026-11-23.
  'arf.mail.yahoo.com',
];
