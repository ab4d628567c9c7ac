/** A kept audit judged again: by today's rules, from the answers of then, and never cleared. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clients } from '../rules/clients/index.ts';
import { rules } from '../rules/index.ts';
import { policy } from '../rules/policy.ts';
import { ruleSet } from '../rules/version.ts';
import { observationsAtMost, packObservations, unpackObservations } from '../src/audits/observations.ts';
import { replayAudit } from '../src/audits.ts';
import { groundOf } from '../src/clearance/ground.ts';
import { createAsking } from '../src/facts/asking.ts';
import type { Fetcher } from '../src/ports.ts';
import { type Answering, createPreflight, type Observations } from '../src/preflight.ts';
import { defineRule, problem, type Rule } from '../src/rule.ts';
import type { Rules } from '../src/verdict.ts';
import { postJson, type Service, sound, startService } from './http/service.ts';
import { noBrowser } from './world.ts';

const never = new AbortController().signal;
let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

async function audited(changes: Record<string, unknown> = {}): Promise<string> {
  const posted = await postJson(service, { ...sound, ...changes }, { prefer: 'wait=30' });
  return ((await posted.json()) as { id: string }).id;
}

const replay = (id: string, by: Rules = rules) =>
  replayAudit(
    {
      store: service.store,
      blobs: service.blobs,
      policy,
      preflightWith: (answering) =>
        createPreflight(by, ruleSet, { ...answering, browser: noBrowser, policy, clients }),
    },
    { organisation: service.organisation, id },
    { previews: false },
  );

async function judged(id: string, by: Rules = rules) {
  const replayed = await replay(id, by);
  if (replayed.kind !== 'judged') throw new Error(replayed.kind);
  return replayed;
}

const outcomes = (findings: readonly { rule: string; outcome: string; reason?: string | undefined }[]) =>
  findings.map(({ rule, outcome, reason }) => `${rule} ${outcome} ${reason ?? ''}`);

test('the zone has changed since: the findings are those of then, the evidence too', async () => {
  const id = await audited();
  const before = (await service.audits.find(service.organisation, id))?.verdict;
  await service.publish({ '_dmarc.example.se': 'NXDOMAIN', 'mejl.example.se': 'NXDOMAIN' });
  const { audited: again, submission, leftOut } = await judged(id);
  await service.publish({});
  expect(outcomes(again.verdict.findings)).toEqual(outcomes(before?.findings ?? []));
  expect(again.verdict.findings.map(({ evidence }) => evidence)).toEqual(
    before?.findings.map(({ evidence }) => evidence),
  );
  expect([submission.from.domain, leftOut]).toEqual(['example.se', 0]);
  const now = (await service.audits.find(service.organisation, await audited()))?.verdict;
  expect(outcomes(now?.findings ?? [])).not.toEqual(outcomes(before?.findings ?? []));
});

test('a rule of today finds what it finds in the answers of then', async () => {
  const id = await audited();
  const strict = defineRule({
    id: 'policy-of-today',
    severity: 'blocker',
    reference: 'test',
    needs: ['dmarc'],
    check({ dmarc }: { dmarc: unknown }) {
      return dmarc ? [problem('found', {})] : [];
    },
    words: {
      en: { title: 't', heading: 'h', why: 'w', mend: 'm', fix: 'f', problems: { found: () => 'p' } },
      sv: { title: 't', heading: 'h', why: 'w', mend: 'm', fix: 'f', problems: { found: () => 'p' } },
    },
    examples: { good: [], bad: [] },
  } as never) as Rule;
  const { audited: again } = await judged(id, { ...rules, authentication: [strict] });
  expect(again.verdict.decision).toBe('blocked');
  expect(again.verdict.findings.find(({ rule }) => rule === 'policy-of-today')?.outcome).toBe('fail');
});

test('what was not asked then has no answer, and never passes', async () => {
  const id = await audited();
  const row = await service.store.organisation(service.organisation).audit(id);
  const { observations: key } = JSON.parse(row?.summary ?? '{}') as { observations: string };
  const kept = await unpackObservations((await service.blobs.get(key)) ?? new Uint8Array());
  if (!kept) throw new Error('nothing kept');
  const none: Observations = { answers: [], fetched: [], greetings: [], identities: [] };
  await service.blobs.put(key, await packObservations(none, kept.at));
  const { audited: again } = await judged(id);
  expect(again.verdict.decision).toBe('undecided');
  const passed = again.verdict.findings.filter(
    ({ area, outcome }) => area === 'authentication' && outcome === 'pass',
  );
  expect(passed).toEqual([]);
});

test('links and pictures answer as they did then, and nobody visits them again', async () => {
  const source = `${sound.source}<p>Nytt i dag hos oss alla: <a href="https://example.se/borta">Läs mer</a> <img src="https://example.se/a.gif" alt="Bild"></p>`;
  const id = await audited({ source });
  const row = await service.store.organisation(service.organisation).audit(id);
  const { observations: key } = JSON.parse(row?.summary ?? '{}') as { observations: string };
  const kept = await unpackObservations((await service.blobs.get(key)) ?? new Uint8Array());
  if (!kept) throw new Error('nothing kept');
  const told = { failure: null, type: '', location: null, size: null, at: kept.at };
  const still = { width: 20, height: 20, moving: true, frames: 7, print: false };
  const observations: Observations = {
    ...kept.observations,
    missing: [],
    visited: [
      { ...told, url: 'https://example.se/borta', asked: 0, status: 410, picture: null },
      {
        ...told,
        url: 'https://example.se/a.gif',
        asked: policy.links.pictureBytes,
        status: 200,
        picture: { format: 'gif', ...still },
      },
    ],
  };
  await service.blobs.put(key, await packObservations(observations, kept.at));
  const { audited: again } = await judged(id);
  const found = (rule: string) => again.verdict.findings.find((one) => one.rule === rule)?.outcome;
  expect([found('link-page'), found('image-animation')]).toEqual(['fail', 'fail']);
});

test('an address that was asked for in two ways has the two answers of then', async () => {
  const url = 'https://mta-sts.example.se/.well-known/mta-sts.txt';
  const asks = async (world: Answering) => {
    const { ask, observed } = createAsking(world, { dns: never, network: never });
    const plain = await ask.fetch(url, 100);
    const [followed, short] = await Promise.all([ask.fetch(url, 100, 3), ask.fetch(url, 5, 3)]);
    const told = [plain, followed, short].map(({ status, body, cut }) => [status, body, cut]);
    return { told, observations: observed() };
  };
  const fetcher: Fetcher = {
    fetch: async (at, { most, redirects }) => ({
      status: redirects ? 200 : 302,
      headers: new Headers(),
      body: new TextEncoder().encode(redirects ? 'version: STSv1' : '').subarray(0, most),
      url: at,
    }),
  };
  const clock = { now: () => new Date('2026-11-22T10:00:00Z') };
  const resolver = { ask: () => Promise.reject(new Error('nobody asks')) };
  const then = await asks({ resolver, fetcher, clock });
  expect(then.told).toEqual([
    [302, '', false],
    [200, 'version: STSv1', false],
    [200, 'versi', true],
  ]);
  const id = await audited();
  const row = await service.store.organisation(service.organisation).audit(id);
  const { observations: key } = JSON.parse(row?.summary ?? '{}') as { observations: string };
  const again = async (observations: Observations) => {
    await service.blobs.put(key, await packObservations(observations, '2026-11-22T10:00:00Z'));
    const told: unknown[] = [];
    const judges = createPreflight(rules, ruleSet, {
      resolver,
      clock,
      browser: noBrowser,
      policy,
      clients,
    });
    await replayAudit(
      {
        store: service.store,
        blobs: service.blobs,
        policy,
        preflightWith: (world) => ({
          async audit(...of) {
            told.push(...(await asks(world)).told);
            return judges.audit(...of);
          },
        }),
      },
      { organisation: service.organisation, id },
      { previews: false },
    );
    return told;
  };
  expect(await again(then.observations)).toEqual(then.told);
  // Audits of before do not say how they asked.
  const [page] = then.observations.fetched.filter(({ status }) => status === 200);
  const { asked: _, ...old } = page ?? {};
  const known = await again({ ...then.observations, fetched: [old] } as Observations);
  expect(known).toEqual([then.told[1], then.told[1], [200, 'versi', false]]);
});

test('time stands where it stood', async () => {
  const clock = { now: () => new Date('2026-11-22T10:00:00Z') };
  const then = await startService({ clock });
  const posted = await postJson(then, sound, { prefer: 'wait=30' });
  const { id } = (await posted.json()) as { id: string };
  const row = await then.store.organisation(then.organisation).audit(id);
  const { observations: key } = JSON.parse(row?.summary ?? '{}') as { observations: string };
  const kept = await unpackObservations((await then.blobs.get(key)) ?? new Uint8Array());
  await then.close();
  expect(kept?.at).toBe('2026-11-22T10:00:00.000Z');
});

describe('law 1: what is replayed never earns a clearance', () => {
  test('it is simulated, whoever calls, and nothing of it is kept', async () => {
    const id = await audited();
    const row = await service.store.organisation(service.organisation).audit(id);
    const list = await service.audits.list(service.organisation, { limit: 100 });
    expect((await judged(id)).audited.verdict.simulated).toBe(true);
    expect(await service.store.organisation(service.organisation).audit(id)).toEqual(row);
    expect(await service.audits.list(service.organisation, { limit: 100 })).toEqual(list);
  });

  test('a row that held its verdict would be refused, however clear it was', async () => {
    const id = await audited();
    const row = await service.store.organisation(service.organisation).audit(id);
    const { audited: again, ruleSet: by } = await judged(id);
    if (!row) throw new Error('no row');
    const grounds = (simulated: boolean) => {
      // As if it were whole and clear: nothing but that it is simulated is left to refuse it.
      const verdict = { ...again.verdict, partial: false, simulated, decision: 'clear', ruleSet: by };
      return groundOf({ ...row, verdict: JSON.stringify(verdict) }, [], { ruleSet, policy, now: new Date() });
    };
    expect(grounds(again.verdict.simulated)).toEqual({ ok: false, code: 'simulated' });
    expect(grounds(false)).not.toEqual({ ok: false, code: 'simulated' });
  });
});

test.each([
  ['missing', async () => 'aud_none'],
  [
    'not-kept',
    async () => {
      const id = await audited();
      const row = await service.store.organisation(service.organisation).audit(id);
      const { observations: key } = JSON.parse(row?.summary ?? '{}') as { observations: string };
      await service.blobs.delete(key);
      return id;
    },
  ],
  [
    'changed',
    async () => {
      const id = await audited();
      const row = await service.store.organisation(service.organisation).audit(id);
      const { observations: key } = JSON.parse(row?.summary ?? '{}') as { observations: string };
      await service.blobs.put(key, new Uint8Array([1, 2, 3]));
      return id;
    },
  ],
])('%s is said', async (kind, make) => {
  expect((await replay(await make())).kind).toBe(kind);
});

test('the kept answers belong to one organisation', async () => {
  const id = await audited();
  await service.owner('org_other');
  const other = await replayAudit(
    {
      store: service.store,
      blobs: service.blobs,
      policy,
      preflightWith: () => {
        throw new Error('nothing to judge');
      },
    },
    { organisation: 'org_other', id },
    { previews: false },
  );
  expect(other.kind).toBe('missing');
});

describe('kept answers', () => {
  const at = '2026-11-22T10:00:00.000Z';
  const answer = (data: string) => ({
    name: 'example.se',
    type: 'TXT' as const,
    status: 'answered' as const,
    records: [{ name: 'example.se', type: 'TXT' as const, ttl: 300, data }],
    authenticated: false,
    resolver: '192.0.2.53:53',
    at,
  });
  const page = (body: string) => ({
    url: 'https://example.se/',
    status: 200,
    failure: null,
    type: 'text/plain',
    body,
    cut: false,
    end: 'https://example.se/',
    at,
  });

  test('come back as they were', async () => {
    const observations = {
      answers: [answer('å')],
      fetched: [page('ü')],
      greetings: [],
      identities: [],
      transports: [],
      missing: ['mailServers' as const],
    };
    const kept = await unpackObservations(await packObservations(observations, at));
    expect(kept).toEqual({ at, leftOut: 0, observations });
  });

  test('never take more than is allowed: what does not fit is left out, and counted', async () => {
    const observations = {
      answers: [answer('small')],
      fetched: [page('x'.repeat(5000)), page('y'.repeat(500))],
      greetings: [],
      identities: [],
    };
    const kept = await unpackObservations(await packObservations(observations, at, 2000));
    expect(kept?.leftOut).toBe(1);
    expect(kept?.observations.answers).toHaveLength(1);
    expect(kept?.observations.fetched.map(({ body }) => body[0])).toEqual(['y']);
  });

  test('a bomb is not unpacked', async () => {
    const bomb = new Blob([new Uint8Array(observationsAtMost + 100_000)])
      .stream()
      .pipeThrough(new CompressionStream('gzip'));
    const bytes = new Uint8Array(await new Response(bomb).arrayBuffer());
    expect(await unpackObservations(bytes)).toBeUndefined();
  });
});
