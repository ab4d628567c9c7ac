/** What a worker asks of the store. */
import type { AccountRateRow } from './delivery-row.ts';

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
  /** As a ledger's `rates`, by one route, of every organisation: an account's reputation is of all who send by it. */
  accountRates(route: string, since: string): Promise<AccountRateRow[]>;
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
  /** Whose recipients are to be forgotten next, of campaigns that ended, or stood still to the end, before; dry runs at once. */
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
  /** Campaigns that nobody comes back to: made before and still without a list, or dry runs made before; up to 100. */
  abandoned(before: { awaiting: string; dryRun: string }): Promise<{ organisation: string; id: string }[]>;
  /** Blobs of lists begun before that no campaign names, up to 100. */
  looseLists(before: string): Promise<{ organisation: string; key: string }[]>;
  /** Every `sending` row whose campaign nobody holds becomes unknown. Called after `endLeases`. @returns how many. */
  endAttempts(at: string): Promise<number>;
}
