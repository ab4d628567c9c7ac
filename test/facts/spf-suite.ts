/** The RFC 7208 test suite (fixtures/suites/spf), with its zones as ours. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

type SuiteRecord = string | Record<string, string | string[]>;

interface SuiteScenario {
  description: string;
  tests: Record<string, { helo: string; mailfrom: string; result: string | string[] }>;
  zonedata: Record<string, SuiteRecord[] | string>;
}

export interface SuiteCase {
  name: string;
  /** The domain that is checked: of MAIL FROM, or of HELO where that is empty. */
  domain: string;
  /** Results that the suite accepts. */
  results: string[];
  /** SPF and other TXT texts at the domain. */
  texts: string[];
  scenario: string;
}

const file = fileURLToPath(new URL('../../fixtures/suites/spf/rfc7208-tests.json', import.meta.url));
const scenarios = JSON.parse(readFileSync(file, 'utf8')) as SuiteScenario[];

export const suiteCases: SuiteCase[] = scenarios.flatMap(({ description, tests, zonedata }) =>
  Object.entries(tests).map(([name, { helo, mailfrom, result }]) => {
    const domain = (mailfrom === '' ? helo : mailfrom.slice(mailfrom.lastIndexOf('@') + 1)).toLowerCase();
    const entry = Object.entries(zonedata).find(([owner]) => owner.toLowerCase() === domain);
    const texts = textsOf(recordList(entry?.[1])).map(joined);
    return { name, domain, results: [result].flat(), texts, scenario: description };
  }),
);

/** Names of one scenario as a zone of ours; what cannot be a name there is left out. */
export function suiteZone(scenario: string): Record<string, unknown> {
  const zone: Record<string, unknown> = {};
  const { zonedata = {} } = scenarios.find(({ description }) => description === scenario) ?? {};
  for (const [owner, content] of Object.entries(zonedata)) {
    const name = owner.toLowerCase();
    if (
      !/^[\x21-\x7e]{1,253}$/.test(name) ||
      name.split('.').some((part) => part === '' || part.length > 63)
    ) {
      continue;
    }
    const records = recordList(content);
    const types: Record<string, unknown> = {};
    const texts = textsOf(records);
    if (texts.length > 0) types.TXT = texts;
    for (const record of records) {
      if (typeof record === 'string') continue;
      const [[type, value] = ['', '']] = Object.entries(record);
      if (type === 'SPF' || type === 'TXT') continue;
      const known = (types[type] ?? []) as unknown[];
      types[type] = [...known, type === 'MX' ? [value].flat().join(' ').replace(/ $/, ' .') : value];
    }
    // A bare TIMEOUT stands for every type that is not listed.
    if (records.includes('TIMEOUT')) for (const type of ['TXT', 'A', 'AAAA', 'MX']) types[type] ??= 'TIMEOUT';
    zone[name] = types;
  }
  return zone;
}

function recordList(content: SuiteRecord[] | string | undefined): SuiteRecord[] {
  return content === undefined ? [] : Array.isArray(content) ? content : [content];
}

/** A driver of the suite copies SPF records to TXT, unless the name has TXT entries of its own. */
function textsOf(records: readonly SuiteRecord[]): (string | string[])[] {
  const of = (type: string) =>
    records.flatMap((one) => (typeof one !== 'string' && one[type] ? [one[type]] : []));
  const own = of('TXT');
  return (own.length > 0 ? own : of('SPF'))
    .filter((text) => text !== 'NONE')
    .map((text) => (text.length === 0 ? '' : text));
}

function joined(text: string | string[]): string {
  return [text].flat().join('');
}
