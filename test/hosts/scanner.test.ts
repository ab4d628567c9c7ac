/** KLARSIGNAL_CLAMD: read, refused with a reason, and a scanner made of it. */
import { expect, test } from 'vitest';
import { readConfig } from '../../src/hosts/config.ts';
import { chooseScanner } from '../../src/hosts/parts.ts';

test.each([
  ['127.0.0.1:3310', { host: '127.0.0.1', port: 3310 }],
  ['/run/clamav/clamd.ctl', { path: '/run/clamav/clamd.ctl' }],
])('%s', (text, clamd) => {
  const config = readConfig({ KLARSIGNAL_CLAMD: text });
  expect(config.clamd).toEqual(clamd);
  expect(chooseScanner(config)).toBeDefined();
});

test.each([undefined, ''])('without it (%o) there is no scanner', (text) => {
  expect(chooseScanner(readConfig({ KLARSIGNAL_CLAMD: text }))).toBeUndefined();
});

test.each(['tcp://127.0.0.1:3310', 'clamav:port', 'run/clamd.ctl'])('%s is refused', (text) => {
  expect(() => readConfig({ KLARSIGNAL_CLAMD: text })).toThrow(/KLARSIGNAL_CLAMD must be HOST:PORT/);
});
