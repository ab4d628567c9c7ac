/** A bound on what all callers, and each by itself, hold at once. */

export interface Share {
  /** False when there is no room for so much more. */
  take(amount: number): boolean;
  giveBack(): void;
}

/**
 * `lifeMs`: after so long a share counts no more. A platform may cut a request off without another word, and
 * what that one held must not stay held for ever.
 */
export function createShares(
  { all, each, lifeMs }: { all: number; each: number; lifeMs: number },
  now: () => number = () => performance.now(),
): { open(holder: string): Share } {
  const open = new Set<{ holder: string; held: number; since: number }>();

  function held(by?: string): number {
    let sum = 0;
    for (const one of open) {
      if (now() - one.since > lifeMs) open.delete(one);
      else if (by === undefined || one.holder === by) sum += one.held;
    }
    return sum;
  }

  return {
    open(holder) {
      const share = { holder, held: 0, since: now() };
      return {
        take(amount) {
          if (held() + amount > all || held(holder) + amount > each) return false;
          share.held += amount;
          open.add(share);
          return true;
        },
        giveBack: () => void open.delete(share),
      };
    },
  };
}
