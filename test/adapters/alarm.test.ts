/** Alerts leave the house: as a webhook that its own library verifies, and as mail by a real SMTP connection. */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, test } from 'vitest';
import { createMailAlarm } from '../../src/adapters/alarm/mail.ts';
import { createWebhookAlarm, isWebhookSecret } from '../../src/adapters/alarm/webhook.ts';
import { createFetcher } from '../../src/adapters/fetcher/guarded.ts';
import { mimeWriter } from '../../src/adapters/mime/composer.ts';
import { createSmtpTransport } from '../../src/adapters/transport/smtp.ts';
import { alertKinds, pauseReasons } from '../../src/campaigns/campaign.ts';
import { sayAlert, sayPause } from '../../src/campaigns/words.ts';
import type { Alert } from '../../src/ports.ts';
import { locales } from '../../src/rule.ts';
import { makeAuthority } from '../sinks/certificates.ts';
import { startSmtpSink } from '../sinks/smtp-sink.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const never = new AbortController().signal;
const authority = makeAuthority();
const secret = `whsec_${Buffer.from('0123456789abcdef01234567').toString('base64')}`;
const alert: Alert = {
  id: 'alr_1',
  organisation: 'org_1',
  campaign: 'cmp_0123456789abcdef',
  kind: 'reserve-took-over',
  data: { route: 'ses', provider: 'Amazon SES', reserve: 'AuthSMTP' },
  at: '2026-11-22T12:00:00.000Z',
};
const words = sayAlert(alert, 'sv');

describe('a webhook', () => {
  async function receiving(status = 204) {
    const got: { headers: Record<string, string>; body: string }[] = [];
    const server = createServer(authority.issue(['hook.example']), (request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        got.push({ headers: request.headers as Record<string, string>, body });
        response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => new Promise((resolve) => server.close(resolve)));
    const { port } = server.address() as AddressInfo;
    const fetcher = createFetcher(
      {},
      {
        isAllowed: () => true,
        ports: [port],
        lookup: ((_: string, __: unknown, done: (...told: unknown[]) => void) =>
          done(null, [{ address: '127.0.0.1', family: 4 }])) as never,
        ca: authority.cert,
      },
    );
    return { url: `https://hook.example:${port}/alerts`, fetcher, got };
  }
  // The library that verifies goes by the machine's clock.
  const clock = { now: () => new Date() };

  test('verifies with the library of those who receive it', async () => {
    const { url, fetcher, got } = await receiving();
    await createWebhookAlarm({ url, secret, fetcher, clock }).tell(alert, words, never);
    const [{ headers, body } = { headers: {}, body: '' }] = got;
    expect(new Webhook(secret).verify(body, headers)).toEqual({
      type: 'mailing.reserve-took-over',
      timestamp: alert.at,
      data: {
        id: 'alr_1',
        organisation: 'org_1',
        mailing: 'cmp_0123456789abcdef',
        kind: 'reserve-took-over',
        ...words,
        details: alert.data,
      },
    });
    expect(headers['webhook-id']).toBe('alr_1');
    const other = `whsec_${Buffer.from('x'.repeat(24)).toString('base64')}`;
    expect(() => new Webhook(other).verify(body, headers)).toThrow();
    expect(() => new Webhook(secret).verify(body.replace('AuthSMTP', 'Other'), headers)).toThrow();
  });

  test('told twice, has the same id, and the time of the try', async () => {
    const { url, fetcher, got } = await receiving();
    let now = Date.now() - 60_000;
    const alarm = createWebhookAlarm({ url, secret, fetcher, clock: { now: () => new Date(now) } });
    await alarm.tell(alert, words, never);
    now += 30_000;
    await alarm.tell(alert, words, never);
    expect(got.map(({ headers }) => headers['webhook-id'])).toEqual(['alr_1', 'alr_1']);
    const times = got.map(({ headers }) => Number(headers['webhook-timestamp']));
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBe(30);
    for (const { headers, body } of got) expect(new Webhook(secret).verify(body, headers)).toBeTruthy();
  });

  test.each([302, 400, 410, 500])('that answers %i has not been told', async (status) => {
    const { url, fetcher, got } = await receiving(status);
    const alarm = createWebhookAlarm({ url, secret, fetcher, clock });
    await expect(alarm.tell(alert, words, never)).rejects.toThrow(`the webhook answered ${status}`);
    expect(got).toHaveLength(1);
  });

  test('never goes to an inner network', async () => {
    const alarm = createWebhookAlarm({ url: 'https://127.0.0.1/', secret, fetcher: createFetcher(), clock });
    await expect(alarm.tell(alert, words, never)).rejects.toThrow('address-refused');
  });

  test.each([
    [secret, true],
    [`whsec_${Buffer.alloc(64).toString('base64')}`, true],
    [`whsec_${Buffer.alloc(65).toString('base64')}`, false],
    [`whsec_${Buffer.alloc(23).toString('base64')}`, false],
    [secret.slice(6), false],
    ['whsec_', false],
    ['whsec_not base64!', false],
    ['', false],
  ])('secret %s: %s', (text, sound) => {
    expect(isWebhookSecret(text)).toBe(sound);
    const make = () =>
      createWebhookAlarm({ url: 'https://x/', secret: text, fetcher: createFetcher(), clock });
    if (sound) make();
    else expect(make).toThrow(/secret/);
  });
});

describe('a mail', () => {
  async function mailing() {
    const sink = await startSmtpSink({ authority, tls: 'implicit', auth: { user: 'u', pass: 'p' } });
    closing.push(() => sink.close());
    const clock = { now: () => new Date('2026-11-22T12:00:05.000Z') };
    const transport = createSmtpTransport({
      id: 'reserve',
      provider: 'Sink',
      country: 'SE',
      spf: null,
      standardFor: [],
      host: '127.0.0.1',
      port: sink.port,
      implicitTls: true,
      auth: { user: 'u', password: 'p' },
      ca: [authority.cert],
      keyring: { dkimKey: () => undefined },
    } as unknown as Parameters<typeof createSmtpTransport>[0]);
    closing.push(() => transport.close());
    const options = { to: 'drift@example.se', from: 'larm@example.se', transport, mime: mimeWriter, clock };
    return { sink, alarm: createMailAlarm(options) };
  }

  test('arrives as plain text, and asks nobody’s absence to answer', async () => {
    const { sink, alarm } = await mailing();
    await alarm.tell(alert, words, never);
    expect(sink.messages).toMatchObject([{ from: 'larm@example.se', to: 'drift@example.se', secure: true }]);
    const parsed = await PostalMime.parse(sink.messages[0]?.raw ?? '');
    expect(parsed.subject).toBe(words.title);
    expect(parsed.text?.trim()).toBe(words.text);
    expect(parsed.html).toBeUndefined();
    expect(parsed.messageId).toBe('<alr_1@example.se>');
    const headers = Object.fromEntries(parsed.headers.map(({ key, value }) => [key, value]));
    expect(headers['auto-submitted']).toBe('auto-generated');
  });

  test('told again it is the same message by another attempt', async () => {
    const { sink, alarm } = await mailing();
    await alarm.tell(alert, words, never);
    await alarm.tell(alert, words, never);
    expect(new Set(sink.messages.map(({ envid }) => envid)).size).toBe(2);
    const ids = await Promise.all(
      sink.messages.map(async ({ raw }) => (await PostalMime.parse(raw)).messageId),
    );
    expect(ids).toEqual(['<alr_1@example.se>', '<alr_1@example.se>']);
  });

  test('that is refused has not been told, and the error names nobody', async () => {
    const { sink, alarm } = await mailing();
    sink.onMessage = () => ({ at: 'rcpt', reply: '550 5.1.1 drift@example.se is unknown' });
    const error = await alarm.tell(alert, words, never).catch((caught: Error) => caught);
    expect((error as Error).message).toMatch(/^the alert mail failed: recipient 550/);
    expect((error as Error).message).not.toContain('@');
  });
});

describe('words', () => {
  const full = {
    domain: 'example.se',
    rules: 'x-check',
    route: 'ses',
    provider: 'Amazon SES',
    reserve: 'AuthSMTP',
    signature: 'Test.Signature',
    percent: 5.25,
    code: '554',
    wrong: 'dkim',
    unknown: 12_345,
    recipients: 12_345,
    rejected: 3,
  };
  const every = [
    ...alertKinds.filter((kind) => kind !== 'paused').map((kind) => ({ kind: kind as string, data: {} })),
    ...pauseReasons.map((reason) => ({ kind: 'paused', data: { reason } })),
  ];

  test.each(every)('$kind $data.reason is said in both languages, with data and without', (one) => {
    for (const data of [one.data, { ...one.data, ...full }]) {
      const said = locales.map((locale) => sayAlert({ kind: one.kind, data }, locale));
      const [en, sv] = said;
      expect(en?.title).not.toBe(sv?.title);
      expect(en?.text).not.toBe(sv?.text);
      for (const { title, text } of said) {
        expect(title.length).toBeLessThanOrEqual(90);
        expect(title).not.toMatch(/\.$/);
        expect(text).toMatch(/\.$/);
        expect(`${title} ${text}`).not.toMatch(/undefined|NaN|null|\{|\}| {2}/);
      }
    }
  });

  test('every pause says first that nothing goes', () => {
    for (const reason of pauseReasons) {
      expect(sayPause(reason, full, 'en').text).toMatch(/^Nothing /);
      expect(sayPause(reason, full, 'sv').text).toMatch(/^Inget /);
    }
  });

  test('numbers are written as each language has them', () => {
    expect(sayAlert({ kind: 'unknown-waits', data: full }, 'en').text).toContain('12,345');
    expect(sayAlert({ kind: 'unknown-waits', data: full }, 'sv').text).toMatch(/12[\s\u00a0]345/);
    expect(sayPause('bounce-rate', full, 'sv').text).toContain('5,25 %');
  });

  test('a kind or reason of another version is told all the same', () => {
    expect(sayAlert({ kind: 'odd', data: {} }, 'en').title).toContain('went wrong');
    expect(sayPause('odd', {}, 'sv').title).toContain('gick fel');
  });
});
