/** What marketing and transactional mail must have, in HTML and in plain text; and what costs no spam points. */
import { describe, expect, test } from 'vitest';
import { clients } from '../rules/clients/index.ts';
import { rules } from '../rules/index.ts';
import { policy } from '../rules/policy.ts';
import { areas, type Rule, type World } from '../src/rule.ts';
import { type Finding, judge, type Rules } from '../src/verdict.ts';
import { factsByRoute, noBrowser, now } from './world.ts';

const none = Object.fromEntries(areas.map((area) => [area, []])) as unknown as Rules;
const all = areas.flatMap((area) => rules[area]);
const ruleOf = (id: string): Rule => {
  const found = all.find((rule) => rule.id === id);
  if (!found) throw new Error(`there is no rule ${id}`);
  return found;
};
const findingOf = async (rule: Rule, world: World): Promise<Finding> => {
  const facts = await factsByRoute(rule, world, noBrowser);
  const only = { ...none, content: [rule] };
  const verdict = judge({ ...facts, rules: only, policy, clients, now, partial: false, simulated: true });
  return verdict.findings[0] as Finding;
};
const outcomeOf = async (id: string, world: World) => {
  const { outcome, reason } = await findingOf(ruleOf(id), world);
  return reason ? `${outcome} ${reason}` : outcome;
};

const header = (more = '') => `From: Vi <a@example.se>\r\nSubject: Mote\r\n${more}`;
const plain = (body: string, more = '') =>
  `${header(more)}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${body}\r\n`;
const foot = 'Föreningen, Storgatan 12, 111 22 Stockholm';

describe('by class', () => {
  const bare = plain('Tack för din beställning, den skickas i morgon.');
  test.each([
    ['list-unsubscribe', 'fail', 'not-applicable transactional'],
    ['unsubscribe-link', 'fail', 'not-applicable transactional'],
    ['postal-address', 'fail', 'not-applicable transactional'],
    ['feedback-id', 'not-applicable unsent', 'not-applicable transactional'],
    ['text-unsubscribe', 'not-applicable no-html', 'not-applicable transactional'],
    ['mail-class', 'not-applicable marketing', 'pass'],
    ['subject-line', 'pass', 'pass'],
    ['from-label', 'pass', 'pass'],
  ])('%s', async (id, marketing, transactional) => {
    expect(await outcomeOf(id, { eml: bare, class: 'marketing' })).toBe(marketing);
    expect(await outcomeOf(id, { eml: bare, class: 'transactional' })).toBe(transactional);
  });
});

test.each([
  'message-id-form',
  'message-date',
  'header-lines',
  'header-encoding',
  'mime-structure',
  'alternative-order',
  'visible-recipients',
  'sender-header',
  'text-charset',
  'unread-charset',
])('%s: Klarsignal writes it anew for each reader', async (id) => {
  const routes = [{ transport: 'ses', mailFrom: 'mejl.example.se' }];
  const broken =
    'From: Vi <a@example.se>\r\nSubject: Höst\r\nMessage-ID: 1\r\nDate: i dag\r\nlös\r\nTo: b@c.se, c@c.se, d@c.se\r\nSender: x@y.se\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nHej!\r\n';
  expect(await outcomeOf(id, { eml: broken, routes })).toBe('not-applicable composed');
});

describe('plain text alone', () => {
  const letter =
    'Välkommen till höstens möte i bygdegården den femte december, där styrelsen berättar om året.';

  test.each([
    ['a link', 'Avregistrera dig: https://example.se/u', 'pass'],
    ['a link on the next line', 'Vill du inte ha fler utskick?\r\nhttps://example.se/u?id=1', 'pass'],
    ['a link in English', 'To unsubscribe, go to https://example.se/u', 'pass'],
    ['one click', 'Unsubscribe with one click: https://example.se/1', 'pass'],
    ['a link whose address says it', 'https://example.se/unsubscribe?id=1', 'pass'],
    ['an answer', 'Svara AVREGISTRERA på det här mejlet om du vill slippa fler.', 'pass'],
    ['an address', 'Mejla oss på a@example.se så tar vi bort dig.', 'pass'],
    ['a merge field', 'Avregistrera dig: {{unsubscribe_url}}', 'pass'],
    ['none', 'Läs mer på https://example.se/', 'fail'],
  ])('a way to leave: %s', async (_, way, outcome) => {
    expect(await outcomeOf('unsubscribe-link', { eml: plain(`${letter}\r\n\r\n${way}`) })).toBe(outcome);
  });

  test.each([
    ['Swedish', foot, 'pass'],
    ['English', 'The Garden Club, 12 High Street, London SW1A 2AA', 'pass'],
    ['a box', 'Box 12, Umeå', 'pass'],
    ['a year and a number', '© 2026 Föreningen, tel. 08-123 456', 'fail'],
  ])('a postal address: %s', async (_, address, outcome) => {
    expect(await outcomeOf('postal-address', { eml: plain(`${letter}\r\n\r\n${address}`) })).toBe(outcome);
  });

  test('each check of what it says has an answer', async () => {
    const eml = plain(`${letter}\r\n\r\nAvregistrera dig: https://example.se/u\r\n${foot}`);
    const open: string[] = [];
    for (const rule of [...rules.headers, ...rules.sender, ...rules.content, ...rules.spam]) {
      if (rule.needs.some((name) => !['message', 'html', 'mime', 'attachments', 'wording'].includes(name)))
        continue;
      const { outcome } = await findingOf(rule, { eml });
      if (outcome === 'unknown') open.push(rule.id);
    }
    expect(open).toEqual([]);
  });
});

describe('words of unsubscribing cost no spam points', () => {
  const scored = all.filter(({ points }) => points !== undefined);
  const pointsOf = async (world: World) => {
    const failed: string[] = [];
    for (const rule of scored) if ((await findingOf(rule, world)).outcome === 'fail') failed.push(rule.id);
    return failed;
  };
  const letter =
    'Välkommen till höstens möte i bygdegården den femte december, där styrelsen berättar om året som gått.';

  test.each([
    ['in Swedish', 'Avregistrera dig med ett klick: https://example.se/u'],
    ['in English', 'One-click unsubscribe: https://example.se/u'],
    [
      'with the law',
      'You can opt out at any time, unsubscribe or be removed from this list: https://example.se/u',
    ],
    ['by an answer', 'Svara STOPP om du inte vill ha fler utskick. Reply STOP to unsubscribe.'],
    ['preferences', 'Ändra dina inställningar eller avsluta prenumerationen: https://example.se/u'],
  ])('%s', async (_, words) => {
    const without = await pointsOf({ eml: plain(letter) });
    expect(await pointsOf({ eml: plain(`${letter}\r\n\r\n${words}`) })).toEqual(without);
    const html = (text: string) =>
      `<p>${letter}</p><p><a href="https://example.se/u">Läs mer</a> ${text}</p>`;
    expect(await pointsOf({ html: html(words) })).toEqual(await pointsOf({ html: html('') }));
  });
});
