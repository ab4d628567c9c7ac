import type { Blocklist } from '#rule';

/** Barracuda Reputation Block List: what Barracuda’s own filters refuse mail by. */
export const barracuda: Blocklist = {
  id: 'barracuda',
  name: 'Barracuda',
  zone: 'b.barracudacentral.org',
  about: ['ip4'],
  codes: [{ code: '127.0.0.2', part: 'BRBL', blocks: true }],
  // It answers resolvers whose address has been registered with it, and is silent to others.
  refuses: 'unregistered',
  keyed: null,
  delisting: 'https://www.barracudacentral.org/rbl/removal-request',
  source: 'barracudacentral.org, How to use BRBL',
  date: '2026-11-23',
};
