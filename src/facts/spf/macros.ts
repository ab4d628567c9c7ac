/** Macros of SPF (RFC 7208 section 7): what stands in a name or an explanation, filled in from one mail. Pure. */

/** What the letters stand for. `p`, the validated name of the client, is found by asking, so it is given beside. */
export type MacroValues = {
  /** The whole address, `local@domain`. */
  s: string;
  l: string;
  o: string;
  d: string;
  /** With dots between its parts; of IPv6 the nibbles. */
  i: string;
  p: string;
  v: string;
  h: string;
  /** In explanations only. */
  c?: string;
  r?: string;
  t?: string;
};

const macros = /%(?:[%_-]|\{([a-z])([0-9]*)(r?)([.\-+,/_=]*)\})/gi;

/** The letters that a text uses, in lower case. */
export function lettersOf(text: string): Set<string> {
  const letters = [...text.matchAll(macros)].map(([, letter = '']) => letter.toLowerCase());
  return new Set(letters.filter(Boolean));
}

/** Fills in what stands for something. A letter in upper case is escaped as in a URL (section 7.3). */
export function expandMacros(text: string, values: Readonly<Partial<Record<string, string>>>): string {
  // A hostile text has the same macro thousands of times.
  const known = new Map<string, string>();
  return text.replace(macros, (whole, ...parts) => {
    const before = known.get(whole);
    if (before !== undefined) return before;
    const filled = fillIn(whole, parts);
    known.set(whole, filled);
    return filled;
  });

  function fillIn(whole: string, parts: readonly unknown[]): string {
    const [letter, digits, reverse, delimiters] = parts as [string?, string?, string?, string?];
    if (letter === undefined) return whole === '%%' ? '%' : whole === '%_' ? ' ' : '%20';
    const labels = split(values[letter.toLowerCase()] ?? '', delimiters || '.');
    if (reverse) labels.reverse();
    const value = labels.slice(digits ? -Number(digits) : 0).join('.');
    return letter === letter.toLowerCase() ? value : escaped(value);
  }
}

/** A domain-spec as the name to ask for: labels are taken from the left until it fits (section 7.3). */
export function expandName(spec: string, values: Readonly<Partial<Record<string, string>>>): string {
  let name = expandMacros(spec, values).replace(/\.$/, '');
  while (name.length > 253 && name.includes('.')) name = name.slice(name.indexOf('.') + 1);
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function split(text: string, delimiters: string): string[] {
  const parts = [''];
  for (const character of text) {
    if (delimiters.includes(character)) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}

/** All but the unreserved characters of RFC 3986 section 2.3. */
function escaped(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
