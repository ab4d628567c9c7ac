/** The API as its callers meet it, on real parts. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answers, readAnswers } from './answers.ts';
import { references, resolve } from './json-schema.ts';
import { postForm, postJson, type Service, sound, startService } from './service.ts';

let service: Service;
let answers: Answers;
const auditIn = (response: Response) => answers.auditIn(response);
const problemIn = (response: Response) => answers.problemIn(response);
beforeAll(async () => {
  service = await startService();
  answers = await readAnswers(service);
});
afterAll(() => service.close());

const bytes = (text: string) => new TextEncoder().encode(text);
const base64 = (content: Uint8Array) => Buffer.from(content).toString('base64');
const again = (id: string, body: unknown, headers: Record<string, string> = {}) =>
  service.app.request(`/v1/audits/${id}/again`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const eml = 'From: A <a@example.se>\r\nReturn-Path: <x@mejl.example.se>\r\nSubject: Hej\r\n\r\nHej!\r\n';

describe('an audit over JSON', () => {
  test('202 with Location and Retry-After, then the report', async () => {
    const response = await postJson(service, sound);
    expect(response.status).toBe(202);
    const location = response.headers.get('location') ?? '';
    expect(response.headers.get('retry-after')).toBe('2');
    const audit = await auditIn(response);
    expect(location).toBe(`/v1/audits/${audit.id}`);
    await service.audits.settled(service.organisation, audit.id, 20_000);
    const done = await auditIn(await service.app.request(location));
    expect(done).toMatchObject({ id: audit.id, state: 'done', decision: 'clear', partial: true });
  });

  test('Prefer: wait gives the report at once', async () => {
    const response = await postJson(service, sound, { prefer: 'respond-async, wait=30' });
    expect(response.status).toBe(200);
    expect(response.headers.get('preference-applied')).toBe('wait=30');
    expect(response.headers.get('retry-after')).toBeNull();
    expect(await auditIn(response)).toMatchObject({ state: 'done', decision: 'clear' });
  });

  test.each([
    ['blocked', { ...sound, source: '<a href="">x</a>', from: 'a@nowhere.example.se' }],
    ['blocked', { ...sound, mailFrom: 'example.se' }],
    ['undecided', { ...sound, mailFrom: undefined }],
    ['undecided', { ...sound, previews: true }],
    ['clear', { ...sound, source: undefined, sourceBase64: base64(bytes(sound.source)) }],
    [
      'clear',
      {
        ...sound,
        source: undefined,
        from: undefined,
        sourceBase64: base64(bytes(eml)),
        class: 'transactional',
      },
    ],
    [
      'clear',
      {
        ...sound,
        source:
          '<mjml><mj-body><mj-section><mj-column><mj-text>Hej!</mj-text></mj-column></mj-section></mj-body></mjml>',
        class: 'transactional',
      },
    ],
  ])('%s: what is documented and nothing more', async (decision, body) => {
    const audit = await auditIn(await postJson(service, body, { prefer: 'wait=30' }));
    expect(audit).toMatchObject({ state: 'done', decision, simulated: false });
  });

  test('the report speaks the language that is asked for', async () => {
    const first = await postJson(service, sound, { prefer: 'wait=30', 'accept-language': 'sv-SE, en;q=0.5' });
    expect(first.headers.get('content-language')).toBe('sv');
    const titles = async (query: string, language?: string) => {
      const headers = language ? { 'accept-language': language } : {};
      const audit = await auditIn(
        await service.app.request(`${first.headers.get('location')}${query}`, { headers }),
      );
      if (audit.state !== 'done') throw new Error('it has not ended');
      return audit.findings.map(({ title }) => title).join();
    };
    const [en, sv] = [await titles('?locale=en', 'sv'), await titles('?locale=sv')];
    expect(en).not.toBe(sv);
    expect(await titles('', 'sv')).toBe(sv);
    expect(await titles('', 'de, sv;q=0.1, en;q=0')).toBe(sv);
    expect(await titles('', 'de')).toBe(en);
    expect(await titles('')).toBe(en);
  });
});

describe('an audit over a form', () => {
  test.each([
    ['a file', { file: new File(['<p>Hej!</p>'], 'mall.html', { type: 'text/html' }) }],
    ['a file that is not UTF-8 and says so', latin1()],
    [
      'pasted source beside the empty part that a browser sends',
      { file: new File([], ''), source: '<p>x</p>' },
    ],
    ['a message', { file: new File([eml], 'a.eml'), from: '', mailFrom: '' }],
    ['empty fields', { source: sound.source, replyTo: '', class: '' }],
    ['several selectors', { source: '<p>x</p>', dkimSelectors: 's1, S1  s1._domainkey.example.se' }],
  ])('%s', async (_, fields) => {
    const { from, subject, mailFrom } = sound;
    const own = { class: 'transactional', dkimSelectors: 's1', previews: 'false' };
    const all = { from, subject, mailFrom, ...own, ...fields };
    const audit = await auditIn(await postForm(service, all, { prefer: 'wait=30' }));
    expect(audit).toMatchObject({ state: 'done', decision: 'clear' });
  });

  function latin1() {
    const content = Uint8Array.from(Buffer.from('<p>Höst</p>', 'latin1'));
    return { file: new File([content], 'a.html', { type: 'text/html; charset=ISO-8859-1' }) };
  }
});

test('of 40 unknown fields twenty are told', async () => {
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`f${i}`, 1]));
  const { code, errors } = await problemIn(await postJson(service, { ...sound, ...many }));
  expect({ code, told: errors?.length }).toEqual({ code: 'invalid-request', told: 20 });
});

describe('what cannot be audited is said in English and Swedish', () => {
  const large = new Uint8Array(11 * 1024 * 1024).fill(0x61);
  const rows: [string, number, string, string[], () => Promise<Response> | Response][] = [
    ['broken JSON', 400, 'invalid-request', ['body-not-json '], () => postJson(service, '{"source":')],
    ['JSON that is no object', 400, 'invalid-request', ['body-not-json '], () => postJson(service, '[1]')],
    [
      'JSON that is not UTF-8',
      400,
      'invalid-request',
      ['body-not-json '],
      () =>
        service.app.request('/v1/audits', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: Uint8Array.from(Buffer.from('{"source":"ö"}', 'latin1')),
        }),
    ],
    [
      'unknown fields',
      400,
      'invalid-request',
      ['field-unknown zone', 'field-unknown constructor'],
      () => postJson(service, { ...sound, zone: {}, constructor: 1 }),
    ],
    [
      'wrong types',
      400,
      'invalid-request',
      ['field-type subject', 'field-choice class', 'field-type dkimSelectors.0', 'field-type previews'],
      () => postJson(service, { ...sound, subject: 1, class: 'x', dkimSelectors: [1], previews: 'no' }),
    ],
    [
      'long fields',
      400,
      'invalid-request',
      ['field-too-long from', 'field-too-long filename', 'field-too-many dkimSelectors'],
      () =>
        postJson(service, {
          ...sound,
          from: 'a'.repeat(2001),
          filename: 'a'.repeat(256),
          dkimSelectors: Array(11).fill('s'),
        }),
    ],
    [
      'half a surrogate pair',
      400,
      'invalid-request',
      ['field-characters subject', 'field-characters source'],
      () => postJson(service, { ...sound, subject: '\ud83d', source: '<p>\udc00' }),
    ],
    [
      'neither source',
      400,
      'invalid-request',
      ['source-missing source'],
      () => postJson(service, { ...sound, source: undefined }),
    ],
    [
      'both sources',
      400,
      'invalid-request',
      ['source-twice source'],
      () => postJson(service, { ...sound, sourceBase64: 'YQ==' }),
    ],
    [
      'no Base64',
      400,
      'invalid-request',
      ['base64-invalid sourceBase64'],
      () => postJson(service, { ...sound, source: undefined, sourceBase64: 'a*b' }),
    ],
    [
      'file and source',
      400,
      'invalid-request',
      ['source-twice source'],
      () => postForm(service, { file: new File(['<p>'], 'a.html'), source: '<p>' }),
    ],
    [
      'two files',
      400,
      'invalid-request',
      ['file-not-file file'],
      () => postForm(service, { file: [new File(['<p>'], 'a.html'), new File(['<p>'], 'b.html')] }),
    ],
    [
      'a field given twice',
      400,
      'invalid-request',
      ['field-type subject'],
      () => postForm(service, { source: '<p>', subject: ['a', 'b'] }),
    ],
    [
      'an example, which only the page may name',
      400,
      'invalid-request',
      ['field-unknown example', 'field-unknown repeats'],
      () => postJson(service, { ...sound, example: 'clear', repeats: 'aud_0' }),
    ],
    [
      'an example in a form',
      400,
      'invalid-request',
      ['field-unknown example'],
      () => postForm(service, { source: '<p>', example: 'clear' }),
    ],
    [
      'an unknown form field',
      400,
      'invalid-request',
      ['field-unknown resolver'],
      () => postForm(service, { source: '<p>', resolver: '192.0.2.1' }),
    ],
    [
      'a broken form',
      400,
      'invalid-request',
      ['body-not-form '],
      () =>
        service.app.request('/v1/audits', {
          method: 'POST',
          headers: { 'content-type': 'multipart/form-data; boundary=x' },
          body: '--y\r\nnothing',
        }),
    ],
    [
      'another content type',
      415,
      'unsupported-media-type',
      [],
      () => postJson(service, sound, { 'content-type': 'application/xml' }),
    ],
    [
      'no content type',
      415,
      'unsupported-media-type',
      [],
      () => service.app.request('/v1/audits', { method: 'POST', body: bytes('<p>') }),
    ],
    [
      'a bad idempotency key',
      400,
      'idempotency-key-invalid',
      [],
      () => postJson(service, sound, { 'idempotency-key': 'a'.repeat(256) }),
    ],
    [
      'an empty file',
      422,
      'invalid-submission',
      ['message-empty file'],
      () => postForm(service, { file: new File([], 'a.html'), from: sound.from }),
    ],
    [
      'a file over 10 MB',
      413,
      'invalid-submission',
      ['message-too-large file'],
      () => postForm(service, { file: new File([large], 'a.html'), from: sound.from }),
    ],
    [
      'a From with CRLF',
      422,
      'invalid-submission',
      ['header-control-characters from', 'header-control-characters subject'],
      () => postJson(service, { ...sound, from: 'a@example.se\r\nBcc: b@example.se', subject: 'a\nb' }),
    ],
    [
      'several faults of the fields together',
      422,
      'invalid-submission',
      ['address-invalid from', 'mail-from-invalid mailFrom', 'dkim-selector-invalid dkimSelectors'],
      () => postJson(service, { ...sound, from: 'example.se', mailFrom: 'a b', dkimSelectors: ['a b'] }),
    ],
    [
      'an unknown field to run again with',
      400,
      'invalid-request',
      ['field-unknown previews', 'field-unknown example'],
      () => again('aud_0', { previews: false, example: 'clear' }),
    ],
    [
      'a name without its message',
      400,
      'invalid-request',
      ['source-missing source'],
      () => again('aud_0', { filename: 'a.eml' }),
    ],
    [
      'a page of no size',
      400,
      'invalid-request',
      ['field-range limit'],
      () => service.app.request('/v1/audits?limit=0'),
    ],
    [
      'a page too large',
      400,
      'invalid-request',
      ['field-range limit'],
      () => service.app.request('/v1/audits?limit=101'),
    ],
    [
      'a page of a size that is no number',
      400,
      'invalid-request',
      ['field-range limit'],
      () => service.app.request('/v1/audits?limit=1e1'),
    ],
    [
      'a page of two sizes',
      400,
      'invalid-request',
      ['field-type limit'],
      () => service.app.request('/v1/audits?limit=1&limit=2'),
    ],
    ['nothing to run again', 404, 'audit-not-found', [], () => again('aud_0', {})],
    ['no such audit', 404, 'audit-not-found', [], () => service.app.request('/v1/audits/aud_0')],
    ['no such page', 404, 'not-found', [], () => service.app.request('/v1/nothing')],
    ['no such view', 404, 'preview-not-found', [], () => service.app.request('/v1/audits/aud_0/previews/x')],
    [
      'another method',
      405,
      'method-not-allowed',
      [],
      () => service.app.request('/v1/audits/aud_0', { method: 'DELETE' }),
    ],
  ];

  test.each(rows)('%s: %i %s %j', async (_, status, code, errors, send) => {
    const answer = await send();
    expect(answer.status).toBe(status);
    const found = await problemIn(answer);
    expect(found.code).toBe(code);
    expect((found.errors ?? []).map((error) => `${error.code} ${error.field}`)).toEqual(errors);
  });

  test.each(rows)('%s: the same in Swedish, by header and by query', async (_, status, __, ___, send) => {
    const english = await problemIn(await send());
    const inSwedish = async (change: (url: string, init: RequestInit) => [string, RequestInit]) => {
      const { app } = service;
      const request = app.request;
      // Sends the same request, changed on its way.
      app.request = ((url: string, init: RequestInit = {}) =>
        request.call(app, ...change(url, init))) as typeof app.request;
      try {
        return await send();
      } finally {
        app.request = request;
      }
    };
    const byHeader = await inSwedish((url, init) => [
      url,
      { ...init, headers: { ...(init.headers as Record<string, string>), 'accept-language': 'sv' } },
    ]);
    const byQuery = await inSwedish((url, init) => [`${url}${url.includes('?') ? '&' : '?'}locale=sv`, init]);
    for (const response of [byHeader, byQuery]) {
      expect(response.status).toBe(status);
      expect(response.headers.get('content-language')).toBe('sv');
      const swedish = await problemIn(response);
      expect(swedish.title).not.toBe(english.title);
      expect(swedish.code).toBe(english.code);
      const texts = (all: typeof english) => (all.errors ?? []).map(({ text }) => text);
      expect(texts(swedish).filter((text) => texts(english).includes(text))).toEqual([]);
      expect(texts(swedish)).toHaveLength(texts(english).length);
    }
  });

  test('a language that there is not', async () => {
    const response = await service.app.request('/v1/audits/aud_0?locale=de');
    expect(await problemIn(response)).toMatchObject({
      code: 'invalid-request',
      errors: [{ code: 'field-choice', field: 'locale', text: 'This must be one of: en, sv.' }],
    });
  });

  test('an IDN domain is read as its A-labels', async () => {
    const handed = { ...sound, from: 'Blåbär <a@blåbär.example.se>', mailFrom: 'mejl.blåbär.example.se' };
    const audit = await auditIn(await postJson(service, handed, { prefer: 'wait=30' }));
    if (audit.state !== 'done') throw new Error('it has not ended');
    const names = audit.findings.flatMap(({ evidence }) =>
      evidence.map((one) => (one.kind === 'dns' ? one.name : one.kind)),
    );
    expect(names).toContain('_dmarc.xn--blbr-noae.example.se');
    expect(names).toContain('mejl.xn--blbr-noae.example.se');
  });
});

describe('a request of 30 MB', () => {
  const megabytes = 30;
  const chunk = new Uint8Array(1024 * 1024).fill(0x61);
  const stream = () => {
    let left = megabytes;
    return new ReadableStream<Uint8Array>({
      pull(controller) {
        left -= 1;
        if (left < 0) controller.close();
        else controller.enqueue(chunk);
      },
    });
  };
  test.each([
    ['that says so', '/v1/audits', { 'content-length': String(megabytes * chunk.length) }],
    ['in chunks', '/v1/audits', { 'transfer-encoding': 'chunked' }],
  ])('%s is refused with the limit', async (_, path, headers) => {
    const type = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers: { ...type, ...headers }, body: stream(), duplex: 'half' };
    const response = await service.app.request(path, init as RequestInit);
    expect(response.status).toBe(413);
    const problem = await problemIn(response);
    expect(problem.code).toBe('request-too-large');
    expect(problem.detail).toContain('10 MB');
  });

  test('10 MB as Base64 fits', async () => {
    // As a picture inside the page makes it, since so much text is refused.
    const picture = Buffer.alloc(10 * 1024 * 1024 - 100, 'A');
    const source = `<p>Hej!</p><img src="data:image/png;base64,${picture.toString()}">`;
    const sourceBase64 = Buffer.from(source).toString('base64');
    expect((await postJson(service, { ...sound, source: undefined, sourceBase64 })).status).toBe(202);
  });
});

describe('Idempotency-Key', () => {
  const key = (value: string) => ({ 'idempotency-key': value });

  test('the same key and content give the same audit', async () => {
    const first = await auditIn(await postJson(service, sound, key('once')));
    const again = await postJson(service, { ...sound }, { ...key('once'), prefer: 'wait=30' });
    expect(again.status).toBe(200);
    expect((await auditIn(again)).id).toBe(first.id);
    const other = await auditIn(await postJson(service, sound, key('other')));
    expect(other.id).not.toBe(first.id);
  });

  test.each([
    ['another subject', { ...sound, subject: 'Nytt' }],
    ['another file', { ...sound, source: '<p>Hej då!</p>' }],
    ['another choice', { ...sound, previews: true }],
  ])('the same key and %s is refused', async (name, body) => {
    await postJson(service, sound, key(name.replaceAll(' ', '-')));
    const response = await postJson(service, body, key(name.replaceAll(' ', '-')));
    expect(response.status).toBe(422);
    expect((await problemIn(response)).code).toBe('idempotency-key-reused');
  });

  test('ten at once make one audit', async () => {
    const responses = await Promise.all(
      Array.from({ length: 10 }, () => postJson(service, sound, key('together'))),
    );
    const ids = await Promise.all(responses.map(async (response) => (await auditIn(response)).id));
    expect(new Set(ids).size).toBe(1);
  });
});

test.each([
  ['DELETE', '/v1/audits', 'GET, HEAD, POST'],
  ['PUT', '/v1/audits/aud_0', 'GET, HEAD'],
  ['GET', '/v1/audits/aud_0/again', 'POST'],
  ['PATCH', '/keys', 'GET, HEAD, POST'],
])('%s %s is refused, with what is allowed: %s', async (method, path, allowed) => {
  const response = await service.app.request(path, { method });
  expect([response.status, response.headers.get('allow')]).toEqual([405, allowed]);
  expect(await problemIn(response)).toMatchObject({ code: 'method-not-allowed' });
});

describe('to a key that may hand in and not read', () => {
  test.each([
    ['', 202, 'queued'],
    ['wait=30', 200, 'done'],
  ])('only the state is told (Prefer: %s)', async (prefer, status, state) => {
    const app = await service.key(['audits:write']);
    const first = await postJson({ app }, { ...sound, from: 'a@nowhere.example.se' }, { prefer });
    expect(first.status).toBe(status);
    const begun = await answers.stateIn(first);
    expect(begun.state).toBe(state);
    expect(first.headers.get('location')).toBe(`/v1/audits/${begun.id}`);
    const path = `/v1/audits/${begun.id}/again`;
    const second = await app.request(path, { method: 'POST', headers: { prefer } });
    expect(second.status).toBe(status);
    expect((await answers.stateIn(second)).id).not.toBe(begun.id);
    expect((await app.request(`/v1/audits/${begun.id}`)).status).toBe(403);
  });
});

describe('run again', () => {
  const wait = { prefer: 'wait=30' };

  test('202 with Location, the same mail judged anew, and what it repeats', async () => {
    const first = await auditIn(await postJson(service, sound, wait));
    const response = await again(first.id, {});
    expect(response.status).toBe(202);
    const { id } = await auditIn(response);
    expect(response.headers.get('location')).toBe(`/v1/audits/${id}`);
    await service.audits.settled(service.organisation, id, 20_000);
    const audit = await auditIn(await service.app.request(`/v1/audits/${id}`));
    expect(audit).toMatchObject({
      state: 'done',
      decision: 'clear',
      repeats: first.id,
      digest: first.digest,
    });
  });

  test('without a body: as it was', async () => {
    const first = await auditIn(await postJson(service, sound, wait));
    const response = await service.app.request(`/v1/audits/${first.id}/again`, { method: 'POST' });
    expect(await auditIn(response)).toMatchObject({ repeats: first.id, digest: first.digest });
    const nothing = await service.app.request('/v1/audits', { method: 'POST' });
    expect(await problemIn(nothing)).toMatchObject({ errors: [{ code: 'source-missing' }] });
  });

  test('what was missing is given, and the finding that asked for it is judged', async () => {
    const first = await auditIn(await postJson(service, { ...sound, mailFrom: undefined }, wait));
    expect(first).toMatchObject({ decision: 'undecided' });
    const response = await again(first.id, { mailFrom: 'mejl.example.se' }, wait);
    expect(response.status).toBe(200);
    expect(await auditIn(response)).toMatchObject({ decision: 'clear', repeats: first.id });
  });

  test('a message in its place, over a form', async () => {
    const first = await auditIn(await postJson(service, sound, wait));
    const file = new File([eml.replace('<x@mejl.', '<x@annan.')], 'sent.eml');
    const path = `/v1/audits/${first.id}/again`;
    const second = await auditIn(await postForm(service, { file, mailFrom: '' }, wait, path));
    expect(second).toMatchObject({ state: 'done', repeats: first.id });
    expect(second.digest).not.toBe(first.digest);
    const { audits } = await answers.listIn(await service.app.request('/v1/audits?limit=1'));
    expect(audits).toMatchObject([
      {
        id: second.id,
        from: 'A <a@example.se>',
        subject: 'Hej',
        mailFrom: 'mejl.example.se',
        filename: 'sent.eml',
      },
    ]);
  });

  test('in a corrected version: each field said wins, and an empty one takes away', async () => {
    const before = { ...sound, replyTo: 'svar@example.se', class: 'marketing' };
    const first = await auditIn(await postJson(service, before, wait));
    const changes = {
      source: '<p>Hej igen!</p>',
      from: 'Styrelsen <styrelsen@example.se>',
      subject: 'Vårmöte',
      replyTo: '',
      class: 'transactional',
    };
    const second = await auditIn(await again(first.id, changes, wait));
    expect(second).toMatchObject({
      state: 'done',
      repeats: first.id,
      from: 'Styrelsen <styrelsen@example.se>',
      subject: 'Vårmöte',
      mailFrom: sound.mailFrom,
      class: 'transactional',
    });
    expect((await service.audits.find(service.organisation, second.id))?.request.replyTo).toBeUndefined();
    // In a form an empty field is as it was.
    const path = `/v1/audits/${first.id}/again`;
    const third = await auditIn(await postForm(service, { from: '', subject: 'Tredje' }, wait, path));
    expect(third).toMatchObject({ from: sound.from, subject: 'Tredje' });
    expect((await service.audits.find(service.organisation, third.id))?.request.replyTo).toBe(
      'svar@example.se',
    );
    const wrong = await problemIn(await again(first.id, { from: 'ingen' }));
    expect(wrong.errors).toMatchObject([{ code: 'address-invalid', field: 'from' }]);
  });

  test('the same key makes it once; for another mail it is refused', async () => {
    const first = await auditIn(await postJson(service, sound, wait));
    const key = { 'idempotency-key': `again-${first.id}` };
    const ids = [
      await auditIn(await again(first.id, {}, key)),
      await auditIn(await again(first.id, {}, key)),
    ];
    expect(ids[0]?.id).toBe(ids[1]?.id);
    expect((await problemIn(await again(first.id, { mailFrom: 'x.example.se' }, key))).code).toBe(
      'idempotency-key-reused',
    );
  });
});

describe('the list', () => {
  test('is walked from the newest to the oldest, each once, by Link and by next', async () => {
    const other = await startService({ idle: true });
    const { auditIn, listIn } = await readAnswers(other);
    const made: string[] = [];
    for (let n = 0; n < 5; n++) made.push((await auditIn(await postJson(other, sound))).id);
    const seen: string[][] = [];
    let path: string | undefined = '/v1/audits?limit=2&locale=sv';
    while (path) {
      const response: Response = await other.app.request(path);
      const { audits, next } = await listIn(response);
      seen.push(audits.map(({ id }) => id));
      path = /^<(.+)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1];
      expect(path).toBe(next === null ? undefined : `/v1/audits?limit=2&before=${next}&locale=sv`);
    }
    expect(seen.map((page) => page.length)).toEqual([2, 2, 1]);
    // Those of the same millisecond stand in the order of their ids.
    expect(seen.flat().sort()).toEqual([...made].sort());
    expect((await listIn(await other.app.request('/v1/audits?limit=5'))).next).toBeNull();
    expect(await listIn(await other.app.request('/v1/audits?before=aud_0'))).toEqual({
      audits: [],
      next: null,
    });
    await other.close();
  });

  test('an entry says what it was, how it ended and what is to be mended', async () => {
    const blocked = {
      ...sound,
      source: '<a href="">x</a>',
      from: 'a@nowhere.example.se',
      filename: 'a.html',
    };
    const { id } = await auditIn(await postJson(service, blocked, { prefer: 'wait=30' }));
    const { audits } = await answers.listIn(await service.app.request('/v1/audits?limit=1'));
    expect(audits).toMatchObject([
      {
        id,
        state: 'done',
        from: 'a@nowhere.example.se',
        subject: sound.subject,
        mailFrom: sound.mailFrom,
        filename: 'a.html',
        class: 'marketing',
        summary: { decision: 'blocked', partial: true, simulated: false, unchecked: 0 },
        failure: null,
      },
    ]);
    const audit = await auditIn(await service.app.request(`/v1/audits/${id}`));
    if (audit.state !== 'done') throw new Error('it has not ended');
    const { from, subject, mailFrom, filename, class: mailClass } = audit;
    expect(audits).toMatchObject([{ from, subject, mailFrom, filename, class: mailClass }]);
    const failed = (severity: string) =>
      audit.findings.filter((one) => one.outcome === 'fail' && one.severity === severity).length;
    expect(audits[0]?.summary).toMatchObject({ mustFix: failed('blocker'), shouldFix: failed('major') });
    expect(failed('blocker') + failed('major')).toBeGreaterThan(0);
  });

  test('one that failed says why in words', async () => {
    const other = await startService({
      preflight: { audit: () => Promise.reject(new Error()), ruleSet: '' },
    });
    const { listIn } = await readAnswers(other);
    const posted = (await (await postJson(other, sound, { prefer: 'wait=30' })).json()) as { text: string };
    const { audits } = await listIn(await other.app.request('/v1/audits'));
    expect(audits).toMatchObject([{ state: 'failed', failure: 'crashed', summary: null, text: posted.text }]);
    await other.close();
  });
});

test('openapi.json hangs together', () => {
  const { openapi } = answers;
  expect(openapi.openapi).toBe('3.1.0');
  const refs = references(openapi);
  expect(refs.length).toBeGreaterThan(5);
  expect(refs.filter((ref) => resolve(openapi, ref) === undefined)).toEqual([]);
  const paths = openapi.paths as Record<string, Record<string, { responses: object; parameters?: object[] }>>;
  const routes = service.anonymous.routes.filter(
    ({ method, path }) => method !== 'ALL' && /^\/v1\//.test(path),
  );
  const there = new Set(routes.map(({ path }) => path.replace(/:(\w+)(\{.*?\})?/g, '{$1}')));
  expect(
    Object.keys(paths)
      .filter((path) => path.startsWith('/v1/'))
      .sort(),
  ).toEqual([...there].sort());
  expect(there.size).toBeGreaterThan(25);
  for (const [path, methods] of Object.entries(paths)) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    for (const { parameters = [], responses } of Object.values(methods)) {
      const inPath = parameters.filter((one) => (one as { in: string }).in === 'path');
      expect(inPath.map((one) => (one as { name: string }).name)).toEqual(named);
      expect(Object.keys(responses)).toContain('500');
    }
  }
});
