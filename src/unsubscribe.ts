/**
 * Unsubscribing (RFC 8058). The token says by itself who no longer wants mail from whom: it needs no campaign, and
 * it never ends. Only we can have made it.
 */
import { toEntry } from './audits/audit.ts';
import type { Clock, Keyring, Store } from './ports.ts';
import { readMailbox } from './submission/mailbox.ts';

/** Who asks, and from whom: a person as a keyed hash, of one organisation. */
export interface Unsubscription {
  organisation: string;
  addressHash: string;
}

const token = /^([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{22})\.([a-z2-7]{16})$/;

/** Path below the service's address under which tokens are taken. */
export const unsubscribePath = '/u/';

/**
 * The address for List-Unsubscribe and for the link in the mail.
 * @param origin the service's public https address
 */
export function unsubscribeUrl(
  keyring: Pick<Keyring, 'mac'>,
  origin: string,
  organisation: string,
  addressHash: string,
): string {
  const text = `${organisation}.${addressHash}`;
  const mac = keyring.mac('unsubscribe', text);
  return new URL(`${unsubscribePath}${text}.${mac}`, origin).href;
}

/** Whose token it is; undefined when we did not make it. */
export function readUnsubscribeToken(
  keyring: Pick<Keyring, 'isMac'>,
  written: string,
): Unsubscription | undefined {
  const [, organisation, addressHash, mac = ''] = token.exec(written) ?? [];
  if (!organisation || !addressHash) return undefined;
  const isOurs = keyring.isMac('unsubscribe', `${organisation}.${addressHash}`, mac);
  return isOurs ? { organisation, addressHash } : undefined;
}

/** What a reader may see of it, who holds the link and perhaps nothing else: a mailing may have been passed on. */
export interface Leaving {
  /** The reader's address, all but its first letter and domain hidden; null: it is not known any more. */
  address: string | null;
  /** From of the latest mail to the reader; null: it is not known any more. `name` may be empty. */
  sender: { name: string; domain: string } | null;
}

export interface Unsubscriptions {
  /** Whether the token is one of ours. Changes nothing. */
  isToken(token: string): boolean;
  /** Who would get no more mail from whom; undefined: the token is not ours. Changes nothing. */
  about(token: string): Promise<Leaving | undefined>;
  /**
   * Puts who the token names on the organisation's suppression list, at once; rows that wait for their turn end
   * there. The same again changes nothing. False: the token is not ours.
   */
  end(token: string): Promise<boolean>;
}

export function createUnsubscriptions({
  store,
  keyring,
  clock,
}: {
  store: Pick<Store, 'organisation'>;
  keyring: Pick<Keyring, 'isMac'>;
  clock: Clock;
}): Unsubscriptions {
  return {
    isToken: (written) => readUnsubscribeToken(keyring, written) !== undefined,
    async about(written) {
      const who = readUnsubscribeToken(keyring, written);
      if (!who) return undefined;
      const own = store.organisation(who.organisation);
      const rows = await own.recipients.deliveries(who.addressHash);
      const [latest] = rows
        .filter(({ attemptedAt }) => attemptedAt !== null)
        .toSorted((a, b) => (b.attemptedAt ?? '').localeCompare(a.attemptedAt ?? ''));
      if (!latest) return { address: null, sender: null };
      const campaign = await own.ledger.find(latest.campaign);
      const row = campaign && (await own.audit(campaign.audit));
      const from = row && readMailbox(toEntry(row).request.from ?? '');
      return {
        address: latest.address === null ? null : hidden(latest.address),
        sender: from?.ok
          ? { name: from.mailbox.name, domain: from.mailbox.domain }
          : campaign
            ? { name: '', domain: campaign.domain }
            : null,
      };
    },

    async end(written) {
      const who = readUnsubscribeToken(keyring, written);
      if (!who) return false;
      const { recipients } = store.organisation(who.organisation);
      await recipients.suppress(who.addressHash, 'unsubscribe', clock.now().toISOString());
      return true;
    },
  };
}

/** `k•••@example.se`: enough to know one's own by. */
function hidden(address: string): string {
  const at = address.lastIndexOf('@');
  return `${[...address.slice(0, at)][0] ?? ''}•••${address.slice(at)}`;
}
