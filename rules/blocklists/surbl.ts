import type { Blocklist } from '#rule';

/** SURBL: domains that links in spam lead to; filters look every link of a mail up there. 127.0.0.1: no access. */
export const surbl: Blocklist = {
  id: 'surbl',
  name: 'SURBL',
  zone: 'multi.surbl.org',
  about: ['domain'],
  codes: [
    { bit: 8, part: 'PH', blocks: true },
    { bit: 16, part: 'MW', blocks: true },
    { bit: 64, part: 'ABUSE', blocks: true },
    // Cracked sites: the owner is a victim too.
    { bit: 128, part: 'CR', blocks: false },
  ],
  refuses: 'public-resolver',
  keyed: null,
  delisting: 'https://surbl.org/surbl-analysis',
  source: 'surbl.org, Lists (the last octet is a sum of bits)',
  date: '2026-11-23',
};
