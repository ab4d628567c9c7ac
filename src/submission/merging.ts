/** Merge fields meet the message: each stands where its value can do no harm, and is judged filled with its sample. */
import {
  anyPlaceholder,
  cut,
  escapeHtml,
  isReserved,
  join,
  looksLinked,
  placeholder,
  type ReservedField,
  readSchema,
  reservedFields,
  valueFault,
} from '../client/merge.ts';
import type { MergeField } from '../client/template.ts';
import type { Content } from './content.ts';
import { type InputError, shown } from './errors.ts';
import type { Fields } from './fields.ts';
import { type Element, elementsOf, type MarkupLimits, parseMarkup } from './markup.ts';
import { mergeFieldNames, readMergeField, replaceMergeFields } from './merge-forms.ts';
import { withoutComments } from './mjml.ts';
import { readSampleData, type SampleValues, sampleOf } from './sample-data.ts';

/** Nobody's: what is judged in place of what only the sending of the mail knows. */
export const reservedSamples: Record<ReservedField, string> = {
  unsubscribe_url: 'https://example.com/unsubscribe',
  recipient_address: 'reader@example.com',
};

/** What is handed in of merge fields, as anything that it may be. */
export interface HandedMerging {
  mergeFields?: readonly unknown[] | undefined;
  /** Values to judge the mail with: as JSON, or as text in JSON or CSV. They are no part of the mail. */
  sampleData?: unknown;
  /** Names of fields that the mail must have. */
  requiredFields?: readonly string[] | undefined;
}

export interface Merged {
  fields: readonly MergeField[];
  /** Another tool's fields are filled in with sample data. */
  sampled: boolean;
  /** How many fields are required. */
  required: number;
  /** Those of them that stand nowhere in the mail. */
  lacking: readonly string[];
  /** As it goes into the digest. */
  unfilled: { html: string | null; text: string | null; subject: string | null };
  /** As it is judged. */
  filled: Pick<Content, 'markup' | 'text' | 'mjml'> & { subject: string | null };
}

/**
 * Reads the declared fields, checks the place of each, and fills the samples in. Lines stay what they are, since
 * no value has a line break.
 */
export function readMerging(
  { mergeFields: declared, sampleData, requiredFields = [] }: HandedMerging,
  content: Content,
  { from, replyTo, subject }: Fields,
  { mailClass, composed }: { mailClass: 'marketing' | 'transactional'; composed: boolean },
  limits: MarkupLimits,
): { ok: true; value: Merged } | { ok: false; errors: InputError[] } {
  const schema = declared === undefined ? { ok: true as const, fields: [] } : readSchema(declared);
  const data = sampleData === undefined ? undefined : readSampleData(sampleData);
  const required = [...new Set(requiredFields.map(requiredName).filter((name) => name !== ''))];
  const faults = [
    ...(schema.ok ? [] : [schemaError(schema.fault)]),
    ...(data && !data.ok
      ? [
          {
            code: 'sample-data-invalid',
            field: 'sampleData',
            data: { ...data.fault, name: shown(data.fault.name) },
          } as const,
        ]
      : []),
    ...requiredFaults(required),
  ];
  if (!schema.ok || (data && !data.ok) || faults.length > 0) return { ok: false, errors: faults };
  const { fields } = schema;
  const values: SampleValues = data?.values ?? new Map();
  // Klarsignal fills in its own fields and no others.
  const sampled = data !== undefined && !composed && fields.length === 0;
  const kinds = new Map<string, 'text' | 'url'>([
    ...Object.entries(reservedFields),
    ...fields.map(({ name, type }) => [name, type] as const),
  ]);
  const { markup, text } = content;
  const unfilled = { html: markup?.html ?? null, text, subject };
  const misplaced = new Set<string>([
    ...misplacedInHtml(unfilled.html, kinds, limits),
    ...misplacedInText(text, kinds),
    ...knownIn(subject, kinds).filter((name) => kinds.get(name) === 'url'),
    ...[from.name, ...replyTo.map(({ name }) => name)].flatMap((name) => knownIn(name, kinds)),
    ...content.attachments.flatMap(({ filename, contentId }) => knownIn(`${filename} ${contentId}`, kinds)),
    ...content.headers.flatMap(({ name, value }) =>
      // The subject has been looked at, and composing replaces this one.
      /^subject$/i.test(name) || (mailClass === 'marketing' && /^list-unsubscribe$/i.test(name))
        ? []
        : knownIn(value, kinds),
    ),
  ]);
  const used = new Set([unfilled.html, text, subject].flatMap((part) => knownIn(part, kinds)));
  const errors: InputError[] = [...misplaced].map((name) =>
    fault('merge-field-place', { name: shown(name) }),
  );
  for (const { name } of fields) {
    if (!used.has(name) && !misplaced.has(name)) errors.push(fault('merge-field-unused', { name }));
  }
  for (const field of fields) {
    const given = values.get(field.name);
    if (given !== undefined && valueFault(field, given))
      errors.push(fault('merge-field-invalid', { name: field.name, part: 'sample' }));
  }
  if (errors.length > 0) return { ok: false, errors };
  const lacking = lackingOf(required, [unfilled.html, text, subject]);
  const said = { fields, sampled, required: required.length, lacking, unfilled };
  if (used.size === 0 && !sampled) {
    const filled = { markup, text, subject, mjml: content.mjml };
    return { ok: true, value: { ...said, filled } };
  }
  const fillingOf = (name: string) =>
    isReserved(name)
      ? reservedSamples[name]
      : (values.get(name) ?? fields.find((field) => field.name === name)?.sample ?? `{{${name}}}`);
  const fillOurs = (part: string, written: (value: string) => string) =>
    join(cut(part), (name) => (kinds.has(name) ? written(fillingOf(name)) : `{{${name}}}`));
  const fillAll = (part: string, written: (value: string) => string) => {
    const ours = fillOurs(part, written);
    if (!sampled) return ours;
    return replaceMergeFields(ours, (field) => {
      const value = sampleOf(field, values);
      return value === null ? null : written(value);
    });
  };
  const fill = (part: string | null) => part && fillAll(part, (value) => value);
  const fillHtml = (part: string | null) => part && fillAll(part, escapeHtml);
  const html = fillHtml(unfilled.html);
  const parsed = html === null ? undefined : parseMarkup(html, limits);
  // A sample is short, but there may be many places for it.
  if (parsed && !parsed.ok) {
    return { ok: false, errors: [fault('merge-field-invalid', { name: '', part: 'sample' })] };
  }
  const { mjml } = content;
  const filled = {
    markup: parsed?.markup ?? null,
    text: fill(text),
    subject: fill(subject),
    mjml: mjml && { ...mjml, marked: fillHtml(mjml.marked) },
  };
  return { ok: true, value: { ...said, filled } };
}

const requiredAtMost = 50;
const requiredForm = /^[\p{L}_][\p{L}\p{N}_.: -]{0,59}$/u;

/** As it is called; people write the field itself, too. */
function requiredName(text: string): string {
  const written = text.trim();
  return readMergeField(written)?.name ?? written;
}

function requiredFaults(required: readonly string[]): InputError[] {
  const field = 'requiredFields';
  if (required.length > requiredAtMost)
    return [
      { code: 'required-field-invalid', field, data: { count: required.length, limit: requiredAtMost } },
    ];
  return required
    .filter((name) => !requiredForm.test(name))
    .map((name) => ({ code: 'required-field-invalid', field, data: { name: shown(name) } }));
}

/** A comment is not in the mail, but for what Outlook alone reads. */
function lackingOf(required: readonly string[], parts: readonly (string | null)[]): string[] {
  if (required.length === 0) return [];
  const standing = new Set(
    parts.flatMap((part) => (part ? [...mergeFieldNames(withoutComments(part))] : [])),
  );
  return required.filter((name) => !standing.has(name));
}

function fault(
  code: Extract<InputError['code'], `merge-${string}`>,
  data: InputError['data'] = {},
): InputError {
  return { code, field: 'mergeFields', data };
}

function schemaError(found: Extract<ReturnType<typeof readSchema>, { ok: false }>['fault']): InputError {
  if (found.code === 'too-many') return fault('merge-fields-too-many', { count: found.count });
  const part = found.code === 'invalid' ? found.part : found.code;
  return fault('merge-field-invalid', { name: shown(found.field), part });
}

/** What stands in a part and is no declared field, though it looks like one to what composes the mail. */
export function undeclaredFields(part: string, declared: readonly string[]): string[] {
  if (!part.includes('{{')) return [];
  const { texts, names } = cut(part);
  const unknown = names.filter((name) => !isReserved(name) && !declared.includes(name));
  const odd = texts.flatMap((text) => (text.includes('{{') ? [...text.matchAll(everyPlaceholder)] : []));
  return [...new Set([...unknown.map((name) => `{{${name}}}`), ...odd.map(([field]) => field)])];
}

const everyPlaceholder = new RegExp(anyPlaceholder.source, 'g');

/** Names in a text that are declared or reserved. */
function knownIn(text: string | null, kinds: ReadonlyMap<string, unknown>): string[] {
  if (!text?.includes('{{')) return [];
  return cut(text).names.filter((name) => kinds.has(name));
}

/** Texts in which a value would become a part of a link, whatever it says. */
function misplacedInText(text: string | null, kinds: ReadonlyMap<string, 'text' | 'url'>): string[] {
  if (!text?.includes('{{')) return [];
  // Words first: a pattern that begins anywhere costs the square of a long one's length.
  const words = text.split(/\s+/).filter((word) => word.includes('{{'));
  return words.flatMap((word) => {
    const names = knownIn(word, kinds).filter((name) => kinds.get(name) === 'text');
    return names.length > 0 && joinsLink(word, kinds) ? names : [];
  });
}

/** Alone on its place a value is no link; `{{a}}.se` and `{{a}}{{b}}` may make one. */
function joinsLink(word: string, kinds: ReadonlyMap<string, 'text' | 'url'>): boolean {
  return ['xx', 'xx.'].some((value) =>
    looksLinked(
      word.replace(placeholder, (field, name) =>
        kinds.get(name) === 'text' ? value : kinds.has(name) ? ' ' : field,
      ),
    ),
  );
}

/** What stands in them is read by other rules than text is, or not at all. */
const unread = new Set([
  ...['style', 'script', 'textarea', 'xmp', 'iframe', 'noembed', 'noframes', 'plaintext', 'template'],
]);
const textAttributes = new Set(['alt', 'title', 'aria-label']);

/**
 * Each field of the source is given a mark of its own and looked for in the tree: what is not seen, or seen where
 * it may not stand, is misplaced. A mark by chance, so that no source can have it already.
 */
function misplacedInHtml(
  html: string | null,
  kinds: ReadonlyMap<string, 'text' | 'url'>,
  limits: MarkupLimits,
): string[] {
  if (knownIn(html, kinds).length === 0 || html === null) return [];
  const chance = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(36)).join('');
  const names: string[] = [];
  const marked = html.replace(placeholder, (field, name: string) => {
    if (!kinds.has(name)) return field;
    names.push(name);
    return `kf${chance}n${names.length - 1}e`;
  });
  const parsed = parseMarkup(marked, limits);
  if (!parsed.ok) return names;
  const seen = new Set<number>();
  const wrong = new Set<number>();
  const mark = new RegExp(`kf${chance}n(\\d+)e`, 'g');
  const note = (text: string, fits: (name: string) => boolean) => {
    if (!text.includes(chance)) return;
    for (const [, digits] of text.matchAll(mark)) {
      const index = Number(digits);
      (fits(names[index] ?? '') ? seen : wrong).add(index);
    }
  };
  const unmarked = (text: string) => text.replace(mark, (_, index) => `{{${names[Number(index)]}}}`);
  for (const element of elementsOf(parsed.markup)) {
    noteAttributes(element, marked, kinds, note);
    note(element.name, () => false);
  }
  const stack: [AnyNode, boolean][] = [[parsed.markup.root as AnyNode, true]];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const [node, inRead] = top;
    const read = inRead && !unread.has(node.name ?? '');
    if (node.data !== undefined) {
      const words = new Set(misplacedInText(unmarked(node.data), kinds));
      note(node.data, (name) => read && node.type === 'text' && !words.has(name));
    }
    for (const child of node.children ?? []) stack.push([child, read]);
  }
  return names.filter((_, index) => wrong.has(index) || !seen.has(index));
}

/** As much of a node as is looked at, whatever its type. */
interface AnyNode {
  type: string;
  name?: string;
  data?: string;
  children?: AnyNode[];
}

function noteAttributes(
  element: Element,
  source: string,
  kinds: ReadonlyMap<string, 'text' | 'url'>,
  note: (text: string, fits: (name: string) => boolean) => void,
): void {
  const { attribs, name: tag, sourceCodeLocation: location } = element;
  const places = location && 'attrs' in location ? location.attrs : undefined;
  for (const [attribute, value] of Object.entries(attribs)) {
    note(attribute, () => false);
    note(value, (name) => {
      const place = (places as Record<string, { startOffset: number; endOffset: number }> | undefined)?.[
        attribute
      ];
      const quoted =
        place !== undefined && /^[^=]*=\s*["']/.test(source.slice(place.startOffset, place.endOffset));
      if (!quoted) return false;
      if (kinds.get(name) === 'text') return textAttributes.has(attribute);
      return attribute === 'href' && /^(?:a|area)$/.test(tag) && /^kf[0-9a-z]+n\d+e$/.test(value);
    });
  }
}
