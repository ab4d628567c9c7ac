import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import { BrowserError } from '../../ports.ts';
import type { Identity } from './identity.ts';
import { cacheFolder, seal, unpackChromium } from './unpack.ts';

export type ExecutableSource = 'system' | 'package' | 'download';

export interface Executable {
  path: string;
  from: 'setting' | ExecutableSource;
  /** Folder for LD_LIBRARY_PATH, of Chromium alone. */
  libraries?: string;
  /** Fonts that came with it. */
  fonts?: string;
}

export interface ExecutableOptions {
  /** PUPPETEER_EXECUTABLE_PATH. When given it is this one or none. */
  executablePath?: string | undefined;
  /** PATH; the usual places are looked at too. */
  searchPath?: string | undefined;
  /** Where browsers are unpacked or downloaded to. */
  cacheDir: string;
  /** Tried in this order; all three when left out. */
  sources?: readonly ExecutableSource[] | undefined;
}

// The headless shells come first: a page costs them a third of what it costs a whole Chrome.
const names = [
  'chromium-headless-shell',
  'chrome-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];
const folders = ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome'];
const applications = [
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * The first browser that answers `--version` as the user who will run it: the setting, one of the system,
 * the one inside @sparticuz/chromium, or a download of Chrome for Testing.
 * @throws BrowserError `missing`, with what was tried
 */
export async function findExecutable(
  options: ExecutableOptions,
  identity: Identity | undefined,
  signal: AbortSignal,
): Promise<Executable> {
  const tried: string[] = [];
  for await (const look of candidates(options, identity, signal)) {
    try {
      signal.throwIfAborted();
      const executable = await look();
      await askVersion(executable, identity);
      return executable;
    } catch (error) {
      tried.push(reason(error));
    }
  }
  throw new BrowserError('missing', `No browser can be started: ${tried.join('; ') || 'none was found'}`);
}

async function* candidates(
  options: ExecutableOptions,
  identity: Identity | undefined,
  signal: AbortSignal,
): AsyncGenerator<() => Promise<Executable>> {
  const { executablePath, cacheDir } = options;
  if (executablePath !== undefined && executablePath !== '') {
    yield async () => ({ path: executablePath, from: 'setting' });
    return;
  }
  for (const source of options.sources ?? ['system', 'package', 'download']) {
    if (source === 'package') {
      yield async () => ({ ...(await unpackChromium(cacheDir, identity)), from: 'package' });
    } else if (source === 'download') {
      yield async () => ({ path: await download(cacheDir, identity, signal), from: 'download' });
    } else {
      for (const path of await systemBrowsers(options.searchPath ?? '')) {
        yield async () => ({ path, from: 'system' });
      }
    }
  }
}

async function systemBrowsers(searchPath: string): Promise<string[]> {
  const places = new Set([...searchPath.split(delimiter).filter(isAbsolute), ...folders]);
  const paths = [...places].flatMap((folder) => names.map((name) => join(folder, name)));
  const found: string[] = [];
  for (const path of [...paths, ...applications]) {
    const runs = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) found.push(path);
  }
  return found;
}

/** Ubuntu's chromium-browser is a stub that only advertises a snap, so a file by that name proves nothing. */
async function askVersion(executable: Executable, identity: Identity | undefined): Promise<void> {
  const { stdout } = await promisify(execFile)(executable.path, ['--version'], {
    ...identity,
    cwd: '/',
    timeout: 10_000,
    env: {
      PATH: '/usr/local/bin:/usr/bin:/bin',
      ...(executable.libraries === undefined ? {} : { LD_LIBRARY_PATH: executable.libraries }),
    },
  });
  if (!/\d+\.\d+\.\d+/.test(stdout)) throw new Error(`${executable.path} does not tell its version`);
}

async function download(
  cacheDir: string,
  identity: Identity | undefined,
  signal: AbortSignal,
): Promise<string> {
  const [{ Browser, install }, { PUPPETEER_REVISIONS }] = await Promise.all([
    import('@puppeteer/browsers'),
    import('puppeteer-core/internal/revisions.js'),
  ]);
  const folder = join(await cacheFolder(cacheDir, identity), 'download');
  const installing = install({
    browser: Browser.CHROMEHEADLESSSHELL,
    buildId: PUPPETEER_REVISIONS['chrome-headless-shell'],
    cacheDir: folder,
  });
  // It takes no signal; what still comes in after we gave up is there for the next try.
  const limit = AbortSignal.any([signal, AbortSignal.timeout(180_000)]);
  const late = Promise.withResolvers<never>();
  limit.addEventListener('abort', () => late.reject(new Error('the download took too long')), { once: true });
  const { executablePath } = await Promise.race([installing, late.promise]);
  await seal(folder, identity === undefined ? 0o700 : 0o755);
  return executablePath;
}

function reason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n').slice(0, 2).join(' ').trim().slice(0, 300);
}
