/** One person, over all mailings of an organisation: what is known of them, and how it is forgotten. */
import type { Clock, DeliveryRow, DeliveryState, Keyring, Store, SuppressionReason } from './ports.ts';
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
  response: string | null;
}

export interface Recipient {
  /** As it was asked for, in the form in which it is kept. */
  address: string;
  /** Why no more mail goes there; null: mail may go. */
  suppression: { reason: SuppressionReason; at: string } | null;
  deliveries: readonly RecipientDelivery[];
}

export interface Recipients {
  /** All that is known of one person; undefined: this is not one mail address. */
  find(organisation: string, address: string): Promise<Recipient | undefined>;
  /**
   * Forgets address and merge values everywhere, cancels what waits, and keeps a keyed hash so that nobody mails
   * there again. @returns how many deliveries knew the address; undefined: this is not one mail address.
   */
  erase(organisation: string, address: string): Promise<number | undefined>;
  countSuppressed(organisation: string): Promise<Readonly<Record<SuppressionReason, number>>>;
}

export function createRecipients({
  store,
  keyring,
  clock,
}: {
  store: Pick<Store, 'organisation'>;
  keyring: Pick<Keyring, 'hashAddress'>;
  clock: Clock;
}): Recipients {
  return {
    async find(organisation, text) {
      const address = normalAddress(text);
      if (address === undefined) return undefined;
      const { recipients } = store.organisation(organisation);
      const hash = keyring.hashAddress(organisation, hashedForm(address));
      const [suppression, rows] = await Promise.all([
        recipients.suppression(hash),
        recipients.deliveries(hash),
      ]);
      return { address, suppression: suppression ?? null, deliveries: rows.map(present) };
    },

    async erase(organisation, text) {
      const address = normalAddress(text);
      if (address === undefined) return undefined;
      const hash = keyring.hashAddress(organisation, hashedForm(address));
      return store.organisation(organisation).recipients.erase(hash, clock.now().toISOString());
    },

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

function present({
  campaign,
  subject,
  state,
  fields,
  attemptedAt,
  settledAt,
  route,
  response,
}: DeliveryRow & { subject: string }): RecipientDelivery {
  return { mailing: campaign, subject, state, fields, attemptedAt, settledAt, route, response };
}
