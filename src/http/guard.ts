/**
 * What stands before every route: a web page that somebody who is signed in visits must be able neither to
 * post here with their cookie (cross-site request) nor to read here (DNS rebinding).
 */
import type { Context, MiddlewareHandler } from 'hono';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what a browser sends on behalf of another site, whatever its content type. A browser always says
 * where a POST comes from; a program says nothing and passes.
 */
export function sameSite(refuse: (c: Context) => Response | Promise<Response>): MiddlewareHandler {
  return async (c, next) => {
    if (safe.has(c.req.method)) return next();
    return isOfAnotherSite(c) ? refuse(c) : next();
  };
}

/** Whether a browser sends it on behalf of another site: for a GET as well that costs more than reading. */
export function isOfAnotherSite(c: Context): boolean {
  const site = c.req.header('sec-fetch-site');
  const origin = c.req.header('origin');
  // `same-site` is another service on this machine: localhost with another port.
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  // The host alone: behind a proxy that ends TLS, the scheme differs.
  return origin !== undefined && hostOf(origin) !== new URL(c.req.url).host;
}

/**
 * Refuses requests under a name that is not ours: a hostile name that has come to point here lets its page
 * read what we answer. An IP address is nobody's name. `any` where the platform routes by name already.
 */
export function knownHost(
  names: readonly string[] | 'any',
  refuse: (c: Context, host: string) => Response | Promise<Response>,
): MiddlewareHandler {
  const known = new Set(names === 'any' ? [] : ['localhost', ...names.map((name) => name.toLowerCase())]);
  return async (c, next) => {
    const { hostname } = new URL(c.req.url);
    if (names === 'any' || known.has(hostname) || isAddress(hostname)) return next();
    return refuse(c, hostname);
  };
}

// The URL parser has made every way to write an IPv4 address this one.
function isAddress(hostname: string): boolean {
  return hostname.startsWith('[') || /^\d+\.\d+\.\d+\.\d+$/.test(hostname);
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
