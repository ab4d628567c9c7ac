/** The test suites of SPF (fixtures/suites/spf), every revision, with their zones as ours: on the wire, byte for byte. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import type { Zone, ZoneFailure } from '../../src/adapters/resolver/zone-file.ts';
import { recordForms, type ZoneRecord } from '../../src/adapters/resolver/zone-record.ts';
import type { RecordType } from '../../src/ports.ts';

export const revisions = [
  'pyspf-rfc7208-tests',
  'mailauth-rfc7208-tests',
  'mailauth-rfc7208-tests-2014-05',
  'pyspf-rfc4408-tests',
] as const;
export type Revision = (typeof revisions)[number];

type SuiteRecord = string | Record<string, string | string[]>;

interface SuiteTest {
  helo: string;
  host: string;
  mailfrom: string;
  result: string | string[];
  explanation?: string;
}

interface SuiteScenario {
  description: string;
  tests: Record<string, SuiteTest>;
  zonedata: Record<string, SuiteRecord[] | string>;
}

export interface SuiteCase {
  name: string;
  scenario: SuiteScenario;
  test: SuiteTest;
  /** The domain that is checked: of MAIL FROM, or of HELO where that is empty. */
  domain: string;
  /** Results that the suite accepts. */
  results: string[];
  /** SPF and other TXT texts at the domain. */
  texts: string[];
}

export function suiteCases(revision: Revision): SuiteCase[] {
  return scenariosOf(revision).flatMap((scenario) =>
    Object.entries(scenario.tests).map(([name, test]) => {
      const { helo, mailfrom, result } = test;
      const domain = (mailfrom === '' ? helo : mailfrom.slice(mailfrom.lastIndexOf('@') + 1)).toLowerCase();
      const entry = Object.entries(scenario.zonedata).find(([owner]) => owner.toLowerCase() === domain);
      const texts = textsOf(recordList(entry?.[1])).map((text) => text.join(''));
      return { name, scenario, test, domain, results: [result].flat(), texts };
    }),
  );
}

/** Every scalar is a string: `helo: 1.10` is no number. */
function scenariosOf(revision: Revision): SuiteScenario[] {
  const file = fileURLToPath(new URL(`../../fixtures/suites/spf/${revision}.yml`, import.meta.url));
  // A zone of 2014 names a key twice; what stands last holds, as in the drivers of its time.
  const options = { schema: 'failsafe', uniqueKeys: false } as const;
  return parseAllDocuments(readFileSync(file, 'utf8'), options).flatMap((document) => {
    if (document.errors.length > 0) throw document.errors[0];
    const scenario = document.toJS() as SuiteScenario | null;
    return scenario?.tests ? [scenario] : [];
  });
}

/**
 * The zone of one scenario, past the zone file's own reader, which wants plain names and whole texts: a name with a
 * space in it, a TXT record without any string and bytes over 127 go out as they are.
 */
export function suiteZone({ zonedata }: SuiteScenario): Zone {
  const names = new Map<string, ZoneFailure | ReadonlyMap<RecordType, ZoneFailure | ZoneRecord[]>>();
  const parents = new Set<string>();
  for (const [owner, content] of Object.entries(zonedata)) {
    const name = owner.toLowerCase();
    const records = recordList(content);
    const types = new Map<RecordType, ZoneFailure | ZoneRecord[]>();
    const texts = textsOf(records).map((parts): ZoneRecord => {
      return { type: 'TXT', data: parts.flatMap((part) => pieces(Buffer.from(part, 'latin1'))) };
    });
    if (texts.length > 0) types.set('TXT', texts);
    for (const record of records) {
      if (typeof record === 'string') continue;
      const [[type = '', value = ''] = []] = Object.entries(record);
      if (type === 'SPF' || type === 'TXT') continue;
      const known = type as Exclude<RecordType, 'TXT'>;
      const read = recordForms[known].read([value].flat().join(' ').replace(/ $/, ' .'));
      if (!read) throw new Error(`${owner} ${type} ${value} cannot be written`);
      const before = types.get(known);
      types.set(known, [...(Array.isArray(before) ? before : []), read]);
    }
    // A bare TIMEOUT stands for every type that is not listed.
    if (records.includes('TIMEOUT')) {
      for (const type of ['TXT', 'A', 'AAAA', 'MX', 'PTR'] as const) {
        if (!types.has(type)) types.set(type, 'TIMEOUT');
      }
    }
    names.set(name, types);
    for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1))
      parents.add(name.slice(dot + 1));
  }
  return { names, parents };
}

function pieces(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length || at === 0; at += 255) parts.push(bytes.subarray(at, at + 255));
  return parts;
}

function recordList(content: SuiteRecord[] | string | undefined): SuiteRecord[] {
  return content === undefined ? [] : Array.isArray(content) ? content : [content];
}

/** A driver of the suite copies SPF records to TXT, unless the name has TXT entries of its own. */
function textsOf(records: readonly SuiteRecord[]): string[][] {
  const of = (type: string) =>
    records.flatMap((one) => (typeof one !== 'string' && one[type] !== undefined ? [one[type]] : []));
  const own = of('TXT');
  return (own.length > 0 ? own : of('SPF')).filter((text) => text !== 'NONE').map((text) => [text].flat());
}
