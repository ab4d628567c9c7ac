/** The service as it is really run: started, killed, restarted, told to stop. */
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { auditSchema } from '../../src/http/schemas.ts';
import { sound } from '../http/service.ts';
import { soundZone } from '../world.ts';
import {
  clearAway,
  dataDir,
  launch,
  type Running,
  silentServer,
  slowServer,
  startServer,
  zoneServer,
} from './process.ts';

afterEach(clearAway);

const secret = { from: 'Hemlig <hemlig.person@example.se>', subject: 'Hemligt ämne' };

async function submit(running: Running, prefer = '', body: object = { ...sound, ...secret }) {
  const response = await running.fetch('/v1/audits', {
    method: 'POST',
    headers: { 'content-type': 'application/json', prefer },
    body: JSON.stringify(body),
  });
  return { status: response.status, audit: auditSchema.parse(await response.json()) };
}

async function find(running: Running, id: string) {
  return auditSchema.parse(await (await running.fetch(`/v1/audits/${id}`)).json());
}

/** Looks until it has ended; the test's own time limit is the bound. */
async function ended(running: Running, id: string) {
  for (;;) {
    const audit = await find(running, id);
    if (audit.state === 'done' || audit.state === 'failed') return audit;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Nothing of what was handed in stands in what the process wrote. */
function expectDiscreet(...all: Pick<Running, 'output'>[]) {
  for (const { output } of all) {
    expect(output()).not.toMatch(/hemlig|example\.se|Hej!/i);
    expect(output()).not.toContain('    at ');
  }
}

test('a source that the MJML compiler cannot finish is refused, and the service answers meanwhile', async () => {
  const resolver = await zoneServer(soundZone);
  const running = await startServer({ KLARSIGNAL_DATA: await dataDir(), KLARSIGNAL_RESOLVER: resolver });
  // The attribute of half a megabyte goes to each of 10,000 components.
  const head = `<mj-head><mj-attributes><mj-all css-class="${'x'.repeat(500_000)}" /></mj-attributes></mj-head>`;
  const texts = '<mj-text>x</mj-text>'.repeat(10_000);
  const source = `<mjml>${head}<mj-body><mj-section><mj-column>${texts}</mj-column></mj-section></mj-body></mjml>`;
  const posted = running.fetch('/v1/audits', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...sound, source, filename: 'a.mjml' }),
  });
  const first = await Promise.race([posted, fetch(`${running.url}/healthz`)]);
  expect(first.url).toBe(`${running.url}/healthz`);
  const response = await posted;
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({ errors: [{ code: 'mjml-too-complex', field: 'file' }] });
});

test('starts, audits, keeps what it has over a restart, and says nothing of the mail', async () => {
  const dir = await dataDir();
  const environment = { KLARSIGNAL_DATA: dir, KLARSIGNAL_RESOLVER: await zoneServer(soundZone) };
  const first = await startServer(environment);
  expect(await (await fetch(`${first.url}/healthz`)).json()).toEqual({ status: 'ok' });
  const { status, audit } = await submit(first, 'wait=20');
  expect({ status, audit }).toMatchObject({ status: 200, audit: { state: 'done', decision: 'clear' } });
  expect((await fetch(`${first.url}/assets/klarsignal.css`)).headers.get('content-type')).toContain(
    'text/css',
  );
  expect((await readFile(join(dir, 'klarsignal.db'))).length).toBeGreaterThan(0);
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);
  const second = await startServer(environment);
  expect(await find(second, audit.id)).toEqual(audit);
  expectDiscreet(first, second);
});

describe('an audit cut by kill -9', () => {
  test('is taken up again at the next start and ends', async () => {
    const dir = await dataDir();
    const silent = await silentServer();
    const first = await startServer({ KLARSIGNAL_DATA: dir, KLARSIGNAL_RESOLVER: silent.address });
    const { status, audit } = await submit(first);
    expect(status).toBe(202);
    await silent.heard;
    expect(await find(first, audit.id)).toMatchObject({ state: 'running' });
    first.child.kill('SIGKILL');
    expect(await first.ended).toBe('SIGKILL');

    const resolver = await zoneServer(soundZone);
    const second = await startServer({ KLARSIGNAL_DATA: dir, KLARSIGNAL_RESOLVER: resolver });
    expect(await ended(second, audit.id)).toMatchObject({ state: 'done', decision: 'clear' });
    expectDiscreet(first, second);
  });

  test('that kills its process every time is shown as failed, never stuck', async () => {
    const dir = await dataDir();
    let id = '';
    for (let death = 0; death < 3; death++) {
      const silent = await silentServer();
      const running = await startServer({ KLARSIGNAL_DATA: dir, KLARSIGNAL_RESOLVER: silent.address });
      if (death === 0) ({ id } = (await submit(running)).audit);
      await silent.heard;
      running.child.kill('SIGKILL');
      await running.ended;
    }
    const resolver = await zoneServer(soundZone);
    const last = await startServer({ KLARSIGNAL_DATA: dir, KLARSIGNAL_RESOLVER: resolver });
    const audit = await ended(last, id);
    expect(audit).toMatchObject({ state: 'failed', failure: 'interrupted' });
    expect(await (await last.fetch(`/audits/${id}?locale=sv`)).text()).toContain('gett');
  });
});

describe('a DNS server that never answers', () => {
  test('the audit is undecided within its budget, and the service answers meanwhile', async () => {
    const silent = await silentServer();
    const running = await startServer({
      KLARSIGNAL_DATA: await dataDir(),
      KLARSIGNAL_RESOLVER: silent.address,
    });
    const begun = performance.now();
    const waiting = submit(running, 'wait=30');
    await silent.heard;
    let open = true;
    const looks: number[] = [];
    const looking = (async () => {
      while (open) {
        const start = performance.now();
        expect((await fetch(`${running.url}/healthz`)).status).toBe(200);
        looks.push(performance.now() - start);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    })();
    const { status, audit } = await waiting;
    open = false;
    await looking;
    expect(performance.now() - begun).toBeLessThan(13_000);
    expect({ status, audit }).toMatchObject({ status: 200, audit: { state: 'done', decision: 'undecided' } });
    expect(looks.length).toBeGreaterThan(10);
    expect(Math.max(...looks)).toBeLessThan(1000);
    expectDiscreet(running);
  });

  test('SIGTERM lets an audit end that soon does, answers who waits, and exits 0', async () => {
    const silent = await silentServer();
    const running = await startServer({
      KLARSIGNAL_DATA: await dataDir(),
      KLARSIGNAL_RESOLVER: silent.address,
    });
    const waiting = submit(running, 'wait=60');
    await silent.heard;
    running.child.kill('SIGTERM');
    expect(await waiting).toMatchObject({ status: 200, audit: { state: 'done', decision: 'undecided' } });
    expect(await running.ended).toBe(0);
    expectDiscreet(running);
  });

  test('a second SIGTERM ends it at once', async () => {
    const silent = await silentServer();
    const running = await startServer({
      KLARSIGNAL_DATA: await dataDir(),
      KLARSIGNAL_RESOLVER: silent.address,
    });
    await submit(running);
    await silent.heard;
    running.child.kill('SIGTERM');
    // The first one has been heard when it says so.
    while ((await fetch(`${running.url}/readyz`)).status !== 503);
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(1);
  });
});

test('SIGTERM hands back an audit that takes longer, within the time that Docker gives', async () => {
  // Nine includes, each inside the one before: more than the whole DNS budget at one second each.
  const chain = Object.fromEntries(
    Array.from({ length: 9 }, (_, n) => [
      `s${n}.example.se`,
      { TXT: [n < 8 ? `v=spf1 include:s${n + 1}.example.se -all` : 'v=spf1 -all'] },
    ]),
  );
  const mejl = { ...soundZone['mejl.example.se'], TXT: ['v=spf1 include:s0.example.se -all'] };
  const slow = await slowServer({ ...soundZone, ...chain, 'mejl.example.se': mejl }, 1000);
  const dir = await dataDir();
  const first = await startServer({ KLARSIGNAL_DATA: dir, KLARSIGNAL_RESOLVER: slow.address });
  const waiting = submit(first, 'wait=60');
  await slow.heard;
  const begun = performance.now();
  first.child.kill('SIGTERM');
  const { status, audit } = await waiting;
  expect({ status, audit }).toMatchObject({ status: 202, audit: { state: 'queued' } });
  expect(await first.ended).toBe(0);
  expect(performance.now() - begun).toBeLessThan(10_000);

  const resolver = await zoneServer(soundZone);
  const second = await startServer({ KLARSIGNAL_DATA: dir, KLARSIGNAL_RESOLVER: resolver });
  expect(await ended(second, audit.id)).toMatchObject({ state: 'done', decision: 'clear' });
  expectDiscreet(first, second);
});

describe('what keeps it from starting is said in one line', () => {
  const refused = async (environment: Record<string, string>, said: RegExp) => {
    const { ended, output } = launch({ KLARSIGNAL_DATA: await dataDir(), ...environment });
    expect(await ended).toBe(1);
    expect(output()).toMatch(said);
    expect(output().trim().split('\n')).toHaveLength(1);
  };

  test.each([
    ['a PORT that is no number', { PORT: 'abc' }, /PORT must be a whole number from 0 to 65535/],
    ['a PORT too high', { PORT: '65536' }, /PORT must be a whole number from 0 to 65535/],
    ['a PORT with a fraction', { PORT: '80.5' }, /PORT must be a whole number/],
    ['a level that there is not', { LOG_LEVEL: 'loud' }, /LOG_LEVEL must be one of fatal, error/],
    ['a resolver by name', { KLARSIGNAL_RESOLVER: 'dns.example' }, /KLARSIGNAL_RESOLVER must be an IP/],
    ['a host name with a scheme', { KLARSIGNAL_HOSTNAMES: 'https://a.example' }, /KLARSIGNAL_HOSTNAMES must/],
    ['a sandbox that there is not', { KLARSIGNAL_CHROMIUM_SANDBOX: 'off' }, /SANDBOX must be prefer or/],
    ['an address that is none', { KLARSIGNAL_URL: 'audit.example.org' }, /KLARSIGNAL_URL must be an http/],
    ['an address with a path', { KLARSIGNAL_URL: 'https://a.example/b' }, /KLARSIGNAL_URL must be an http/],
    ['an address with a query', { KLARSIGNAL_URL: 'https://a.example/?' }, /KLARSIGNAL_URL must be an http/],
    ['an address with a name', { KLARSIGNAL_URL: 'https://a@a.example' }, /KLARSIGNAL_URL must be an http/],
    ['another scheme', { KLARSIGNAL_URL: 'ftp://a.example' }, /KLARSIGNAL_URL must be an http/],
    ['an address that this machine lacks', { HOST: '192.0.2.1' }, /has no address 192\.0\.2\.1/],
  ])('%s', async (_, environment, said) => {
    await refused(environment, said);
  });

  test('a port in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address ? String(address.port) : '';
    await refused({ PORT: port }, new RegExp(`Port ${port} on 127\\.0\\.0\\.1 is in use already`));
    other.close();
  });

  test('a data directory in use, and one that is a file', async () => {
    const dir = await dataDir();
    const running = await startServer({ KLARSIGNAL_DATA: dir });
    await refused({ KLARSIGNAL_DATA: dir }, /Another process is using the data directory/);
    expect((await fetch(`${running.url}/healthz`)).status).toBe(200);
    const file = join(await dataDir(), 'file');
    await writeFile(file, '');
    await refused({ KLARSIGNAL_DATA: file }, /data directory .* cannot be used .* KLARSIGNAL_DATA/);
  });
});

describe('over a real socket', () => {
  test('30 MB is answered with 413, and the connection is still good', async () => {
    const running = await startServer({ KLARSIGNAL_DATA: await dataDir() });
    const large = new Uint8Array(30 * 1024 * 1024);
    const form = new FormData();
    form.append('file', new File([large], 'a.html'));
    for (const path of ['/v1/audits', '/audits']) {
      const response = await running.fetch(path, { method: 'POST', body: form });
      expect(response.status).toBe(413);
      expect(await response.text()).toContain('10 MB');
    }
    const chunked = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let n = 0; n < 30; n++) controller.enqueue(large.subarray(0, 1024 * 1024));
        controller.close();
      },
    });
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: chunked };
    const response = await running.fetch('/v1/audits', { ...init, duplex: 'half' } as RequestInit);
    expect(response.status).toBe(413);
    expect((await fetch(`${running.url}/healthz`)).status).toBe(200);
  });

  test('a Host that is not ours is refused, unless it is named', async () => {
    const environment = {
      KLARSIGNAL_DATA: await dataDir(),
      KLARSIGNAL_HOSTNAMES: 'audit.example.net, b',
      KLARSIGNAL_URL: 'https://c.example:8443/',
    };
    const { url } = await startServer(environment);
    const statusFor = async (host: string) => {
      const sent = request(`${url}/sign-in`, { headers: { host } });
      sent.end();
      const [response] = await once(sent, 'response');
      response.resume();
      return response.statusCode;
    };
    expect(await statusFor('evil.example:8787')).toBe(421);
    expect(await statusFor('audit.example.net')).toBe(200);
    expect(await statusFor('c.example:8443')).toBe(200);
    expect(await statusFor('localhost:1')).toBe(200);
    expect(await statusFor('evil.example@127.0.0.1')).toBe(400);
  });
});
