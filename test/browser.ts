import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBrowser } from '../src/adapters/browser/chromium.ts';
import type { Browser, PagePicture } from '../src/ports.ts';

/** The real Chromium, unpacked once for all test files. */
export function testBrowser(): Browser {
  return createBrowser({
    cacheDir: join(tmpdir(), 'klarsignal-test-cache'),
    executablePath: process.env.PUPPETEER_EXECUTABLE_PATH,
    searchPath: process.env.PATH,
  });
}

/** The same browser, where each page is drawn once: the same page looks the same. */
export function drawingOnce(browser: Browser): Browser {
  const pictures = new Map<string, Promise<PagePicture>>();
  return {
    ...browser,
    draw(page, signal) {
      if (signal.aborted) return browser.draw(page, signal);
      const key = JSON.stringify({ ...page, images: [...page.images.keys()] });
      const picture = pictures.get(key) ?? browser.draw(page, signal);
      pictures.set(key, picture);
      picture.catch(() => pictures.delete(key));
      return picture;
    },
  };
}
