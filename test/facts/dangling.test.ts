/** Names that lead nowhere: which of them anybody can bring to life. */
import { expect, test } from 'vitest';
import type { DanglingFact } from '../../src/facts/dangling.ts';
import { factOf, mailOf, type Zone } from './dns-world.ts';

const from = 'example.se';
const mailFrom = 'mejl.example.se';

async function danglingOf(
  zone: Zone,
  dkimSelectors = ['s1'],
): Promise<{ value: DanglingFact; asked: number }> {
  const submission = { ...(await mailOf(from, mailFrom)), dkimSelectors };
  const { value, asked } = await factOf('dangling', { 'example.se': { MX: ['0 .'] }, ...zone }, submission);
  expect([...asked.values()].every((count) => count === 1)).toBe(true);
  return { value, asked: asked.size };
}

const terms = ({ terms: all }: DanglingFact) => all.map(({ registered, holding }) => [registered, holding]);
const names = ({ names: all }: DanglingFact) =>
  all.map(({ name, kind, holding }) => [name, kind, holding].join(' ')).toSorted();

test.each<[string, string, Zone, unknown]>([
  ['nobody holds the domain', 'include:spf.example.net', {}, [['example.net', 'free']]],
  [
    'the domain is held',
    'include:spf.example.net',
    { 'example.net': { A: ['192.0.2.1'] } },
    [['example.net', 'held']],
  ],
  [
    'the domain is an alias, which exists',
    'include:spf.example.net',
    { 'example.net': { CNAME: ['gone.example'] } },
    [['example.net', 'held']],
  ],
  ['nobody knows', 'include:spf.example.net', { 'example.net': 'SERVFAIL' }, [['example.net', 'unanswered']]],
  ['below no public suffix', 'include:spf.gone.example', {}, [[null, 'none']]],
  [
    'a private suffix is held by its host',
    'include:gone.github.io',
    { 'github.io': { A: ['192.0.2.1'] } },
    [['github.io', 'held']],
  ],
  ['a host', 'a:out.example.net', {}, [['example.net', 'free']]],
  ['a redirect', 'redirect=_spf.example.net', {}, [['example.net', 'free']]],
  ['a term that lets nothing pass', '-include:spf.example.net', {}, []],
  ['a macro', 'include:%{ir}.x.example.net', {}, [['example.net', 'free']]],
  ['a macro in exists', 'exists:%{i}.x.example.net', {}, [['example.net', 'free']]],
  ['a macro within a label', 'exists:%{i}x.example.net', {}, [['example.net', 'free']]],
  ['a macro within the registered domain', 'exists:%{i}.x%{d}', {}, []],
  [
    'a macro below a domain that is held',
    'exists:%{i}.example.net',
    { 'example.net': { A: ['192.0.2.1'] } },
    [],
  ],
  [
    'a macro and silence',
    'exists:%{i}.example.net',
    { 'example.net': 'SERVFAIL' },
    [['example.net', 'unanswered']],
  ],
  ['names of the servers that send', 'ptr:example.net', {}, [['example.net', 'free']]],
  [
    'a host by an alias',
    'a:out.example.se',
    { 'out.example.se': { CNAME: ['x.example.net'] } },
    [['example.net', 'free']],
  ],
  [
    'a mail server',
    'mx:y.example.se',
    { 'y.example.se': { MX: ['5 host.example.net'] } },
    [['example.net', 'free']],
  ],
  [
    'a mail server that is there',
    'mx:y.example.se',
    { 'y.example.se': { MX: ['5 host.example.net'] }, 'host.example.net': { A: ['192.0.2.1'] } },
    [],
  ],
  ['a record that is there', 'include:spf.example.net', { 'spf.example.net': { TXT: ['v=spf1 -all'] } }, []],
])('SPF: %s', async (_, term, zone, expected) => {
  const { value } = await danglingOf({
    ...zone,
    [mailFrom]: { TXT: [`v=spf1 ${term} ${term.startsWith('redirect') ? '' : '-all'}`] },
  });
  expect(terms(value)).toEqual(expected);
});

test('SPF: what DNS was silent about', async () => {
  const { value } = await danglingOf({
    [mailFrom]: { TXT: ['v=spf1 include:a.example include:b.example.net -all'] },
    'a.example': 'TIMEOUT',
    'example.net': 'SERVFAIL',
  });
  expect([...value.silent.terms].toSorted()).toEqual(['a.example', 'example.net']);
});

test.each<[string, Zone, string[]]>([
  [
    'a key',
    { 's1._domainkey.example.se': { CNAME: ['s1.example.net'] } },
    ['s1._domainkey.example.se alias free'],
  ],
  [
    'a key by two aliases',
    {
      's1._domainkey.example.se': { CNAME: ['s1.held.example.net'] },
      's1.held.example.net': { CNAME: ['x.example.org'] },
    },
    ['s1._domainkey.example.se alias free'],
  ],
  [
    'a key whose target has no TXT, and exists',
    { 's1._domainkey.example.se': { CNAME: ['s1.example.net'] }, 's1.example.net': { A: ['192.0.2.1'] } },
    [],
  ],
  ['the sending subdomain', { [mailFrom]: { CNAME: ['u.example.net'] } }, ['mejl.example.se alias free']],
  ['a name that is simply not there', {}, []],
  [
    'a name server',
    { [from]: { NS: ['ns1.example.net', 'ns2.example.se'] } },
    ['example.se name-server free'],
  ],
  [
    'a name server that is held',
    { [from]: { NS: ['ns1.example.net'] }, 'example.net': { A: ['192.0.2.1'] } },
    [],
  ],
  [
    'a policy of MAIL FROM',
    { [`_dmarc.${mailFrom}`]: { CNAME: ['x.example.net'] } },
    ['_dmarc.mejl.example.se alias free'],
  ],
  [
    'mta-sts, whose host is held',
    { 'mta-sts.example.se': { CNAME: ['x.example.net'] }, 'example.net': { A: ['192.0.2.1'] } },
    ['mta-sts.example.se alias held'],
  ],
  [
    'a mail server',
    { 'example.se': { MX: ['10 in.example.net', '20 in.gone.example'] } },
    ['example.se exchanger free', 'example.se exchanger none'],
  ],
  [
    'a mail server by an alias',
    { 'example.se': { MX: ['10 in.example.se'] }, 'in.example.se': { CNAME: ['x.example.net'] } },
    ['in.example.se alias free'],
  ],
  [
    'a loop',
    { '_dmarc.example.se': { CNAME: ['a.example'] }, 'a.example': { CNAME: ['_dmarc.example.se'] } },
    [],
  ],
])('names: %s', async (_, zone, expected) => {
  expect(names((await danglingOf(zone)).value)).toEqual(expected);
});

test('what concerns the mail that goes out is silent apart from the rest', async () => {
  const { value } = await danglingOf({
    'mta-sts.example.se': 'SERVFAIL',
    's1._domainkey.example.se': { CNAME: ['s1.example.net'] },
    'example.net': 'TIMEOUT',
  });
  expect(value.silent).toEqual({ terms: [], sending: ['example.net'], other: ['mta-sts.example.se'] });
});

test('a hostile zone makes us ask a bounded number of questions', async () => {
  const MX = Array.from({ length: 1000 }, (_, i) => `10 h${i}.example.net`);
  const include = Array.from({ length: 1000 }, (_, i) => `include:d${i}.se`).join(' ');
  const selectors = Array.from({ length: 10 }, (_, i) => `s${i}`);
  const zone = { 'example.se': { MX }, [mailFrom]: { MX, TXT: [[...chunks(`v=spf1 ${include} -all`)]] } };
  const { asked } = await danglingOf(zone, selectors);
  expect(asked).toBeLessThan(250);
});

function* chunks(text: string): Iterable<string> {
  for (let at = 0; at < text.length; at += 200) yield text.slice(at, at + 200);
}
