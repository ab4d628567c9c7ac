/** What a host lets audits ask of the network, as its settings have it. */
import { describe, expect, test } from 'vitest';
import { policy } from '../../rules/policy.ts';
import { readBlocklists } from '../../src/hosts/blocklists.ts';
import { readConfig } from '../../src/hosts/config.ts';
import { chooseNetwork, choosePolicy } from '../../src/hosts/parts.ts';
import type { DnsAnswer, Resolver } from '../../src/ports.ts';

const asked: string[] = [];
const resolver: Resolver = {
  async ask(question) {
    asked.push(question.name);
    const answer: DnsAnswer = {
      ...question,
      status: 'nxdomain',
      records: [],
      authenticated: false,
      resolver: '192.0.2.53:53',
      at: '2026-11-23T10:00:00.000Z',
    };
    return answer;
  },
};

test('the web and mail servers, unless that is turned off', () => {
  expect(Object.keys(chooseNetwork(resolver, readConfig({}))).sort()).toEqual([
    'fetcher',
    'mailServers',
    'resolver',
    'visitor',
  ]);
  expect(Object.keys(chooseNetwork(resolver, readConfig({ KLARSIGNAL_PROBES: 'off' })))).toEqual([
    'resolver',
  ]);
  expect(() => readConfig({ KLARSIGNAL_PROBES: 'maybe' })).toThrow(/KLARSIGNAL_PROBES must be on or off/);
});

describe('blocklists', () => {
  const chosen = (text: string) =>
    choosePolicy(readConfig({ KLARSIGNAL_BLOCKLISTS: text })).blocklists.map(({ id }) => id);

  test('all, some or none', () => {
    expect(choosePolicy(readConfig({}))).toEqual(policy);
    expect(chosen('spamcop, spamhaus-zen')).toEqual(['spamhaus-zen', 'spamcop']);
    expect(chosen('none')).toEqual([]);
    expect(() => chosen('sorbs')).toThrow(/KLARSIGNAL_BLOCKLISTS must be names/);
  });

  test('a key goes into the question, and into nothing that is kept', async () => {
    const config = readConfig({ KLARSIGNAL_BLOCKLIST_KEYS: 'spamhaus=abc123' });
    const network = chooseNetwork(resolver, config);
    const question = { name: '2.2.0.192.zen.spamhaus.org', type: 'A' } as const;
    const answer = await network.resolver.ask(question, AbortSignal.timeout(1000));
    expect(asked.at(-1)).toBe('2.2.0.192.abc123.zen.dq.spamhaus.net');
    expect(JSON.stringify(answer)).not.toContain('abc123');
    await network.resolver.ask({ name: 'example.se', type: 'A' }, AbortSignal.timeout(1000));
    expect(asked.at(-1)).toBe('example.se');
  });

  test('a host with no other settings reads them alike, and names what it cannot use', () => {
    const [lists, keys] = ['KLARSIGNAL_BLOCKLISTS', 'KLARSIGNAL_BLOCKLIST_KEYS'] as const;
    for (const texts of [
      {},
      { [lists]: '' },
      { [lists]: 'none' },
      { [lists]: 'spamcop', [keys]: 'spamhaus=x1' },
    ]) {
      const { blocklists, blocklistKeys } = readConfig(texts);
      expect(readBlocklists(texts)).toEqual({ blocklists, blocklistKeys });
    }
    expect(() => readBlocklists({ [lists]: 'sorbs' })).toThrow(/KLARSIGNAL_BLOCKLISTS must be names/);
    expect(() => readBlocklists({ [keys]: 'spamhaus' })).toThrow(
      /KLARSIGNAL_BLOCKLIST_KEYS must be owner=key/,
    );
  });

  test.each(['spamhaus', 'nobody=abc', 'spamhaus=a.b', 'spamhaus=a b'])('%s is no key', (text) => {
    expect(() => readConfig({ KLARSIGNAL_BLOCKLIST_KEYS: text })).toThrow(/must be owner=key/);
  });
});
