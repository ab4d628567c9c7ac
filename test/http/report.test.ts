/** A report to keep or send on, in each of its forms. */
import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { providers } from '../../rules/providers/index.ts';
import { acceptable } from '../../src/http/acceptable.ts';
import { writeReport } from '../../src/report/report.ts';
import { textReport } from '../../src/report/text.ts';
import { testBrowser } from '../browser.ts';
import { type Answers, readAnswers } from './answers.ts';
import { postJson, type Service, sound, startService } from './service.ts';

const evil = `"><script>alert(1)</script><img src=x onerror=alert(2)><form action="/keys">`;
const browser = testBrowser();
let service: Service;
let answers: Answers;
let id: string;

beforeAll(async () => {
  service = await startService({
    browser,
    app: {
      assets: new Map([
        ['tokens.css', { contentType: 'text/css', body: ':root{--a:1}' }],
        ['klarsignal.css', { contentType: 'text/css', body: 'p{margin:0}' }],
        ['klarsignal.js', { contentType: 'text/javascript', body: 'alert(1)' }],
      ]),
    },
  });
  answers = await readAnswers(service);
  const mail = { ...sound, previews: true, source: `<p>Hej!</p><a href="">${evil}</a>`, subject: evil };
  ({ id } = await answers.auditIn(await postJson(service, mail, { prefer: 'wait=60' })));
});
afterAll(async () => {
  await service.close();
  await browser.close();
});

const get = (query = '', headers: Record<string, string> = {}, audit = id) =>
  service.app.request(`/v1/audits/${audit}/report${query}`, { headers });
const typeOf = (response: Response) => response.headers.get('content-type')?.split(';')[0];

describe('the form', () => {
  test.each([
    [undefined, 'json'],
    ['', 'json'],
    ['*/*', 'json'],
    ['application/json', 'json'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'html'],
    ['text/plain', 'text'],
    ['TEXT/PLAIN', 'text'],
    ['text/*', 'html'],
    ['text/*, text/html;q=0.1', 'text'],
    ['text/html;q=0.2, text/plain;q=0.7, application/json;q=0.5', 'text'],
    ['*/*, application/json;q=0', 'html'],
    ['text/html;level=1;q=0.4, text/plain;q=0.3', 'html'],
    ['image/png', undefined],
    ['text/html;q=0', undefined],
    ['nonsense', undefined],
  ])('that Accept %j asks for: %s', (accept, expected) => {
    const types = { json: 'application/json', html: 'text/html', text: 'text/plain' };
    const found = acceptable(accept, ['json', 'html', 'text'] as const, (one) => types[one]);
    expect(found).toBe(expected);
  });

  test.each([
    ['', 'text/html', 'text/html'],
    ['?format=text', 'text/html', 'text/plain'],
    ['?format=json', 'image/png', 'application/json'],
    ['?format=html', '', 'text/html'],
  ])('of %j with Accept %j is %s', async (query, accept, type) => {
    const response = await get(query, accept ? { accept } : {});
    expect([response.status, typeOf(response)]).toEqual([200, type]);
    expect(response.headers.get('vary')).toMatch(/Accept(?:,|$)/);
    expect(response.headers.get('content-disposition')).toBeNull();
  });

  test.each([
    ['?format=json&download', 'json'],
    ['?format=html&download=1', 'html'],
    ['?format=text&download=', 'txt'],
  ])('of %j is saved under a name of its own', async (query, ending) => {
    const { createdAt } = await answers.auditIn(await service.app.request(`/v1/audits/${id}`));
    expect((await get(query)).headers.get('content-disposition')).toBe(
      `attachment; filename="klarsignal-${createdAt.slice(0, 10)}-${id.slice(4, 12)}.${ending}"`,
    );
  });
});

describe('what it says', () => {
  test('JSON: the report alone, in the language asked for', async () => {
    const audit = await answers.auditIn(await service.app.request(`/v1/audits/${id}?locale=sv`));
    const report = await answers.reportIn(await get('?locale=sv'));
    if (audit.state !== 'done') throw new Error('it has not ended');
    const { audited, ...judged } = report;
    expect({ ...audit, ...judged }).toEqual(audit);
    const { from, subject, mailFrom, filename, class: mailClass } = audit;
    const mail = { from, subject, mailFrom, filename, class: mailClass };
    expect(audited).toEqual({ id, at: audit.finishedAt, ...mail });
    expect(from).toContain('@');
    expect(report).not.toHaveProperty('id');
    expect(report).not.toHaveProperty('ruleSet');
    expect((await get('?locale=sv')).headers.get('content-language')).toBe('sv');
  });

  test('text: what the command line writes', async () => {
    const audit = await service.audits.find(service.organisation, id);
    if (!audit?.verdict) throw new Error('it has not ended');
    const response = await get('?format=text&locale=sv');
    expect(response.headers.get('content-type')).toBe('text/plain; charset=UTF-8');
    const { from = null, subject = null, mailFrom = null, filename = null } = audit.request;
    const mail = { from, subject, mailFrom, filename, class: 'marketing' as const };
    const audited = { id, at: audit.finishedAt ?? '', ...mail };
    const text = await response.text();
    expect(text).toBe(textReport(writeReport(audit.verdict, rules, 'sv', audited, false, providers), 'sv'));
    expect(text).toContain(`\nFrån: ${from}\n`);
    expect(text).toContain(`\nGranskning: ${id}\n`);
  });

  test('HTML: a document that needs nothing else, and lets nothing in', async () => {
    const response = await get('?format=html&locale=sv');
    const policy = response.headers.get('content-security-policy') ?? '';
    const text = await response.text();
    const page = load(text);
    expect(page('html').attr('lang')).toBe('sv');
    expect(page('h1')).toHaveLength(1);
    const style = page('style').text();
    expect(style).toBe(':root{--a:1}\np{margin:0}');
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style));
    const hash = Buffer.from(digest).toString('base64');
    expect(policy).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    // Kept as a file it has no header.
    expect(page('meta[http-equiv=Content-Security-Policy]').attr('content')).toBe(
      policy.replace("; frame-ancestors 'none'", ''),
    );
    expect(page('script, form, button, input, iframe, object, [style], link[rel=stylesheet]')).toHaveLength(
      0,
    );
    const addresses = page('[href], [src]')
      .toArray()
      .map((one) => page(one).attr('href') ?? page(one).attr('src') ?? '');
    expect(addresses.filter((address) => !/^(?:#|data:)/.test(address))).toEqual([]);
    expect(page('main').text()).toContain(evil);
  });

  test('HTML: every preview stands in it, byte for byte', async () => {
    const { previews } = await answers.reportIn(await get());
    expect(previews.length).toBeGreaterThan(0);
    const page = load(await (await get('?format=html')).text());
    const drawn = page('img')
      .toArray()
      .map((one) => page(one).attr('src'));
    const stored = await Promise.all(
      previews.map(async ({ view }) => {
        const png = await service.audits.picture(service.organisation, id, view);
        return `data:image/png;base64,${Buffer.from(png ?? []).toString('base64')}`;
      }),
    );
    expect(drawn.sort()).toEqual(stored.sort());
  });
});

describe('no report', () => {
  test('of an audit under way: 409, and when to ask again', async () => {
    const idle = await startService({ idle: true });
    const { auditIn, problemIn } = await readAnswers(idle);
    const queued = await auditIn(await postJson(idle, sound));
    const response = await idle.app.request(`/v1/audits/${queued.id}/report`);
    expect(response.headers.get('retry-after')).toBe('2');
    expect(await problemIn(response)).toMatchObject({ status: 409, code: 'not-finished' });
    await idle.close();
  });

  test('of one that failed: 409, and why', async () => {
    const broken = await startService({
      preflight: { audit: () => Promise.reject(new Error()), ruleSet: '' },
    });
    const { auditIn, problemIn } = await readAnswers(broken);
    const failed = await auditIn(await postJson(broken, sound, { prefer: 'wait=30' }));
    if (failed.state !== 'failed') throw new Error('it did not fail');
    const response = await broken.app.request(`/v1/audits/${failed.id}/report?format=html`);
    expect(response.headers.get('retry-after')).toBeNull();
    expect(await problemIn(response)).toMatchObject({
      status: 409,
      code: 'audit-failed',
      detail: failed.text,
    });
    await broken.close();
  });

  test.each([
    ['that there is not', 404, 'audit-not-found', () => get('', {}, 'aud_0')],
    ['in a form that nobody offers', 406, 'not-acceptable', () => get('', { accept: 'image/png' })],
    ['in a form that there is not', 400, 'invalid-request', () => get('?format=pdf')],
  ])('%s: %i', async (_, status, code, send) => {
    expect(await answers.problemIn(await send())).toMatchObject({ status, code });
  });

  test('of another’s audit', async () => {
    const other = await startService({ organisation: 'org_other', app: { audits: service.audits } });
    for (const format of ['json', 'html', 'text']) {
      expect((await other.app.request(`/v1/audits/${id}/report?format=${format}`)).status).toBe(404);
    }
    await other.close();
  });
});

test('a picture is kept for good, and not sent twice', async () => {
  const { previews } = await answers.reportIn(await get());
  const path = `/v1/audits/${id}/previews/${previews[0]?.view}`;
  const first = await service.app.request(path);
  expect(first.headers.get('cache-control')).toBe('private, max-age=86400, immutable');
  const etag = first.headers.get('etag') ?? '';
  for (const held of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
    const second = await service.app.request(path, { headers: { 'if-none-match': held } });
    expect([second.status, await second.text()]).toEqual([304, '']);
  }
  expect((await service.app.request(path, { headers: { 'if-none-match': '"x"' } })).status).toBe(200);
});
