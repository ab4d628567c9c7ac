/** Lines of a zone file (RFC 1035 section 5.1), which hold whatever a name or a text has in it. */
import type { RecordValue } from './record.ts';

/** Octets of one character-string (RFC 1035 section 3.3). */
const stringOctets = 255;

/** One line, its names absolute, so that it means the same wherever it is put. */
export function bindRecord(record: RecordValue, ttl: number): string {
  return `${bindName(record.name)} ${ttl} IN ${record.type} ${zoneData(record)}`;
}

/** What stands after the type in a zone file. */
export function zoneData(record: RecordValue): string {
  switch (record.kind) {
    case 'text':
      return quotedStrings(record.text, decimal).join(' ');
    case 'exchange':
      return `${record.preference} ${bindName(record.host)}`;
    case 'host':
      return bindName(record.host);
    case 'address':
      return record.address;
    case 'words':
      return record.words;
  }
}

/** A name with its dot at the end. What is neither letter, digit, hyphen, underscore nor asterisk is escaped. */
export function bindName(name: string): string {
  const labels = name.replace(/\.$/, '').split('.').filter(Boolean);
  const written = labels.map((label) =>
    octetsOf(label)
      .map((octet) => (isPlain(octet) ? String.fromCharCode(octet) : decimal(octet)))
      .join(''),
  );
  return `${written.join('.')}.`;
}

/** How an octet is written that must not stand as it is. */
export type Escape = (octet: number) => string;

/** RFC 1035: three decimal digits. */
export const decimal: Escape = (octet) => `\\${`${octet}`.padStart(3, '0')}`;

/** A text as character-strings, each in quotes. */
export function quotedStrings(text: string, escaped: Escape): string[] {
  return stringsOf(text, escaped).map((inner) => `"${inner}"`);
}

/** A text cut into character-strings, with what would end or bend a quoted string escaped. */
export function stringsOf(text: string, escaped: Escape): string[] {
  const octets = octetsOf(text);
  const parts: string[] = [];
  for (let at = 0; at < octets.length || at === 0; at += stringOctets) {
    parts.push(
      octets
        .slice(at, at + stringOctets)
        .map(write)
        .join(''),
    );
  }
  return parts;

  function write(octet: number): string {
    if (octet === 0x22 || octet === 0x5c) return `\\${String.fromCharCode(octet)}`;
    return octet >= 0x20 && octet <= 0x7e ? String.fromCharCode(octet) : escaped(octet);
  }
}

function octetsOf(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}

function isPlain(octet: number): boolean {
  return /[A-Za-z0-9_*-]/.test(String.fromCharCode(octet)) && octet < 0x80;
}
