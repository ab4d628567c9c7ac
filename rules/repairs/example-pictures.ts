/** Pictures for the examples of rules: of each no more than what says its format and its size. */

const text = (...bytes: number[]) => String.fromCharCode(...bytes);
const four = (n: number) => text((n >>> 24) & 255, (n >>> 16) & 255, (n >>> 8) & 255, n & 255);
const two = (n: number) => text((n >>> 8) & 255, n & 255);
const twoTurned = (n: number) => text(n & 255, (n >>> 8) & 255);

/** A PNG of so many pixels. */
export function examplePng(width: number, height: number) {
  const head = `\x89PNG\r\n\x1a\n${four(13)}IHDR${four(width)}${four(height)}${text(8, 2, 0, 0, 0)}`;
  return { type: 'image/png', base64: btoa(head) };
}

/** A JPEG in so many colours: three of a screen's, four of a printer's. */
export function exampleJpeg(width: number, height: number, colours = 3) {
  const frame = text(0xff, 0xc0, 0, 8 + 3 * colours, 8) + two(height) + two(width) + text(colours);
  return { type: 'image/jpeg', base64: btoa(text(0xff, 0xd8) + frame + '\x01\x11\0'.repeat(colours)) };
}

/** A GIF of so many frames. */
export function exampleGif(width: number, height: number, frames: number) {
  const head = `GIF89a${twoTurned(width)}${twoTurned(height)}${text(0x80, 0, 0)}\0\0\0\xff\xff\xff`;
  const frame = `,\0\0\0\0${twoTurned(width)}${twoTurned(height)}\0${text(2, 2, 0x44, 1, 0)}`;
  return { type: 'image/gif', base64: btoa(`${head}${frame.repeat(frames)};`) };
}

/** A WebP of so many pixels. */
export function exampleWebp(width: number, height: number) {
  const three = (n: number) => text(n & 255, (n >>> 8) & 255, (n >>> 16) & 255);
  const head = `RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0${three(width - 1)}${three(height - 1)}`;
  return { type: 'image/webp', base64: btoa(head) };
}
