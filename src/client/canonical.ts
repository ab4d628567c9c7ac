/** Canonical JSON (RFC 8785) of plain values, and its SHA-256. */

const deepest = 64;

/**
 * @param value null, booleans, finite numbers, well-formed strings, arrays and plain objects of these.
 * @returns the one text that RFC 8785 gives it.
 * @throws TypeError for anything else: what has no JSON has no digest.
 */
export function canonical(value: unknown): string {
  return write(value, 0);
}

function write(value: unknown, depth: number): string {
  if (depth > deepest) throw new TypeError('too deep for canonical JSON');
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('canonical JSON has no such number');
    // Section 3.2.2.3: numbers as ECMAScript writes them.
    return JSON.stringify(value);
  }
  if (typeof value === 'string') return writeString(value);
  if (Array.isArray(value)) return `[${Array.from(value, (item) => write(item, depth + 1)).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`canonical JSON has no ${typeof value}`);
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype && Object.getPrototypeOf(prototype) !== null) {
    throw new TypeError('canonical JSON has plain objects only');
  }
  // Section 3.2.3: by UTF-16 code units, as sort() compares.
  const keys = Object.keys(value).sort();
  const fields = value as Record<string, unknown>;
  return `{${keys.map((key) => `${writeString(key)}:${write(fields[key], depth + 1)}`).join(',')}}`;
}

function writeString(text: string): string {
  // Section 3.2.2.2: half a surrogate pair must end it.
  if (!text.isWellFormed()) throw new TypeError('canonical JSON has no half surrogate pairs');
  return JSON.stringify(text);
}

/** SHA-256 of bytes as lower-case hex. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
