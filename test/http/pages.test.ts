/** The pages as a browser without script meets them: escaped, in two languages, errors beside their fields. */
import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postForm, type Service, sound, startService } from './service.ts';

const evil = `"><script>alert('x')</script>`;

let service: Service;
beforeAll(async () => {
  service = await startService({
    zone: {
      '_dmarc.example.se': { TXT: [`v=DMARC1; p=none; rua=mailto:${evil}`] },
      'mejl.example.se': { TXT: [`v=spf1 ${evil} -all`], MX: ['10 in.example.se'] },
    },
  });
});
afterAll(() => service.close());

const locales = ['en', 'sv'] as const;
const fields = { from: sound.from, subject: sound.subject, mailFrom: sound.mailFrom, previews: 'false' };

async function pageOf(response: Response) {
  const text = await response.text();
  expect(response.headers.get('content-type')).toBe('text/html; charset=UTF-8');
  const page = load(text);
  expect(page('script, [onload], [onclick], [onerror], [style], style').length).toBe(0);
  expect(page('h1')).toHaveLength(1);
  expect(page('html').attr('lang')).toBe(response.headers.get('content-language'));
  return { page, text };
}

describe.each(locales)('%s', (locale) => {
  const send = (more: Record<string, string | File>) =>
    postForm(service, { ...fields, ...more }, {}, `/audits?locale=${locale}`);

  test('the form leads to the audit, and from there to its report', async () => {
    const posted = await send({ source: '<p>Hej!</p>' });
    expect(posted.status).toBe(303);
    const location = posted.headers.get('location') ?? '';
    expect(location).toMatch(new RegExp(`^/audits/aud_[0-9a-f]{32}\\?locale=${locale}$`));
    const { page: first } = await pageOf(await service.app.request(location));
    const id = location.slice(8, 44);
    await service.audits.settled(service.organisation, id, 20_000);
    const { page } = await pageOf(await service.app.request(location));
    expect(page('meta[http-equiv=refresh]')).toHaveLength(0);
    expect(page('.decision h1').text()).toBe(
      locale === 'en' ? 'Not clear to send (trial)' : 'Inte klart att skicka (prov)',
    );
    expect(page('article.finding').length).toBeGreaterThan(0);
    if (first('.decision').length === 0) expect(first('meta[http-equiv=refresh]')).toHaveLength(1);
  });

  test('what is handed in and what DNS says stands escaped in the report', async () => {
    const posted = await send({
      source: `<p>Hej!</p><a href="">${evil}</a><img src="https://x.example/${evil}">`,
      subject: `Ämne ${evil}`,
      from: `"${evil.replace('"', "'")}" <nyhetsbrev@example.se>`,
      mailFrom: 'mejl.example.se',
    });
    const location = posted.headers.get('location') ?? '';
    await service.audits.settled(service.organisation, location.slice(8, 44), 20_000);
    const { page, text } = await pageOf(await service.app.request(location));
    expect(text).not.toContain('<script');
    expect(page('main').text()).toContain(`Ämne ${evil}`);
    expect(page('main pre').text()).toContain(evil);
    expect(page('main code').text()).toContain('<a href="">');
  });

  test('faults stand beside their fields, and what was filled in is kept', async () => {
    const response = await send({
      source: `<p>${evil}</p>`,
      from: `a@b\n${evil}`,
      subject: `${evil}\r\nBcc: x`,
      mailFrom: evil,
      replyTo: `'${evil}`,
      class: 'transactional',
    });
    expect(response.status).toBe(422);
    const { page, text } = await pageOf(response);
    expect(text).not.toContain('<script');
    expect(page('title').text()).toMatch(/^4 /);
    for (const name of ['from', 'subject', 'mailFrom', 'replyTo']) {
      const control = page(`#${name}`);
      expect(control.attr('aria-invalid')).toBe('true');
      const described = (control.attr('aria-describedby') ?? '').split(' ');
      expect(described).toContain(`${name}-e0`);
      for (const id of described) expect(page(`#${id}`).text()).not.toBe('');
      expect(page(`.note a[href="#${name}"]`).text()).toContain(page(`#${name}-e0`).text());
    }
    expect(page('#mailFrom').attr('value')).toBe(evil);
    expect(page('#source').text()).toBe(`<p>${evil}</p>`);
    expect(page('#source').attr('aria-invalid')).toBeUndefined();
    expect(page('input[value=transactional]').attr('checked')).toBeDefined();
  });

  test.each([
    ['nothing handed in', 422, 'file', {}],
    ['an empty file', 422, 'file', { file: new File([], 'a.html') }],
    ['what was pasted is no mail', 422, 'source', { source: 'Hej!' }],
    ['pasted and uploaded', 400, 'source', { source: '<p>x</p>', file: new File(['<p>'], 'a.html') }],
    ['a large file', 413, 'file', { file: new File([new Uint8Array(11 * 1024 * 1024)], 'a.html') }],
  ])('%s: %i at %s', async (_, status, name, more) => {
    const response = await send(more as Record<string, string | File>);
    expect(response.status).toBe(status);
    const { page } = await pageOf(response);
    expect(page('[aria-invalid]').attr('id')).toBe(name);
    expect(page(`#${name}-e0`).text()).toMatch(/\.$/);
  });

  test('after a fault the file is to be chosen again, but not what was pasted', async () => {
    const again = locale === 'en' ? 'Choose the file again.' : 'Välj filen igen.';
    const file = new File(['<p>Hej!</p>'], 'a.html');
    for (const [more, told] of [
      [{ file }, true],
      [{ source: '<p>Hej!</p>' }, false],
    ] as const) {
      const { page } = await pageOf(await send({ ...more, from: 'x' }));
      expect(page('#file-h').text().includes(again)).toBe(told);
    }
    const { page } = await pageOf(await service.app.request(`/?locale=${locale}`));
    expect(page('#file-h').text()).not.toContain(again);
  });

  test('a request of 30 MB is answered with the form and the limit', async () => {
    const response = await send({ file: new File([new Uint8Array(30 * 1024 * 1024)], 'a.html') });
    expect(response.status).toBe(413);
    const { page } = await pageOf(response);
    expect(page('#file-e0').text()).toContain('10 MB');
  });

  test('what a program sends that the form lacks is told, without a link to nowhere', async () => {
    const response = await send({ source: '<p>x</p>', constructor: evil });
    expect(response.status).toBe(400);
    const { page } = await pageOf(response);
    expect(page('.note li').length).toBe(1);
    expect(page('.note a').length).toBe(0);
  });

  test('a page that is not there is a page; for a program it is problem details', async () => {
    for (const path of ['/audits/aud_0', '/nothing']) {
      const asked = { headers: { accept: 'text/html,*/*;q=0.8' } };
      const response = await service.app.request(`${path}?locale=${locale}`, asked);
      expect(response.status).toBe(404);
      await pageOf(response);
    }
    expect(await (await service.app.request('/nothing')).json()).toMatchObject({ code: 'not-found' });
  });

  test('the other language is one link away', async () => {
    const { page } = await pageOf(await service.app.request(`/?locale=${locale}`));
    const other = locale === 'en' ? 'sv' : 'en';
    expect(page(`a[hreflang=${other}]`).attr('href')).toBe(`/?locale=${other}`);
    expect(page('form').attr('action')).toBe(`/audits?locale=${locale}`);
  });
});

test('another organisation’s audit, report and pictures are not there', async () => {
  const { audits, app, store } = service;
  const png = new Uint8Array([1, 2, 3]);
  const posted = await postForm(service, { ...fields, source: '<p>x</p>' });
  const id = (posted.headers.get('location') ?? '').slice(-36);
  await service.blobs.put(`${service.organisation}/previews/${id}/a-light`, png);
  expect((await app.request(`/v1/audits/${id}/previews/a-light`)).status).toBe(200);

  const other = await startService({
    organisation: 'org_other',
    app: { audits },
  });
  for (const path of [`/v1/audits/${id}`, `/audits/${id}`, `/v1/audits/${id}/previews/a-light`]) {
    expect((await app.request(path)).status).toBe(200);
    expect((await other.app.request(path)).status).toBe(404);
  }
  expect(await store.organisation('org_other').audits({ limit: 9 })).toEqual([]);
  await other.close();
});

test('a fault of ours says nothing of what was handed in, neither to the caller nor to the log', async () => {
  const broken = await startService({
    audits: {
      blobs: {
        put: (_, bytes) => Promise.reject(new Error(`cannot write ${new TextDecoder().decode(bytes)}`)),
        get: async () => undefined,
        delete: async () => {},
      },
    },
  });
  const response = await postForm(broken, { ...fields, source: '<p>hemligt</p>' });
  expect(response.status).toBe(500);
  const body = await response.text();
  expect(JSON.parse(body)).toMatchObject({ code: 'internal' });
  expect(body).not.toContain('hemligt');
  expect(broken.logged).toHaveLength(1);
  expect(JSON.stringify(broken.logged)).not.toMatch(/hemligt|nyhetsbrev|Höstmöte/);
  expect(broken.logged[0]).toMatchObject(['request failed', { error: 'Error', method: 'POST' }]);
  await broken.close();
});
