/** How it is said which readers lose what: for the checks of what mail programs know. */
import type { Facts, Place, Policy } from '#rule';
import { nameOf, type VisibleFeature } from '../clients/losses.ts';
import { lostBy, namesOf, type Reach, shareOf } from '../clients/reach.ts';

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

/** Each of these features that enough readers lose, what most lose first. */
export function lossesIn<F extends VisibleFeature>(
  css: NonNullable<Facts['css']>,
  features: readonly F[],
  audience: Policy['audience'],
): { loss: F['loss']; data: LossData; at: Place | undefined }[] {
  return lostBy(css, features, audience).map(({ feature: { slugs, loss }, reach }) => {
    return { loss, data: lossData(slugs[0], reach, audience.shares), at: reach.places[0] };
  });
}

function lossData(
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

/** `12, 40`: each line once, but for that of the first place, which is told beside it; empty: there is no other. */
export function linesOf(places: readonly Place[]): string {
  const others = places.map(({ line }) => line).filter((line) => line !== places[0]?.line);
  const lines = [...new Set(others)].sort((a, b) => a - b);
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
  const where = places > 1 ? ` (${places} places${lines ? `, also at line ${lines}` : ''})` : '';
  return [
    `${nameOf(feature, 'en')}${where}: missing in ${clients}, for about ${share} of 100 readers.`,
    partly && ` Works only partly in ${partly}.`,
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
  const where = places > 1 ? ` (${places} ställen${lines ? `, även rad ${lines}` : ''})` : '';
  return [
    `${nameOf(feature, 'sv')}${where}: saknas i ${clients}, för ungefär ${share} av 100 läsare.`,
    partly && ` Fungerar bara delvis i ${partly}.`,
    untested && ` Ingen har testat det i ${untested}.`,
  ].join('');
}
