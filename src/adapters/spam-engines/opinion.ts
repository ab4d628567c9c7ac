/** What both engines' answers have in common: bounds on what is believed and kept, and taking turns. */
import type { SpamOpinion, SpamSymbol } from '../../ports.ts';

export type Known = Extract<SpamOpinion, { known: true }>;

/** Rules that took hold: the engines name 10 to 40 of a usual mail. */
const symbolsAtMost = 100;
const nameLength = 80;
const descriptionLength = 200;
/** Of what is said beside an opinion, such as why there is none. */
const saidLength = 200;
/** Beyond it a number is no score: GTUBE has 1000. */
const scoreAtMost = 100_000;

/** Whether an engine can mean it. */
export function isScore(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= scoreAtMost;
}

/** Those that weigh most, in order; each cut to its bounds. */
export function keptSymbols(all: readonly SpamSymbol[]): Pick<Known, 'symbols' | 'omitted'> {
  const symbols = all
    .toSorted((one, other) => Math.abs(other.points) - Math.abs(one.points))
    .slice(0, symbolsAtMost)
    .map(({ name, points, description }) => ({
      name: plain(name, nameLength),
      // A minus before nothing says nothing.
      points: points === 0 ? 0 : points,
      description: plain(description, descriptionLength),
    }));
  return { symbols, omitted: all.length - symbols.length };
}

/** Of a person's words or a stranger's: on one line, without what cannot be seen or turns the order of writing. */
export function plain(text: string, most = saidLength): string {
  return text
    .slice(0, 4 * most)
    .replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, most)
    .toWellFormed();
}

/** Lets so many work at once, and whoever waits in order. A wait ends with its signal too. */
export function createTurns(
  atOnce: number,
): <T>(signal: AbortSignal, act: () => Promise<T>) => Promise<T | undefined> {
  const waiting = new Set<() => void>();
  let working = 0;
  return async (signal, act) => {
    if (signal.aborted) return undefined;
    if (working < atOnce) working += 1;
    else {
      const inTime = await new Promise<boolean>((resolve) => {
        const turn = () => end(true);
        const onAbort = () => end(false);
        const end = (mine: boolean) => {
          waiting.delete(turn);
          signal.removeEventListener('abort', onAbort);
          resolve(mine);
        };
        waiting.add(turn);
        signal.addEventListener('abort', onAbort, { once: true });
      });
      if (!inTime) return undefined;
    }
    try {
      return await act();
    } finally {
      const [next] = waiting;
      // The place goes to whoever has waited longest.
      if (next) next();
      else working -= 1;
    }
  };
}
