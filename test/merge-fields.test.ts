/** Merge fields that nobody has filled in, wherever they stand in a mail; and what only looks like them. */
import { expect, test } from 'vitest';
import { clients } from '../rules/clients/index.ts';
import rule from '../rules/content/merge-fields.ts';
import { policy } from '../rules/policy.ts';
import { areas, type Rule, type World } from '../src/rule.ts';
import { judge, type Rules } from '../src/verdict.ts';
import { factsByRoute, noBrowser, now } from './world.ts';

const none = Object.fromEntries(areas.map((area) => [area, []]));
const rules = { ...none, content: [rule] } as unknown as Rules;

/** Each field with the part it stands in. */
async function found(world: World): Promise<{ outcome: string | undefined; fields: string[] }> {
  const facts = await factsByRoute(rule as Rule, world, noBrowser);
  const [finding] = judge({
    ...facts,
    rules,
    policy,
    clients,
    now,
    partial: false,
    simulated: true,
  }).findings;
  const fields = (finding?.problems ?? []).map(({ data }) => Object.values(data).slice(0, 2).join(' '));
  return { outcome: finding?.outcome, fields };
}

const letter = (body: string, headers = '', type = 'text/html') =>
  `From: a@example.se\r\n${headers}Content-Type: ${type}; charset=utf-8\r\n\r\n${body}\r\n`;
const empty = { name: 'ingen', type: 'text', sample: 'x' };

test.each<[string, World, string[]]>([
  ['the subject', { eml: letter('<p>Hej', 'Subject: Hej ##FirstName##\r\n') }, ['##FirstName## subject']],
  [
    'the subject, encoded',
    { eml: letter('<p>Hej', 'Subject: =?utf-8?B?W0bDtnJuYW1uXQ==?=\r\n') },
    ['[Förnamn] subject'],
  ],
  ['a preheader', { eml: letter('<div style="display:none">%%namn%%</div><p>Hej') }, ['%%namn%% hidden']],
  ['a text-only mail', { eml: letter('Hej [[firstname]]!', '', 'text/plain') }, ['[[firstname]] text']],
  [
    'the address of a link in text',
    { eml: letter('Läs https://example.se/?id=*|UNIQID|* nu', '', 'text/plain') },
    ['*|UNIQID|* text'],
  ],
  ['a link', { eml: letter('<a href="{{ unsubscribe }}">x</a>') }, ['{{ unsubscribe }} html']],
  ['a picture', { eml: letter('<img src="https://e.se/%%id%%.png" alt="x">') }, ['%%id%% html']],
  [
    'one that has lost a brace',
    { eml: letter('<p>Hej {{förnamn} i {ort}} *|FNAME*') },
    ['{{förnamn} html', '{ort}} html', '*|FNAME* html'],
  ],
  ['a title', { eml: letter('<p title="{$name}">x') }, ['{$name} html']],
  [
    'a choice between parts',
    { eml: letter('<p>{% if vip %}Hej{% else %}Tja{% endif %}') },
    ['{% if vip %} html', '{% else %} html', '{% endif %} html'],
  ],
  [
    'what Outlook alone reads',
    { eml: letter('<!--[if mso]><p>Hej {{namn}}</p><![endif]--><p>Hej') },
    ['{{namn}} outlook'],
  ],
  [
    'a button that Outlook alone draws',
    { eml: letter('<!--[if mso]><v:roundrect href="{{url}}"></v:roundrect><![endif]--><p>Hej') },
    ['{{url}} outlook'],
  ],
  [
    'MJML',
    {
      mjml: '<mjml><mj-head><mj-preview>Hej *|FNAME|*</mj-preview></mj-head><mj-body><mj-section><mj-column><mj-text>%%ort%%</mj-text><mj-button href="*|URL|*">x</mj-button><mj-image alt="##namn##" src="a.png"/></mj-column></mj-section></mj-body></mjml>',
      sampleData: { annat: 'x' },
    },
    ['*|FNAME|* hidden', '%%ort%% html', '*|URL|* html', '##namn## html'],
  ],
])('in %s', async (_, world, fields) => {
  expect(await found(world)).toEqual({ outcome: 'fail', fields });
});

test.each<[string, string, string?]>([
  ['percentages', '<p>100 % rabatt, 50 % av 30%, 5%-10%</p>'],
  ['styles', '<style>@media(max-width:9px){.a{b:c}}p[title]{}</style><p style="width:100%">Hej</p>'],
  ['data for search engines', '<script type="application/ld+json">{"a":{"b":{"c":1}}}</script><p>Hej'],
  ['addresses', '<a href="https://e.se/?q=%20%C3%A5%E2%82%AC&r=%7Bx%7D#a">Hej</a>'],
  ['prices and footnotes', '<p>$5, $10 [1] {2} (3) *4* #5 ~6~ |7|</p>'],
  ['a program', '<p>$("#a").on("x", function () { return {}; })</p>'],
  [
    'how addresses are made',
    '<p>Skriv till {förnamn}.{efternamn}@example.se eller [förnamn].[efternamn]@example.se</p>',
  ],
  ['arrows', '<p>&lt;&lt; Tillbaka | «Citat» | &lt;3 &gt;&gt;</p>'],
  ['styles for Outlook', '<!--[if mso]><style>@media x{a{b:{{c}}}}</style><![endif]--><p>Hej'],
  ['what no program reads', '<!--[if !mso]> {{namn}} <![endif]--><p>Hej'],
  ['a remark of the author', '<!-- {{namn}} --><p>Hej'],
  ['text', 'Priset: 100 % [1] {OBS} ## Rubrik ## %20 $5 << svar', 'text/plain'],
])('what looks like one: %s', async (_, body, type) => {
  expect(await found({ eml: letter(body, '', type) })).toEqual({ outcome: 'pass', fields: [] });
});

test('of a mail that Klarsignal fills in, forms of other tools are not read', async () => {
  const html = '<p>Hej {{ingen}} [Förnamn] {{ namn }}</p>';
  const { outcome, fields } = await found({ html, mergeFields: [empty] });
  expect(outcome).toBe('fail');
  expect(fields).toEqual(expect.arrayContaining(['[Förnamn] html', '{{ namn }} html']));
});
