/** What SES says of the identity that it sends by, and what the route is known to go by. */
import { describe, expect, test } from 'vitest';
import { clients } from '../../rules/clients/index.ts';
import { policy } from '../../rules/policy.ts';
import type { SendingServer } from '../../src/facts/asking.ts';
import type { Facts } from '../../src/facts/facts.ts';
import { gatherSender } from '../../src/facts/gather.ts';
import type { IdentityStatus } from '../../src/ports.ts';
import { readSender, type TemplateRoute } from '../../src/submission.ts';
import { clock, noBrowser, resolverOf } from '../world.ts';

const ses: SendingServer = { id: 'ses', kind: 'ses', provider: 'Amazon SES', place: 'eu-north-1', spf: null };
const smtp: SendingServer = { id: 'smtp', kind: 'smtp', provider: 'S', place: 'a.test:465', spf: null };
const by = (transport: string | null, mail_from = 'mejl.example.se'): TemplateRoute => ({
  transport,
  mail_from,
  dkim: [],
  signed_by: [],
});
const status = (domain: string): IdentityStatus => ({
  domain,
  dkim: 'SUCCESS',
  mailFrom: 'SUCCESS',
  mailFromDomain: null,
  selectors: [],
  onMxFailure: 'reject',
});

async function gathered(
  told: Record<string, string | 'silent'>,
  from = 'nyheter.example.se',
  routes: readonly TemplateRoute[] = [by('ses')],
) {
  const asked: string[] = [];
  const resolver = await resolverOf({});
  const read = readSender({ domain: from, routes }, 'org_test');
  if (!read.ok) throw new Error('no sender');
  const { facts } = await gatherSender(
    ['identity', 'mailFrom'],
    read.sender,
    {
      resolver,
      browser: noBrowser,
      clock,
      policy,
      clients,
      transports: [ses, smtp],
      async identity(transport, domain) {
        asked.push(`${transport} ${domain}`);
        const word = told[domain] ?? 'NOT_FOUND';
        return word === 'silent' ? undefined : status(word);
      },
    },
    { signal: new AbortController().signal, onProgress: () => {} },
  );
  await resolver.close();
  if (!facts.identity?.known || !facts.mailFrom?.known) throw new Error('not known');
  const identity: Facts['identity'] = facts.identity.value;
  return { identity, mailFrom: facts.mailFrom.value, asked, evidence: facts.identity.evidence };
}

const named = ({ identity }: Facts['identity']) =>
  identity !== null && typeof identity === 'object'
    ? `${identity.domain} ${identity.status.domain}`
    : identity;

describe('the identity that SES sends by', () => {
  test.each<[string, Record<string, string>, string]>([
    [
      'the From domain itself',
      { 'nyheter.example.se': 'SUCCESS', 'example.se': 'SUCCESS' },
      'nyheter.example.se SUCCESS',
    ],
    ['its parent, where it is not known itself', { 'example.se': 'SUCCESS' }, 'example.se SUCCESS'],
    [
      'its parent, where it is not verified itself',
      { 'nyheter.example.se': 'PENDING', 'example.se': 'SUCCESS' },
      'example.se SUCCESS',
    ],
    [
      'the nearest, where none is verified',
      { 'nyheter.example.se': 'PENDING', 'example.se': 'FAILED' },
      'nyheter.example.se PENDING',
    ],
    ['none', {}, 'none'],
    [
      'silence about the nearest leaves it open',
      { 'nyheter.example.se': 'silent', 'example.se': 'SUCCESS' },
      'unanswered',
    ],
    ['silence about the parent as well', { 'example.se': 'silent' }, 'unanswered'],
    [
      'silence above what is verified does not matter',
      { 'nyheter.example.se': 'SUCCESS', 'example.se': 'silent' },
      'nyheter.example.se SUCCESS',
    ],
  ])('%s', async (_, told, expected) => {
    expect(named((await gathered(told)).identity)).toBe(expected);
  });

  test('no other organisation is asked about, however deep the name, and never more than four', async () => {
    const { asked } = await gathered({}, 'a.b.c.d.e.f.example.co.uk');
    expect(asked).toHaveLength(4);
    expect(asked).toContain('ses example.co.uk');
    expect(asked).not.toContain('ses co.uk');
  });

  test('what SES said is the evidence', async () => {
    const { evidence } = await gathered({ 'example.se': 'SUCCESS' }, 'example.se');
    expect(evidence).toMatchObject([
      { kind: 'provider', transport: 'ses', domain: 'example.se', status: { domain: 'SUCCESS' } },
    ]);
  });
});

test('nobody is asked about a route by SMTP, by a system of one’s own, or by a server that is not here', async () => {
  for (const [transport, server] of [
    ['smtp', smtp],
    [null, null],
    ['gone', 'unknown'],
  ] as const) {
    const { identity, mailFrom, asked } = await gathered({}, 'example.se', [by(transport)]);
    expect(asked).toEqual([]);
    expect(identity).toMatchObject({ server, identity: null });
    expect(mailFrom.server).toEqual(server);
  }
});

test('a MAIL FROM that two routes share is seen from each', async () => {
  const shared = await gathered({}, 'example.se', [by('ses'), by('smtp')]);
  expect(shared.mailFrom.sharedWith).toEqual([smtp]);
  const apart = await gathered({}, 'example.se', [by('ses'), by('smtp', 'studs.example.se')]);
  expect(apart.mailFrom.sharedWith).toEqual([]);
});
