/** The real service as a child process, and DNS servers for it to ask. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAccess, linkLife } from '../../src/access.ts';
import { parseZone, startZoneServer } from '../../src/adapters/resolver/zone.ts';
import { openSqlite } from '../../src/adapters/store/sqlite.ts';

const entry = new URL('../../src/hosts/node.ts', import.meta.url).pathname;
const commandLine = new URL('../../src/hosts/cli.ts', import.meta.url).pathname;

/** Where Node finds what an earlier process has compiled, wherever the tests run; and no test leaves this machine. */
export const compiled = {
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? '',
  KLARSIGNAL_PROBES: 'off',
};

export interface Running {
  child: ChildProcess;
  url: string;
  /** As a person who has signed in; `path` begins with a slash. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Everything it has written so far, on both streams. */
  output(): string;
  /** Exit code, or the signal that ended it. */
  ended: Promise<number | string>;
}

/** Processes and directories that the test file clears away at its end. */
const clearing: (() => unknown)[] = [];

export async function clearAway(): Promise<void> {
  for (const clear of clearing.splice(0).reverse()) await clear();
}

export async function dataDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'klarsignal-server-'));
  clearing.push(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** Starts it with nothing of our own environment but what is named. `program`: another than that of this tree. */
export function launch(environment: Record<string, string>, program = entry): Omit<Running, 'url' | 'fetch'> {
  const child = spawn(process.execPath, [program], {
    env: {
      PORT: '0',
      PATH: '',
      HOME: tmpdir(),
      ...compiled,
      PUPPETEER_EXECUTABLE_PATH: '/nowhere/chromium',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  clearing.push(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { child, output: () => output, ended };
}

/** What the pattern's group catches, as soon as the process has written it. */
export async function said(
  { child, output, ended }: Pick<Running, 'child' | 'output' | 'ended'>,
  pattern: RegExp,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const found = pattern.exec(output())?.[1];
      if (found) resolve(found);
    };
    child.stdout?.on('data', look);
    look();
    ended.then((code) => reject(new Error(`it ended with ${code}: ${output()}`)));
  });
}

/** Runs a command of the command line to its end, likewise. */
export async function command(
  args: readonly string[],
  environment: Record<string, string>,
  program = commandLine,
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: tmpdir(),
    env: { PATH: '', HOME: tmpdir(), ...compiled, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

/** Starts it and waits until it says where it listens. */
export async function startServer(environment: Record<string, string>, program?: string): Promise<Running> {
  const launched = launch(environment, program);
  const url = await said(launched, /^Klarsignal \S+: (http:\S+)$/m);
  let cookie: Promise<string> | undefined;
  return {
    ...launched,
    url,
    async fetch(path, init = {}) {
      cookie ??= sessionIn(environment.KLARSIGNAL_DATA ?? '');
      return fetch(url + path, { ...init, headers: { ...init.headers, cookie: await cookie } });
    },
  };
}

/** A session of the owner, made beside the process that runs. */
async function sessionIn(dir: string): Promise<string> {
  const store = await openSqlite(join(dir, 'klarsignal.db'), { beside: true });
  const access = createAccess({ store, clock: { now: () => new Date() } });
  const session = await access.signIn(await access.makeLoginLink(linkLife));
  await store.close();
  return `klarsignal=${session?.token}; __Host-klarsignal=${session?.token}`;
}

/** A DNS server that hears everything and says nothing. */
export async function silentServer(): Promise<{ address: string; heard: Promise<unknown> }> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  clearing.push(() => socket.close());
  return { address: `127.0.0.1:${socket.address().port}`, heard: once(socket, 'message') };
}

export async function zoneServer(zone: Record<string, unknown>): Promise<string> {
  const parsed = parseZone(zone);
  if (!parsed.ok) throw new Error(parsed.message);
  const server = await startZoneServer(parsed.zone);
  clearing.push(() => server.close());
  return `127.0.0.1:${server.port}`;
}

/** The same zone, each answer so many milliseconds late. */
export async function slowServer(
  zone: Record<string, unknown>,
  ms: number,
): Promise<{ address: string; heard: Promise<unknown> }> {
  const [address, port] = (await zoneServer(zone)).split(':');
  const front = createSocket('udp4');
  front.on('message', (question, client) => {
    const behind = createSocket('udp4');
    behind.on('message', (answer) => {
      behind.close();
      const late = setTimeout(() => front.send(answer, client.port, client.address), ms);
      clearing.push(() => clearTimeout(late));
    });
    behind.send(question, Number(port), address);
  });
  front.bind(0, '127.0.0.1');
  await once(front, 'listening');
  clearing.push(() => front.close());
  return { address: `127.0.0.1:${front.address().port}`, heard: once(front, 'message') };
}
