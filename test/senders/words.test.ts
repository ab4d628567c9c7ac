/** Words of senders, in both languages. */
import { expect, test } from 'vitest';
import { locales } from '../../src/rule.ts';
import { senderWords } from '../../src/senders/words.ts';
import { routeGaps, senderErrorCodes } from '../../src/senders.ts';

test('every code and gap has its words, and they differ', () => {
  const [en, sv] = locales.map((locale) => senderWords[locale]);
  expect(Object.keys(en?.errors ?? {}).sort()).toEqual([...senderErrorCodes].sort());
  expect(Object.keys(en?.gaps ?? {}).sort()).toEqual([...routeGaps].sort());
  const texts = (words: object): string[] =>
    Object.values(words).flatMap((one) => (typeof one === 'string' ? [one] : texts(one)));
  const [english, swedish] = [texts(en ?? {}), texts(sv ?? {})];
  expect(swedish).toHaveLength(english.length);
  expect(english.filter((text) => swedish.includes(text))).toEqual([]);
});
