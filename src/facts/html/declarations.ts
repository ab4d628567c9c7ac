/** CSS as it is written, taken apart as css-syntax-3 says: comments, strings, escapes and brackets do not mislead. */

export interface Declaration {
  /** In lower case. */
  property: string;
  /** In lower case, one space between words, `""` for each string; without !important. */
  value: string;
  important: boolean;
}

/** In place of what no keyword holds: an escaped delimiter, or a string that a line break cut off. */
export const odd = '\ufffd';
const needsCare = /[\\"'()[\]{}]|\/\*/;
const spaces = /[ \t\n\r\f]+/g;
const closers: Record<string, string> = { '(': ')', '[': ']', '{': '}' };

/** Those of a style attribute, or of what stands between the braces of a rule, in their order; `wants`: not all. */
export function readDeclarations(
  css: string,
  wants: (property: string) => boolean = () => true,
): Declaration[] {
  const pieces = needsCare.test(css) ? piecesOf(css) : css.split(';');
  const found: Declaration[] = [];
  for (const piece of pieces) {
    const colon = piece.indexOf(':');
    if (colon === -1) continue;
    const property = tidy(piece.slice(0, colon));
    if (!wants(property)) continue;
    const written = tidy(piece.slice(colon + 1));
    const bare = written.endsWith('important') ? written.slice(0, -'important'.length).trimEnd() : '';
    const important = bare.endsWith('!');
    const value = important ? bare.slice(0, -1).trimEnd() : written;
    found.push({ property, value, important });
  }
  return found;
}

const alreadyTidy = /^[a-z0-9#%.,-]*$/;

function tidy(text: string): string {
  if (alreadyTidy.test(text)) return text;
  const one = text.replace(spaces, ' ');
  return one.slice(one.startsWith(' ') ? 1 : 0, one.endsWith(' ') ? -1 : undefined).toLowerCase();
}

/** What stands between semicolons that are in no bracket and no string. */
function piecesOf(css: string): string[] {
  const pieces: string[] = [];
  const open: string[] = [];
  let piece = '';
  for (let at = 0, end = 0; at < css.length; at = end) {
    end = endOfToken(css, at);
    const token = shorten(css, at, end);
    if (token === ';' && open.length === 0) {
      pieces.push(piece);
      piece = '';
      continue;
    }
    const closer = closers[token];
    if (closer) open.push(closer);
    else if (token === open.at(-1)) open.pop();
    piece += token;
  }
  return [...pieces, piece];
}

/** Where a comment, a string, an escape or an address without quotes ends; else just behind this character. */
export function endOfToken(css: string, at: number): number {
  const first = css[at];
  if (first === '/' && css[at + 1] === '*') return behind(css, '*/', at + 2);
  if (first === '"' || first === "'") return endOfString(css, at, first);
  if (first === '\\') return endOfEscape(css, at);
  if (first === '(' && css.slice(Math.max(0, at - 3), at).toLowerCase() === 'url') return endOfUrl(css, at);
  return at + 1;
}

/** A token as one that is easily compared. */
export function shorten(css: string, at: number, end: number): string {
  const first = css[at] ?? '';
  if (first === '\\') return escaped(css.slice(at + 1, end));
  if (first === '"' || first === "'") return css[end - 1] === first || end === css.length ? '""' : odd;
  if (end === at + 1) return first;
  return first === '/' ? ' ' : '()';
}

function behind(css: string, what: string, from: number): number {
  const found = css.indexOf(what, from);
  return found === -1 ? css.length : found + what.length;
}

function endOfString(css: string, at: number, quote: string): number {
  for (let i = at + 1; i < css.length; i += 1) {
    const one = css[i];
    if (one === quote) return i + 1;
    if (one === '\n' || one === '\r' || one === '\f') return i;
    if (one === '\\') i += 1;
  }
  return css.length;
}

function endOfUrl(css: string, at: number): number {
  let i = at + 1;
  while (isSpace(css[i])) i += 1;
  if (css[i] === '"' || css[i] === "'") return at + 1;
  for (; i < css.length; i += 1) {
    if (css[i] === ')') return i + 1;
    if (css[i] === '\\') i += 1;
  }
  return css.length;
}

const hex = /^[0-9a-f]$/i;
const isSpace = (one: string | undefined) => one !== undefined && ' \t\n\r\f'.includes(one);

/** Up to six hexadecimal digits and one white space behind them, or any one character. */
function endOfEscape(css: string, at: number): number {
  let i = at + 1;
  while (i < at + 7 && hex.test(css[i] ?? '')) i += 1;
  if (i === at + 1) return Math.min(css.length, at + 2);
  return isSpace(css[i]) ? i + 1 : i;
}

/** What an escape stands for; a delimiter that is escaped is none. */
function escaped(text: string): string {
  const code = hex.test(text[0] ?? '') ? Number.parseInt(text, 16) : (text.codePointAt(0) ?? 0);
  const one = code > 0x10ffff ? odd : String.fromCodePoint(code);
  return /^[a-z_\x80-\uffff-]/i.test(one) ? one : odd;
}
