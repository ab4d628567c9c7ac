import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { clients } from '../../rules/clients/index.ts';
import { policy } from '../../rules/policy.ts';
import { createUdpResolver } from '../../src/adapters/resolver/udp.ts';
import type { Evidence, Fact, FactName } from '../../src/facts/facts.ts';
import { type GatherOptions, gather, type Progress } from '../../src/facts/gather.ts';
import { type Browser, BrowserError, type DnsAnswer, type Resolver } from '../../src/ports.ts';
import { clock, noBrowser, resolverOf, soundZone, submissionOf } from '../world.ts';
import { patient, type Zone, type ZoneResolver } from './dns-world.ts';

const all: FactName[] = ['message', 'html', 'spf', 'dmarc', 'mailFrom', 'rendering'];
const dnsFacts: FactName[] = ['spf', 'dmarc', 'mailFrom'];
const never = () => new Promise<never>(() => {});

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function zoneResolver(zone: Zone = soundZone): Promise<ZoneResolver> {
  const resolver = (await resolverOf(zone)) as ZoneResolver;
  open.push(resolver);
  return resolver;
}

/** A DNS server that hears everything and says nothing. */
async function silentResolver(): Promise<Resolver> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  open.push(socket);
  return createUdpResolver({ servers: [{ address: '127.0.0.1', port: socket.address().port }], clock });
}

const pageOf: Browser['draw'] = async ({ width, height }) => ({
  png: new Uint8Array(),
  width,
  height,
  contentWidth: width,
  contentHeight: height,
  cut: false,
  visibleText: 10,
  refused: 0,
  layout: { widest: null, texts: [], targets: [], complete: true },
});
const browserOf = (draw: Browser['draw']): Browser => ({
  draw,
  describe: async () => ({ version: 'test', sandbox: true }),
  close: async () => {},
});

interface Doing extends Partial<GatherOptions> {
  resolver?: Resolver;
  browser?: Browser;
  budgets?: Partial<typeof policy.budgets>;
}

async function gatherIn(names: readonly FactName[], doing: Doing = {}) {
  const { resolver = await zoneResolver(), browser = browserOf(pageOf), budgets = {}, ...options } = doing;
  const world = {
    resolver,
    browser,
    clock,
    clients,
    policy: { ...policy, budgets: { ...policy.budgets, ...budgets } },
  };
  return gather(names, await submissionOf({ html: '<p>Hej</p>' }), world, { ...patient, ...options });
}

const reasons = (facts: Record<string, Fact<unknown> | undefined>) =>
  Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [name, fact?.known ? 'known' : fact?.reason]),
  );
const questions = (evidence: readonly Evidence[] = []) =>
  evidence.map((one) => (one.kind === 'dns' ? `${one.name} ${one.type}` : one.kind));

describe('each fact and each question once', () => {
  test('a fact named twice is gathered once', async () => {
    const events: Progress[] = [];
    const facts = await gatherIn(['spf', 'spf'], { onProgress: (event) => events.push(event) });
    expect(Object.keys(facts)).toEqual(['spf']);
    expect(events).toEqual([
      { fact: 'spf', state: 'waiting' },
      { fact: 'spf', state: 'running' },
      { fact: 'spf', state: 'known' },
    ]);
  });

  test('only what is named is gathered', async () => {
    const resolver = await zoneResolver();
    expect(Object.keys(await gatherIn(['message', 'html'], { resolver }))).toEqual(['message', 'html']);
    expect(resolver.asked.size).toBe(0);
  });

  test('a question is asked once an audit, whichever facts ask, and is the evidence of each of them', async () => {
    const zone = {
      ...soundZone,
      'mejl.example.se': { TXT: ['v=spf1 mx mx include:example.se -all'], MX: ['10 in.example.se'] },
    };
    const resolver = await zoneResolver(zone);
    const { spf, dmarc, mailFrom, message } = await gatherIn(all, { resolver });
    expect(Object.fromEntries(resolver.asked)).toEqual({
      'example.se TXT': 1,
      'example.se MX': 1,
      'mejl.example.se TXT': 1,
      'mejl.example.se MX': 1,
      'in.example.se A': 1,
      'in.example.se AAAA': 1,
      '_dmarc.mejl.example.se TXT': 1,
      '_dmarc.example.se TXT': 1,
      '_dmarc.se TXT': 1,
    });
    expect(questions(spf?.evidence).sort()).toEqual([
      'example.se MX',
      'example.se TXT',
      'in.example.se A',
      'in.example.se AAAA',
      'mejl.example.se MX',
      'mejl.example.se TXT',
    ]);
    expect(questions(dmarc?.evidence).sort()).toEqual([
      '_dmarc.example.se TXT',
      '_dmarc.mejl.example.se TXT',
      '_dmarc.se TXT',
    ]);
    expect(questions(mailFrom?.evidence)).toEqual([
      'mejl.example.se MX',
      'in.example.se A',
      'in.example.se AAAA',
    ]);
    expect(message?.evidence).toEqual([]);
    expect(mailFrom?.evidence[0]).toMatchObject({
      kind: 'dns',
      status: 'answered',
      resolver: expect.stringContaining('127.0.0.1'),
      at: clock.now().toISOString(),
    });
  });

  test('two audits share nothing', async () => {
    const resolver = await zoneResolver();
    await gatherIn(['mailFrom'], { resolver });
    await gatherIn(['mailFrom'], { resolver });
    expect(resolver.asked.get('mejl.example.se MX')).toBe(2);
  });

  test('evidence of a hostile answer is shortened, and says so', async () => {
    const zone = {
      ...soundZone,
      'mejl.example.se': {
        TXT: [`v=spf1 ${'ip4:192.0.2.1 '.repeat(4000)}-all`],
        MX: Array.from({ length: 1000 }, (_, i) => `10 in${i}.example.se`),
      },
    };
    const { spf, mailFrom } = await gatherIn(['spf', 'mailFrom'], { resolver: await zoneResolver(zone) });
    expect(mailFrom?.known && mailFrom.value.mx?.exchangers).toHaveLength(1000);
    expect(mailFrom?.evidence[0]).toMatchObject({ status: 'answered', detail: 'shortened, of 1000 records' });
    expect(mailFrom?.evidence[0]).toHaveProperty('records.length', 50);
    expect(JSON.stringify(spf?.evidence).length).toBeLessThan(10_000);
  });

  test('evidence of a fact is bounded, however many names a domain makes it ask', async () => {
    const filler = Array.from({ length: 16 }, (_, i) => ['\u0001'.repeat(248) + i, '\u0001'.repeat(250)]);
    const includes = Array.from({ length: 40 }, (_, i) => `n${i}.example.se`);
    const zone: Record<string, unknown> = {
      ...soundZone,
      'mejl.example.se': {
        TXT: [`v=spf1 ${includes.map((name) => `include:${name}`).join(' ')} -all`, ...filler],
      },
    };
    for (const name of includes) zone[name] = { TXT: ['v=spf1 -all', ...filler] };
    const { spf } = await gatherIn(['spf'], { resolver: await zoneResolver(zone) });
    expect(spf?.evidence.length).toBeGreaterThan(30);
    expect(JSON.stringify(spf?.evidence).length).toBeLessThan(80_000);
  });
});

describe('budgets', () => {
  test('a DNS server that never answers: over in time, and nothing is taken for "none"', async () => {
    const start = performance.now();
    const facts = await gatherIn(all, { resolver: await silentResolver(), budgets: { dns: 150 } });
    expect(performance.now() - start).toBeLessThan(1500);
    expect(facts.message?.known && facts.html?.known && facts.rendering?.known).toBe(true);
    expect(facts.spf).toMatchObject({
      known: true,
      value: { author: { root: { state: 'unanswered' } }, mailFrom: { root: { state: 'unanswered' } } },
    });
    expect(facts.dmarc).toMatchObject({
      known: true,
      value: { applied: 'unknown', spfAlignment: 'unknown' },
    });
    expect(facts.mailFrom).toMatchObject({ known: true, value: { mx: { status: 'timeout' } } });
    for (const name of dnsFacts)
      for (const one of facts[name]?.evidence ?? []) expect(one).toMatchObject({ status: 'timeout' });
  });

  test('a resolver that ignores its signal costs its facts after the grace, and no others', async () => {
    const start = performance.now();
    const facts = await gatherIn(all, { resolver: { ask: never }, budgets: { dns: 50 } });
    expect(performance.now() - start).toBeLessThan(1500);
    expect(reasons(facts)).toEqual({
      message: 'known',
      html: 'known',
      spf: 'late',
      dmarc: 'late',
      mailFrom: 'late',
      rendering: 'known',
    });
  });

  test('what was answered before the end stays as evidence, and what comes later does not', async () => {
    const real = await zoneResolver();
    const caller = new AbortController();
    const asked: string[] = [];
    let free = (_: DnsAnswer) => {};
    const resolver: Resolver = {
      async ask(question, signal) {
        asked.push(question.name);
        if (question.name === 'mejl.example.se') {
          return new Promise((resolve) => {
            free = resolve;
          });
        }
        const answer = await real.ask(question, signal);
        if (question.type === 'MX') caller.abort();
        return answer;
      },
    };
    const { spf } = await gatherIn(['spf'], { resolver, signal: caller.signal });
    expect(spf).toMatchObject({ known: false, reason: 'late' });
    expect(questions(spf?.evidence)).toEqual([
      'example.se TXT',
      'example.se MX',
      'in.example.se A',
      'in.example.se AAAA',
    ]);
    const late = await real.ask({ name: 'mejl.example.se', type: 'TXT' }, new AbortController().signal);
    asked.length = 0;
    free(late);
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toEqual([]);
    expect(spf?.evidence).toHaveLength(4);
  });

  test('a rendering that never ends', async () => {
    const events: Progress[] = [];
    const facts = await gatherIn(all, {
      browser: browserOf(never),
      budgets: { rendering: 50 },
      onProgress: (event) => events.push(event),
    });
    expect(reasons(facts)).toMatchObject({
      rendering: 'late',
      spf: 'known',
      dmarc: 'known',
      mailFrom: 'known',
    });
    expect(events.filter(({ fact }) => fact === 'rendering').at(-1)).toEqual({
      fact: 'rendering',
      state: 'unknown',
    });
  });

  test.each([true, false])('the caller gives up, beforehand: %s: everything ends', async (beforehand) => {
    const caller = new AbortController();
    if (beforehand) caller.abort();
    const start = performance.now();
    const gathering = gatherIn(all, {
      resolver: { ask: never },
      browser: browserOf(never),
      signal: caller.signal,
    });
    caller.abort();
    expect(reasons(await gathering)).toEqual({
      message: 'known',
      html: 'known',
      spf: 'late',
      dmarc: 'late',
      mailFrom: 'late',
      rendering: 'late',
    });
    expect(performance.now() - start).toBeLessThan(1500);
  });

  test('a resolver that heeds it hears of it', async () => {
    const caller = new AbortController();
    const gathering = gatherIn(dnsFacts, { resolver: await silentResolver(), signal: caller.signal });
    caller.abort();
    expect(await gathering).toMatchObject({
      mailFrom: { known: true, value: { mx: { status: 'timeout' } } },
    });
  });
});

describe('failures cost their own fact', () => {
  test.each<[string, Resolver]>([
    ['rejects', { ask: () => Promise.reject(new Error('broken')) }],
    [
      'throws',
      {
        ask: () => {
          throw new Error('broken');
        },
      },
    ],
  ])('a resolver that %s', async (_, resolver) => {
    const facts = await gatherIn(all, { resolver });
    expect(reasons(facts)).toMatchObject({
      spf: 'crashed',
      dmarc: 'crashed',
      mailFrom: 'crashed',
      html: 'known',
    });
    expect(facts.spf).toMatchObject({ known: false, detail: 'broken', evidence: [] });
  });

  test.each<[string, Browser, string]>([
    ['that is missing', noBrowser, 'missing-engine'],
    ['that crashes', browserOf(() => Promise.reject(new BrowserError('crashed', 'gone'))), 'crashed'],
    ['with a bug', browserOf(() => Promise.reject(new TypeError('a bug'))), 'crashed'],
    ['that is slow', browserOf(() => Promise.reject(new BrowserError('timeout', 'slow'))), 'late'],
  ])('a browser %s', async (_, browser, reason) => {
    expect(reasons(await gatherIn(all, { browser }))).toMatchObject({ rendering: reason, spf: 'known' });
  });
});

test('what is left out is not looked at', async () => {
  const resolver = await zoneResolver();
  const events: Progress[] = [];
  const facts = await gatherIn(all, {
    resolver,
    browser: browserOf(() => Promise.reject(new Error('drawn all the same'))),
    leaveOut: { dns: true, previews: true },
    onProgress: (event) => events.push(event),
  });
  expect(reasons(facts)).toEqual({
    message: 'known',
    html: 'known',
    spf: 'left-out',
    dmarc: 'left-out',
    mailFrom: 'left-out',
    rendering: 'left-out',
  });
  expect(resolver.asked.size).toBe(0);
  expect(events.filter(({ fact }) => fact === 'spf').map(({ state }) => state)).toEqual([
    'waiting',
    'left-out',
  ]);
});

test('progress: all wait, then each runs and ends, and pictures are counted', async () => {
  const events: Progress[] = [];
  await gatherIn(all, { onProgress: (event) => events.push(event) });
  expect(events.slice(0, all.length)).toEqual(all.map((fact) => ({ fact, state: 'waiting' })));
  for (const fact of all.filter((name) => name !== 'rendering')) {
    expect(events.filter((event) => event.fact === fact).map(({ state }) => state)).toEqual([
      'waiting',
      'running',
      'known',
    ]);
  }
  const drawn = events.filter(({ fact }) => fact === 'rendering').slice(2);
  const of = drawn.length - 1;
  expect(drawn).toEqual([
    ...Array.from({ length: of }, (_, i) => ({ fact: 'rendering', state: 'running', done: i + 1, of })),
    { fact: 'rendering', state: 'known' },
  ]);
});
