/** Every number that rules and the machine compare with, and the lists that stand beside them. */
import type { FactName } from '../facts/facts.ts';
import type { Severity } from '../rule.ts';
import type { ZoneHost } from './zone-host.ts';

/** What can be read and tapped. Lengths in CSS pixels. */
export interface Legibility {
  /** Ratios of contrast, and from which size letters are large; `largeBold` when they are bold. */
  contrast: number;
  contrastLarge: number;
  large: number;
  largeBold: number;
  /** Letters on a phone: of any words, and of most of them. */
  leastText: number;
  bodyText: number;
  /** Height of a line, in sizes of its letters. */
  lineHeight: number;
  /** Side of what is tapped: the least, and what fingers are at ease with. */
  leastTarget: number;
  easyTarget: number;
  /** Characters from which a mail is long enough for headings. */
  headingsFrom: number;
}

/** Every number that rules and the machine compare with; the values stand in rules/policy.ts. */
export interface Policy {
  /** Severities that hold the gate shut when they fail or cannot be checked. */
  gates: readonly Severity[];
  /** Facts an audit may leave out by choice and still be judged clear: partial, and never a clearance. */
  mayBeLeftOut: readonly FactName[];
  /** `services`: domains whose SPF record names the servers of a sending service. */
  spf: { lookups: number; voids: number; answerOctets: number; services: readonly string[] };
  zoneHosts: readonly ZoneHost[];
  /** Numbers of algorithms and DS digests that no signer may use any more. */
  dnssec: { retiredAlgorithms: readonly number[]; retiredDigests: readonly number[] };
  /**
   * Of RSA keys: one of fewer bits does not count, and receivers need not read one of more than `mostBits`.
   * `lifeMs`: so long mail may be on its way, and a signature must hold.
   */
  dkim: { leastBits: number; advisedBits: number; mostBits: number; lifeMs: number };
  /** That are asked, and in this order. Whoever runs the service may leave some out. */
  blocklists: readonly Blocklist[];
  /** `servers`: of RDAP, by top-level domain; `bootstrap` tells of the others. */
  registration: {
    bootstrap: string;
    servers: Readonly<Record<string, string>>;
    youngDays: number;
    expiryDays: number;
  };
  /** `logoBytes`: of a logo at most. */
  bimi: { logoBytes: number; expiryDays: number; leastBits: number };
  clipping: { limitBytes: number; addedBytes: number };
  /**
   * `shares`: of 100 readers how many use each mail program, by its family and platform at caniemail.com. What fewer
   * than `leastShare` of them lose is not told.
   */
  audience: { shares: Readonly<Record<string, number>>; leastShare: number };
  rendering: { overflow: number };
  /** Pixels: a layout that is wider does not fit beside the lists of a mail program. */
  layout: { widest: number };
  /** Characters of a subject that small phones and wide screens show. */
  subject: { phone: number; screen: number };
  /** Octets of a mail with its attachments: `heavy` is much for a mailing, `refused` more than many servers take. */
  attachments: { heavyBytes: number; refusedBytes: number };
  legibility: Legibility;
  /** Milliseconds from the start of gathering. */
  /** `certificateDays`: so long before its end a mail server's certificate is told of. `policyDays`: what MTA-STS is to be kept at least. */
  transport: { certificateDays: number; policyDays: number };
  budgets: {
    dns: number;
    network: number;
    links: number;
    rendering: number;
    malware: number;
    spamEngines: number;
  };
  /** What is visited of a mail's links and pictures, and by which words a link is left alone. */
  links: LinkLimits;
  pictures: PictureLimits;
  /** Points off 100 for each failed check. For people only: the score opens nothing. */
  score: Record<Severity, number>;
  spam: { threshold: number };
  /** What a submission may be at most, and may name. */
  limits: {
    /** `usual`: of 100 readers, where nobody has said. */
    mailPrograms: readonly { id: string; family: string; usual: number }[];
    uploadBytes: number;
    mjmlBytes: number;
    elements: number;
    attributes: number;
    /** Characters. */
    textLength: number;
    depth: number;
    headerBytes: number;
    mimeDepth: number;
    attachments: number;
    subjectLength: number;
  };
  /** `leaseMs`: a running audit that has not been heard of for so long is taken up again. `inLine`: requests that
   * may wait to be read; more are turned away. */
  audits: { leaseMs: number; attempts: number; atOnce: number; inLine: number; unfinished: number };
  /**
   * Milliseconds that facts may have when a clearance is granted on them, and that it lives; days of a waiver.
   * `againMs`: so long before its end, or before the start, the mail of a mailing that outlives it is audited again.
   * `againEveryMs`: between two such audits where one was left without an answer.
   */
  clearance: {
    factsMs: number;
    lifeMs: number;
    waiverDaysAtMost: number;
    againMs: number;
    againEveryMs: number;
  };
  /**
   * Days after its end that a mailing keeps addresses and merge values; `rows`: forgotten at a time. One that is
   * paused for as many days is cancelled, and told of `noticeDays` before.
   */
  retention: { days: number; noticeDays: number; rows: number };
  sending: {
    /** A rehearsal arms its route for so long. */
    rehearsalDays: number;
    leaseMs: number;
    /** Campaigns that one process runs at once. */
    atOnce: number;
    /** Most recipients of a campaign, and most bytes of a list. */
    recipients: number;
    listBytes: number;
    /** How often DNS is asked again while a campaign is being sent. */
    recheckMs: number;
    /** Waits between asking again where there was no answer. After the last, the campaign pauses. */
    unansweredMs: readonly number[];
    /** How often a provider is asked for its quotas, and how often bounces are counted. */
    statusMs: number;
    ratesMs: number;
    /** An attempt that has no answer by then is cut. */
    attemptMs: number;
    /** Results are written down together: after so long, or when there are so many. */
    settle: { ms: number; results: number };
    /** Milliseconds before a recipient has another turn, when nothing was handed over. */
    again: number;
    /** For what was put off: the last wait repeats until `forMs` after the first attempt. */
    retries: { waitsMs: readonly number[]; forMs: number };
    /** Opens after so many `failures` in a row `withinMs`. A probe goes after `waitMs`, which doubles each time. */
    breaker: { failures: number; withinMs: number; waitMs: number; waitAtMostMs: number };
    /** For so long a campaign waits for its server, with nothing taken, before it stands still. */
    waitForServerMs: number;
    /** Mails that a route refuses for good one after the other, as a whole, before a campaign stands still. */
    refusedInARow: number;
    /** Recipients refused for no reason that is theirs, `count` `of` the last, before a campaign stands still. */
    refusedOften: { of: number; count: number };
    /**
     * `least`: a rate of fewer mails means nothing, and `leastToSwitch` for what is over `switchOver` alone. Shares are 0 to 1. `windowMs`: for so long a sender's and an
     * account's attempts count together. `results`: rates are looked at after so many, if `ratesMs` has not passed.
     */
    bounces: {
      windowMs: number;
      results: number;
      least: number;
      leastToSwitch: number;
      leastComplaints: number;
      switchOver: number;
      stopOver: number;
      complaintsFrom: number;
    };
    /** What is unknown for so long is a person's to decide. */
    unknownMs: number;
    /** Of a provider's events: the oldest that is believed, and for how long none may come after mail was handed over. */
    events: { oldestMs: number; silentMs: number };
    /** Domains that sign the spam reports of feedback loops (d=); whoever runs the service may name more. */
    feedbackLoops: readonly string[];
  };
}

/** `bytes`, `bytesOfAll`: heavier ones load slowly. `sharp`: a picture of a smaller share of the pixels that it is shown
 * with is blurred. `wasted`: one of so many times the pixels to each side is larger than any screen shows. `askew`: share
 * by which its sides may differ from its own form. */
export interface PictureLimits {
  bytes: number;
  bytesOfAll: number;
  sharp: number;
  wasted: number;
  wastedBytes: number;
  askew: number;
}

/** `address`, `text` and `around`: words by which a link may act on whoever opens it, so that nobody here does. */
export interface LinkLimits {
  /** Different links and pictures that are visited, of one mail. */
  links: number;
  pictures: number;
  /** Redirects that are followed. */
  redirects: number;
  /** Bytes of one picture and of all, that are read. */
  pictureBytes: number;
  pictureBytesOfAll: number;
  address: readonly RegExp[];
  /** The same of a picture's, of whose addresses far fewer act. */
  pictureAddress: RegExp;
  /** Milliseconds that previews wait for pictures. */
  previewMs: number;
  /** Of the link's own text. */
  text: readonly RegExp[];
  /** Of the text before and after it. */
  around: readonly RegExp[];
  /** Registered domains that stand in templates as examples: nobody means to lead readers there. */
  placeholder: RegExp;
  /** Sites that answer programs otherwise than people, by registered domain. */
  closedSites: readonly string[];
}

/** A list, in DNS, of addresses or domains with a bad name (RFC 5782). One file each under rules/blocklists/. */
export interface Blocklist {
  id: string;
  name: string;
  /** What is asked about stands before it. */
  zone: string;
  about: readonly ('ip4' | 'ip6' | 'domain')[];
  /** What its answers mean; an answer that is not here says nothing. */
  codes: readonly BlocklistCode[];
  /** Whom it does not answer, beside those who ask too much. */
  refuses: 'public-resolver' | 'unregistered' | null;
  /** Its zone for those who have a key, which stands before it. `owner`: one key opens all lists of it. */
  keyed: { owner: string; zone: string } | null;
  /** Where to ask to be taken off. */
  delisting: string;
  source: string;
  date: string;
}

/**
 * `code`: the whole answer; `bit`: of its last octet. `blocks`: receivers refuse mail by it, and do not merely count
 * it. `means: 'line'`: an address that is not to send mail to receivers directly, whatever it sends.
 */
export type BlocklistCode = ({ code: string } | { bit: number }) & {
  part: string;
  blocks: boolean;
  means?: 'line';
};

/** A plan by which a new sender's mail grows. A day's cap is over all campaigns of the sender. */
export interface WarmUp {
  id: string;
  /** However small the share. */
  leastPerDay: number;
  /** `share`: 0 to 1, of a mailing's list over all the step's days. `atMost`: on one day. */
  steps: readonly { days: number; share: number; atMost: number }[];
}
