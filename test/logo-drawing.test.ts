/** What a logo has that it may not, and what its drawer is told to do about it. */
import { expect, test } from 'vitest';
import logoRule from '../rules/authentication/bimi-logo.ts';
import { drawingSteps } from '../rules/repairs/logo-drawing.ts';

test.each([
  ['clipPath', 'Release Clip'],
  ['mask, clip-path', 'Release Clip'],
  ['style', 'Presentation Attributes'],
  ['xlink:href', 'Unlink Clone'],
  ['tspan', 'Create Outlines'],
  ['inkscape:label', 'Remove metadata'],
  ['title < g', 'Remove metadata'],
])('%s: %s, in both languages', (names, step) => {
  for (const locale of ['en', 'sv'] as const) expect(drawingSteps(names, locale)).toContain(step);
});

test('a rule for filling is no clip', () => {
  expect(drawingSteps('clip-rule', 'en')).not.toContain('Release');
});

test('each step once, however many names ask for it', () => {
  expect(drawingSteps('clipPath, mask, clip-path, mask', 'en')).toBe(drawingSteps('mask', 'en'));
  expect(drawingSteps('mask, filter', 'sv').split('; ')).toContain(drawingSteps('filter', 'sv'));
});

test('several names stand in one sentence, with how many more there are', () => {
  const data = {
    url: 'https://a.example/l.svg',
    fault: 'element',
    names: 'clipPath, mask',
    more: 3,
  } as const;
  expect(logoRule.words.en.problems.unfit?.(data)).toContain('(clipPath, mask and 3 more)');
  expect(logoRule.words.sv.problems.unfit?.(data)).toContain('(clipPath, mask och 3 till)');
});
