/**
 * Sample data: what another sending tool would fill a template in with, handed in beside it. The mail is judged with
 * the values in place; its digest is of what stands unfilled.
 */
import { urlHost } from '../client/merge.ts';
import type { MergeFieldName } from './merge-forms.ts';

export const sampleFaults = ['form', 'name', 'value', 'url', 'many'] as const;
export type SampleFault = { part: (typeof sampleFaults)[number]; name: string };
export type SampleValues = ReadonlyMap<string, string>;

/** Characters of sample data handed in as text: a row of a list, or some. */
export const sampleLength = 200_000;
const fieldsAtMost = 200;
const nameLength = 60;
const valueLength = 500;
const urlLength = 2000;
const deepest = 4;

/** As in JSON; or text, which is JSON or the first lines of a list in CSV. @returns values by name, or the first fault. */
export function readSampleData(
  handed: unknown,
): { ok: true; values: SampleValues } | { ok: false; fault: SampleFault } {
  const wrong = (part: SampleFault['part'], name = '') =>
    ({ ok: false, fault: { part, name: name.slice(0, nameLength) } }) as const;
  const data = typeof handed === 'string' ? readText(handed) : handed;
  const row = Array.isArray(data) ? data[0] : data;
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return wrong('form');
  const values = new Map<string, string>();
  // Fields within fields, as `user.name`.
  const open: [string, object, number][] = [['', row, 1]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [before, fields, depth] = next;
    for (const [key, value] of Object.entries(fields)) {
      const name = `${before}${key.trim()}`;
      if (typeof value === 'object' && value !== null) {
        if (Array.isArray(value) || depth >= deepest) return wrong('value', name);
        open.push([`${name}.`, value, depth + 1]);
        continue;
      }
      if (!nameForm.test(name)) return wrong('name', name);
      const text = value === null || value === undefined ? '' : String(value);
      const fault = faultOf(text);
      if (fault) return wrong(fault, name);
      values.set(name, text);
      if (values.size > fieldsAtMost) return wrong('many');
    }
  }
  return values.size === 0 ? wrong('form') : { ok: true, values };
}

const nameForm = /^[\p{L}_][\p{L}\p{N}_.: -]{0,59}$/u;
/** Raw HTML, a field of its own, or what no line of text has. */
const unwanted = /[<>]|\{\{|\}\}|(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const address = /^(?:[a-z][a-z0-9+.-]{0,20}:\/\/|(?:javascript|vbscript|data|file):)/i;

/** Typed as law 2 has it: a text, or an https address. */
function faultOf(value: string): 'value' | 'url' | undefined {
  if (address.test(value)) return value.length <= urlLength && urlHost(value) ? undefined : 'url';
  return value.length > valueLength || !value.isWellFormed() || unwanted.test(value) ? 'value' : undefined;
}

function readText(text: string): unknown {
  const trimmed = text.replace(/^\ufeff/, '').trim();
  if (trimmed.length > sampleLength) return undefined;
  if (/^[[{]/.test(trimmed)) {
    try {
      return JSON.parse(trimmed);
    } catch {
      return undefined;
    }
  }
  return readList(trimmed);
}

/** The header and the first row of CSV (RFC 4180), parted by what stands most often in the header. */
function readList(text: string): Record<string, string> | undefined {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  const parted = [',', ';', '\t'].map((sign) => ({ sign, count: header.split(sign).length }));
  const { sign } = parted.reduce((one, other) => (other.count > one.count ? other : one));
  const [names, values] = firstRows(text, sign);
  if (!names || !values || values.length > names.length) return undefined;
  return Object.fromEntries(names.map((name, i) => [name.trim(), (values[i] ?? '').trim()]));
}

/** Two rows; a field within quotation marks may hold anything. */
function firstRows(text: string, sign: string): string[][] {
  const rows: string[][] = [[]];
  let field = '';
  let quoted = false;
  for (let at = 0; at <= text.length; at += 1) {
    const letter = text[at];
    if (quoted && letter !== undefined) {
      if (letter !== '"') field += letter;
      else if (text[at + 1] === '"') {
        field += '"';
        at += 1;
      } else quoted = false;
    } else if (letter === '"' && field === '') quoted = true;
    else if (letter === sign || letter === '\n' || letter === undefined) {
      rows.at(-1)?.push(field.replace(/\r$/, ''));
      field = '';
      if (letter === undefined || (letter === '\n' && rows.length === 2)) break;
      if (letter === '\n') rows.push([]);
    } else field += letter;
  }
  return rows.filter((row) => row.some((one) => one !== ''));
}

/** The value of a field; its fallback where the data has none; null: nobody has one. */
export function sampleOf({ name, fallback }: MergeFieldName, values: SampleValues): string | null {
  const last = name.slice(name.lastIndexOf('.') + 1);
  return values.get(name) ?? values.get(last) ?? fallback;
}
