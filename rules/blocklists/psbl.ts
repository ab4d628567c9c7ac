import type { Blocklist } from '#rule';

/** Passive Spam Block List: addresses that mailed its spam traps. Anybody may take an address off at once. */
export const psbl: Blocklist = {
  id: 'psbl',
  name: 'PSBL',
  zone: 'psbl.surriel.com',
  about: ['ip4'],
  codes: [{ code: '127.0.0.2', part: 'PSBL', blocks: false }],
  refuses: null,
  keyed: null,
  delisting: 'https://psbl.org/remove',
  source: 'psbl.org, How to use PSBL (SpamAssassin counts it 1 to 3 points, and refuses nothing by it)',
  date: '2026-11-23',
};
