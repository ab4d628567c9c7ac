/**
 * Whether it is our recipient that a report speaks of. What stands behind an alias or a list fails too, and reports
 * of it come to the same return path: nobody is taken off a list for what befell somebody else.
 */
import type { DeliveryEvent, DeliveryRow } from '../ports.ts';
import { readMailbox } from '../submission/mailbox.ts';

type Recipient = Pick<DeliveryRow, 'address' | 'addressHash'>;

/**
 * An event that would take our recipient off all lists, for what is said of whom it names. What is said of somebody
 * else takes nobody off, and is not for good.
 * @param named as the report writes it; null: nobody
 * @param hash of an address in lower case, as the row has it
 */
export function ofRecipient<Event extends Omit<DeliveryEvent, 'id'>>(
  event: Event,
  named: string | null,
  row: Recipient,
  hash: (address: string) => string,
): Event {
  if (event.kind !== 'bounced' || event.bounceClass !== 'bad-address') return event;
  if (isOf(named, event.response ?? '', row, hash)) return event;
  const { suppress: _, ...other } = event;
  return { ...other, bounceClass: 'unknown', permanent: false } as Event;
}

function isOf(
  named: string | null,
  said: string,
  row: Recipient,
  hash: (address: string) => string,
): boolean {
  const ours = row.address?.toLowerCase();
  if (named === null) return ours !== undefined && said.toLowerCase().includes(ours);
  const written = named.trim().replace(/^<|>$/g, '').replace(/\.$/, '');
  const read = readMailbox(written);
  const theirs = (read.ok ? read.mailbox.address : written).toLowerCase();
  if (hash(theirs) === row.addressHash) return true;
  if (ours === undefined) return false;
  const [local, domain] = split(ours);
  const [name, host] = split(theirs);
  // The mailbox itself, without what was put after its name, by its name alone, or at a host of the same domain.
  if (name !== local && name !== local.split('+')[0]) return false;
  return host === '' || host === domain || host.endsWith(`.${domain}`) || domain.endsWith(`.${host}`);
}

function split(address: string): [local: string, domain: string] {
  const at = address.lastIndexOf('@');
  return at === -1 ? [address, ''] : [address.slice(0, at), address.slice(at + 1)];
}
