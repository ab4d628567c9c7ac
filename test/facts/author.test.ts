import { expect, test } from 'vitest';
import type { AuthorFact } from '../../src/facts/author.ts';
import { factOf, mailOf, type Zone } from './dns-world.ts';

const name = 'n.b.example';
const address = { A: ['192.0.2.1'] };
const server = { 'in.b.example': address };

test.each<[string, Zone, AuthorFact['exists'], AuthorFact['mail']]>([
  ['nothing', {}, false, 'nowhere'],
  ['a name below it', { [`x.${name}`]: address }, true, 'nowhere'],
  ['other records', { [name]: { TXT: ['x'] } }, true, 'nowhere'],
  ['an MX', { [name]: { MX: ['10 in.b.example'] }, ...server }, true, 'host'],
  ['an MX that leads nowhere', { [name]: { MX: ['10 in.b.example'] } }, true, 'lost'],
  [
    'an MX into an inner network',
    { [name]: { MX: ['10 in.b.example'] }, 'in.b.example': { A: ['10.0.0.1'] } },
    true,
    'lost',
  ],
  ['an MX that is an address', { [name]: { ...address, MX: ['10 192.0.2.1'] } }, true, 'lost'],
  [
    'an MX of an unknown server',
    { [name]: { MX: ['10 in.b.example'] }, 'in.b.example': 'SERVFAIL' },
    true,
    null,
  ],
  [
    'one of two that leads somewhere',
    { [name]: { MX: ['5 gone.example', '10 in.b.example'] }, ...server },
    true,
    'host',
  ],
  ['an address in an inner network', { [name]: { A: ['192.168.0.1'] } }, true, 'lost'],
  ['a null MX', { [name]: { ...address, MX: ['0 .'] } }, true, 'refused'],
  [
    'a null MX beside another (RFC 7505 section 3)',
    { [name]: { MX: ['0 .', '10 in.b.example'] }, ...server },
    true,
    'host',
  ],
  ['an address', { [name]: address }, true, 'host'],
  ['an IPv6 address', { [name]: { AAAA: ['2001:db8::1'] } }, true, 'host'],
  [
    'an alias to an MX',
    { [name]: { CNAME: ['b.example'] }, 'b.example': { MX: ['1 in.b.example'] }, ...server },
    true,
    'host',
  ],
  [
    'an alias to a null MX',
    { [name]: { CNAME: ['b.example'] }, 'b.example': { MX: ['0 .'] } },
    true,
    'refused',
  ],
  ['an alias to nothing (RFC 6604)', { [name]: { CNAME: ['gone.example'] } }, true, 'nowhere'],
  ['no answer', { [name]: 'SERVFAIL' }, null, null],
  ['refused', { [name]: 'REFUSED' }, null, null],
])('%s', async (_, zone, exists, mail) => {
  expect((await factOf('author', zone, await mailOf(name))).value).toMatchObject({
    domain: name,
    exists,
    mail,
  });
});

test('addresses are asked for of what takes the mail', async () => {
  const questions = async (zone: Zone) => [
    ...(await factOf('author', zone, await mailOf(name))).asked.keys(),
  ];
  expect(await questions({ [name]: { MX: ['10 in.b.example'] } })).toEqual([
    `${name} MX`,
    'in.b.example A',
    'in.b.example AAAA',
  ]);
  expect(await questions({})).toEqual([`${name} MX`]);
  expect(await questions({ [name]: { TXT: ['x'] } })).toHaveLength(3);
});
