/** KLARSIGNAL_SPAMD and KLARSIGNAL_RSPAMD: read, refused with a reason that holds no secret, and engines made of them. */
import { expect, test } from 'vitest';
import { readConfig } from '../../src/hosts/config.ts';
import { chooseSpamEngines } from '../../src/hosts/parts.ts';

const engines = (environment: Record<string, string>) =>
  chooseSpamEngines(readConfig(environment)).spamEngines?.map(({ id }) => id);

test.each<[Record<string, string>, string[]]>([
  [{}, []],
  [{ KLARSIGNAL_SPAMD: '', KLARSIGNAL_RSPAMD: '' }, []],
  [{ KLARSIGNAL_SPAMD: '127.0.0.1:783' }, ['spamassassin']],
  [{ KLARSIGNAL_RSPAMD: 'https://rspamd.example.org', KLARSIGNAL_RSPAMD_PASSWORD: 'hemligt' }, ['rspamd']],
  [
    { KLARSIGNAL_SPAMD: '/run/spamd.sock', KLARSIGNAL_RSPAMD: '/run/rspamd.sock' },
    ['spamassassin', 'rspamd'],
  ],
])('%o', (environment, expected) => {
  expect(engines(environment)).toEqual(expected);
});

test('what is read of them', () => {
  const config = readConfig({
    KLARSIGNAL_SPAMD: '[::1]:1783',
    KLARSIGNAL_RSPAMD: 'http://127.0.0.1:11334',
    KLARSIGNAL_RSPAMD_PASSWORD: 'hemligt',
  });
  expect(config.spamd).toEqual({ host: '::1', port: 1783 });
  expect(config.rspamd).toEqual({
    address: { host: '127.0.0.1', port: 11334, secure: false },
    password: 'hemligt',
  });
});

test.each<[Record<string, string>, RegExp]>([
  [{ KLARSIGNAL_SPAMD: 'tcp://127.0.0.1:783' }, /KLARSIGNAL_SPAMD must be HOST:PORT/],
  [{ KLARSIGNAL_RSPAMD: 'http://user:hemligt@127.0.0.1' }, /KLARSIGNAL_RSPAMD must be HOST:PORT/],
  [{ KLARSIGNAL_RSPAMD: 'http://127.0.0.1/checkv2?password=hemligt' }, /KLARSIGNAL_RSPAMD must be HOST:PORT/],
  [{ KLARSIGNAL_RSPAMD: 'h', KLARSIGNAL_RSPAMD_PASSWORD: 'hemligt\r\nX: y' }, /PASSWORD must be on one line/],
  [{ KLARSIGNAL_RSPAMD_PASSWORD: 'hemligt' }, /PASSWORD .*needs KLARSIGNAL_RSPAMD/],
])('%o is refused, without the secret', (environment, reason) => {
  const read = () => readConfig(environment);
  expect(read).toThrow(reason);
  expect(read).toThrow(expect.not.objectContaining({ message: expect.stringContaining('hemligt') }));
});
