import type { Blocklist } from '#rule';

/** Spamhaus ZEN: SBL, CSS, DROP, XBL and PBL in one. */
export const spamhausZen: Blocklist = {
  id: 'spamhaus-zen',
  name: 'Spamhaus ZEN',
  zone: 'zen.spamhaus.org',
  about: ['ip4', 'ip6'],
  codes: [
    { code: '127.0.0.2', part: 'SBL', blocks: true },
    { code: '127.0.0.3', part: 'CSS', blocks: true },
    { code: '127.0.0.4', part: 'XBL', blocks: true },
    { code: '127.0.0.9', part: 'DROP', blocks: true },
    // Not for what it sent: by its owner’s word, nothing sends mail from there directly.
    { code: '127.0.0.10', part: 'PBL', blocks: true, means: 'line' },
    { code: '127.0.0.11', part: 'PBL', blocks: true, means: 'line' },
  ],
  // 127.255.255.254: asked through a public resolver; .255: too many questions; .252: misspelt zone.
  refuses: 'public-resolver',
  keyed: { owner: 'spamhaus', zone: 'zen.dq.spamhaus.net' },
  delisting: 'https://check.spamhaus.org/',
  source:
    'docs.spamhaus.com, Available Zones; spamhaus.org, FAQ “DNSBL Usage”; listed as active by egressif.io, DNSBL directory of 2026-06-22',
  date: '2026-11-23',
};
