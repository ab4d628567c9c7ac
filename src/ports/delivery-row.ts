/** What is kept of a delivery, one row a recipient, and of many together. */

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
  /**
   * The last attempt that may have been handed over and that a person has taken for lost; 0: none. Those after it
   * share the envelope sender of the first of them: of all but the latest, nothing was handed over.
   */
  lostAttempt: number;
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

/** Whose part of an account's; what was sent where nobody sees the bounces stands apart. */
export interface AccountRateRow extends RateRow {
  organisation: string;
  unseen: boolean;
}
