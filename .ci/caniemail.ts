/**
 * Writes rules/clients/caniemail.ts from caniemail's data: `npm run update:caniemail FILE`, where FILE is a copy
 * of https://www.caniemail.com/api/data.json. Of each client the newest version that was tested counts.
 */
import { readFileSync, writeFileSync } from 'node:fs';

interface Feature {
  slug: string;
  title: string;
  stats: Record<string, Record<string, Record<string, string>>>;
  notes_by_num: Record<string, string> | null;
}

export interface Source {
  last_update_date: string;
  data: Feature[];
}

/** What may stand for a level in the source. */
const levels = new Set(['y', 'a', 'n', 'u']);
/** Programs that a person has installed, in whatever version. The others are everywhere as they are today. */
const installed = /^(?:apple-mail-|thunderbird-|samsung-email-|outlook-(?:windows|macos)$)/;

/** The file's text. @throws Error when the data is not as it was. */
export function writeData(source: Source): string {
  const features = source.data.toSorted((a, b) => (a.slug < b.slug ? -1 : 1));
  const clients = [
    ...new Set(
      features.flatMap(({ stats }) =>
        Object.entries(stats).flatMap(([family, platforms]) =>
          Object.keys(platforms).map((platform) => `${family}-${platform}`),
        ),
      ),
    ),
  ].sort();
  const rows = features.map((feature) => {
    const { slug, title, stats, notes_by_num: notes } = feature;
    const cells = clients.map((client) => {
      const family = Object.keys(stats).find(
        (one) => stats[one]?.[client.slice(one.length + 1)] && client.startsWith(`${one}-`),
      );
      const versions = family ? stats[family]?.[client.slice(family.length + 1)] : undefined;
      return versions ? cell(versions, feature, installed.test(client)) : '-';
    });
    const texts = Object.entries(notes ?? {}).map(([number, text]) => `${number}: ${literal(text)}`);
    const row = [
      literal(title),
      literal(cells.join(' ')),
      ...(texts.length ? [`{ ${texts.join(', ')} }`] : []),
    ];
    return `  ${literal(slug)}: [${row.join(', ')}],`;
  });
  return `/**
 * Written by \`npm run update:caniemail\` from the data of caniemail.com (MIT, © Rémi Parmentier and others).
 * Each feature: its title; for each client in turn the level (y, a: partly, n, u: unknown), the newest version that
 * was tested, the numbers of its notes, and of an installed program the last version before with another level.
 */

/** When the source was last changed. */
export const date = '${source.last_update_date.slice(0, 10)}';

/** Family and platform, in the order of the cells. */
export const columns: readonly string[] =
  '${clients.join(' ')}'.split(
    ' ',
  );

export type Row = readonly [title: string, cells: string, notes?: Readonly<Record<number, string>>];

// biome-ignore format: one line a feature
export const features: Readonly<Record<string, Row>> = {
${rows.join('\n')}
};
`;
}

/** \`y14<n12.4\`, \`a2026-03#1\`: the newest first. */
function cell(
  versions: Record<string, string>,
  { slug, notes_by_num: notes }: Feature,
  isInstalled: boolean,
) {
  const sorted = inOrder(Object.keys(versions)).toReversed();
  const read = sorted.map((version) => {
    const [level = '', ...numbers] = (versions[version] ?? '').trim().split(/\s+/);
    if (!levels.has(level)) throw new Error(`${slug}: no level is called ${level}`);
    if (/[\s#<]/.test(version)) throw new Error(`${slug}: no version is called ${version}`);
    const known = numbers.map((number) => number.replace('#', '')).filter((number) => notes?.[number]);
    return { level, text: `${level}${version}${known.map((number) => `#${number}`).join('')}` };
  });
  const [newest, ...older] = read;
  if (!newest) return '-';
  const other = isInstalled ? older.find(({ level }) => level !== newest.level && level !== 'u') : undefined;
  return other ? `${newest.text}<${other.text.replace(/#.*/, '')}` : newest.text;
}

/** Where dates and numbers of versions are mixed they cannot be compared: the source has the newest last. */
function inOrder(versions: string[]): string[] {
  const dated = versions.filter((version) => /^20\d\d-\d\d/.test(version)).length;
  return dated > 0 && dated < versions.length ? versions : versions.sort(later);
}

/** Dates, or numbers with dots; those that are whole numbers lose their place in a JSON object. */
function later(a: string, b: string): number {
  const parts = (version: string) => version.split(/[-.]/).map((part) => Number.parseInt(part, 10) || 0);
  const [x, y] = [parts(a), parts(b)];
  const at = x.findIndex((part, i) => part !== y[i]);
  return at === -1 ? x.length - y.length : (x[at] ?? 0) - (y[at] ?? -1);
}

function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replace(/\s+/g, ' ')}'`;
}

if (import.meta.main) {
  const [file] = process.argv.slice(2);
  if (!file) throw new Error('Say which file: npm run update:caniemail data.json');
  const source: Source = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(new URL('../rules/clients/caniemail.ts', import.meta.url), writeData(source));
  console.log(
    `${source.data.length} features, last changed ${source.last_update_date}. Now: npm test, which names features that have no snippets in fixtures/features/ yet; then npm run rule-set.`,
  );
}
