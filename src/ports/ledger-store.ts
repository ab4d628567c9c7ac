/** The ledger: campaigns, their deliveries, and what became of each attempt. */
import type { CampaignAct, CampaignChange, CampaignRow, CampaignState, NewCampaign } from './campaign-row.ts';
import type { DeliveryRow, DeliveryState, NewDelivery, RateRow, TallyRow } from './delivery-row.ts';
import type { SuppressionReason } from './recipient-store.ts';

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
  /** Puts the recipient on the suppression list in the same step, as an event does. */
  suppress?: SuppressionReason;
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
  /** Of a complaint that anybody could have written: it moves nothing and counts nowhere; `code` says that it came. */
  unproved?: boolean;
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
  /** Newest first; `before` as with audits. No dry runs, and none that was cancelled before it had a list. */
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
   * Campaigns that began and went on since, of another version of this one's mail: their audits and its own are, or
   * repeat, one and the same.
   */
  versions(id: string, since: string): Promise<string[]>;
  /** Of these address hashes, those who have got mail of one of the campaigns since; nobody who was erased. */
  gotVersion(versions: readonly string[], hashes: readonly string[], since: string): Promise<string[]>;
  /**
   * Takes those who have, of these numbers, off a campaign that waits for a yes, and counts them among its `leftOut`
   * as `earlier-version`, in one step. @returns how many
   */
  leaveOutVersion(
    id: string,
    versions: readonly string[],
    numbers: { after: number; until: number },
    since: string,
  ): Promise<number>;
  noteAct(id: string, act: CampaignAct): Promise<void>;
  /** Newest first. */
  acts(id: string, limit: number): Promise<CampaignAct[]>;
  /**
   * Takes up to `limit` pending rows that are due, in order, in one atomic step, and only while the campaign is
   * sending by this route, its clearance is live (not revoked, not expired at `now`), its sender active (or the
   * campaign standard). A row that was put off goes by its own route alone until its `sameRouteUntil`, unless the
   * campaign was switched and only a person returns it. Recipients on the suppression list become `suppressed` instead (an unsubscription counts
   * for marketing alone), and so may be added again to another campaign of the same digest once they are not. The attempt number is one more. `settled`: attempts that end in the same step, whether or
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
