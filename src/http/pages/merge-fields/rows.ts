/** The merge fields of a mail as a form shows them: those that are declared, and those that stand in it undeclared. */
import type { Audit } from '../../../audits.ts';
import { isReserved, readSchema } from '../../../client/merge.ts';
import type { ReportFinding } from '../../../report/report.ts';
import type { InputError } from '../../../submission.ts';

/** As it stands in the form, right or wrong. */
export interface FieldRow {
  name: string;
  /** Its value comes from the list. */
  listed: boolean;
  type: 'text' | 'url';
  sample: string;
  /** With spaces between. */
  hosts: string;
  /** Characters, as written. */
  most: string;
}

/** What is wrong with one of them. `place`, `unused`: where it stands in the mail. */
export const rowFaults = [
  'sample',
  'sample-link',
  'sample-url',
  'hosts',
  'max_length',
  'reserved',
  'place',
  'unused',
] as const;
export type RowFault = (typeof rowFaults)[number];

export interface RowError {
  /** Which, from 0; -1: all of them. */
  row: number;
  fault: RowFault | 'none' | 'other';
  /** Of `other`, in words. */
  text?: string;
}

/** More than there can be are not read. */
const rowsAtMost = 60;
const usualLength = '100';

/** A name in braces, as Klarsignal fills it in. */
const braced = /^\{\{([a-z][a-z0-9_]{0,39})\}\}$/;
/** Keys of problems, as the check names them; others have the same about other things than a field. */
const ofOurs = ['undeclared', 'foreign'];

/** Whether it says that Klarsignal would have to fill in what it cannot: no exception makes such a mail whole. */
export function lacksFields({ problems }: Pick<ReportFinding, 'problems'>): boolean {
  return problems.some(({ key, data }) => ofOurs.includes(key) && 'field' in data);
}

export function declaredRows({ mergeFields }: Audit['request']): FieldRow[] {
  const read = readSchema(mergeFields ?? []);
  if (!read.ok) return [];
  return read.fields.map((field) => ({
    name: field.name,
    listed: true,
    type: field.type,
    sample: field.sample,
    hosts: field.type === 'url' ? field.hosts.join(' ') : '',
    most: field.type === 'text' ? String(field.max_length) : usualLength,
  }));
}

/** Declared first, then those that a finding names. */
export function rowsOf(request: Audit['request'], { problems }: Pick<ReportFinding, 'problems'>): FieldRow[] {
  const declared = declaredRows(request);
  // What stands alone as the address of a link is one.
  const inLink = (name: string) => {
    const href = new RegExp(`\\bhref\\s*=\\s*["']?\\s*\\{\\{${name}\\}\\}\\s*["'\\s>]`, 'i');
    return problems.some(({ at }) => href.test(at?.snippet ?? ''));
  };
  const found = problems.flatMap(({ data }) => {
    const name = braced.exec(String((data as { field?: unknown }).field ?? ''))?.[1];
    return name === undefined || isReserved(name) || declared.some((one) => one.name === name) ? [] : [name];
  });
  return [
    ...declared,
    ...[...new Set(found)].map((name): FieldRow => {
      // A guess, which the form shows and anybody may change.
      const type = inLink(name) || /(?:^|_)(?:url|link|lank|href)/.test(name) ? 'url' : 'text';
      return { name, listed: true, type, sample: '', hosts: '', most: usualLength };
    }),
  ];
}

/** Names of the controls of one row. */
export function controlOf(index: number, part: keyof FieldRow): string {
  return `merge.${index}.${part}`;
}

/** Rows out of a parsed form; undefined: it has none. */
export function rowsHanded(body: Readonly<Record<string, unknown>>): FieldRow[] | undefined {
  const rows: FieldRow[] = [];
  for (let i = 0; i < rowsAtMost; i += 1) {
    const text = (part: keyof FieldRow) => {
      const value = body[controlOf(i, part)];
      return typeof value === 'string' ? value.trim() : '';
    };
    const name = text('name');
    if (name === '') break;
    rows.push({
      name,
      listed: text('listed') === 'on',
      type: text('type') === 'url' ? 'url' : 'text',
      sample: text('sample'),
      hosts: text('hosts'),
      most: text('most'),
    });
  }
  return rows.length > 0 ? rows : undefined;
}

/** The same form without them. */
export function withoutRows(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !name.startsWith('merge.')));
}

/** As they are declared, or all that is wrong with them. */
export function readRows(
  rows: readonly FieldRow[],
): { ok: true; fields: unknown[] } | { ok: false; errors: RowError[] } {
  const errors: RowError[] = [];
  const fields = rows.flatMap(({ name, listed, type, sample, hosts, most }, row): unknown[] => {
    if (!listed) return [];
    const field =
      type === 'text'
        ? { name, type, sample, max_length: most === '' ? undefined : Number(most) }
        : {
            name,
            type,
            sample,
            hosts: hosts
              .toLowerCase()
              .split(/[\s,;]+/)
              .filter(Boolean),
          };
    // One by one, so that each is told what is wrong with it.
    const read = readSchema([field]);
    if (!read.ok) errors.push({ row, fault: faultOf(read.fault, type, sample) });
    return read.ok ? read.fields : [];
  });
  return errors.length > 0 ? { ok: false, errors } : { ok: true, fields };
}

/** Of whoever chose the wrong kind. */
const looksLikeLink = /^\s*(?:https?:\/\/|www\.)/i;

function faultOf(
  found: Extract<ReturnType<typeof readSchema>, { ok: false }>['fault'],
  type: FieldRow['type'],
  sample: string,
): RowError['fault'] {
  if (found.code === 'reserved') return 'reserved';
  if (found.code !== 'invalid') return 'other';
  if (found.part === 'sample')
    return type === 'url' ? 'sample-url' : looksLikeLink.test(sample) ? 'sample-link' : 'sample';
  return rowFaults.find((one) => one === found.part) ?? 'other';
}

/** What was found only when the whole mail was read. `say`: of the errors that belong to none of the rows. */
export function placeErrors(
  rows: readonly FieldRow[],
  errors: readonly InputError[],
  say: (error: InputError) => string,
): RowError[] {
  return errors.map((error): RowError => {
    const row = rows.findIndex(({ name }) => name === error.data.name);
    if (row >= 0 && error.code === 'merge-field-place') return { row, fault: 'place' };
    if (row >= 0 && error.code === 'merge-field-unused') return { row, fault: 'unused' };
    return { row, fault: 'other', text: say(error) };
  });
}
