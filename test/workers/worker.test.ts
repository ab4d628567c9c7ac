/** The same worlds, judged in workerd over HTTP and by the core in Node: the findings must be the same. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clients } from '../../rules/clients/index.ts';
import { rules } from '../../rules/index.ts';
import { policy } from '../../rules/policy.ts';
import { ruleSet } from '../../rules/version.ts';
import { createR2Blobs } from '../../src/adapters/blobs/r2.ts';
import { absentBrowser } from '../../src/adapters/browser/absent.ts';
import { createHttpsResolver } from '../../src/adapters/resolver/https.ts';
import { createD1Store } from '../../src/adapters/store/d1.ts';
import type { Resolver } from '../../src/ports.ts';
import { createPreflight } from '../../src/preflight.ts';
import { writeReport } from '../../src/report/report.ts';
import type { World } from '../../src/rule.ts';
import { readSubmission } from '../../src/submission.ts';
import { handedOf, resolverOf, soundZone } from '../world.ts';
import { type DohServer, startDohServer } from './doh.ts';
import { startWorker } from './harness.ts';
import { keys, message, signatures } from './signed.ts';
import { worlds } from './worlds.ts';

type Json = Record<string, unknown> & {
  id: string;
  state: string;
  decision: string;
  findings: { rule: string; outcome: string; reason?: string; evidence: Record<string, unknown>[] }[];
};

let doh: DohServer;
let started: Awaited<ReturnType<typeof startWorker>>;
let organisation: string;
let cookie: string;

/** As `wrangler secret put` would set it. */
const setupToken = 'set-up-'.repeat(6);

beforeAll(async () => {
  doh = await startDohServer();
  started = await startWorker({ DOH_URL: doh.url, SETUP_TOKEN: setupToken });
  organisation = await createD1Store(started.env.DB).firstOrganisation();
  const signedIn = await signIn(setupToken);
  if (signedIn.status !== 303) throw new Error(`sign-in: ${signedIn.status}`);
  cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
});
afterAll(async () => {
  await started.server.close();
  await doh.close();
});
beforeEach(() => {
  doh.dead = false;
  doh.setZone(soundZone);
});

function signIn(token: string) {
  const init = { method: 'POST', body: new URLSearchParams({ token }), redirect: 'manual' } as const;
  return started.worker.fetch('/sign-in', init);
}

/** As the person who has signed in. */
function ask(path: string, init: { method?: string; headers?: Record<string, string>; body?: string } = {}) {
  return started.worker.fetch(path, { ...init, headers: { ...init.headers, cookie } });
}

async function post(world: World, more: Record<string, unknown> = {}, wait = 30): Promise<Json> {
  const { bytes, ...fields } = handedOf(world);
  const response = await ask('/v1/audits', {
    method: 'POST',
    headers: { 'content-type': 'application/json', prefer: `wait=${wait}` },
    body: JSON.stringify({ ...fields, sourceBase64: Buffer.from(bytes).toString('base64'), ...more }),
  });
  const body = (await response.json()) as Json;
  expect({ status: response.status, body }).toMatchObject({ status: 200, body: { state: 'done' } });
  return body;
}

/** The core in this process, without workerd, HTTP or the store. */
async function judgeInNode(world: World, resolver: Resolver, previews = true): Promise<Json> {
  const read = await readSubmission(handedOf(world), organisation, policy.limits);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  const preflight = createPreflight(rules, ruleSet, {
    resolver,
    browser: absentBrowser,
    clock,
    policy,
    clients,
  });
  const leaveOut = { dns: false, previews: !previews };
  const { verdict } = await preflight.audit(read.submission, { leaveOut });
  const report = writeReport(verdict, rules, 'en');
  return JSON.parse(JSON.stringify({ digest: read.submission.digest, ...report }));
}

const clock = { now: () => new Date() };

/** Without what may differ: when, by whom, and in which order the questions were answered. */
function comparable({ digest, decision, partial, simulated, score, spam, findings, previews }: Json) {
  const evidence = (one: Record<string, unknown>) => ({ ...one, resolver: '', at: '' });
  const key = (one: Record<string, unknown>) => `${one.name} ${one.type}`;
  const sorted = findings.map((finding) => ({
    ...finding,
    evidence: finding.evidence.map(evidence).sort((a, b) => key(a).localeCompare(key(b))),
  }));
  return { digest, decision, partial, simulated, score, spam, previews, findings: sorted };
}

describe('in workerd as in Node', () => {
  test.each(worlds)('$title: $decision', async ({ world = {}, zone = soundZone, previews, decision }) => {
    doh.setZone(zone);
    const before = doh.asked;
    const there = await post(world, previews === undefined ? {} : { previews });
    expect(there.decision).toBe(decision);
    expect(doh.asked).toBeGreaterThan(before);
    // By UDP and TCP, from a server of its own.
    const resolver = await resolverOf(zone);
    const here = await judgeInNode(world, resolver, previews).finally(resolver.close);
    expect(comparable(there)).toEqual(comparable(here));
  });

  test('a DNS service that is dead: undecided, and every look-up says so', async () => {
    doh.dead = true;
    const there = await post({}, { previews: false });
    const here = await judgeInNode({}, createHttpsResolver({ url: doh.url, clock }), false);
    const outcomes = ({ findings }: Json) =>
      findings.map(({ rule, outcome, reason }) => ({ rule, outcome, reason }));
    expect(there.decision).toBe('undecided');
    expect(outcomes(there)).toEqual(outcomes(here));
    expect(outcomes(there)).toContainEqual({
      rule: 'dmarc-policy',
      outcome: 'unknown',
      reason: 'unanswered',
    });
    const statuses = there.findings.flatMap(({ evidence }) => evidence.map(({ status }) => status));
    // On loopback it is Miniflare that connects, and it makes an HTTP error of a cut connection.
    expect(new Set(statuses)).toEqual(new Set(['servfail']));
  });
});

describe('DKIM signatures', () => {
  const outcomeOf = async (eml: string) => {
    doh.setZone({ ...soundZone, ...keys });
    const { findings } = await post({ eml, dkimSelectors: null }, { previews: false });
    return findings.find(({ rule }) => rule === 'dkim-signature')?.outcome;
  };

  test.each(Object.entries(signatures))(
    '%s verifies, and not when the message was changed',
    async (_, one) => {
      expect(await outcomeOf(`${one}\r\n${message}`)).toBe('pass');
      expect(await outcomeOf(`${one}\r\n${message.replace('Hej!', 'Hallå!')}`)).toBe('fail');
      expect(await outcomeOf(`${one}\r\n${message.replace('Subject: Hej', 'Subject: Nej')}`)).toBe('fail');
    },
  );
});

describe('sign-in', () => {
  test('the secret signs in once; without a session or key nothing opens', async () => {
    expect(cookie).toMatch(/^(?:__Host-)?klarsignal=kss_[a-z2-7]{52}$/);
    expect((await signIn(setupToken)).status).toBe(403);
    expect((await ask('/keys')).status).toBe(200);
    for (const path of ['/', '/keys', '/v1/audits', '/v1/audits/x'])
      expect((await started.worker.fetch(path)).status).toBe(401);
    expect(await (await started.worker.fetch('/sign-in')).text()).toContain('SETUP_TOKEN');
  });

  test('a key made on the page opens the API', async () => {
    const init = {
      method: 'POST',
      headers: { cookie },
      body: new URLSearchParams({ name: 'x', scope: 'audits:read' }),
    };
    const page = await (await started.worker.fetch('/keys', init)).text();
    const authorization = `Bearer ${/ksk_[a-z2-7]{52}/.exec(page)?.[0]}`;
    const statusOf = async (method: string) =>
      (await started.worker.fetch('/v1/audits/x', { method, headers: { authorization } })).status;
    expect([await statusOf('GET'), await statusOf('POST')]).toEqual([404, 403]);
  });
});

describe('what stays', () => {
  test('an audit is in D1 and its upload in R2', async () => {
    const posted = await post({}, { previews: false });
    const response = await ask(`/v1/audits/${posted.id}`);
    expect(await response.json()).toEqual(posted);
    const row = await createD1Store(started.env.DB).organisation(organisation).audit(posted.id);
    expect(row).toMatchObject({ state: 'done', attempts: 1 });
    const upload = await createR2Blobs(started.env.BLOBS).get(row?.upload ?? '');
    expect(new TextDecoder().decode(upload)).toBe(new TextDecoder().decode(handedOf({}).bytes));
  });

  test('an audit whose worker died is done by the cron trigger', async () => {
    const store = createD1Store(started.env.DB);
    const { bytes, ...fields } = handedOf({});
    const read = await readSubmission({ bytes, ...fields }, organisation, policy.limits);
    if (!read.ok) throw new Error('the world is not a submission');
    const { digest } = read.submission;
    const id = 'aud_left_behind';
    const upload = `${organisation}/uploads/${id}`;
    await createR2Blobs(started.env.BLOBS).put(upload, bytes);
    const request = JSON.stringify({ ...fields, previews: false });
    const hourAgo = new Date(Date.now() - 3_600_000);
    const createdAt = hourAgo.toISOString();
    await store.organisation(organisation).addAudit({
      id,
      createdAt,
      request,
      upload,
      digest,
      unfinishedAtMost: 1,
    });
    expect(await store.claimAudit(hourAgo, 60_000, 3)).toMatchObject({ id });

    expect(await started.worker.scheduled({ cron: '* * * * *' })).toMatchObject({ outcome: 'ok' });
    expect(await store.organisation(organisation).audit(id)).toMatchObject({ state: 'done', attempts: 2 });
  });

  test('blobs: replaced, missing, deleted', async () => {
    const blobs = createR2Blobs(started.env.BLOBS);
    await blobs.put('org_1/a', new Uint8Array([1, 2]));
    await blobs.put('org_1/a', new Uint8Array([1, 2, 3, 4]).subarray(1, 3));
    expect(await blobs.get('org_1/a')).toEqual(new Uint8Array([2, 3]));
    await blobs.delete('org_1/a');
    await blobs.delete('org_1/a');
    expect(await blobs.get('org_1/a')).toBeUndefined();
  });
});

test('blocklists are those of the settings, asked by their key, which nothing tells', async () => {
  const lists = { KLARSIGNAL_BLOCKLISTS: 'spamhaus-dbl', KLARSIGNAL_BLOCKLIST_KEYS: 'spamhaus=abc123' };
  const { server, worker } = await startWorker({ DOH_URL: doh.url, SETUP_TOKEN: setupToken, ...lists });
  try {
    const body = new URLSearchParams({ token: setupToken });
    const signedIn = await worker.fetch('/sign-in', { method: 'POST', body, redirect: 'manual' });
    const headers = { cookie: signedIn.headers.get('set-cookie')?.split(';')[0] ?? '' };
    doh.setZone({ ...soundZone, 'example.se.abc123.dbl.dq.spamhaus.net': { A: ['127.0.1.2'] } });
    const text = await (await worker.fetch('/v1/domains/example.se', { headers })).text();
    const { findings } = JSON.parse(text) as Json;
    const listing = findings.find(({ rule }) => rule === 'domain-listing');
    expect(listing).toMatchObject({ outcome: 'fail', evidence: [{ name: 'example.se.dbl.spamhaus.org' }] });
    expect(text).not.toContain('abc123');
  } finally {
    await server.close();
  }
});

describe('the rest of the application', () => {
  test.each([
    ['/', 'text/html; charset=UTF-8', 'Klarsignal'],
    ['/healthz', 'application/json', 'ok'],
    ['/assets/tokens.css', 'text/css; charset=utf-8', '--'],
    ['/assets/klarsignal.css', 'text/css; charset=utf-8', '{'],
    ['/openapi.json', 'application/json', '/v1/audits'],
  ])('%s', async (path, type, content) => {
    const response = await ask(path);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
    expect(await response.text()).toContain(content);
  });

  test('a form with a file leads to a page with the verdict', async () => {
    const form = new FormData();
    const { bytes, from = '', mailFrom = '' } = handedOf({});
    form.set('file', new File([bytes as Uint8Array<ArrayBuffer>], 'brev.html', { type: 'text/html' }));
    form.set('from', from);
    form.set('mailFrom', mailFrom);
    const { url } = await started.server.listen();
    const response = await fetch(new URL('/audits', url), {
      method: 'POST',
      headers: { origin: url.origin, cookie },
      body: form,
      redirect: 'manual',
    });
    expect(response.status).toBe(303);
    const page = new URL(response.headers.get('location') ?? '', url);
    await expect
      .poll(async () => (await fetch(page, { headers: { cookie } })).text(), { timeout: 20_000 })
      .not.toContain('http-equiv="refresh"');
    const html = await (await fetch(page, { headers: { cookie } })).text();
    expect(html).toContain('DMARC');
  });

  test('an audit is followed to its end, and its report stands alone', async () => {
    const { bytes, ...fields } = handedOf({});
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...fields, sourceBase64: Buffer.from(bytes).toString('base64') }),
    };
    const { id } = (await (await ask('/v1/audits', init)).json()) as Json;
    const events = await ask(`/v1/audits/${id}/events`);
    expect(events.headers.get('content-type')).toBe('text/event-stream');
    expect(await events.text()).toMatch(/\n\nevent: end\ndata: \{"state":"done"\}\n\n$/);
    const report = await ask(`/v1/audits/${id}/report?format=html`);
    expect(report.headers.get('content-security-policy')).toContain("style-src 'sha256-");
    expect(await report.text()).toContain('DMARC');
    expect((await ask('/docs')).status).toBe(200);
    expect(await (await ask('/readyz')).json()).toEqual({ status: 'ready' });
  });

  test('an upload over the limit is refused', async () => {
    const response = await ask('/v1/audits', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ source: 'x'.repeat(policy.limits.uploadBytes * 1.5) }),
    });
    expect(response.status).toBe(413);
  });
});
