import type { Fetcher } from '../../ports.ts';

/** What the web answers, by address: a body with status 200, or a status or failure of its own. */
export type Pages = Readonly<
  Record<
    string,
    | string
    | {
        status?: number;
        type?: string;
        body?: string;
        /** In place of a body of text. */
        base64?: string;
        /** Bytes, as the server says; without it as many as there are. */
        size?: number;
        /** Where a redirect leads. */
        location?: string;
        failure?: string;
      }
  >
>;

/** A web of these pages alone: what is not there is not reached. For examples and worlds, which have no network. */
export function createPageFetcher(pages: Pages): Fetcher {
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
