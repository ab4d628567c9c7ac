/** Blocklists: which answers mean that somebody is listed, and which that the list does not answer (FIELD 5.2). */
import { describe, expect, test } from 'vitest';
import { blocklists } from '../../rules/blocklists/index.ts';
import { rules } from '../../rules/index.ts';
import { policy } from '../../rules/policy.ts';
import { readListing } from '../../src/facts/listings.ts';
import type { DnsAnswer, DnsStatus } from '../../src/ports.ts';
import type { Blocklist, World } from '../../src/rule.ts';
import { judge } from '../../src/verdict.ts';
import { factsByRoute, noBrowser, now } from '../world.ts';
import { factOf, mailOf, type Zone } from './dns-world.ts';

const listOf = (id: string): Blocklist => {
  const found = blocklists.find((list) => list.id === id);
  if (!found) throw new Error(`there is no list ${id}`);
  return found;
};

function answerOf(data: readonly string[], status: DnsStatus = 'answered'): DnsAnswer {
  const name = 'x.example';
  return {
    name,
    type: 'A',
    status,
    records: data.map((one) => ({ name, type: 'A', ttl: 60, data: one })),
    authenticated: false,
    resolver: 'test',
    at: now.toISOString(),
  };
}

test.each<[string, string, string[], string, string[]]>([
  ['spamhaus-zen', 'a listing', ['127.0.0.2'], 'listed', ['SBL']],
  ['spamhaus-zen', 'several', ['127.0.0.4', '127.0.0.11'], 'listed', ['XBL', 'PBL']],
  ['spamhaus-zen', 'a public resolver', ['127.255.255.254'], 'refused', []],
  ['spamhaus-zen', 'too many questions', ['127.255.255.255'], 'refused', []],
  ['spamhaus-zen', 'a misspelt zone', ['127.255.255.252'], 'refused', []],
  ['spamhaus-zen', 'an error beside a listing', ['127.0.0.2', '127.255.255.254'], 'refused', []],
  ['spamhaus-zen', 'the address that is never listed', ['127.0.0.1'], 'refused', []],
  ['spamhaus-zen', 'a parked domain', ['203.0.113.7'], 'refused', []],
  ['spamhaus-zen', 'a code that means nothing', ['127.0.0.30'], 'unclear', []],
  ['spamhaus-dbl', 'a question about an address', ['127.0.1.255'], 'unclear', []],
  ['spamhaus-dbl', 'abused', ['127.0.1.102'], 'listed', ['abused']],
  ['surbl', 'one list', ['127.0.0.8'], 'listed', ['PH']],
  ['surbl', 'two lists in one sum', ['127.0.0.80'], 'listed', ['MW', 'ABUSE']],
  ['surbl', 'access blocked', ['127.0.0.1'], 'refused', []],
  ['surbl', 'a sum that holds the bit of a refusal', ['127.0.0.9'], 'unclear', []],
  ['uribl', 'refused', ['127.0.0.1'], 'refused', []],
  ['uribl', 'grey', ['127.0.0.4'], 'listed', ['grey']],
  ['uribl', 'another sum', ['127.0.1.2'], 'unclear', []],
])('%s, %s', (id, _, data, state, parts) => {
  const read = readListing(answerOf(data), listOf(id));
  expect([read.state, read.parts.map(({ part }) => part)]).toEqual([state, parts]);
});

test.each<[DnsStatus, string]>([
  ['nxdomain', 'clean'],
  ['nodata', 'unclear'],
  ['timeout', 'silent'],
  ['servfail', 'silent'],
  ['malformed', 'silent'],
  ['refused', 'silent'],
])('%s is %s, and never a listing', (status, state) => {
  expect(readListing(answerOf([], status), listOf('spamhaus-zen'))).toEqual({ state, parts: [] });
});

test.each<[DnsStatus]>([['timeout'], ['servfail'], ['refused']])(
  '%s of a list that answers only whom it knows is its refusal',
  (status) => {
    expect(readListing(answerOf([], status), listOf('barracuda')).state).toBe('refused');
  },
);

test('what is asked: addresses of the internet, and each registered domain once', async () => {
  const mail = await mailOf('news.example.se', 'mejl.example.se');
  const submission = {
    ...mail,
    dkimSelectors: ['s1', 's2._domainkey.sender.example.net'],
    sendingAddresses: ['199.255.192.10', '10.0.0.1', '2a00:1450:4010::10'],
  };
  const { value, asked } = await factOf('listings', {}, submission);
  expect(value.addresses).toEqual(['199.255.192.10', '2a00:1450:4010::10']);
  expect(value.domains).toEqual(['example.se', 'example.net']);
  const lists = (kind: 'ip4' | 'ip6' | 'domain') =>
    blocklists.filter(({ about }) => about.includes(kind)).length;
  expect(asked.size).toBe(lists('ip4') + lists('ip6') + 2 * lists('domain'));
  expect([...asked.values()].every((count) => count === 1)).toBe(true);
});

test('a hundred domains of signatures are not all asked about', async () => {
  const dkimSelectors = Array.from({ length: 100 }, (_, i) => `s._domainkey.d${i}.se`);
  const { value } = await factOf('listings', {}, { ...(await mailOf('example.se')), dkimSelectors });
  expect(value.domains.length).toBe(6);
});

describe('what the rules make of it', () => {
  const ip = '199.255.192.10';
  const domains = blocklists.filter(({ about }) => about.includes('domain'));
  const everyDomain = (answer: unknown): Zone =>
    Object.fromEntries(domains.map(({ zone }) => [`example.se.${zone}`, answer]));
  const everyAddress = (answer: unknown): Zone =>
    Object.fromEntries(
      blocklists
        .filter(({ about }) => about.includes('ip4'))
        .map(({ zone }) => [`10.192.255.199.${zone}`, answer]),
    );

  async function outcomes(world: World): Promise<Record<string, string>> {
    const reputation = rules.reputation.filter(({ needs }) => needs.includes('listings'));
    const [some] = reputation;
    if (!some) throw new Error('no rule is about blocklists');
    const facts = await factsByRoute({ ...some, needs: ['listings', 'addresses'] }, world, noBrowser);
    const only = { ...Object.fromEntries(Object.keys(rules).map((area) => [area, []])), reputation };
    const { findings } = judge({
      ...facts,
      rules: only as unknown as typeof rules,
      policy,
      clients: [],
      now,
      partial: false,
      simulated: true,
    });
    return Object.fromEntries(
      findings.map(({ rule, outcome, reason }) => [rule, reason ? `${outcome} ${reason}` : outcome]),
    );
  }

  test('every list refuses: nothing passes, nothing fails, and nobody is held undecided', async () => {
    const refused = { A: ['127.255.255.254'] };
    const zone = { ...everyDomain(refused), ...everyAddress(refused) };
    expect(await outcomes({ sendingAddresses: [ip], zone })).toEqual({
      'address-listing': 'not-applicable lists-refuse',
      'domain-listing': 'not-applicable lists-refuse',
      'listing-signs': 'not-applicable lists-refuse',
      'blocklist-answers': 'unknown lists-silent',
    });
  });

  test('DNS is silent about all of them: unknown', async () => {
    const zone = { ...everyDomain('TIMEOUT'), ...everyAddress('TIMEOUT') };
    expect(await outcomes({ sendingAddresses: [ip], zone })).toEqual({
      'address-listing': 'unknown lists-silent',
      'domain-listing': 'unknown lists-silent',
      'listing-signs': 'unknown lists-silent',
      'blocklist-answers': 'unknown lists-silent',
    });
  });

  test('only lists that nobody refuses mail by have answered: that is no pass', async () => {
    const zone = {
      ...everyDomain('SERVFAIL'),
      ...everyAddress('SERVFAIL'),
      '10.192.255.199.psbl.surriel.com': 'NXDOMAIN',
      'example.se.multi.uribl.com': 'NXDOMAIN',
    };
    const found = await outcomes({ sendingAddresses: [ip], zone });
    expect([found['address-listing'], found['domain-listing']]).toEqual([
      'unknown lists-silent',
      'unknown lists-silent',
    ]);
  });

  test.each([['SERVFAIL'], ['TIMEOUT'], ['REFUSED'], [{ A: ['127.0.0.99'] }]])(
    'one list that could hold the mail back says %j: no pass',
    async (said) => {
      const zone = { '10.192.255.199.zen.spamhaus.org': said, 'example.se.multi.surbl.org': said };
      const found = await outcomes({ sendingAddresses: [ip], zone });
      expect([found['address-listing'], found['domain-listing']]).toEqual([
        'unknown lists-silent',
        'unknown lists-silent',
      ]);
    },
  );

  const gating = { 'address-listing': 'ip4', 'domain-listing': 'domain' } as const;
  const label = { ip4: '10.192.255.199', domain: 'example.se' };
  const able = Object.entries(gating).flatMap(([rule, kind]) =>
    blocklists
      .filter(({ about, codes }) => about.includes(kind) && codes.some(({ blocks }) => blocks))
      .map((list) => [rule, list.id, `${label[kind]}.${list.zone}`] as const),
  );
  const refusal = { A: ['127.255.255.254'] };
  const answersOf = { ...everyDomain('NXDOMAIN'), ...everyAddress('NXDOMAIN') };

  test.each(able)('%s: each state of %s alone', async (rule, id, name) => {
    const told = async (said: unknown) => {
      const zone = { ...answersOf, [name]: said };
      return (await outcomes({ sendingAddresses: [ip], zone }))[rule];
    };
    const silence = listOf(id).refuses === 'unregistered' ? 'pass' : 'unknown lists-silent';
    const states = ['NXDOMAIN', { TXT: ['listed'] }, 'TIMEOUT', 'SERVFAIL', refusal, { A: ['127.0.0.99'] }];
    const unclear = 'unknown lists-silent';
    expect(await Promise.all(states.map(told))).toEqual([
      'pass',
      unclear,
      silence,
      silence,
      'pass',
      // 99 is an odd sum: with a list of bits that is no listing either.
      unclear,
    ]);
  });

  test.each(able)('%s: a listing by %s alone fails, whatever the others do', async (rule, id, name) => {
    const code = listOf(id).codes.find(({ blocks }) => blocks);
    const listed = { A: [code && 'code' in code ? code.code : `127.0.0.${code?.bit}`] };
    for (const others of ['NXDOMAIN', 'TIMEOUT', refusal]) {
      const zone = { ...everyDomain(others), ...everyAddress(others), [name]: listed };
      expect((await outcomes({ sendingAddresses: [ip], zone }))[rule]).toBe('fail');
    }
  });

  test.each([['TIMEOUT'], ['SERVFAIL']])(
    'a list that has answered us about one address does not refuse us: %s about another is no pass',
    async (said) => {
      const zone = { ...answersOf, '10.192.255.199.b.barracudacentral.org': said };
      const both = { sendingAddresses: ['199.255.192.11', ip] };
      expect((await outcomes({ ...both, zone }))['address-listing']).toBe('unknown lists-silent');
      const none = { ...zone, '11.192.255.199.b.barracudacentral.org': said };
      expect((await outcomes({ ...both, zone: none }))['address-listing']).toBe('pass');
    },
  );

  test('silence of lists that only count against mail is told, and holds nothing back', async () => {
    const zone = { '10.192.255.199.psbl.surriel.com': 'SERVFAIL', 'example.se.multi.uribl.com': 'TIMEOUT' };
    expect(await outcomes({ sendingAddresses: [ip], zone })).toEqual({
      'address-listing': 'pass',
      'domain-listing': 'pass',
      'listing-signs': 'unknown lists-silent',
      'blocklist-answers': 'unknown lists-silent',
    });
  });

  test('one address without a useful answer is enough for no pass', async () => {
    const zone = everyAddress({ A: ['127.255.255.255'] });
    const found = await outcomes({ sendingAddresses: ['199.255.192.11', ip], zone });
    expect(found['address-listing']).toBe('not-applicable lists-refuse');
  });

  test('a listing counts though every other list is silent', async () => {
    const zone = { ...everyDomain('TIMEOUT'), 'example.se.dbl.spamhaus.org': { A: ['127.0.1.2'] } };
    expect((await outcomes({ zone }))['domain-listing']).toBe('fail');
  });

  test.each([['127.255.255.254'], ['127.0.0.1'], ['198.51.100.9']])(
    'the answer %s of one list is no listing',
    async (data) => {
      const zone = { '10.192.255.199.zen.spamhaus.org': { A: [data] } };
      const found = await outcomes({ sendingAddresses: [ip], zone });
      expect([found['address-listing'], found['listing-signs']]).toEqual(['pass', 'pass']);
      expect(found['blocklist-answers']).toBe('unknown lists-silent');
    },
  );
});

describe('the lists themselves', () => {
  test.each(blocklists.map((list) => [list.id, list] as const))('%s', (_, list) => {
    expect(list.zone).toMatch(/^[a-z0-9.-]+\.[a-z]+$/);
    expect(list.delisting).toMatch(/^https:\/\//);
    expect(list.date).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(list.source.length).toBeGreaterThan(15);
    expect(list.codes.length).toBeGreaterThan(0);
    for (const code of list.codes) {
      if ('code' in code) expect(code.code).toMatch(/^127\.0\.[01]\.(?!1$)\d+$/);
      else expect(Math.log2(code.bit) % 1).toBe(0);
    }
  });

  test('none is dead, and none has the same zone as another', () => {
    const zones = blocklists.map(({ zone }) => zone);
    expect(new Set(zones).size).toBe(zones.length);
    expect(zones.filter((zone) => /sorbs|manitu|njabl|ahbl|dsbl/.test(zone))).toEqual([]);
  });
});
