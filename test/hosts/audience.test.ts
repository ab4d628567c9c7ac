import { expect, test } from 'vitest';
import { audience, programs } from '../../rules/clients/audience.ts';
import { columns } from '../../rules/clients/caniemail.ts';
import { policy } from '../../rules/policy.ts';
import { readAudience } from '../../src/hosts/audience.ts';
import { readConfig } from '../../src/hosts/config.ts';
import { choosePolicy } from '../../src/hosts/parts.ts';

const sharesOf = (text: string) => choosePolicy(readConfig({ KLARSIGNAL_AUDIENCE: text })).audience.shares;
const rounded = (shares: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(shares).map(([id, share]) => [id, Math.round(share * 10) / 10]));

test('the usual readers use programs that are tested, and are at most a hundred', () => {
  for (const { id } of programs) expect(columns).toContain(id);
  const ids = programs.map(({ id }) => id);
  for (const id of Object.keys(audience)) expect(ids).toContain(id);
  const whole = Object.values(audience).reduce((sum, share) => sum + share, 0);
  expect(whole).toBeGreaterThan(90);
  expect(whole).toBeLessThanOrEqual(100);
});

test.each([
  ['outlook-windows=60,gmail-ios=20.5', { 'outlook-windows': 60, 'gmail-ios': 20.5 }],
  ['thunderbird=10', { 'thunderbird-macos': 10 }],
  // Parted as usual, and alike where nothing is usual.
  ['apple-mail=46.3', { 'apple-mail-ios': 35.9, 'apple-mail-macos': 10.4 }],
  ['gmx=30', { 'gmx-desktop-webmail': 10, 'gmx-ios': 10, 'gmx-android': 10 }],
  ['thunderbird=10, thunderbird-macos=5', { 'thunderbird-macos': 15 }],
])('%s', (text, shares) => {
  expect(rounded(sharesOf(text))).toEqual(shares);
});

test('without the setting the usual ones', () => {
  expect(choosePolicy(readConfig({}))).toEqual(policy);
  expect(readAudience('')).toEqual({ audience: undefined });
});

test.each([
  'gmail',
  'gmail=',
  'gmail=x',
  'gmail=101',
  'gmail=60,outlook=41',
  'lotus=3',
  'gmail=0',
  'gmail=-3',
])('%j is refused, with what it must be', (text) => {
  expect(() => sharesOf(text)).toThrow(/KLARSIGNAL_AUDIENCE must be NAME=SHARE/);
  expect(() => readAudience(text)).toThrow(/KLARSIGNAL_AUDIENCE must be NAME=SHARE/);
});
