import type { Blocklist } from '#rule';

/** Spamhaus DBL: domains. It refuses questions about addresses (127.0.1.255), which are never asked here. */
export const spamhausDbl: Blocklist = {
  id: 'spamhaus-dbl',
  name: 'Spamhaus DBL',
  zone: 'dbl.spamhaus.org',
  about: ['domain'],
  codes: [
    { code: '127.0.1.2', part: 'spam', blocks: true },
    { code: '127.0.1.4', part: 'phishing', blocks: true },
    { code: '127.0.1.5', part: 'malware', blocks: true },
    { code: '127.0.1.6', part: 'botnet', blocks: true },
    // Sound domains whose site or mail somebody else abuses; Spamhaus’s own settings for Postfix refuse no mail by these.
    { code: '127.0.1.102', part: 'abused', blocks: false },
    { code: '127.0.1.103', part: 'abused redirector', blocks: false },
    { code: '127.0.1.104', part: 'abused, phishing', blocks: false },
    { code: '127.0.1.105', part: 'abused, malware', blocks: false },
    { code: '127.0.1.106', part: 'abused, botnet', blocks: false },
  ],
  refuses: 'public-resolver',
  keyed: { owner: 'spamhaus', zone: 'dbl.dq.spamhaus.net' },
  delisting: 'https://check.spamhaus.org/',
  source:
    'docs.spamhaus.com, Available Zones; github.com/spamhaus/postfix-dqs; listed as active by egressif.io, DNSBL directory of 2026-06-22',
  date: '2026-11-23',
};
