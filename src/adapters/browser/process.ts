import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionTransport, Browser as Puppet } from 'puppeteer-core';
import type { Executable } from './executable.ts';
import { fontConfiguration } from './fonts.ts';
import { type Identity, reachable } from './identity.ts';

export interface StartOptions {
  executable: Executable;
  identity: Identity | undefined;
  sandbox: boolean;
  /** Folders with fonts beside the system's. */
  fontDirs: readonly string[];
  /** Milliseconds. */
  launchMs: number;
}

export interface RunningBrowser {
  puppet: Puppet;
  version: string;
  sandbox: boolean;
  pid: number;
  /** Settles as soon as it can do no more work. */
  ended: Promise<void>;
  /** Settles when the process has ended and its folder is gone. */
  kill(): Promise<void>;
  /** Whether it keeps our own process alive. */
  hold(yes: boolean): void;
}

/** Chromium started and gave up because no sandbox can be had here. */
export class SandboxRefused extends Error {}

const refusals = /no usable sandbox|without --no-sandbox|move to new namespace|setuid sandbox/i;

/**
 * The network is closed three times: the page's requests are intercepted (network.ts), every name
 * resolves to nothing, and all else, loopback included, goes to a proxy that does not exist.
 */
const flags = [
  '--headless',
  '--remote-debugging-pipe',
  '--no-startup-window',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--proxy-server=http://closed.invalid:1',
  '--proxy-bypass-list=<-loopback>',
  '--disable-quic',
  '--no-pings',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-client-side-phishing-detection',
  '--disable-sync',
  '--disable-extensions',
  '--disable-breakpad',
  '--disable-crash-reporter',
  '--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,MediaRouter,OptimizationHints,Translate',
  '--no-first-run',
  '--no-default-browser-check',
  '--deny-permission-prompts',
  '--metrics-recording-only',
  '--password-store=basic',
  '--use-mock-keychain',
  // Without a GPU, and out of /dev/shm, which is 64 MB in a container.
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--js-flags=--jitless',
  // Same picture everywhere; 2 = animated images stand still.
  '--blink-settings=imageAnimationPolicy=2',
  '--font-render-hinting=none',
  '--force-color-profile=srgb',
  '--hide-scrollbars',
  '--lang=en-US',
  '--mute-audio',
];

/** What must not outlive us, by process group; value is its folder. */
const alive = new Map<number, string>();
let watching = false;

/**
 * Starts Chromium on a pipe: when we die, however we die, the pipe closes and it ends itself.
 * @throws SandboxRefused
 */
export async function startBrowser(options: StartOptions): Promise<RunningBrowser> {
  const { executable, identity, sandbox } = options;
  const home = await makeHome(identity);
  const config = join(home, 'fonts.conf');
  const fonts = [...(executable.fonts === undefined ? [] : [executable.fonts]), ...options.fontDirs];
  await writeFile(config, fontConfiguration(fonts), { mode: 0o644 });

  const child = spawn(
    executable.path,
    [...flags, `--user-data-dir=${join(home, 'profile')}`, ...(sandbox ? [] : ['--no-sandbox'])],
    {
      ...identity,
      cwd: '/',
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
      // Nothing of our own environment: it holds secrets.
      env: {
        PATH: '/usr/local/bin:/usr/bin:/bin',
        LANG: 'en_US.UTF-8',
        TZ: 'UTC',
        HOME: home,
        TMPDIR: home,
        XDG_CONFIG_HOME: home,
        XDG_CACHE_HOME: home,
        FONTCONFIG_FILE: config,
        DBUS_SESSION_BUS_ADDRESS: 'disabled:',
        ...(executable.libraries === undefined ? {} : { LD_LIBRARY_PATH: executable.libraries }),
      },
    },
  );
  const { ended, cleared } = watch(child, home);
  const handles = [child, child.stderr, child.stdio[3], child.stdio[4]] as (ChildProcess | Socket)[];
  const hold = (yes: boolean) => {
    for (const handle of handles) yes ? handle.ref() : handle.unref();
  };
  const kill = async () => {
    // All of them: what waits for the end must keep the process alive until it has come.
    hold(true);
    if (child.pid !== undefined) killGroup(child.pid);
    await cleared;
  };
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000);
  });

  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`did not start in ${options.launchMs} ms`)),
    options.launchMs,
  );
  try {
    const gone = ended.then((): never => {
      throw new Error('ended while it started');
    });
    const connected = import('puppeteer-core').then(async ({ default: puppeteer }) => {
      const puppet = await puppeteer.connect({
        transport: pipe(child),
        defaultViewport: null,
        issuesEnabled: false,
      });
      return { puppet, version: await puppet.version() };
    });
    const { puppet, version } = await Promise.race([connected, gone, late.promise]);
    return { puppet, version, sandbox, pid: child.pid ?? 0, ended, kill, hold };
  } catch (error) {
    await kill();
    if (sandbox && refusals.test(said)) throw new SandboxRefused(lastLine(said), { cause: error });
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${executable.path}: ${why}. ${lastLine(said)}`.trim(), { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

async function makeHome(identity: Identity | undefined): Promise<string> {
  const base = identity === undefined || (await reachable(tmpdir())) ? tmpdir() : '/tmp';
  const home = await mkdtemp(join(base, 'klarsignal-chromium-'));
  await mkdir(join(home, 'profile'));
  if (identity !== undefined) {
    await chown(join(home, 'profile'), identity.uid, identity.gid);
    await chown(home, identity.uid, identity.gid);
  }
  return home;
}

/** Clears up behind the process, and kills it when we end. */
function watch(child: ChildProcess, home: string): { ended: Promise<void>; cleared: Promise<void> } {
  const { pid } = child;
  const ended = Promise.withResolvers<void>();
  const exited = Promise.withResolvers<void>();
  // The pipe may close first, and then puppeteer fails its calls: who calls next must know by then.
  (child.stdio[4] as Socket | null)?.once('close', () => ended.resolve());
  child.on('error', () => exited.resolve());
  child.once('exit', () => exited.resolve());
  if (pid !== undefined) remember(pid, home);
  void exited.promise.then(() => ended.resolve());
  void ended.promise.then(() => pid !== undefined && killGroup(pid));
  const closed = new Promise((done) => child.once('close', done));
  const cleared = exited.promise.then(async () => {
    // Debian's wrapper script dies before the Chromium it started; only the pipes tell when that is gone.
    await Promise.race([closed, sleep(1000, undefined, { ref: false })]);
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    if (pid !== undefined) alive.delete(pid);
  });
  return { ended: ended.promise, cleared };
}

function remember(pid: number, home: string): void {
  if (!watching) {
    watching = true;
    process.on('exit', () => {
      for (const [group, folder] of alive) {
        killGroup(group);
        rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
      }
    });
  }
  alive.set(pid, home);
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in the group.
  }
}

/** Messages end with a zero byte; fd 3 is theirs to read, fd 4 to write. */
function pipe(child: ChildProcess): ConnectionTransport {
  const [write, read] = child.stdio.slice(3) as Socket[];
  let parts: string[] = [];
  const transport: ConnectionTransport = {
    send: (message) => void write?.write(`${message}\0`),
    close: () => void write?.end(),
  };
  // A broken pipe shows as the end of the process, which is watched.
  write?.on('error', () => {});
  read?.on('error', () => {});
  read?.on('close', () => transport.onclose?.());
  read?.setEncoding('utf8').on('data', (text: string) => {
    const [first = '', ...rest] = text.split('\0');
    parts.push(first);
    for (const part of rest) {
      transport.onmessage?.(parts.join(''));
      parts = [part];
    }
  });
  return transport;
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
}
