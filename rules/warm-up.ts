/**
 * How a new sender's mail grows: 1, 2, 4 … 64, 100 % of the best readers, a step a week, as Litmus advises (read
 * 2026-11). `share`: of the mailing's list in one step, spread evenly over its days; the list's order says who the
 * best readers are. `atMost`, our own caution, keeps a long list from making the first step a flood. A day is a day
 * in UTC.
 */
import type { WarmUp } from '#rule';

const week = 7;
/** So few a day that no receiver takes note: a short list is not spread over months. */
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
