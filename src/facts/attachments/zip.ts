/** The table of contents of a ZIP file (PKWARE APPNOTE 6.3.10), which is also that of newer Office files. */

export interface ZipEntry {
  name: string;
  /** It opens by a password alone. */
  encrypted: boolean;
}

/** Section 4.3.16: the end of the table, and the longest comment after it. */
const endOctets = 22;
const commentOctets = 0xffff;
/** Section 4.3.12: an entry without its name. */
const entryOctets = 46;
const nameOctets = 1000;
const signatures = { end: 0x06054b50, entry: 0x02014b50 };

/** Never unpacks. A table that is not as it says yields what could be read of it; it is no longer than the file. */
export function* zipEntries(bytes: Uint8Array): Generator<ZipEntry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  if (end === undefined) return;
  let at = view.getUint32(end + 16, true);
  while (at + entryOctets <= end && view.getUint32(at, true) === signatures.entry) {
    const flags = view.getUint16(at + 8, true);
    const length = view.getUint16(at + 28, true);
    const written = bytes.subarray(at + entryOctets, at + entryOctets + Math.min(length, nameOctets));
    yield {
      name: new TextDecoder((flags & 0x800) !== 0 ? 'utf-8' : 'latin1').decode(written),
      // Section 4.4.4, bit 0; section 4.4.5, method 99 (AES).
      encrypted: (flags & 1) !== 0 || view.getUint16(at + 10, true) === 99,
    };
    at += entryOctets + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
}

function endOf(view: DataView): number | undefined {
  const last = view.byteLength - endOctets;
  for (let at = last; at >= Math.max(0, last - commentOctets); at -= 1) {
    if (view.getUint32(at, true) === signatures.end) return at;
  }
  return undefined;
}
