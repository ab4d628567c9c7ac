/** What blocklists say, as the rules about it count it. */
import { type Facts, type NotApplicable, notApplicable, type Policy, type Unknown, unknown } from '#rule';

type Listings = Facts['listings'];
type Listing = Listings['listings'][number];

/** What is listed where, with the list's name and where to ask to be taken off. `blocks`: receivers refuse by it. */
export function listed({ listings }: Listings, { blocklists }: Policy, blocks: boolean) {
  return listings.flatMap(({ subject, list, parts }) => {
    const known = blocklists.find(({ id }) => id === list);
    const found = parts.filter((part) => part.blocks === blocks);
    if (!known || found.length === 0) return [];
    const isLine = found.every(({ means }) => means === 'line');
    const names = [...new Set(found.map(({ part }) => part))].join(', ');
    return [{ isLine, data: { subject, list: known.name, parts: names, delisting: known.delisting } }];
  });
}

/**
 * What to answer where nothing is listed: undefined when every list that could say otherwise of these has spoken of them. A
 * list that refuses this server is no reason to hold mail back, and none to let it pass; one that is silent may know.
 * `blocks`: as of `listed`, and a list without such a code has no say.
 */
export function answers(
  { listings }: Listings,
  { blocklists }: Policy,
  subjects: readonly string[],
  blocks: boolean,
): NotApplicable | Unknown | undefined {
  const able = blocklists.filter(({ codes }) => codes.some((code) => code.blocks === blocks));
  const about = listings.filter(
    ({ subject, list }) => subjects.includes(subject) && able.some(({ id }) => id === list),
  );
  const silent = about.filter((one) => !isUseful(one) && one.state !== 'refused');
  if (silent.length > 0) return { ...unknown('lists-silent'), about: silent.map(({ name }) => name) };
  const isSaid = (subject: string) => about.some((one) => one.subject === subject && isUseful(one));
  return subjects.every(isSaid) ? undefined : notApplicable('lists-refuse');
}

/** The list has said whether it is there. */
export function isUseful({ state }: Listing): boolean {
  return state === 'clean' || state === 'listed';
}
