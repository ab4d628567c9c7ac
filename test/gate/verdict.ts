/** Law 1, fail closed: every way in which a mail must not become clear. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, describe, expect, test } from 'vitest';
import { clients } from '../../rules/clients/index.ts';
import { rules } from '../../rules/index.ts';
import { policy } from '../../rules/policy.ts';
import { ruleSet } from '../../rules/version.ts';
import { createUdpResolver } from '../../src/adapters/resolver/udp.ts';
import type { GatheredFacts } from '../../src/facts/facts.ts';
import type { Browser, PagePicture, Resolver } from '../../src/ports.ts';
import { type AuditOptions, createPreflight } from '../../src/preflight.ts';
import {
  type Answer,
  type Area,
  areas,
  type Policy,
  type Rule,
  type Severity,
  severities,
} from '../../src/rule.ts';
import { readSubmission } from '../../src/submission.ts';
import { type Decision, judge, type Outcome, type Rules } from '../../src/verdict.ts';
import { drawingOnce, testBrowser } from '../browser.ts';
import { clock, handedOf, noBrowser, now, resolverOf, soundZone, submissionOf } from '../world.ts';

const browser = drawingOnce(testBrowser());
afterAll(() => browser.close());

const nothing = Object.fromEntries(areas.map((area) => [area, []])) as unknown as Rules;
const message: GatheredFacts = { message: { known: true, value: {} as never, evidence: [] } };

function ruleThat(answer: () => Answer, severity: Severity, i = 0): Rule {
  return {
    id: `rule-${i}`,
    severity,
    reference: 'made for this test',
    needs: ['message'],
    check: answer,
    words: {} as never,
    examples: { good: [], bad: [] },
  };
}

const answers: Record<Outcome | 'crash', () => Answer> = {
  pass: () => [],
  fail: () => [{ key: 'x', data: {} }],
  unknown: () => ({ unknown: 'unanswered' }),
  'not-applicable': () => ({ notApplicable: 'no-html' }),
  crash: () => {
    throw new Error('a bug in a rule');
  },
};

function decide(members: readonly Rule[], facts: GatheredFacts = message): Decision {
  const one: Rules = { ...nothing, content: members };
  return judge({ facts, rules: one, policy, clients, now, partial: false, simulated: false }).decision;
}

describe('one rule beside one that passes', () => {
  const expected: Record<Severity, Record<keyof typeof answers, Decision>> = {
    blocker: {
      pass: 'clear',
      fail: 'blocked',
      unknown: 'undecided',
      'not-applicable': 'clear',
      crash: 'undecided',
    },
    major: {
      pass: 'clear',
      fail: 'blocked',
      unknown: 'undecided',
      'not-applicable': 'clear',
      crash: 'undecided',
    },
    minor: { pass: 'clear', fail: 'clear', unknown: 'clear', 'not-applicable': 'clear', crash: 'clear' },
    advice: { pass: 'clear', fail: 'clear', unknown: 'clear', 'not-applicable': 'clear', crash: 'clear' },
  };
  const rows = severities.flatMap((severity) =>
    (Object.keys(answers) as (keyof typeof answers)[]).map(
      (how) => [severity, how, expected[severity][how]] as const,
    ),
  );
  test.each(rows)('%s that ends as %s: %s', (severity, how, decision) => {
    expect(decide([ruleThat(answers.pass, 'blocker'), ruleThat(answers[how], severity, 1)])).toBe(decision);
    expect(decide([ruleThat(answers[how], severity, 1), ruleThat(answers.pass, 'blocker')])).toBe(decision);
  });
});

test('a fail outweighs an unknown', () => {
  expect(decide([ruleThat(answers.unknown, 'blocker'), ruleThat(answers.fail, 'major', 1)])).toBe('blocked');
});

test.each([
  ['no rules at all', [], message],
  [
    'only rules that do not gate',
    [ruleThat(answers.pass, 'minor'), ruleThat(answers.pass, 'advice', 1)],
    message,
  ],
  ['only rules that do not apply', [ruleThat(answers['not-applicable'], 'blocker')], message],
  ['no facts', [ruleThat(answers.pass, 'blocker')], {}],
  [
    'a fact that is not known',
    [ruleThat(answers.pass, 'blocker')],
    { message: { known: false, reason: 'late', detail: '', evidence: [] } } satisfies GatheredFacts,
  ],
] as const)('%s is undecided', (_, members, facts) => {
  expect(decide(members, facts)).toBe('undecided');
});

test('leaving out never helps: only what policy names may be left out, and then the audit is partial', () => {
  const leftOut = { known: false as const, reason: 'left-out' as const, detail: '', evidence: [] };
  const needing = (name: 'spf' | 'rendering'): Rule => ({
    ...ruleThat(answers.pass, 'blocker', 1),
    needs: [name],
  });
  const passing = ruleThat(answers.pass, 'blocker');
  expect(decide([passing, needing('spf')], { ...message, spf: leftOut })).toBe('undecided');
  expect(decide([passing, needing('rendering')], { ...message, rendering: leftOut })).toBe('clear');
  expect(decide([needing('rendering')], { rendering: leftOut })).toBe('undecided');
  const late = { ...leftOut, reason: 'late' as const };
  expect(decide([passing, needing('rendering')], { ...message, rendering: late })).toBe('undecided');
});

test('the score opens nothing: 100 points and blocked, 0 points and clear', () => {
  const rich: Policy = { ...policy, score: { blocker: 0, major: 0, minor: 100, advice: 0 } };
  const verdictOf = (members: readonly Rule[]) =>
    judge({
      facts: message,
      rules: { ...nothing, content: members },
      policy: rich,
      clients,
      now,
      partial: false,
      simulated: false,
    });
  expect(verdictOf([ruleThat(answers.fail, 'blocker')])).toMatchObject({ score: 100, decision: 'blocked' });
  const cheap = verdictOf([ruleThat(answers.pass, 'blocker'), ruleThat(answers.fail, 'minor', 1)]);
  expect(cheap).toMatchObject({ score: 0, decision: 'clear' });
});

describe('worlds through the whole story', () => {
  const audit = async (
    resolver: Resolver,
    over: { browser?: Browser; options?: AuditOptions; mailFrom?: null } = {},
  ) => {
    const submission = await submissionOf(over.mailFrom === null ? { mailFrom: null } : {});
    const world = { resolver, browser: over.browser ?? browser, clock, policy: quick, clients };
    return (await createPreflight(rules, ruleSet, world).audit(submission, over.options)).verdict;
  };
  const quick: Policy = {
    ...policy,
    budgets: { dns: 600, network: 900, links: 1, rendering: 30_000, malware: 5_000, spamEngines: 5_000 },
  };
  const inZone = async (zone: Record<string, unknown>, over: Parameters<typeof audit>[1] = {}) => {
    const resolver = await resolverOf(zone);
    try {
      return await audit(resolver, over);
    } finally {
      await resolver.close();
    }
  };

  test('the sound world is clear, so the others fail for their own reason', async () => {
    expect(await inZone(soundZone)).toMatchObject({ decision: 'clear', partial: false, simulated: false });
  });

  test('the empty world, in which no name exists, is blocked', async () => {
    expect((await inZone({})).decision).toBe('blocked');
  });

  test('a resolver that never answers: undecided, and every DNS check unknown', async () => {
    const silent = createSocket('udp4');
    silent.bind(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address();
    const servers = [{ address: '127.0.0.1', port }];
    const verdict = await audit(createUdpResolver({ servers, clock }));
    silent.close();
    expect(verdict.decision).toBe('undecided');
    // A template has no signatures yet, and nobody has named a sending server, whatever DNS says.
    const asking = verdict.findings.filter(
      ({ area, reason }) => area === 'authentication' && reason !== 'template' && reason !== 'no-addresses',
    );
    expect(asking.length).toBeGreaterThan(2);
    expect(new Set(asking.map(({ outcome }) => outcome))).toEqual(new Set(['unknown']));
  });

  test('a resolver that breaks its promise and rejects: undecided', async () => {
    const broken: Resolver = { ask: () => Promise.reject(new Error('a bug in the resolver')) };
    expect((await audit(broken)).decision).toBe('undecided');
  });

  test('a resolver that never settles: undecided within the budget', async () => {
    const stuck: Resolver = { ask: () => new Promise(() => {}) };
    expect((await audit(stuck)).decision).toBe('undecided');
  });

  const everyName = Object.keys(soundZone);
  test.each(['TIMEOUT', 'SERVFAIL', 'REFUSED'])('every name ends in %s: undecided', async (failure) => {
    const zone = Object.fromEntries(
      [...everyName, '_dmarc.se', '_dmarc.mejl.example.se'].map((name) => [name, failure]),
    );
    expect((await inZone(zone)).decision).toBe('undecided');
  });

  const gating = ['_dmarc.example.se', 'mejl.example.se', 'amazonses.com'];
  test.each(
    gating.flatMap((name) => ['TIMEOUT', 'SERVFAIL', 'REFUSED', 'NXDOMAIN'].map((how) => [name, how])),
  )('one name the verdict rests on, %s, ends in %s: never clear', async (name, how) => {
    const { decision } = await inZone({ ...soundZone, [name]: how });
    expect(decision).toBe(how === 'NXDOMAIN' ? 'blocked' : 'undecided');
  });

  test('no browser: undecided', async () => {
    expect((await inZone(soundZone, { browser: noBrowser })).decision).toBe('undecided');
  });

  test('a browser that hangs: undecided within the budget', async () => {
    const hanging: Browser = { ...noBrowser, draw: () => new Promise<PagePicture>(() => {}) };
    const resolver = await resolverOf(soundZone);
    const impatient: Policy = {
      ...policy,
      budgets: { dns: 10_000, network: 10_000, links: 1, rendering: 50, malware: 5_000, spamEngines: 5_000 },
    };
    const world = { resolver, browser: hanging, clock, policy: impatient, clients };
    const { verdict } = await createPreflight(rules, ruleSet, world).audit(await submissionOf({}));
    await resolver.close();
    expect(verdict.decision).toBe('undecided');
  });

  test('without DNS: undecided and partial', async () => {
    const options = { leaveOut: { dns: true, previews: false } };
    expect(await inZone(soundZone, { options })).toMatchObject({ decision: 'undecided', partial: true });
  });

  test('without previews: judged by what ran, and partial', async () => {
    const options = { leaveOut: { dns: false, previews: true } };
    expect(await inZone(soundZone, { options })).toMatchObject({ decision: 'clear', partial: true });
  });

  test('nobody has said where bounces go: undecided, and it asks', async () => {
    const verdict = await inZone(soundZone, { mailFrom: null });
    expect(verdict.decision).toBe('undecided');
    expect(verdict.findings.filter(({ ask }) => ask).map(({ ask }) => ask)).toEqual(['mail-from']);
  });

  test('a caller that gives up gets no clear verdict', async () => {
    const options = { signal: AbortSignal.abort() };
    expect((await inZone(soundZone, { options })).decision).toBe('undecided');
  });
});

test.each([
  ['no bytes', ''],
  ['white space', ' \r\n\t '],
  ['a message without content', 'From: a@example.se\r\nSubject: x\r\n\r\n'],
])('an empty submission (%s) is an error, never a verdict', async (_, text) => {
  const filename = text.startsWith('From') ? 'a.eml' : 'a.html';
  const read = await readSubmission(
    { ...handedOf({}), bytes: new TextEncoder().encode(text), filename },
    'org_test',
    policy.limits,
  );
  expect(read.ok ? 'read' : read.errors.map(({ code }) => code)).toEqual(['message-empty']);
});

test('a hundred problems are kept and the rest counted, and it still blocks', () => {
  const many = ruleThat(() => Array.from({ length: 1000 }, () => ({ key: 'x', data: {} })), 'major');
  const one: Rules = { ...nothing, content: [many] };
  const verdict = judge({
    facts: message,
    rules: one,
    policy,
    clients,
    now,
    partial: false,
    simulated: false,
  });
  expect(verdict.findings[0]).toMatchObject({ outcome: 'fail', omitted: 900 });
  expect(verdict.findings[0]?.problems).toHaveLength(100);
  expect(verdict.decision).toBe('blocked');
});

test('every area is judged in the order in which it is listed', () => {
  const order: Area[] = Object.keys(rules) as Area[];
  expect(order).toEqual([...areas]);
});
