/** Bytes become text, once. A wrong guess would change what the reader gets, so an unclear one is refused. */

/** As far as a declaration is looked for; the standard reads 1024 bytes, mail programs more. */
const declarationBytes = 4096;
const comment = /<!--[\s\S]*?(?:-->|$)/g;
const metaElement = /<meta\s[^<>]*/gi;
const metaCharset = /\scharset\s*=\s*["']?\s*([\w.:-]{2,40})/i;
const contentType = /\shttp-equiv\s*=\s*["']?\s*content-type\b/i;
const contentCharset = /\scontent\s*=\s*["']?[^"'<>]{0,100}?charset\s*=\s*([\w.:-]{2,40})/i;

export type Decoded =
  | { ok: true; text: string }
  | { ok: false; code: 'encoding-unclear' | 'encoding-unknown' | 'encoding-wrong'; encoding: string };

/**
 * Decodes an uploaded template: byte order mark, then `charset` (from a Content-Type), then the meta
 * element (WHATWG HTML section 13.2.3), then UTF-8. Invalid bytes are an error, never U+FFFD.
 */
export function decodeText(bytes: Uint8Array, charset?: string): Decoded {
  const mark = byteOrderMark(bytes);
  const declared = charset?.trim() || declaredEncoding(bytes);
  const named = mark ?? declared;
  const encoding = named ?? 'utf-8';
  const known = canonicalName(encoding);
  if (known === undefined) return { ok: false, code: 'encoding-unknown', encoding };
  // Nearly every byte is valid in these, and text of theirs is next to never valid UTF-8 by chance: a file
  // that is both was saved as UTF-8 under an old declaration, and would reach its readers garbled.
  if (singleByte.test(known) && !isAscii(bytes) && decode(bytes, 'utf-8') !== undefined) {
    return { ok: false, code: 'encoding-wrong', encoding };
  }
  const text = decode(bytes, known);
  if (text !== undefined) return { ok: true, text };
  return { ok: false, code: named ? 'encoding-wrong' : 'encoding-unclear', encoding };
}

/** The first bytes as text, for looking at only: whatever cannot be decoded is replaced. */
export function peek(bytes: Uint8Array, length: number): string {
  return new TextDecoder(byteOrderMark(bytes) ?? 'latin1').decode(bytes.subarray(0, length));
}

const singleByte = /^(?:windows-(?:125\d|874)|iso-8859-|ibm866|koi8-|macintosh|x-mac-|x-user-defined)/;

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = peek(bytes, declarationBytes).replace(comment, '');
  for (const [element] of head.matchAll(metaElement)) {
    const found =
      metaCharset.exec(element)?.[1] ??
      (contentType.test(element) ? contentCharset.exec(element)?.[1] : undefined);
    // A meta element that was readable byte by byte cannot truly be UTF-16: the standard reads UTF-8 then.
    if (found) return /^utf-16/i.test(found) ? 'utf-8' : found;
  }
  return undefined;
}

function canonicalName(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function isAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 0x80);
}

function byteOrderMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}
