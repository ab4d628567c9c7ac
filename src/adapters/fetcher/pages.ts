import type { Fetcher, WrittenPages } from '../../ports.ts';

/** A web of these pages alone: what is not there is not reached. For examples and worlds, which have no network. */
export function createPageFetcher(pages: WrittenPages): Fetcher {
  return {
    async fetch(url, { most }) {
      const page = Object.hasOwn(pages, url) ? pages[url] : undefined;
      const told = typeof page === 'string' ? { body: page } : (page ?? { failure: 'ENOTFOUND' });
      const { location, base64, failure, type = 'text/plain', body = '' } = told;
      const { status = location === undefined ? 200 : 302 } = told;
      if (failure) throw Object.assign(new Error(failure), { code: failure });
      const whole = base64 === undefined ? new TextEncoder().encode(body) : Buffer.from(base64, 'base64');
      const headers = new Headers({ 'content-type': type, ...(location === undefined ? {} : { location }) });
      headers.set('content-length', String(told.size ?? whole.length));
      return { status, headers, body: whole.subarray(0, most), url };
    },
  };
}
