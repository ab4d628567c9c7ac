/** TXT records that begin with a version: which of them count, and which were only meant to (RFC 8460, RFC 8461). */
import type { DnsAnswer } from '../ports.ts';
import { recordsOf, unanswered } from './dns.ts';

export interface VersionedRecord {
  /** Where it stands. */
  name: string;
  /** `several`: which count as none. `misspelt`: none that counts, and one that was meant to. */
  state: 'one' | 'none' | 'several' | 'misspelt' | 'unanswered';
  /** Those that count; of a misspelt one, that. At most a few. */
  texts: readonly string[];
  /** A CNAME stands there, so that no other record can. */
  isAlias: boolean;
}

const textsKept = 5;
const textKept = 4000;

/** Records that do not begin with the version and a semicolon are passed over, as both RFCs have it. */
export function readVersioned(answer: DnsAnswer, version: string): VersionedRecord {
  const { name, records } = answer;
  const isAlias = records.some((record) => record.type === 'CNAME' && record.name === name);
  const found = { name, isAlias };
  if (unanswered(answer)) return { ...found, state: 'unanswered', texts: [] };
  const all = recordsOf(answer).map(({ data }) => data);
  const begins = new RegExp(`^${version}[ \\t]*;`);
  const texts = all.filter((text) => begins.test(text));
  const kept = (some: readonly string[]) => some.slice(0, textsKept).map((text) => text.slice(0, textKept));
  if (texts.length > 1) return { ...found, state: 'several', texts: kept(texts) };
  if (texts.length === 1) return { ...found, state: 'one', texts: kept(texts) };
  // In another case, with spaces, or without the letter before the number.
  const loose = version.replace('=', '\\s{0,5}=\\s{0,5}').replace('v1', 'v?1');
  const meant = new RegExp(`^["'\\s]{0,5}${loose}`, 'i');
  const misspelt = all.filter((text) => meant.test(text));
  return { ...found, state: misspelt.length > 0 ? 'misspelt' : 'none', texts: kept(misspelt) };
}

/** The fields after the version: the first of each name, by that name. Such as say nothing are left out. */
export function fieldsOf(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const part of text.split(';').slice(1)) {
    const [, name, value] = /^\s*([a-z0-9][a-z0-9_.-]{0,31})=(.*)$/is.exec(part) ?? [];
    if (name !== undefined && value !== undefined && !fields.has(name)) fields.set(name, value.trim());
  }
  return fields;
}
