/** What caniemail.com says of each client, read from its rows when it is first asked for. */
import type { Support, SupportLevel } from '#rule';
import { columns, date, features } from './caniemail.ts';

/** Of the data, as a rule says where it has it from. */
export const supportSource = `caniemail.com, data of ${date}`;

/** Support as the source tells it: when, and of an installed program what was otherwise before. */
export interface Tested extends Support {
  /** The newest that was tested: a program's version, or the year and month. */
  version: string;
  /** The last version with another level. */
  before?: { level: SupportLevel; version: string };
  /** `partly`, and its parts tell which: the rest of it is there. */
  inParts?: true;
}

const levels: Record<string, SupportLevel> = { y: 'yes', a: 'partly', n: 'no', u: 'unknown' };
const known = new Map<string, Readonly<Record<string, Tested>>>();

/**
 * By the slug of the feature; one that is not there was never tested: unknown. `client`: family and platform as the
 * source names them, `outlook-windows`. @throws Error when the source has no such client.
 */
export function supportOf(client: string): Readonly<Record<string, Tested>> {
  const read = known.get(client) ?? readColumn(client);
  known.set(client, read);
  return read;
}

/** The same without parts: previews know those by the limits and parts of each client's own file. */
export function wholeSupportOf(client: string): Readonly<Record<string, Tested>> {
  return Object.fromEntries(Object.entries(supportOf(client)).filter(([slug]) => !slug.includes(':')));
}

function readColumn(client: string): Readonly<Record<string, Tested>> {
  const column = columns.indexOf(client);
  if (column === -1) throw new Error(`caniemail.com does not test ${client}`);
  const support: Record<string, Tested> = {};
  for (const [slug, [, cells, notes]] of Object.entries(features)) {
    const tested = readCell(cells.split(' ', column + 1)[column] ?? '-', notes ?? {});
    if (tested) support[slug] = tested;
  }
  const video = support['html-video'];
  if (video) support['html-video:filled'] = { ...video, level: levelOfFilled(video) };
  for (const { slug, part, lacks } of parts) {
    const whole = support[slug];
    if (whole) support[`${slug}:${part}`] = { ...whole, level: levelOfPart(whole, lacks) };
  }
  for (const [slug, tested] of Object.entries(support)) {
    const told = parts.filter((one) => one.slug === slug);
    const isTold = (note: string) => told.some(({ lacks }) => lacks.test(note));
    if (tested.level === 'partly' && tested.notes.length > 0 && tested.notes.every(isTold))
      support[slug] = { ...tested, inParts: true };
  }
  return support;
}

/** A part is as the whole, save that where the whole is there partly the notes tell which part is not. */
function levelOfPart({ level, notes }: Tested, lacks: RegExp): SupportLevel {
  if (level === 'no' || level === 'unknown') return level;
  return notes.some((note) => lacks.test(note)) ? 'no' : 'yes';
}

/**
 * A video with a picture or words in it, for programs that do not play it: the notes tell what becomes of those.
 * Where they tell nothing it is unknown.
 */
function levelOfFilled({ level, notes }: Tested): SupportLevel {
  if (level !== 'no') return level;
  const told = (pattern: RegExp) => notes.some((note) => pattern.test(note));
  if (told(/fallback content is shown|tags are replaced/i)) return 'yes';
  if (told(/all its content is removed/i)) return 'no';
  return told(/is supported[^.]{0,80} can ?not play/i) ? 'partly' : 'unknown';
}

/** What notes tell of a part of a feature, in the words they use. */
const parts: readonly { slug: string; part: string; lacks: RegExp }[] = [
  { slug: 'css-rgb', part: 'spaces', lacks: /whitespace syntax/i },
  { slug: 'css-rgb', part: 'alpha', lacks: /alpha value/i },
  { slug: 'css-rgba', part: 'spaces', lacks: /whitespace syntax/i },
  { slug: 'css-float', part: 'logical', lacks: /logical property values/i },
  { slug: 'css-background-image', part: 'several', lacks: /multiple values/i },
  ...['details', 'main', 'nav', 'summary'].map((part) => ({
    slug: 'html-semantics',
    part,
    lacks: new RegExp(`only .<time>. is supported|<${part}>`, 'i'),
  })),
  { slug: 'css-padding', part: 'outside', lacks: /only supported on table cells/i },
  { slug: 'css-margin', part: 'negative', lacks: /negative values are not supported/i },
  ...['absolute', 'fixed', 'sticky'].map((part) => ({
    slug: 'css-position',
    part,
    lacks: new RegExp(`but not [^.]{0,60}\`${part}\``),
  })),
];

/** `y14<n12.4`, `a2026-03#1`; `-`: never tested. */
function readCell(cell: string, texts: Readonly<Record<number, string>>): Tested | undefined {
  const [newest = '', older] = cell.split('<');
  const [said = '', ...notes] = newest.split('#');
  const level = levels[said[0] ?? ''];
  if (!level) return undefined;
  const before = older && levels[older[0] ?? ''];
  return {
    level,
    notes: notes.flatMap((note) => texts[Number(note)] ?? []),
    version: said.slice(1),
    ...(before ? { before: { level: before, version: older.slice(1) } } : {}),
  };
}
