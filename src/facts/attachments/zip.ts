/** The table of contents of a ZIP file (PKWARE APPNOTE 6.3.10), which is also that of newer Office files. */
import { type Budget, type Unpacked, unpacked } from './budget.ts';

export interface ZipEntry {
  name: string;
  /** It opens by a password alone. */
  encrypted: boolean;
  /** How it is packed (section 4.4.5). */
  method: number;
  /** Octets of it in the file. */
  packed: number;
  /** Where its own header begins. */
  at: number;
}

export interface ZipTable {
  entries: ZipEntry[];
  /** False: the table is broken or cut, or longer than is read. */
  whole: boolean;
  /** Octets that stand before the archive, such as the program that unpacks it. */
  before: number;
}

/** Section 4.3.16: the end of the table, and the longest comment after it. */
const endOctets = 22;
const commentOctets = 0xffff;
/** Section 4.3.12: an entry without its name. */
const entryOctets = 46;
/** Section 4.3.7: the header before the octets of a file. */
const headerOctets = 30;
const nameOctets = 1000;
const entriesAtMost = 200_000;
const signatures = { end: 0x06054b50, entry: 0x02014b50, header: 0x04034b50 };

/** Never unpacks. A table that is not as it says yields what could be read of it; it is no longer than the file. */
export function readZip(bytes: Uint8Array): ZipTable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: ZipEntry[] = [];
  const end = endOf(view);
  if (end === undefined) return { entries, whole: false, before: 0 };
  const count = view.getUint16(end + 10, true);
  const [octets, said] = [view.getUint32(end + 12, true), view.getUint32(end + 16, true)];
  const [start, before] = startOf(view, end, octets, said);
  let at = start;
  while (
    at + entryOctets <= end &&
    view.getUint32(at, true) === signatures.entry &&
    entries.length < entriesAtMost
  ) {
    const flags = view.getUint16(at + 8, true);
    const method = view.getUint16(at + 10, true);
    const length = view.getUint16(at + 28, true);
    const written = bytes.subarray(at + entryOctets, at + entryOctets + Math.min(length, nameOctets));
    entries.push({
      name: new TextDecoder((flags & 0x800) !== 0 ? 'utf-8' : 'latin1').decode(written),
      // Section 4.4.4, bit 0; section 4.4.5, method 99 (AES).
      encrypted: (flags & 1) !== 0 || method === 99,
      method,
      packed: view.getUint32(at + 20, true),
      at: view.getUint32(at + 42, true) + before,
    });
    at += entryOctets + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  // ZIP64 says its number elsewhere; what this one holds is its last 16 bits (section 4.4.1.4).
  const whole = at <= end && (count === 0xffff || count === entries.length % 0x10000);
  return { entries, whole, before };
}

/** Readers take an archive behind other octets, too: then each place is that much further on. */
function startOf(view: DataView, end: number, octets: number, said: number): [number, number] {
  const begins = (at: number) => at >= 0 && at + 4 <= end && view.getUint32(at, true) === signatures.entry;
  if (begins(said)) return [said, 0];
  const counted = end - octets;
  return begins(counted) ? [counted, counted - said] : [said, 0];
}

function endOf(view: DataView): number | undefined {
  const last = view.byteLength - endOctets;
  let found: number | undefined;
  for (let at = last; at >= Math.max(0, last - commentOctets); at -= 1) {
    if (view.getUint32(at, true) !== signatures.end) continue;
    // A comment may hold the same octets; the true one reaches to the end of the file.
    if (at + endOctets + view.getUint16(at + 20, true) === view.byteLength) return at;
    found ??= at;
  }
  return found;
}

/** Octets of one file in it, at most so many. undefined: it is locked, packed in another way, or not there. */
export async function unzipped(
  bytes: Uint8Array,
  { encrypted, method, packed, at }: ZipEntry,
  budget: Budget,
  most: number,
): Promise<Unpacked | undefined> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (encrypted || (method !== 0 && method !== 8)) return undefined;
  if (at < 0 || at + headerOctets > bytes.length || view.getUint32(at, true) !== signatures.header)
    return undefined;
  const start = at + headerOctets + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  const written = bytes.subarray(start, start + packed);
  const here = written.length === packed;
  if (method === 0) return { bytes: written.subarray(0, most), whole: here && packed <= most };
  const { bytes: found, whole } = await unpacked(written, 'deflate-raw', budget, most);
  return { bytes: found, whole: whole && here };
}
