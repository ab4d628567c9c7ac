/** Bodies made to hurt: what they may take of memory and time is bounded before anybody reads them. */
import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { postForm, postJson, type Service, sound, startService } from './service.ts';

let service: Service;
let server: ServerType;
let port: number;
beforeAll(async () => {
  service = await startService({ idle: true });
  server = serve({ fetch: service.anonymous.fetch, port: 0, hostname: '127.0.0.1' });
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});
afterAll(async () => {
  server.close();
  if ('closeAllConnections' in server) server.closeAllConnections();
  await service.close();
});

const megabyte = 1_000_000;
/** Milliseconds: each took seconds once. */
const soon = 1200;

async function timed(send: () => Response | Promise<Response>) {
  const started = performance.now();
  const response = await send();
  return { status: response.status, text: await response.text(), ms: performance.now() - started };
}

describe('JSON', () => {
  const rows: [string, () => string][] = [
    ['nothing but brackets', () => '['.repeat(19 * megabyte)],
    ['objects inside each other', () => '{"a":'.repeat(3 * megabyte)],
    [
      'a million fields',
      () => `{${Array.from({ length: 1.4 * megabyte }, (_, i) => `"a${i.toString(36)}":1`)}}`,
    ],
    ['a million selectors', () => `{"source":"x","dkimSelectors":[${'"",'.repeat(5 * megabyte)}""]}`],
    ['a million objects', () => `[${'{},'.repeat(6 * megabyte)}1]`],
    ['colons', () => `{"a"${':'.repeat(9 * megabyte)}`],
  ];
  test.each(rows)('%s: refused soon, without being parsed', async (_, make) => {
    const body = make();
    const parse = vi.spyOn(JSON, 'parse');
    const { status, text, ms } = await timed(() => postJson(service, body));
    const parsed = parse.mock.calls.filter(([json]) => json.length > megabyte).length;
    parse.mockRestore();
    expect(JSON.parse(text)).toMatchObject({
      code: 'invalid-request',
      errors: [{ code: 'body-too-complex', field: '' }],
    });
    expect([status, parsed]).toEqual([400, 0]);
    expect(ms).toBeLessThan(soon);
  });

  test('every character may stand in a source, megabytes of them', async () => {
    const hard = '{[:,"\\,:[{\\"\\\\",\n\u2028🙂';
    const source = `<p>${hard.repeat(60_000)}</p>`;
    const response = await postJson(service, { ...sound, source, subject: `${hard.slice(0, 12)}\\` });
    const { id } = (await response.json()) as { id: string };
    expect(response.status).toBe(202);
    const row = await service.store.organisation(service.organisation).audit(id);
    const kept = await service.blobs.get(row?.upload ?? '');
    expect(new TextDecoder().decode(kept) === source).toBe(true);
  });

  test('all fields with ten selectors are within the bound, pretty-printed or not', async () => {
    const { source, ...fields } = sound;
    const body = {
      ...fields,
      replyTo: 'a@example.se',
      class: 'marketing',
      filename: 'brev.html',
      dkimSelectors: Array.from({ length: 10 }, (_, n) => `s${n}`),
      sourceBase64: Buffer.from(source).toString('base64'),
    };
    for (const space of [0, 2])
      expect((await postJson(service, JSON.stringify(body, null, space))).status).toBe(202);
  });
});

describe('forms', () => {
  const part = (name: string, disposition = 'Content-Disposition') =>
    `--X\r\n${disposition}: form-data; name="${name}"\r\n\r\n\r\n`;
  const many = (count: number, make: (n: number) => string) =>
    Array.from({ length: count }, (_, n) => make(n)).join('');
  const multipart = 'multipart/form-data; boundary=X';
  const urlencoded = 'application/x-www-form-urlencoded';
  const rows: [string, string, () => string][] = [
    ['280,000 parts', multipart, () => `${many(280_000, (n) => part(`a${n}`))}--X--\r\n`],
    ['parts of one name', multipart, () => `${many(280_000, () => part('from'))}--X--\r\n`],
    [
      'parts in odd letters',
      multipart,
      () => `${many(51, (n) => part(`a${n}`, ' content-DISPOSITION '))}--X--\r\n`,
    ],
    [
      'a boundary in quotes',
      'Multipart/Form-Data; boundary="X"',
      () => `${many(51, (n) => part(`a${n}`))}--X--\r\n`,
    ],
    ['a million fields', urlencoded, () => '&a=1'.repeat(4.7 * megabyte)],
  ];
  const paths = [
    '/v1/audits',
    '/v1/audits/aud_x/again',
    '/audits',
    '/audits/aud_x/again',
    '/audits/example',
    '/keys',
  ];
  test.each(rows.flatMap(([title, type, make]) => paths.map((path) => ({ title, type, make, path }))))(
    '$title to $path: refused soon',
    async ({ type, make, path }) => {
      const body = make();
      const { status, text, ms } = await timed(() =>
        service.app.request(path, { method: 'POST', headers: { 'content-type': type }, body }),
      );
      expect(status).toBe(400);
      expect(JSON.parse(text)).toMatchObject({
        code: 'invalid-request',
        errors: [{ code: 'body-not-form' }],
      });
      expect(ms).toBeLessThan(soon);
    },
  );

  test.each(['a\nX: y.html', 'a\u001b[31m.html', 'a\u009b.html'])(
    'a file may not be called %j',
    async (filename) => {
      for (const response of [
        await postJson(service, { ...sound, filename }),
        await postForm(service, { source: '<p>Hej!</p>', from: sound.from, filename }),
        await postForm(service, { file: new File(['<p>Hej!</p>'], filename), from: sound.from }),
      ]) {
        expect(response.status).toBe(400);
        const { errors } = (await response.json()) as { errors: unknown[] };
        expect(errors).toEqual([
          { code: 'field-characters', field: expect.stringMatching(/^file/), text: expect.any(String) },
        ]);
      }
    },
  );

  test('a message of many parts is one file', async () => {
    const attached = many(
      80,
      (n) => `--b\r\nContent-Disposition: attachment; filename=${n}.txt\r\n\r\nx\r\n`,
    );
    const eml = `From: a@example.se\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Hej!</p>\r\n${attached}--b--\r\n`;
    const response = await postForm(service, { file: new File([eml], 'brev.eml') });
    expect([response.status, await response.json()]).toMatchObject([202, {}]);
  });
});

describe('what is held at once', () => {
  const open: Socket[] = [];
  afterEach(async () => {
    for (const socket of open.splice(0)) socket.destroy();
    // Given back at once, so that the next one starts from nothing.
    await vi.waitFor(async () => expect((await big(await token())).status).not.toBe(503), { timeout: 5000 });
  });
  const tokens: string[] = [];
  async function token(): Promise<string> {
    const made = await service.access.createKey(service.organisation, {
      name: 'x',
      scopes: ['audits:write'],
    });
    if (made.kind !== 'made') throw new Error('no key');
    tokens.push(made.token);
    return made.token;
  }
  const head = (key: string, more: string) =>
    `POST /v1/audits HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\n${more}\r\n\r\n`;
  /** Sends the start of a body and keeps the rest; `answered` has what came back. */
  async function hold(key: string, more = 'Content-Length: 19000000') {
    const socket = connect(port, '127.0.0.1');
    open.push(socket);
    await once(socket, 'connect');
    const held = { answered: '', socket };
    socket.on('error', () => {});
    socket.on('data', (data) => {
      held.answered += String(data);
    });
    socket.write(head(key, more));
    // Of unknown length, what has come is what counts.
    socket.write(more.startsWith('Transfer') ? `e4e1c0\r\n${'x'.repeat(15 * megabyte)}\r\n` : '{"sou');
    return held;
  }
  const big = (key: string) =>
    fetch(`http://127.0.0.1:${port}/v1/audits`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: `"${'x'.repeat(15 * megabyte)}"`,
    });
  const refusedOf = (held: { answered: string }[]) =>
    held.filter(({ answered }) => answered.startsWith('HTTP/1.1 503')).length;

  test.each(['Content-Length: 19000000', 'Transfer-Encoding: chunked'])(
    'one caller holds 40 MB of bodies and no more (%s); others are not kept out',
    async (more) => {
      const [key, other] = [await token(), await token()];
      const held = await Promise.all(Array.from({ length: 5 }, () => hold(key, more)));
      await vi.waitFor(() => expect(refusedOf(held)).toBeGreaterThanOrEqual(3), { timeout: 3000 });
      const [refused] = held.filter(({ answered }) => answered !== '');
      expect(refused?.answered).toMatch(/\r\nretry-after: \d+\r\n/i);
      expect(refused?.answered).toContain('"code":"busy"');
      expect((await big(key)).status).toBe(503);
      expect((await big(other)).status).toBe(400);
      // A small one is welcome beside them, where there is room for it.
      for (const { socket } of held) socket.destroy();
      await vi.waitFor(async () => expect((await big(key)).status).toBe(400), { timeout: 3000 });
    },
  );

  test('all together hold 100 MB', async () => {
    const keys = await Promise.all(Array.from({ length: 4 }, token));
    const held = await Promise.all(keys.flatMap((key) => [hold(key), hold(key)]));
    await vi.waitFor(() => expect(refusedOf(held)).toBe(3), { timeout: 3000 });
    const last = await token();
    expect((await big(last)).status).toBe(503);
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  });

  test('whoever hangs up while sending is no fault of ours', async () => {
    const key = await token();
    for (const more of ['Content-Length: 19000000', 'Transfer-Encoding: chunked']) {
      const before = service.noted.length;
      const { socket } = await hold(key, more);
      await new Promise((resolve) => setTimeout(resolve, 50));
      socket.destroy();
      await vi.waitFor(() =>
        expect(service.noted.slice(before)).toContainEqual(['info', 'client gone', expect.anything()]),
      );
    }
    expect(service.logged).toEqual([]);
  });
});
