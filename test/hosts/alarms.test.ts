/** `alerts` of the operator's file: read, refused with a reason, never repeated. */
import { expect, test } from 'vitest';
import { createFetcher } from '../../src/adapters/fetcher/guarded.ts';
import { mimeWriter } from '../../src/adapters/mime/composer.ts';
import { createSmtpTransport } from '../../src/adapters/transport/smtp.ts';
import { chooseAlarms } from '../../src/hosts/alarms.ts';

const transport = createSmtpTransport({
  id: 'reserve',
  provider: 'Reserve',
  country: 'SE',
  spf: null,
  standardFor: [],
  host: '127.0.0.1',
  port: 9,
  implicitTls: true,
  keyring: { dkimKey: () => undefined },
});
const parts = {
  transports: [transport],
  mime: mimeWriter,
  fetcher: createFetcher(),
  clock: { now: () => new Date() },
};
const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const webhook = { url: 'https://hook.example/klarsignal', secret };
const mail = { to: 'drift@example.se', from: 'larm@example.se', transport: 'reserve' };

test.each([
  [undefined, 0],
  [{}, 0],
  [{ webhook }, 1],
  [{ mail }, 1],
  [{ webhook, mail: { ...mail, dkim: [{ d: 'example.se', s: 'k' }] } }, 2],
])('%o makes %i', (alerts, count) => {
  expect(chooseAlarms(alerts, parts)).toHaveLength(count);
});

test.each([
  [{ webhook: { ...webhook, url: 'http://hook.example/' } }, 'alerts.webhook.url: must be an https address'],
  [{ webhook: { ...webhook, url: 'hook' } }, 'alerts.webhook.url: must be an https address'],
  [{ webhook: { ...webhook, secret: 'hemligt-ord' } }, 'alerts.webhook.secret: must be whsec_'],
  [{ webhook: { url: webhook.url } }, 'alerts.webhook.secret'],
  [{ mail: { ...mail, to: 'drift' } }, 'alerts.mail.to: must be one mail address'],
  [{ mail: { ...mail, to: 'a@example.se, b@example.se' } }, 'alerts.mail.to'],
  [{ mail: { ...mail, from: 'a@example.se\r\nBcc: b@example.se' } }, 'alerts.mail.from'],
  [{ mail: { ...mail, transport: 'nowhere' } }, 'alerts.mail.transport: there is no such transport'],
  [{ sms: {} }, 'alerts.'],
  ['on', 'alerts.'],
])('%o is refused, without repeating it', (alerts, message) => {
  let said = '';
  try {
    chooseAlarms(alerts, parts);
  } catch (error) {
    said = (error as Error).message;
  }
  expect(said).toContain(message);
  for (const written of ['hemligt-ord', secret, 'a@example.se', 'nowhere'])
    expect(said).not.toContain(written);
});
