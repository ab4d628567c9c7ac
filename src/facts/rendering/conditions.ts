/** Conditional comments: `<!--[if mso]>…<![endif]-->`, read as one client reads them. Each text is passed once. */

/** What can be asked about, with its version. */
export type Conditions = Readonly<Record<string, number>>;

/** Longer ones mean nothing to anybody. */
const start = /<!(?:--)?\[if([^\]<>]{0,200})\](?:>\s*<!--+>|--+>|>)/gi;
const end = /(?:<!--\s*)?<!\[endif\](?:--)?>/gi;

/** A part of the HTML as the client reads it, and where in the whole it began. */
interface Piece {
  text: string;
  from: number;
}

/**
 * Returns the HTML with what is meant for the client in the open and what is meant for others gone. XML islands
 * are for the program, not for the reader, and are taken away.
 */
export function openConditions(html: string, conditions: Conditions): string {
  return piecesOf(html, conditions)
    .map(({ text }) => text)
    .join('');
}

/** The same, and a function from a place in it to the place in what it was before. */
export function openedConditions(
  html: string,
  conditions: Conditions,
): { html: string; before(offset: number): number } {
  const pieces = piecesOf(html, conditions);
  const starts: number[] = [];
  let length = 0;
  for (const { text } of pieces) {
    starts.push(length);
    length += text.length;
  }
  return {
    html: pieces.map(({ text }) => text).join(''),
    before(offset) {
      let [low, high] = [0, starts.length - 1];
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return (pieces[low]?.from ?? 0) + offset - (starts[low] ?? 0);
    },
  };
}

function piecesOf(html: string, conditions: Conditions): Piece[] {
  const out: Piece[] = [];
  const keep = (from: number, text: string) => {
    if (text !== '') out.push({ text, from });
  };
  let at = 0;
  for (;;) {
    const opening = next(start, html, at);
    const closing = opening && next(end, html, start.lastIndex);
    if (!closing) {
      keep(at, html.slice(at));
      return out;
    }
    keep(at, html.slice(at, opening.index));
    const from = opening.index + opening[0].length;
    const content = html.slice(from, closing.index);
    if (holds(opening[1] ?? '', conditions))
      for (const piece of withoutIslands(content)) keep(from + piece.from, piece.text);
    at = closing.index + closing[0].length;
  }
}

function next(pattern: RegExp, text: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from;
  return pattern.exec(text);
}

/** `<xml>` is settings of the program; parsed as HTML its numbers would show. */
function withoutIslands(html: string): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; ; ) {
    island.lastIndex = at;
    const opening = island.exec(html);
    pieces.push({ text: html.slice(at, opening?.index ?? html.length), from: at });
    if (!opening) return pieces;
    islandEnd.lastIndex = island.lastIndex;
    if (!islandEnd.exec(html)) return pieces;
    at = islandEnd.lastIndex;
  }
}

const island = /<xml\b/gi;
const islandEnd = /<\/xml\s{0,99}>/gi;

/** `mso`, `!mso`, `gte mso 9`, with `&`, `|` and parentheses. What cannot be read does not hold. */
function holds(expression: string, conditions: Conditions): boolean {
  const tokens = expression.toLowerCase().match(/[()!&|]|[a-z]+|\d+(?:\.\d+)?/g) ?? [];
  let at = 0;
  const either = (): boolean => {
    let value = both();
    while (tokens[at] === '|') {
      at += 1;
      value = both() || value;
    }
    return value;
  };
  const both = (): boolean => {
    let value = one();
    while (tokens[at] === '&') {
      at += 1;
      value = one() && value;
    }
    return value;
  };
  const one = (): boolean => {
    const token = tokens[at];
    at += 1;
    if (token === '!') return !one();
    if (token === '(') {
      const value = either();
      at += 1;
      return value;
    }
    return token !== undefined && compares(token);
  };
  const compares = (token: string): boolean => {
    const compare = comparisons.get(token);
    const name = compare ? (tokens[at++] ?? '') : token;
    const wanted = /^\d/.test(tokens[at] ?? '') ? Number(tokens[at++]) : undefined;
    const version = Object.hasOwn(conditions, name) ? conditions[name] : undefined;
    if (version === undefined) return false;
    return wanted === undefined || (compare ?? same)(version, wanted);
  };
  return either();
}

type Comparison = (version: number, wanted: number) => boolean;
const same: Comparison = (version, wanted) => Math.floor(version) === Math.floor(wanted);
const comparisons: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ['lt', (version, wanted) => version < wanted],
  ['lte', (version, wanted) => version <= wanted],
  ['gt', (version, wanted) => version > wanted],
  ['gte', (version, wanted) => version >= wanted],
]);
