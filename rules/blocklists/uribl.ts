import type { Blocklist } from '#rule';

/** URIBL: domains that links in spam lead to, to mark mail by and not to refuse it. 127.0.0.1: refused. */
export const uribl: Blocklist = {
  id: 'uribl',
  name: 'URIBL',
  zone: 'multi.uribl.com',
  about: ['domain'],
  codes: [
    { bit: 2, part: 'black', blocks: false },
    { bit: 4, part: 'grey', blocks: false },
    { bit: 8, part: 'red', blocks: false },
  ],
  refuses: 'public-resolver',
  keyed: null,
  delisting: 'https://admin.uribl.com/',
  source: 'uribl.com, About and Refused (the last octet is a sum of bits; “We do not BLOCK”)',
  date: '2026-11-23',
};
