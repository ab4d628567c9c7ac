/** Domain names as text. Case is ASCII only (RFC 4343): U+212A must not turn into a k. */

/** The same name with A-Z in lower case and no trailing dot; the root stays `.`. */
export function foldName(name: string): string {
  const lower = name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  return lower.length > 1 && lower.endsWith('.') ? lower.slice(0, -1) : lower;
}

/** As `parseName`, with spaces in labels: a zone file cannot write them so, and yet a question can carry them. */
export function wireName(text: string): string | undefined {
  return parseName(text.replaceAll(' ', '_')) === undefined ? undefined : foldName(text);
}

/**
 * The folded name, or undefined for what cannot be a name on the wire: a label that is empty or longer than
 * 63 octets, more than 253 octets in all (RFC 1035 section 2.3.4), or anything but visible ASCII.
 */
export function parseName(text: string): string | undefined {
  const name = foldName(text);
  if (name === '.') return name;
  if (name.length > 253 || !/^[\x21-\x5b\x5d-\x7e]+$/.test(name)) return undefined;
  return name.split('.').every((label) => label.length > 0 && label.length <= 63) ? name : undefined;
}
