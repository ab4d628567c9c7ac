/** Nobody gets past sign-in who should not, and whoever should gets in: over the whole application. */
import { load } from 'cheerio';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { linkLife, type Scope, sessionLife } from '../../src/access.ts';
import { localPath } from '../../src/http/local-path.ts';
import { postForm, postJson, type Service, sound, startService } from './service.ts';

let service: Service;
let now: number;
beforeEach(async () => {
  now = Date.UTC(2026, 10, 22, 12);
  service = await startService({ idle: true, clock: { now: () => new Date(now) } });
});
afterEach(() => service.close());

const browser = { accept: 'text/html,application/xhtml+xml' };

function post(
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
  app = service.anonymous,
) {
  const body = new URLSearchParams(fields);
  return app.request(path, { method: 'POST', headers: { ...browser, ...headers }, body });
}

const link = () => service.access.makeLoginLink(linkLife);
const cookieOf = (response: Response) => response.headers.getSetCookie();

describe('every route but a few needs sign-in', () => {
  /** Each with its reason: none of them says anything of what anybody has handed in. */
  const open = new Map([
    ['GET /healthz', 'whoever watches over the process is nobody we know'],
    ['GET /readyz', 'likewise'],
    ['GET /assets/:name', 'the sign-in page has a style too'],
    ['GET /favicon.ico', 'is nothing, for everybody'],
    ['GET /openapi.json', 'describes the API, the same for everybody'],
    ['GET /docs', 'likewise'],
    ['GET /docs/:name', 'likewise'],
    ['GET /.well-known/jwks.json', 'public keys, for whoever checks a clearance'],
    ['GET /sign-in', 'is the way in'],
    ['POST /sign-in', 'is the way in'],
    ['POST /sign-out', 'only ends what the cookie names'],
    ['POST /hooks/ses', 'a provider posts without a cookie; the signature says who it is'],
    ['GET /u/:token', 'a reader has a link and no account; it shows a button'],
    ['POST /u/:token', 'a reader, or a mail provider for them, has nothing but the token'],
  ]);
  const wayOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
  /** The routes there are, without what stands before them. */
  const routes = () => [
    ...new Map(
      service.anonymous.routes.filter(({ method }) => method !== 'ALL').map((route) => [wayOf(route), route]),
    ).values(),
  ];

  test('nobody gets an answer from any other, in a browser or by a program', async () => {
    const closed = routes().filter((route) => !open.has(wayOf(route)));
    expect(closed.length).toBeGreaterThan(12);
    for (const route of closed) {
      const path = route.path.replace(/:(\w+)(\{.*?\})?/g, 'x').replace(/\*/g, 'x');
      for (const headers of [{}, browser, { cookie: 'klarsignal=x' }, { authorization: 'Basic eDp4' }]) {
        const response = await service.anonymous.request(path, { method: route.method, headers });
        const seen = { route: wayOf(route), status: response.status, to: response.headers.get('location') };
        if (response.status === 303) {
          expect(seen.to).toMatch(/^\/sign-in/);
          expect(seen.route).toMatch(/^GET \/(?!v1)/);
        } else {
          expect(seen).toMatchObject({ status: 401 });
          expect(await response.text()).toMatch(/sign-in-required|Sign in first/);
        }
        expect(response.headers.getSetCookie()).toHaveLength('cookie' in headers ? 1 : 0);
      }
    }
  });

  test('what is open is open on purpose: nothing else is, and all of it is there', async () => {
    const there = routes().map(wayOf);
    const optional = ['GET /docs', 'GET /docs/:name'];
    expect([...open.keys()].filter((way) => !there.includes(way) && !optional.includes(way))).toEqual([]);
    for (const way of [...open.keys()].filter((one) => there.includes(one))) {
      const [method = '', path = ''] = way.split(' ');
      const response = await service.anonymous.request(path.replace(':name', 'tokens.css'), { method });
      expect([way, response.status === 401]).toEqual([way, false]);
    }
  });

  test.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    '%s of what is not there: 401',
    async (m) => {
      for (const path of ['/nothing', '/v1/nothing', '/v1/audits', '/keys']) {
        const response = await service.anonymous.request(path, { method: m });
        expect([path, response.status]).toEqual([path, 401]);
      }
      expect((await service.app.request('/nothing')).status).toBe(404);
    },
  );

  test('whom nobody knows makes us read no body', async () => {
    let read = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          read++;
          controller.enqueue(new Uint8Array(65_536));
        },
      },
      { highWaterMark: 0 },
    );
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body, duplex: 'half' };
    expect((await service.anonymous.request('/v1/audits', init as RequestInit)).status).toBe(401);
    expect(read).toBeLessThan(3);
  });
});

describe('the sign-in page', () => {
  test('opened with a token, it shows a button and uses nothing up, however often', async () => {
    const token = await link();
    for (const method of ['GET', 'HEAD', 'GET']) {
      const response = await service.anonymous.request(`/sign-in?token=${token}&next=/audits/x`, { method });
      expect(response.status).toBe(200);
      expect(cookieOf(response)).toEqual([]);
    }
    const response = await service.anonymous.request(`/sign-in?token=${token}&next=/audits/x`);
    const page = load(await response.text());
    const form = page('form[action="/sign-in"]');
    expect(form.attr('method')).toBe('post');
    expect(form.find('button')).toHaveLength(1);
    const fields = Object.fromEntries(
      form
        .find('input')
        .toArray()
        .map((input) => [input.attribs.name, input.attribs.value ?? '']),
    );
    expect(fields).toEqual({ token, next: '/audits/x' });
    const signedIn = await post('/sign-in', { token, next: '/audits/x' });
    expect([signedIn.status, signedIn.headers.get('location')]).toEqual([303, '/audits/x']);
  });

  test.each([
    ['en', 'login-link', 'Sign in'],
    ['sv', 'login-link', 'Logga in'],
  ])('without a token it says how to get one: %s', async (locale, command, title) => {
    const page = load(await (await service.anonymous.request(`/sign-in?locale=${locale}`)).text());
    expect(page('h1').text()).toContain(title);
    expect(page('code').first().text()).toContain(command);
    expect(page('form')).toHaveLength(0);
    expect(page('html').attr('lang')).toBe(locale);
  });

  test('where there is no command line, it tells of the secret', async () => {
    const worker = await startService({ idle: true, app: { wayIn: 'setup-token' } });
    const text = await (await worker.anonymous.request('/sign-in')).text();
    expect(text).toContain('SETUP_TOKEN');
    expect(text).not.toContain('login-link');
    await worker.close();
  });

  test('is never kept, and its address goes nowhere', async () => {
    const token = await link();
    for (const response of [
      await service.anonymous.request(`/sign-in?token=${token}`),
      await post('/sign-in', { token: 'wrong' }),
      await post('/sign-in', { token }),
    ]) {
      expect(response.headers.get('cache-control')).toBe('no-store');
      // The origin alone: enough for the browser to say where the form comes from, nothing of the token.
      expect(response.headers.get('referrer-policy')).toBe('strict-origin');
    }
    expect((await service.app.request('/')).headers.get('referrer-policy')).toBe('same-origin');
    const said = JSON.stringify([service.logged, service.noted]);
    expect(said).toContain('/sign-in');
    expect(said).not.toContain(token);
  });

  test('what stands in its address is text, never markup', async () => {
    const evil = '"><script>alert(1)</script>';
    const query = new URLSearchParams({ token: evil, next: `/${evil}` });
    const page = load(await (await service.anonymous.request(`/sign-in?${query}`)).text());
    expect(page('script:not([src])')).toHaveLength(0);
    expect(page('input[name=token]').val()).toBe(evil);
  });

  test('whoever is signed in already goes on', async () => {
    const response = await service.app.request('/sign-in?next=/keys');
    expect([response.status, response.headers.get('location')]).toEqual([303, '/keys']);
  });
});

describe('where it goes afterwards', () => {
  test.each([
    ['/', '/'],
    ['/audits/aud_1?locale=sv#f-spf', '/audits/aud_1?locale=sv#f-spf'],
    ['/a b', '/a%20b'],
    ['/möte', '/m%C3%B6te'],
    ['/%0d%0aset-cookie:%20a=b', '/%0d%0aset-cookie:%20a=b'],
    ['', '/'],
    ['audits', '/'],
    ['https://evil.example/', '/'],
    ['https:evil.example', '/'],
    ['//evil.example', '/'],
    ['///evil.example', '/'],
    ['/\\evil.example', '/'],
    ['\\\\evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['/\n/evil.example', '/'],
    ['/\r\nset-cookie: a=b', '/'],
    ['\t//evil.example', '/'],
    [' //evil.example', '/'],
    ['/.//evil.example', '/'],
    ['/a/..//evil.example', '/'],
    ['/%2e//evil.example', '/'],
    ['/x\u0000', '/'],
    ['/x\u0085y', '/'],
    ['javascript:alert(1)', '/'],
    ['data:text/html,x', '/'],
    ['@evil.example', '/'],
    ['/@evil.example', '/@evil.example'],
    ['?token=x', '/'],
    [`/${'x'.repeat(3000)}`, '/'],
  ])('%j: %s', async (next, to) => {
    expect(localPath(next)).toBe(to);
    const response = await post('/sign-in', { token: await link(), next });
    expect([response.status, response.headers.get('location')]).toEqual([303, to]);
    expect(new URL(to, 'http://localhost').host).toBe('localhost');
  });

  test('nothing said, or said twice', async () => {
    expect((await post('/sign-in', { token: await link() })).headers.get('location')).toBe('/');
    const body = `token=${await link()}&next=/keys&next=//evil.example`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const response = await service.anonymous.request('/sign-in', { method: 'POST', headers, body });
    expect(['/', '/keys']).toContain(response.headers.get('location'));
  });

  test.each([
    ['/audits/aud_1?locale=sv', '/sign-in?next=%2Faudits%2Faud_1%3Flocale%3Dsv'],
    ['/keys', '/sign-in?next=%2Fkeys'],
    ['/', '/sign-in'],
    ['//evil.example', '/sign-in?next=%2F%2Fevil.example'],
  ])('a page without sign-in leads there and back: %s', async (path, to) => {
    const response = await service.anonymous.request(`http://localhost${path}`, { headers: browser });
    expect([response.status, response.headers.get('location')]).toEqual([303, to]);
  });
});

describe('the cookie', () => {
  test.each([
    ['http, no public address', 'http://localhost/sign-in', undefined, 'klarsignal', false],
    [
      'http on loopback, public address https',
      'http://localhost/sign-in',
      'https://a.example',
      '__Host-',
      true,
    ],
    ['https, no public address', 'https://audit.example.se/sign-in', undefined, '__Host-', true],
    ['public address http', 'http://localhost/sign-in', 'http://a.example', 'klarsignal', false],
  ])('%s', async (_, address, url, name, secure) => {
    const own = await startService({ idle: true, app: { url } });
    const token = await own.access.makeLoginLink(linkLife);
    const [cookie = '', ...more] = cookieOf(await post(address, { token }, {}, own.anonymous));
    expect(more).toEqual([]);
    expect(cookie).toMatch(
      new RegExp(
        `^${name === 'klarsignal' ? name : '__Host-klarsignal'}=kss_[a-z2-7]{52}; Max-Age=2592000; Path=/`,
      ),
    );
    expect(cookie).toMatch(/; HttpOnly(;|$)/);
    expect(cookie).toMatch(/; SameSite=Lax(;|$)/);
    expect(/; Secure(;|$)/.test(cookie)).toBe(secure);
    expect(cookie).not.toMatch(/Domain/i);
    // It opens under its own name alone: another site on the same host could have set the other.
    const value = /=(kss_\w+)/.exec(cookie)?.[1];
    for (const [named, opens] of [
      ['klarsignal', !secure],
      ['__Host-klarsignal', secure],
    ] as const) {
      const headers = { ...browser, cookie: `${named}=${value}` };
      const page = await own.anonymous.request(new URL('/keys', address).href, { headers });
      expect([named, page.status]).toEqual([named, opens ? 200 : 303]);
    }
    await own.close();
  });

  test('one that was set beforehand is neither kept nor taken over, and what it opened is closed', async () => {
    const planted = `kss_${'a'.repeat(52)}`;
    const headers = { cookie: `klarsignal=${planted}` };
    const [cookie = ''] = cookieOf(await post('/sign-in', { token: await link() }, headers));
    expect(cookie).toMatch(/^klarsignal=kss_/);
    expect(cookie).not.toContain(planted);
    expect(await service.access.person(planted)).toBeUndefined();
    const before = service.session;
    expect(await service.access.person(before)).toBeDefined();
    await post('/sign-in', { token: await link() }, { cookie: `klarsignal=${before}` });
    expect(await service.access.person(before)).toBeUndefined();
  });

  test('one that has run out is turned away and taken back', async () => {
    now += sessionLife;
    const headers = { ...browser, cookie: `klarsignal=${service.session}` };
    const page = await service.anonymous.request('/audits/x', { headers });
    expect(page.status).toBe(303);
    expect(cookieOf(page)).toEqual([expect.stringMatching(/^klarsignal=; Max-Age=0; Path=\//)]);
    const sent = await post('/keys', { name: 'x', scope: 'audits:read' }, headers);
    expect(sent.status).toBe(401);
    expect(await sent.text()).toMatch(/<html[\s\S]*Sign in first/);
    expect(sent.headers.get('www-authenticate')).toBe('Bearer');
    expect(cookieOf(sent)).toHaveLength(1);
    expect(await service.access.keys(service.organisation)).toEqual([]);
  });

  test('signing out ends it in the store, whatever the browser keeps', async () => {
    const headers = { cookie: `klarsignal=${service.session}` };
    const out = await post('/sign-out', {}, headers);
    expect([out.status, out.headers.get('location')]).toEqual([303, '/sign-in']);
    expect(cookieOf(out)).toEqual([expect.stringMatching(/^klarsignal=; Max-Age=0; Path=\/; HttpOnly/)]);
    expect((await service.anonymous.request('/', { headers })).status).toBe(401);
    expect((await post('/sign-out', {})).status).toBe(303);
  });

  test('no page that one has seen signed in is kept by the browser', async () => {
    for (const path of ['/', '/keys', '/audits', '/nothing', '/v1/audits/x']) {
      expect((await service.app.request(path)).headers.get('cache-control')).toBe('private, no-store');
    }
  });

  test('another organisation’s cookie opens that organisation, and nothing here', async () => {
    const other = await startService({ idle: true, organisation: 'org_other' });
    expect(
      (await service.anonymous.request('/', { headers: { cookie: `klarsignal=${other.session}` } })).status,
    ).toBe(401);
    await other.close();
  });
});

describe('another site can neither sign anybody in or out nor act for who is', () => {
  const foreign = [
    ['a new browser', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['an old browser', { origin: 'https://evil.example' }],
    ['a service beside us', { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-site' }],
    ['a frame without an origin', { origin: 'null' }],
  ] as [string, Record<string, string>][];

  test.each(foreign)('%s', async (_, headers) => {
    const cookie = `klarsignal=${service.session}`;
    const token = await link();
    const refused = [
      await postForm({ app: service.anonymous }, { source: '<p>x</p>' }, { ...headers, cookie }, '/audits'),
      await postJson({ app: service.anonymous }, sound, { ...headers, cookie }),
      await post('/keys', { name: 'evil', scope: 'audits:read' }, { ...headers, cookie }),
      await post('/sign-out', {}, { ...headers, cookie }),
      await post('/sign-in', { token }, headers),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    expect(refused.flatMap(cookieOf)).toEqual([]);
    expect(await service.access.person(service.session)).toBeDefined();
    expect(await service.access.keys(service.organisation)).toEqual([]);
    expect(await service.audits.list(service.organisation, { limit: 9 })).toEqual([]);
    // It was refused for where it came from: the same from here goes through.
    const origin = { origin: 'http://localhost', 'sec-fetch-site': 'same-origin' };
    expect((await post('/sign-in', { token }, origin)).status).toBe(303);
  });
});

describe('what a link does not open', () => {
  test.each([
    ['wrong', 'ksl_wrong'],
    ['empty', ''],
    ['a list', 'x,y'],
  ])('%s: a page that says what to do', async (_, token) => {
    const response = await post('/sign-in', { token, next: '/keys' });
    expect(response.status).toBe(403);
    expect(cookieOf(response)).toEqual([]);
    const text = await response.text();
    expect(text).toContain('login-link');
    expect(text).toContain('role="alert"');
  });

  test('used or too old: the same, and in Swedish', async () => {
    const [used, old] = [await link(), await link()];
    expect((await post('/sign-in', { token: used })).status).toBe(303);
    now += linkLife;
    for (const token of [used, old]) {
      const response = await post('/sign-in?locale=sv', { token });
      expect(response.status).toBe(403);
      expect(await response.text()).toContain('Länken fungerar inte längre');
    }
  });

  test.each([
    ['JSON', { 'content-type': 'application/json' }, '{"token":"x"}'],
    ['no form', { 'content-type': 'multipart/form-data; boundary=x' }, 'nonsense'],
    [
      'a file',
      { 'content-type': 'multipart/form-data; boundary=x' },
      '--x\r\ncontent-disposition: form-data; name="token"; filename="a"\r\n\r\nx\r\n--x--\r\n',
    ],
  ])('%s in place of the form: refused, not broken', async (_, headers, body) => {
    const response = await service.anonymous.request('/sign-in', { method: 'POST', headers, body });
    expect(response.status).toBe(403);
    expect(service.logged).toEqual([]);
  });

  test('a form of a megabyte is not read', async () => {
    const response = await post('/sign-in', { token: 'x'.repeat(1 << 20) });
    expect(response.status).toBe(413);
  });
});

describe('API keys over HTTP', () => {
  const read: Scope[] = ['audits:read'];
  const write: Scope[] = ['audits:write'];
  const both: Scope[] = ['audits:read', 'audits:write'];
  test.each([
    ['GET', '/v1/audits/x', read, 404, ''],
    ['HEAD', '/v1/audits/x', read, 404, ''],
    ['GET', '/v1/audits', read, 200, ''],
    ['GET', '/v1/audits/x', write, 403, 'audits:read'],
    ['GET', '/v1/audits', write, 403, 'audits:read'],
    ['GET', '/v1/audits/x/events', write, 403, 'audits:read'],
    ['GET', '/v1/audits/x/previews/y', write, 403, 'audits:read'],
    ['POST', '/v1/audits', write, 202, ''],
    ['POST', '/v1/audits', read, 403, 'audits:write'],
    ['POST', '/v1/audits/x/again', read, 403, 'audits:write'],
    ['PUT', '/v1/audits/x', read, 403, 'audits:write'],
    ['DELETE', '/v1/audits/x', read, 403, 'audits:write'],
    ['GET', '/v1/audits/x', both, 404, ''],
    ['POST', '/v1/audits', both, 202, ''],
    ['GET', '/v1/nothing', both, 404, ''],
  ])('%s %s with %j: %i', async (method, path, scopes, status, lacking) => {
    const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(sound) };
    const program = await service.key(scopes);
    const response = await program.request(path, { method, ...(method === 'POST' ? json : {}) });
    expect(response.status).toBe(status);
    expect(response.headers.get('www-authenticate')).toBe(
      lacking ? `Bearer error="insufficient_scope", scope="${lacking}"` : null,
    );
    if (!lacking || method === 'HEAD') return;
    expect(await response.json()).toMatchObject({
      code: 'scope-missing',
      detail: expect.stringContaining(lacking),
    });
  });

  test.each([
    ['GET', '/'],
    ['GET', '/audits'],
    ['GET', '/audits/x'],
    ['POST', '/audits'],
    ['GET', '/keys'],
    ['POST', '/keys'],
    ['POST', '/keys/x/revoke'],
    ['GET', '/nothing'],
    ['GET', '//v1/audits'],
    ['GET', '/V1/audits'],
  ])('pages are for people: %s %s', async (method, path) => {
    const response = await (await service.key(both)).request(`http://localhost${path}`, { method });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: 'person-only' });
  });

  const key = `ksk_${'a'.repeat(52)}`;
  test.each([
    ['unknown', `Bearer ${key}`],
    ['empty', 'Bearer'],
    ['empty, with spaces', 'Bearer   '],
    ['another kind of token', `Bearer kss_${'a'.repeat(52)}`],
    ['two', `Bearer ${key} ${key}`],
    ['quoted', `Bearer "${key}"`],
    ['half a megabyte', `Bearer ${'a'.repeat(1 << 19)}`],
  ])('%s: 401, and a cookie beside it does not help', async (_, authorization) => {
    const headers = { authorization, cookie: `klarsignal=${service.session}` };
    for (const path of ['/v1/audits/x', '/']) {
      const response = await service.anonymous.request(path, { headers });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
      expect(await response.json()).toMatchObject({ code: 'key-invalid' });
      expect(cookieOf(response)).toEqual([]);
    }
  });

  test('a key decides alone: its scopes, not those of the person whose cookie comes with it', async () => {
    const program = await service.key(read);
    const response = await program.request('/v1/audits', {
      method: 'POST',
      headers: { cookie: `locale=en; x=${service.session}` },
    });
    expect(response.status).toBe(403);
  });

  test('revoked or ended, it is 401', async () => {
    const make = async (days: string) => {
      const made = await service.access.createKey(service.organisation, { name: 'x', scopes: read, days });
      if (made.kind !== 'made') throw new Error('no key');
      return made;
    };
    const [ending, revoked] = [await make('1'), await make('')];
    const statusOf = async (token: string) => {
      const headers = { authorization: `bearer  ${token}` };
      return (await service.anonymous.request('/v1/audits/x', { headers })).status;
    };
    expect([await statusOf(ending.token), await statusOf(revoked.token)]).toEqual([404, 404]);
    await service.access.revokeKey(service.organisation, revoked.key.id);
    now += 24 * 60 * 60 * 1000;
    expect([await statusOf(ending.token), await statusOf(revoked.token)]).toEqual([401, 401]);
  });

  test('what a proxy in front asks for does not hide the person', async () => {
    const headers = { authorization: 'Basic eDp4', cookie: `klarsignal=${service.session}` };
    expect((await service.anonymous.request('/keys', { headers })).status).toBe(200);
  });

  test('without a key or cookie: 401 that says what is wanted', async () => {
    const response = await service.anonymous.request('/v1/audits/x', {
      headers: { 'accept-language': 'sv' },
    });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await response.json()).toMatchObject({
      code: 'sign-in-required',
      title: 'Logga in först',
      detail: expect.stringContaining('klarsignal key create'),
    });
  });

  test.each([
    ['GET', /open it in a browser/],
    ['POST', /send the form again/],
  ])('without a browser, %s of a page: says what it is', async (method, detail) => {
    const response = await service.anonymous.request('/audits', { method });
    expect(await response.json()).toMatchObject({
      code: 'sign-in-required',
      detail: expect.stringMatching(detail),
    });
  });

  test('openapi.json says so', async () => {
    const document = (await (await service.anonymous.request('/openapi.json')).json()) as {
      security: unknown;
      components: { securitySchemes: unknown };
      paths: Record<string, Record<string, { security?: unknown; responses: Record<string, unknown> }>>;
    };
    expect(document.components.securitySchemes).toMatchObject({ bearer: { type: 'http', scheme: 'bearer' } });
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      path.startsWith('/v1/') ? Object.values(methods) : [],
    );
    expect(operations.length).toBeGreaterThan(2);
    for (const { security, responses } of operations) {
      expect(security ?? document.security).toEqual([{ bearer: [] }]);
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['401', '403']));
    }
  });

  test('no token of any kind reaches the log', async () => {
    const made = await service.access.createKey(service.organisation, { name: 'x', scopes: read });
    const token = made.kind === 'made' ? made.token : '';
    const session = service.session;
    const loginLink = await link();
    await service.anonymous.request(`/v1/audits/${token}?key=${token}`, {
      headers: { authorization: `Bearer ${token}`, cookie: `klarsignal=${session}`, 'user-agent': token },
    });
    await post(`/sign-in?token=${loginLink}`, { token: loginLink, next: `/${loginLink}` });
    await service.app.request(`/audits/${session}`);
    const said = JSON.stringify([service.logged, service.noted]);
    expect(said).toContain('/v1/audits/:id');
    for (const secret of [token, session, loginLink]) expect(said).not.toContain(secret.slice(4, -4));
  });
});
