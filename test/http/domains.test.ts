/** A sender domain audited by itself, by API and on its page. */
import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDomainAudits } from '../../src/audits.ts';
import type { DomainReportJson } from '../../src/http/domains/described.ts';
import { needOf } from '../../src/http/needs.ts';
import { postForm, type Service, startService } from './service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const sent = 'mailFrom=mejl.example.se&dkimSelectors=s1';
const get = (path: string, headers: Record<string, string> = {}) => service.app.request(path, { headers });
const report = async (path: string) => (await (await get(path)).json()) as DomainReportJson;
const finding = ({ findings }: DomainReportJson, rule: string) =>
  findings.find((one) => one.rule === rule)?.outcome;

describe('GET /v1/domains/{domain}', () => {
  test('judges the domain alone: partial, whatever the decision', async () => {
    const response = await get(`/v1/domains/example.se?${sent}&locale=sv`);
    expect([response.status, response.headers.get('content-language')]).toEqual([200, 'sv']);
    const body = (await response.json()) as DomainReportJson;
    expect(body).toMatchObject({
      domain: 'example.se',
      mailFrom: 'mejl.example.se',
      dkimSelectors: ['s1'],
      sendingAddresses: [],
      routes: [],
      partial: true,
      simulated: false,
      decision: 'clear',
      score: 100,
    });
    expect(finding(body, 'spf-lookup-limit')).toBe('pass');
    // What only a mail has is not told of a domain: no points is not no spam.
    for (const field of ['audited', 'spam', 'previews', 'sandboxed']) expect(body).not.toHaveProperty(field);
    expect(finding(body, 'subject')).toBeUndefined();
  });

  test('a fault of the domain is found, with the record that mends it', async () => {
    await service.publish({ '_dmarc.example.se': 'NXDOMAIN' });
    const body = await report(`/v1/domains/example.se?${sent}`);
    await service.publish({ '_dmarc.example.se': { TXT: ['v=DMARC1; p=reject'] } });
    expect(body.decision).toBe('blocked');
    const changes = body.findings.flatMap(({ problems }) => problems.map(({ change }) => change));
    expect(changes).toContainEqual(
      expect.objectContaining({ kind: 'dns', type: 'TXT', name: '_dmarc.example.se', old: null }),
    );
  });

  test('without a selector DKIM is unknown and not missing; silence of DNS is no pass', async () => {
    const asked = await report('/v1/domains/example.se?mailFrom=mejl.example.se');
    expect(asked.findings.filter(({ ask }) => ask === 'dkim-selector').length).toBeGreaterThan(0);
    expect(asked.decision).toBe('undecided');
    // Page and command line show none either.
    expect(asked.score).toBeNull();
    service.silence(true);
    const silent = await report(`/v1/domains/example.se?${sent}`);
    service.silence(false);
    expect(silent.decision).toBe('undecided');
    expect(finding(silent, 'spf-lookup-limit')).toBe('unknown');
  });

  test('several selectors and addresses; what cannot be used is named as it was written', async () => {
    const body = await report(
      '/v1/domains/example.se?dkimSelectors=s1&dkimSelectors=s2&sendingAddresses=192.0.2.1&sendingAddresses=2001:db8::1',
    );
    expect(body).toMatchObject({
      dkimSelectors: ['s1', 's2'],
      sendingAddresses: ['192.0.2.1', '2001:db8::1'],
    });
    const wrong = await get(
      '/v1/domains/not%20a%20domain?mailFrom=%40&dkimSelectors=å&sendingAddresses=300.1.1.1&locale=sv',
    );
    expect([wrong.status, wrong.headers.get('content-type')]).toEqual([
      422,
      'application/problem+json; charset=utf-8',
    ]);
    const problem = (await wrong.json()) as { code: string; errors: { code: string; field: string }[] };
    expect(problem.code).toBe('invalid-domain');
    expect(problem.errors.map(({ code, field }) => `${field} ${code}`).sort()).toEqual([
      'dkimSelectors dkim-selector-invalid',
      'domain domain-invalid',
      'mailFrom mail-from-invalid',
      'sendingAddresses sending-address-invalid',
    ]);
    const many = await get(
      `/v1/domains/example.se?${Array.from({ length: 11 }, (_, i) => `sendingAddresses=192.0.2.${i}`).join('&')}`,
    );
    expect(((await many.json()) as typeof problem).errors[0]?.code).toBe('sending-addresses-too-many');
  });

  test.each(['https://example.se/', 'http://www:x@example.se:8080/om?a=b#c', 'example.se/om', 'example.se.'])(
    '%s is read as the domain',
    async (written) => {
      expect(await report(`/v1/domains/${encodeURIComponent(written)}`)).toMatchObject({
        domain: 'example.se',
      });
    },
  );

  test('a name that it does not know is told, and never passed over', async () => {
    const wrong = await get('/v1/domains/example.se?dkimSelector=s1');
    expect(wrong.status).toBe(400);
    expect(await wrong.json()).toMatchObject({ code: 'invalid-request' });
  });

  test('needs somebody who may read audits', async () => {
    expect((await service.anonymous.request('/v1/domains/example.se')).status).toBe(401);
    const reader = await service.key(['audits:read']);
    expect((await reader.request(`/v1/domains/example.se?${sent}`)).status).toBe(200);
    const other = await service.key(['audits:write']);
    expect((await other.request('/v1/domains/example.se')).status).toBe(403);
  });

  test('nothing of it is kept, and nothing of it earns a clearance', async () => {
    await get(`/v1/domains/example.se?${sent}`);
    expect(await service.audits.list(service.organisation, { limit: 10 })).toEqual([]);
  });
});

test('too many at once are refused at once, and one who has gone makes room', async () => {
  // Whoever asks waits for as long as DNS does.
  const held = Promise.withResolvers<void>();
  const own = await startService({
    app: {
      domains: createDomainAudits({
        preflight: {
          auditSender: async (_, { signal } = {}) => {
            await Promise.race([
              held.promise,
              new Promise((resolve) => signal?.addEventListener('abort', resolve)),
            ]);
            return { verdict: {} as never, observations: {} as never };
          },
        },
        clock: { now: () => new Date() },
      }),
    },
  });
  const leaving = new AbortController();
  const ask = (init: RequestInit = {}) =>
    own.app.request(new Request('http://localhost/v1/domains/example.se', init));
  const first = [ask({ signal: leaving.signal }), ask(), ask()];
  await new Promise((resolve) => setImmediate(resolve));
  const refused = await ask();
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
  expect(((await refused.json()) as { code: string }).code).toBe('busy');
  leaving.abort();
  await first[0];
  const page = await postForm(own, { domain: 'example.se' }, {}, '/domains');
  expect(page.status).toBe(200);
  await page.body?.cancel();
  held.resolve();
  await Promise.allSettled(first);
  await own.close();
});

describe('/domains', () => {
  const read = async (response: Response) => ({ response, page: load(await response.text()) });
  const page = async (query: string) => read(await get(`/domains${query}`, { accept: 'text/html' }));
  const ask = async (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    read(await postForm(service, fields, { accept: 'text/html', ...headers }, '/domains'));
  const known = { domain: 'example.se', mailFrom: 'mejl.example.se', dkimSelectors: 's1' };

  test('a link shows the form filled in, and asks nothing; nor does another site', async () => {
    const { response, page: shown } = await page('?domain=https%3A%2F%2Fexample.se%2Fom&dkimSelectors=s1');
    expect(response.status).toBe(200);
    expect(shown('.asking, .answered, [role=alert]')).toHaveLength(0);
    expect(shown('#domain').attr('value')).toBe('https://example.se/om');
    expect(shown('#dkimSelectors').attr('value')).toBe('s1');
    expect(shown('#ask-domain').attr('method')).toBe('post');
    for (const site of ['cross-site', 'same-site']) {
      const other = { 'sec-fetch-site': site };
      expect((await ask(known, other)).response.status).toBe(403);
      expect((await get('/v1/domains/example.se', other)).status).toBe(403);
    }
    const own = { 'sec-fetch-site': 'same-origin' };
    expect((await ask(known, own)).response.status).toBe(200);
    expect((await get(`/v1/domains/example.se?${sent}`, own)).status).toBe(200);
  });

  test('whoever may read audits may ask', () => {
    expect(needOf('POST', '/domains')).toBe(needOf('GET', '/v1/domains/example.se'));
  });

  test('a name of other letters is shown as people read it, and its records as DNS has them', async () => {
    const ascii = 'xn--blbr-noae.se';
    const { page: shown } = await ask({ domain: 'blåbär.se' });
    expect(shown('.asking h1').text()).toContain(`blåbär.se (${ascii})`);
    expect(shown('.about strong').text()).toBe(`blåbär.se (${ascii})`);
    expect(shown('title').text()).toMatch(/^blåbär\.se – /);
    expect(await report(`/v1/domains/${encodeURIComponent('blåbär.se')}`)).toMatchObject({
      domain: ascii,
      unicode: 'blåbär.se',
    });
    // Cyrillic letters that look like Latin ones.
    expect(await report(`/v1/domains/${encodeURIComponent('аррӏе.se')}`)).toMatchObject({ unicode: null });
  });

  test('a form, in both languages, that people can reach', async () => {
    for (const [locale, name] of [
      ['en', 'Domain'],
      ['sv', 'Domän'],
    ]) {
      const { page: form } = await page(`?locale=${locale}`);
      expect(form('nav [href="/domains"][aria-current="page"]').text()).toBe(name);
      expect(
        form('form[action="/domains"] [name]')
          .toArray()
          .map((one) => form(one).attr('name')),
      ).toEqual(['domain', 'mailFrom', 'dkimSelectors', 'sendingAddresses']);
    }
  });

  test('steps first and then the report, never as clear to send', async () => {
    const { response, page: shown } = await ask({ ...known, domain: 'https://example.se/om' });
    expect([response.status, response.headers.get('x-accel-buffering')]).toEqual([200, 'no']);
    expect(shown('.asking .state').length).toBeGreaterThan(3);
    expect(shown('.answered #decision').text()).toBe('The domain is in order');
    expect(shown('main').text()).not.toMatch(/clear to send/i);
    expect(shown('title').text()).toContain('example.se');
    expect(shown('#authentication')).toHaveLength(1);
    // The whole frame stands round it.
    expect(shown('footer')).toHaveLength(1);
  });

  test('what a check asks for is asked there, with what was said before', async () => {
    const { page: shown } = await ask({ domain: 'example.se', mailFrom: 'mejl.example.se' });
    const form = shown('#ask-dkim-selector').closest('form');
    expect([form.attr('action'), form.attr('method')]).toEqual(['/domains', 'post']);
    expect(
      form
        .find('[type=hidden]')
        .toArray()
        .map((one) => shown(one).attr('value')),
    ).toEqual(['example.se', 'mejl.example.se']);
  });

  test('what cannot be used is told at its field, and stays filled in', async () => {
    const { response, page: shown } = await ask({ domain: 'not a domain', sendingAddresses: '1.2.3' });
    expect(response.status).toBe(422);
    expect(shown('#domain').attr('aria-invalid')).toBe('true');
    expect(shown('#domain').attr('value')).toBe('not a domain');
    expect(shown('[role=alert] [href="#sendingAddresses"]')).toHaveLength(1);
    expect(shown('title').text()).toMatch(/^2 things to correct/);
  });

  test('what a domain writes stands there as text', async () => {
    await service.publish({ 'example.se': { TXT: ['v=spf1 include:<script>alert(1)</script> -all'] } });
    const { page: shown } = await ask({ domain: 'example.se' });
    expect(shown('main script')).toHaveLength(0);
  });
});

test('the plan stands in the report: what to publish, in order', async () => {
  const { planSteps } = await import('../../rules/plan/index.ts');
  const planned = await startService({
    zone: { '_dmarc.example.se': 'NXDOMAIN' },
    app: { planSteps },
    plan: planSteps,
  });
  const path = '/v1/domains/example.se?mailFrom=mejl.example.se&dkimSelectors=s1';
  const { plan } = (await (await planned.app.request(path)).json()) as DomainReportJson;
  const next = plan?.steps.find(({ state }) => state === 'now');
  expect(next?.changes).toContainEqual(
    expect.objectContaining({ type: 'TXT', name: '_dmarc.example.se', old: null }),
  );
  const page = load(await (await postForm(planned, { domain: 'example.se' }, {}, '/domains')).text());
  expect(page('section[aria-labelledby=plan] h3').first().text()).toMatch(/^1\. /);
  await planned.close();
});
