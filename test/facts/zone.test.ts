/** Which zone the sender's records stand in, and who hosts it. */
import { expect, test } from 'vitest';
import { factOf, mailOf, type Zone } from './dns-world.ts';

const loopia = { NS: ['ns1.loopia.se', 'NS2.Loopia.SE.'] };
const zoneOf = async (zone: Zone, from: string, mailFrom: string | null = null) =>
  (await factOf('zone', zone, await mailOf(from, mailFrom))).value;

test('the nearest name with name servers is the zone, and they tell the host', async () => {
  const zone = { 'example.se': loopia, 'a.nyheter.example.se': { TXT: ['x'] } };
  const { own, zones, silent } = await zoneOf(zone, 'a.nyheter.example.se');
  expect(own).toMatchObject({
    apex: 'example.se',
    servers: ['ns1.loopia.se', 'ns2.loopia.se'],
    host: { name: 'Loopia' },
  });
  expect([zones.length, silent]).toEqual([1, []]);
});

test('a subdomain that is handed to another host is a zone of its own', async () => {
  const zone = {
    'example.se': loopia,
    'mejl.example.se': { NS: ['ns-1.awsdns-00.com', 'ns-1536.awsdns-00.co.uk'] },
  };
  const { zones } = await zoneOf(zone, 'example.se', 'mejl.example.se');
  expect(zones.map(({ apex, host }) => [apex, host?.id, host?.terraform])).toEqual([
    ['example.se', 'loopia', null],
    ['mejl.example.se', 'route53', 'route53'],
  ]);
});

test.each<[string, Zone, unknown]>([
  [
    'two hosts at once',
    { 'example.se': { NS: ['ns1.loopia.se', 'ns1.binero.se'] } },
    { servers: expect.any(Array), host: null },
  ],
  ['a host that nobody knows', { 'example.se': { NS: ['ns1.example.se'] } }, { host: null }],
  [
    'a name that only looks like one',
    { 'example.se': { NS: ['ns1.loopia.se.evil.example'] } },
    { host: null },
  ],
  ['silence', { 'example.se': { NS: 'SERVFAIL' } }, { apex: 'example.se', servers: [], host: null }],
])('no host is named for %s', async (_, zone, own) => {
  expect((await zoneOf(zone, 'example.se')).own).toMatchObject(own as object);
});

test('silence about a subdomain does not make it its parent’s', async () => {
  const { zones, silent } = await zoneOf(
    { 'example.se': loopia, 'mejl.example.se': 'TIMEOUT' },
    'example.se',
    'mejl.example.se',
  );
  expect(zones).toContainEqual({ apex: 'mejl.example.se', servers: [], host: null });
  expect(silent).toEqual(['mejl.example.se']);
}, 20_000);

test('an alias does not lend the zone of what it leads to', async () => {
  const zone = {
    'example.se': loopia,
    'mejl.example.se': { CNAME: ['other.test'] },
    'other.test': { NS: ['ns1.binero.se'] },
  };
  expect((await zoneOf(zone, 'example.se', 'mejl.example.se')).zones.map(({ apex }) => apex)).toEqual([
    'example.se',
  ]);
});

test('no name servers at all, and another’s subdomain: nothing is said of either', async () => {
  const { value, asked } = await factOf(
    'zone',
    { 'example.se': { A: ['192.0.2.1'] } },
    await mailOf('example.se', 'bounce.other.test'),
  );
  expect(value).toMatchObject({ own: null, zones: [] });
  expect([...asked.keys()].filter((question) => question.includes('other'))).toEqual([]);
});

test('however deep the names, few are asked', async () => {
  const deep = `${'a.'.repeat(60)}example.se`;
  const { asked } = await factOf('zone', {}, await mailOf(deep, `b.${deep}`));
  expect(asked.size).toBeLessThanOrEqual(12);
  expect([...asked.keys()]).toContain('example.se NS');
});
