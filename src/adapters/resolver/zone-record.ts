import { isIPv4, isIPv6 } from 'node:net';
import type {
  CaaAnswer,
  DSAnswer,
  MxAnswer,
  SoaAnswer,
  StringAnswer,
  TlsaAnswer,
  TxtAnswer,
} from 'dns-packet';
import type { RecordType } from '../../ports.ts';
import { foldName, parseName } from './name.ts';

/** A record as dns-packet encodes it, still without the name that owns it. */
export type ZoneRecord = Unowned<
  StringAnswer | MxAnswer | TxtAnswer | SoaAnswer | CaaAnswer | TlsaAnswer | DSAnswer
>;
type Unowned<Record> = Record extends unknown ? Omit<Record, 'name'> : never;

/** What can be wrong in a zone file; a host says it in its reader's language. */
export type ZoneFaultCode =
  | 'zone'
  | 'name'
  | 'twice'
  | 'types'
  | 'type'
  | 'list'
  | 'form'
  | 'txt'
  | 'txt-empty'
  | 'txt-string'
  | 'txt-long'
  | 'aliases'
  | 'alias-shared';

export interface RecordFault {
  code: ZoneFaultCode;
  /** What it is about: a name, a type, a form or a number; empty where there is nothing to name. */
  subject: string;
  /** In English, for whoever programs. */
  message: string;
}

/** How to read the presentation form of a type, and an example for the person who got it wrong. */
export interface RecordForm {
  example: string;
  /** undefined when the text does not have the form. */
  read(text: string): ZoneRecord | undefined;
}

/** Every type but TXT, whose text is not parsed. */
export const recordForms: Record<Exclude<RecordType, 'TXT'>, RecordForm> = {
  A: {
    example: '192.0.2.1',
    read: (text) => (isIPv4(text) ? { type: 'A', data: text } : undefined),
  },
  AAAA: {
    example: '2001:db8::1',
    read: (text) => (isIPv6(text) && !text.includes('%') ? { type: 'AAAA', data: text } : undefined),
  },
  CNAME: host('CNAME'),
  NS: host('NS'),
  PTR: host('PTR'),
  MX: {
    example: '10 mail.example.se',
    read(text) {
      const [preference, name, ...rest] = text.split(/\s+/);
      const exchange = parseName(name ?? '');
      if (rest.length > 0 || exchange === undefined || !fits(preference, 0xffff)) return undefined;
      return { type: 'MX', data: { preference: Number(preference), exchange } };
    },
  },
  SOA: {
    example: 'ns.example.se hostmaster.example.se 2026010100 7200 3600 1209600 300',
    read(text) {
      const [primary, admin, ...numbers] = text.split(/\s+/);
      const mname = parseName(primary ?? '');
      // The mailbox may hold an escaped dot (RFC 1035 section 8), which the codec knows in this field alone.
      const rname = parseName(admin?.replaceAll('\\.', '_') ?? '') && foldName(admin ?? '');
      const sound = numbers.length === 5 && numbers.every((number) => fits(number, 0xffffffff));
      if (mname === undefined || rname === undefined || !sound) return undefined;
      const [serial = 0, refresh = 0, retry = 0, expire = 0, minimum = 0] = numbers.map(Number);
      return { type: 'SOA', data: { mname, rname, serial, refresh, retry, expire, minimum } };
    },
  },
  CAA: {
    example: '0 issue "letsencrypt.org"',
    read(text) {
      const [, flags, tag, quoted, bare] = /^(\d+)\s+([a-z0-9]+)\s+(?:"([^"]*)"|(\S+))$/i.exec(text) ?? [];
      const value = quoted ?? bare;
      if (tag === undefined || tag.length > 255 || value === undefined || !fits(flags, 0xff))
        return undefined;
      // RFC 8659 lets anyone register a tag; the type of dns-packet knows three, its codec takes all.
      return { type: 'CAA', data: { flags: Number(flags), tag: tag as 'issue', value } };
    },
  },
  TLSA: {
    example: '3 1 1 0123456789abcdef…',
    read(text) {
      const [usage, selector, matching, ...hex] = text.split(/\s+/);
      const certificate = fromHex(hex.join(''));
      if (!certificate || !fits(usage, 0xff) || !fits(selector, 0xff) || !fits(matching, 0xff))
        return undefined;
      const numbers = { usage: Number(usage), selector: Number(selector), matchingType: Number(matching) };
      return { type: 'TLSA', data: { ...numbers, certificate } };
    },
  },
  DS: {
    example: '12345 13 2 0123456789abcdef…',
    read(text) {
      const [tag, algorithm, kind, ...hex] = text.split(/\s+/);
      const digest = fromHex(hex.join(''));
      if (!digest || !fits(tag, 0xffff) || !fits(algorithm, 0xff) || !fits(kind, 0xff)) return undefined;
      const numbers = { keyTag: Number(tag), algorithm: Number(algorithm), digestType: Number(kind) };
      return { type: 'DS', data: { ...numbers, digest } };
    },
  },
};

function host(type: 'CNAME' | 'NS' | 'PTR'): RecordForm {
  return {
    example: 'host.example.se',
    read(text) {
      const data = parseName(text);
      return data === undefined ? undefined : { type, data };
    },
  };
}

function fits(text: string | undefined, max: number): boolean {
  return text !== undefined && /^\d{1,10}$/.test(text) && Number(text) <= max;
}

function fromHex(text: string): Buffer | undefined {
  return text.length > 0 && text.length % 2 === 0 && /^[0-9a-f]+$/i.test(text)
    ? Buffer.from(text, 'hex')
    : undefined;
}

/** The longest TXT data that leaves room for the rest of a 65535-octet message. */
const maxTxtBytes = 65_000;

/**
 * A TXT record. One string is cut into character-strings of 255 octets, a list is kept as it is written.
 * A fault when it cannot be encoded.
 */
export function readTxt(value: string | readonly string[]): ZoneRecord | RecordFault {
  const fault = (code: ZoneFaultCode, subject: number, message: string) => ({
    code,
    subject: `${subject}`,
    message,
  });
  const parts = typeof value === 'string' ? cut(Buffer.from(value)) : value.map((part) => Buffer.from(part));
  if (parts.length === 0) return fault('txt-empty', 0, 'a TXT record needs at least one string');
  if (parts.some((part) => part.length > 255)) {
    return fault('txt-string', 255, 'a string of a TXT list is longer than 255 octets');
  }
  const length = parts.reduce((sum, part) => sum + part.length + 1, 0);
  if (length > maxTxtBytes) {
    return fault('txt-long', maxTxtBytes, `a TXT record is longer than ${maxTxtBytes} octets`);
  }
  return { type: 'TXT', data: parts };
}

function cut(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length || at === 0; at += 255) parts.push(bytes.subarray(at, at + 255));
  return parts;
}
