/** Audits that end as a test says, on a real store with real keys: what a clearance is granted on. */

import { policy } from '../rules/policy.ts';
import { ruleSet } from '../rules/version.ts';
import type { Audit, AuditChanges } from '../src/audits.ts';
import type { Preflight } from '../src/preflight.ts';
import { areas, type Severity } from '../src/rule.ts';
import { judge, type Outcome, type Rules } from '../src/verdict.ts';
import { type ServiceOptions, startService } from './http/service.ts';
import { noObservations } from './world.ts';

export const start = Date.UTC(2026, 10, 22, 12);

/** How a check ends, by its id. */
export type Checks = Record<string, readonly [Severity, Outcome]>;
export const passing: Checks = { 'check-a': ['blocker', 'pass'], 'check-b': ['major', 'pass'] };
export const majorFails: Checks = { 'check-a': ['blocker', 'pass'], 'check-b': ['major', 'fail'] };

const answers = {
  pass: () => [],
  fail: () => [{ key: 'x', data: {} }],
  unknown: () => ({ unknown: 'unanswered' as const }),
  'not-applicable': () => ({ notApplicable: 'no-html' as const }),
};

function rulesOf(checks: Checks): Rules {
  const content = Object.entries(checks).map(([id, [severity, outcome]]) => ({
    id,
    severity,
    reference: 'made for this test',
    needs: ['message'] as const,
    check: answers[outcome],
    words: {} as never,
    examples: { good: [], bad: [] },
  }));
  return { ...(Object.fromEntries(areas.map((area) => [area, []])) as unknown as Rules), content };
}

/** `named`: false leaves whoever installed the service without a name. */
export async function startClearanceWorld(options: ServiceOptions & { named?: boolean } = {}) {
  let time = start;
  const clock = { now: () => new Date(time) };
  let checks: Checks = passing;
  let version = ruleSet;
  const preflight: Preflight = {
    // The real judge; only what the checks find is the test's.
    async audit(_, { leaveOut, simulated = false } = {}) {
      const facts = { message: { known: true as const, value: {} as never, evidence: [] } };
      const partial = Boolean(leaveOut?.dns || leaveOut?.previews);
      const judging = { facts, rules: rulesOf(checks), policy, clients: [], now: clock.now() };
      return {
        verdict: judge({ ...judging, partial, simulated }),
        pictures: [],
        observations: noObservations,
      };
    },
    async auditSender() {
      throw new Error('every audit of this world is of a mail');
    },
    async recheck() {
      throw new Error('nothing is sent in this world');
    },
    get ruleSet() {
      return version;
    },
  };
  const handed = (source = '<p>Hej!</p>') => ({
    bytes: new TextEncoder().encode(source),
    filename: 'a.html',
    from: 'Föreningen <nyhetsbrev@example.se>',
    subject: 'Höstmöte',
    mailFrom: 'mejl.example.se',
    dkimSelectors: ['s1'],
  });
  const examples = new Map([['clear' as const, { handed: handed(), preflight }]]);
  const service = await startService({
    preflight,
    clock,
    ...options,
    audits: { examples, ...options.audits },
  });
  const { organisation, audits, clearances, store } = service;
  const { members } = store.organisation(organisation);
  await members.add({
    id: 'per_anna',
    name: 'Ordföranden',
    role: 'owner',
    createdAt: clock.now().toISOString(),
  });
  if (options.named !== false)
    for (const { id, name } of await members.list()) if (name === null) await members.rename(id, 'Kassören');

  async function ended(submitted: Awaited<ReturnType<typeof audits.submit>> | { kind: 'missing' }) {
    if (!('audit' in submitted)) throw new Error(submitted.kind);
    const audit = await audits.settled(organisation, submitted.audit.id, 10_000);
    if (audit?.state !== 'done') throw new Error(`the audit is ${audit?.state}`);
    return audit;
  }

  return {
    ...service,
    clock,
    pass: (ms: number) => {
      time += ms;
    },
    get checks() {
      return checks;
    },
    set checks(next: Checks) {
      checks = next;
    },
    get ruleSet() {
      return version;
    },
    set ruleSet(next: string) {
      version = next;
    },
    handed,
    /** An audit that has ended. */
    audit: async (
      how: {
        checks?: Checks;
        source?: string;
        previews?: boolean;
        fields?: Partial<ReturnType<typeof handed>>;
      } = {},
    ): Promise<Audit> => {
      checks = how.checks ?? passing;
      const mail = { ...handed(how.source), ...how.fields };
      return ended(await audits.submit(organisation, mail, how.previews ?? true));
    },
    example: async () => ended(await audits.example(organisation, 'clear')),
    again: async (id: string, changes: AuditChanges = {}) =>
      ended(await audits.again(organisation, id, changes)),
    grant: (audit: string, by = 'per_anna') => clearances.grant(organisation, by, audit),
    /** The token of a grant that must succeed. */
    token: async (audit: string): Promise<string> => {
      const granted = await clearances.grant(organisation, 'per_anna', audit);
      if (granted.kind !== 'granted') throw new Error(granted.code);
      return granted.granted.token;
    },
    verify: (token: string) => clearances.verify(organisation, token),
    waive: (
      audit: string,
      order: { rule?: string; reason?: string; endsAt?: string } = {},
      caller: { kind: 'person' | 'key'; id: string; role: string } = {
        kind: 'person',
        id: 'per_anna',
        role: 'owner',
      },
    ) =>
      clearances.waive(organisation, caller, {
        audit,
        rule: 'check-b',
        reason: 'Loggan är alltid så här.',
        endsAt: '2026-12-01',
        ...order,
      }),
  };
}

export type ClearanceWorld = Awaited<ReturnType<typeof startClearanceWorld>>;
