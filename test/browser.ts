import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBrowser } from '../src/adapters/browser/chromium.ts';
import type { Browser } from '../src/ports.ts';

/** The real Chromium, unpacked once for all test files. */
export function testBrowser(): Browser {
  return createBrowser({
    cacheDir: join(tmpdir(), 'klarsignal-test-cache'),
    executablePath: process.env.PUPPETEER_EXECUTABLE_PATH,
    searchPath: process.env.PATH,
  });
}
