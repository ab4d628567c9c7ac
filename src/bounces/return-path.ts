/**
 * Addresses that name a delivery (VERP): what comes back to one tells by itself which attempt it speaks of, and
 * that we made it. Everything is lower case, since servers on the way may fold the case of a local part.
 */
import type { Keyring } from '../ports.ts';

/** One attempt to deliver, as `<campaign>.<number>.<attempt>` names it. */
export interface Attempt {
  campaign: string;
  number: number;
  attempt: number;
}

/** An address takes 64 characters before the `@` (RFC 5321 section 4.5.3.1.1); ours take at most 56. */
const returnPath = /^b-([0-9a-f]{16})-([1-9a-z][0-9a-z]{0,7})-([1-9a-z][0-9a-z]{0,3})-([a-z2-7]{16})$/;
const rehearsal = /^r-([0-9a-z]{8,32})-([a-z2-7]{16})$/;
const attemptId = /^(cmp_[0-9a-f]{16})[.-]([1-9]\d{0,9})[.-]([1-9]\d{0,3})$/;

/**
 * Reads an attempt id. `-` may stand for each dot, where a provider takes no dots.
 * @returns undefined when it is none.
 */
export function readAttempt(id: string): Attempt | undefined {
  const [, campaign, number, attempt] = attemptId.exec(id.trim()) ?? [];
  if (!campaign) return undefined;
  return { campaign, number: Number(number), attempt: Number(attempt) };
}

/**
 * The envelope sender of an attempt.
 * @param attempt its id, `<campaign>.<number>.<attempt>`
 * @param domain the MAIL FROM domain of the route
 * @throws Error when the id is none: that is a fault of ours.
 */
export function returnPathOf(keyring: Pick<Keyring, 'mac'>, attempt: string, domain: string): string {
  const read = readAttempt(attempt);
  if (!read) throw new Error('a return path was asked for what is no attempt');
  const local = ['b', read.campaign.slice(4), read.number.toString(36), read.attempt.toString(36)];
  return `${local.join('-')}-${keyring.mac('return-path', textOf(read))}@${domain}`;
}

/** Which attempt an address of ours names; undefined when we did not make it. */
export function readReturnPath(keyring: Pick<Keyring, 'isMac'>, address: string): Attempt | undefined {
  const [, campaign, number = '', attempt = '', mac = ''] = returnPath.exec(localPart(address)) ?? [];
  if (!campaign) return undefined;
  const read = {
    campaign: `cmp_${campaign}`,
    number: Number.parseInt(number, 36),
    attempt: Number.parseInt(attempt, 36),
  };
  return keyring.isMac('return-path', textOf(read), mac) ? read : undefined;
}

/**
 * The mailbox that a rehearsal is sent to.
 * @param id 8 to 32 of a-z and 0-9
 * @throws Error when the id is none.
 */
export function rehearsalAddressOf(keyring: Pick<Keyring, 'mac'>, id: string, domain: string): string {
  const local = `r-${id}-${keyring.mac('rehearsal', id)}`;
  if (!rehearsal.test(local)) throw new Error('a rehearsal was named otherwise than with a-z and 0-9');
  return `${local}@${domain}`;
}

/** Which rehearsal an address of ours names; undefined when we did not make it. */
export function readRehearsalAddress(keyring: Pick<Keyring, 'isMac'>, address: string): string | undefined {
  const [, id, mac = ''] = rehearsal.exec(localPart(address)) ?? [];
  return id && keyring.isMac('rehearsal', id, mac) ? id : undefined;
}

/** What the MAC is over: the attempt as its id has it. */
function textOf({ campaign, number, attempt }: Attempt): string {
  return `${campaign}.${number}.${attempt}`;
}

function localPart(address: string): string {
  const bare = address.trim().replace(/^<|>$/g, '').toLowerCase();
  return bare.slice(0, bare.lastIndexOf('@'));
}
