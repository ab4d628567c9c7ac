/** One record for a name, whoever offers it: none that harms, the one found at a doubled name, none without a domain. */
import { describe, expect, test } from 'vitest';
import bimiPolicy from '../../rules/authentication/bimi-policy.ts';
import dkimKey from '../../rules/authentication/dkim-key.ts';
import dmarcAlignment from '../../rules/authentication/dmarc-alignment.ts';
import dmarcOlderReceivers from '../../rules/authentication/dmarc-older-receivers.ts';
import dmarcPolicy from '../../rules/authentication/dmarc-policy.ts';
import dmarcRedundancy from '../../rules/authentication/dmarc-redundancy.ts';
import dmarcRetiredTags from '../../rules/authentication/dmarc-retired-tags.ts';
import dmarcStrength from '../../rules/authentication/dmarc-strength.ts';
import dmarcSubdomains from '../../rules/authentication/dmarc-subdomains.ts';
import dmarcTesting from '../../rules/authentication/dmarc-testing.ts';
import spfFromDomain from '../../rules/authentication/spf-from-domain.ts';
import { clients } from '../../rules/clients/index.ts';
import doubledName from '../../rules/domain/doubled-name.ts';
import mailFromMx from '../../rules/domain/mail-from-mx.ts';
import mailFromSubdomain from '../../rules/domain/mail-from-subdomain.ts';
import mtaSts from '../../rules/domain/mta-sts.ts';
import tlsReports from '../../rules/domain/tls-reports.ts';
import { policy } from '../../rules/policy.ts';
import fromDomain from '../../rules/sender/from-domain.ts';
import fromExchanger from '../../rules/sender/from-exchanger.ts';
import { areas, type Rule, type World } from '../../src/rule.ts';
import { judge, type Rules } from '../../src/verdict.ts';
import { factsByRoute, noBrowser, now, soundZone } from '../world.ts';

async function findingOf(rule: Rule, world: World) {
  const none = Object.fromEntries(areas.map((area) => [area, []])) as unknown as Rules;
  const rules = { ...none, authentication: [rule] };
  const facts = await factsByRoute(rule, world, noBrowser);
  const { findings } = judge({ ...facts, rules, policy, clients, now, partial: false, simulated: true });
  const [finding] = findings;
  if (!finding) throw new Error('nothing was judged');
  return finding;
}

async function offered(rule: Rule, world: World) {
  const { problems } = await findingOf(rule, world);
  return problems.flatMap(({ change }) => change ?? []);
}

describe('a policy that binds, while the mail cannot pass', () => {
  const unsigned = { 's1._domainkey.example.se': { TXT: ['v=DKIM1; p='] } };
  const rua = 'rua=mailto:dmarc@example.se';
  const bimi = { 'default._bimi.example.se': { TXT: ['v=BIMI1; l=https://example.se/logo.svg'] } };
  const cases: [string, Rule, string][] = [
    ['dmarc-strength', dmarcStrength, `p=none; ${rua}`],
    ['dmarc-testing', dmarcTesting, `p=reject; t=y; ${rua}`],
    ['dmarc-subdomains', dmarcSubdomains, `p=reject; sp=none; ${rua}`],
    ['dmarc-retired-tags', dmarcRetiredTags, `p=reject; pct=20; ${rua}`],
    ['dmarc-older-receivers', dmarcOlderReceivers, `p=reject; pct=20; ${rua}`],
    ['bimi-policy', bimiPolicy, `p=none; ${rua}`],
  ];
  test.each(cases)('%s offers no record, and says what it waits for', async (_, rule, text) => {
    const zone = { ...bimi, '_dmarc.example.se': { TXT: [`v=DMARC1; ${text}`] } };
    expect(await offered(rule, { mailFrom: 'mejl.example.se', zone })).not.toEqual([]);
    const world = { mailFrom: 'bounce.service.example', zone: { ...zone, ...unsigned } };
    const { outcome, problems } = await findingOf(rule, world);
    expect(outcome).toBe('fail');
    expect(problems.some(({ data }) => 'waits' in data && `${data.waits}`.includes('pass'))).toBe(true);
    expect(await offered(rule, world)).toEqual([]);
  });
});

describe('a mail that no leg carries, as far as anybody knows', () => {
  const alien = { 'k._domainkey.other.example': soundZone['s1._domainkey.example.se'] ?? {} };
  const zone = {
    ...alien,
    '_dmarc.example.se': { TXT: ['v=DMARC1; p=quarantine; rua=mailto:d@example.se'] },
  };
  const selector = 'k._domainkey.other.example';
  const world: World = { mailFrom: 'bounce.esp.example', dkimSelectors: [selector], zone };

  test('has no two legs: that is unknown, as it is to the check of its domains', async () => {
    const answer = { outcome: 'unknown', reason: 'needs-dkim', ask: 'sent-message' };
    expect(await findingOf(dmarcAlignment, world)).toMatchObject(answer);
    expect(await findingOf(dmarcRedundancy, world)).toMatchObject(answer);
  });

  test('is not said to fail: no record is offered, since nothing shows that it passes', async () => {
    const weaker = { ...zone, '_dmarc.example.se': { TXT: ['v=DMARC1; p=reject; t=y'] } };
    const { problems } = await findingOf(dmarcTesting, { ...world, zone: weaker });
    expect(problems).toMatchObject([{ data: { waits: 'unsaid' } }]);
  });
});

describe('what stands at a doubled name', () => {
  const gone = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 'NXDOMAIN' as const]));
  const twice = (name: string) => `${name}.example.se`;
  const dmarc = '_dmarc.example.se';
  const key = 's1._domainkey.example.se';
  const bounces = 'mejl.example.se';
  const text = 'v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=';
  const cases: [string, Rule, World, { type: string; name: string; new: string }][] = [
    [
      'a DMARC policy that binds begins without consequences, with its own report address',
      dmarcPolicy,
      {
        zone: {
          ...gone(dmarc),
          [twice(dmarc)]: { TXT: ['v=DMARC1; p=quarantine; sp=reject; rua=mailto:a@example.se'] },
        },
      },
      { type: 'TXT', name: dmarc, new: 'v=DMARC1; p=none; rua=mailto:a@example.se' },
    ],
    [
      'a DMARC record that is misspelt there is mended',
      dmarcPolicy,
      { zone: { ...gone(dmarc), [twice(dmarc)]: { TXT: ['v=dmarc1; p=none rua=mailto:a@example.se'] } } },
      { type: 'TXT', name: dmarc, new: 'v=DMARC1; p=none; rua=mailto:a@example.se' },
    ],
    [
      'of two DMARC records nobody knows which',
      dmarcPolicy,
      { zone: { ...gone(dmarc), [twice(dmarc)]: { TXT: ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] } } },
      { type: 'TXT', name: dmarc, new: 'v=DMARC1; p=none; rua=mailto:dmarc@example.se' },
    ],
    [
      'an alias to a DMARC record that binds is not offered',
      dmarcPolicy,
      {
        zone: {
          ...gone(dmarc),
          [twice(dmarc)]: { CNAME: ['d.service.example'] },
          'd.service.example': { TXT: ['v=DMARC1; p=reject'] },
        },
      },
      { type: 'TXT', name: dmarc, new: 'v=DMARC1; p=none; rua=mailto:dmarc@example.se' },
    ],
    [
      'an alias to one that does not is',
      dmarcPolicy,
      {
        zone: {
          ...gone(dmarc),
          [twice(dmarc)]: { CNAME: ['d.service.example'] },
          'd.service.example': { TXT: ['v=DMARC1; p=none; rua=mailto:a@service.example'] },
        },
      },
      { type: 'CNAME', name: dmarc, new: 'd.service.example' },
    ],
    [
      'a DKIM key',
      dkimKey,
      { zone: { ...gone(key), [twice(key)]: { TXT: [text] } } },
      { type: 'TXT', name: key, new: text },
    ],
    [
      'an MX record for bounces',
      mailFromMx,
      {
        zone: {
          [bounces]: { TXT: ['v=spf1 include:amazonses.com ~all'] },
          [twice(bounces)]: { MX: ['10 feedback-smtp.eu-west-1.amazonses.com'] },
        },
      },
      { type: 'MX', name: bounces, new: '10 feedback-smtp.eu-west-1.amazonses.com' },
    ],
    [
      'an MX record of the From domain',
      fromExchanger,
      { zone: { 'example.se': { TXT: ['x'] }, [twice('example.se')]: { MX: ['10 in.example.se'] } } },
      { type: 'MX', name: 'example.se', new: '10 in.example.se' },
    ],
    [
      'an MTA-STS record',
      mtaSts,
      {
        zone: {
          ...gone('_mta-sts.example.se', 'mta-sts.example.se'),
          [twice('_mta-sts.example.se')]: { TXT: ['v=STSv1; id=2026'] },
        },
      },
      { type: 'TXT', name: '_mta-sts.example.se', new: 'v=STSv1; id=2026' },
    ],
    [
      'a TLS-RPT record',
      tlsReports,
      {
        zone: {
          ...gone('_smtp._tls.example.se'),
          [twice('_smtp._tls.example.se')]: { TXT: ['v=TLSRPTv1; rua=mailto:a@example.se'] },
        },
      },
      { type: 'TXT', name: '_smtp._tls.example.se', new: 'v=TLSRPTv1; rua=mailto:a@example.se' },
    ],
  ];
  test.each(cases)('%s', async (_, rule, world, wanted) => {
    const sent = { mailFrom: bounces, dkimSelectors: ['s1'], ...world };
    expect(await offered(rule, sent)).toEqual([{ kind: 'dns', old: null, ...wanted }]);
    // The check of the doubled name offers nothing at the right one: it says what to take away.
    const taken = await offered(doubledName, sent);
    expect(taken).not.toEqual([]);
    for (const one of taken) expect(one).toMatchObject({ name: twice(wanted.name), new: null });
  });

  test('of several MX records there each is offered, by its own check alone', async () => {
    const both = ['10 in1.example.se', '20 in2.example.se'];
    const zone = { 'example.se': { TXT: ['x'] }, [twice('example.se')]: { MX: both } };
    expect(await offered(fromExchanger, { zone })).toEqual([]);
    expect(await offered(doubledName, { zone })).toEqual(
      both.map((one) => ({ kind: 'dns', type: 'MX', name: 'example.se', old: null, new: one })),
    );
  });

  test('of two TLS-RPT records there nobody knows which: both are to be taken away', async () => {
    const both = ['v=TLSRPTv1; rua=mailto:a@example.se', 'v=TLSRPTv1; rua=mailto:b@example.se'];
    const name = '_smtp._tls.example.se';
    const zone = { ...gone(name), [twice(name)]: { TXT: both } };
    const old = both.map((one) => ({ name: twice(name), old: one, new: null }));
    expect(await offered(doubledName, { zone })).toMatchObject(old);
    expect(await offered(tlsReports, { zone })).not.toMatchObject([{ new: both[0] }]);
  });

  test('where nothing else asks for it, its own check offers it', async () => {
    const logo = 'v=BIMI1; l=https://example.se/logo.svg';
    const zone = { [twice('default._bimi.example.se')]: { TXT: [logo] } };
    const wanted = { kind: 'dns', type: 'TXT', name: 'default._bimi.example.se', old: null, new: logo };
    expect(await offered(doubledName, { zone })).toEqual([wanted]);
  });
});

describe('a domain that does not exist', () => {
  const world: World = { from: 'a@finnsinte.example', mailFrom: null, dkimSelectors: ['s1'] };
  test.each([
    ['dmarc-policy', dmarcPolicy],
    ['dkim-key', dkimKey],
    ['spf-from-domain', spfFromDomain],
    ['mail-from-subdomain', mailFromSubdomain],
    ['from-exchanger', fromExchanger],
  ])('%s leaves it to the check of the domain', async (_, rule) => {
    expect(await findingOf(rule, world)).toMatchObject({ outcome: 'not-applicable', reason: 'no-domain' });
    expect(await findingOf(fromDomain, world)).toMatchObject({ outcome: 'fail', gates: true });
  });

  test('a subdomain that is missing below one that is there is the work of its own zone', async () => {
    const zone = { '_dmarc.example.se': 'NXDOMAIN' as const };
    const below = { from: 'a@n.example.se', zone };
    expect(await findingOf(dmarcPolicy, below)).toMatchObject({ outcome: 'fail' });
  });
});
