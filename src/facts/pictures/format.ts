/** What a picture's bytes say of themselves, whatever its name or its server says. */

/** `page`: it is a web page. `other`: none of them. */
export type PictureFormat =
  | 'gif'
  | 'png'
  | 'jpeg'
  | 'webp'
  | 'avif'
  | 'heic'
  | 'svg'
  | 'bmp'
  | 'ico'
  | 'tiff'
  | 'mp4'
  | 'page'
  | 'other';

export interface PictureRead {
  format: PictureFormat;
  /** Pixels; null: not told where it was looked for. */
  width: number | null;
  height: number | null;
  /** It moves. */
  moving: boolean;
  /** Of a moving GIF, as far as it was read; null: any other. */
  frames: number | null;
  /** JPEG in the four colours of print. */
  print: boolean;
}

type Sides = Pick<PictureRead, 'width' | 'height'>;
const unknown: Sides = { width: null, height: null };
const still = { moving: false, frames: null, print: false };

/** Frames of a GIF, and segments or boxes of other formats, that are looked at. */
const looks = 2000;
/** A page or a drawing says what it is in its beginning. */
const beginning = 2048;

/** Never fails; what is cut off is read as far as it goes. */
export function readPicture(bytes: Uint8Array): PictureRead {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (at: number, length: number) => String.fromCharCode(...bytes.subarray(at, at + length));
  const has = (length: number) => bytes.length >= length;
  if (/^GIF8[79]a$/.test(text(0, 6))) {
    const frames = gifFrames(bytes);
    const sides = has(10) ? { width: view.getUint16(6, true), height: view.getUint16(8, true) } : unknown;
    return { ...still, format: 'gif', ...sides, moving: frames > 1, frames: frames > 1 ? frames : null };
  }
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') {
    const sides = has(24) ? { width: view.getUint32(16), height: view.getUint32(20) } : unknown;
    return { ...still, format: 'png', ...sides, moving: hasChunk(view, 'acTL') };
  }
  if (text(0, 3) === '\xff\xd8\xff') return { ...still, format: 'jpeg', ...jpegFrame(view) };
  if (text(0, 4) === 'RIFF' && text(8, 4) === 'WEBP') return { ...still, format: 'webp', ...webpHead(view) };
  if (text(4, 4) === 'ftyp') return { ...still, ...boxed(text(8, 24)) };
  if (text(0, 2) === 'BM' && has(26)) {
    const [width, height] = [Math.abs(view.getInt32(18, true)), Math.abs(view.getInt32(22, true))];
    return { ...still, format: 'bmp', width, height };
  }
  if (text(0, 4) === '\0\0\x01\0') return { ...still, ...unknown, format: 'ico' };
  if (text(0, 4) === 'II*\0' || text(0, 4) === 'MM\0*') return { ...still, ...unknown, format: 'tiff' };
  return { ...still, ...written(new TextDecoder().decode(bytes.subarray(0, beginning))) };
}

function written(text: string): Pick<PictureRead, 'format'> & Sides {
  const head = text.replace(/^\ufeff?\s*(?:<\?xml[^>]{0,200}\?>)?/, '');
  const first = /^(?:\s|<!--(?:(?!-->)[\s\S]){0,1500}-->|<!DOCTYPE svg[^>]{0,500}>)*<([a-z!]+)/i;
  const tag = first.exec(head)?.[1]?.toLowerCase();
  if (tag === 'svg') return { format: 'svg', ...unknown };
  return { format: tag === undefined ? 'other' : 'page', ...unknown };
}

/** GIF89a section 17 and on: blocks one after another, each with its own length. */
function gifFrames(bytes: Uint8Array): number {
  const tableOf = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  let at = 13 + tableOf(bytes[10] ?? 0);
  let frames = 0;
  for (let seen = 0; seen < looks && at < bytes.length; seen += 1) {
    const kind = bytes[at];
    if (kind === 0x2c) {
      frames += 1;
      at += 11 + tableOf(bytes[at + 9] ?? 0);
    } else if (kind === 0x21) at += 2;
    else break;
    while (at < bytes.length && bytes[at] !== 0) at += (bytes[at] ?? 0) + 1;
    at += 1;
  }
  return frames;
}

/** Of a PNG, before its pixels. */
function hasChunk(view: DataView, name: string): boolean {
  let at = 8;
  for (let seen = 0; seen < looks && at + 8 <= view.byteLength; seen += 1) {
    const kind = String.fromCharCode(...[4, 5, 6, 7].map((i) => view.getUint8(at + i)));
    if (kind === name) return true;
    if (kind === 'IDAT') return false;
    at += 12 + view.getUint32(at);
  }
  return false;
}

/** ISO/IEC 10918-1: the frame header (SOF), of whichever kind. */
function jpegFrame(view: DataView): Sides & { print: boolean } {
  let at = 2;
  for (let seen = 0; seen < looks && at + 10 <= view.byteLength; seen += 1) {
    if (view.getUint8(at) !== 0xff) break;
    const kind = view.getUint8(at + 1);
    const isFrame = kind >= 0xc0 && kind <= 0xcf && kind !== 0xc4 && kind !== 0xc8 && kind !== 0xcc;
    if (isFrame) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      return { width, height, print: view.getUint8(at + 9) === 4 };
    }
    // Fill bytes, and markers without a length.
    if (kind === 0xff) at += 1;
    else if (kind === 1 || (kind >= 0xd0 && kind <= 0xd8)) at += 2;
    else at += 2 + view.getUint16(at + 2);
  }
  return { ...unknown, print: false };
}

/** RFC 9649 section 2: the first chunk tells. */
function webpHead(view: DataView): Sides & { moving: boolean } {
  if (view.byteLength < 30) return { ...unknown, moving: false };
  const kind = String.fromCharCode(...[12, 13, 14, 15].map((i) => view.getUint8(i)));
  const three = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 65_536;
  if (kind === 'VP8X') {
    return { width: three(24) + 1, height: three(27) + 1, moving: (view.getUint8(20) & 2) !== 0 };
  }
  if (kind === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, moving: false };
  }
  if (kind !== 'VP8 ') return { ...unknown, moving: false };
  return {
    width: view.getUint16(26, true) & 0x3fff,
    height: view.getUint16(28, true) & 0x3fff,
    moving: false,
  };
}

/** ISO/IEC 14496-12: the brands say which of the family it is. */
function boxed(brands: string): Pick<PictureRead, 'format' | 'moving'> & Sides {
  if (/avis/.test(brands)) return { format: 'avif', moving: true, ...unknown };
  if (/avif/.test(brands)) return { format: 'avif', moving: false, ...unknown };
  if (/^(?:heic|heix|heim|heis|hevc|hevx|mif1|msf1)/.test(brands)) {
    return { format: 'heic', moving: false, ...unknown };
  }
  return { format: 'mp4', moving: true, ...unknown };
}
