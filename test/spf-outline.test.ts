/** The SPF tree as a verdict keeps it: from real DNS packets, through the gatherer, small whatever it was. */
import { describe, expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { policy } from '../rules/policy.ts';
import { ruleSet } from '../rules/version.ts';
import type { GatheredFacts } from '../src/facts/facts.ts';
import { createPreflight } from '../src/preflight.ts';
import { outlineSpf, type SpfOutline, type SpfOutlineNode } from '../src/verdict/spf-outline.ts';
import { judge } from '../src/verdict.ts';
import { factOf, mailOf, type Zone } from './facts/dns-world.ts';
import { clock, noBrowser, now, resolverOf, submissionOf } from './world.ts';

const leaf = { TXT: ['v=spf1 ip4:192.0.2.1 -all'] };
const host = { A: ['192.0.2.1'], MX: ['10 in.a.example'] };
const record = (text: string, more: Zone = {}): Zone => ({ 'a.example': { TXT: [text], ...host }, ...more });

async function outlineOf(zone: Zone, mailFrom: string | null = 'a.example'): Promise<SpfOutline> {
  const { value } = await factOf('spf', zone, await mailOf('example.se', mailFrom));
  return outlineSpf(value, policy);
}

/** A tree in one line a term: depth by indent, then look-up, void and where it leads. */
function drawn({ terms, omitted }: SpfOutlineNode, indent = ''): string[] {
  return [
    ...terms.flatMap(({ text, lookup, isVoid, node }) => [
      `${indent}${[text, lookup ?? '-', ...(isVoid ? ['void'] : []), ...(node ? [`-> ${node.domain} ${node.state}`] : [])].join(' ')}`,
      ...(node ? drawn(node, `${indent}  `) : []),
    ]),
    ...(omitted ? [`${indent}${omitted} omitted`] : []),
  ];
}

function sizes({ terms, omitted = 0 }: SpfOutlineNode): { listed: number; omitted: number } {
  const below = terms.flatMap(({ node }) => (node ? [sizes(node)] : []));
  return {
    listed: terms.length + below.reduce((sum, { listed }) => sum + listed, 0),
    omitted: omitted + below.reduce((sum, one) => sum + one.omitted, 0),
  };
}

describe('each tree is drawn as it was read', () => {
  test.each<[string, Zone, string[]]>([
    [
      'includes within includes, each look-up with its number',
      record('v=spf1 mx include:b.example ip4:192.0.2.9 include:d.example ~all', {
        'b.example': { TXT: ['v=spf1 include:c.example a -all'], A: ['192.0.2.2'] },
        'c.example': leaf,
        'd.example': leaf,
      }),
      [
        'mx 1',
        'include:b.example 2 -> b.example found',
        '  include:c.example 3 -> c.example found',
        '    ip4:192.0.2.1 -',
        '    -all -',
        '  a 4',
        '  -all -',
        'ip4:192.0.2.9 -',
        'include:d.example 5 -> d.example found',
        '  ip4:192.0.2.1 -',
        '  -all -',
        '~all -',
      ],
    ],
    [
      'a redirect last, wherever it stands',
      record('v=spf1 redirect=b.example a', { 'b.example': leaf }),
      ['a 1', 'redirect=b.example 2 -> b.example found', '  ip4:192.0.2.1 -', '  -all -'],
    ],
    [
      'void look-ups, and an include without a record',
      record('v=spf1 a:gone.example mx:gone.example include:gone.example include:other.example -all', {
        'other.example': { TXT: ['other text'] },
      }),
      [
        'a:gone.example 1 void',
        'mx:gone.example 2 void',
        'include:gone.example 3 void -> gone.example none',
        'include:other.example 4 -> other.example none',
        '-all -',
      ],
    ],
    [
      'a loop, drawn once',
      record('v=spf1 include:b.example -all', { 'b.example': { TXT: ['v=spf1 include:a.example a ~all'] } }),
      [
        'include:b.example 1 -> b.example found',
        '  include:a.example 2 -> a.example loop',
        '  a 3 void',
        '  ~all -',
        '-all -',
      ],
    ],
    [
      'two records, and a name that depends on the mail',
      record('v=spf1 include:b.example include:%{i}.x.example -all', {
        'b.example': { TXT: ['v=spf1 a', 'v=spf1 mx'] },
      }),
      [
        'include:b.example 1 -> b.example several',
        'include:%{i}.x.example 2 -> %{i}.x.example macro',
        '-all -',
      ],
    ],
  ])('%s', async (_, zone, lines) => {
    const outline = await outlineOf(zone);
    expect(drawn(outline.root)).toEqual(lines);
    const complete = !lines.some((line) => line.endsWith('macro'));
    expect(outline).toMatchObject({ domain: 'a.example', of: 'mailFrom', limit: 10, complete });
    expect(outline.root).toMatchObject({ domain: 'a.example', state: 'found' });
    expect(outline.lookups).toBe(
      Math.max(...lines.map((line) => Number(/ (\d+)( |$)/.exec(line)?.[1] ?? 0))),
    );
  });

  test('a name without a record', async () => {
    const outline = await outlineOf({ 'a.example': host });
    expect(outline).toMatchObject({ lookups: 0, complete: true, root: { state: 'none', terms: [] } });
  });
});

describe('what was not answered', () => {
  test('in the tree: the number is a lower bound', async () => {
    const outline = await outlineOf(record('v=spf1 include:b.example mx -all', { 'b.example': 'TIMEOUT' }));
    expect(drawn(outline.root)).toEqual(['include:b.example 1 -> b.example unanswered', 'mx 2', '-all -']);
    expect(outline).toMatchObject({ lookups: 2, complete: false });
  });

  test('at its root', async () => {
    const outline = await outlineOf({ 'a.example': 'SERVFAIL' });
    expect(outline).toMatchObject({ lookups: 0, complete: false, root: { state: 'unanswered', terms: [] } });
  });
});

describe('terms that cannot be read', () => {
  test('stand first and are marked, since receivers stop there at once (section 4.6)', async () => {
    const outline = await outlineOf(
      record('v=spf1 a include:b.example ipv4:192.0.2.1 -all', {
        'b.example': { TXT: ['v=spf1 mx: include=c.example -all'] },
      }),
    );
    const shown = ({ terms }: SpfOutlineNode) =>
      terms.map(({ text, fault }) => `${text}${fault ? ' !' : ''}`);
    expect(shown(outline.root)).toEqual(['ipv4:192.0.2.1 !', 'a', 'include:b.example', '-all']);
    const [, , include] = outline.root.terms;
    expect(include?.node && shown(include.node)).toEqual(['mx: !', 'include=c.example !', '-all']);
    expect(outline.lookups).toBe(2);
  });

  test('are few, however many there are', async () => {
    const { root } = await outlineOf(record(`v=spf1 ${'nonsense: '.repeat(500)}-all`));
    expect(sizes(root).listed).toBeLessThanOrEqual(101);
    expect(sizes(root).listed + sizes(root).omitted).toBe(501);
  });
});

describe('a tree that is too large', () => {
  test('over ten look-ups is drawn to its end', async () => {
    const parts = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`n${i}.example`, leaf]));
    const includes = Object.keys(parts).map((name) => `include:${name}`);
    const outline = await outlineOf(record(`v=spf1 ${includes.join(' ')} -all`, parts));
    expect(outline).toMatchObject({ lookups: 12, limit: 10, complete: true });
    expect(outline.root.terms.map(({ lookup }) => lookup)).toEqual([...includes.map((_, i) => i + 1), null]);
    expect(outline.root.omitted).toBeUndefined();
  });

  test.each([
    ['cut', `v=spf1 ${'include:a.%{d} '.repeat(61)}-all`],
    ['left to a macro', 'v=spf1 redirect=%{i}.b.example'],
  ])('%s: the number is a lower bound', async (_, text) => {
    const outline = await outlineOf(record(text, { 'a.a.example': { TXT: ['v=spf1 -all'] } }));
    expect(outline.complete).toBe(false);
  });

  test('over a hundred terms keeps those near the root and counts the rest', async () => {
    const addresses = (count: number) =>
      Array.from({ length: count }, (_, i) => `ip4:192.0.2.${i}`).join(' ');
    const zone = record(`v=spf1 include:b.example include:c.example ${addresses(47)} -all`, {
      'b.example': { TXT: [`v=spf1 include:d.example ${addresses(48)} -all`] },
      'c.example': { TXT: [`v=spf1 ${addresses(29)} -all`] },
      'd.example': { TXT: [`v=spf1 ${addresses(19)} -all`] },
    });
    const outline = await outlineOf(zone);
    expect(sizes(outline.root)).toEqual({ listed: 100, omitted: 50 });
    expect(outline.root.omitted).toBeUndefined();
    const [first, second] = outline.root.terms;
    expect(first?.node?.terms).toHaveLength(50);
    expect(first?.node?.terms[0]?.node).toEqual({
      domain: 'd.example',
      state: 'found',
      terms: [],
      omitted: 20,
    });
    expect(second?.node).toMatchObject({ terms: [], omitted: 30 });
    expect(outline.lookups).toBe(3);
  });

  test('a record of 150 terms is cut, with what its includes would hold', async () => {
    const addresses = Array.from({ length: 148 }, (_, i) => `ip4:192.0.2.${i}`).join(' ');
    const outline = await outlineOf(
      record(`v=spf1 ${addresses} include:b.example -all`, { 'b.example': leaf }),
    );
    expect(outline.root.terms).toHaveLength(100);
    // 48 addresses, the include with its two terms, and all.
    expect(outline.root.omitted).toBe(52);
    expect(outline.lookups).toBe(1);
  });

  test('a term of many kilobytes is cut', async () => {
    const outline = await outlineOf(record(`v=spf1 include:${'%{l}.'.repeat(2000)}b.example -all`));
    const [term] = outline.root.terms;
    expect(term?.text).toHaveLength(271);
    expect(term?.text.endsWith('…')).toBe(true);
    expect(term?.node?.domain).toHaveLength(271);
  });
});

describe('whose tree it is', () => {
  const zone = record('v=spf1 a -all', { 'example.se': leaf });
  test.each<[string, string | null, Partial<SpfOutline>]>([
    ['that of MAIL FROM', 'a.example', { domain: 'a.example', of: 'mailFrom', lookups: 1 }],
    ['that of From, where MAIL FROM is the same', 'example.se', { domain: 'example.se', of: 'mailFrom' }],
    ['that of From, where nobody knows MAIL FROM', null, { domain: 'example.se', of: 'from', lookups: 0 }],
  ])('%s', async (_, mailFrom, expected) => {
    expect(await outlineOf(zone, mailFrom)).toMatchObject(expected);
  });
});

test('a verdict holds it, as JSON as well', async () => {
  const resolver = await resolverOf(record('v=spf1 a include:b.example -all', { 'b.example': leaf }));
  const preflight = createPreflight(rules, ruleSet, {
    resolver,
    browser: noBrowser,
    clock,
    policy,
    clients: [],
  });
  const { verdict } = await preflight.audit(await submissionOf({ mailFrom: 'a.example' }), {
    leaveOut: { dns: false, previews: true },
  });
  await resolver.close();
  expect(verdict.spf).toMatchObject({ domain: 'a.example', of: 'mailFrom', lookups: 2 });
  expect(JSON.parse(JSON.stringify(verdict.spf))).toEqual(verdict.spf);
});

test.each<[string, GatheredFacts]>([
  ['was not looked up', {}],
  ['is not known', { spf: { known: false, reason: 'left-out', detail: '', evidence: [] } }],
])('there is none where SPF %s', (_, facts) => {
  const judged = judge({ facts, rules, policy, clients: [], now, partial: true, simulated: false });
  expect(judged.spf).toBeNull();
});
