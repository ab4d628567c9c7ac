/** Sets of addresses: a wrong one lets a mail pass, or stops it. */
import { describe, expect, test } from 'vitest';
import { addressesOf, all, all4, all6, both, minus, share, union } from '../../src/facts/spf/addresses.ts';
import { spfOf, type Zone } from './dns-world.ts';

const at = (record: string, more: Zone = {}): Zone => ({ 'a.example': { TXT: [record] }, ...more });
const set = (...terms: string[]) => terms.map(addressesOf).reduce(union, []);

describe('sets', () => {
  test.each<[string[], string[]]>([
    [['ip4:10.0.0.0/9', 'ip4:10.128.0.0/9'], ['ip4:10.0.0.0/8']],
    [['ip4:10.1.2.3/8'], ['ip4:10.0.0.0/8']],
    [['ip4:10.0.0.0/8', 'ip4:10.9.0.0/16'], ['ip4:10.0.0.0/8']],
    [['+ip4:192.0.2.1/32'], ['?ip4:192.0.2.1']],
    [['ip6:2001:db8::/33', 'ip6:2001:db8:8000::/33'], ['ip6:2001:DB8:0::/32']],
    [['ip6:::ffff:192.0.2.1'], ['ip6:::ffff:c000:201/128']],
  ])('%j is %j', (one, other) => {
    expect(set(...one)).toEqual(set(...other));
  });

  test('what is taken away is gone, and no more', () => {
    const rest = minus(
      set('ip4:10.0.0.0/8', 'ip4:172.16.0.0/12'),
      set('ip4:10.64.0.0/10', 'ip4:172.31.0.0/16'),
    );
    expect(both(rest, set('ip4:10.64.0.0/10'))).toEqual([]);
    expect(union(rest, set('ip4:10.64.0.0/10', 'ip4:172.31.0.0/16'))).toEqual(
      set('ip4:10.0.0.0/8', 'ip4:172.16.0.0/12'),
    );
    expect(minus(all, all)).toEqual([]);
    expect(both(all4, all6)).toEqual([]);
  });

  test('IPv4 and IPv6 are apart', () => {
    expect(both(set('ip4:0.0.0.0/0'), set('ip6:::/0'))).toEqual([]);
    expect(union(all6, all4)).toEqual(all);
  });

  test.each<[string[], number]>([
    [['ip4:0.0.0.0/1'], 500],
    [['ip4:0.0.0.0/2', 'ip4:64.0.0.0/2'], 500],
    [['ip4:10.0.0.0/8'], 3],
    [['ip6:2000::/4'], 500],
    [['ip6:fe80::/10'], 0],
  ])('%j has %i thousandths', (terms, wanted) => {
    expect(share(set(...terms))).toBe(wanted);
  });
});

describe('which addresses a record lets pass', () => {
  const zone: Zone = { 'open.example': { TXT: ['v=spf1 ip4:10.0.0.0/8 -all'] }, 'dark.example': 'SERVFAIL' };
  test.each<[string, string[], string[]]>([
    ['v=spf1 ip4:10.0.0.0/8 -all', ['ip4:10.0.0.0/8'], ['ip4:10.0.0.0/8']],
    ['v=spf1 -ip4:10.0.0.0/9 include:open.example -all', ['ip4:10.128.0.0/9'], ['ip4:10.128.0.0/9']],
    ['v=spf1 include:dark.example ip4:10.0.0.0/8 -all', ['ip4:10.0.0.0/8'], ['ip4:0.0.0.0/0', 'ip6:::/0']],
    ['v=spf1 ?include:dark.example ip4:10.0.0.0/8 -all', [], ['ip4:10.0.0.0/8']],
    ['v=spf1 ip4:10.0.0.0/8 redirect=dark.example', ['ip4:10.0.0.0/8'], ['ip4:0.0.0.0/0', 'ip6:::/0']],
    ['v=spf1 ~all', [], []],
  ])('%s', async (record, sure, maybe) => {
    const { reach } = (await spfOf(at(record, zone))).value.author;
    expect(reach).toMatchObject({ sure: set(...sure), maybe: set(...maybe) });
  });

  test('thousands of blocks take no time, and what was not read is not known', async () => {
    const blocks = Array.from(
      { length: 2000 },
      (_, i) => `${i % 2 ? '-' : '+'}ip6:2001:db8:${i.toString(16)}::/48`,
    );
    const big = { TXT: [`v=spf1 ${blocks.join(' ')} -all`] };
    const names = Array.from({ length: 9 }, (_, i) => `b${i}.example`);
    const start = performance.now();
    const { value } = await spfOf({
      ...at(`v=spf1 ${names.map((name) => `include:${name}`).join(' ')} -all`),
      ...Object.fromEntries(names.map((name) => [name, big])),
    });
    expect(performance.now() - start).toBeLessThan(3000);
    expect(value.author.passes).toBe(true);
  });

  test('a block of half the world is found behind thousands of others', async () => {
    const many = Array.from({ length: 2000 }, (_, i) => `ip4:10.${i >> 8}.${i & 255}.0/24`).join(' ');
    const { everyone } = (await spfOf(at(`v=spf1 ${many} ip4:0.0.0.0/1 ip4:128.0.0.0/2 -all`))).value.author;
    expect(everyone?.term).toMatch(/^ip4:0\.0\.0\.0\/1 ip4:128\.0\.0\.0\/2/);
  });
});
