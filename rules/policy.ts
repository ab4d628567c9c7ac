/** Every number that decides something. Each stands with its source; changing one changes the rule set. */
import type { Policy } from '#rule';
import { blocklists } from './blocklists/index.ts';
import { audience, programs } from './clients/audience.ts';
import { sesSpf } from './providers/amazon-ses.ts';
import { feedbackLoops } from './providers/feedback-loops.ts';
import { bootstrap, registries } from './providers/registries.ts';
import { zoneHosts } from './providers/zone-hosts.ts';
import { linkLimits } from './wordings/acting-links.ts';

export const policy: Policy = {
  gates: ['blocker', 'major'],
  mayBeLeftOut: ['rendering'],
  // RFC 7208 sections 4.6.4 and 3.4.
  spf: { lookups: 10, voids: 2, answerOctets: 512, services: [sesSpf] },
  zoneHosts,
  // "MUST NOT" for signing: RSAMD5, DSA (RFC 8624 section 3.1), RSASHA1 (RFC 9905, October 2025), ECC-GOST (RFC 9906); of
  // digests SHA-1 and GOST (RFC 8624 section 3.3). Numbers of the IANA registries that RFC 9904 names, as of 2026-11.
  dnssec: { retiredAlgorithms: [1, 3, 5, 6, 7, 12], retiredDigests: [0, 1, 3] },
  // RFC 8301 section 3.2; Gmail sender guidelines, as of 2026-11.
  // mostBits: RFC 8301 section 3.2, what every receiver must be able to read. lifeMs: RFC 5321 section 4.5.4.1, servers
  // try for at least 4 to 5 days.
  dkim: { leastBits: 1024, advisedBits: 2048, mostBits: 4096, lifeMs: 4 * 24 * 3_600_000 },
  blocklists,
  registration: {
    bootstrap,
    servers: registries,
    // As long as SEM-FRESH30 of Spam Eating Monkey lists a domain as new; as of 2026-11.
    youngDays: 30,
    // ICANN's Expired Registration Recovery Policy: the registrar's first reminder comes about a month before.
    expiryDays: 30,
  },
  // AuthIndicators Working Group, “SVG Tiny Portable/Secure”: 32 kilobytes. A certificate takes weeks to get anew.
  bimi: { logoBytes: 32 * 1024, expiryDays: 30, leastBits: 2048 },
  // Gmail cuts a message at about 102 KB of HTML; senders add a tracking pixel and longer links on the way.
  // Source: github.com/hteumeuleu/email-bugs, issue 41, read 2026-11-22.
  clipping: { limitBytes: 102 * 1024, addedBytes: 2 * 1024 },
  // The shares' source and date stand beside them.
  audience: { shares: audience, leastShare: 1 },
  // Sending services ask for 600 pixels (knowledgebase.webengage.com, read 2026-11-23); of 123 published designs none is
  // wider than 700, measured 2026-11-23.
  layout: { widest: 700 },
  // CSS pixels past the screen's edge that nobody notices.
  rendering: { overflow: 2 },
  // Measured in inboxes by emailtooltester.com, read 2026-11: Gmail on Android 33, Gmail on the web 70.
  subject: { phone: 33, screen: 70 },
  // Postfix takes 10 240 000 octets unless told otherwise (message_size_limit, postconf(5)); Amazon SES
  // sends 40 MB. Heavy is ours: a thousand readers of 3 MB are 3 GB.
  attachments: { heavyBytes: 3_000_000, refusedBytes: 10_240_000 },
  // WCAG 2.2 (2024-12-12): 1.4.3 contrast, large text is 18 point or 14 point bold; 2.5.8 and 2.5.5 size of targets. 14
  // px: knowledge.acellemail.com, "Mobile-First Email Principles"; 12 px: what small print mostly has (stylecampaign.com,
  // "Small text and accessibility in email", 2018-08), both read 2026-11-23.
  // Ours: lineHeight, a little below the 1.2 that browsers take where nothing is said; headingsFrom, some 150 words.
  legibility: {
    contrast: 4.5,
    contrastLarge: 3,
    large: 24,
    largeBold: 18.66,
    leastText: 12,
    bodyText: 14,
    lineHeight: 1.15,
    leastTarget: 24,
    easyTarget: 44,
    headingsFrom: 900,
  },
  // Let's Encrypt asks to renew after two thirds of a certificate's life (its news of 2026-10-07): with 14 days left of
  // 45 or more, that has not happened. RFC 8461 section 3.2 expects weeks of a policy.
  transport: { certificateDays: 14, policyDays: 7 },
  budgets: {
    dns: 10_000,
    network: 15_000,
    links: 20_000,
    rendering: 30_000,
    malware: 30_000,
    spamEngines: 30_000,
  },
  links: linkLimits,
  pictures: {
    // mailchimp.com/help/about-template-images, read 2026-11-23: at most 1 MB for each image.
    bytes: 1_000_000,
    // suped.com, “optimal image file size for emails”, 2026-05-28: all images together near 1 to 2 MB.
    bytesOfAll: 2_000_000,
    // Ours: what a tenth too few pixels does nobody sees.
    sharp: 0.9,
    // Screens show up to three pixels for each of CSS's; a picture of 200 KB or less is light all the same (as above).
    wasted: 4,
    wastedBytes: 200_000,
    // Ours: a twentieth is rounding.
    askew: 0.05,
  },
  score: { blocker: 25, major: 10, minor: 3, advice: 1 },
  spam: { threshold: 5 },
  limits: {
    mailPrograms: programs.map(({ id, family }) => ({ id, family, usual: audience[id] ?? 0 })),
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
  sending: {
    rehearsalDays: 30,
    leaseMs: 60_000,
    atOnce: 4,
    recipients: 1_000_000,
    listBytes: 256 * 1024 * 1024,
    recheckMs: 24 * 3_600_000,
    unansweredMs: [30_000, 60_000, 120_000],
    statusMs: 60_000,
    ratesMs: 5_000,
    attemptMs: 15 * 60_000,
    settle: { ms: 100, results: 50 },
    again: 1_000,
    // RFC 5321 section 4.5.4.1 asks for half an hour between tries and four to five days; a mailing is stale sooner.
    retries: {
      waitsMs: [5 * 60_000, 15 * 60_000, 3_600_000, 4 * 3_600_000],
      forMs: 48 * 3_600_000,
    },
    breaker: { failures: 5, withinMs: 60_000, waitMs: 30_000, waitAtMostMs: 15 * 60_000 },
    // RFC 5321 section 4.5.4.1: most failures pass soon, and tries go on every two or three hours after the first. Four
    // hours have room for a restart, for maintenance and for limits by the hour; a mailing that began by itself after
    // more than half a working day would surprise.
    waitForServerMs: 4 * 3_600_000,
    // Ours: what is wrong with the mail itself is wrong for everybody.
    refusedInARow: 10,
    // Ours: a server that refuses 2 of 5 without saying why refuses us.
    refusedOften: { of: 50, count: 20 },
    // Amazon SES reviews an account at 5 % bounces and pauses it at 10 %; Gmail's line for complaints is 0.3 %. As
    // of 2026-11.
    bounces: {
      // At the 2 % that Amazon SES asks for, and looking after every mail from the least on, chance alone lifts a mailing
      // over 8 % in 5 of 10 000 from 100 mails on, and over 5 % in 11 of 10 000 from 300 on; from 100 on it would be 425
      // (binomial, first passage within 4 000 mails). Amazon SES judges by "a representative volume", which it does not
      // tell.
      least: 100,
      leastToSwitch: 300,
      leastComplaints: 3,
      switchOver: 0.05,
      stopOver: 0.08,
      complaintsFrom: 0.003,
      // Ours: a list that is cut into many small mailings is one list, and a day later somebody has had time to look.
      windowMs: 24 * 3_600_000,
      // As many as the least that stops.
      results: 100,
    },
    unknownMs: 72 * 3_600_000,
    // An SQS queue, where SNS leaves what it could not deliver, keeps a message for 14 days at most. SES tells of a
    // delivery within seconds; an hour is ours.
    events: { oldestMs: 14 * 24 * 3_600_000, silentMs: 3_600_000 },
    feedbackLoops,
  },
  // The time that a clearance can be checked offline without hearing that it was revoked; law 2.
  // Two hours: time for a person to mend what no longer comes clear.
  clearance: {
    factsMs: 60 * 60_000,
    lifeMs: 24 * 60 * 60_000,
    waiverDaysAtMost: 90,
    againMs: 2 * 60 * 60_000,
    againEveryMs: 20 * 60_000,
  },
  // GDPR article 5(1)(e): no longer than is needed. Half a year answers who got what until the next general meeting.
  retention: { days: 180, noticeDays: 14, rows: 1000 },
};
