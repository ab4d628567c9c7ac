/** Names of domains as people read them, only where nobody can take them for another. */
import { domainToASCII } from 'node:url';
import { expect, test } from 'vitest';
import { namedWith, unicodeName } from '../src/words/unicode-name.ts';

test.each([
  ['räksmörgås.se', 'räksmörgås.se'],
  ['mejl.blåbär.se', 'mejl.blåbär.se'],
  ['straße.de', 'straße.de'],
  ['łódź.pl', 'łódź.pl'],
  // Cyrillic in all of the name.
  ['пример.рф', 'пример.рф'],
  // Looks like apple.com, and is Cyrillic.
  ['аррӏе.com', null],
  // Latin with one Cyrillic letter.
  ['exаmple.se', null],
  ['παράδειγμα.se', null],
  ['пример.παράδειγμα', null],
  // Dotless i, and a katakana that looks like a slash.
  ['pıano.se', null],
  ['exampleノx.se', null],
  ['example.se', null],
])('%s', (written, shown) => {
  expect(unicodeName(domainToASCII(written))).toBe(shown);
});

test.each([
  'xn--',
  'xn--a.se',
  'xn---.se',
  'xn--0.se',
  'xn--99999999999.se',
  'xn--zzzzzzzzzzzzzzzzzzzz.se',
  'xn--abc-.se',
])('%s is no name', (ascii) => {
  expect(unicodeName(ascii)).toBeNull();
  expect(namedWith(ascii)).toBe(ascii);
});

test('beside it stands how DNS has it', () => {
  expect(namedWith('xn--rksmrgs-5wao1o.se')).toBe('räksmörgås.se (xn--rksmrgs-5wao1o.se)');
});

test('whatever a label is, its name leads back to it', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789-';
  let seed = 7;
  const next = (most: number) => {
    seed = (seed * 48271) % 0x7fffffff;
    return seed % most;
  };
  for (let i = 0; i < 3000; i++) {
    const ascii = `xn--${Array.from({ length: 1 + next(20) }, () => letters[next(letters.length)]).join('')}.se`;
    const name = unicodeName(ascii);
    if (name !== null) expect(domainToASCII(name)).toBe(ascii);
  }
});
