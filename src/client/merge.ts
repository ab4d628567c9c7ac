/** Merge fields: which may be declared, which values they may have, and where they stand in a text. */
import type { MergeField } from './template.ts';

export const fieldsAtMost = 50;
const lengthAtMost = 500;
const usualLength = 100;
const hostsAtMost = 20;
const urlLength = 2000;

const fieldName = /^[a-z][a-z0-9_]{0,39}$/;

/** Filled by whoever sends the mail; nobody declares them. */
export const reservedFields = { unsubscribe_url: 'url', recipient_address: 'text' } as const;
export type ReservedField = keyof typeof reservedFields;

export function isReserved(name: string): name is ReservedField {
  return Object.hasOwn(reservedFields, name);
}

/** What is wrong with a value. */
export const valueFaults = [
  'missing',
  'unknown',
  'not-text',
  'too-long',
  'characters',
  'markup',
  'link',
  'url-invalid',
  'url-host',
] as const;
export type ValueFault = (typeof valueFaults)[number];

/** What is wrong with a declaration. */
export type SchemaFault =
  | { code: 'invalid'; field: string; part: 'field' | 'name' | 'type' | 'max_length' | 'hosts' | 'sample' }
  | { code: 'too-many'; count: number }
  | { code: 'reserved' | 'twice'; field: string };

/**
 * Reads declared fields out of whatever a caller has handed over. `max_length` is 100 when nobody has said.
 * @returns the fields as they enter the digest, or the first fault.
 */
export function readSchema(
  declared: unknown,
): { ok: true; fields: MergeField[] } | { ok: false; fault: SchemaFault } {
  const invalid = (field: string, part: Extract<SchemaFault, { part: unknown }>['part']) =>
    ({ ok: false, fault: { code: 'invalid', field, part } }) as const;
  if (!Array.isArray(declared)) return invalid('', 'field');
  if (declared.length > fieldsAtMost)
    return { ok: false, fault: { code: 'too-many', count: declared.length } };
  const fields: MergeField[] = [];
  for (const one of declared as unknown[]) {
    if (typeof one !== 'object' || one === null) return invalid('', 'field');
    const { name, type, max_length = usualLength, hosts, sample } = one as Record<string, unknown>;
    if (typeof name !== 'string' || !fieldName.test(name)) return invalid(String(name).slice(0, 60), 'name');
    if (isReserved(name)) return { ok: false, fault: { code: 'reserved', field: name } };
    if (fields.some((field) => field.name === name))
      return { ok: false, fault: { code: 'twice', field: name } };
    if (typeof sample !== 'string') return invalid(name, 'sample');
    let field: MergeField;
    if (type === 'text') {
      if (hosts !== undefined) return invalid(name, 'hosts');
      const fits = typeof max_length === 'number' && Number.isInteger(max_length);
      if (!fits || max_length < 1 || max_length > lengthAtMost) return invalid(name, 'max_length');
      field = { name, type, max_length, sample };
    } else if (type === 'url') {
      if (!isHostList(hosts)) return invalid(name, 'hosts');
      field = { name, type, hosts: [...hosts], sample };
    } else return invalid(name, 'type');
    if (valueFault(field, sample)) return invalid(name, 'sample');
    fields.push(field);
  }
  return { ok: true, fields };
}

const hostEntry =
  /^(?:\*\.)?(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** Two labels at least, also under a star; an IP address is none. */
function isHostList(hosts: unknown): hosts is string[] {
  if (!Array.isArray(hosts) || hosts.length === 0 || hosts.length > hostsAtMost) return false;
  return hosts.every((host) => typeof host === 'string' && hostEntry.test(host));
}

/**
 * The first fault of one recipient's values. Every declared field must have one, and no other may.
 * @returns undefined when there is none.
 */
export function checkValues(
  fields: readonly MergeField[],
  values: Readonly<Record<string, unknown>>,
): { code: ValueFault; field: string } | undefined {
  for (const field of fields) {
    const code = Object.hasOwn(values, field.name) ? valueFault(field, values[field.name]) : 'missing';
    if (code) return { code, field: field.name };
  }
  // Looked for only where there are more: this runs for each of a million recipients.
  const names = Object.keys(values);
  if (names.length === fields.length) return undefined;
  const unknown = names.find((name) => !fields.some((field) => field.name === name));
  return unknown === undefined ? undefined : { code: 'unknown', field: unknown.slice(0, 60) };
}

/** What is wrong with a value; undefined: nothing. */
export function valueFault(field: MergeField, value: unknown): ValueFault | undefined {
  if (value === undefined || value === null || value === '') return 'missing';
  if (typeof value !== 'string') return 'not-text';
  return field.type === 'text' ? textFault(value, field.max_length) : urlFault(value, field.hosts);
}

/** All but the two joiners, which scripts such as Persian, and emoji, are written with. */
const unwanted = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
/** `=?` and `?=` bound an encoded word (RFC 2047), which a mail program shows as what it decodes to. */
const markup = /[<>]|\{\{|\}\}|=\?|\?=/;

function textFault(value: string, limit: number): ValueFault | undefined {
  // Characters, not UTF-16 units; counted only where that can make a difference.
  if (value.length > limit && (value.length > 2 * limit || [...value].length > limit)) return 'too-long';
  if (!value.isWellFormed() || unwanted.test(value)) return 'characters';
  if (value.trim() === '') return 'missing';
  if (markup.test(value)) return 'markup';
  return looksLinked(value) ? 'link' : undefined;
}

/** `example.se`, `.se`, `//`, `\\server`, `www.`, `a@b`, `mailto:` and schemes like it. */
const linked =
  /\.\p{L}{2}|[\p{L}\p{N}]\.[\p{L}\p{N}-]*\.?xn--|\/\/|\\\\|www\.|@[\p{L}\p{N}]|(?:mailto|tel|sms|file|javascript|data|https?|ftp):\S/iu;
const seldomPlain = /[./\\@:\u0080-\uffff]/;

/**
 * Whether a mail program may make a link of it. Strict on purpose: `St.Petersburg` counts too, since a merge
 * value must never become a link.
 */
export function looksLinked(text: string): boolean {
  if (!seldomPlain.test(text)) return false;
  // As names are read: wide characters are the usual ones, and marks and joiners do not part them (RFC 5895).
  const folded = text
    .normalize('NFKC')
    .replace(/[\u3002\uff61]/g, '.')
    .replace(/[\p{M}\u200c\u200d]/gu, '');
  return linked.test(folded);
}

const urlForm =
  /^https:\/\/([A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)(?::443)?(?:[/?#][^\s<>"'`\\{}]*)?$/;

function urlFault(value: string, hosts: readonly string[]): ValueFault | undefined {
  const host = urlHost(value);
  if (host === undefined) return value.length > urlLength ? 'too-long' : 'url-invalid';
  const listed = hosts.some((entry) =>
    entry.startsWith('*.') ? host.endsWith(entry.slice(1)) && host.length >= entry.length : host === entry,
  );
  return listed ? undefined : 'url-host';
}

/** Host of an https address that every reader takes for the same one; undefined: it is not such. */
export function urlHost(value: string): string | undefined {
  if (value.length > urlLength || !value.isWellFormed() || unwanted.test(value)) return undefined;
  const host = urlForm.exec(value)?.[1]?.toLowerCase();
  return host === undefined || host.includes('..') || !URL.canParse(value) ? undefined : host;
}

const publicForm = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;
/** Set aside for one's own machine or network (RFC 6761, 6762, 7686, 8375, 9476), or used so. */
const inward =
  /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|private|corp|home|lan|home\.arpa|onion|alt|invalid)$/;

/** Room for `List-Unsubscribe: <…>` in a line of 998 octets, which has no place to fold (RFC 5322 section 2.1.1). */
const unsubscribeLength = 900;

/**
 * Whether a stranger's mail program can post to it: https at a name that the whole internet knows. An IP address, a
 * single label or a name of one's own network is none.
 */
export function isPublicUrl(value: string): boolean {
  const host = value.length > unsubscribeLength ? undefined : urlHost(value);
  return host !== undefined && publicForm.test(host) && !inward.test(host);
}

/** `{{name}}`, exactly so. */
export const placeholder = /\{\{([a-z][a-z0-9_]{0,39})\}\}/g;
/** Whatever looks like a field of this kind, however it is spelt. */
export const anyPlaceholder = /\{\{[^{}\r\n]{1,120}\}\}/;

/** A text with fields in it, cut once: `texts[0] names[0] texts[1] …`. */
export interface Cut {
  texts: readonly string[];
  names: readonly string[];
}

export function cut(text: string): Cut {
  const pieces = text.split(placeholder);
  return { texts: pieces.filter((_, i) => i % 2 === 0), names: pieces.filter((_, i) => i % 2 === 1) };
}

/** Puts values in their places, in one pass: what stands in a value is never looked at again. */
export function join({ texts, names }: Cut, value: (name: string) => string): string {
  let text = texts[0] ?? '';
  for (let i = 0; i < names.length; i += 1) text += value(names[i] as string) + (texts[i + 1] ?? '');
  return text;
}

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For text and for a quoted attribute alike. */
export function escapeHtml(value: string): string {
  return /[&<>"']/.test(value) ? value.replace(/[&<>"']/g, (sign) => escapes[sign] ?? '') : value;
}
