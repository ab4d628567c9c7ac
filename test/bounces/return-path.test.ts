/** Addresses that name a delivery: made by us alone, read in any case, never for anything else. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openKeyring } from '../../src/adapters/keys/keyring.ts';
import {
  readAttempt,
  readRehearsalAddress,
  readReturnPath,
  rehearsalAddressOf,
  returnPathOf,
} from '../../src/bounces.ts';
import { clock } from '../world.ts';

const dir = mkdtempSync(join(tmpdir(), 'klarsignal-return-path-'));
const keyring = openKeyring(join(dir, 'keys'), clock);
const other = openKeyring(join(dir, 'other'), clock);
afterAll(() => rmSync(dir, { recursive: true }));

const campaign = 'cmp_00ff00ff00ff00ff';
const domain = 'mejl.example.se';

describe('a return path', () => {
  test.each([
    [1, 1],
    [1_000_000, 1],
    [36, 35],
    [9_999_999_999, 9999],
  ])('names delivery %i, attempt %i', (number, attempt) => {
    const address = returnPathOf(keyring, `${campaign}.${number}.${attempt}`, domain);
    expect(readReturnPath(keyring, address)).toEqual({ campaign, number, attempt });
    expect(address.split('@')[0]?.length).toBeLessThanOrEqual(64);
    expect(address).toBe(address.toLowerCase());
    expect(address).toMatch(/^[a-z0-9-]+@mejl\.example\.se$/);
  });

  const address = returnPathOf(keyring, `${campaign}.42.1`, domain);
  const local = address.split('@')[0] ?? '';

  test.each([
    ['upper case', address.toUpperCase()],
    ['brackets', `<${address}>`],
    ['another domain, as a reserve has', `${local}@studs.example.se`],
  ])('is read in %s', (_, written) => {
    expect(readReturnPath(keyring, written)).toEqual({ campaign, number: 42, attempt: 1 });
  });

  test.each([
    ['nothing', ''],
    ['no address', local],
    ['another number', address.replace('-16-', '-17-')],
    ['another attempt', address.replace('-1-', '-2-')],
    ['another campaign', address.replace('b-0', 'b-1')],
    ['a leading zero', address.replace('-16-', '-016-')],
    ['no token', address.replace(/-[a-z2-7]{16}@/, '@')],
    ['an empty token', address.replace(/[a-z2-7]{16}@/, '@')],
    ['another token', address.replace(/.@/, (end) => (end === 'a@' ? 'b@' : 'a@'))],
    ['the token of another house', returnPathOf(other, `${campaign}.42.1`, domain)],
    ['something before it', `x${address}`],
    ['something after it', `${local}x@${domain}`],
    ['a rehearsal', rehearsalAddressOf(keyring, 'abcdefgh', domain)],
    ['much', `b-${'0'.repeat(100_000)}@${domain}`],
  ])('is not read from %s', (_, written) => {
    expect(written).not.toBe(address);
    expect(readReturnPath(keyring, written)).toBe(undefined);
  });

  test('is not made for what is no attempt', () => {
    expect(() => returnPathOf(keyring, 'cmp_1.1.1', domain)).toThrow('no attempt');
  });
});

test.each([
  [`${campaign}.7.2`, { campaign, number: 7, attempt: 2 }],
  [`${campaign}-7-2`, { campaign, number: 7, attempt: 2 }],
  [`${campaign}.07.2`, undefined],
  [`${campaign}.7`, undefined],
  ['cmp_x.1.1', undefined],
])('the attempt id %s', (id, attempt) => {
  expect(readAttempt(id)).toEqual(attempt);
});

describe('a rehearsal’s mailbox', () => {
  const id = '0123456789abcdef';
  const address = rehearsalAddressOf(keyring, id, domain);

  test('is read in any case', () => {
    expect(readRehearsalAddress(keyring, address.toUpperCase())).toBe(id);
  });

  test.each([
    ['another id', address.replace('r-0', 'r-1')],
    ['the token of another house', rehearsalAddressOf(other, id, domain)],
    ['a return path', returnPathOf(keyring, `${campaign}.42.1`, domain)],
  ])('is not read from %s', (_, written) => {
    expect(readRehearsalAddress(keyring, written)).toBe(undefined);
  });

  test('is not made for what is no id', () => {
    expect(() => rehearsalAddressOf(keyring, 'A-b', domain)).toThrow('named otherwise');
  });
});
