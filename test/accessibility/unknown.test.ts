/** What was not measured is unknown, and never a pass: text on pictures, drawings that failed, pages too large to look through. */
import { describe, expect, test } from 'vitest';
import darkContrast from '../../rules/accessibility/dark-contrast.ts';
import lineSpacing from '../../rules/accessibility/line-spacing.ts';
import linkLook from '../../rules/accessibility/link-look.ts';
import textContrast from '../../rules/accessibility/text-contrast.ts';
import textSize from '../../rules/accessibility/text-size.ts';
import touchTargets from '../../rules/accessibility/touch-targets.ts';
import { clients } from '../../rules/clients/index.ts';
import { policy } from '../../rules/policy.ts';
import type { Look } from '../../src/facts/rendering/legibility.ts';
import type { Answer, Facts, Rule } from '../../src/rule.ts';
import { factsFor, noBrowser, now } from '../world.ts';

const look: Look = {
  color: '#000000',
  back: '#ffffff',
  contrast: 21,
  wanted: 4.5,
  remedy: null,
  size: 16,
  bold: false,
  lineHeight: null,
  justified: false,
  heading: false,
  linked: false,
  lines: 1,
  count: 1,
  length: 40,
  samples: [{ text: 'Hej', at: undefined }],
};
const remedy = { of: 'text', color: '#767676' } as const;
const faint: Look = { ...look, color: '#999999', contrast: 2.85, remedy };
const pictured: Look = { ...look, back: null, contrast: null };

interface Drawn {
  texts?: readonly Look[];
  complete?: boolean;
  dark?: 'own' | 'unchanged' | 'changed';
  failed?: readonly string[];
}

function answerOf(rule: Rule, { texts = [look], complete = true, dark = 'own', failed = [] }: Drawn): Answer {
  const views = clients
    .flatMap(({ id, schemes }) => schemes.map((scheme) => ({ id: `${id}-${scheme}`, client: id, scheme })))
    .filter(({ id }) => !failed.includes(id))
    .map((view) => ({
      ...view,
      dark: view.scheme === 'light' ? null : dark,
      legibility: { texts, targets: [], complete },
    }));
  const rendering = {
    views,
    failed: failed.map((id) => ({ id, client: id.replace(/-(?:light|dark)$/, ''), reason: 'crashed' })),
  };
  const facts = { html: {}, structure: { headings: [] }, rendering } as unknown as Facts;
  return rule.check(facts, { policy, clients, now });
}

const phone = 'apple-mail-iphone';

describe.each([
  ['text-contrast', textContrast, 'gmail-web-light'],
  ['dark-contrast', darkContrast, `${phone}-dark`],
] as const)('%s', (_, rule, view) => {
  test.each<[string, Drawn, unknown]>([
    ['passes what shows well', {}, []],
    ['does not know what stands on a picture', { texts: [look, pictured] }, { unknown: 'over-picture' }],
    ['does not know what was not drawn', { failed: [view] }, { unknown: 'crashed' }],
    ['does not know what was not looked at', { complete: false }, { unknown: 'too-much' }],
  ])('%s', (__, drawn, answer) => expect(answerOf(rule, drawn)).toEqual(answer));
});

test('what is seen to be faint is told, whatever else is unknown', () => {
  const answer = answerOf(textContrast, {
    texts: [faint, pictured],
    complete: false,
    failed: ['gmail-web-light'],
  });
  expect(answer).toMatchObject([{ key: 'faint', data: { color: '#999999', ratio: 2.8, wanted: 4.5 } }]);
});

test('what is as faint in light mode is told once', () => {
  expect(answerOf(darkContrast, { texts: [faint] })).toEqual([]);
  expect(answerOf(darkContrast, { texts: [faint], dark: 'unchanged' })).toEqual([]);
});

test.each([
  ['text-size', textSize],
  ['line-spacing', lineSpacing],
  ['touch-targets', touchTargets],
] as const)('%s is of phones: without their drawing it is unknown', (_, rule) => {
  expect(answerOf(rule, { failed: [`${phone}-light`] })).toEqual({ unknown: 'crashed' });
  expect(answerOf(rule, { failed: ['gmail-web-light'] })).toEqual([]);
});

test.each([textContrast, darkContrast, textSize, touchTargets, linkLook])(
  'without a browser the drawing is unknown to $id',
  async (rule) => {
    const { rendering } = await factsFor(rule, { html: '<p style="color:#eee">Hej</p>' }, noBrowser);
    expect(rendering).toMatchObject({ known: false, reason: 'missing-engine' });
  },
);
