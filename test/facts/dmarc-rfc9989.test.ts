/**
 * Worlds made from the text of RFC 9989 (May 2026), each by a section of it: what applies, whose organisation it is,
 * and what belongs together. Then the same worlds for another library, and where it differs, why we do not follow.
 */
import { dmarc } from 'mailauth/lib/dmarc/index.js';
import { expect, test } from 'vitest';
import type { DmarcFact } from '../../src/facts/dmarc.ts';
import type { Resolver } from '../../src/ports.ts';
import { resolverOf } from '../world.ts';
import { factOf, mailOf, type Zone } from './dns-world.ts';

interface Case {
  section: string;
  /** What the text says of it, in our words. */
  says: string;
  from: string;
  /** By domain: tags after `v=DMARC1; `, several records, a whole zone entry of `_dmarc.`, or how it fails. */
  records: Record<string, string | string[] | object>;
  /** The rest of the zone; the author domain is there unless this says otherwise. */
  more?: Zone;
  mailFrom?: string;
  signer?: string;
  /** Effective policy, tag and domain of the record. */
  applies: string;
  /** null: cannot be known. */
  organisation: string | null;
  spf?: DmarcFact['spfAlignment'];
  dkim?: DmarcFact['spfAlignment'];
  /** Where mailauth 7.1 says otherwise: what, and why we are right. */
  differs?: { says: string; because: string };
}

const deep = 'a.b.c.d.e.f.g.h.i.j.k.example.com';
const giant = { 'bank.example': 'p=none; psd=y', 'giant.bank.example': 'p=reject' };
const nodata = { A: ['192.0.2.1'] };

const cases: Case[] = [
  // Appendix B.1: alignment.
  ...(
    [
      ['B.1.1 example 1', 'the same domain: strictly aligned', 'example.com', 'example.com', 'aligned'],
      ['B.1.1 example 2', 'From is above MAIL FROM: aligned', 'example.com', 'child.example.com', 'aligned'],
      [
        'B.1.1 example 3',
        'neither above nor below: not aligned',
        'child.example.com',
        'example.net',
        'not-aligned',
      ],
    ] as const
  ).map(([section, says, from, mailFrom, spf]) => ({
    section,
    says,
    from,
    mailFrom,
    records: { 'example.com': 'p=reject' },
    applies: 'reject by p of example.com',
    organisation: 'example.com',
    spf,
  })),
  ...(
    [
      ['B.1.2 example 1', 'd= is the From domain: strictly aligned', 'example.com', 'example.com', 'aligned'],
      ['B.1.2 example 2', 'd= is above From: aligned', 'child.example.com', 'example.com', 'aligned'],
      [
        'B.1.2 example 3',
        'd= is neither above nor below: not aligned',
        'child.example.com',
        'example.net',
        'not-aligned',
      ],
    ] as const
  ).map(([section, says, from, signer, dkim]) => ({
    section,
    says,
    from,
    signer,
    records: { 'example.com': 'p=reject' },
    applies: 'reject by p of example.com',
    organisation: 'example.com',
    dkim,
  })),
  ...(['example 1', 'example 2'] as const).map((number, i) => ({
    section: `B.1.2 ${number}, with adkim=s`,
    says: 'strict alignment wants the very same domain (4.10.2)',
    from: i === 0 ? 'example.com' : 'child.example.com',
    signer: 'example.com',
    records: { 'example.com': 'p=reject; adkim=s' },
    applies: 'reject by p of example.com',
    organisation: 'example.com',
    dkim: (i === 0 ? 'aligned' : 'not-aligned') as 'aligned' | 'not-aligned',
  })),
  // Appendix B.2: records of a domain owner.
  {
    section: 'B.2.1',
    says: 'monitoring: p=none with a report address',
    from: 'example.com',
    records: { 'example.com': 'p=none; rua=mailto:dmarc-feedback@example.com' },
    applies: 'none by p of example.com',
    organisation: 'example.com',
  },
  {
    section: 'B.2.3',
    says: 'reports to somebody else change nothing about the policy',
    from: 'example.com',
    records: {
      'example.com':
        'p=none; rua=mailto:dmarc-feedback@example.com; ruf=mailto:auth-reports@thirdparty.example.net',
    },
    applies: 'none by p of example.com',
    organisation: 'example.com',
  },
  {
    section: 'B.2.5',
    says: 'a subdomain under test: quarantine with t=y is applied as none',
    from: 'test.example.com',
    records: {
      'test.example.com':
        'p=quarantine; rua=mailto:dmarc-feedback@example.com,mailto:tld-test@thirdparty.example.net; t=y',
    },
    applies: 'none by p of test.example.com',
    organisation: 'test.example.com',
  },
  {
    section: 'B.2.5',
    says: 'when the test is over: reject',
    from: 'test.example.com',
    records: { 'test.example.com': 'p=reject; rua=mailto:dmarc-feedback@example.com' },
    applies: 'reject by p of test.example.com',
    organisation: 'test.example.com',
  },
  {
    section: 'B.3.1',
    says: 'SPF for a subdomain and DKIM for the domain both align',
    from: 'example.com',
    mailFrom: 'mail.example.com',
    signer: 'example.com',
    records: { 'example.com': 'p=reject; aspf=r; rua=mailto:dmarc-feedback@example.com' },
    applies: 'reject by p of example.com',
    organisation: 'example.com',
    spf: 'aligned',
    dkim: 'aligned',
  },
  // Appendix B.4: tree walks.
  {
    section: 'B.4.1',
    says: 'both the domain and the signing subdomain have records: the one with fewer labels is the organisation',
    from: 'example.com',
    mailFrom: 'example.com',
    signer: 'signing.example.com',
    records: { 'example.com': 'p=reject', 'signing.example.com': 'p=none' },
    applies: 'reject by p of example.com',
    organisation: 'example.com',
    spf: 'aligned',
    dkim: 'aligned',
  },
  {
    section: 'B.4.2',
    says: 'a name of 13 labels jumps to its last 7 and still comes to its organisation',
    from: deep,
    mailFrom: 'example.com',
    signer: 'signing.example.com',
    records: { 'example.com': 'p=reject; sp=quarantine', 'signing.example.com': 'p=none' },
    applies: 'quarantine by sp of example.com',
    organisation: 'example.com',
    spf: 'aligned',
    dkim: 'aligned',
  },
  {
    section: 'B.4.3',
    says: 'a public suffix with psd=y ends the walk: one label below it is the organisation',
    from: 'giant.bank.example',
    mailFrom: 'mail.giant.bank.example',
    signer: 'mail.mega.bank.example',
    records: giant,
    applies: 'reject by p of giant.bank.example',
    organisation: 'giant.bank.example',
    spf: 'aligned',
    dkim: 'not-aligned',
  },
  // Section 4.10: the walk.
  {
    section: '4.10, step 4',
    says: 'eight labels: seven are next, so nothing is skipped',
    from: 'a.b.c.d.e.f.example.com',
    records: { 'b.c.d.e.f.example.com': 'p=reject; psd=n' },
    applies: 'reject by p of b.c.d.e.f.example.com',
    organisation: 'b.c.d.e.f.example.com',
  },
  {
    section: '4.10, step 4',
    says: 'nine labels: the one of eight is never asked for',
    from: 'a.b.c.d.e.f.g.example.com',
    records: { 'b.c.d.e.f.g.example.com': 'p=reject; psd=n', 'example.com': 'p=none' },
    applies: 'none by p of example.com',
    organisation: 'example.com',
  },
  {
    section: '5.1.8',
    says: 'a record of eight labels below a longer author domain is never discovered',
    from: 'mail.a.b.c.d.e.f.g.example.com',
    records: { 'example.com': 'p=none', 'b.c.d.e.f.g.example.com': 'p=reject; psd=n' },
    applies: 'none by p of example.com',
    organisation: 'example.com',
  },
  {
    section: '5.1.8',
    says: 'one at the author domain itself always is',
    from: 'mail.a.b.c.d.e.f.g.example.com',
    records: { 'example.com': 'p=none', 'mail.a.b.c.d.e.f.g.example.com': 'p=reject; psd=n' },
    applies: 'reject by p of mail.a.b.c.d.e.f.g.example.com',
    organisation: 'mail.a.b.c.d.e.f.g.example.com',
  },
  {
    section: '4.10, step 2',
    says: 'what does not begin with the version is discarded, and is no second record',
    from: 'b.example',
    records: { 'b.example': { TXT: ['google-site-verification=x', 'v=DMARC1; p=reject', 'v=spf1 -all'] } },
    applies: 'reject by p of b.example',
    organisation: 'b.example',
  },
  {
    section: '4.10, step 2',
    says: 'several records at the author domain are all discarded, and the walk goes on',
    from: 'a.b.example',
    records: { 'a.b.example': ['p=none', 'p=none'], 'b.example': 'p=reject' },
    applies: 'reject by p of b.example',
    organisation: 'b.example',
  },
  {
    section: '4.10, step 6',
    says: 'several records with psd=n stop nothing',
    from: 'a.b.example',
    records: { 'b.example': ['p=none; psd=n', 'p=none; psd=n'], example: 'p=reject; psd=y' },
    applies: 'reject by p of example',
    organisation: 'b.example',
  },
  {
    section: '4.10, steps 5 to 7',
    says: 'a plain record does not stop the walk: psd=y above it still parts the organisations',
    from: 'a.b.example',
    mailFrom: 'c.example',
    records: { 'a.b.example': 'p=none', example: 'p=none; psd=y' },
    applies: 'none by p of a.b.example',
    organisation: 'b.example',
    spf: 'not-aligned',
  },
  {
    section: '4.10, steps 5 to 7',
    says: 'and one further up is the organisation, not the first that is found',
    from: 'd.c.b.example',
    mailFrom: 'x.b.example',
    records: { 'c.b.example': 'p=reject', 'b.example': 'p=none' },
    applies: 'none by p of b.example',
    organisation: 'b.example',
    spf: 'aligned',
  },
  // Section 4.10.2: the organisational domain.
  {
    section: '4.10.2, first example',
    says: 'records at two levels: the higher is the organisation',
    from: 'a.mail.example.com',
    records: { 'mail.example.com': 'p=none', 'example.com': 'p=reject' },
    applies: 'reject by p of example.com',
    organisation: 'example.com',
  },
  {
    section: '4.10.2, second example',
    says: 'psd=n makes the name between the organisation',
    from: 'a.mail.example.com',
    mailFrom: 'example.com',
    records: { 'mail.example.com': 'p=reject; psd=n', 'example.com': 'p=none' },
    applies: 'reject by p of mail.example.com',
    organisation: 'mail.example.com',
    spf: 'not-aligned',
  },
  {
    section: '4.10.2, third example',
    says: 'only psd=y at the top: the organisation is one label below, and the suffix’s policy applies',
    from: 'a.mail.example.com',
    mailFrom: 'example.com',
    records: { com: 'p=none; sp=reject; psd=y' },
    applies: 'reject by sp of com',
    organisation: 'example.com',
    spf: 'aligned',
  },
  {
    section: '4.10.2, rule 2',
    says: 'psd=y at the name where the walk starts puts the organisation at that name',
    from: 'bank.example',
    mailFrom: 'mail.bank.example',
    records: { 'bank.example': 'p=reject; psd=y' },
    applies: 'reject by p of bank.example',
    organisation: 'bank.example',
    spf: 'not-aligned',
  },
  {
    section: '4.10.2, note',
    says: 'a public suffix that sends from its own name is aligned with itself',
    from: 'bank.example',
    mailFrom: 'bank.example',
    records: { 'bank.example': 'p=reject; psd=y' },
    applies: 'reject by p of bank.example',
    organisation: 'bank.example',
    spf: 'aligned',
  },
  {
    section: '4.10.2, rules 1 and 2',
    says: 'psd=n below psd=y: the longer name decides',
    from: 'x.giant.bank.example',
    mailFrom: 'y.giant.bank.example',
    records: { 'giant.bank.example': 'p=quarantine; psd=n', 'bank.example': 'p=reject; psd=y' },
    applies: 'quarantine by p of giant.bank.example',
    organisation: 'giant.bank.example',
    spf: 'aligned',
  },
  {
    section: '4.10.2, end',
    says: 'no record at all: the starting name is the organisation',
    from: 'a.b.example',
    mailFrom: 'b.example',
    records: {},
    applies: 'none',
    organisation: 'a.b.example',
    spf: 'not-aligned',
    differs: {
      says: 'none',
      because: 'it compares nothing without a record; so does our rule, which then does not apply',
    },
  },
  {
    section: '4.10.2, rule 3',
    says: 'siblings below a name that has no record are two organisations, whatever was registered',
    from: 'news.example.com',
    mailFrom: 'mail.example.com',
    records: { 'news.example.com': 'p=reject' },
    applies: 'reject by p of news.example.com',
    organisation: 'news.example.com',
    spf: 'not-aligned',
  },
  // Section 4.10.1: the policy.
  {
    section: '4.10.1',
    says: 'the organisation’s record before the public suffix’s',
    from: 'a.b.example',
    records: { 'b.example': 'p=none', example: 'p=reject; psd=y' },
    applies: 'none by p of b.example',
    organisation: 'b.example',
  },
  {
    section: '4.10.1',
    says: 'sp speaks for an existing subdomain',
    from: 'a.b.example',
    records: { 'b.example': 'p=reject; sp=none; np=reject' },
    applies: 'none by sp of b.example',
    organisation: 'b.example',
  },
  {
    section: '3.2.13 and 4.10.1',
    says: 'np speaks for a name that is not in DNS',
    from: 'a.b.example',
    records: { 'b.example': 'p=none; sp=quarantine; np=reject' },
    more: { 'a.b.example': 'NXDOMAIN' },
    applies: 'reject by np of b.example',
    organisation: 'b.example',
  },
  {
    section: '3.2.13 (RFC 8020)',
    says: 'a name with other names below it exists',
    from: 'a.b.example',
    records: { 'b.example': 'p=none; np=reject' },
    more: { 'a.b.example': 'ABSENT', 'x.a.b.example': nodata },
    applies: 'none by p of b.example',
    organisation: 'b.example',
  },
  {
    section: '4.7, np',
    says: 'without np, sp speaks for what is not in DNS too',
    from: 'a.b.example',
    records: { 'b.example': 'p=none; sp=reject' },
    more: { 'a.b.example': 'NXDOMAIN' },
    applies: 'reject by sp of b.example',
    organisation: 'b.example',
  },
  {
    section: '4.7, np',
    says: 'and without both, p',
    from: 'a.b.example',
    records: { 'b.example': 'p=reject' },
    more: { 'a.b.example': 'NXDOMAIN' },
    applies: 'reject by p of b.example',
    organisation: 'b.example',
  },
  {
    section: '4.10.1',
    says: 'np of a public suffix speaks for a domain that nobody has registered',
    from: 'b.example',
    records: { example: 'p=none; np=reject; psd=y' },
    more: { 'b.example': 'NXDOMAIN' },
    applies: 'reject by np of example',
    organisation: 'b.example',
  },
  {
    section: '4.7, sp',
    says: 'sp of a record below the organisation has no say',
    from: 'x.a.b.example',
    records: { 'a.b.example': 'p=reject; sp=reject', 'b.example': 'p=none' },
    applies: 'none by p of b.example',
    organisation: 'b.example',
  },
  {
    section: '4.7, t',
    says: 'reject under t=y is quarantine, by whichever tag',
    from: 'a.b.example',
    records: { 'b.example': 'p=none; sp=reject; t=y' },
    applies: 'quarantine by sp of b.example',
    organisation: 'b.example',
  },
  {
    section: '4.7, t',
    says: 'it has no effect on none, and t=n none on anything',
    from: 'b.example',
    records: { 'b.example': 'p=none; t=y' },
    applies: 'none by p of b.example',
    organisation: 'b.example',
  },
  {
    section: '4.7, p',
    says: 'a missing p counts as none where reports are asked for',
    from: 'b.example',
    records: { 'b.example': 'rua=mailto:d@b.example' },
    applies: 'none by rua of b.example',
    organisation: 'b.example',
  },
  {
    section: '4.10.1',
    says: 'and as no DMARC at all where they are not',
    from: 'b.example',
    records: { 'b.example': 'sp=reject' },
    applies: 'nothing by rua of b.example',
    organisation: 'b.example',
    differs: {
      says: 'none',
      because: 'it does not tell a record without power from no record; both mean no DMARC',
    },
  },
  ...(['p=rejct', 'p=reject; sp=rejct', 'p=reject; np=rejct'] as const).map((tags) => ({
    section: '4.10.1',
    says: `a value that is no policy (${tags}) takes the others with it: none`,
    from: 'b.example',
    records: { 'b.example': `${tags}; rua=mailto:d@b.example` },
    applies: 'none by rua of b.example',
    organisation: 'b.example',
  })),
  {
    section: '4.10.1',
    says: 'p is not read out of the inside of sp (a wrong verdict that others give)',
    from: 'b.example',
    records: { 'b.example': 'sp=reject; rua=mailto:d@b.example' },
    applies: 'none by rua of b.example',
    organisation: 'b.example',
  },
  {
    section: '4.7, v and p in any order',
    says: 'sp before p changes neither',
    from: 'b.example',
    records: { 'b.example': 'sp=none; np=none; p=reject' },
    applies: 'reject by p of b.example',
    organisation: 'b.example',
  },
  {
    section: '4.8',
    says: 'a part that breaks the syntax gives way to the default: aspf=strict is relaxed',
    from: 'b.example',
    mailFrom: 'm.b.example',
    records: { 'b.example': 'p=reject; aspf=strict' },
    applies: 'reject by p of b.example',
    organisation: 'b.example',
    spf: 'aligned',
  },
  {
    section: '4.7',
    says: 'unknown tags, and those that are retired, are passed over',
    from: 'b.example',
    records: { 'b.example': 'p=reject; pct=0; ri=1; rf=x; zz=9' },
    applies: 'reject by p of b.example',
    organisation: 'b.example',
  },
  {
    section: '4.5',
    says: 'the strings of one record are joined as they stand',
    from: 'b.example',
    records: { 'b.example': { TXT: [['v=DMARC1; p=rej', 'ect; aspf=s']] } },
    mailFrom: 'm.b.example',
    applies: 'reject by p of b.example',
    organisation: 'b.example',
    spf: 'not-aligned',
  },
  {
    section: '4.5 (RFC 1034 section 3.6.2)',
    says: 'an alias at _dmarc leads to the record',
    from: 'b.example',
    records: { 'b.example': { CNAME: ['b.example._dmarc.host.test'] } },
    more: { 'b.example._dmarc.host.test': { TXT: ['v=DMARC1; p=reject'] } },
    applies: 'reject by p of b.example',
    organisation: 'b.example',
  },
  // Section 4.7, v: the whole record is ignored.
  ...(['v=DMARC2; p=reject', 'p=reject; v=DMARC1', 'v=dmarc1; p=reject', 'v=DMARC1 p=reject'] as const).map(
    (text) => ({
      section: '4.7, v',
      says: `${text} is no record, so the one above applies`,
      from: 'a.b.example',
      records: { 'a.b.example': { TXT: [text] }, 'b.example': 'p=none' },
      applies: 'none by p of b.example',
      organisation: 'b.example',
    }),
  ),
  {
    section: '4.8 (RFC 6376 section 3.2)',
    says: 'V=DMARC1 is another tag than v',
    from: 'a.b.example',
    records: { 'a.b.example': { TXT: ['V=DMARC1; p=reject'] }, 'b.example': 'p=none' },
    applies: 'none by p of b.example',
    organisation: 'b.example',
    differs: {
      says: 'reject of a.b.example, b.example',
      because:
        'the ABNF alone would allow it; but the syntax is that of DKIM, whose tags are case-sensitive, and what some receivers pass over protects nobody',
    },
  },
  {
    section: '4.8 (RFC 6376 section 3.2)',
    says: 'P= is another tag than p',
    from: 'b.example',
    records: { 'b.example': 'P=reject; rua=mailto:d@b.example' },
    applies: 'none by rua of b.example',
    organisation: 'b.example',
    differs: {
      says: 'reject of b.example, b.example',
      because:
        'it folds the case and warns; tags are case-sensitive, and its own strict mode says what we say',
    },
  },
  {
    section: '4.8',
    says: 'white space before the version is none of the grammar’s',
    from: 'a.b.example',
    records: { 'a.b.example': { TXT: [' v=DMARC1; p=reject'] }, 'b.example': 'p=none' },
    applies: 'none by p of b.example',
    organisation: 'b.example',
    differs: { says: 'reject of a.b.example, b.example', because: 'it trims; the grammar begins with v' },
  },
  {
    section: '4.8 (RFC 6376 section 3.2)',
    says: 'of a tag that stands twice the first is read, and a rule says that the list is broken',
    from: 'b.example',
    records: { 'b.example': 'p=none; p=reject' },
    applies: 'none by p of b.example',
    organisation: 'b.example',
    differs: {
      says: 'reject of b.example, b.example',
      because:
        'it takes the last; DKIM’s syntax makes the list invalid, and the weaker reading promises nothing',
    },
  },
  {
    section: '4.10.1 (RFC 6068 section 2)',
    says: 'mailto: without an address is no place for reports',
    from: 'b.example',
    records: { 'b.example': 'rua=mailto:' },
    applies: 'nothing by rua of b.example',
    organisation: 'b.example',
    differs: {
      says: 'none of b.example, b.example',
      because: 'a URI by RFC 3986 it is, but nobody can send there',
    },
  },
  // Answers, and the lack of them (4.10.1 and 5.3.6).
  {
    section: '4.10.1',
    says: 'NODATA in the middle says that there is no record',
    from: 'a.b.c.example',
    records: { 'b.c.example': nodata, 'c.example': 'p=reject' },
    applies: 'reject by p of c.example',
    organisation: 'c.example',
  },
  {
    section: '4.10.1',
    says: 'so does NXDOMAIN, and the walk goes on',
    from: 'a.b.c.example',
    records: { 'b.c.example': 'NXDOMAIN', 'c.example': 'p=reject' },
    applies: 'reject by p of c.example',
    organisation: 'c.example',
  },
  {
    section: '5.3.6',
    says: 'SERVFAIL in the middle says nothing: the policy cannot be applied',
    from: 'a.b.c.example',
    mailFrom: 'c.example',
    records: { 'b.c.example': 'SERVFAIL', 'c.example': 'p=reject' },
    applies: 'unknown',
    organisation: null,
    spf: 'unknown',
  },
  {
    section: '4.10.1',
    says: 'a record at the author domain applies, whatever is silent above it',
    from: 'a.b.example',
    mailFrom: 'b.example',
    records: { 'a.b.example': 'p=reject', 'b.example': 'SERVFAIL' },
    applies: 'reject by p of a.b.example',
    organisation: null,
    spf: 'unknown',
    differs: {
      says: 'temperror',
      because:
        'it has one result for a message; we tell the policy, which is known, apart from the alignment, which is not',
    },
  },
  {
    section: '4.10.2',
    says: 'a silent top that two names share cannot part them',
    from: 'b.example',
    mailFrom: 'm.b.example',
    records: { 'b.example': 'p=reject', example: 'SERVFAIL' },
    applies: 'reject by p of b.example',
    organisation: null,
    spf: 'aligned',
    differs: {
      says: 'temperror',
      because:
        'it gives up at the first silent name; whatever the top says, both names come to the same place',
    },
  },
  {
    section: '4.10, step 2',
    says: 'what is silent above psd=n is never asked',
    from: 'a.b.example',
    records: { 'b.example': 'p=reject; psd=n', example: 'SERVFAIL' },
    applies: 'reject by p of b.example',
    organisation: 'b.example',
  },
  {
    section: '5.3.6',
    says: 'no answer about whether the author domain exists, where np decides: unknown',
    from: 'a.b.example',
    records: { 'b.example': 'p=none; np=reject' },
    more: { 'a.b.example': 'SERVFAIL' },
    applies: 'unknown',
    organisation: 'b.example',
    differs: {
      says: 'temperror',
      because: 'the same in other words: it names the organisation only when it is done',
    },
  },
];

function zoneOf({ from, records, more = {} }: Case): Zone {
  const entry = (value: string | string[] | object) => {
    if (typeof value === 'string' && /^[A-Z]+$/.test(value)) return value;
    if (typeof value === 'object' && !Array.isArray(value)) return value;
    return { TXT: [value].flat().map((tags) => `v=DMARC1; ${tags}`) };
  };
  const dmarcs = Object.entries(records).map(([name, value]) => [`_dmarc.${name}`, entry(value)]);
  const there = { [from]: { A: ['192.0.2.1'] }, ...more };
  // A name that exists for what stands below it alone has no entry of its own.
  const rest = Object.entries(there).filter(([, value]) => value !== 'ABSENT');
  return Object.fromEntries([...dmarcs, ...rest]);
}

async function ours(one: Case) {
  const mail = await mailOf(one.from, one.mailFrom ?? null);
  const dkimSelectors = one.signer ? [`x._domainkey.${one.signer}`] : [];
  const { value } = await factOf('dmarc', zoneOf(one), { ...mail, dkimSelectors });
  const { applied, author, spfAlignment, signers } = value;
  const told =
    typeof applied === 'string'
      ? applied
      : `${applied.effective ?? 'nothing'} by ${applied.tag} of ${applied.record.domain}`;
  return {
    applies: told,
    organisation: author.organisationalDomain,
    spf: spfAlignment,
    dkim: signers[0]?.alignment ?? null,
  };
}

test.each(cases)('section $section: $says', async (one) => {
  expect(await ours(one)).toEqual({
    applies: one.applies,
    organisation: one.organisation,
    spf: one.spf ?? null,
    dkim: one.dkim ?? null,
  });
});

test('every example of appendix B that has a policy is here', () => {
  const wanted = ['B.1.1', 'B.1.2', 'B.2.1', 'B.2.3', 'B.2.5', 'B.3.1', 'B.4.1', 'B.4.2', 'B.4.3'];
  for (const section of wanted) expect(cases.some((one) => one.section.startsWith(section))).toBe(true);
});

const codes: Record<string, string> = { nodata: 'ENODATA', nxdomain: 'ENOTFOUND', servfail: 'ESERVFAIL' };

/** The other library over the same packets. */
async function theirs(one: Case): Promise<string> {
  const resolver: Resolver & { close(): Promise<void> } = await resolverOf(zoneOf(one));
  const ask = async (name: string, type: 'TXT' | 'A' | 'CNAME') => {
    const answer = await resolver.ask({ name, type }, AbortSignal.timeout(5000));
    const found = answer.records.filter((record) => record.type === type);
    if (answer.status === 'answered' && found.length > 0)
      return found.map((record) => record.strings ?? [record.data]);
    const code = codes[answer.status] ?? 'ENODATA';
    throw Object.assign(new Error(code), { code });
  };
  try {
    const result = await dmarc({
      headerFrom: `a@${one.from}`,
      spfDomains: one.mailFrom ? [one.mailFrom] : [],
      dkimDomains: one.signer ? [{ domain: one.signer }] : [],
      resolver: ask,
    } as unknown as Parameters<typeof dmarc>[0]);
    if (result === false) return 'no author domain';
    const { status, policy, policyDomain, domain, alignment } = result as unknown as {
      status: { result: string };
      policy: string;
      policyDomain: string;
      domain: string;
      alignment: { spf: { result?: string }; dkim: { result?: string } };
    };
    if (status.result === 'temperror' || status.result === 'none') return status.result;
    const aligned = [
      ...(one.mailFrom ? [`SPF ${alignment.spf.result ? 'aligned' : 'not-aligned'}`] : []),
      ...(one.signer ? [`DKIM ${alignment.dkim.result ? 'aligned' : 'not-aligned'}`] : []),
    ];
    return [`${policy} of ${policyDomain}, ${domain}`, ...aligned].join(', ');
  } finally {
    await resolver.close();
  }
}

test.each(cases)('another library on section $section: $says', async (one) => {
  const said = await theirs(one);
  if (one.differs) {
    expect(said.startsWith(one.differs.says), `${said}: no longer differs so`).toBe(true);
    expect(one.differs.because.length).toBeGreaterThan(20);
    return;
  }
  const { applies, organisation, spf, dkim } = one;
  const aligned = [...(spf ? [`SPF ${spf}`] : []), ...(dkim ? [`DKIM ${dkim}`] : [])];
  const same =
    applies === 'unknown'
      ? 'temperror'
      : [`${applies.replace(/ by \w+ of /, ' of ')}, ${organisation}`, ...aligned].join(', ');
  expect(said).toBe(same);
});
