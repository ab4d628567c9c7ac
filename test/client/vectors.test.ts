/** The digest by its test vectors: our service, the module others use, and a library that somebody else wrote. */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import canonicalize from 'canonicalize';
import { describe, expect, test } from 'vitest';
import { canonical } from '../../src/client/canonical.ts';
import { digestTemplate } from '../../src/client/index.ts';
import type { Template } from '../../src/client/template.ts';
import { digestOf } from '../../src/digest.ts';

const folder = new URL('../../fixtures/vectors/', import.meta.url);
const vectors = readdirSync(folder).map((file) => {
  const vector = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
  return [file, vector as { template: Template; canonical: string; digest: string }] as const;
});

test('there are three', () => expect(vectors.length).toBe(3));

test.each(vectors)('%s', async (_, { template, canonical: text, digest }) => {
  expect(canonical(template)).toBe(text);
  expect(canonicalize(template)).toBe(text);
  expect(createHash('sha256').update(text).digest('hex')).toBe(digest);
  expect(await digestTemplate(template)).toBe(digest);
  expect(await digestOf(template)).toBe(digest);
});

test.each(vectors)('%s: any change of a text changes the digest', async (_, { template, digest }) => {
  const texts: string[] = [];
  JSON.stringify(template, (_key, value) => {
    if (typeof value === 'string') texts.push(value);
    return value;
  });
  expect(texts.length).toBeGreaterThan(5);
  let at = -1;
  for (const index of texts.keys()) {
    at = -1;
    const changed = JSON.parse(JSON.stringify(template), (_key, value) => {
      if (typeof value !== 'string') return value;
      at += 1;
      return at === index ? `${value} ` : value;
    });
    expect(await digestTemplate(changed)).not.toBe(digest);
  }
});

describe('canonical JSON', () => {
  test.each([
    [{ b: 1, a: 2, A: 3, å: 4, '\u{1f600}': 5, '\ufb33': 6, '': 7 }],
    [[1e21, 1e-7, -0, 0.1, 333333333.3333333, 5e-324, 1.7976931348623157e308, 100]],
    ['\u0000\u001f"\\/\u2028\u007f\u0080€😀\ud83d\ude00'],
    [{ a: [{ b: [] }, {}], c: null, d: [true, false, null] }],
    [{ 10: 1, 9: 2, 1: 3 }],
  ])('of %j is what the library says', (value) => {
    expect(canonical(value)).toBe(canonicalize(value));
  });

  test.each([
    ['undefined', { a: undefined }],
    ['NaN', [Number.NaN]],
    ['infinity', [Number.POSITIVE_INFINITY]],
    ['half a surrogate pair', ['\ud800']],
    ['half a pair as a name', { '\udc00': 1 }],
    ['a date', [new Date(0)]],
    ['a map', new Map()],
    ['bytes', new Uint8Array(2)],
    ['a function', [() => 1]],
    ['a big integer', [1n]],
    ['what never ends', Array.from({ length: 70 }).reduce((inner) => [inner], null)],
  ])('%s has none', (_, value) => {
    expect(() => canonical(value)).toThrow(TypeError);
  });
});
