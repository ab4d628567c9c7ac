/** The From domain's own SPF record, where nobody has said what MAIL FROM is: what is wrong with it whatever uses it. */
import { describe, expect, test } from 'vitest';
import { clients } from '../../rules/clients/index.ts';
import { rules } from '../../rules/index.ts';
import { policy } from '../../rules/policy.ts';
import { type Facts, locales, type World } from '../../src/rule.ts';
import { factsFor, noBrowser, now } from '../world.ts';

const spfRules = rules.authentication.filter(({ id }) => /^(?:spf-|mail-from-spf$)/.test(id));
const numbered = (count: number, one: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => one(i));

async function foundIn(world: World) {
  const found = await Promise.all(
    spfRules.map(async (rule) => {
      const gathered = await factsFor(rule, world, noBrowser);
      const known = Object.fromEntries(
        Object.entries(gathered).map(([name, fact]) => [name, fact.known ? fact.value : undefined]),
      );
      const answer = rule.check(known as unknown as Facts, { policy, clients, now });
      if ('unknown' in answer || 'notApplicable' in answer) return [];
      return answer.map((problem) => ({ rule, problem }));
    }),
  );
  return found.flat();
}

/** As `rule problem`, with what to publish. */
async function said(world: World): Promise<string[]> {
  return (await foundIn(world)).map(({ rule, problem: { key, change } }) =>
    [`${rule.id} ${key}`, ...(change?.kind === 'dns' ? [`${change.name} ${change.new}`] : [])].join(': '),
  );
}

const at = (TXT: string[], more: Record<string, unknown> = {}): World => ({
  mailFrom: null,
  zone: { 'example.se': { MX: ['10 in.example.se'], A: ['192.0.2.10'], TXT }, ...more },
});
const becomes = (text: string) => `example.se ${text}`;

describe('the record of the From domain, without MAIL FROM', () => {
  test.each<[string, World, string[]]>([
    ['sound', at(['v=spf1 mx -all']), []],
    ['sound, and sends by none', at(['v=spf1 -all']), []],
    [
      'several',
      at(['v=spf1 mx -all', 'v=spf1 a -all']),
      [`mail-from-spf several: ${becomes('v=spf1 mx a -all')}`],
    ],
    [
      'an equals sign',
      at(['v=spf1 mx ip4=192.0.2.1 -all']),
      [`mail-from-spf equals: ${becomes('v=spf1 mx ip4:192.0.2.1 -all')}`],
    ],
    [
      'a word that is none',
      at(['v=spf1 mx ipv4:192.0.2.1 -all']),
      [`mail-from-spf invalid: ${becomes('v=spf1 mx ip4:192.0.2.1 -all')}`],
    ],
    [
      'no version at its start',
      at(['v=spf1; mx -all']),
      [`spf-from-domain broken: ${becomes('v=spf1 mx -all')}`],
    ],
    ['+all', at(['v=spf1 mx +all']), [`spf-scope everyone: ${becomes('v=spf1 mx ~all')}`]],
    ['?all', at(['v=spf1 mx ?all']), [`spf-ending neutral: ${becomes('v=spf1 mx ~all')}`]],
    ['no all', at(['v=spf1 mx']), [`spf-ending open: ${becomes('v=spf1 mx ~all')}`]],
    ['ptr', at(['v=spf1 mx ptr -all']), [`spf-pointer pointer: ${becomes('v=spf1 mx -all')}`]],
    [
      'an internal address',
      at(['v=spf1 mx ip4:10.0.0.1 -all']),
      [`spf-private-address private: ${becomes('v=spf1 mx -all')}`],
    ],
    [
      'a dead name',
      at(['v=spf1 mx a:gone.example -all']),
      [`spf-dead-end dead: ${becomes('v=spf1 mx -all')}`],
    ],
    [
      'three dead names',
      at(['v=spf1 mx a:x.example a:y.example a:z.example -all']),
      [`spf-from-domain empty: ${becomes('v=spf1 mx -all')}`],
    ],
    [
      'an include that is gone',
      at(['v=spf1 mx include:gone.example -all']),
      [`spf-from-domain gone: ${becomes('v=spf1 mx -all')}`],
    ],
    [
      'a loop',
      at(['v=spf1 mx include:example.se -all']),
      [`spf-from-domain gone: ${becomes('v=spf1 mx -all')}`],
    ],
    [
      'eleven look-ups',
      at([`v=spf1 ${numbered(11, (i) => `a:n${i}.example.se`).join(' ')} -all`], {
        ...Object.fromEntries(
          numbered(11, (i) => `n${i}.example.se`).map((name) => [name, { A: ['192.0.2.1'] }]),
        ),
      }),
      [
        `spf-from-domain long: ${becomes(`v=spf1 ip4:192.0.2.1 ${numbered(10, (i) => `a:n${i + 1}.example.se`).join(' ')} -all`)}`,
      ],
    ],
    [
      'too large',
      at(['v=spf1 mx -all', ...numbered(3, (i) => `${i}=${'x'.repeat(150)}`)]),
      ['spf-size large'],
    ],
    ['never read', at(['v=spf1 mx -all ip4:192.0.2.1']), ['spf-order unread']],
    ['none', at(['other text']), [`spf-from-domain absent: ${becomes('v=spf1 mx ~all')}`]],
    [
      'in the wrong place',
      at(['other text'], { '_spf.example.se': { TXT: ['v=spf1 mx -all'] } }),
      [`spf-from-domain misplaced: ${becomes('v=spf1 mx -all')}`],
    ],
    [
      'at its name with that of the zone behind it',
      at(['other text'], { 'example.se.example.se': { TXT: ['v=spf1 mx -all'] } }),
      [`spf-from-domain misplaced: ${becomes('v=spf1 mx -all')}`],
    ],
    ['no answer', { mailFrom: null, zone: { 'example.se': 'SERVFAIL' } }, []],
  ])('%s', async (_, world, expected) => {
    expect(await said(world)).toEqual(expected);
  });

  test('nothing is offered to publish beside an alias', async () => {
    const zone = {
      'example.se': { CNAME: ['other.example'] },
      'other.example': { TXT: ['v=spf1 ip4:192.0.2.1 ?all'] },
    };
    expect(await said({ mailFrom: null, zone })).toEqual(['spf-ending neutral']);
  });

  test('Amazon SES is not put into it, though the route goes there', async () => {
    const world = {
      ...at(['v=spf1 mx ?all']),
      routes: [{ transport: 'ses', mailFrom: null }],
    };
    expect(await said(world as unknown as World)).toContain(
      `spf-ending neutral: ${becomes('v=spf1 mx ~all')}`,
    );
  });

  test('each finding says whose record it is, in every language; with MAIL FROM none does', async () => {
    for (const world of [
      at(['v=spf1 mx ptr ?all']),
      at(['v=spf1 mx +all']),
      at([]),
      at(['v=spf1 ip4=1.2.3.4 -all']),
    ]) {
      const found = await foundIn(world);
      expect(found.length).toBeGreaterThan(0);
      for (const { rule, problem } of found) {
        for (const locale of locales) {
          expect(rule.words[locale].problems[problem.key]?.(problem.data)).toMatch(/own record|egen post/);
        }
      }
      const known = await foundIn({ ...world, mailFrom: 'example.se' });
      for (const { rule, problem } of known) {
        expect(rule.words.en.problems[problem.key]?.(problem.data)).not.toMatch(/own record/);
      }
    }
  });

  test('gating alone: forgery by anybody, and what breaks SPF for all mail that uses the record', async () => {
    const gating = async (world: World) =>
      (await foundIn(world)).filter(({ rule }) => policy.gates.includes(rule.severity)).length;
    for (const open of [['v=spf1 +all'], ['v=spf1 mx -all', 'v=spf1 -all'], ['v=spf1 foo -all']]) {
      expect(await gating(at(open))).toBe(1);
    }
    for (const hygiene of [['v=spf1 include:gone.example -all'], ['v=spf1 ?all'], ['v=spf1 -all'], []]) {
      expect(await gating(at(hygiene))).toBe(0);
    }
  });
});
