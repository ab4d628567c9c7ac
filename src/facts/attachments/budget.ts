/** What is packed is unpacked only so far: a small file may hold more than any machine has room for. */

/** Of all that is attached to one mail. */
export interface Budget {
  /** Octets that may still be unpacked. */
  octets: number;
  /** Files within files that may still be looked into. */
  files: number;
  /** Characters of pages that may still be read. */
  characters: number;
}

export function newBudget(): Budget {
  return { octets: 64 * 1024 * 1024, files: 1000, characters: 2_000_000 };
}

export interface Unpacked {
  bytes: Uint8Array;
  /** False: there is more, or it is broken. */
  whole: boolean;
}

export type Packing = 'deflate' | 'deflate-raw' | 'gzip';

const pieceOctets = 64 * 1024;

/** At most so many octets of what was packed; what comes out of a broken stream before its fault is handed over too. */
export async function unpacked(
  packed: Uint8Array,
  packing: Packing,
  budget: Budget,
  most: number,
): Promise<Unpacked> {
  const limit = Math.min(most, budget.octets);
  if (limit <= 0) return { bytes: new Uint8Array(), whole: false };
  const { readable, writable } = new DecompressionStream(packing);
  const writer = writable.getWriter();
  const written = (async () => {
    for (let at = 0; at < packed.length; at += pieceOctets) {
      await writer.ready;
      await writer.write(new Uint8Array(packed.subarray(at, at + pieceOctets)));
    }
    await writer.close();
  })().catch(() => undefined);
  const reader = readable.getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  let whole = false;
  try {
    while (length < limit) {
      const { done, value } = await reader.read();
      whole = done;
      if (done) break;
      const piece = value.subarray(0, limit - length);
      pieces.push(piece);
      length += piece.length;
    }
  } catch {
    // What comes before a fault is what its reader sees as well.
  }
  await reader.cancel().catch(() => undefined);
  await written;
  budget.octets -= length;
  return { bytes: joined(pieces, length), whole };
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
