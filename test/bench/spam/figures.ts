/** What a score is worth: how well it parts two kinds of mail, and how the points would do that had not seen them. */

/** Of all pairs of one and other, the share in which `higher` has the higher score; a tie counts half. */
export function areaUnder(higher: readonly number[], lower: readonly number[]): number {
  let won = 0;
  for (const one of higher) for (const other of lower) won += one > other ? 1 : one === other ? 0.5 : 0;
  return won / (higher.length * lower.length);
}

export function shareOver(scores: readonly number[], threshold: number): number {
  return scores.filter((score) => score >= threshold).length / scores.length;
}

export function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const folds = 5;
const mostPoints = 2.5;

/**
 * Points learnt from four fifths of the mail (logarithm of the ratio by which a check fires on spam, between 0 and the
 * most that one may give) and tried on the fifth that was not seen, for each fifth; all in one row.
 */
export function crossValidated(
  spam: readonly (readonly string[])[],
  wanted: readonly (readonly string[])[],
): { spam: number[]; wanted: number[] } {
  const found: { spam: number[]; wanted: number[] } = { spam: [], wanted: [] };
  for (let fold = 0; fold < folds; fold += 1) {
    const seen = (_: unknown, i: number) => i % folds !== fold;
    const unseen = (_: unknown, i: number) => i % folds === fold;
    const points = learn(spam.filter(seen), wanted.filter(seen));
    const score = (fired: readonly string[]) => fired.reduce((sum, id) => sum + (points.get(id) ?? 0), 0);
    found.spam.push(...spam.filter(unseen).map(score));
    found.wanted.push(...wanted.filter(unseen).map(score));
  }
  return found;
}

function learn(spam: readonly (readonly string[])[], wanted: readonly (readonly string[])[]) {
  const ids = new Set([...spam, ...wanted].flat());
  const rate = (mail: readonly (readonly string[])[], id: string) =>
    (mail.filter((fired) => fired.includes(id)).length + 0.5) / (mail.length + 1);
  return new Map(
    [...ids].map((id) => {
      const ratio = Math.log(rate(spam, id) / rate(wanted, id));
      return [id, Math.min(mostPoints, Math.max(0, ratio))];
    }),
  );
}
