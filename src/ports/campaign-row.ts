/** What is kept of a campaign, and what may be changed of it. */

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
  /** It only shows what would go: it stands in no list, nothing of it is sent, and it is forgotten once it has ended. */
  dryRun: boolean;
  /** Who has got another version of this mail lately is left out as the list is read. */
  leaveOutEarlier: boolean;
  /** How many of its recipients had got another version lately when the list was read. */
  earlier: number;
  /** Id of the person or key that ordered it; null: of a mailing from before this was kept. */
  orderedBy: string | null;
  onExpiry: OnExpiry;
  /** The audit under way for a clearance to follow the present one; null: none yet. */
  nextAudit: string | null;
  /** Why nothing follows the present clearance, as a stable code; null: nothing stands against it. */
  nextRefused: string | null;
}

/** What somebody did with a campaign. */
export interface CampaignAct {
  act: 'ordered' | 'resumed' | 'paused' | 'cancelled';
  /** Id of a person or a key. */
  by: string;
  at: string;
}

/** Before the clearance of a mailing ends: nothing, and it pauses then, or the mail is audited again. */
export type OnExpiry = 'pause' | 'audit-again';

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
    | 'dryRun'
    | 'leaveOutEarlier'
    | 'earlier'
    | 'orderedBy'
    | 'onExpiry'
    | 'nextAudit'
    | 'nextRefused'
  > {
  /** What holds it once its list has been read. */
  pauseReason?: string | null;
  dryRun?: boolean;
  leaveOutEarlier?: boolean;
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
    | 'earlier'
    | 'perMinute'
    | 'nextAudit'
    | 'nextRefused'
  >
>;
