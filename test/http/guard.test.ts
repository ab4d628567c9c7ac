/** A page that somebody who is signed in visits can neither post nor read here. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postForm, postJson, type Service, sound, startService } from './service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService({ idle: true });
});
afterAll(() => service.close());

const own = 'http://localhost';

describe('cross-site requests', () => {
  const rows: [string, Record<string, string>, boolean][] = [
    ['a program', {}, true],
    ['our own page', { origin: own, 'sec-fetch-site': 'same-origin' }, true],
    ['our own page in an old browser', { origin: own }, true],
    ['our own page behind a proxy that ends TLS', { origin: 'https://localhost' }, true],
    ['another site', { origin: 'https://evil.example' }, false],
    ['another site, new browser', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, false],
    ['another service on this machine', { origin: `${own}:3000`, 'sec-fetch-site': 'same-site' }, false],
    ['another service on this machine, old browser', { origin: `${own}:3000` }, false],
    ['a sandboxed frame', { origin: 'null' }, false],
    ['an origin that is none', { origin: '::' }, false],
  ];
  const ways: [string, (headers: Record<string, string>) => Promise<Response> | Response][] = [
    ['JSON', (headers) => postJson(service, sound, headers)],
    ['a form', (headers) => postForm(service, { source: '<p>Hej!</p>', from: sound.from }, headers)],
    [
      'the page’s form',
      (headers) => postForm(service, { source: '<p>Hej!</p>', from: sound.from }, headers, '/audits'),
    ],
    ['plain text', (headers) => postJson(service, sound, { 'content-type': 'text/plain', ...headers })],
  ];
  const all = rows.flatMap(([who, headers, may]) =>
    ways.map(([how, send]) => ({ who, headers, may, how, send })),
  );
  test.each(all)('$how from $who: $may', async ({ headers, may, send }) => {
    const before = (await service.audits.list(service.organisation, { limit: 200 })).length;
    const response = await send(headers);
    if (may) return expect([202, 303, 415]).toContain(response.status);
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: 'forbidden-origin' });
    expect(await service.audits.list(service.organisation, { limit: 200 })).toHaveLength(before);
  });

  test('no answer allows another origin to read it', async () => {
    const response = await service.app.request('/', { headers: { origin: 'https://evil.example' } });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });
});

describe('the name it is reached by', () => {
  test.each([
    ['http://localhost:8787/', 200],
    ['http://127.0.0.1:8787/', 200],
    ['http://192.168.1.7/', 200],
    ['http://[::1]:8787/', 200],
    ['http://audit.example.se/', 200],
    ['http://AUDIT.example.se:81/', 200],
    ['http://evil.example/', 421],
    ['http://127.0.0.1.evil.example:8787/', 421],
    ['http://localhost.evil.example/', 421],
    ['http://evil.example/v1/audits/x', 421],
    ['http://evil.example/openapi.json', 421],
    ['http://probe.internal/healthz', 200],
  ])('%s: %i', async (url, status) => {
    const response = await service.app.request(url);
    expect(response.status).toBe(status);
    if (status !== 421) return;
    const body = (await response.json()) as { code: string; detail: string };
    expect(body.code).toBe('unknown-host');
    expect(body.detail).toContain('KLARSIGNAL_HOSTNAMES');
  });

  test('any name, where the platform routes by it', async () => {
    const open = await startService({ idle: true, app: { hostnames: 'any' } });
    expect((await open.app.request('https://klarsignal.example.workers.dev/')).status).toBe(200);
    await open.close();
  });
});

describe('the language switch stays on this site', () => {
  const dropped = ['%09', '%0a', '%0d', '%5c', '%2f', '%01', '%09%0a', '%2f%09', '/'];
  const paths = dropped.flatMap((mark) => [
    `/${mark}/evil.example`,
    `/${mark}${mark}evil.example`,
    `/audits/${mark}/evil.example`,
    `/audits?before=${mark}/evil.example`,
    `/sign-in?token=x&next=/${mark}/evil.example`,
    `/docs?x=${mark}`,
  ]);
  test.each(paths)('%s', async (path) => {
    for (const app of [service.app, service.anonymous]) {
      const response = await app.request(`${own}${path}`, { headers: { accept: 'text/html' } });
      if (response.status === 303) {
        expect(new URL(response.headers.get('location') ?? '', own).origin).toBe(own);
        continue;
      }
      const html = (await response.text()).replaceAll('&amp;', '&');
      const [, address] = /<a href="([^"]*)" lang="sv" hreflang="sv"/.exec(html) ?? [];
      expect(address).toContain('locale=sv');
      expect(new URL(address ?? '', own).origin).toBe(own);
    }
  });

  test('and leads to the same page', async () => {
    const response = await service.app.request('/n%C3%A5gon/annan%3Fstans', {
      headers: { accept: 'text/html' },
    });
    expect(await response.text()).toContain('href="/n%C3%A5gon/annan%3Fstans?locale=sv"');
  });
});

test.each(['/', '/audits/x', '/v1/audits/x', '/assets/tokens.css', '/openapi.json', '/healthz', '/nothing'])(
  'headers that keep a browser safe: %s',
  async (path) => {
    const { headers } = await service.app.request(path);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('cache-control')).toMatch(/private|max-age/);
  },
);
