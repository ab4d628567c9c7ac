/** How much of the audience loses a feature that a mail uses, and in which programs: caniemail.com weighed by shares. */
import type { Facts, Place, SupportLevel } from '#rule';
import { type Program, programs } from './audience.ts';
import type { VisibleFeature } from './losses.ts';
import { supportOf, type Tested } from './support.ts';

type Css = NonNullable<Facts['css']>;
type Feature = Pick<VisibleFeature, 'slugs' | 'drawable'>;

/** A program at one level for a feature. */
export interface Hit {
  program: Program;
  /** Of 100 readers. */
  share: number;
  /** What the source says; undefined: nobody has tested it. */
  tested: Tested | undefined;
}

export interface Reach {
  /** Kept apart: what nobody has tested is neither partly there nor missing. */
  lost: readonly Hit[];
  partly: readonly Hit[];
  untested: readonly Hit[];
  /** How often it is used where something that loses it sees it, and the first places. */
  count: number;
  places: readonly Place[];
}

/** What takes all the CSS beside it along is not made up for by what stands beside it: email-bugs, issue 21. */
const spoiling: Readonly<Record<string, RegExp>> = { 'css-rgb:spaces': /^gmail-/ };
/** The worst first: what a feature of several slugs is worth. */
const order: readonly SupportLevel[] = ['no', 'unknown', 'partly'];

/** Of a feature that may have several slugs, over the programs that have a share. */
export function reachOf(
  css: Css,
  { slugs, drawable }: Feature,
  audience: Readonly<Record<string, number>>,
): Reach {
  const hits: Record<'no' | 'partly' | 'unknown', Hit[]> = { no: [], partly: [], unknown: [] };
  let count = 0;
  let places: readonly Place[] = [];
  const used = slugs.filter((slug) => css.features.has(slug));
  for (const program of used.length > 0 ? programs : []) {
    const share = audience[program.id] ?? 0;
    if (share <= 0 || (drawable && css.vml && program.word)) continue;
    const support = supportOf(program.id);
    const seen = used.flatMap((slug) => {
      const use = css.features.get(slug);
      const tally = program.word ? use?.bareInWord : use?.bare;
      const number = spoiling[slug]?.test(program.id) ? use?.count : tally?.count;
      const tested = support[slug];
      const level = tested?.inParts ? 'yes' : (tested?.level ?? 'unknown');
      return number && level !== 'yes' ? [{ tested, level, number, places: tally?.places ?? [] }] : [];
    });
    const level = order.find((one) => seen.some((use) => use.level === one));
    if (!level || level === 'yes') continue;
    const worst = seen.filter((use) => use.level === level);
    hits[level].push({ program, share, tested: worst[0]?.tested });
    // One value may use two slugs: a gradient is a picture behind something too.
    const known = worst.flatMap((use) => use.places);
    const apart = [...new Map(known.map((place) => [`${place.line}:${place.column}`, place])).values()];
    const uses = worst.reduce((sum, use) => sum + use.number, apart.length - known.length);
    if (uses > count) {
      count = uses;
      places = apart;
    }
  }
  return { lost: hits.no, partly: hits.partly, untested: hits.unknown, count, places };
}

/** Of 100 readers, in whole numbers. */
export function shareOf(hits: readonly Hit[]): number {
  return Math.round(hits.reduce((sum, { share }) => sum + share, 0));
}

/** `Gmail, Outlook (Windows, version 2019)`: a family by its name alone where all of it that the audience uses is meant. */
export function namesOf(hits: readonly Hit[], audience: Readonly<Record<string, number>>): string {
  const families = [...new Set(hits.map(({ program }) => program.family))];
  return families
    .map((family) => {
      const members = programs.filter((one) => one.family === family && (audience[one.id] ?? 0) > 0);
      const meant = hits.filter(({ program }) => program.family === family);
      const all = members.length === meant.length && members.length > 1;
      if (all) return family;
      const parts = meant.map(({ program: { on }, tested }) =>
        [on, versionOf(tested)].filter(Boolean).join(', '),
      );
      const apart = parts.some((part) => part.includes(',')) ? '; ' : ', ';
      return parts.some(Boolean) ? `${family} (${parts.filter(Boolean).join(apart)})` : family;
    })
    .join(', ');
}

/** Of a program that is installed, in a word of both languages; a service on the web is the same for everybody. */
function versionOf(tested: Tested | undefined): string {
  return tested && !/^20\d\d-\d\d/.test(tested.version) ? `version ${tested.version}` : '';
}

/** Features of these losses that enough of the audience loses, what most lose first. */
export function lostBy<F extends Feature>(
  css: Css,
  features: readonly F[],
  { shares, leastShare }: { shares: Readonly<Record<string, number>>; leastShare: number },
): { feature: F; reach: Reach }[] {
  return features
    .map((feature) => ({ feature, reach: reachOf(css, feature, shares) }))
    .filter(({ reach }) => shareOf(reach.lost) >= leastShare)
    .sort((a, b) => shareOf(b.reach.lost) - shareOf(a.reach.lost));
}
