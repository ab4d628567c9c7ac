/**
 * Writes rules/clients/support.ts from caniemail's data: `npm run update:caniemail FILE`, where FILE is a copy
 * of https://www.caniemail.com/api/data.json. The newest version that was tested counts.
 */
import { readFileSync, writeFileSync } from 'node:fs';

interface Feature {
  slug: string;
  title: string;
  stats: Record<string, Record<string, Record<string, string>>>;
  notes_by_num: Record<string, string> | null;
}

/** Our client ids, and the family and platform they have there. */
const clients: Record<string, readonly [family: string, platform: string]> = {
  'apple-mail-iphone': ['apple-mail', 'ios'],
  'gmail-web': ['gmail', 'desktop-webmail'],
  'outlook-windows': ['outlook', 'windows'],
};
const levels: Record<string, string> = { y: 'yes', a: 'partly', n: 'no', u: 'unknown' };

const [file] = process.argv.slice(2);
if (!file) throw new Error('Say which file: npm run update:caniemail data.json');
const source: { last_update_date: string; data: Feature[] } = JSON.parse(readFileSync(file, 'utf8'));
const date = source.last_update_date.slice(0, 10);

const records = Object.entries(clients).map(([id, [family, platform]]) => {
  const rows = source.data
    .toSorted((a, b) => (a.slug < b.slug ? -1 : 1))
    .flatMap((feature) => {
      const newest = newestOf(feature.stats[family]?.[platform] ?? {});
      return newest === undefined ? [] : [`    ${literal(feature.slug)}: ${written(newest, feature)},`];
    });
  return `  ${literal(id)}: {\n${rows.join('\n')}\n  },`;
});

writeFileSync(
  new URL('../rules/clients/support.ts', import.meta.url),
  `/**
 * Written by \`npm run update:caniemail\` from the data of caniemail.com (MIT, © Rémi Parmentier and others),
 * last changed ${date}. A feature that is not here was never tested: unknown.
 */
import type { Support } from '#rule';

/** When the source was last changed. */
export const supportDate = '${date}';

const yes: Support = { level: 'yes', notes: [] };
const no: Support = { level: 'no', notes: [] };
const as = (level: Support['level'], ...notes: string[]): Support => ({ level, notes });

// biome-ignore format: one line a feature
export const support: Record<${Object.keys(clients).map(literal).join(' | ')}, Readonly<Record<string, Support>>> = {
${records.join('\n')}
};
`,
);

/** Versions are dates or numbers with dots; those that are whole numbers lose their place in a JSON object. */
function newestOf(versions: Record<string, string>): string | undefined {
  const parts = (version: string) => version.split(/[-.]/).map(Number);
  const later = (a: string, b: string) => {
    const [x, y] = [parts(a), parts(b)];
    const at = x.findIndex((part, i) => part !== y[i]);
    return at === -1 ? x.length - y.length : (x[at] ?? 0) - (y[at] ?? -1);
  };
  const newest = Object.keys(versions).sort(later).at(-1);
  return newest === undefined ? undefined : versions[newest];
}

/** `a #1 #7`: a level and the numbers of its notes. */
function written(value: string, { slug, notes_by_num: texts }: Feature): string {
  const [mark = '', ...numbers] = value.trim().split(/\s+/);
  const level = levels[mark];
  if (!level) throw new Error(`${slug}: no level is called ${mark}`);
  const notes = numbers.flatMap((number) => texts?.[number.replace('#', '')] ?? []);
  if (notes.length === 0 && (level === 'yes' || level === 'no')) return level;
  return `as(${[level, ...notes].map(literal).join(', ')})`;
}

function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', ' ')}'`;
}
