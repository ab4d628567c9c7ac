import { expect, test } from 'vitest';
import { askable, recordsOf, unanswered } from '../../src/facts/dns.ts';
import type { DnsAnswer, DnsRecord, DnsStatus } from '../../src/ports.ts';
import { clock } from '../world.ts';

const record = (name: string, type: DnsRecord['type'], data: string): DnsRecord => ({
  name,
  type,
  ttl: 300,
  data,
});
const answer = (status: DnsStatus, ...records: DnsRecord[]): DnsAnswer => ({
  name: 'a.example',
  type: 'TXT',
  status,
  records,
  authenticated: false,
  resolver: 'test',
  at: clock.now().toISOString(),
});

test.each<[DnsStatus, boolean]>([
  ['answered', false],
  ['nodata', false],
  ['nxdomain', false],
  ['servfail', true],
  ['refused', true],
  ['timeout', true],
  ['malformed', true],
])('%s is the lack of an answer: %s', (status, expected) => {
  expect(unanswered({ status })).toBe(expected);
});

const alias = (from: string, to: string) => record(from, 'CNAME', to);
test.each<[string, DnsAnswer, string[]]>([
  [
    'its own',
    answer('answered', record('a.example', 'TXT', 'x'), record('a.example', 'TXT', 'y')),
    ['x', 'y'],
  ],
  [
    'no other name',
    answer('answered', record('a.example', 'TXT', 'x'), record('b.example', 'TXT', 'y')),
    ['x'],
  ],
  [
    'no other type',
    answer('answered', record('a.example', 'A', '192.0.2.1'), record('a.example', 'TXT', 'x')),
    ['x'],
  ],
  [
    'at the end of a chain',
    answer(
      'answered',
      record('c.example', 'TXT', 'x'),
      alias('b.example', 'c.example'),
      alias('a.example', 'b.example'),
    ),
    ['x'],
  ],
  [
    'not beside the chain',
    answer(
      'answered',
      alias('a.example', 'b.example'),
      record('b.example', 'TXT', 'x'),
      record('a.example', 'TXT', 'y'),
    ),
    ['x'],
  ],
  [
    'a chain that closes',
    answer('answered', alias('a.example', 'b.example'), alias('b.example', 'a.example')),
    [],
  ],
  ['nothing of an error', answer('servfail', record('a.example', 'TXT', 'x')), []],
  ['nothing of a denial', answer('nxdomain', record('a.example', 'TXT', 'x')), []],
])('records: %s', (_, given, expected) => {
  expect(recordsOf(given).map(({ data }) => data)).toEqual(expected);
});

test.each([
  ['a.example', true],
  ['example', true],
  ['_dmarc.a!b.example', true],
  [`${'x'.repeat(63)}.example`, true],
  [`${'x'.repeat(64)}.example`, false],
  ['a..example', false],
  ['.example', false],
  ['', false],
  [`${'a.'.repeat(123)}example`, true],
  [`${'a.'.repeat(124)}example`, false],
  ['a b.example', false],
  ['å.example', false],
  ['a\\.example', false],
])('%s can be asked for: %s', (name, expected) => {
  expect(askable(name)).toBe(expected);
});
