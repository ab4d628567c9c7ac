/** How it is said which readers lose what: for the checks of what mail programs know. */
import type { Place } from '#rule';
import { nameOf } from '../clients/losses.ts';
import { namesOf, type Reach, shareOf } from '../clients/reach.ts';

/** What a problem about one feature tells. */
export interface LossData {
  /** The slug that names it. */
  feature: string;
  /** Of 100 readers. */
  share: number;
  /** Names of programs; empty: none. */
  clients: string;
  partly: string;
  untested: string;
  places: number;
  lines: string;
}

const linesAtMost = 6;

/** Of a feature that some programs lack. */
export function lossData(
  feature: string,
  { lost, partly, untested, count, places }: Reach,
  shares: Readonly<Record<string, number>>,
): LossData {
  return {
    feature,
    share: shareOf(lost),
    clients: namesOf(lost, shares),
    partly: namesOf(partly, shares),
    untested: namesOf(untested, shares),
    places: count,
    lines: linesOf(places),
  };
}

/** `12, 40`: each line once; empty where they say no more than the first place does. */
export function linesOf(places: readonly Place[]): string {
  const lines = [...new Set(places.map(({ line }) => line))].sort((a, b) => a - b);
  if (lines.length < 2) return '';
  return lines.slice(0, linesAtMost).join(', ') + (lines.length > linesAtMost ? ' …' : '');
}

/** One sentence and what belongs to it, English. */
export function lossInEnglish({
  feature,
  share,
  clients,
  partly,
  untested,
  places,
  lines,
}: LossData): string {
  const where = places > 1 ? ` (${places} places${lines ? `: lines ${lines}` : ''})` : '';
  return [
    `${nameOf(feature, 'en')}${where}: missing in ${clients}, for about ${share} of 100 readers.`,
    partly && ` Only partly there in ${partly}.`,
    untested && ` Nobody has tested it in ${untested}.`,
  ].join('');
}

/** The same in Swedish. */
export function lossInSwedish({
  feature,
  share,
  clients,
  partly,
  untested,
  places,
  lines,
}: LossData): string {
  const where = places > 1 ? ` (${places} ställen${lines ? `: raderna ${lines}` : ''})` : '';
  return [
    `${nameOf(feature, 'sv')}${where}: saknas i ${clients}, för ungefär ${share} av 100 läsare.`,
    partly && ` Fungerar bara delvis i ${partly}.`,
    untested && ` Ingen har testat det i ${untested}.`,
  ].join('');
}
