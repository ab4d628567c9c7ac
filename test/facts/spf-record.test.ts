import { describe, expect, test } from 'vitest';
import { expandDomain, isSpfRecord, parseSpf } from '../../src/facts/spf/record.ts';
import { suiteCases } from './spf-suite.ts';

/** Permanent errors that stand in no record's syntax; test/facts/spf.test.ts sees them through the tree. */
const notSyntax: Record<string, string> = {
  'include-permerror': 'the included record is at fault',
  'include-none': 'the included name has no record',
  'redirect-none': 'the target has no record',
  'redirect-loop': 'loop',
  'include-loop': 'loop',
  'mx-limit': 'more than ten servers',
  'mech-over-limit': 'more than ten look-ups',
  'include-over-limit': 'more than ten look-ups',
  'void-over-limit': 'more than two void look-ups',
};

describe('the RFC 7208 suite', () => {
  const cases = suiteCases('pyspf-rfc7208-tests');
  const checked = cases.filter(({ texts }) => texts.some(isSpfRecord));

  test('is whole', () => {
    expect(cases).toHaveLength(203);
    expect(checked.length).toBeGreaterThan(170);
    const known = cases.map(({ name }) => name);
    expect(Object.keys(notSyntax).filter((name) => !known.includes(name))).toEqual([]);
  });

  test.each(checked.map((one) => [one.name, one] as const))('%s', (name, { texts, results }) => {
    const records = texts.filter(isSpfRecord);
    const broken = records.length > 1 || parseSpf(records[0] ?? '').faults.length > 0;
    const expected = results.includes('permerror') && !(name in notSyntax);
    // Where the suite leaves the result open, both readings are right.
    if (results.length > 1 && results.includes('permerror')) return;
    expect({ records, broken }).toEqual({ records, broken: expected });
  });
});

test.each([
  ['v=spf1', true],
  ['v=spf1 -all', true],
  ['V=SPF1 -all', true],
  ['v=spf10 -all', false],
  ['v=spf1\t-all', false],
  [' v=spf1 -all', false],
  ['"v=spf1 -all"', false],
  ['v=spf2.0/pra -all', false],
  ['v=spf1-all', false],
])('%j is an SPF record: %s (section 4.5)', (text, expected) => {
  expect(isSpfRecord(text)).toBe(expected);
});

test.each([
  ['v=spf1 ipv4:192.0.2.1 -all', ['ipv4:192.0.2.1']],
  ['v=spf1 ip4: 192.0.2.1 -all', ['ip4:', '192.0.2.1']],
  ['v=spf1 ip4:192.0.2.256', ['ip4:192.0.2.256']],
  ['v=spf1 ip4:192.0.2.01', ['ip4:192.0.2.01']],
  ['v=spf1 ip6:2001:db8::/32 ip6:::ffff:192.0.2.1 ip6:::/0', []],
  ['v=spf1 ip6:2001:db8::1::2', ['ip6:2001:db8::1::2']],
  ['v=spf1 include:a.example, -all', ['include:a.example,']],
  // Our own strictness: the grammar calls it an unknown modifier.
  ['v=spf1 include=a.example -all', ['include=a.example']],
  ['v=spf1 included=a.example -all', []],
  ['v=spf1 all: -all', ['all:']],
  ['v=spf1 a:%{d}.example a:%{D2r-.}.example exists:%{ir}.%{v}.x.example', []],
  ['v=spf1 a:%{d0}.example', ['a:%{d0}.example']],
  ['v=spf1 a:%{d00}.example a:%{d10}.example', ['a:%{d00}.example']],
  ['v=spf1 include:%{d', ['include:%{d']],
  ['v=spf1 include:%%{d}', ['include:%%{d}']],
  ['v=spf1 include:a.%%', []],
  ['v=spf1 include:a.example. redirect=b.example.', []],
  ['v=spf1 a:a.xn--p1ai a:a.1x a:a.x-1', []],
  ['v=spf1 a:a.12 a:a.-x a:a.x-', ['a:a.12', 'a:a.-x', 'a:a.x-']],
  ['v=spf1  ip4:192.0.2.1   -all ', []],
  ['v=spf1 ip4:192.0.2.1\t-all', ['ip4:192.0.2.1\t-all']],
  ['v=spf1 \u2013all', ['\u2013all']],
  ['v=spf1 –all ip4:192.0.2.1\u00a0-all', ['–all', 'ip4:192.0.2.1\u00a0-all']],
])('%j has the faults %j', (text, faults) => {
  expect(parseSpf(text).faults).toEqual(faults);
});

test('a term keeps its qualifier, its text and its target', () => {
  expect(parseSpf('v=spf1 ~INCLUDE:A.Example/ ?a:B.example./24//64 redirect=C.example').terms).toEqual([
    { text: '?a:B.example./24//64', kind: 'a', qualifier: '?', domain: 'b.example' },
    { text: 'redirect=C.example', kind: 'redirect', qualifier: '+', domain: 'c.example' },
  ]);
});

test.each([
  ['%{d}', 'x.a.example'],
  ['%{o}', 'a.example'],
  ['_spf.%{d2}', '_spf.a.example'],
  ['%{d1r}.test', 'x.test'],
  ['%{dr}.test', 'example.a.x.test'],
  ['%{o.-}', 'a.example'],
  ['%{d-}.test', 'x.a.example.test'],
  ['a%%b%-c.test', 'a%b%20c.test'],
  ['%{i}.test', null],
  ['%{d}.%{s}', null],
  ['plain.test', 'plain.test'],
  [`${'long.'.repeat(60)}test`, `${'long.'.repeat(49)}test`],
])('%s is %s for x.a.example in a mail of a.example (section 7.3)', (spec, expected) => {
  expect(expandDomain(spec, 'x.a.example', 'a.example')).toBe(expected);
});

test.each([
  ['one letter', 'a'.repeat(60_000)],
  ['dots', `a:${'.'.repeat(60_000)}`],
  ['hyphens', `a:a.a${'-'.repeat(60_000)}`],
  ['open macros', `a:${'%{d'.repeat(20_000)}`],
  ['closed macros', `a:${'%{d}'.repeat(15_000)}`],
  ['delimiters', `a:%{d${'.'.repeat(60_000)}`],
  ['zeros', `a:%{d${'0'.repeat(60_000)}`],
  ['prefixes', `a${'/1'.repeat(30_000)}`],
  ['colons', `ip6:${':'.repeat(60_000)}`],
  ['an unknown modifier', `x=${'%{d}'.repeat(15_000)}%`],
  ['terms', 'a '.repeat(30_000)],
  ['line ends', `a:${'\n'.repeat(60_000)}`],
])('64 KB of %s is read at once', (_, body) => {
  const start = performance.now();
  const { terms } = parseSpf(`v=spf1 ${body}`);
  for (const { domain } of terms) if (domain) expandDomain(domain, 'x.a.example', 'a.example');
  expect(performance.now() - start).toBeLessThan(500);
});
