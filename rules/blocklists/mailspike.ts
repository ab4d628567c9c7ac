import type { Blocklist } from '#rule';

/** Mailspike: spam outbreaks (Z) and addresses of bad reputation (L3 to L5). */
export const mailspike: Blocklist = {
  id: 'mailspike',
  name: 'Mailspike',
  zone: 'bl.mailspike.net',
  about: ['ip4'],
  codes: [
    { code: '127.0.0.2', part: 'Z', blocks: false },
    { code: '127.0.0.10', part: 'L5', blocks: false },
    { code: '127.0.0.11', part: 'L4', blocks: false },
    { code: '127.0.0.12', part: 'L3', blocks: false },
  ],
  refuses: null,
  keyed: null,
  delisting: 'https://mailspike.io/ip_verify',
  source: 'mailspike.org, Usage (free below 100 000 questions a day); codes by suped.com as of 2026-06-17',
  date: '2026-11-23',
};
