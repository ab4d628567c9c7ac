/** The way in, end to end: the real service and the real command line on one data directory. */
import { existsSync, statSync } from 'node:fs';
import { chmod, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, test } from 'vitest';
import { lockDirectory } from '../../src/adapters/store/lock.ts';
import { openSqlite } from '../../src/adapters/store/sqlite.ts';
import {
  clearAway,
  command,
  dataDir,
  launch,
  type Running,
  said,
  silentServer,
  startServer,
} from './process.ts';

afterEach(clearAway);

/** A start takes a second, and ten where much else runs; these make several. */
const several = { timeout: 90_000 };
const signInLine = /^Sign in: (\S+)$/m;
const listening = /"msg":"listening"(.*)/;

/** What a browser does with the page's button. */
async function press(link: string, at = new URL(link).origin): Promise<Response> {
  const token = new URL(link).searchParams.get('token') ?? '';
  return fetch(`${at}/sign-in`, {
    method: 'POST',
    headers: { origin: at, 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ token, next: '/keys' }),
    redirect: 'manual',
  });
}

const cookieOf = (response: Response) => response.headers.getSetCookie()[0]?.split(';')[0] ?? '';

async function pageFor(cookie: string, { url }: Pick<Running, 'url'>): Promise<number> {
  const headers = { cookie, accept: 'text/html' };
  return (await fetch(`${url}/keys`, { headers, redirect: 'manual' })).status;
}

/** Log lines are JSON; what is printed for people is not. Stopped, it has written all of them. */
async function expectSilent(running: Pick<Running, 'child' | 'ended' | 'output'>, ...secrets: string[]) {
  running.child.kill('SIGTERM');
  await running.ended;
  const lines = running
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  expect(lines.length).toBeGreaterThan(2);
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(40);
    for (const line of lines) expect(line).not.toContain(secret.slice(4, -4));
  }
}

test(
  'the first start prints a link that signs in once; after that no start prints one',
  several,
  async () => {
    const environment = { KLARSIGNAL_DATA: await dataDir(), LOG_LEVEL: 'debug' };
    const first = await startServer(environment);
    const link = await said(first, signInLine);
    const lines = first.output().split('\n');
    expect(lines.findIndex((line) => signInLine.test(line))).toBe(
      lines.findIndex((line) => line.startsWith('Klarsignal ')) + 1,
    );
    expect(link).toMatch(new RegExp(`^${first.url}/sign-in\\?token=ksl_[a-z2-7]{52}$`));
    expect((await fetch(first.url, { redirect: 'manual' })).status).toBe(401);
    // As a chat program looks at it before the person does.
    const page = await fetch(link);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<button')]);

    const signedIn = await press(link);
    expect([signedIn.status, signedIn.headers.get('location')]).toEqual([303, '/keys']);
    const cookie = cookieOf(signedIn);
    expect(await pageFor(cookie, first)).toBe(200);
    expect((await press(link)).status).toBe(403);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);

    const second = await startServer(environment);
    await said(second, listening);
    // The session outlives the process.
    expect(await pageFor(cookie, second)).toBe(200);
    second.child.kill('SIGTERM');
    await second.ended;
    expect(second.output()).not.toMatch(signInLine);
    // How to get one stands there instead.
    expect(second.output()).toMatch(/^To sign in, .*klarsignal -- login-link$/m);
    const token = new URL(link).searchParams.get('token') ?? '';
    await expectSilent(first, token, cookie.replace('klarsignal=', ''));
    await expectSilent(second, token, cookie.replace('klarsignal=', ''));
  },
);

test('while nobody has signed in, each start prints a link of its own', several, async () => {
  const environment = { KLARSIGNAL_DATA: await dataDir() };
  const links = new Set<string>();
  for (let start = 0; start < 2; start++) {
    const running = await startServer(environment);
    links.add(new URL(await said(running, signInLine)).search);
    running.child.kill('SIGTERM');
    await running.ended;
  }
  expect(links.size).toBe(2);
});

describe('beside a service that runs', () => {
  test('login-link prints a link that works there, and nothing else on its output', async () => {
    const dir = await dataDir();
    const running = await startServer({ KLARSIGNAL_DATA: dir });
    // The command is told of no PORT: the service has left its address in the data directory.
    const environment = { KLARSIGNAL_DATA: dir };
    expect(statSync(join(dir, 'address')).mode & 0o777).toBe(0o600);
    const { code, out, err } = await command(['login-link'], environment);
    expect({ code, err }).toEqual({ code: 0, err: 'The link works once, within 15 minutes.\n' });
    expect(out).toMatch(new RegExp(`^${running.url}/sign-in\\?token=ksl_[a-z2-7]{52}\n$`));
    expect(await pageFor(cookieOf(await press(out.trim())), running)).toBe(200);
    expect((await press(out.trim())).status).toBe(403);
    await expectSilent(running, new URL(out.trim()).searchParams.get('token') ?? '');
  });

  test(
    'the address told to the command wins, and what a killed service left behind counts for nothing',
    several,
    async () => {
      const dir = await dataDir();
      const running = await startServer({ KLARSIGNAL_DATA: dir });
      const told = { KLARSIGNAL_DATA: dir, KLARSIGNAL_URL: 'https://audit.example.org' };
      expect((await command(['login-link'], told)).out).toMatch(/^https:\/\/audit\.example\.org\/sign-in/);
      running.child.kill('SIGKILL');
      await running.ended;
      expect(existsSync(join(dir, 'address'))).toBe(true);
      const after = await command(['login-link'], { KLARSIGNAL_DATA: dir, PORT: '8788' });
      expect(after.out).toMatch(/^http:\/\/127\.0\.0\.1:8788\/sign-in/);
      const next = await startServer({ KLARSIGNAL_DATA: dir });
      expect((await command(['login-link'], { KLARSIGNAL_DATA: dir })).out).toContain(`${next.url}/sign-in`);
      next.child.kill('SIGTERM');
      await next.ended;
      expect(existsSync(join(dir, 'address'))).toBe(false);
    },
  );

  test('a key is made, used, listed and revoked', async () => {
    const dir = await dataDir();
    // It is handed a mail, and asks nobody outside of it.
    const { address } = await silentServer();
    const running = await startServer({
      KLARSIGNAL_DATA: dir,
      KLARSIGNAL_RESOLVER: address,
      LOG_LEVEL: 'debug',
    });
    const environment = { KLARSIGNAL_DATA: dir };
    const made = await command(
      [
        'key',
        'create',
        '--scope',
        'audits:read',
        '--scope=audits:write',
        '--name',
        'Nattligt',
        '--days',
        '30',
      ],
      environment,
    );
    expect(made).toMatchObject({ code: 0, err: expect.stringContaining('not shown again') });
    const key = made.out.trim();
    expect(key).toMatch(/^ksk_[a-z2-7]{52}$/);
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const ask = (path: string, init: RequestInit = {}) => fetch(running.url + path, { ...init, headers });
    expect((await ask('/v1/audits')).status).toBe(200);
    const body = JSON.stringify({ source: '<p>Hej!</p>', from: 'a@example.se', previews: false });
    expect((await ask('/v1/audits', { method: 'POST', body })).status).toBe(202);
    expect((await ask('/keys')).status).toBe(403);

    const text = await command(['key', 'list', '--locale', 'sv'], environment);
    expect(text).toMatchObject({ code: 0, err: '' });
    expect(text.out).toMatch(
      new RegExp(`^ID .*\n(key_\\w{16})  Nattligt  ksk_…${key.slice(-4)}  .*fungerar\n$`),
    );
    const json = JSON.parse((await command(['key', 'list', '--format', 'json'], environment)).out);
    expect(json.keys).toMatchObject([
      { name: 'Nattligt', scopes: ['audits:read', 'audits:write'], state: 'live', lastFour: key.slice(-4) },
    ]);
    expect(json.keys[0].usedAt).not.toBeNull();
    expect(JSON.stringify(json) + text.out).not.toContain(key.slice(4, -4));

    const { id } = json.keys[0];
    expect(await command(['key', 'revoke', id], environment)).toMatchObject({ code: 0, err: '' });
    const refused = await ask('/v1/audits');
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toContain('invalid_token');
    await expectSilent(running, key);
  });

  test('an older one is left as it is', async () => {
    const dir = await dataDir();
    const file = join(dir, 'klarsignal.db');
    await (await openSqlite(file)).close();
    const db = new DatabaseSync(file);
    const last = db.prepare('SELECT name FROM migration ORDER BY name DESC').get()?.name ?? '';
    db.prepare('DELETE FROM migration WHERE name = ?').run(last);
    const unlock = lockDirectory(dir);
    const environment = { KLARSIGNAL_DATA: dir };
    for (const args of [['login-link'], ['key', 'list'], ['key', 'create', '--scope', 'audits:read']]) {
      const { code, out, err } = await command(args, environment);
      expect({ code, out }).toEqual({ code: 3, out: '' });
      expect(err).toMatch(/^KLARSIGNAL_DATA: The service that runs is of an older version/);
    }
    expect(db.prepare('SELECT count(*) AS count FROM person').get()).toEqual({ count: 0 });
    unlock();
    db.prepare("INSERT INTO migration VALUES ('9999_future.sql', '2099-01-01T00:00:00.000Z')").run();
    db.close();
    const { code, err } = await command(['login-link', '--locale', 'sv'], environment);
    expect({ code, err }).toEqual({
      code: 3,
      err: expect.stringContaining('Uppgifterna kommer från en nyare version'),
    });
  });
});

describe('before the service has ever run', () => {
  test('login-link makes what it needs, and the service takes it up', async () => {
    const dir = join(await dataDir(), 'new');
    const made = await command(['login-link'], { KLARSIGNAL_DATA: dir, PORT: '8787' });
    expect(made).toMatchObject({
      code: 0,
      out: expect.stringContaining('http://127.0.0.1:8787/sign-in?token='),
    });
    const running = await startServer({ KLARSIGNAL_DATA: dir });
    expect((await press(made.out.trim(), running.url)).status).toBe(303);
  });

  test('a key that is made then works too', async () => {
    const dir = join(await dataDir(), 'new');
    const { code, out } = await command(['key', 'create', '--scope', 'audits:read', '--format', 'json'], {
      KLARSIGNAL_DATA: dir,
    });
    expect(code).toBe(0);
    const { key, ...rest } = JSON.parse(out);
    expect(rest).toMatchObject({ name: 'API key', scopes: ['audits:read'], endsAt: null, state: 'live' });
    const { url } = await startServer({ KLARSIGNAL_DATA: dir });
    const headers = { authorization: `Bearer ${key}` };
    expect((await fetch(`${url}/v1/audits/x`, { headers })).status).toBe(404);
    expect((await fetch(`${url}/v1/audits`, { method: 'POST', headers })).status).toBe(403);
  });

  test('looking for keys makes nothing', async () => {
    const dir = join(await dataDir(), 'new');
    for (const args of [
      ['key', 'list'],
      ['key', 'revoke', 'key_x'],
    ]) {
      const { code, err } = await command(args, { KLARSIGNAL_DATA: dir });
      expect({ code, err }).toEqual({
        code: 3,
        err: expect.stringContaining('There is no Klarsignal data in'),
      });
    }
    expect(existsSync(dir)).toBe(false);
  });
});

describe('the public address', () => {
  test('stands in links, and over https the cookie is kept to it', async () => {
    const environment = { KLARSIGNAL_DATA: await dataDir(), KLARSIGNAL_URL: 'https://audit.example.org/' };
    const running = await startServer(environment);
    const link = await said(running, signInLine);
    expect(link).toMatch(/^https:\/\/audit\.example\.org\/sign-in\?token=ksl_/);
    const other = await command(['login-link'], environment);
    expect(other.out).toMatch(/^https:\/\/audit\.example\.org\/sign-in\?token=ksl_/);
    // The one that was printed at the start lived for a day: it ends when one is made that does not.
    expect((await press(link, running.url)).status).toBe(403);
    const signedIn = await press(other.out.trim(), running.url);
    expect(signedIn.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Host-klarsignal=kss_\w+; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      ),
    ]);
    expect(await pageFor(cookieOf(signedIn), running)).toBe(200);
  });

  test.each([
    [0o700, false],
    [0o777, true],
  ])('a data directory of mode %o: warns %s', async (mode, warns) => {
    const dir = await dataDir();
    await chmod(dir, mode);
    const running = await startServer({ KLARSIGNAL_DATA: dir });
    running.child.kill('SIGTERM');
    await running.ended;
    expect(running.output().includes('others can write to the data directory')).toBe(warns);
  });

  test('a link in place of the database is not followed, by the service or a command', async () => {
    const dir = await dataDir();
    await symlink(join(dir, 'elsewhere'), join(dir, 'klarsignal.db'));
    const { code, out, err } = await command(['login-link'], { KLARSIGNAL_DATA: dir });
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toContain('KLARSIGNAL_DATA');
    await expect(startServer({ KLARSIGNAL_DATA: dir })).rejects.toThrow(/not a plain file/);
    expect(await readdir(dir)).not.toContain('elsewhere');
  });

  test.each([
    ['127.0.0.1, no address', {}, false],
    ['every address, none told', { HOST: '0.0.0.0' }, true],
    ['every address, told in http', { HOST: '0.0.0.0', KLARSIGNAL_URL: 'http://a.example' }, true],
    ['every address, told in https', { HOST: '0.0.0.0', KLARSIGNAL_URL: 'https://a.example' }, false],
  ])('%s: warns %s', async (_, environment: Record<string, string>, warns) => {
    const running = await startServer({ KLARSIGNAL_DATA: await dataDir(), ...environment });
    const link = await said(running, signInLine);
    // Nobody can open 0.0.0.0 in a browser of another machine, and not everywhere on this one.
    expect(new URL(link).hostname).toBe(
      environment.KLARSIGNAL_URL ? 'a.example' : environment.HOST ? 'localhost' : '127.0.0.1',
    );
    running.child.kill('SIGTERM');
    await running.ended;
    expect(running.output().includes('sign-in travels unencrypted')).toBe(warns);
    // Others cannot open a link to localhost.
    const local = environment.HOST !== undefined && environment.KLARSIGNAL_URL === undefined;
    expect(running.output().includes('set KLARSIGNAL_URL')).toBe(local);
  });
});

describe('what the service is told wrongly', () => {
  test.each(['/proc/nothing', '/dev/null/x'])('data in %s ends it at once, with the reason', async (dir) => {
    const running = launch({ KLARSIGNAL_DATA: dir });
    expect(await running.ended).toBe(1);
    expect(running.output()).toMatch(/^The data directory \S+ cannot be used \(E/);
  });

  test('a browser that is not there is told at the start', async () => {
    const running = await startServer({ KLARSIGNAL_DATA: await dataDir() });
    // A log line may come after what is printed.
    expect(await said(running, /(no file at PUPPETEER_EXECUTABLE_PATH)/)).toBeTruthy();
  });
});

describe('what the commands are told wrongly', () => {
  test.each<[string, string[], Record<string, string>, RegExp]>([
    ['something after login-link', ['login-link', 'x'], {}, /^x: There is no place for this/],
    ['a flag of another command', ['login-link', '--scope', 'audits:read'], {}, /^--scope: There is no such/],
    ['a port that is not known', ['login-link'], { PORT: '0' }, /^PORT: .*KLARSIGNAL_URL/],
    ['no action', ['key'], {}, /^key: Say create, list or revoke/],
    ['an action that is not there', ['key', 'steal'], {}, /^steal: Say create, list or revoke/],
    ['a key without a scope', ['key', 'create'], {}, /^--scope: Choose at least one/],
    ['a scope that is not there', ['key', 'create', '--scope', 'x'], {}, /^--scope: The scopes are/],
    [
      'a name on two lines',
      ['key', 'create', '--scope', 'audits:read', '--name', 'a\nb'],
      {},
      /^--name: A name/,
    ],
    ['days that are none', ['key', 'create', '--scope', 'audits:read', '--days', 'x'], {}, /^--days: Write/],
    ['no key to revoke', ['key', 'revoke'], {}, /^ID: Say which key/],
    ['two keys to revoke', ['key', 'revoke', 'a', 'b'], {}, /^b: There is no place/],
    ['a scope for a list', ['key', 'list', '--scope', 'audits:read'], {}, /^--scope: There is no place/],
    ['an address that is none', ['login-link'], { KLARSIGNAL_URL: 'x' }, /KLARSIGNAL_URL must be an http/],
    [
      'a folder that is a file',
      ['login-link'],
      { KLARSIGNAL_DATA: '/dev/null' },
      /^KLARSIGNAL_DATA: \/dev\/null/,
    ],
  ])('%s', async (_, args, environment, wanted) => {
    const dir = join(await dataDir(), 'new');
    const { code, out, err } = await command(args, { KLARSIGNAL_DATA: dir, ...environment });
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toMatch(wanted);
  });

  test('in JSON, with codes; and a key that is not there', async () => {
    const dir = join(await dataDir(), 'new');
    const environment = { KLARSIGNAL_DATA: dir };
    const bad = await command(['key', 'create', '--days', '0', '--format', 'json'], environment);
    expect(JSON.parse(bad.out).errors.map(({ code }: { code: string }) => code)).toEqual([
      'key-scope-missing',
      'key-days-invalid',
    ]);
    await command(['login-link'], environment);
    expect((await command(['key', 'list'], environment)).out).toBe('There are no keys.\n');
    expect(await command(['key', 'revoke', 'key_x'], environment)).toMatchObject({
      code: 3,
      err: expect.stringMatching(/^key_x: There is no such key/),
    });
  });

  test('help tells of all of them', async () => {
    for (const locale of ['en', 'sv']) {
      const { code, out } = await command(['help', '--locale', locale], {});
      expect(code).toBe(0);
      for (const flag of ['--subject', '--format', '--locale'])
        expect(out).toMatch(new RegExp(`^  ${flag} `, 'm'));
      expect(/läsarna/.test(out)).toBe(locale === 'sv');
      expect(out).toMatch(
        /^klarsignal audit FILE[\s\S]*\nklarsignal login-link[\s\S]*\nklarsignal key create/,
      );
    }
  });
});
