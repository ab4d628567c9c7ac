/** Octets as text and numbers; what lies outside a file is nothing, and never an error. */

/** Each octet as the character of its number. */
export function octetsOf(bytes: Uint8Array): string {
  const pieces: string[] = [];
  const step = 8192;
  for (let at = 0; at < bytes.length; at += step) {
    // Spread it would be copied once more.
    pieces.push(String.fromCharCode.apply(null, bytes.subarray(at, at + step) as unknown as number[]));
  }
  return pieces.join('');
}

export function hexadecimal(bytes: Uint8Array): string {
  return [...bytes].map((octet) => octet.toString(16).padStart(2, '0')).join('');
}

/** Numbers with their least octet first; 0 where the file has ended. */
export function numbersOf(bytes: Uint8Array): { u16(at: number): number; u32(at: number): number } {
  const u16 = (at: number) => (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);
  return { u16, u32: (at) => u16(at) + 65_536 * u16(at + 2) };
}

/** Up to the first character of number 0. */
export function utf16(bytes: Uint8Array): string {
  return new TextDecoder('utf-16le').decode(bytes).split('\0', 1)[0] ?? '';
}
