/** The pages as a browser without script meets them: escaped, in two languages, errors beside their fields. */
import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clients } from '../../rules/clients/index.ts';
import { rules } from '../../rules/index.ts';
import { auditPage } from '../../src/http/pages/audit.ts';
import { assets } from './assets.ts';
import { postForm, type Service, sound, startService } from './service.ts';

const evil = `"><script>alert('x')</script>`;

let service: Service;
beforeAll(async () => {
  service = await startService({
    app: { assets },
    zone: {
      'bra.example.se': { TXT: ['v=spf1 ip4:192.0.2.0/24 -all'], MX: ['10 in.example.se'] },
      '_dmarc.example.se': { TXT: [`v=DMARC1; p=none; rua=mailto:${evil}`] },
      'mejl.example.se': { TXT: [`v=spf1 ${evil} -all`], MX: ['10 in.example.se'] },
    },
  });
});
afterAll(() => service.close());

const locales = ['en', 'sv'] as const;
const { from, subject, mailFrom } = sound;
const fields = { from, subject, mailFrom, dkimSelectors: 's1', previews: 'false' };

async function pageOf(response: Response) {
  const text = await response.text();
  expect(response.headers.get('content-type')).toBe('text/html; charset=UTF-8');
  const page = load(text);
  expect(page('[onload], [onclick], [onerror], [style], style').length).toBe(0);
  // Our own, from a file; nothing else anywhere.
  expect(text.match(/<script/gi)).toHaveLength(1);
  expect(page('script').attr('src')).toMatch(/^\/assets\/klarsignal\.js\?v=[0-9a-f]{8}$/);
  expect(page('script').text()).toBe('');
  expect(page('h1')).toHaveLength(1);
  expect(page('html').attr('lang')).toBe(response.headers.get('content-language'));
  return { page, text };
}

describe.each(locales)('%s', (locale) => {
  const asked = { 'accept-language': locale };
  const get = (path: string) => service.app.request(path, { headers: asked });
  const send = (more: Record<string, string | File>, path = '/audits') =>
    postForm(service, { ...fields, ...more }, asked, path);

  test('the form leads to the audit, and from there to its report', async () => {
    const posted = await send({ source: '<p>Hej!</p>' });
    expect(posted.status).toBe(303);
    const location = posted.headers.get('location') ?? '';
    expect(location).toMatch(/^\/audits\/aud_[0-9a-f]{32}$/);
    const { page: first } = await pageOf(await get(location));
    const id = location.slice(8);
    await service.audits.settled(service.organisation, id, 20_000);
    const { page } = await pageOf(await get(location));
    expect(page('noscript')).toHaveLength(0);
    expect(page('.decision h1').text()).toBe(
      locale === 'en' ? 'Not clear to send (trial)' : 'Inte klart att skicka (provkörning)',
    );
    expect(page('article.finding').length).toBeGreaterThan(0);
    if (first('.decision').length === 0) expect(first('noscript').html()).toContain('content="2"');
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
    const { page } = await pageOf(await get(location));
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
    const { page } = await pageOf(response);
    expect(page('title').text()).toMatch(/^4 /);
    // In the order of the form.
    const links = page('.note a').toArray();
    expect(links.map(({ attribs }) => attribs.href)).toEqual(['#subject', '#from', '#mailFrom', '#replyTo']);
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

  test('an empty form is told everything that is missing at once', async () => {
    const { page } = await pageOf(await postForm(service, {}, asked, '/audits'));
    const links = page('.note a').toArray();
    expect(links.map(({ attribs }) => attribs.href)).toEqual(['#file', '#from']);
  });

  test('the form says in words what is needed', async () => {
    const { page } = await pageOf(await get('/'));
    const marks = page('main label .mark').toArray();
    expect(marks.map((one) => page(one).parent().attr('for'))).toEqual([
      'file',
      'subject',
      'from',
      'mailFrom',
      'dkimSelectors',
      'replyTo',
      'sendingAddresses',
      'sampleData',
      'requiredFields',
      'audience',
    ]);
  });

  test('after a fault the file is to be chosen again, but not what was pasted', async () => {
    const again = locale === 'en' ? 'Choose the file again.' : 'Välj filen igen.';
    const file = new File(['<p>Hej!</p>'], 'a.html');
    for (const [more, told] of [
      [{ file }, true],
      [{ source: '<p>Hej!</p>' }, false],
      [{}, false],
    ] as const) {
      const { page } = await pageOf(await send({ ...more, from: 'x' }));
      expect(page('#file-h').text().includes(again)).toBe(told);
    }
    const { page } = await pageOf(await get('/'));
    expect(page('#file-h').text()).not.toContain(again);
  });

  test('a request of 30 MB is answered with the form and the limit', async () => {
    const response = await send({ file: new File([new Uint8Array(30 * 1024 * 1024)], 'a.html') });
    expect(response.status).toBe(413);
    const { page } = await pageOf(response);
    expect(page('#file-e0').text()).toContain('10 MB');
  });

  test('an answer of 30 MB is answered with the limit', async () => {
    const body = new FormData();
    body.append('file', new File([new Uint8Array(30 * 1024 * 1024)], 'a.eml'));
    const headers = { ...asked, accept: 'text/html' };
    const response = await service.app.request('/audits/aud_0/again', { method: 'POST', headers, body });
    expect(response.status).toBe(413);
    const { page } = await pageOf(response);
    expect(page('.lead').text()).toContain('10 MB');
  });

  test('what a program sends that the form lacks is told, without a link to nowhere', async () => {
    const response = await send({ source: '<p>x</p>', constructor: evil });
    expect(response.status).toBe(400);
    const { page } = await pageOf(response);
    expect(page('.note li').length).toBe(1);
    expect(page('.note a').length).toBe(0);
  });

  test('a page that is not there is a page; for a program it is problem details', async () => {
    for (const path of ['/audits/aud_0', '/nothing', '//evil.example']) {
      const headers = { accept: 'text/html,*/*;q=0.8', ...asked };
      const response = await service.app.request(`http://localhost${path}`, { headers });
      expect(response.status).toBe(404);
      const { page } = await pageOf(response);
      expect(page('a[hreflang]').attr('href')).toMatch(/^\/[a-z?]/);
    }
    expect(await (await service.app.request('/nothing')).json()).toMatchObject({ code: 'not-found' });
  });

  test('the other language is one link away, and it is remembered', async () => {
    const { page } = await pageOf(await get('/audits?before=aud_0'));
    const other = locale === 'en' ? 'sv' : 'en';
    const address = page(`a[hreflang=${other}]`).attr('href') ?? '';
    expect(address).toBe(`/audits?before=aud_0&locale=${other}`);
    const switched = await get(address);
    expect(switched.headers.get('content-language')).toBe(other);
    expect(switched.headers.get('vary')).toMatch(/Accept-Language, Cookie/);
    const cookie = switched.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^locale=(?:en|sv); Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/);
    const later = await service.app.request('/', {
      headers: { ...asked, cookie: cookie.split(';')[0] ?? '' },
    });
    expect(later.headers.get('content-language')).toBe(other);
    expect(later.headers.get('set-cookie')).toBeNull();
    expect((await get('/?locale=de')).headers.get('set-cookie')).toBeNull();
  });

  test('on a form that came back, the other language keeps what was filled in and begins nothing', async () => {
    const before = await service.audits.list(service.organisation, { limit: 100 });
    const { page } = await pageOf(await send({ source: '<p>Hej!</p>', from: 'x', previews: 'false' }));
    const button = page('button[formnovalidate]');
    expect([button.attr('form'), page('form.stack').attr('id')]).toEqual(['audit', 'audit']);
    const other = locale === 'en' ? 'sv' : 'en';
    const response = await send({ source: '<p>Hej!</p>', previews: 'false' }, button.attr('formaction'));
    expect(response.status).toBe(200);
    const { page: switched } = await pageOf(response);
    expect(switched('html').attr('lang')).toBe(other);
    expect(switched('#source').text()).toBe('<p>Hej!</p>');
    expect(switched('#from').attr('value')).toBe(sound.from);
    expect(switched('input[name=previews]').attr('checked')).toBeDefined();
    expect(await service.audits.list(service.organisation, { limit: 100 })).toHaveLength(before.length);
  });

  test('what a check lacks is asked for once, and the answer judges again', async () => {
    const id = await audited({ ...fields, mailFrom: '', source: '<p>Hej!</p>' });
    const { page } = await pageOf(await get(`/audits/${id}`));
    const form = page('form.ask');
    expect(form).toHaveLength(1);
    expect(form.attr('action')).toBe(`/audits/${id}/again`);
    const ask = String(form.find('input[name=ask]').attr('value'));
    expect(page(`.mends a[href="#${form.find('input[required]').attr('id')}"]`)).toHaveLength(1);
    for (const [mailFrom, fault] of [
      ['', /\.$/],
      ['a b', /a b/],
      [evil, /<script>/],
    ] as const) {
      const response = await postForm(service, { ask, mailFrom }, asked, `/audits/${id}/again`);
      expect(response.status).toBe(422);
      const { page: faulty } = await pageOf(response);
      expect(faulty('title').text()).toMatch(/^(?:One thing|En sak) /);
      const control = faulty('#ask-mail-from');
      expect([control.attr('aria-invalid'), control.attr('value')]).toEqual(['true', mailFrom]);
      expect(faulty('#ask-mail-from-e0').text()).toMatch(fault);
      expect(faulty('.note.blocked a').attr('href')).toBe('#ask-mail-from');
    }
    const answered = await postForm(
      service,
      { ask, mailFrom: 'bra.example.se' },
      asked,
      `/audits/${id}/again`,
    );
    expect(answered.status).toBe(303);
    const next = (answered.headers.get('location') ?? '').slice('/audits/'.length);
    expect(next).not.toBe(id);
    await service.audits.settled(service.organisation, next, 20_000);
    const { page: judged } = await pageOf(await get(`/audits/${next}`));
    expect(judged('form.ask')).toHaveLength(0);
    expect(judged('.about').text()).toContain('bra.example.se');
    expect(judged('.about a').attr('href')).toBe(`/audits/${id}`);
  });

  test('a corrected version is handed in from the report, with what was said before', async () => {
    const id = await audited({ ...fields, replyTo: 'svar@example.se', source: '<p>Hej</p>' });
    const { page } = await pageOf(await get(`/audits/${id}`));
    const form = page('#correct form');
    expect(page('#correct').attr('open')).toBeUndefined();
    expect(form.attr('action')).toBe(`/audits/${id}/again`);
    const shown = Object.fromEntries(
      form
        .find('input[name], textarea')
        .toArray()
        .filter(
          ({ attribs }) => attribs.type !== 'file' && (attribs.type !== 'radio' || 'checked' in attribs),
        )
        .map((one) => [one.attribs.name, String(page(one).val() ?? '').trim()]),
    );
    expect(shown).toMatchObject({ from: sound.from, replyTo: 'svar@example.se', class: 'marketing' });
    const correct = async (more: Record<string, string | File>) => {
      const sent = await postForm(service, { ...shown, ...more }, asked, `/audits/${id}/again`);
      expect(sent.status).toBe(303);
      return service.audits.find(service.organisation, (sent.headers.get('location') ?? '').slice(8));
    };
    const corrected = await correct({ source: '<p>Hej igen</p>', replyTo: '', class: 'transactional' });
    expect(corrected?.request).toMatchObject({
      repeats: id,
      from: sound.from,
      subject: sound.subject,
      mailFrom: sound.mailFrom,
      class: 'transactional',
    });
    expect(corrected?.request.replyTo).toBeUndefined();
    // What was not touched does not speak against a message that speaks for itself.
    const eml = 'From: B <b@example.se>\r\nSubject: Nytt\r\n\r\nHej!\r\n';
    const message = await correct({ file: new File([eml], 'nytt.eml') });
    expect(message?.request).toMatchObject({
      from: 'B <b@example.se>',
      subject: 'Nytt',
      filename: 'nytt.eml',
    });
  });

  test('what is wrong with a corrected version stands beside its field, and what was typed is kept', async () => {
    const id = await audited({ ...fields, source: '<p>Hej</p>' });
    const sent = { correct: '1', source: 'ingenting', from: evil, subject: 'Rättat' };
    const response = await postForm(service, sent, asked, `/audits/${id}/again`);
    expect(response.status).toBe(422);
    const { page } = await pageOf(response);
    expect(page('#correct').attr('open')).toBeDefined();
    expect(page('title').text()).toMatch(/^2 /);
    const links = page('.note.blocked a').toArray();
    expect(links.map(({ attribs }) => attribs.href)).toEqual(['#new-source', '#new-from']);
    expect(page('#new-from').attr('value')).toBe(evil);
    expect(page('#new-subject').attr('value')).toBe('Rättat');
    expect(page('#new-source').text().trim()).toBe('ingenting');
    const twice = { correct: '1', source: '<p>x</p>', file: new File(['<p>y</p>'], 'y.html') };
    const refused = await postForm(service, twice, asked, `/audits/${id}/again`);
    expect(refused.status).toBe(422);
    expect((await pageOf(refused)).page('#new-source').attr('aria-invalid')).toBe('true');
  });

  test('a selector is asked for where it is missed, and may be pasted with the whole name of its record', async () => {
    const id = await audited({ ...fields, dkimSelectors: '', source: sound.source });
    const { page } = await pageOf(await get(`/audits/${id}`));
    const form = page('form.ask');
    expect(form.find('input[name=ask]').attr('value')).toBe('dkim-selector');
    const sent = { ask: 'dkim-selector', dkimSelectors: 's1._domainkey.example.se' };
    const answered = await postForm(service, sent, asked, form.attr('action') ?? '');
    const next = (answered.headers.get('location') ?? '').slice('/audits/'.length);
    await service.audits.settled(service.organisation, next, 20_000);
    const audit = await service.audits.find(service.organisation, next);
    expect(audit?.verdict?.findings.find(({ rule }) => rule === 'dkim-key')?.outcome).toBe('pass');
    const { page: judged } = await pageOf(await get(`/audits/${next}`));
    expect(judged('form.ask')).toHaveLength(0);
    expect(judged('#new-dkimSelectors').attr('value')).toBe(sent.dkimSelectors);
    const emptied = { correct: '1', from, subject, mailFrom, class: 'marketing', dkimSelectors: '' };
    const without = await postForm(service, emptied, asked, `/audits/${next}/again`);
    expect(without.status).toBe(303);
    const last = (without.headers.get('location') ?? '').slice('/audits/'.length);
    expect((await service.audits.find(service.organisation, last))?.request.dkimSelectors).toEqual([]);
  });

  test('a subject is asked for once for all that lack it, and spaces are none', async () => {
    const id = await audited({ ...fields, subject: '', source: sound.source });
    const { page } = await pageOf(await get(`/audits/${id}`));
    const form = page('form.ask');
    expect(form).toHaveLength(1);
    expect(form.find('label').attr('for')).toBe('ask-subject');
    const answer = (value: string) =>
      postForm(service, { ask: 'subject', subject: value }, asked, form.attr('action') ?? '');
    const refused = await answer('  ');
    expect(refused.status).toBe(422);
    expect((await pageOf(refused)).page('#ask-subject').attr('aria-invalid')).toBe('true');
    const answered = await answer('Höstmöte');
    expect(answered.status).toBe(303);
    const next = (answered.headers.get('location') ?? '').slice('/audits/'.length);
    await service.audits.settled(service.organisation, next, 20_000);
    const audit = await service.audits.find(service.organisation, next);
    expect(audit?.verdict?.spam.score).not.toBeNull();
    const { page: judged } = await pageOf(await get(`/audits/${next}`));
    expect(judged('form.ask')).toHaveLength(0);
    expect(judged('.about').text()).toContain('Höstmöte');
  });

  test('rows of the history that look alike are told apart by file and sending subdomain', async () => {
    const other = await startService({ app: { assets } });
    const api = async (file: string, more: Record<string, string>) => {
      const sent = { ...fields, file: new File([sound.source], file), ...more };
      expect((await postForm(other, sent, { prefer: 'wait=20' }, '/v1/audits')).status).toBe(200);
    };
    await api('a.html', { subject: 'Samma' });
    await api('b.html', { subject: 'Samma' });
    await api('c.html', { subject: 'Annat' });
    const { page } = await pageOf(await other.app.request('/audits', { headers: asked }));
    const lines = page('tbody tr')
      .toArray()
      .map((row) => page(row).find('.under').first().text());
    expect(lines.join('|')).toMatch(/b\.html\|.*a\.html$/);
    expect(lines[0]).not.toContain('c.html');
    // A trial without faults leaves the real audit to be made.
    const todo = page('tbody tr').first().find('td').eq(1).text();
    expect(todo).toBe('–');
    await other.close();
  });

  test('the history tells how each ended, twenty a page', async () => {
    const many = await startService({ idle: true, app: { assets } });
    const list = async (path: string) =>
      (await pageOf(await many.app.request(path, { headers: asked }))).page;
    expect((await list('/audits'))('table')).toHaveLength(0);
    for (let i = 1; i <= 21; i++) {
      const posted = await postForm(
        many,
        { ...fields, source: '<p>x</p>', subject: `${evil} ${i}` },
        {},
        '/audits',
      );
      expect(posted.status).toBe(303);
    }
    const first = await list('/audits');
    expect(first('tbody tr')).toHaveLength(20);
    expect(first('tbody tr').first().text()).toContain(`${evil} 21`);
    expect(first('tbody .state').first().text().trim()).toBe(locale === 'en' ? 'Waiting' : 'Väntar');
    const older = first('a[rel=next]').attr('href') ?? '';
    const second = await list(older);
    expect(second('tbody th').text()).toContain(`${evil} 1`);
    expect([second('tbody tr').length, second('a[rel=next]').length]).toEqual([1, 0]);
    await many.close();
    const ended = await pageOf(await get('/audits'));
    expect(ended.page('tbody .state.blocked').length).toBeGreaterThan(0);
  });

  test('marks that turn the direction of text are written out', async () => {
    const id = await audited({
      ...fields,
      subject: 'faktura\u202efdp.exe',
      from: '"\u2066Banken" <nyhetsbrev@example.se>',
      source: '<p>Hej!</p><a href="www.\u202eexempel.example">x</a>',
    });
    for (const path of [`/audits/${id}`, '/audits']) {
      const { page, text } = await pageOf(await get(path));
      expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
      expect(page('main').text()).toContain('faktura‹U+202E›fdp.exe');
    }
    const { page } = await pageOf(await get(`/audits/${id}`));
    expect(page('.finding').text()).toContain('www.‹U+202E›exempel.example');
  });
});

/** Id of an audit that has ended. */
async function audited(form: Record<string, string>): Promise<string> {
  const posted = await postForm(service, form, {}, '/audits');
  const id = (posted.headers.get('location') ?? '').slice('/audits/'.length);
  await service.audits.settled(service.organisation, id, 20_000);
  return id;
}

test('an audit is run again as it was, and one that is not there is not', async () => {
  const id = await audited({ ...fields, source: '<p>Hej!</p>' });
  const again = await service.app.request(`/audits/${id}/again`, { method: 'POST' });
  expect(again.status).toBe(303);
  const next = await service.audits.find(
    service.organisation,
    (again.headers.get('location') ?? '').slice(8),
  );
  expect(next?.request).toMatchObject({ subject: sound.subject, repeats: id });
  const nothing = await postForm(service, { ask: 'mail-from', mailFrom: 'x.se' }, {}, '/audits/aud_0/again');
  expect(nothing.status).toBe(404);
  const foreign = await postForm(
    service,
    { ask: 'mail-from', mailFrom: 'x.se', zone: '{}' },
    {},
    `/audits/${id}/again`,
  );
  expect(foreign.status).toBe(422);
});

test('only examples that this host has are offered and begun', async () => {
  const form = await (await service.app.request('/')).text();
  expect(form).not.toContain('/audits/example');
  for (const name of ['clear', 'nothing', '']) {
    const begun = await postForm(service, { name }, {}, '/audits/example');
    expect(begun.status).toBe(404);
  }
});

test('a document of its own has its icons and pictures, and nothing that leads into the service', async () => {
  const id = await audited({ ...fields, mailFrom: '', source: '<p>Hej!</p>' });
  const audit = await service.audits.find(service.organisation, id);
  if (!audit?.verdict) throw new Error('it has not ended');
  const view = {
    view: 'a-light',
    client: 'a',
    scheme: 'light',
    width: 9,
    height: 9,
    cut: true,
    dark: null,
  } as const;
  const shown = { rules, clients, standalone: true, picture: (name: string) => `data:,${name}` };
  const body = auditPage({ ...audit, verdict: { ...audit.verdict, previews: [view] } }, shown, 'en');
  const page = load(String(await body));
  expect(page('form, button, input, script').length).toBe(0);
  expect(
    page('a')
      .map((_, link) => page(link).attr('href'))
      .get()
      .every((href) => href.startsWith('#')),
  ).toBe(true);
  for (const href of page('a, use')
    .map((_, one) => page(one).attr('href'))
    .get())
    expect(page(href)).toHaveLength(1);
  expect(page('.thumb img').attr('src')).toBe('data:,a-light');
});

test('a stylesheet that is asked for by its version is kept for good', async () => {
  const page = load(await (await service.app.request('/')).text());
  const address = page('link[rel=stylesheet]').first().attr('href') ?? '';
  expect(address).toMatch(/^\/assets\/tokens\.css\?v=[0-9a-f]{8}$/);
  const keeping = async (path: string) => (await service.app.request(path)).headers.get('cache-control');
  expect(await keeping(address)).toBe('max-age=31536000, immutable');
  expect((await service.app.request(address)).headers.get('vary')).toBeNull();
  expect(await keeping('/assets/tokens.css')).toBe('max-age=3600');
  expect(await keeping('/assets/tokens.css?v=0')).toBe('max-age=3600');
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
        putStream: () => Promise.reject(new Error('cannot write')),
        get: async () => undefined,
        getStream: async () => undefined,
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
