/** One SPF record in place of several: what it lets in, and how it ends. */
import { describe, expect, test } from 'vitest';
import { bounceService } from '../rules/providers/bounce-hosts.ts';
import { joinedSpf } from '../rules/repairs/spf-joined.ts';

describe('several records, joined', () => {
  test.each<[string[], string | null]>([
    [
      ['v=spf1 include:a.example -all', 'v=spf1 include:b.example -all'],
      'v=spf1 include:a.example include:b.example -all',
    ],
    // One is not so sure, and nothing of the sender's is to be lost.
    [['v=spf1 mx -all', 'v=spf1 include:b.example ~all'], 'v=spf1 mx include:b.example ~all'],
    [['v=spf1 mx', 'v=spf1 a ?all'], 'v=spf1 mx a ~all'],
    // Nobody let anyone in by it alone, and everyone is not to stay in.
    [['v=spf1 mx +all', 'v=spf1 a -all'], 'v=spf1 mx a ~all'],
    [['v=spf1 -all', 'v=spf1 mx -all'], 'v=spf1 mx -all'],
    [
      ['v=spf1  MX ip4:192.0.2.0/24 -all', 'v=SPF1 mx ip6:2001:db8::/32 -all'],
      'v=spf1 MX ip4:192.0.2.0/24 ip6:2001:db8::/32 -all',
    ],
    [['v=spf1 mx -all', 'v=spf1 mx -all'], 'v=spf1 mx -all'],
    // Their order counts, or they hang on the mail, or mean nothing.
    [['v=spf1 -ip4:192.0.2.1 mx -all', 'v=spf1 a -all'], null],
    [['v=spf1 redirect=a.example', 'v=spf1 mx -all'], null],
    [['v=spf1 exists:%{i}.a.example -all', 'v=spf1 mx -all'], null],
    [['v=spf1 includ:a.example -all', 'v=spf1 mx -all'], null],
    [['v=spf1 -all mx', 'v=spf1 a -all'], null],
    [[`v=spf1 ${'ip4:192.0.2.1 '.repeat(5000)}-all`, 'v=spf1 mx -all'], null],
    [Array.from({ length: 5000 }, (_, i) => `v=spf1 a:h${i}.example -all`), null],
  ])('%j', (records, joined) => {
    expect(joinedSpf(records)).toBe(joined);
  });
});

test.each([
  ['mail12.atl.mcsv.net', 'Mailchimp'],
  ['mcsv.net', 'Mailchimp'],
  ['notmcsv.net', null],
  ['mcsv.net.example.se', null],
])('bounces at %s are those of %s', (domain, service) => {
  expect(bounceService(domain)).toBe(service);
});
