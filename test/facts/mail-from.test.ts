import { expect, test } from 'vitest';
import { factOf, mailOf } from './dns-world.ts';

test.each([
  ['example.se', 'example.se', 'same'],
  ['example.se', 'mejl.example.se', 'subdomain'],
  ['example.se', 'a.b.example.se', 'subdomain'],
  ['news.example.se', 'mejl.example.se', 'sibling'],
  ['news.example.se', 'example.se', 'outside'],
  ['example.se', 'notexample.se', 'outside'],
  ['example.se', 'example.se.other.test', 'outside'],
  ['a.github.io', 'b.github.io', 'outside'],
  ['a.co.uk', 'b.co.uk', 'outside'],
])('MAIL FROM of a@%s is %s: %s', async (from, mailFrom, relation) => {
  expect((await factOf('mailFrom', {}, await mailOf(from, mailFrom))).value.relation).toBe(relation);
});

test.each<[string, unknown, unknown]>([
  [
    'sorted',
    { MX: ['20 B.test', '10 a.test'] },
    {
      status: 'answered',
      exchangers: [
        { preference: 10, host: 'a.test' },
        { preference: 20, host: 'b.test' },
      ],
      reached: false,
    },
  ],
  [
    'a null MX (RFC 7505)',
    { MX: ['0 .'] },
    { status: 'answered', exchangers: [{ preference: 0, host: '' }], reached: null },
  ],
  [
    'through an alias',
    { CNAME: ['mx.test'] },
    { status: 'answered', exchangers: [{ preference: 5, host: 'in.test' }], reached: true },
  ],
  ['none', { TXT: ['x'] }, { status: 'nodata', exchangers: [], reached: null }],
  ['no name', 'NXDOMAIN', { status: 'nxdomain', exchangers: [], reached: null }],
  ['SERVFAIL', 'SERVFAIL', { status: 'servfail', exchangers: [], reached: null }],
  ['REFUSED', { MX: 'REFUSED' }, { status: 'refused', exchangers: [], reached: null }],
  ['TIMEOUT', 'TIMEOUT', { status: 'timeout', exchangers: [], reached: null }],
])('MX: %s', async (_, content, mx) => {
  const zone = {
    'mejl.example.se': content,
    'mx.test': { MX: ['5 in.test'] },
    'in.test': { A: ['192.0.2.1'] },
  };
  expect((await factOf('mailFrom', zone, await mailOf('example.se', 'mejl.example.se'))).value.mx).toEqual(
    mx,
  );
});

test.each([
  ['example.se', { MX: ['10 in.test'] }, 'shared'],
  ['mejl.example.se', { MX: ['10 in.test'] }, 'apart'],
  ['mejl.example.se', { TXT: ['x'] }, 'apart'],
  ['mejl.example.se', { CNAME: ['mx.test'] }, 'alias'],
  ['mejl.example.se', { CNAME: ['gone.test'] }, 'alias'],
  ['other.test', 'NXDOMAIN', 'foreign'],
  ['other.test', { CNAME: ['mx.test'] }, 'foreign'],
])('what may be published at %s with %j: %s', async (mailFrom, content, place) => {
  const zone = { [mailFrom]: content, 'mx.test': { TXT: ['x'] } };
  expect((await factOf('mailFrom', zone, await mailOf('example.se', mailFrom))).value.place).toBe(place);
});

test.each([
  [{ TXT: ['x'], A: ['192.0.2.1'] }, true],
  [{ TXT: ['x'], AAAA: ['2001:db8::1'] }, true],
  [{ TXT: ['x'] }, false],
  [{ TXT: ['x'], A: 'SERVFAIL' }, null],
  [{ MX: ['10 in.test'] }, null],
])('without MX, mail goes to the address of %j: %s', async (content, wanted) => {
  const { value } = await factOf(
    'mailFrom',
    { 'mejl.example.se': content },
    await mailOf('example.se', 'mejl.example.se'),
  );
  expect(value.hasAddress).toBe(wanted);
});

test('a parent of From is the sender’s own', async () => {
  const { value } = await factOf('mailFrom', {}, await mailOf('news.example.se', 'example.se'));
  expect(value).toMatchObject({ place: 'shared', organisation: 'example.se' });
});

test.each<[unknown, boolean | null]>([
  [{ A: ['192.0.2.1'] }, true],
  [{ AAAA: ['2001:db8::1'], A: 'SERVFAIL' }, true],
  [{ TXT: ['x'] }, false],
  ['NXDOMAIN', false],
  ['SERVFAIL', null],
  [{ A: 'TIMEOUT' }, null],
])('a server with %j takes bounces: %s', async (content, wanted) => {
  const zone = { 'mejl.example.se': { MX: ['10 in.test'] }, 'in.test': content };
  const { value } = await factOf('mailFrom', zone, await mailOf('example.se', 'mejl.example.se'));
  expect(value.mx?.reached).toBe(wanted);
});

test('ten servers are looked up, whatever the zone holds', async () => {
  const zone = { 'mejl.example.se': { MX: Array.from({ length: 500 }, (_, i) => `${i} in${i}.test`) } };
  const { value, asked } = await factOf('mailFrom', zone, await mailOf('example.se', 'mejl.example.se'));
  expect(value.mx?.reached).toBeNull();
  expect(asked.size).toBe(21);
});

test('nothing is asked when nobody has said which it is', async () => {
  const { value, asked } = await factOf('mailFrom', {}, await mailOf('example.se'));
  const nothing = { domain: null, relation: null, mx: null, place: null, hasAddress: null };
  expect(value).toEqual({ ...nothing, organisation: 'example.se', server: null, sharedWith: [] });
  expect(asked.size).toBe(0);
});
