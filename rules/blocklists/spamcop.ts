import type { Blocklist } from '#rule';

/** SpamCop: addresses that its users report. It asks receivers to mark such mail and not to refuse it. */
export const spamcop: Blocklist = {
  id: 'spamcop',
  name: 'SpamCop',
  zone: 'bl.spamcop.net',
  about: ['ip4'],
  codes: [{ code: '127.0.0.2', part: 'SCBL', blocks: false }],
  refuses: null,
  keyed: null,
  delisting: 'https://www.spamcop.net/bl.shtml',
  source: 'spamcop.net, SpamCop Blocking List (a listing ends about 24 hours after the last report)',
  date: '2026-11-23',
};
