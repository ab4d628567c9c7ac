/** What a warm-up lets go each day, and when a mailing that follows it comes to its end. */
import { describe, expect, test } from 'vitest';
import { warmUps } from '../../rules/warm-up.ts';
import { plannedEnd, warmUpDay, warmUpSteps } from '../../src/campaigns/warm-up.ts';

const sender = (plan: string, from = '2026-11-02') => ({ warmUp: { plan, from } });
const on = (day: number) => new Date(Date.UTC(2026, 10, 1 + day, 9));

describe('the cap of a day', () => {
  // A share is of the whole week: a seventh of it a day.
  test.each([
    ['full', 70_000, 1, 100],
    ['full', 70_000, 7, 100],
    ['full', 70_000, 8, 200],
    ['full', 70_000, 22, 800],
    ['full', 70_000, 50, 10_000],
    ['full', 70_000, 56, 10_000],
    ['full', 70_000, 57, null],
    ['full', 70_000, -3, 100],
    ['simplified', 70_000, 1, 1_600],
    ['simplified', 70_000, 28, 10_000],
    ['simplified', 70_000, 29, null],
    // Fewer than anybody takes note of, and more than a new sender may have.
    ['full', 700, 1, 50],
    ['full', 1_000_000, 1, 500],
  ])('%s, a list of %d, day %d: %s', (plan, recipients, day, cap) => {
    expect(warmUpDay(sender(plan), { recipients }, warmUps, on(day))?.cap).toBe(cap);
  });

  test('no plan, or one that nobody knows, has none', () => {
    expect(warmUpDay({ warmUp: null }, { recipients: 9 }, warmUps, on(1))).toBeUndefined();
    expect(warmUpDay(sender('other'), { recipients: 9 }, warmUps, on(1))).toBeUndefined();
    expect(warmUpSteps(sender('other'), warmUps, 9)).toEqual([]);
  });
});

test('each step has its dates, its share and its cap', () => {
  expect(warmUpSteps(sender('simplified'), warmUps, 70_000)).toEqual([
    { from: '2026-11-02', until: '2026-11-08', share: 0.16, cap: 1_600 },
    { from: '2026-11-09', until: '2026-11-15', share: 0.32, cap: 3_200 },
    { from: '2026-11-16', until: '2026-11-22', share: 0.64, cap: 6_400 },
    { from: '2026-11-23', until: '2026-11-29', share: 1, cap: 10_000 },
  ]);
  // Of a list that is not known, what no list goes over.
  expect(warmUpSteps(sender('full'), warmUps).map(({ cap }) => cap)).toEqual(
    warmUps[0]?.steps.map(({ atMost }) => atMost),
  );
});

describe('when a mailing ends', () => {
  const end = (
    plan: string | null,
    recipients: number,
    more: { perMinute?: number; left?: number; sentToday?: number; day?: number } = {},
  ) =>
    plannedEnd(
      { left: more.left ?? recipients, sentToday: more.sentToday ?? 0, from: on(more.day ?? 1) },
      { recipients, perMinute: more.perMinute ?? null },
      plan === null ? undefined : sender(plan),
      warmUps,
    )?.toISOString();

  test('as fast as it goes, nobody knows', () => {
    expect(end(null, 70_000)).toBeUndefined();
    expect(end('full', 70_000, { day: 57 })).toBeUndefined();
  });
  test('by the pace alone', () => {
    expect(end(null, 600, { perMinute: 10 })).toBe('2026-11-02T10:00:00.000Z');
    expect(end('full', 600, { perMinute: 10, day: 57 })).toBe('2026-12-28T10:00:00.000Z');
  });
  test('by the plan: 1 + 2 + … + 32 % take six weeks, the rest four days and a bit', () => {
    expect(end('full', 70_000)).toBe('2026-12-18T00:00:00.000Z');
    expect(end('simplified', 70_000)).toBe('2026-11-21T00:00:00.000Z');
  });
  test('what has gone today counts', () => {
    expect(end('full', 70_000, { left: 100 })).toBe('2026-11-02T09:00:00.000Z');
    expect(end('full', 70_000, { left: 100, sentToday: 1 })).toBe('2026-11-03T00:00:00.000Z');
    expect(end('full', 70_000, { left: 100, sentToday: 1_000 })).toBe('2026-11-03T00:00:00.000Z');
  });
  test('by both: the slower one counts, day by day', () => {
    // 15 hours of one a minute, then the plan's 100 a day; and the last of them at its pace.
    expect(end('full', 70_000, { left: 250, perMinute: 1 })).toBe('2026-11-04T00:50:00.000Z');
    expect(end('simplified', 70_000, { left: 1_000, perMinute: 1 })).toBe('2026-11-03T01:40:00.000Z');
  });
  test('a list that a plan’s last day does not hold goes on after it', () => {
    expect(end('full', 1_000_000, { left: 1_000_000 })).toBe('2026-12-28T00:00:00.000Z');
  });
});
