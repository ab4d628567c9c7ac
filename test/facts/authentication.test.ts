/** What the rules make of facts that are only partly known: certain failures stand, nothing else passes. */
import { describe, expect, test } from 'vitest';
import dmarcPolicy from '../../rules/authentication/dmarc-policy.ts';
import mailFromSpf from '../../rules/authentication/mail-from-spf.ts';
import spfInclude from '../../rules/authentication/spf-include.ts';
import spfLookupLimit from '../../rules/authentication/spf-lookup-limit.ts';
import spfScope from '../../rules/authentication/spf-scope.ts';
import { clients } from '../../rules/clients/index.ts';
import { policy } from '../../rules/policy.ts';
import type { Change, Facts, Rule, World } from '../../src/rule.ts';
import { factsFor, noBrowser, now } from '../world.ts';

async function answerOf(rule: Rule, world: World) {
  const gathered = await factsFor(rule, world, noBrowser);
  const known = Object.fromEntries(
    Object.entries(gathered).map(([name, fact]) => [name, fact.known ? fact.value : undefined]),
  );
  return rule.check(known as unknown as Facts, { policy, clients, now });
}

/** The keys of the problems, or why there are none. */
async function said(rule: Rule, world: World): Promise<string> {
  const answer = await answerOf(rule, world);
  if ('unknown' in answer) return `unknown: ${answer.unknown}`;
  if ('notApplicable' in answer) return `not applicable: ${answer.notApplicable}`;
  return answer.map(({ key }) => key).join(' ') || 'pass';
}

const mejl = (record: string, more: Record<string, unknown> = {}): World => ({
  zone: { 'mejl.example.se': { TXT: [record] }, 'dark.example': 'SERVFAIL', ...more },
});
const eleven = 'exists:%{i}.a.example '.repeat(11);

const open = 'unknown: unanswered';

/** What mail-from-spf, spf-scope, spf-include and spf-lookup-limit say, in this order. */
test.each<[string, World, [string, string, string, string]]>([
  ['a redirect without an answer', mejl('v=spf1 redirect=dark.example'), ['pass', open, open, open]],
  ['an include without an answer', mejl('v=spf1 include:dark.example -all'), ['pass', open, open, open]],
  [
    'over the limit all the same',
    mejl(`v=spf1 ${eleven}include:dark.example -all`),
    ['pass', open, open, 'tooMany'],
  ],
  [
    'broken all the same',
    mejl('v=spf1 include:dark.example include:gone.example -all'),
    ['pass', open, 'vanished', open],
  ],
  ['open all the same', mejl('v=spf1 include:dark.example +all'), ['pass', 'everyone', open, open]],
  ['faulty all the same', mejl('v=spf1 include:dark.example ipv4:1 -all'), ['invalid', open, open, open]],
  [
    'an ending that depends on the mail',
    mejl('v=spf1 redirect=%{i}.example'),
    ['pass', 'unknown: not-given', 'pass', 'pass'],
  ],
  ['no answer at the root', { zone: { 'mejl.example.se': 'TIMEOUT' } }, [open, open, open, open]],
  ['nobody may send', mejl('v=spf1 -all'), ['nobody', 'pass', 'pass', 'pass']],
  [
    'a tree cut short',
    mejl(`v=spf1 ${'include:a.%{d} '.repeat(50)} -all`, { 'a.mejl.example.se': { TXT: ['v=spf1 -all'] } }),
    ['pass', 'pass', 'pass', 'tooMany'],
  ],
])('%s', async (_, world, expected) => {
  const said4 = [mailFromSpf, spfScope, spfInclude, spfLookupLimit].map((rule) => said(rule, world));
  expect(await Promise.all(said4)).toEqual(expected);
});

describe('the record to publish', () => {
  const changeOf = async (rule: Rule, world: World): Promise<Change | undefined> => {
    const answer = await answerOf(rule, world);
    return Array.isArray(answer) ? answer[0]?.change : undefined;
  };

  test.each<[string, string | undefined]>([
    ['v=spf1 mx +all', 'v=spf1 mx ~all'],
    ['v=spf1 mx all exp=why.example.se', 'v=spf1 mx ~all exp=why.example.se'],
    ['v=spf1 mx:mx.all.example ALL', 'v=spf1 mx:mx.all.example ~all'],
    ['v=spf1 ip4:0.0.0.0/0 -all', undefined],
    ['v=spf1 redirect=open.example', undefined],
  ])('%s becomes %s', async (record, wanted) => {
    const change = await changeOf(spfScope, mejl(record, { 'open.example': { TXT: ['v=spf1 +all'] } }));
    expect(change?.new).toBe(wanted);
  });

  test.each<[string, Record<string, unknown>, string, string | null]>([
    [
      'its own',
      { '_dmarc.n.example.se': { TXT: ['v=DMARC1; sp=none'] } },
      '_dmarc.n.example.se',
      'v=DMARC1; sp=none',
    ],
    [
      'of the organisation',
      { '_dmarc.example.se': { TXT: ['v=DMARC1; sp=none'] } },
      '_dmarc.example.se',
      'v=DMARC1; sp=none',
    ],
    [
      'not of the public suffix',
      { '_dmarc.example.se': 'NXDOMAIN', '_dmarc.se': { TXT: ['v=DMARC1; psd=y'] } },
      '_dmarc.n.example.se',
      null,
    ],
    ['nothing there', { '_dmarc.example.se': 'NXDOMAIN' }, '_dmarc.n.example.se', null],
  ])('a DMARC record: %s', async (_, zone, name, old) => {
    expect(await changeOf(dmarcPolicy, { from: 'a@n.example.se', zone })).toMatchObject({ name, old });
  });
});

test('several DMARC records are certain, whatever else is not', async () => {
  const zone = {
    '_dmarc.example.se': { TXT: ['v=DMARC1; p=none', 'v=DMARC1; p=none'] },
    '_dmarc.se': 'SERVFAIL',
  };
  expect(await said(dmarcPolicy, { zone })).toBe('several');
  expect(await said(dmarcPolicy, { from: 'a@n.example.se', zone })).toBe('unknown: unanswered');
});
