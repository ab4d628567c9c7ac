/** For whoever watches over the process: health, and a line a request that tells nothing of anybody. */
import { describe, expect, test } from 'vitest';
import { postForm, postJson, sound, startService } from './service.ts';

describe('/readyz', () => {
  const fine = async () => {};
  const broken = () => Promise.reject(new Error('hemligt: /srv/data'));
  const silent = () => new Promise(() => {});

  test.each([
    ['all parts answer', { store: fine, data: fine }, 200, { status: 'ready' }],
    ['one fails', { store: fine, data: broken }, 503, { status: 'not-ready', notReady: ['data'] }],
    ['one is silent', { store: silent, data: fine }, 503, { status: 'not-ready', notReady: ['store'] }],
    ['it stops', { store: fine, process: broken }, 503, { status: 'not-ready', notReady: ['process'] }],
  ])('%s', async (_, ready, status, body) => {
    const service = await startService({ app: { ready, readyWithinMs: 20 } });
    const response = await service.anonymous.request('http://anything.example/readyz');
    expect([response.status, await response.json()]).toEqual([status, body]);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect((await service.anonymous.request('/healthz')).status).toBe(200);
    expect(service.logged).toEqual([]);
    await service.close();
  });

  test('a store that is closed is not ready', async () => {
    const service = await startService();
    expect((await service.anonymous.request('/readyz')).status).toBe(200);
    await service.store.close();
    const response = await service.anonymous.request('/readyz');
    expect([response.status, await response.json()]).toEqual([
      503,
      { status: 'not-ready', notReady: ['store'] },
    ]);
    await service.close().catch(() => {});
  });
});

describe('the log', () => {
  test('has one line a request: method, route, status, time', async () => {
    const service = await startService({ idle: true });
    service.noted.length = 0;
    await service.anonymous.request('/healthz');
    await service.anonymous.request('/readyz');
    await service.app.request('/v1/audits/aud_0?locale=sv');
    await service.app.request('/v1/nothing');
    await service.anonymous.request('/v1/audits');
    await postJson(service, sound);
    const ms = expect.any(Number);
    expect(service.noted).toEqual([
      ['debug', 'request', { method: 'GET', route: '/healthz', status: 200, ms }],
      ['debug', 'request', { method: 'GET', route: '/readyz', status: 200, ms }],
      ['info', 'request', { method: 'GET', route: '/v1/audits/:id', status: 404, ms }],
      ['info', 'request', { method: 'GET', route: expect.stringContaining('*'), status: 404, ms }],
      ['info', 'request', { method: 'GET', route: expect.stringContaining('*'), status: 401, ms }],
      ['info', 'request', { method: 'POST', route: '/v1/audits', status: 202, ms }],
    ]);
    await service.close();
  });

  test('a fault of ours has its line too', async () => {
    const audits = { list: () => Promise.reject(new Error('hemligt')) };
    const whole = await startService();
    const service = await startService({ app: { audits: { ...whole.audits, ...audits } } });
    await service.app.request('/v1/audits');
    expect(service.logged).toMatchObject([['request failed', { route: '/v1/audits', error: 'Error' }]]);
    expect(service.noted).toMatchObject([['info', 'request', { route: '/v1/audits', status: 500 }]]);
    expect(JSON.stringify(service.logged)).not.toContain('hemligt');
    await service.close();
    await whole.close();
  });

  test('no token, address, subject, path or header ever stands in it', async () => {
    const service = await startService();
    const secret = 'hemligt-4711';
    const headers = { authorization: `Bearer ${secret}`, 'x-secret': secret, 'user-agent': secret };
    const from = `${secret}@example.se`;
    await service.anonymous.request(`/sign-in?token=${secret}`);
    await service.anonymous.request(`/${secret}?token=${secret}`, { headers });
    await service.anonymous.request(`/v1/audits/${secret}`, { headers });
    await postJson(service, { ...sound, from, subject: secret, filename: secret }, { prefer: 'wait=30' });
    await postJson(service, { ...sound, from: `<${secret}` });
    await postJson(service, `{"${secret}`);
    await postForm(service, { from, source: `<p>${secret}</p>`, [secret]: secret });
    await service.app.request(`/v1/audits?before=${secret}`);
    const told = JSON.stringify([service.noted, service.logged]);
    expect(service.noted.filter(([, event]) => event === 'request')).toHaveLength(8);
    expect(service.noted.some(([, event]) => event === 'audit ended')).toBe(true);
    expect(told).not.toContain(secret);
    expect(told).not.toContain(service.session);
    expect(told).not.toMatch(/example\.se|@/);
    await service.close();
  });
});
