import { type Browser, BrowserError } from '../../ports.ts';

/** For a host that has no browser: every drawing is unknown, and says so. */
export const absentBrowser: Browser = {
  draw: () => Promise.reject(missing()),
  describe: () => Promise.reject(missing()),
  close: async () => {},
};

function missing(): BrowserError {
  return new BrowserError('missing', 'this host has no browser');
}
