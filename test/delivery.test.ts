/** Law 3, row by row; the breaker, the retries and the rates by a clock of their own. */
import { describe, expect, test } from 'vitest';
import { policy } from '../rules/policy.ts';
import { createBreaker, type Ending, endingOf, judgeRates, ratesOf, retryAt } from '../src/delivery.ts';
import type { Handover, Stage, TallyRow } from '../src/ports.ts';

const { sending } = policy;

function failed(stage: Stage, permanent: boolean, code = '', enhanced: string | null = null, response = '') {
  return { kind: 'failed', stage, permanent, code, enhanced, response } satisfies Handover;
}

describe('how an attempt ends', () => {
  const table: [string, Handover, Ending][] = [
    ['taken', { kind: 'accepted', providerId: '1', response: '250 OK' }, { ending: 'accepted' }],
    ...(['connect', 'tls', 'greeting', 'hello', 'auth', 'throttled', 'refused'] as const).flatMap(
      (stage): [string, Handover, Ending][] => [
        [`${stage}, for now`, failed(stage, false), { ending: 'unavailable' }],
        [`${stage}, for good`, failed(stage, true), { ending: 'unavailable' }],
      ],
    ),
    ['wrong password', failed('auth', true, '535', '5.7.8'), { ending: 'unavailable' }],
    [
      'banner with a policy code',
      failed('greeting', true, '554', '5.7.1', '5.7.1 no'),
      { ending: 'unavailable' },
    ],
    [
      'SES has paused the account',
      failed('suspended', true, 'SendingPausedException'),
      { ending: 'pause', pause: 'provider-suspended' },
    ],
    [
      'MAIL FROM is not verified',
      failed('identity', true, 'MailFromDomainNotVerifiedException'),
      { ending: 'pause', pause: 'identity-not-verified' },
    ],
    ['451 4.4.3 to MAIL FROM', failed('sender', false, '451', '4.4.3'), { ending: 'retry' }],
    [
      'a command that is not understood',
      failed('command', true, '555', '5.5.4'),
      { ending: 'pause', pause: 'command-refused' },
    ],
    ['451 to RCPT', failed('recipient', false, '451', '4.7.1'), { ending: 'retry' }],
    ['451 after the final dot', failed('message', false, '451', '4.3.0'), { ending: 'retry' }],
    [
      '550 5.1.1',
      failed('recipient', true, '550', '5.1.1', '550 5.1.1 User unknown'),
      { ending: 'rejected', bounceClass: 'bad-address', suppress: 'bad-address' },
    ],
    [
      '550 user unknown, without an enhanced code',
      failed('recipient', true, '550', null, '550 No such user here'),
      { ending: 'rejected', bounceClass: 'bad-address', suppress: 'bad-address' },
    ],
    [
      'a status of the domain alone is no word of the recipient',
      failed('recipient', true, '550', '5.4.4', '550 5.4.4 Failed'),
      { ending: 'rejected', bounceClass: 'bad-address' },
    ],
    [
      'no such user, of the sender',
      failed('recipient', true, '550', null, '550 Sender verify failed: No such user here'),
      { ending: 'rejected', bounceClass: 'policy-block' },
    ],
    [
      'an IP address in brackets is no status',
      failed('recipient', true, '550', null, '550 Rejected: 192.0.2.9 [5.7.20.4]'),
      { ending: 'rejected', bounceClass: 'unknown' },
    ],
    [
      'another server’s status is none of this one’s',
      failed(
        'recipient',
        true,
        '550',
        '5.1.1',
        '550 5.1.1 undeliverable address: said: 550 5.7.1 blocked using a list',
      ),
      { ending: 'rejected', bounceClass: 'policy-block' },
    ],
    [
      '550 that says nothing definite',
      failed('recipient', true, '550', null, '550 Not now'),
      { ending: 'rejected', bounceClass: 'unknown' },
    ],
    [
      '5.1.8 speaks of the sender',
      failed('recipient', true, '553', '5.1.8', 'Bad sender'),
      { ending: 'rejected', bounceClass: 'policy-block' },
    ],
    [
      'user unknown after the final dot may be any of them',
      failed('message', true, '550', null, '550 user unknown'),
      { ending: 'rejected', bounceClass: 'unknown' },
    ],
    [
      '552 5.2.2 full',
      failed('recipient', true, '552', '5.2.2', 'Mailbox full'),
      { ending: 'rejected', bounceClass: 'mailbox' },
    ],
    [
      '554 5.7.1 after the final dot',
      failed('message', true, '554', '5.7.1', '554 5.7.1 Refused'),
      { ending: 'rejected', pause: 'policy-refused', bounceClass: 'policy-block' },
    ],
    [
      '5.7.26 to RCPT',
      failed('recipient', true, '550', '5.7.26'),
      { ending: 'rejected', pause: 'policy-refused', bounceClass: 'policy-block' },
    ],
    [
      'the policy code stands in the words alone',
      failed('message', true, '554', null, '554 5.7.1 Service refused'),
      { ending: 'rejected', pause: 'policy-refused', bounceClass: 'policy-block' },
    ],
    [
      'SES MessageRejected',
      failed('message', true, 'MessageRejected', null, 'Bad content'),
      { ending: 'rejected', bounceClass: 'unknown' },
    ],
    ['no answer after the message', failed('handed-over', false, 'ETIMEDOUT'), { ending: 'unknown' }],
    ['HTTP 500 after the body', failed('handed-over', true, '500'), { ending: 'unknown' }],
    ['a stage that nobody has heard of', failed('later' as Stage, true), { ending: 'unknown' }],
  ];
  test.each(table)('%s', (_, handover, ending) => {
    expect(endingOf(handover)).toEqual(ending);
  });
});

const start = Date.parse('2026-11-22T09:00:00.000Z');
const at = (ms: number) => new Date(start + ms);

describe('the breaker', () => {
  const { failures, withinMs, waitMs, waitAtMostMs } = sending.breaker;
  const fail = (breaker: ReturnType<typeof createBreaker>, times: number, ms = 0) => {
    for (let i = 0; i < times; i++) breaker.note('unavailable', at(ms));
  };

  test.each([
    ['unavailable', true],
    ['unknown', true],
    ['rejected', false],
    ['retry', false],
    ['accepted', false],
    ['pause', false],
  ] as const)('%s in a row opens it: %s', (ending, opens) => {
    const breaker = createBreaker(sending.breaker);
    for (let i = 0; i < failures; i++) breaker.note(ending, at(i));
    expect([breaker.state, breaker.admits(at(failures))]).toEqual(
      opens ? ['open', 0] : ['closed', Number.POSITIVE_INFINITY],
    );
  });

  test('one that succeeds between starts the count anew, and so does time', () => {
    const breaker = createBreaker(sending.breaker);
    fail(breaker, failures - 1);
    breaker.note('accepted', at(1));
    fail(breaker, failures - 1, 2);
    expect(breaker.state).toBe('closed');
    breaker.note('unavailable', at(withinMs + 3));
    expect(breaker.state).toBe('closed');
    fail(breaker, failures - 1, withinMs + 4);
    expect(breaker.state).toBe('open');
  });

  test('after its wait one probe goes; the wait doubles up to a limit, and a success closes it', () => {
    const breaker = createBreaker(sending.breaker);
    let now = 0;
    let wait = waitMs;
    fail(breaker, failures, now);
    for (let round = 0; round < 10; round++) {
      expect(breaker.admits(at(now + wait - 1))).toBe(0);
      now += wait;
      expect([breaker.admits(at(now)), breaker.probeAt()]).toEqual([1, at(now)]);
      breaker.begin(at(now));
      expect([breaker.state, breaker.admits(at(now))]).toEqual(['half-open', 0]);
      breaker.note('unavailable', at(now));
      wait = Math.min(wait * 2, waitAtMostMs);
    }
    now += wait;
    breaker.begin(at(now));
    breaker.note('accepted', at(now));
    expect([breaker.state, breaker.admits(at(now))]).toEqual(['closed', Number.POSITIVE_INFINITY]);
    fail(breaker, failures, now);
    expect(breaker.probeAt()).toEqual(at(now + waitMs));
  });

  test('what was under way when it opened does not lengthen the wait', () => {
    const breaker = createBreaker(sending.breaker);
    fail(breaker, failures);
    fail(breaker, 20, 10);
    expect(breaker.probeAt()).toEqual(at(waitMs));
  });
});

describe('what was put off', () => {
  test('is tried after 5, 15 and 60 minutes, then every 4 hours, for 48 hours', () => {
    const waits: number[] = [];
    let now = 0;
    for (let attempt = 1; ; attempt++) {
      const next = retryAt(attempt, at(0), at(now), sending);
      if (!next) break;
      waits.push((next.getTime() - start - now) / 60_000);
      now = next.getTime() - start;
    }
    expect(waits.slice(0, 6)).toEqual([5, 15, 60, 240, 240, 240]);
    expect(now).toBeLessThanOrEqual(48 * 3_600_000);
    expect(now).toBeGreaterThan(43 * 3_600_000);
  });

  test('attempts that reached no server do not shorten it, nor does a campaign that has run for long', () => {
    const day = 24 * 3_600_000;
    expect(retryAt(40, at(0), at(day), sending)).toEqual(at(day + 4 * 3_600_000));
    expect(retryAt(1, at(0), at(9 * day), sending)).toEqual(at(9 * day + 5 * 60_000));
    expect(retryAt(40, at(0), at(2 * day), sending)).toBeUndefined();
  });
});

describe('rates', () => {
  const row = (route: string, accepted: number, bounced: number, complained = 0, rejected = 0): TallyRow => ({
    minute: '2026-11-22T09:00:00.000Z',
    route,
    accepted,
    rejected,
    unknown: 0,
    delivered: 0,
    bounced,
    complained,
  });

  test.each([
    ['under the least number', [row('ses', 99, 50, 3)], 'fine'],
    ['5 % is not over 5 %', [row('ses', 1000, 50)], 'fine'],
    ['6 % of fewer than the least for a switch', [row('ses', 299, 18)], 'fine'],
    ['6 % of the least for a switch', [row('ses', 300, 18)], 'bounces'],
    ['9 % of the least that stops', [row('ses', 100, 9)], 'stop bounce-rate'],
    ['6 % on the primary', [row('ses', 1000, 60)], 'bounces'],
    ['6 % on the primary, diluted by the reserve', [row('ses', 1000, 60), row('smtp', 9000, 0)], 'bounces'],
    ['6 % on the reserve alone', [row('ses', 1000, 10), row('smtp', 100, 6)], 'fine'],
    ['8 % over all is not over 8 %', [row('ses', 1000, 80)], 'bounces'],
    ['9 % over all', [row('ses', 500, 45), row('smtp', 500, 45)], 'stop bounce-rate'],
    ['addresses turned down at once count', [row('ses', 910, 90, 0, 90)], 'stop bounce-rate'],
    ['0.3 % complaints', [row('ses', 1000, 0, 3)], 'stop complaint-rate'],
    ['under 0.3 %', [row('ses', 1001, 0, 3)], 'fine'],
    ['two complaints are no rate', [row('ses', 200, 0, 2)], 'fine'],
    ['both: complaints come first', [row('ses', 1000, 90, 3)], 'stop complaint-rate'],
    ['nothing sent', [], 'fine'],
  ])('%s', (_, tally, expected) => {
    const judged = judgeRates(tally, 'ses', sending);
    expect(judged.kind === 'stop' ? `stop ${judged.reason}` : judged.kind).toBe(expected);
  });

  /** Chance that honest mail is ever over a limit, looked at after each mail from the least on. */
  function chance(least: number, limit: number, honest: number, mails: number): number {
    let bounces = [1];
    let over = 0;
    for (let n = 1; n <= mails; n++) {
      const next = Array<number>(bounces.length + 1).fill(0);
      for (const [x, share] of bounces.entries()) {
        next[x] = (next[x] ?? 0) + share * (1 - honest);
        next[x + 1] = (next[x + 1] ?? 0) + share * honest;
      }
      const most = n < least ? next.length - 1 : Math.floor(limit * n + 1e-9);
      over += next.slice(most + 1).reduce((sum, share) => sum + share, 0);
      bounces = next.slice(0, most + 1);
    }
    return over;
  }

  test.each([
    ['switchOver', sending.bounces.leastToSwitch, sending.bounces.switchOver],
    ['stopOver', sending.bounces.least, sending.bounces.stopOver],
  ])(
    'of a list at 2 %%, chance alone acts on fewer than 2 in 1,000 (%s), as the policy says',
    (_, least, limit) => {
      expect(chance(least, limit, 0.02, 1_500)).toBeLessThan(0.002);
      expect(chance(100, sending.bounces.switchOver, 0.02, 400)).toBeGreaterThan(0.03);
    },
  );

  test('minutes of one route add up, and no rate is told of too few', () => {
    const tally = [row('ses', 60, 3), row('ses', 60, 3), row('smtp', 20, 20)];
    expect(ratesOf(tally, sending, 'ses')).toMatchObject({ handed: 120, bounced: 6, bounceRate: 0.05 });
    expect(ratesOf(tally, sending, 'smtp').bounceRate).toBeNull();
  });
});
