/** What sending keeps: senders and their routes, clearances, campaigns, and the ledger with one row a recipient. */

export type SenderState = 'pending' | 'active' | 'lapsed';

export interface SenderRow {
  domain: string;
  /** What its TXT record must say; the organisation's own. */
  token: string;
  state: SenderState;
  createdAt: string;
  /** When the record was seen first, and last asked for with a definite answer. */
  provedAt: string | null;
  checkedAt: string | null;
  /** Plan of its warm-up and the day it began (YYYY-MM-DD); null: none. */
  warmUp: { plan: string; from: string } | null;
  /** What a bounce rate over the limit does. */
  onBounces: 'switch' | 'pause';
}

export type RouteRole = 'primary' | 'reserve';

export interface RouteRow {
  domain: string;
  /** Id of the transport. */
  transport: string;
  role: RouteRole;
  /** Envelope subdomain of its own. */
  mailFrom: string;
  dkim: readonly { d: string; s: string }[];
  createdAt: string;
  /** The latest rehearsal that ended; null: none. */
  rehearsal: Rehearsal | null;
  /** Who has taken upon themselves that bounces of mail by it do not come to us (id of the person); null: nobody. */
  unseenBounces: { by: string; at: string } | null;
}

export interface Rehearsal {
  startedAt: string;
  endedAt: string;
  /** Of what arrived, nothing is to be mended. Whether bounces come back is another question. */
  passed: boolean;
  /** It came with the MAIL FROM that was set, and DNS leads bounces to who tells us of them. */
  returns: boolean;
  /** Stable codes of what is to be mended, the gravest first. */
  problems: readonly string[];
  /** Results as RFC 8601 names them: pass, fail, softfail, none, temperror … */
  spf: string;
  dkim: string;
  dmarc: string;
  /** What arrived from where, for evidence. */
  envelopeFrom: string;
  dkimDomains: readonly string[];
  ip: string;
  tls: boolean;
  detail: string;
}

/** Senders of one organisation. */
export interface SenderStore {
  /** Adds it, or gives the one that is there. */
  add(sender: { domain: string; token: string; createdAt: string }): Promise<SenderRow>;
  find(domain: string): Promise<SenderRow | undefined>;
  list(): Promise<SenderRow[]>;
  /**
   * Makes it active in one atomic step, unless another organisation has it active: then `taken`, and nothing
   * is changed.
   */
  activate(domain: string, at: string): Promise<'active' | 'taken' | 'missing'>;
  /** Notes a definite answer: still proved, or not any more (`lapsed`). */
  noteCheck(domain: string, proved: boolean, at: string): Promise<boolean>;
  change(domain: string, changes: Partial<Pick<SenderRow, 'warmUp' | 'onBounces'>>): Promise<boolean>;
  /** False when a campaign of it is still to be sent. */
  remove(domain: string): Promise<boolean>;
  /** Adds or replaces; one that is replaced loses its rehearsal and its acceptance unless nothing has changed. */
  putRoute(route: Omit<RouteRow, 'rehearsal' | 'unseenBounces'>): Promise<RouteRow>;
  routes(domain?: string): Promise<RouteRow[]>;
  removeRoute(domain: string, transport: string): Promise<boolean>;
  /** Somebody takes it upon themselves that bounces by this route are not seen; null takes it back. False: no such route. */
  acceptUnseenBounces(
    domain: string,
    transport: string,
    accepted: RouteRow['unseenBounces'],
  ): Promise<boolean>;
  /** One that returns ends an acceptance: there is nothing to accept. False when the route has changed since it began. */
  noteRehearsal(
    route: Pick<RouteRow, 'domain' | 'transport' | 'mailFrom'>,
    rehearsal: Rehearsal,
  ): Promise<boolean>;
}

export interface WaiverRow {
  id: string;
  digest: string;
  rule: string;
  /** Who takes it upon themselves. */
  person: string;
  reason: string;
  createdAt: string;
  endsAt: string;
  revokedAt: string | null;
}

export interface ClearanceRow {
  /** The jti. */
  id: string;
  audit: string;
  digest: string;
  ruleSet: string;
  kid: string;
  issuedAt: string;
  expiresAt: string;
  /** Ids of the waivers it rests on. */
  waivers: readonly string[];
  /** Id of the person or key that asked for it. */
  by: string;
  /** Id of the clearance in whose place it was granted, for a mailing that goes on; null: of none. */
  follows: string | null;
  revokedAt: string | null;
}

export interface ClearanceStore {
  add(clearance: Omit<ClearanceRow, 'revokedAt' | 'follows'> & { follows?: string | null }): Promise<void>;
  find(id: string): Promise<ClearanceRow | undefined>;
  /** Newest first. */
  ofAudit(audit: string): Promise<ClearanceRow[]>;
  /** With it those that followed it. False when there is none; one that is revoked stays as it was. */
  revoke(id: string, at: string): Promise<boolean>;
  addWaiver(waiver: Omit<WaiverRow, 'revokedAt'>): Promise<void>;
  waivers(digest: string): Promise<WaiverRow[]>;
  /** Ends it, and revokes every clearance that rests on it, in one step. */
  revokeWaiver(id: string, at: string): Promise<boolean>;
}

export type CampaignState = 'preparing' | 'queued' | 'sending' | 'paused' | 'done' | 'cancelled';

export interface CampaignRow {
  organisation: string;
  /** `cmp_` and 16 hex digits; unique over all organisations. */
  id: string;
  audit: string;
  digest: string;
  class: 'marketing' | 'transactional';
  /** Of the sender: registered, at or above From's; From's own by a standard route. */
  domain: string;
  subject: string;
  /** jti of the clearance it goes by now. */
  clearance: string;
  state: CampaignState;
  /** Stable code; null unless paused. */
  pauseReason: string | null;
  createdAt: string;
  /** Not before. */
  startsAt: string | null;
  startedAt: string | null;
  finishedAt: string | null;
  /** Messages a minute, spread evenly; null: as fast as the routes take it. */
  perMinute: number | null;
  /** By the standard route, since the domain is not registered: the person's choice for this mailing. */
  standard: boolean;
  /** Transport that is to carry it: the primary until a switch. */
  route: string | null;
  /** Why it was switched to the reserve, until a person returns it: `bounce-rate`. */
  switched: string | null;
  /** When DNS was last found as it was audited. */
  checkedAt: string | null;
  /** As many as the lists had, those left out included. */
  lines: number;
  recipients: number;
  /** Lines left out, by code: `address-invalid`, `duplicate`, `already-mailed`, `field-missing` … */
  leftOut: Readonly<Record<string, number>>;
  /** Blob of the list that is yet to be read; null when all are in. */
  list: string | null;
  /** Id of the person or key that ordered it; null: of a mailing from before this was kept. */
  orderedBy: string | null;
  onExpiry: OnExpiry;
  /** The audit under way for a clearance to follow the present one; null: none yet. */
  nextAudit: string | null;
  /** Why nothing follows the present clearance, as a stable code; null: nothing stands against it. */
  nextRefused: string | null;
}

/** Before the clearance of a mailing ends: nothing, and it pauses then, or the mail is audited again. */
export type OnExpiry = 'pause' | 'audit-again';

export type DeliveryState =
  | 'pending'
  | 'sending'
  | 'accepted'
  | 'rejected'
  | 'unknown'
  | 'delivered'
  | 'bounced'
  | 'complained'
  /** On the suppression list when its turn came. */
  | 'suppressed'
  | 'cancelled';

export interface DeliveryRow {
  campaign: string;
  /** From 1, in the order of the list. */
  number: number;
  /** null once erased. */
  address: string | null;
  addressHash: string;
  /** Merge values by field; null once erased, and when there are none. */
  fields: Readonly<Record<string, string>> | null;
  state: DeliveryState;
  /** How many times it has been claimed. Attempt id: `<campaign>.<number>.<attempt>`. */
  attempt: number;
  /** Transport of the latest attempt. */
  route: string | null;
  /** Not before. */
  dueAt: string;
  attemptedAt: string | null;
  /** When its state last changed for what a server or an event said. */
  settledAt: string | null;
  /** SMTP reply code, SES exception, or ours. */
  code: string | null;
  enhanced: string | null;
  response: string | null;
  providerId: string | null;
  /** Of a bounce: bad-address, mailbox, policy-block, transient, unknown. */
  bounceClass: string | null;
}

export interface NewDelivery {
  number: number;
  address: string;
  addressHash: string;
  fields: Readonly<Record<string, string>> | null;
}

export interface NewCampaign
  extends Omit<
    CampaignRow,
    | 'organisation'
    | 'state'
    | 'pauseReason'
    | 'startedAt'
    | 'finishedAt'
    | 'switched'
    | 'checkedAt'
    | 'lines'
    | 'recipients'
    | 'leftOut'
    | 'list'
    | 'orderedBy'
    | 'onExpiry'
    | 'nextAudit'
    | 'nextRefused'
  > {
  orderedBy?: string;
  onExpiry?: OnExpiry;
  idempotency?: { key: string; fingerprint: string } | undefined;
}

/** What may be changed of a campaign from outside the ledger. */
export type CampaignChange = Partial<
  Pick<
    CampaignRow,
    | 'state'
    | 'pauseReason'
    | 'startedAt'
    | 'finishedAt'
    | 'route'
    | 'switched'
    | 'checkedAt'
    | 'clearance'
    | 'list'
    | 'lines'
    | 'leftOut'
    | 'perMinute'
    | 'nextAudit'
    | 'nextRefused'
  >
>;

/** One line of the chart: how many attempts of a minute and route have had this outcome by now. */
export interface TallyRow {
  /** Start of the minute in which the attempt was made. */
  minute: string;
  route: string;
  /** Handed over and not refused, whatever was heard of it since: delivered, bounced, complained. */
  accepted: number;
  rejected: number;
  unknown: number;
  /** A complaint says that it arrived, and counts here too. */
  delivered: number;
  /** Permanent bounces, and rejections of the address at RCPT TO, which a provider counts alike. */
  bounced: number;
  complained: number;
}

/** What became of a sender's, or an account's, attempts of the last hours by one route. Counts as in a tally. */
export type RateRow = Pick<TallyRow, 'route' | 'accepted' | 'rejected' | 'bounced' | 'complained'>;

export interface Settled {
  number: number;
  attempt: number;
  /** `pending` puts it back: at `dueAt`. `cancelled`: nothing can be handed over; it counts as no attempt. */
  state: 'pending' | 'accepted' | 'rejected' | 'unknown' | 'cancelled';
  dueAt?: string;
  /** Of what is put back: until then, it is claimed by the route of this attempt alone. */
  sameRouteUntil?: string;
  /** Take the claim back as if it had never been made: nothing was handed over. The attempt id is used up. */
  code: string | null;
  enhanced: string | null;
  response: string | null;
  providerId: string | null;
  bounceClass?: string | null;
}

export type SuppressionReason = 'bad-address' | 'complaint' | 'unsubscribe' | 'erased';

export interface Suppression {
  reason: SuppressionReason;
  /** When it came to be first. */
  at: string;
}

export interface DeliveryEvent {
  /** Each takes effect once. */
  id: string;
  campaign: string;
  number: number;
  /** Of the attempt it speaks of; one that is not the delivery's latest still counts for the row. */
  attempt: number;
  kind: 'delivered' | 'bounced' | 'complained' | 'rejected' | 'delayed';
  /** Of a bounce. */
  bounceClass?: string;
  permanent?: boolean;
  code?: string | null;
  enhanced?: string | null;
  response?: string | null;
  at: string;
  /** Puts the recipient on the suppression list in the same step. */
  suppress?: SuppressionReason;
}

export interface AlertRow {
  id: string;
  campaign: string | null;
  kind: string;
  data: Readonly<Record<string, string | number>>;
  at: string;
}

export interface LedgerStore {
  add(
    campaign: NewCampaign,
  ): Promise<{ kind: 'added' | 'repeated'; row: CampaignRow } | { kind: 'conflict' }>;
  find(id: string): Promise<CampaignRow | undefined>;
  /** Newest first; `before` as with audits. */
  list(page: { limit: number; before?: string }): Promise<CampaignRow[]>;
  /**
   * Changes it if it is in one of these states (any, when left out) at that moment, and by `ifRoute` now.
   * `awaiting`: and only if no list has been handed in. With another clearance, nothing has been tried yet for the one
   * after it. False: it was not.
   */
  change(
    id: string,
    change: CampaignChange,
    when?: { states?: readonly CampaignState[]; route?: string | null; awaiting?: boolean },
  ): Promise<boolean>;
  /**
   * Puts a clearance in the place of `present`, in one atomic step: only while the campaign is in that state, goes by
   * `present` and is to be audited again, neither of the two is revoked, and the next one follows it, is of the same
   * digest, and lives at `at`. False: nothing is changed.
   */
  succeed(
    id: string,
    succession: { present: string; next: string; state: CampaignState; at: string },
  ): Promise<boolean>;
  /** Notes that the blob of a list may be there from now, whatever becomes of this process. */
  beginList(key: string, at: string): Promise<void>;
  /** Notes that it is there no more. */
  dropList(key: string): Promise<void>;
  /**
   * Notes that the reading of its list begins. A change of `list` ends it.
   * @returns how many have begun and not ended, this one counted: more than one, and a process has died in it
   */
  beginReading(id: string): Promise<number>;
  /** Takes the last beginning back: it was put down in good order. */
  leaveReading(id: string): Promise<void>;
  /**
   * Adds up to 1 000 recipients while the campaign is preparing; those whom this organisation mails this digest
   * already, in this campaign or another, are left out, and so are those on the suppression list, as at a claim.
   * `recipients` of the campaign grows with it.
   * @returns how many were added, and the numbers of those left out. One that is there already under its own
   * number, since an import has begun anew, is none of these.
   */
  addRecipients(
    id: string,
    rows: readonly NewDelivery[],
  ): Promise<{
    added: number;
    repeated: number[];
    suppressed: { number: number; reason: SuppressionReason }[];
  }>;
  /**
   * Takes up to `limit` pending rows that are due, in order, in one atomic step, and only while the campaign is
   * sending by this route, its clearance is live (not revoked, not expired at `now`), its sender active (or the
   * campaign standard). A row that was put off goes by its own route alone until its `sameRouteUntil`, unless the
   * campaign was switched and only a person returns it. Recipients on the suppression list become `suppressed` instead (an unsubscription counts
   * for marketing alone). The attempt number is one more. `settled`: attempts that end in the same step, whether or
   * not anything can be claimed, as `settle` ends them: the disk is waited for once instead of twice.
   */
  claim(
    id: string,
    claim: {
      route: string;
      limit: number;
      now: string;
      settled?: readonly Settled[];
      /** Over all campaigns of the same domain, attempts since then and those under way: no more than `atMost`. */
      daily?: { since: string; atMost: number } | undefined;
    },
  ): Promise<DeliveryRow[]>;
  /**
   * Ends attempts; one that has been settled already stays. Tallies in the same step. What would be tried again
   * is cancelled where the campaign was cancelled, or the address erased, meanwhile.
   */
  settle(id: string, route: string, settled: readonly Settled[], at: string): Promise<number>;
  /** Totals by state. */
  counts(id: string): Promise<Readonly<Record<DeliveryState, number>>>;
  /** By minute and route, oldest first. */
  tally(id: string): Promise<TallyRow[]>;
  /**
   * By route, from the hour of `since` (ISO) on: what became of all attempts for this domain's campaigns. Bounces
   * count in the hour of the attempt that they answer.
   */
  rates(domain: string, since: string): Promise<RateRow[]>;
  /**
   * When the next pending row is due; undefined: none is pending. `route`: of those that it may claim at that time.
   */
  nextDue(id: string, route?: string): Promise<string | undefined>;
  /** Attempts of this campaign made since; for a daily cap over all campaigns of a domain. */
  attemptedSince(domain: string, since: string): Promise<number>;
  delivery(campaign: string, number: number): Promise<DeliveryRow | undefined>;
  /** By number, after one; `search` finds in the address (contains); `states` narrows. */
  deliveries(
    campaign: string,
    page: { limit: number; after?: number; search?: string; states?: readonly DeliveryState[] },
  ): Promise<DeliveryRow[]>;
  /**
   * A person decides what became of attempts that are unknown: sent (accepted) or not sent (pending again).
   * `until`: only of those that were made by then.
   */
  decideUnknown(campaign: string, as: 'accepted' | 'pending', at: string, until?: string): Promise<number>;
  /** Pending ones become cancelled, and may be mailed by another campaign. */
  cancelPending(campaign: string, at: string): Promise<number>;
  /** Applies an event to its row, tally and suppression in one step. False: it has been applied before, or there is no such row. */
  apply(event: DeliveryEvent): Promise<boolean>;
  addAlert(alert: AlertRow): Promise<boolean>;
  /** Newest first. */
  alerts(page: { campaign?: string; limit: number }): Promise<AlertRow[]>;
}

/** Who is never mailed again, as keyed hashes alone; and what is known of one person. */
export interface RecipientStore {
  /** Adds the reason to those that are there; one that is there already keeps its time. */
  suppress(addressHash: string, reason: SuppressionReason, at: string): Promise<void>;
  /** Every reason, the gravest first. */
  suppressions(addressHash: string): Promise<Suppression[]>;
  /** Lifts one reason, and leaves the others: a person has asked for mail again. A complaint is never lifted. */
  lift(addressHash: string, reason: Exclude<SuppressionReason, 'complaint'>): Promise<boolean>;
  /** By reason: one address may count under several. */
  countSuppressed(): Promise<Readonly<Record<SuppressionReason, number>>>;
  /** How many of a campaign's recipients have unsubscribed since it was handed over for them. */
  countUnsubscribed(campaign: string): Promise<number>;
  /** Hashes of those who were forgotten since. */
  erasedSince(at: string): Promise<string[]>;
  /** All deliveries to one person, over all campaigns. */
  deliveries(addressHash: string): Promise<(DeliveryRow & { subject: string })[]>;
  /** Forgets address and merge values in every row, pending rows are cancelled; the hash is suppressed as `erased`. */
  erase(addressHash: string, at: string): Promise<number>;
  /**
   * Forgets addresses and merge values of a campaign that has ended. At most `limit` rows a call.
   * @returns how many had any
   */
  forget(campaign: string, limit: number): Promise<number>;
}

export interface CampaignStore {
  senders: SenderStore;
  clearances: ClearanceStore;
  ledger: LedgerStore;
  recipients: RecipientStore;
}

/** What a worker asks without knowing whose campaigns there are. */
export interface CampaignWork {
  /** Campaigns that want a worker at `now`: preparing with a list, queued and due, sending; each with the lease free. */
  claimCampaign(
    now: Date,
    leaseMs: number,
  ): Promise<{ organisation: string; id: string; token: string } | undefined>;
  renewCampaign(
    lease: { organisation: string; id: string; token: string },
    now: Date,
    leaseMs: number,
  ): Promise<boolean>;
  /** Lets it go; `wakeAt`: not before (ISO), null: only when somebody changes it. */
  returnCampaign(
    lease: { organisation: string; id: string; token: string },
    wakeAt: string | null,
  ): Promise<void>;
  /** When the next campaign wants a worker. */
  nextCampaign(): Promise<Date | undefined>;
  /** Of these domains (at most 50), the longest that some organisation has active, and whose it is. */
  activeOwner(
    domains: readonly string[],
  ): Promise<{ organisation: string; domain: string; token: string } | undefined>;
  /** Whose campaign it is; for what comes in from mail and from providers. */
  organisationOf(campaign: string): Promise<string | undefined>;
  /** As a ledger's `rates`, by one route, over all organisations: an account's reputation is of all who send by it. */
  accountRates(route: string, since: string): Promise<RateRow>;
  /**
   * Campaigns that are done or cancelled, and of which bounces or complaints have come since they were judged; up to
   * 100. `events`: how many. Of the others, whoever lets them go on looks at all.
   */
  unjudged(): Promise<{ organisation: string; id: string; events: number }[]>;
  /** Judged, with so many events: those that have come since stay unjudged. */
  noteJudged(organisation: string, id: string, events: number): Promise<void>;
  /**
   * Campaigns with attempts that are unknown, where no alert `unknown-waits` has told of it, up to 100, oldest first.
   * `since`: when the oldest of them was made.
   */
  untoldUnknown(): Promise<{ organisation: string; id: string; unknown: number; since: string }[]>;
  /**
   * Campaigns that go on or ended since, and mail that one of these transports took for them, where no event of any
   * kind has come and no alert `events-missing` has told of it; up to 100, oldest first. `since`: the minute of the
   * first handover.
   */
  unheard(
    transports: readonly string[],
    endedSince: string,
  ): Promise<{ organisation: string; id: string; route: string; since: string }[]>;
  /** Whose recipients are to be forgotten next, of campaigns that ended, or stood still to the end, before. */
  forgettable(endedBefore: string): Promise<{ organisation: string; id: string } | undefined>;
  /**
   * Notes which campaigns stand still at `now` (paused), and gives those that have since before `before`, up to
   * 100. `toldAt`: when an alert `stands-still` told of it.
   */
  standing(
    now: string,
    before: string,
  ): Promise<{ organisation: string; id: string; since: string; toldAt: string | null }[]>;
  /**
   * Since when the first that ended is remembered, and the first that is paused stands still; null: seen by nobody
   * yet; undefined: there is none.
   */
  firstRemembered(): Promise<{ ended: string | undefined; still: string | null | undefined }>;
  /** Blobs of lists begun before that no campaign names, up to 100. */
  looseLists(before: string): Promise<{ organisation: string; key: string }[]>;
  /** Every `sending` row whose campaign nobody holds becomes unknown. Called after `endLeases`. @returns how many. */
  endAttempts(at: string): Promise<number>;
}
