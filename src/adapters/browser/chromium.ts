import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, BrowserError, type PagePicture, type PageRequest } from '../../ports.ts';
import { type ExecutableSource, findExecutable } from './executable.ts';
import { chooseIdentity } from './identity.ts';
import { drawPage } from './page.ts';
import { type RunningBrowser, SandboxRefused, type StartOptions, startBrowser } from './process.ts';
import { createSlots } from './slots.ts';

export interface ChromiumOptions {
  /** Where a packed or downloaded browser is unpacked to. */
  cacheDir: string;
  /** PUPPETEER_EXECUTABLE_PATH: this one or none. */
  executablePath?: string | undefined;
  /** PATH, to look for a system browser. */
  searchPath?: string | undefined;
  /** Where to look when no path is given, in order: system, package, download. */
  sources?: readonly ExecutableSource[] | undefined;
  /** `require` would rather have no browser than one without a sandbox. Default `prefer`. */
  sandbox?: 'require' | 'prefer' | undefined;
  /** Folders with fonts beside the system's. */
  fontDirs?: readonly string[] | undefined;
  /** Pages drawn at the same time; more wait in line. Default 2. */
  pages?: number | undefined;
  /** Milliseconds without work until the browser is ended. Default five minutes. */
  idleMs?: number | undefined;
  /** Milliseconds for Chromium to start. Default 20,000. */
  launchMs?: number | undefined;
  /** CSS pixels of a picture. Default 10,000. */
  maxHeight?: number | undefined;
  /** One line at a time, for people who operate the service. */
  log?: ((message: string) => void) | undefined;
}

/** How long a search that found nothing is believed, so that a download is not tried for every page. */
const missingMs = 60_000;
/** A browser that cannot throw a page away in this time hangs, and is killed. */
const closingMs = 2000;

/**
 * A warm Chromium that starts with the first job, is killed when it hangs, and comes back with the next
 * job after it died. Draw and describe throw only BrowserError; an aborted signal is a `timeout`.
 */
export function createBrowser(options: ChromiumOptions): Browser {
  const { log = () => {}, idleMs = 300_000, launchMs = 20_000, maxHeight = 10_000 } = options;
  const slots = createSlots(options.pages ?? 2);
  let starting: Promise<RunningBrowser> | undefined;
  let running: RunningBrowser | undefined;
  let missing: { error: BrowserError; until: number } | undefined;
  let sandbox = true;
  let jobs = 0;
  /** Settles when what failed jobs left behind is gone; nobody starts in a browser that may hang. */
  let wreckage = Promise.resolve();
  let idle: NodeJS.Timeout | undefined;
  const closing = new AbortController();

  async function launch(): Promise<RunningBrowser> {
    const identity = await chooseIdentity();
    const executable = await findExecutable(options, identity, closing.signal);
    const start: StartOptions = { executable, identity, launchMs, sandbox, fontDirs: options.fontDirs ?? [] };
    try {
      return await startBrowser(start);
    } catch (error) {
      if (!(error instanceof SandboxRefused)) throw error;
      if (options.sandbox === 'require') {
        throw new BrowserError('missing', `No sandbox can be started here: ${error.message}`, {
          cause: error,
        });
      }
      log(`Chromium runs without a sandbox, since none can be started here: ${error.message}`);
      sandbox = false;
      return startBrowser({ ...start, sandbox });
    }
  }

  async function start(): Promise<RunningBrowser> {
    if (missing !== undefined && performance.now() < missing.until) throw missing.error;
    try {
      const browser = await launch();
      running = browser;
      void browser.ended.then(() => forget(browser));
      if (jobs === 0) rest();
      return browser;
    } catch (error) {
      starting = undefined;
      const failure = asBrowserError(error);
      if (failure.failure === 'missing') missing = { error: failure, until: performance.now() + missingMs };
      throw failure;
    }
  }

  function forget(browser: RunningBrowser): void {
    if (running === browser) [running, starting] = [undefined, undefined];
  }

  async function discard(browser: RunningBrowser): Promise<void> {
    forget(browser);
    await browser.kill();
  }

  async function abandon(browser: RunningBrowser, error: Error): Promise<void> {
    if (running === browser) log(`Chromium is killed, since a page could not be closed: ${error.message}`);
    await discard(browser);
  }

  function rest(): void {
    clearTimeout(idle);
    const browser = running;
    if (browser === undefined) return;
    browser.hold(false);
    idle = setTimeout(() => void discard(browser), idleMs).unref();
  }

  /** Keeps the browser from being idle while the job lasts. */
  async function busy<T>(job: (browser: Promise<RunningBrowser>) => Promise<T>): Promise<T> {
    if (closing.signal.aborted) throw closedError();
    jobs += 1;
    clearTimeout(idle);
    running?.hold(true);
    starting ??= start();
    try {
      return await job(starting);
    } finally {
      jobs -= 1;
      if (jobs === 0) rest();
    }
  }

  /** One page in a browser that runs. Settles at once when the signal says so; `after` clears up later. */
  async function drawIn(
    browser: RunningBrowser,
    page: PageRequest,
    signal: AbortSignal,
    after: (done: Promise<void>) => void,
  ): Promise<PagePicture> {
    const died = browser.ended.then((): never => {
      throw new BrowserError('crashed', 'The browser ended while it drew');
    });
    let leave = async () => {};
    try {
      return await aborted(
        signal,
        Promise.race([died, drawPage(browser.puppet, page, maxHeight, (close) => (leave = close))]),
      );
    } finally {
      after(within(closingMs, leave()).catch((error) => abandon(browser, error)));
    }
  }

  return {
    async draw(page, signal) {
      let free = () => {};
      let cleared = Promise.resolve();
      try {
        free = await slots.take(signal);
        await aborted(signal, wreckage);
        return await busy(async (browser) =>
          drawIn(await aborted(signal, browser), page, signal, (done) => (cleared = done)),
        );
      } catch (error) {
        wreckage = Promise.all([wreckage, cleared]).then(() => {});
        throw signal.aborted ? timeout(signal) : asBrowserError(error);
      } finally {
        void cleared.then(free);
      }
    },
    async describe() {
      const { version, sandbox } = await busy((browser) => browser);
      return { version, sandbox };
    },
    async close() {
      closing.abort(closedError());
      clearTimeout(idle);
      slots.close(closedError());
      const browser = await starting?.catch(() => undefined);
      await browser?.kill();
    },
  };
}

function asBrowserError(error: unknown): BrowserError {
  if (error instanceof BrowserError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new BrowserError('crashed', message, { cause: error });
}

function closedError(): BrowserError {
  return new BrowserError('missing', 'The browser was closed');
}

function timeout(signal: AbortSignal): BrowserError {
  return new BrowserError('timeout', 'The page was not drawn in time', { cause: signal.reason });
}

/** The promise, or the signal's reason if that comes first; the promise's own end is then nobody's. */
async function aborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  signal.throwIfAborted();
  const stop = Promise.withResolvers<never>();
  const onAbort = () => stop.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([promise, stop.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** The last tenth is a second look: if our own process was too busy, the answer is there by then. */
async function within(ms: number, promise: Promise<void>): Promise<void> {
  let answered = false;
  const answer = promise.then(() => {
    answered = true;
  });
  const late = async () => {
    await sleep(ms * 0.9, undefined, { ref: false });
    if (!answered) await sleep(ms * 0.1, undefined, { ref: false });
    throw new Error(`no answer in ${ms} ms`);
  };
  await Promise.race([answer, late()]);
}
