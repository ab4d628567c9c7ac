/** The examples that ship: each judged in its own world, and never in the real one. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clients } from '../../rules/clients/index.ts';
import { rules } from '../../rules/index.ts';
import { policy } from '../../rules/policy.ts';
import { ruleSet } from '../../rules/version.ts';
import { exampleNames } from '../../src/audits.ts';
import { type ExampleWorld, openExamples } from '../../src/hosts/examples.ts';
import type { Resolver } from '../../src/ports.ts';
import { createPreflight } from '../../src/preflight.ts';
import { type Service, startService } from '../http/service.ts';
import { clock, noBrowser } from '../world.ts';

const left: unknown[] = [];
const asked: string[] = [];
let opened: Awaited<ReturnType<typeof openExamples>>;
let service: Service;

beforeAll(async () => {
  const preflightWith = (around: Pick<ExampleWorld, 'resolver'>) =>
    createPreflight(rules, ruleSet, { ...around, browser: noBrowser, clock, policy, clients });
  opened = await openExamples(preflightWith, clock, (error) => left.push(error));
  const outside: Resolver = {
    ask: (question) => Promise.reject(new Error(asked[asked.push(question.name)])),
  };
  service = await startService({
    preflight: preflightWith({ resolver: outside }),
    audits: { examples: opened.examples },
  });
});
afterAll(async () => {
  await service.close();
  await opened.close();
});

test('all are there', () => {
  expect(left).toEqual([]);
  expect(service.audits.examples).toEqual(exampleNames);
});

test.each([
  // Without a browser what is clear lacks its previews alone.
  ['clear', 'undecided', { mustFix: 0, shouldFix: 0 }],
  ['faults', 'blocked', {}],
  ['silent', 'undecided', { mustFix: 0, shouldFix: 0 }],
] as const)('%s: %s, simulated, and no question leaves the house', async (name, decision, summary) => {
  const { audits, organisation } = service;
  const tried = await audits.example(organisation, name);
  if (!('audit' in tried)) throw new Error(tried.kind);
  const audit = await audits.settled(organisation, tried.audit.id, 20_000);
  expect(audit?.verdict).toMatchObject({ decision, simulated: true });
  const [entry] = await audits.list(organisation, { limit: 1 });
  expect(entry).toMatchObject({
    id: tried.audit.id,
    request: { example: name },
    summary: { decision, simulated: true, ...summary },
  });
  const dns = audit?.verdict?.findings.filter(({ area }) => area === 'authentication') ?? [];
  const answered = dns.some(({ outcome }) => outcome === 'pass' || outcome === 'fail');
  expect(answered).toBe(name !== 'silent');
  expect(asked).toEqual([]);
});
