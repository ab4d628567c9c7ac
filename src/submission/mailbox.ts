/** Addresses and domains as a sender writes them (RFC 5322 section 3.4, RFC 5890). */
import { addressParser } from 'postal-mime';

export interface Mailbox {
  /** Display name, may be empty. */
  name: string;
  /** local@domain with the domain as A-labels in lower case. */
  address: string;
  domain: string;
}

export type MailboxProblem =
  | 'invalid'
  | 'several'
  | 'comma'
  | 'name-comma'
  | 'control-characters'
  | 'local-part-not-ascii'
  | 'domain';

/** Letters, digits and hyphens, and the underscores that RFC 5322 lets an address have and DNS carries. */
const label = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
const dotAtom = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
/** RFC 5322 section 2.1.1: a line. */
const fieldLength = 998;
/** RFC 5321 section 4.5.3.1. */
const localPartLength = 64;
const addressLength = 254;
const domainLength = 253;

/**
 * Any C0 or C1 control, CR and LF among them: in a header they would start a new one. Half a surrogate pair
 * counts too: it has no UTF-8, so what is sent would not be what was audited.
 */
export function controlCharacters(text: string): boolean {
  return /\p{Cc}/u.test(text) || !text.isWellFormed();
}

/** A domain name of two labels or more as A-labels, lower case, no trailing dot; undefined if it is not one. */
export function asciiDomain(text: string): string | undefined {
  const trimmed = text.trim().replace(/\.$/, '');
  // No U-label is longer than its A-label, so a longer name cannot become a valid one.
  if (trimmed === '' || trimmed.length > domainLength || controlCharacters(trimmed)) return undefined;
  if (/[\s/\\@:?#%[\]<>^|"(),;]/.test(trimmed)) return undefined;
  let host: string;
  try {
    host = new URL(`http://${trimmed}`).hostname;
  } catch {
    return undefined;
  }
  const labels = host.split('.');
  const named = labels.length >= 2 && host.length <= domainLength && labels.every((part) => label.test(part));
  // The URL parser turns 1.2.3.4 and 0x7f.1 into addresses: a numeric last label is never a name.
  return named && !/^\d+$/.test(labels.at(-1) ?? '') ? host : undefined;
}

type ReadMailbox = { ok: true; mailbox: Mailbox } | { ok: false; problem: MailboxProblem };

/** Reads exactly one mailbox: `Name <local@domain>` or `local@domain`. A group is not one. */
export function readMailbox(text: string): ReadMailbox {
  const parts = controlCharacters(text) || text.length > fieldLength ? [] : addressParser(text);
  if (parts.length > 1) {
    // One address, but a comma where its domain should have a full stop.
    if (/^[^@]*@[^@>]*,[^@]*$/.test(text)) return { ok: false, problem: 'comma' };
    // Only the last has an address, in angle brackets: the comma stands in its name.
    const named = parts.slice(0, -1).every(({ name, address, group }) => name && !address && !group);
    const one = named && parts.at(-1)?.address && /<[^<>]*>\s*$/.test(text);
    return { ok: false, problem: one ? 'name-comma' : 'several' };
  }
  const all = readMailboxes(text);
  if (!all.ok) return all;
  const [mailbox] = all.mailboxes;
  if (!mailbox || all.groups) return { ok: false, problem: 'invalid' };
  return all.mailboxes.length > 1 ? { ok: false, problem: 'several' } : { ok: true, mailbox };
}

/** An angle bracket that is never closed, outside quoted strings and comments. */
function isOpen(text: string): boolean {
  return /<[^>]*(?:<|$)/.test(text.replace(/"(?:[^"\\]|\\.)*"|\((?:[^()\\]|\\.)*\)/g, ''));
}

/** As a header has it (RFC 5322 section 3.4): a display name, quoted where it needs to be. */
export function writeMailbox({ name, address }: Pick<Mailbox, 'name' | 'address'>): string {
  if (!name) return address;
  const plainly = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~ -]+$/u.test(name);
  return `${plainly ? name : `"${name.replace(/["\\]/g, '\\$&')}"`} <${address}>`;
}

/** Most mailboxes that one field may hold. */
const mailboxesAtMost = 20;

/** Reads an address list, as Reply-To may be (RFC 5322 section 3.6.2). Groups give their members. */
export function readMailboxes(
  text: string,
): { ok: true; mailboxes: Mailbox[]; groups: boolean } | { ok: false; problem: MailboxProblem } {
  if (controlCharacters(text)) return { ok: false, problem: 'control-characters' };
  if (text.length > fieldLength || isOpen(text)) return { ok: false, problem: 'invalid' };
  const parsed = addressParser(text);
  const found = parsed.flatMap((one) => one.group ?? [one]);
  if (found.length > mailboxesAtMost) return { ok: false, problem: 'several' };
  const mailboxes: Mailbox[] = [];
  for (const one of found) {
    const read = readOne(one, text);
    if (!read.ok) return read;
    mailboxes.push(read.mailbox);
  }
  return { ok: true, mailboxes, groups: parsed.some(({ group }) => group !== undefined) };
}

function readOne(found: { name: string; address?: string | undefined }, text: string): ReadMailbox {
  // A name needs its address in angle brackets (section 3.4); a comment may stand without.
  if (found.name && !/[<(]/.test(text)) return { ok: false, problem: 'invalid' };
  // The parser also looks for an address inside encoded words; no mail server does.
  if (!found.address || !text.includes(found.address)) return { ok: false, problem: 'invalid' };
  if (controlCharacters(found.name)) return { ok: false, problem: 'control-characters' };
  const at = found.address.lastIndexOf('@');
  if (at < 1) return { ok: false, problem: 'invalid' };
  const local = found.address.slice(0, at);
  const domain = asciiDomain(found.address.slice(at + 1));
  if (!domain) return { ok: false, problem: 'domain' };
  if (/[^\x20-\x7e]/.test(local)) return { ok: false, problem: 'local-part-not-ascii' };
  const address = `${local}@${domain}`;
  if (local.length > localPartLength || address.length > addressLength || !dotAtom.test(local)) {
    return { ok: false, problem: 'invalid' };
  }
  return { ok: true, mailbox: { name: found.name.trim(), address, domain } };
}
