/** Debian's own spamd and rspamd, each with settings and data of its own, on this machine alone: nothing is asked of the network. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Milliseconds until one listens: both read and compile a thousand rules first, which is 15 seconds of work. */
export const startMs = 180_000;

export interface Daemon {
  /** Of its socket. */
  path: string;
  stop(): Promise<void>;
}

/** Debian keeps daemons where a user's PATH does not lead. */
const env = { ...process.env, PATH: [process.env.PATH, '/usr/sbin'].join(delimiter) };

/** spamd by local rules alone. `settings`: lines of configuration beside Debian's own. */
export async function startSpamd(settings: readonly string[] = []): Promise<Daemon> {
  const folder = await mkdtemp(join(tmpdir(), 'klarsignal-spamd-'));
  const path = join(folder, 'spamd.sock');
  const flags = ['--local', '--nouser-config', '--max-children=2', '--syslog=stderr'];
  const own = [
    `--socketpath=${path}`,
    `--helper-home-dir=${folder}`,
    ...settings.map((line) => `--cf=${line}`),
  ];
  return begun('spamd', [...flags, ...own], folder, path);
}

/** Modules that ask somebody: other hosts, or Redis. */
const asking =
  'arc asn bayes_expiry dcc dkim dkim_signing dmarc fuzzy_check greylist hfilter history_redis mx_check neural ratelimit rbl replies reputation rspamd_update spf surbl url_redirector'.split(
    ' ',
  );

/** rspamd without Redis. `controller`: a port where the password is asked for. */
export async function startRspamd(
  password?: string,
): Promise<Daemon & { controller: { host: string; port: number } | undefined }> {
  const folder = await mkdtemp(join(tmpdir(), 'klarsignal-rspamd-'));
  const path = join(folder, 'rspamd.sock');
  await mkdir(join(folder, 'local.d'));
  for (const name of asking) await writeFile(join(folder, 'local.d', `${name}.conf`), 'enabled = false;\n');
  const port = password === undefined ? undefined : await freePort();
  const settings = [
    '.include "$CONFDIR/common.conf"',
    'options {',
    '  .include "$CONFDIR/options.inc"',
    `  pidfile = "${join(folder, 'rspamd.pid')}";`,
    // Nobody listens there.
    '  dns { nameserver = ["127.0.0.1:1"]; timeout = 0.1s; retransmits = 1; }',
    '}',
    'logging { type = "console"; level = "error"; }',
    `worker "normal" { bind_socket = "${path}"; count = 1; }`,
    port === undefined
      ? ''
      : `worker "controller" { bind_socket = "127.0.0.1:${port}"; count = 1; password = "${password}"; secure_ip = []; }`,
  ];
  await writeFile(join(folder, 'rspamd.conf'), `${settings.join('\n')}\n`);
  const variables = Object.entries({ DBDIR: folder, RUNDIR: folder, LOGDIR: folder, LOCAL_CONFDIR: folder });
  const flags = ['-f', ...(process.getuid?.() === 0 ? ['-i'] : []), '-c', join(folder, 'rspamd.conf')];
  const args = [...flags, ...variables.map(([name, value]) => `--var=${name}=${value}`)];
  const controller = port === undefined ? undefined : { host: '127.0.0.1', port };
  return { ...(await begun('rspamd', args, folder, path)), controller };
}

async function begun(command: string, args: string[], folder: string, path: string): Promise<Daemon> {
  const daemon = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
  let said = '';
  for (const stream of [daemon.stdout, daemon.stderr])
    stream.on('data', (bytes: Buffer) => {
      said = `${said}${bytes}`.slice(-4000);
    });
  const stop = async () => {
    await ended(daemon);
    await rm(folder, { recursive: true, force: true });
  };
  const failed = Promise.race([
    once(daemon, 'error').then(([error]) => Promise.reject(error)),
    once(daemon, 'exit').then(() => Promise.reject(new Error(`${command} ended: ${said}`))),
  ]);
  failed.catch(() => {});
  try {
    await Promise.race([failed, listening(path, Date.now() + startMs, command)]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { path, stop };
}

async function ended(daemon: ChildProcess): Promise<void> {
  if (daemon.pid === undefined || daemon.exitCode !== null || daemon.signalCode !== null) return;
  const exit = once(daemon, 'exit');
  daemon.kill('SIGTERM');
  const patience = setTimeout(() => daemon.kill('SIGKILL'), 10_000);
  await exit;
  clearTimeout(patience);
}

async function listening(path: string, until: number, command: string): Promise<void> {
  for (;;) {
    const open = await new Promise<boolean>((resolve) => {
      const probe = createConnection({ path });
      probe.once('connect', () => resolve(true)).once('error', () => resolve(false));
      probe.once('connect', () => probe.destroy());
    });
    if (open) return;
    if (Date.now() > until) throw new Error(`${command} does not listen`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || !address) throw new Error('no port is free');
  return address.port;
}
