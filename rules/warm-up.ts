/**
 * How a new sender's mail grows. `share`: of the mailing's recipients on one day, in steps that double each week,
 * as Litmus advises (1, 2, 4 … 64, 100 %; read 2026-11). That speaks of a list's best readers; `atMost`, our own
 * caution, keeps a long list from making the first step a flood. A day is a day in UTC.
 */
import type { WarmUp } from '#rule';

const week = 7;
/** So few that no receiver takes note: a short list is not spread over months. */
const leastPerDay = 50;

export const warmUps: readonly WarmUp[] = [
  {
    id: 'full',
    leastPerDay,
    steps: [
      { days: week, share: 0.01, atMost: 500 },
      { days: week, share: 0.02, atMost: 1_000 },
      { days: week, share: 0.04, atMost: 2_000 },
      { days: week, share: 0.08, atMost: 4_000 },
      { days: week, share: 0.16, atMost: 8_000 },
      { days: week, share: 0.32, atMost: 16_000 },
      { days: week, share: 0.64, atMost: 32_000 },
      { days: week, share: 1, atMost: 64_000 },
    ],
  },
  // For a sender whose reputation is good already: the upper half of the same stair.
  {
    id: 'simplified',
    leastPerDay,
    steps: [
      { days: week, share: 0.16, atMost: 8_000 },
      { days: week, share: 0.32, atMost: 16_000 },
      { days: week, share: 0.64, atMost: 32_000 },
      { days: week, share: 1, atMost: 64_000 },
    ],
  },
];
