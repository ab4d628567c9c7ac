/** Who is never mailed again, and what is known of one person. */
import type { DeliveryRow } from './delivery-row.ts';

export type SuppressionReason = 'bad-address' | 'complaint' | 'unsubscribe' | 'erased';

export interface Suppression {
  reason: SuppressionReason;
  /** When it came to be first. */
  at: string;
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
