/** The tarball that is published, tried as somebody else has it: under node_modules, with its dependencies beside it. */
import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import {
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pack } from '../.ci/pack.ts';
import { cleared, now, order, template } from './client/world.ts';
import { clearAway } from './hosts/process.ts';
import { clear, domain, openSendingWorld, origin, registerSender } from './hosts/sending-world.ts';
import { makeAuthority } from './sinks/certificates.ts';
import { freePort } from './sinks/free-port.ts';
import { startSmtpSink } from './sinks/smtp-sink.ts';

const root = new URL('..', import.meta.url).pathname;
const run = promisify(execFile);
let folder: string;
const installed = () => join(folder, 'node_modules/klarsignal');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'klarsignal-packed-'));
  const tarball = pack(folder);
  const modules = join(folder, 'node_modules');
  mkdirSync(installed(), { recursive: true });
  await run('tar', ['xzf', tarball, '-C', installed(), '--strip-components=1']);
  // Only what the package asks for: one that is forgotten there is missing here.
  const { dependencies } = manifest();
  for (const name of Object.keys(dependencies)) {
    if (name.startsWith('@')) mkdirSync(join(modules, name.split('/')[0] ?? ''), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function manifest(): {
  dependencies: Record<string, string>;
  private?: boolean;
  bin: Record<string, string>;
} {
  return JSON.parse(readFileSync(join(installed(), 'package.json'), 'utf8'));
}

test('holds no source that Node would refuse, and may be published', () => {
  expect(globSync('**/*.ts', { cwd: installed() }).filter((file) => !file.endsWith('.d.ts'))).toEqual([]);
  expect(manifest()).not.toHaveProperty('private');
  expect(readdirSync(join(installed(), 'src/adapters/store/migrations')).length).toBeGreaterThan(3);
});

test('every package that it loads is one that it asks for', () => {
  const asked = Object.keys(manifest().dependencies);
  const files = globSync(['src/**/*.js', 'rules/**/*.js'], { cwd: installed() });
  const loaded = files.flatMap((file) =>
    [
      ...readFileSync(join(installed(), file), 'utf8').matchAll(
        /^(?:import|export)\s[^'"]*?from\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm,
      ),
    ].map(([, one, other]) => [file, one ?? other ?? ''] as const),
  );
  expect(loaded.length).toBeGreaterThan(500);
  const missing = loaded.filter(
    ([, name]) =>
      !/^(?:[.#]|node:|cloudflare:)/.test(name) &&
      !asked.some((one) => name === one || name.startsWith(`${one}/`)),
  );
  expect(missing).toEqual([]);
});

test('klarsignal/client composes, and klarsignal/client/nodemailer sends by the real nodemailer', async () => {
  const { now: _, ...options } = await cleared();
  writeFileSync(
    join(folder, 'send.mjs'),
    `import { createTransport } from 'nodemailer';
import { createClearedComposer, digestTemplate } from 'klarsignal/client';
import { klarsignal } from 'klarsignal/client/nodemailer';
const { options, order, at } = ${JSON.stringify({ options, order, at: now.getTime() })};
const now = () => new Date(at);
const composer = await createClearedComposer({ ...options, now });
const transport = createTransport({ streamTransport: true, buffer: true });
transport.use('compile', await klarsignal({ ...options, now, returnPath: 'studs@mejl.example.se' }));
const { to, ...data } = order;
const { message, envelope } = await transport.sendMail({ to, klarsignal: data });
const refused = await transport.sendMail({ to, klarsignal: data, html: '<p>Annat</p>' }).catch(({ code }) => code);
console.log(JSON.stringify({
  digest: await digestTemplate(options.template) === composer.claims.digest,
  subject: composer.compose(order).subject, envelope, sent: message.toString().includes('Hej A &amp;'), refused,
}));
`,
  );
  const { stdout } = await run(process.execPath, ['send.mjs'], { cwd: folder });
  expect(JSON.parse(stdout)).toEqual({
    digest: true,
    subject: 'A & "B", välkommen',
    envelope: { from: 'studs@mejl.example.se', to: [order.to] },
    sent: true,
    refused: 'finished-mail',
  });
});

test('klarsignal/client has types', async () => {
  const source = `import { digestTemplate, type Template } from 'klarsignal/client';
import { klarsignal } from 'klarsignal/client/nodemailer';
export const template: Template = ${JSON.stringify(template)};
export const digest: Promise<string> = digestTemplate(template);
// @ts-expect-error: a number is no token
export const plugin = klarsignal({ clearance: 1, keys: { keys: [] }, issuer: '', template });
`;
  writeFileSync(join(folder, 'typed.mts'), source);
  const flags = '--noEmit --strict --skipLibCheck --module nodenext --target es2024 --types'.split(' ');
  await run(join(root, 'node_modules/.bin/tsc'), [...flags, '', 'typed.mts'], { cwd: folder });
});

test('an old Node is told in words which one is needed', async () => {
  // As the one that many systems have: what is missing there is never reached.
  writeFileSync(
    join(folder, 'old.cjs'),
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: process.env.OLD } });",
  );
  const { engines, bin } = JSON.parse(readFileSync(join(installed(), 'package.json'), 'utf8'));
  const least = engines.node.replace('>=', '');
  for (const [old, locale, said] of [
    ['20.19.0', 'en_GB.UTF-8', `Klarsignal needs Node ${least} or later. This is Node 20.19.0 (`],
    ['24.14.9', 'C', `Klarsignal needs Node ${least} or later. This is Node 24.14.9 (`],
    ['8.17.0', 'sv_SE.UTF-8', `Klarsignal behöver Node ${least} eller senare. Det här är Node 8.17.0 (`],
  ] as const) {
    for (const command of Object.values(bin) as string[]) {
      const args = ['--require', join(folder, 'old.cjs'), join(installed(), command), 'help'];
      const env = { PATH: process.env.PATH, LANG: locale, OLD: old };
      const ended = await run(process.execPath, args, { cwd: folder, env }).catch((error) => error);
      expect(ended.code).toBe(70);
      expect(ended.stderr).toMatch(/^[^\n]+\n$/);
      expect(ended.stderr).toContain(said);
    }
  }
});

test('the command audits with the rules, styles and examples that came along', async () => {
  const cli = join(installed(), manifest().bin.klarsignal ?? '');
  const { stdout } = await run(cli, ['--help'], { cwd: folder });
  expect(stdout).toContain('klarsignal audit');
  writeFileSync(
    join(folder, 'a.mjml'),
    '<mjml><mj-body><mj-section><mj-column><mj-text>Hej!</mj-text></mj-column></mj-section></mj-body></mjml>',
  );
  const args = [
    'audit',
    'a.mjml',
    '--from',
    'a@example.se',
    '--offline',
    '--no-previews',
    '--format',
    'json',
  ];
  const ended = await run(cli, args, { cwd: folder }).catch((error) => error);
  expect([1, 2]).toContain(ended.code);
  expect(JSON.parse(ended.stdout)).toMatchObject({ decision: expect.stringMatching(/blocked|undecided/) });
});

test('the service starts, and answers', async () => {
  const { spawn } = await import('node:child_process');
  const service = spawn(join(installed(), manifest().bin['klarsignal-service'] ?? ''), {
    cwd: folder,
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', KLARSIGNAL_DATA: join(folder, 'data') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    let said = '';
    const url = await new Promise<string>((resolve, reject) => {
      const read = (chunk: Buffer) => {
        said += chunk;
        const found = /Klarsignal [\d.]+: (http:\/\/\S+)/.exec(said)?.[1];
        if (found) resolve(found);
      };
      service.stdout.on('data', read);
      service.stderr.on('data', read);
      service.on('exit', () => reject(new Error(said)));
    });
    expect((await fetch(new URL('/openapi.json', url))).status).toBe(200);
  } finally {
    service.kill('SIGTERM');
    await new Promise((resolve) => service.once('close', resolve));
  }
});

/** The program that docs/clearance.md shows, with other values; each that is to be changed must stand there. */
function documented(changes: Record<string, string>): string {
  const text = readFileSync(join(installed(), 'docs/clearance.md'), 'utf8');
  const begins = text.indexOf("    import { readFileSync } from 'node:fs';");
  const program =
    text
      .slice(begins)
      .split(/\n(?! {4}|\n)/)[0]
      ?.replace(/^ {4}/gm, '') ?? '';
  return Object.entries(changes).reduce((soFar, [from, to]) => {
    expect(soFar.split(from).length, from).toBe(2);
    return soFar.replace(from, () => to);
  }, program);
}

test('a service from the tarball clears, and the program of docs/clearance.md sends what it cleared', {
  timeout: 120_000,
}, async () => {
  const authority = makeAuthority();
  const sink = await startSmtpSink({ authority, auth: { user: 'brev', pass: 'hemligt' } });
  const program = join(installed(), manifest().bin['klarsignal-service'] ?? '');
  const receiverPort = await freePort();
  const account = { user: 'brev', password: 'hemligt' };
  const world = await openSendingWorld({ authority, smtpPort: sink.port, receiverPort, program, account });
  try {
    (await registerSender(world))();
    const { audit } = await clear(world);
    writeFileSync(join(folder, 'ca.pem'), authority.cert);
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    writeFileSync(join(folder, 'dkim.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const changes = {
      "service = 'https://klarsignal.example.se'": `service = '${world.running.url}'`,
      'issuer: service': `issuer: '${origin}'`,
      aud_0123456789abcdef: audit.id,
      "'smtp.example.se', port: 465": `'127.0.0.1', port: ${sink.port}`,
      "domainName: 'example.se'": `domainName: '${domain}'`,
      'bounces@mail.example.se': `studs@retur.${domain}`,
      'anna@example.org': 'kim@example.org',
      "{ first_name: 'Anna' }": `{ first_name: 'Kim', page: 'https://${domain}/kim' }`,
      'https://example.se/u/4711': `https://${domain}/lamna/1`,
    };
    const altered = {
      'clearance, keys, template,': "clearance, keys, template: { ...template, class: 'transactional' },",
    };
    writeFileSync(join(folder, 'send.mjs'), documented(changes));
    writeFileSync(join(folder, 'altered.mjs'), documented({ ...changes, ...altered }));
    const env = {
      PATH: process.env.PATH,
      KLARSIGNAL_KEY: world.key,
      SMTP_PASSWORD: 'hemligt',
      NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    };
    const { stdout } = await run(process.execPath, ['send.mjs'], { cwd: folder, env });
    expect(stdout).toBe("[ 'kim@example.org' ]\n");
    const refused = await run(process.execPath, ['altered.mjs'], { cwd: folder, env }).catch(
      (error) => error,
    );
    expect(refused.stderr).toContain('other-message');
    expect(sink.messages.length).toBe(1);
    const [message] = sink.messages;
    expect(message).toMatchObject({ from: `studs@retur.${domain}`, to: 'kim@example.org', secure: true });
    const mail = await PostalMime.parse(message?.raw ?? '');
    expect(mail).toMatchObject({
      subject: 'Fröbyte och höstmöte, Kim',
      from: { address: `nyhetsbrev@${domain}` },
    });
    expect(mail.html).toContain('Hej Kim!');
    expect(mail.html).toContain(`href="https://${domain}/lamna/1"`);
    expect(String(mail.headers.find(({ key }) => key === 'dkim-signature')?.value)).toContain('s=s1');
  } finally {
    await clearAway();
    await world.close();
    await sink.close();
  }
});
