/**
 * Whole audits against DNS servers that fail or lie: the right outcome, within the deadline, and nothing passes for
 * lack of an answer. Real packets on loopback; budgets are small so that it is quick.
 */
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { clients } from '../rules/clients/index.ts';
import { rules } from '../rules/index.ts';
import { policy } from '../rules/policy.ts';
import { createUdpResolver } from '../src/adapters/resolver/udp.ts';
import { asksDns } from '../src/facts/gather.ts';
import type { DnsAnswer, DnsStatus, Resolver } from '../src/ports.ts';
import { createPreflight } from '../src/preflight.ts';
import { readSender, type SenderPart } from '../src/submission.ts';
import type { Outcome, Verdict } from '../src/verdict.ts';
import { closePeers, cname, reply, truncated, txt } from './adapters/resolver-peers.ts';
import { type Question, startFaulty } from './dns-faults/server.ts';
import { clock, fetcherOf, mailServersOf, noBrowser, resolverOf, soundZone, submissionOf } from './world.ts';

afterEach(closePeers);

/** Milliseconds. `slack`: what a busy machine may add; far below any budget of the service. */
const short = { dns: 700, network: 900, attempt: 120, slack: 3000 };
/** For servers that answer in the end. */
const long = { dns: 6000, network: 6500, attempt: 3000, slack: 3000 };
type Times = typeof short;

const dnsRules = Object.values(rules)
  .flat()
  .filter(({ needs }) => needs.some(asksDns));

function preflightWith(resolver: Resolver, times: Times) {
  const budgets = { ...policy.budgets, dns: times.dns, network: times.network };
  return createPreflight(rules, 'sha256:faults', {
    resolver,
    browser: noBrowser,
    clock,
    policy: { ...policy, budgets },
    clients,
    fetcher: fetcherOf({}),
    mailServers: mailServersOf({}),
  });
}

function senderOf(domain = 'example.se'): SenderPart {
  const read = readSender({ domain, mailFrom: 'mejl.example.se', dkimSelectors: ['s1'] }, 'org_test');
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  return read.sender;
}

interface Judged {
  verdict: Verdict;
  outcomes: Record<string, Outcome>;
  answers: readonly DnsAnswer[];
}

function judged({
  verdict,
  observations,
}: {
  verdict: Verdict;
  observations: { answers: DnsAnswer[] };
}): Judged {
  const ids = dnsRules.map(({ id }) => id);
  const outcomes = verdict.findings.filter(({ rule }) => ids.includes(rule));
  return {
    verdict,
    outcomes: Object.fromEntries(outcomes.map(({ rule, outcome }) => [rule, outcome])),
    answers: observations.answers,
  };
}

/** Both ways of asking, against one server; each within its deadline. */
async function auditsOf(
  zone: Record<string, unknown>,
  behave: (question: Question) => unknown,
  times: Times,
) {
  const server = await startFaulty(zone, behave);
  const resolver = createUdpResolver({ servers: [server], attemptTimeoutMs: times.attempt, clock });
  const preflight = preflightWith(resolver, times);
  const timed = async <T>(audit: Promise<T>): Promise<T> => {
    const started = performance.now();
    const result = await audit;
    expect(performance.now() - started).toBeLessThan(times.network + times.slack);
    return result;
  };
  const [sender, message] = await Promise.all([
    timed(preflight.auditSender(senderOf())),
    timed(preflight.audit(await submissionOf({}), { leaveOut: { dns: false, previews: true } })),
  ]);
  return { sender: judged(sender), message: judged(message), server };
}

const passing = ({ outcomes }: Judged) =>
  Object.entries(outcomes)
    .filter(([, outcome]) => outcome === 'pass')
    .map(([rule]) => rule);
const answerTo = ({ answers }: Judged, name: string, type: string) =>
  answers.find((one) => one.name === name && one.type === type);

let truth: Judged;
let messageTruth: Judged;
beforeAll(async () => {
  const sound = await auditsOf(soundZone, async ({ send, truth: told }) => send(await told()), long);
  truth = sound.sender;
  messageTruth = sound.message;
  await closePeers();
});

/** Of the domain and the message alone, whatever DNS says. */
const withoutDns = ['mail-from-subdomain'];

test('a sound server is the measure: most of it passes', () => {
  expect(passing(truth).length).toBeGreaterThan(12);
  expect(truth.verdict.decision).toBe('clear');
  expect(messageTruth.verdict.decision).toBe('clear');
  expect(passing(messageTruth)).toEqual(expect.arrayContaining(passing(truth)));
});

describe('servers that give the truth in the end: all is as with a sound one', () => {
  const then = async ({ send, truth: told }: Question) => send(await told());
  const forged = ({ query }: Question) =>
    reply(query, { answers: [txt(query.questions?.[0]?.name ?? '', 'v=spf1 +all')] });
  const table: [string, (question: Question) => unknown][] = [
    ['every answer 300 ms late', (question) => setTimeout(() => void then(question), 300)],
    [
      'a wrong id first',
      async (question) => {
        question.send(reply(question.query, { id: ((question.query.id ?? 0) + 1) & 0xffff, rcode: 3 }));
        await then(question);
      },
    ],
    [
      'another question’s answer first',
      async (question) => {
        question.send(reply(question.query, { name: 'other.example', rcode: 3 }));
        await then(question);
      },
    ],
    [
      'an answer from another port first',
      async (question) => {
        await question.sendFrom('127.0.0.1', forged(question));
        await then(question);
      },
    ],
    [
      'an answer from another address first',
      async (question) => {
        await question.sendFrom('127.0.0.2', forged(question));
        await then(question);
      },
    ],
    [
      'noise first',
      async (question) => {
        question.send(Buffer.from('not a DNS message, and no answer'));
        await then(question);
      },
    ],
    [
      'TC always, and TCP works',
      (question) =>
        question.tcp ? then(question) : question.send(reply(question.query, { flags: truncated | (1 << 7) })),
    ],
    [
      'FORMERR to EDNS',
      (question) => (question.edns ? question.send(reply(question.query, { rcode: 1 })) : then(question)),
    ],
    [
      'NOTIMP to EDNS',
      (question) => (question.edns ? question.send(reply(question.query, { rcode: 4 })) : then(question)),
    ],
    [
      'each answer twice',
      async (question) => {
        await then(question);
        await then(question);
      },
    ],
  ];
  test.each(table)('%s', async (_, behave) => {
    const { sender, message } = await auditsOf(soundZone, behave, long);
    expect(sender.outcomes).toEqual(truth.outcomes);
    expect(message.outcomes).toEqual(messageTruth.outcomes);
    expect(sender.verdict.decision).toBe('clear');
  });
});

describe('servers that never give it: nothing passes for lack of an answer', () => {
  const table: [string, DnsStatus, (question: Question) => unknown][] = [
    ['dead', 'timeout', () => {}],
    [
      'slower than the deadline',
      'timeout',
      async ({ send, truth: told }) => setTimeout(async () => send(await told()), 1500),
    ],
    ['another id', 'timeout', ({ query, send }) => send(reply(query, { id: (query.id ?? 0) ^ 1, rcode: 3 }))],
    ['another question', 'timeout', ({ query, send }) => send(reply(query, { name: 'other.example' }))],
    [
      'answers from another address alone',
      'timeout',
      ({ query, sendFrom }) => sendFrom('127.0.0.2', reply(query, { rcode: 3 })),
    ],
    [
      'TC always, and TCP is cut',
      'timeout',
      ({ query, send, tcp, hangUp }) => (tcp ? hangUp() : send(reply(query, { flags: truncated }))),
    ],
    [
      'TC always, and TCP is silent',
      'timeout',
      ({ query, send, tcp }) => tcp || send(reply(query, { flags: truncated })),
    ],
    ['TC over TCP too', 'malformed', ({ query, send }) => send(reply(query, { flags: truncated }))],
    ['SERVFAIL', 'servfail', ({ query, send }) => send(reply(query, { rcode: 2 }))],
    ['REFUSED', 'refused', ({ query, send }) => send(reply(query, { rcode: 5 }))],
    ['FORMERR to everything', 'servfail', ({ query, send }) => send(reply(query, { rcode: 1 }))],
    ['NOTIMP to everything', 'servfail', ({ query, send }) => send(reply(query, { rcode: 4 }))],
    [
      'a referral in place of an answer',
      'servfail',
      ({ query, send }) =>
        send(reply(query, { flags: 0, authorities: [{ type: 'NS', name: 'se', data: 'a.ns.se' }] })),
    ],
    [
      'a CNAME loop at every name',
      'malformed',
      ({ query, send }) => {
        const name = query.questions?.[0]?.name ?? '';
        send(reply(query, { answers: [cname(name, 'loop.example'), cname('loop.example', name)] }));
      },
    ],
  ];
  test.each(table)('%s: %s', async (_, status, behave) => {
    const { sender, message } = await auditsOf(soundZone, behave, short);
    for (const one of [sender, message]) {
      expect(one.verdict.decision).toBe('undecided');
      expect(passing(one).filter((rule) => !withoutDns.includes(rule))).toEqual([]);
      expect(Object.values(one.outcomes)).not.toContain('fail');
      expect(one.answers.length).toBeGreaterThan(5);
      expect([...new Set(one.answers.map((answer) => answer.status))]).toEqual([status]);
      expect(one.answers.filter(({ records, authenticated }) => records.length > 0 || authenticated)).toEqual(
        [],
      );
    }
  });
});

describe('a question that has no answer', () => {
  /** The sender's audit with one answer changed on its way. */
  async function changed(resolver: Resolver, asked: string, to: Partial<DnsAnswer>): Promise<Judged> {
    const changing: Resolver = {
      async ask(question, signal) {
        const answer = await resolver.ask(question, signal);
        return `${question.name} ${question.type}` === asked ? { ...answer, records: [], ...to } : answer;
      },
    };
    return judged(await preflightWith(changing, long).auditSender(senderOf()));
  }

  test('leaves no rule passed that would not pass without the record', async () => {
    const resolver = await resolverOf(soundZone);
    const rests: string[] = [];
    // What aligns because it is the From domain itself aligns whatever the record says; without one it does not apply.
    const apart = (asked: string, rule: string) =>
      asked === '_dmarc.example.se TXT' && rule === 'dmarc-alignment';
    try {
      for (const { name, type, status } of truth.answers) {
        const asked = `${name} ${type}`;
        const none = await changed(resolver, asked, { status: 'nodata', authenticated: false });
        const gone = passing(truth).filter((rule) => none.outcomes[rule] !== 'pass' && !apart(asked, rule));
        if (status === 'answered') rests.push(...gone);
        for (const failure of ['servfail', 'timeout'] as const) {
          const silent = await changed(resolver, asked, { status: failure, authenticated: false });
          const passed = gone.filter((rule) => silent.outcomes[rule] === 'pass');
          expect({ asked, failure, passed }).toEqual({ asked, failure, passed: [] });
          // What was not there cannot have failed for it.
          const blamed = passing(truth).filter((rule) => silent.outcomes[rule] === 'fail');
          expect({ asked, failure, blamed }).toEqual({ asked, failure, blamed: [] });
        }
      }
    } finally {
      await resolver.close();
    }
    // A check that cannot fail is none: many rules hang on some record.
    expect(new Set(rests).size).toBeGreaterThan(8);
  });

  test.each<[string, string, string[]]>([
    ['example.se', 'TXT', ['dnssec-validity']],
    ['mejl.example.se', 'TXT', ['mail-from-spf', 'spf-sender']],
    ['mejl.example.se', 'MX', ['mail-from-mx']],
    ['_dmarc.example.se', 'TXT', ['dmarc-policy', 'dmarc-tags']],
    ['s1._domainkey.example.se', 'TXT', ['dkim-key']],
    ['example.se', 'MX', ['from-domain', 'from-exchanger']],
  ])(
    'SERVFAIL for %s %s alone: what rests on it is unknown, the rest as before',
    async (name, type, unknown) => {
      const behave = async ({ asked, query, send, truth: told }: Question) =>
        send(asked === `${name} ${type}` ? reply(query, { rcode: 2 }) : await told());
      const { sender } = await auditsOf(soundZone, behave, long);
      const known = unknown.filter((rule) => rule in sender.outcomes);
      expect(Object.fromEntries(known.map((rule) => [rule, sender.outcomes[rule]]))).toEqual(
        Object.fromEntries(known.map((rule) => [rule, 'unknown'])),
      );
      expect(known.length).toBeGreaterThan(0);
      expect(sender.verdict.decision).toBe('undecided');
      const still = passing(sender).length;
      expect(still).toBeGreaterThan(3);
      expect(Object.values(sender.outcomes)).not.toContain('fail');
    },
  );
});

describe('hostile answers', () => {
  const own = soundZone['example.se'];

  test('records of other names count for nothing', async () => {
    const behave = async ({ asked, query, send, truth: told }: Question) => {
      if (asked !== '_dmarc.example.se TXT') return send(await told());
      const record = 'v=DMARC1; p=reject; rua=mailto:d@example.se';
      send(
        reply(query, {
          answers: [txt('_dmarc.example.com', record), cname('x.example.se', '_dmarc.example.com')],
          authorities: [txt('_dmarc.example.se', record)],
          additionals: [txt('_dmarc.example.se', record)],
        }),
      );
    };
    const { sender } = await auditsOf(soundZone, behave, long);
    expect(answerTo(sender, '_dmarc.example.se', 'TXT')?.status).toBe('nodata');
    expect(sender.outcomes['dmarc-policy']).toBe('fail');
  });

  test('64 KB of TXT, the record among it: it is found, over TCP', async () => {
    const junk = Array.from({ length: 240 }, (_, i) => `${i} ${'x'.repeat(245)}`);
    const zone = { ...soundZone, 'example.se': { ...own, TXT: [...junk, 'v=spf1 mx -all'] } };
    const { sender } = await auditsOf(zone, async ({ send, truth: told }) => send(await told()), long);
    expect(answerTo(sender, 'example.se', 'TXT')?.records).toHaveLength(241);
    expect(sender.outcomes['spf-lookup-limit']).toBe('pass');
    expect(sender.verdict.spf).not.toBeNull();
  });

  test('one TXT record of 64 KB, in place of SPF, DMARC and a key: a verdict within the deadline', async () => {
    const record = (head: string) => [`${head}${'a:b.example '.repeat(5200)}`];
    const zone = {
      ...soundZone,
      'example.se': { ...own, TXT: record('v=spf1 ') },
      '_dmarc.example.se': { TXT: record('v=DMARC1; p=none; rua=') },
      's1._domainkey.example.se': { TXT: record('v=DKIM1; p=') },
    };
    const { sender } = await auditsOf(zone, async ({ send, truth: told }) => send(await told()), long);
    expect(answerTo(sender, 'example.se', 'TXT')?.records[0]?.data.length).toBeGreaterThan(60_000);
    expect(sender.verdict.decision).toBe('blocked');
    expect(sender.outcomes['dkim-key']).not.toBe('pass');
    expect(JSON.stringify(sender.verdict).length).toBeLessThan(1_000_000);
  });

  test('thousands of records in one answer: a verdict within the deadline', async () => {
    const behave = async ({ asked, query, send, tcp, truth: told }: Question) => {
      const [name, type] = asked.split(' ');
      if (name !== 'mejl.example.se' || (type !== 'TXT' && type !== 'MX')) return send(await told());
      if (!tcp) return send(reply(query, { flags: truncated | (1 << 7) }));
      const answers = Array.from({ length: 1200 }, (_, i) =>
        type === 'MX'
          ? { type: 'MX' as const, name, data: { preference: i, exchange: `m${i}.e.se` } }
          : txt(name, `v=spf1 a:h${i}.e.se -all`),
      );
      send(reply(query, { answers }));
    };
    const { sender, server } = await auditsOf(soundZone, behave, long);
    expect(answerTo(sender, 'mejl.example.se', 'MX')?.records).toHaveLength(1200);
    expect(sender.verdict.decision).toBe('blocked');
    // Two audits; what a domain makes us ask is bounded.
    expect(server.asked.length).toBeLessThan(600);
  });

  test('a CNAME chain of 20 is followed as it is given', async () => {
    const chain = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [`c${i}.example.se`, { CNAME: [`c${i + 1}.example.se`] }]),
    );
    const zone = {
      ...soundZone,
      ...chain,
      's1._domainkey.example.se': { CNAME: ['c0.example.se'] },
      'c20.example.se': soundZone['s1._domainkey.example.se'],
    };
    const { sender } = await auditsOf(zone, async ({ send, truth: told }) => send(await told()), long);
    expect(sender.outcomes['dkim-key']).toBe('pass');
  });

  test('a CNAME chain that ends in a loop is no answer', async () => {
    const zone = {
      ...soundZone,
      's1._domainkey.example.se': { CNAME: ['a.example.se'] },
      'a.example.se': { CNAME: ['b.example.se'] },
      'b.example.se': { CNAME: ['a.example.se'] },
    };
    const { sender } = await auditsOf(zone, async ({ send, truth: told }) => send(await told()), long);
    expect(answerTo(sender, 's1._domainkey.example.se', 'TXT')?.status).toBe('malformed');
    expect(sender.outcomes['dkim-key']).toBe('unknown');
    expect(sender.verdict.decision).toBe('undecided');
  });

  test('an include chain without end is cut, within the deadline', async () => {
    const behave = async ({ asked, query, send, truth: told }: Question) => {
      const [, count] = /^i(\d+)\.deep\.example TXT$/.exec(asked) ?? [];
      if (count === undefined) return send(await told());
      const next = Number(count) + 1;
      const record = `v=spf1 include:i${next}.deep.example include:i${next}0.deep.example ?all`;
      send(reply(query, { answers: [txt(`i${count}.deep.example`, record)] }));
    };
    const envelope = { MX: ['10 in.example.se'], TXT: ['v=spf1 include:i1.deep.example -all'] };
    const zone = { ...soundZone, 'mejl.example.se': envelope };
    const { sender, server } = await auditsOf(zone, behave, long);
    expect(sender.outcomes['spf-lookup-limit']).toBe('fail');
    expect(server.asked.length).toBeLessThan(600);
  });
});
