/** What of an MJML source does not reach the mail: the compiler's own warnings, and what it leaves out in silence. */
import { Parser } from 'htmlparser2';
import type { Place } from '../../place.ts';
import type { MjmlWarning } from '../../submission/mjml.ts';
import { lineStarts, mjmlSyntax } from '../../submission/mjml-marks.ts';

export type MjmlFault = { tag: string; at: Place } & (
  | { kind: 'attribute'; attribute: string }
  | { kind: 'value'; attribute: string; value: string }
  | { kind: 'place'; parent: string; allowed: readonly string[] }
  /** Text in a component that shows none. */
  | { kind: 'outside'; text: string }
  /** `content`: what stood in it is gone. */
  | { kind: 'unclosed'; content: boolean }
);

/** Components whose content is HTML or text; it is kept as it is, up to their own end tag. */
const filled = new Set(
  `mj-text mj-button mj-raw mj-table mj-title mj-preview mj-style mj-navbar-link mj-social-element mj-accordion-title
  mj-accordion-text`.split(/\s+/),
);
const mergeField = /[{}[\]|<>@$]|%[^%\s,]*%|##|__/;
const atMost = 100;
const textLength = 60;
const tagLength = 5000;

/** Read in the order of the source; the compiler names lines, and the tag is looked for there. */
export function mjmlFaults(source: string, warnings: readonly MjmlWarning[]): MjmlFault[] {
  const lines = lineStarts(source);
  return [...warned(source, warnings, lines), ...leftOut(source, lines)].slice(0, atMost);
}

function warned(source: string, warnings: readonly MjmlWarning[], lines: readonly number[]): MjmlFault[] {
  const told = new Set<string>();
  return warnings.flatMap(({ line, tag, message }): MjmlFault[] => {
    const key = `${line} ${tag} ${message}`;
    if (told.has(key)) return [];
    told.add(key);
    const [, illegal] = /^Attribute (\S{1,60}) is illegal/.exec(message) ?? [];
    const [, invalid, value = ''] =
      /^Attribute (\S{1,60}) has invalid value: (.*) for type /s.exec(message) ?? [];
    const [, parent, allowed = ''] =
      /cannot be used inside (\S{1,60}), only inside: (.*)$/s.exec(message) ?? [];
    const at = placeOf(source, lines, line, tag, illegal ?? invalid);
    if (illegal) return [{ kind: 'attribute', tag, attribute: illegal, at }];
    // Filled in when the mail is sent.
    if (invalid && mergeField.test(value)) return [];
    if (invalid) return [{ kind: 'value', tag, attribute: invalid, value: value.slice(0, textLength), at }];
    if (parent) return [{ kind: 'place', tag, parent, allowed: allowed.split(', ', 20), at }];
    return [];
  });
}

function placeOf(
  source: string,
  lines: readonly number[],
  line: number,
  tag: string,
  attribute: string | undefined,
): Place {
  const start = lines[line - 1] ?? 0;
  const end = lines[line] ?? source.length;
  let found = -1;
  for (
    let at = source.indexOf(`<${tag}`, start);
    at !== -1 && at < end;
    at = source.indexOf(`<${tag}`, at + 1)
  ) {
    const close = source.indexOf('>', at);
    const written = source.slice(at, Math.min(close === -1 ? source.length : close, at + tagLength));
    if (found === -1) found = at;
    const inside = attribute === undefined ? 0 : written.search(new RegExp(`\\s${escaped(attribute)}\\s*=`));
    if (inside === -1) continue;
    found = at;
    break;
  }
  return placeAt(source, lines, line, found === -1 ? start : found);
}

function placeAt(source: string, lines: readonly number[], line: number, offset: number): Place {
  const [snippet = ''] = source.slice(offset, offset + textLength * 2).split(/[\r\n]/, 1);
  const column = offset - (lines[line - 1] ?? 0) + 1;
  return { part: 'source', line, column, snippet: snippet.toWellFormed() };
}

function escaped(text: string): string {
  return text.replace(/[^\w-]/g, '\\$&');
}

interface Open {
  name: string;
  start: number;
  /** `<mj-image />`, for which the parser says the same as for an end that is missing. */
  closed: boolean;
}

/** The same parser as the compiler's, so that both see the same tags. */
function leftOut(source: string, lines: readonly number[]): MjmlFault[] {
  const found: MjmlFault[] = [];
  const open: Open[] = [];
  let held = 0;
  let inBody = 0;
  const at = (offset: number) => placeAt(source, lines, lineOf(lines, offset), offset);
  const parser = new Parser(
    {
      onopentag(name) {
        if (filled.has(name)) held += 1;
        if (name === 'mj-body') inBody += 1;
        open.push({ name, start: parser.startIndex, closed: source[parser.endIndex - 1] === '/' });
      },
      ontext(text) {
        const inside = open.at(-1)?.name ?? '';
        if (held > 0 || inBody === 0 || !inside.startsWith('mj-') || found.length >= atMost) return;
        const words = text.replace(/\s+/g, ' ').trim();
        if (!words) return;
        // The parser's own index stands in the tag before, when that ends on another line.
        const start = Math.max(source.indexOf(text, parser.startIndex), parser.startIndex);
        const offset = start + text.length - text.trimStart().length;
        found.push({
          kind: 'outside',
          tag: inside,
          text: words.slice(0, textLength).toWellFormed(),
          at: at(offset),
        });
      },
      onclosetag(name, implied) {
        const one = open.pop();
        if (filled.has(name)) held -= 1;
        if (name === 'mj-body') inBody -= 1;
        if (!implied || !one || one.closed || !name.startsWith('mj-') || found.length >= atMost) return;
        const within = open.some((other) => filled.has(other.name));
        if (!within)
          found.push({ kind: 'unclosed', tag: name, content: filled.has(name), at: at(one.start) });
      },
    },
    mjmlSyntax,
  );
  parser.end(source);
  return found;
}

function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}
