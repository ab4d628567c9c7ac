/** The tag list of a DKIM key record and of a signature (RFC 6376 section 3.2). */

export interface Tag {
  name: string;
  /** Without white space at its ends. */
  value: string;
  /** In the text: where the value begins, after the equals sign, and where it ends. */
  start: number;
  end: number;
}

export interface TagList {
  /** In their order; of a repeated one, the first. */
  tags: ReadonlyMap<string, Tag>;
  /** What makes the whole list invalid: a part that is no tag, or a tag that stands twice. */
  fault: { what: 'stray' | 'repeated'; value: string } | null;
}

/** Longer than any list of tags; what follows is a fault, not another tag. */
const tagsAtMost = 100;

/** Reads a tag list. Names are case-sensitive. */
export function parseTags(text: string): TagList {
  const tags = new Map<string, Tag>();
  let fault: TagList['fault'] = null;
  let at = 0;
  const parts = text.split(';');
  for (const [i, part] of parts.entries()) {
    const start = at;
    at += part.length + 1;
    const whole = trimmed(part);
    // Only the last part may be empty: a semicolon may end the list.
    if (whole === '' && i === parts.length - 1) break;
    const equals = part.indexOf('=');
    const name = trimmed(part.slice(0, Math.max(equals, 0)));
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name) || tags.size >= tagsAtMost) {
      fault ??= { what: 'stray', value: whole || ';;' };
    } else if (tags.has(name)) {
      fault ??= { what: 'repeated', value: name };
    } else {
      const value = trimmed(part.slice(equals + 1));
      tags.set(name, { name, value, start: start + equals + 1, end: start + part.length });
    }
  }
  return { tags, fault };
}

/** The parts of a value that are separated by colons, in small letters. */
export function colonList(value: string): string[] {
  return value
    .split(':')
    .map((one) => trimmed(one).toLowerCase())
    .filter((one) => one !== '');
}

/** Base64, which may be folded; null when it is not. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  const bare = text.replace(/[ \t\r\n]+/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(bare)) return null;
  try {
    return Uint8Array.from(atob(bare), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

/** Without folding white space at the ends: a no-break space is a fault, and receivers see it too. */
function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  const blank = (at: number) => /[ \t\r\n]/.test(text[at] ?? '');
  while (start < end && blank(start)) start += 1;
  while (end > start && blank(end - 1)) end -= 1;
  return text.slice(start, end);
}
