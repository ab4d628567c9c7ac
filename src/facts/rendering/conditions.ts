/** Conditional comments: `<!--[if mso]>…<![endif]-->`, read as one client reads them. Each text is passed once. */

/** What can be asked about, with its version. */
export type Conditions = Readonly<Record<string, number>>;

/** Longer ones mean nothing to anybody. */
const start = /<!(?:--)?\[if([^\]<>]{0,200})\](?:>\s*<!--+>|--+>|>)/gi;
const end = /(?:<!--\s*)?<!\[endif\](?:--)?>/gi;

/**
 * Returns the HTML with what is meant for the client in the open and what is meant for others gone. XML islands
 * are for the program, not for the reader, and are taken away.
 */
export function openConditions(html: string, conditions: Conditions): string {
  const out: string[] = [];
  let at = 0;
  for (;;) {
    const opening = next(start, html, at);
    const closing = opening && next(end, html, start.lastIndex);
    if (!closing) return out.join('') + html.slice(at);
    out.push(html.slice(at, opening.index));
    const content = html.slice(opening.index + opening[0].length, closing.index);
    if (holds(opening[1] ?? '', conditions)) out.push(withoutIslands(content));
    at = closing.index + closing[0].length;
  }
}

function next(pattern: RegExp, text: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from;
  return pattern.exec(text);
}

/** `<xml>` is settings of the program; parsed as HTML its numbers would show. */
function withoutIslands(html: string): string {
  const [before = '', ...islands] = html.split(/<xml\b/i);
  return (
    before +
    islands
      .map((island) =>
        island
          .split(/<\/xml\s*>/i)
          .slice(1)
          .join(''),
      )
      .join('')
  );
}

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
