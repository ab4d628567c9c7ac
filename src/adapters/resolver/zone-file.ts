import { type RecordType, recordTypes } from '../../ports.ts';
import { foldName, parseName } from './name.ts';
import {
  type RecordFault,
  readTxt,
  recordForms,
  type ZoneFaultCode,
  type ZoneRecord,
} from './zone-record.ts';

const failures = ['TIMEOUT', 'SERVFAIL', 'BOGUS', 'EXPIRED', 'REFUSED', 'NXDOMAIN'] as const;
/** `TIMEOUT`: no answer at all. `BOGUS`, `EXPIRED`: SERVFAIL, since a signature does not hold (RFC 8914). */
export type ZoneFailure = (typeof failures)[number];

type Records = ReadonlyMap<RecordType, ZoneFailure | readonly ZoneRecord[]>;

/** A small world of names. Made by `parseZone` only. */
export interface Zone {
  names: ReadonlyMap<string, ZoneFailure | Records>;
  /** Names that exist because something stands below them (empty non-terminals, RFC 4592 section 2.2.2). */
  parents: ReadonlySet<string>;
}

export type ZoneParse = { ok: true; zone: Zone } | ({ ok: false } & ZoneFault);

/** What is wrong with a zone file. */
export interface ZoneFault extends RecordFault {
  /** The keys and indexes that lead to it. */
  path: (string | number)[];
}

function fault(
  code: ZoneFaultCode,
  subject: string,
  message: string,
  path: (string | number)[] = [],
): ZoneFault {
  return { code, subject, message, path };
}

/**
 * Reads a zone file: names, each with a failure for the whole name or with its types; each type a list of
 * records in presentation form, or a failure for that type alone. A TXT record may be a list of strings.
 */
export function parseZone(json: unknown): ZoneParse {
  if (!isObject(json))
    return { ok: false, ...fault('zone', '', 'a zone is an object from names to records') };
  const names = new Map<string, ZoneFailure | Records>();
  for (const [key, value] of Object.entries(json)) {
    const name = parseName(key);
    if (name === undefined) {
      const said = `"${key}" is not a domain name (write xn-- for other letters)`;
      return { ok: false, ...fault('name', key, said, [key]) };
    }
    if (names.has(name)) {
      return { ok: false, ...fault('twice', name, `"${name}" stands in the zone twice`, [key]) };
    }
    const content = readName(value);
    if (isFault(content)) return { ok: false, ...content, path: [key, ...content.path] };
    names.set(name, content);
  }
  return { ok: true, zone: { names, parents: parentsOf(names) } };
}

function isFault(value: object | string): value is ZoneFault {
  return typeof value === 'object' && 'message' in value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readFailure(value: unknown): ZoneFailure | undefined {
  return failures.find((failure) => failure === value);
}

function readName(value: unknown): ZoneFailure | Records | ZoneFault {
  const failure = readFailure(value);
  if (failure !== undefined) return failure;
  if (!isObject(value)) {
    return fault(
      'types',
      failures.join(', '),
      `a name has an object of types, or one of ${failures.join(', ')}`,
    );
  }
  const records = new Map<RecordType, ZoneFailure | ZoneRecord[]>();
  for (const [key, content] of Object.entries(value)) {
    const type = recordTypes.find((known) => known === key);
    if (type === undefined) {
      return fault('type', key, `"${key}" is not a type (${recordTypes.join(', ')})`, [key]);
    }
    const read = readType(type, content);
    if (isFault(read)) return { ...read, path: [key, ...read.path] };
    records.set(type, read);
  }
  return faultOfAlias(records) ?? records;
}

function readType(type: RecordType, content: unknown): ZoneFailure | ZoneRecord[] | ZoneFault {
  const failure = readFailure(content);
  if (failure !== undefined) return failure;
  if (!Array.isArray(content)) {
    return fault('list', type, `${type} is a list of records, or one of ${failures.join(', ')}`);
  }
  const records: ZoneRecord[] = [];
  for (const [index, value] of content.entries()) {
    const record = readRecord(type, value);
    if ('code' in record) return { ...record, path: [index] };
    records.push(record);
  }
  return records;
}

/** The record, or what is wrong with it. */
function readRecord(type: RecordType, value: unknown): ZoneRecord | RecordFault {
  if (type === 'TXT') {
    if (typeof value === 'string') return readTxt(value);
    if (Array.isArray(value) && value.every((part) => typeof part === 'string')) return readTxt(value);
    return { code: 'txt', subject: '', message: 'a TXT record is a string or a list of strings' };
  }
  const form = recordForms[type];
  const record = typeof value === 'string' ? form.read(value.trim()) : undefined;
  const { example } = form;
  return record ?? { code: 'form', subject: example, message: `${type} does not look like "${example}"` };
}

/** An alias stands alone (RFC 1034 section 3.6.2), or a lookup could not say which to follow. */
function faultOfAlias(records: Records): ZoneFault | undefined {
  const aliases = records.get('CNAME');
  if (typeof aliases !== 'object' || aliases.length === 0) return undefined;
  if (aliases.length > 1) return fault('aliases', '', 'a name has at most one CNAME', ['CNAME']);
  const other = [...records].find(([type, content]) => type !== 'CNAME' && typeof content === 'object');
  if (!other) return undefined;
  const [type] = other;
  return fault('alias-shared', type, `a name with a CNAME has no other records (${type})`, ['CNAME']);
}

function parentsOf(names: Zone['names']): Set<string> {
  const parents = new Set<string>();
  for (const [name, content] of names) {
    if (content === 'NXDOMAIN') continue;
    for (let parent = parentOf(name); parent !== undefined; parent = parentOf(parent)) parents.add(parent);
  }
  return parents;
}

function parentOf(name: string): string | undefined {
  const dot = name.indexOf('.');
  return dot < 0 || name === '.' ? undefined : name.slice(dot + 1);
}

export interface ZoneAnswer {
  outcome: 'NOERROR' | ZoneFailure;
  /** The CNAME chain first. A loop ends where it closes. */
  records: { name: string; record: ZoneRecord }[];
}

/** What the zone says to a question. A name that nothing in the zone mentions is NXDOMAIN. */
export function lookUp(zone: Zone, name: string, type: RecordType | undefined): ZoneAnswer {
  const records: ZoneAnswer['records'] = [];
  const seen = new Set<string>();
  let owner = foldName(name);
  for (;;) {
    seen.add(owner);
    const content = contentOf(zone, owner);
    if (typeof content === 'string') return { outcome: content, records };
    const own = (type && content.get(type)) ?? [];
    if (typeof own === 'string') return { outcome: own, records };
    const alias = own.length === 0 && type !== 'CNAME' ? (content.get('CNAME') ?? []) : [];
    if (typeof alias === 'string') return { outcome: alias, records };
    for (const record of [...own, ...alias]) records.push({ name: owner, record });
    const [target] = alias;
    if (target?.type !== 'CNAME' || seen.has(target.data)) return { outcome: 'NOERROR', records };
    owner = target.data;
  }
}

/**
 * Whether a resolver that validates would set AD. DS records tell: that of a top-level domain says that what it
 * delegates can be proven, that of a name right below it that all at and below that name is signed, down to where NS
 * without DS begins another zone. `ends`: of the CNAMEs that the answer follows.
 */
export function isSecure(
  { names }: Zone,
  asked: string,
  type: RecordType | undefined,
  ends: readonly string[],
): boolean {
  const has = (name: string, wanted: RecordType) => {
    const content = names.get(name);
    return typeof content === 'object' && typeof content.get(wanted) === 'object';
  };
  const isSigned = (name: string): boolean => {
    const parent = parentOf(name);
    if (parent === undefined || (has(name, 'NS') && !has(name, 'DS'))) return false;
    return parent.includes('.') ? isSigned(parent) : has(parent, 'DS') && has(name, 'DS');
  };
  const name = foldName(asked);
  const parent = parentOf(name);
  if (type !== 'DS') return [name, ...ends].every(isSigned);
  // A DS stands in the zone above.
  if (parent === undefined) return has(name, 'DS');
  return parent.includes('.') ? isSigned(parent) : has(parent, 'DS');
}

const nothing: Records = new Map();

/** The name itself, or the wildcard right below its closest ancestor that exists (RFC 4592 section 3.3). */
function contentOf(zone: Zone, name: string): ZoneFailure | Records {
  const exists = (candidate: string) => zone.names.has(candidate) || zone.parents.has(candidate);
  if (exists(name)) return zone.names.get(name) ?? nothing;
  let encloser = parentOf(name);
  while (encloser !== undefined && !exists(encloser)) encloser = parentOf(encloser);
  return (encloser !== undefined && zone.names.get(`*.${encloser}`)) || 'NXDOMAIN';
}
