import type { Facts, Place } from '#rule';

type View = Facts['rendering']['views'][number];

/** Two colours that are too alike, with the text that shows it best. */
export interface Faint {
  text: string;
  /** Pieces of text in these colours, in the program that shows most. */
  count: number;
  color: string;
  back: string;
  /** Rounded down. */
  ratio: number;
  wanted: number;
  /** A colour for the one of them that would do. */
  remedy: string;
  of: 'text' | 'back';
  clients: readonly string[];
  at: Place | undefined;
}

/** More of them say nothing more. */
const pairsAtMost = 20;

/** Pairs of colours below what is asked, or below `least` where that is less; the worst first. */
export function faintIn(views: readonly View[], least = Number.POSITIVE_INFINITY): Faint[] {
  const pairs = new Map<string, Faint>();
  for (const { client, legibility } of views) {
    for (const { color, back, contrast, wanted, remedy, samples, count } of legibility.texts) {
      if (back === null || contrast === null || !remedy || contrast >= Math.min(wanted, least)) continue;
      const key = `${color} ${back} ${wanted}`;
      const known = pairs.get(key);
      const [first] = samples;
      pairs.set(key, {
        text: known?.text ?? first?.text ?? '',
        count: Math.max(known?.count ?? 0, count),
        color,
        back,
        ratio: Math.floor(contrast * 10) / 10,
        wanted,
        remedy: remedy.color,
        of: remedy.of,
        clients: [...(known?.clients ?? []), client],
        at: known?.at ?? first?.at,
      });
    }
  }
  return [...pairs.values()].sort((one, other) => one.ratio - other.ratio).slice(0, pairsAtMost);
}

/** Which programs draw it so; nothing where all of them do. */
export function where(ids: readonly string[], views: readonly View[], names: string): string {
  return new Set(ids).size === new Set(views.map(({ client }) => client)).size ? '' : ` (${names})`;
}

/** With one decimal where it has any, and a comma. */
export function decimals(number: number): string {
  return String(Math.round(number * 10) / 10).replace('.', ',');
}
