import type { Fetcher } from '../../ports.ts';

/** What the web answers, by address: a body with status 200, or a status or failure of its own. */
export type Pages = Readonly<
  Record<string, string | { status?: number; type?: string; body?: string; failure?: string }>
>;

/** A web of these pages alone: what is not there is not reached. For examples and worlds, which have no network. */
export function createPageFetcher(pages: Pages): Fetcher {
  return {
    async fetch(url, { most }) {
      const page = Object.hasOwn(pages, url) ? pages[url] : undefined;
      const told = typeof page === 'string' ? { body: page } : (page ?? { failure: 'ENOTFOUND' });
      const { status = 200, type = 'text/plain', body = '', failure = undefined } = told;
      if (failure) throw Object.assign(new Error(failure), { code: failure });
      const bytes = new TextEncoder().encode(body).subarray(0, most);
      return { status, headers: new Headers({ 'content-type': type }), body: bytes, url };
    },
  };
}
