/** Where reports are asked to go: who has agreed to take them, and where mail arrives (RFC 9990 section 4). */
import { describe, expect, test } from 'vitest';
import { destinationsAtMost } from '../../src/facts/dmarc/destinations.ts';
import { factOf, mailOf, type Zone } from './dns-world.ts';

const txt = (...records: string[]) => ({ TXT: records });
const asking = (tags: string): Zone => ({ '_dmarc.b.example': txt(`v=DMARC1; p=none; ${tags}`) });
const takes = { MX: ['10 in.r.test'] };

async function reportsOf(zone: Zone, from = 'b.example') {
  return factOf('dmarcReports', zone, await mailOf(from));
}

describe('the agreement of another organisation', () => {
  const external = { ...asking('rua=mailto:a@r.test'), 'r.test': takes };
  const name = 'b.example._report._dmarc.r.test';
  test.each<[string, Zone, string, string | null]>([
    ['the very same domain', asking('rua=mailto:a@b.example'), 'b.example', 'own'],
    ['a subdomain', asking('rua=mailto:a@r.b.example'), 'b.example', 'own'],
    [
      'the domain above',
      { '_dmarc.n.b.example': txt('v=DMARC1; p=none; rua=mailto:a@b.example'), ...asking('') },
      'n.b.example',
      'own',
    ],
    [
      'a sibling below one record',
      { ...asking('rua=mailto:a@r.b.example'), '_dmarc.r.b.example': txt('v=DMARC1; p=none') },
      'n.b.example',
      'own',
    ],
    [
      'a subdomain that is an organisation by psd=n',
      { ...asking('rua=mailto:a@r.b.example'), '_dmarc.r.b.example': txt('v=DMARC1; p=none; psd=n') },
      'b.example',
      'missing',
    ],
    ['another, and nothing there', external, 'b.example', 'missing'],
    ['another, which agrees', { ...external, [name]: txt('v=DMARC1') }, 'b.example', 'given'],
    ['with a semicolon and spaces', { ...external, [name]: txt('v = DMARC1 ; ') }, 'b.example', 'given'],
    ['beside other text', { ...external, [name]: txt('x', 'v=DMARC1', 'v=spf1 -all') }, 'b.example', 'given'],
    [
      'twice, which is enough here',
      { ...external, [name]: txt('v=DMARC1', 'v=DMARC1;') },
      'b.example',
      'given',
    ],
    [
      'for everybody, by a wildcard',
      { ...external, '*._report._dmarc.r.test': txt('v=DMARC1') },
      'b.example',
      'given',
    ],
    [
      'through an alias',
      { ...external, [name]: { CNAME: ['ok.r.test'] }, 'ok.r.test': txt('v=DMARC1') },
      'b.example',
      'given',
    ],
    ['a wildcard with other text', { ...external, '*.r.test': txt('v=spf1 -all') }, 'b.example', 'missing'],
    [
      'in small letters, which is no record',
      { ...external, [name]: txt('v=dmarc1') },
      'b.example',
      'missing',
    ],
    [
      'for another domain',
      { ...external, 'c.example._report._dmarc.r.test': txt('v=DMARC1') },
      'b.example',
      'missing',
    ],
    [
      'and moves them within',
      { ...external, [name]: txt('v=DMARC1; rua=mailto:x@R.test') },
      'b.example',
      'given',
    ],
    [
      'and sends them elsewhere',
      { ...external, [name]: txt('v=DMARC1; rua=mailto:x@other.test') },
      'b.example',
      'elsewhere',
    ],
    ['silent', { ...external, [name]: 'SERVFAIL' }, 'b.example', null],
    [
      'and its own DMARC is silent, which changes nothing',
      { ...external, [name]: txt('v=DMARC1'), '_dmarc.r.test': 'SERVFAIL' },
      'b.example',
      'given',
    ],
    [
      'nothing there, and no name in common that could join them',
      { ...external, '_dmarc.r.test': 'SERVFAIL' },
      'b.example',
      'missing',
    ],
    [
      'nothing there, and a silent name may part the two',
      { ...asking('rua=mailto:a@r.b.example'), '_dmarc.r.b.example': 'SERVFAIL' },
      'b.example',
      null,
    ],
    [
      'asked for by the name of the record, not of From',
      { ...external, [name]: txt('v=DMARC1') },
      'n.b.example',
      'given',
    ],
  ])('%s', async (_, zone, from, consent) => {
    const { destinations } = (await reportsOf(zone, from)).value;
    expect(destinations.map((one) => one.consent)).toEqual([consent]);
  });

  test('one that DNS has no room for', async () => {
    const host = `${'r.'.repeat(114)}test`;
    const { value } = await reportsOf({ ...asking(`rua=mailto:a@${host}`), [host]: takes });
    expect(value.destinations).toMatchObject([{ consent: 'impossible', mail: 'host' }]);
  });
});

describe('whether mail arrives', () => {
  test.each<[string, unknown, string | null]>([
    ['MX', takes, 'host'],
    ['an address alone', { A: ['192.0.2.1'] }, 'host'],
    ['an IPv6 address alone', { AAAA: ['2001:db8::1'] }, 'host'],
    ['null MX, whatever address', { MX: ['0 .'], A: ['192.0.2.1'] }, 'refused'],
    ['neither', txt('x'), 'nowhere'],
    ['it does not exist', 'NXDOMAIN', 'gone'],
    ['an alias to nowhere', { CNAME: ['gone.test'] }, 'nowhere'],
    ['silent', 'SERVFAIL', null],
    ['no MX, and the address is silent', { A: 'SERVFAIL', TXT: ['x'] }, null],
  ])('%s', async (_, entry, mail) => {
    const { value } = await reportsOf({ ...asking('rua=mailto:a@r.test'), 'r.test': entry });
    expect(value.destinations.map((one) => one.mail)).toEqual([mail]);
  });
});

test('each destination once, with the tags that name it', async () => {
  const zone = asking(
    'rua=mailto:a@r.test!10m,mailto:b@R.TEST?subject=x; ruf=mailto:c@r.test,https://r.test/x,mailto:d@b.example',
  );
  const { value } = await reportsOf({ ...zone, 'r.test': takes, 'b.example': takes });
  expect(value).toMatchObject({
    domain: 'b.example',
    destinations: [
      { host: 'r.test', tags: ['rua', 'ruf'], uri: 'mailto:a@r.test' },
      { host: 'b.example', tags: ['ruf'], consent: 'own', mail: 'host' },
    ],
    unmailed: ['https://r.test/x'],
    omitted: 0,
  });
});

test.each<[string, Zone, string | null]>([
  ['no record', {}, null],
  ['a record without addresses', asking(''), 'b.example'],
  ['a silent one', { '_dmarc.b.example': 'SERVFAIL' }, 'unknown'],
])('%s: nothing is asked beyond the walk', async (_, zone, domain) => {
  const { value, asked } = await reportsOf(zone);
  expect(value).toEqual({ domain, destinations: [], unmailed: [], omitted: 0 });
  expect([...asked.keys()].sort()).toEqual(['_dmarc.b.example TXT', '_dmarc.example TXT']);
});

test('a hostile record makes us ask no more than is allowed, each thing once', async () => {
  const hosts = Array.from({ length: 200 }, (_, i) => `mailto:a@a.b.c.d.e.f.g.h.r${i}.test`);
  const record = `v=DMARC1; p=none; rua=${hosts.join(',')}`;
  const { value, asked } = await reportsOf({
    '_dmarc.b.example': { TXT: [record.match(/.{1,200}/g) ?? []] },
  });
  expect(value.destinations).toHaveLength(destinationsAtMost);
  expect(value.omitted).toBe(200 - destinationsAtMost);
  expect(asked.size).toBeLessThanOrEqual(2 + destinationsAtMost * 12);
  expect([...asked.values()].every((count) => count === 1)).toBe(true);
});

test.each([
  'mailto:a@',
  'mailto:@r.test',
  'mailto:a@[192.0.2.1]',
  `mailto:a@${'x'.repeat(70)}.test`,
  'mailto:a@r..test',
])('rua=%s asks nothing that cannot be asked', async (uri) => {
  const { value } = await reportsOf(asking(`rua=${uri}`));
  expect(value.destinations.every(({ mail }) => mail === 'gone')).toBe(true);
});
