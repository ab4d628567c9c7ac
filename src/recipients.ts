/** One person, over all mailings of an organisation: what is known of them, and how it is forgotten. */
import type {
  Clock,
  DeliveryRow,
  DeliveryState,
  Keyring,
  Store,
  Suppression,
  SuppressionReason,
} from './ports.ts';
import { readMailbox } from './submission/mailbox.ts';

/** One mail to the person, as far as it is still known. */
export interface RecipientDelivery {
  mailing: string;
  subject: string;
  state: DeliveryState;
  fields: Readonly<Record<string, string>> | null;
  attemptedAt: string | null;
  settledAt: string | null;
  route: string | null;
  code: string | null;
  enhanced: string | null;
  bounceClass: string | null;
  response: string | null;
}

export interface Recipient {
  /** As it was asked for, in the form in which it is kept. */
  address: string;
  /** Every reason why no more mail goes there, the gravest first; none: mail may go. */
  suppressions: readonly Suppression[];
  deliveries: readonly RecipientDelivery[];
}

/** A spam report stands for good, and who was forgotten is not taken back by whoever forgot them. */
export const liftableReasons = ['unsubscribe', 'bad-address'] as const satisfies readonly SuppressionReason[];
export type LiftableReason = (typeof liftableReasons)[number];

export interface Recipients {
  /** All that is known of one person; undefined: this is not one mail address. */
  find(organisation: string, address: string): Promise<Recipient | undefined>;
  /**
   * Forgets address and merge values everywhere, cancels what waits, and keeps a keyed hash so that nobody mails
   * there again. @returns how many deliveries knew the address; undefined: this is not one mail address.
   */
  erase(organisation: string, address: string): Promise<number | undefined>;
  /**
   * Lets mail go there again as far as this one reason goes; others stay. @returns false: it did not stand for
   * that reason. undefined: this is not one mail address.
   */
  lift(organisation: string, address: string, reason: LiftableReason): Promise<boolean | undefined>;
  /** How many of a mailing's recipients have unsubscribed since they got it. */
  countUnsubscribed(organisation: string, mailing: string): Promise<number>;
  countSuppressed(organisation: string): Promise<Readonly<Record<SuppressionReason, number>>>;
}

export function createRecipients({
  store,
  keyring,
  clock,
  leftOut,
}: {
  store: Pick<Store, 'organisation'>;
  keyring: Pick<Keyring, 'hashAddress'>;
  clock: Clock;
  /** Lines that were left out of lists, which hold addresses too. */
  leftOut?: { erase(organisation: string, hashes: ReadonlySet<string>): Promise<void> };
}): Recipients {
  return {
    async find(organisation, text) {
      const address = normalAddress(text);
      if (address === undefined) return undefined;
      const { recipients } = store.organisation(organisation);
      const hash = keyring.hashAddress(organisation, hashedForm(address));
      const [suppressions, rows] = await Promise.all([
        recipients.suppressions(hash),
        recipients.deliveries(hash),
      ]);
      return { address, suppressions, deliveries: rows.map(present) };
    },

    async erase(organisation, text) {
      const address = normalAddress(text);
      if (address === undefined) return undefined;
      const hash = keyring.hashAddress(organisation, hashedForm(address));
      const { recipients } = store.organisation(organisation);
      const rows = await recipients.erase(hash, clock.now().toISOString());
      await leftOut?.erase(organisation, new Set([hash]));
      return rows;
    },

    async lift(organisation, text, reason) {
      const address = normalAddress(text);
      if (address === undefined) return undefined;
      const hash = keyring.hashAddress(organisation, hashedForm(address));
      return store.organisation(organisation).recipients.lift(hash, reason);
    },

    countUnsubscribed: (organisation, mailing) =>
      store.organisation(organisation).recipients.countUnsubscribed(mailing),

    countSuppressed: (organisation) => store.organisation(organisation).recipients.countSuppressed(),
  };
}

/**
 * An address as it is mailed: trimmed, the domain as A-labels in lower case, the local part as it was written.
 * undefined: not exactly one address, or its local part needs SMTPUTF8.
 */
export function normalAddress(text: string): string | undefined {
  const read = readMailbox(text.trim());
  return read.ok && read.mailbox.name === '' ? read.mailbox.address : undefined;
}

/** As it is hashed: no two people have addresses that differ in case alone. */
export function hashedForm(address: string): string {
  return address.toLowerCase();
}

function present(row: DeliveryRow & { subject: string }): RecipientDelivery {
  const { campaign: mailing, subject, state, fields, attemptedAt, settledAt } = row;
  const { route, code, enhanced, bounceClass, response } = row;
  const heard = { route, code, enhanced, bounceClass, response };
  return { mailing, subject, state, fields, attemptedAt, settledAt, ...heard };
}
