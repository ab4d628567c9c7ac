/** What blocklists say, as the rules about it count it. */
import { type Facts, type NotApplicable, notApplicable, type Policy, type Unknown, unanswered } from '#rule';

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
 * What to answer where nothing is listed: undefined when every one of these was answered about. A list that refuses
 * this server is no reason to hold mail back, and none to let it pass.
 */
export function answers(
  { listings }: Listings,
  subjects: readonly string[],
): NotApplicable | Unknown | undefined {
  const useless = subjects.filter(
    (subject) => !listings.some((one) => one.subject === subject && isUseful(one)),
  );
  if (useless.length === 0) return undefined;
  const about = listings.filter(({ subject }) => useless.includes(subject));
  if (about.length === 0 || about.some(({ state }) => state === 'refused' || state === 'unclear'))
    return notApplicable('lists-refuse');
  return unanswered(about.map(({ name }) => name));
}

/** The list has said whether it is there. */
export function isUseful({ state }: Listing): boolean {
  return state === 'clean' || state === 'listed';
}
