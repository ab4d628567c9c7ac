/** How many of the mail's addresses were opened, and how many were left alone: a report says it in one line. */
import type { Facts, GatheredFacts } from '../facts/facts.ts';

export const reasonsLeft = [
  'acting',
  'personal',
  'unfinished',
  'placeholder',
  'elsewhere',
  'too-many',
] as const satisfies readonly Facts['linkAnswers']['left'][number]['why'][];
export type ReasonLeft = (typeof reasonsLeft)[number];

export interface Visits {
  /** Different addresses that were asked for, whatever they answered. */
  links: number;
  pictures: number;
  /** Addresses of both that nobody asked for. */
  left: Partial<Record<ReasonLeft, number>>;
}

/** null: nothing here may open anything, nothing is there to be opened, or the audit has no mail. */
export function tallyVisits({ linkAnswers, pictures }: GatheredFacts): Visits | null {
  const linked = linkAnswers?.known && linkAnswers.value.unasked === null ? linkAnswers.value : null;
  const shown = pictures?.known && pictures.value.unasked === null ? pictures.value : null;
  const left: Visits['left'] = {};
  for (const { why } of [...(linked?.left ?? []), ...(shown?.left ?? [])]) left[why] = (left[why] ?? 0) + 1;
  const visits = { links: linked?.answers.length ?? 0, pictures: fromWeb(shown), left };
  const nothing = visits.links + visits.pictures === 0 && Object.keys(left).length === 0;
  return nothing ? null : visits;
}

/** Those that come with the mail are asked of nobody. */
function fromWeb(shown: Facts['pictures'] | null): number {
  return (shown?.pictures ?? []).filter(({ address }) => !address.startsWith('cid:')).length;
}
