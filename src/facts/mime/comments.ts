/** Comments and quoted strings of a structured field (RFC 5322 sections 3.2.2 and 3.2.4), for all who read one. */

export interface Span {
  kind: 'comment' | 'quoted';
  /** Of its first character, and of what follows its last one. */
  from: number;
  to: number;
}

/** Each of them in order; comments may hold others. What never closes is none. One pass, whatever stands there. */
export function spansOf(value: string): Span[] {
  const spans: Span[] = [];
  let from = 0;
  let quoted = false;
  let depth = 0;
  for (let at = 0; at < value.length; at += 1) {
    const sign = value[at];
    if (sign === '\\' && (quoted || depth > 0)) at += 1;
    else if (quoted) {
      if (sign !== '"') continue;
      spans.push({ kind: 'quoted', from, to: at + 1 });
      quoted = false;
    } else if (sign === '(') {
      if (depth === 0) from = at;
      depth += 1;
    } else if (sign === ')' && depth > 0) {
      depth -= 1;
      if (depth === 0) spans.push({ kind: 'comment', from, to: at + 1 });
    } else if (sign === '"' && depth === 0) {
      quoted = true;
      from = at;
    }
  }
  return spans;
}

/** The value with a space for each comment, and without white space at its ends. */
export function withoutComments(value: string): string {
  if (!value.includes('(')) return value.trim();
  const pieces: string[] = [];
  let at = 0;
  for (const { kind, from, to } of spansOf(value)) {
    if (kind === 'quoted') continue;
    pieces.push(value.slice(at, from), ' ');
    at = to;
  }
  return [...pieces, value.slice(at)].join('').trim();
}
