/** Every number that decides something. Each stands with its source; changing one changes the rule set. */
import type { Policy } from '#rule';
import { sesSpf } from './providers/amazon-ses.ts';

export const policy: Policy = {
  gates: ['blocker', 'major'],
  mayBeLeftOut: ['rendering'],
  // RFC 7208 section 4.6.4.
  spf: { lookups: 10, voids: 2, services: [sesSpf] },
  // RFC 8301 section 3.2; Gmail sender guidelines, as of 2026-11.
  dkim: { leastBits: 1024, advisedBits: 2048 },
  // Gmail cuts a message at about 102 KB of HTML; senders add a tracking pixel and longer links on the way.
  // Source: github.com/hteumeuleu/email-bugs, issue 41, read 2026-11-22.
  clipping: { limitBytes: 102 * 1024, addedBytes: 2 * 1024 },
  // CSS pixels past the screen's edge that nobody notices.
  rendering: { overflow: 2 },
  budgets: { dns: 10_000, rendering: 30_000 },
  score: { blocker: 25, major: 10, minor: 3, advice: 1 },
  spam: { threshold: 5 },
  limits: {
    uploadBytes: 10 * 1024 * 1024,
    mjmlBytes: 1024 * 1024,
    // The largest of 123 published designs has 611 elements, 1 039 attributes and 39 522 characters of text (styles
    // included), and nests 38 deep; measured 2026-11-22. No newsletter of 2002 has more text.
    elements: 25_000,
    attributes: 100_000,
    textLength: 2 * 1024 * 1024,
    depth: 500,
    headerBytes: 256 * 1024,
    mimeDepth: 30,
    attachments: 200,
    // RFC 5322 section 2.1.1 lets a line have 998 characters.
    subjectLength: 998,
  },
  // Longer than the budgets together, so that only a dead worker loses its lease.
  audits: { leaseMs: 60_000, attempts: 3, atOnce: 2, inLine: 30, unfinished: 100 },
};
