/**
 * The guard: one request to a host that somebody else has chosen. Addresses are checked where the connection is
 * made, so that no second answer of DNS can change them, and again once it stands; each redirect starts anew.
 */
import { lookup as systemLookup } from 'node:dns';
import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Fetcher, Resolver } from '../../ports.ts';
import { isGlobal } from './address.ts';
import { lookupBy } from './lookup.ts';
import { FetchRefused } from './refused.ts';

export { FetchRefused, type RefusalCode } from './refused.ts';

/** Milliseconds for the whole, redirects included. */
const allMs = 20_000;
const headerBytes = 16 * 1024;
/** Of each family, of those that one name stands for. */
const addressesAtMost = 4;
const defaultPorts: Readonly<Record<string, string>> = { 'https:': '443', 'http:': '80' };
/** What is not the caller's to say. */
const ownHeaders = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'cookie',
  'expect',
  'upgrade',
  'te',
  'trailer',
]);
const redirectCodes = new Set([301, 302, 303, 307, 308]);

type Lookup = typeof systemLookup;

/** For tests alone, so that a server on loopback can be one of the internet's. */
export interface Openings {
  isAllowed?(address: string): boolean;
  ports?: readonly number[];
  lookup?: Lookup;
  /** Certificate authority, PEM. */
  ca?: string;
  /** Milliseconds for the whole. */
  ms?: number;
}

export interface FetcherOptions {
  /** Plain http is allowed beside https. */
  http?: boolean;
  /** Finds the addresses; without one the system does, for hosts that the operator has chosen. */
  resolver?: Resolver;
}

export function createFetcher(
  { http = false, resolver }: FetcherOptions = {},
  openings: Openings = {},
): Fetcher {
  const isAllowed = openings.isAllowed ?? isGlobal;
  const own = resolver ? lookupBy(resolver, openings.ms ?? allMs) : systemLookup;
  const lookup = guardedLookup(openings.lookup ?? own, isAllowed);
  // Of our own, so that no proxy of the environment stands between: it would choose the address.
  const options = {
    keepAlive: false,
    rejectUnauthorized: true,
    lookup,
    ...(openings.ca ? { ca: openings.ca } : {}),
  };
  const agents = { 'https:': new HttpsAgent(options), 'http:': new HttpAgent(options) };

  function check(text: string, base?: string): URL {
    if (!URL.canParse(text, base)) throw new FetchRefused('url-invalid');
    const url = new URL(text, base);
    if (url.protocol !== 'https:' && !(http && url.protocol === 'http:'))
      throw new FetchRefused('scheme-refused');
    if (url.username !== '' || url.password !== '') throw new FetchRefused('credentials-refused');
    // The parser has left out the scheme's own port.
    if (url.port !== '' && !openings.ports?.includes(Number(url.port)))
      throw new FetchRefused('port-refused');
    const host = hostOf(url);
    // No look-up is made for an address, so it is looked at here.
    if (isIP(host) !== 0 && !isAllowed(host)) throw new FetchRefused('address-refused');
    return url;
  }

  function once(url: URL, order: Order, signal: AbortSignal): Promise<Answer> {
    const secure = url.protocol === 'https:';
    const request = (secure ? httpsRequest : httpRequest)({
      agent: secure ? agents['https:'] : agents['http:'],
      host: hostOf(url),
      port: url.port || defaultPorts[url.protocol],
      path: `${url.pathname}${url.search}`,
      method: order.method,
      headers: order.headers,
      maxHeaderSize: headerBytes,
      signal,
    });
    return exchange(request, order, isAllowed);
  }

  return {
    async fetch(text, { method, headers = {}, body, most, redirects }, signal) {
      const limit = AbortSignal.timeout(openings.ms ?? allMs);
      const ended = AbortSignal.any([signal, limit]);
      let url = check(text);
      let order: Order = { method, headers: headersOf(headers, body), body, most };
      try {
        for (let followed = 0; ; followed++) {
          ended.throwIfAborted();
          const answer = await once(url, order, ended);
          const target = redirectCodes.has(answer.status) ? answer.headers.get('location') : null;
          if (target === null || redirects === 0) return { ...answer, url: url.href };
          if (followed === redirects) throw new FetchRefused('redirects-too-many');
          const next = check(target, url.href);
          order = redirected(order, answer.status, url.origin === next.origin);
          url = next;
        }
      } catch (error) {
        if (limit.aborted && !signal.aborted) throw new FetchRefused('too-late');
        throw error;
      }
    },
  };
}

interface Order {
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body: string | undefined;
  most: number;
}
interface Answer {
  status: number;
  headers: Headers;
  body: Uint8Array;
}

/** Looks at every address, and hands some over; none if one is not of the internet. */
function guardedLookup(lookup: Lookup, isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '', 0);
      const [first] = found;
      if (!first || !found.every(({ address }) => isAllowed(address)))
        return callback(new FetchRefused('address-refused'), '', 0);
      return options.all ? callback(null, mostOf(found)) : callback(null, first.address, first.family);
    });
  };
}

/** A name may have hundreds, and each would be tried: some of each family are as many as anybody needs. */
function mostOf<T extends { family: number }>(found: readonly T[]): T[] {
  return [4, 6].flatMap((family) => found.filter((one) => one.family === family).slice(0, addressesAtMost));
}

function exchange(
  request: ClientRequest,
  { body, most }: Order,
  isAllowed: (address: string) => boolean,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request.once('socket', (socket) => {
      socket.once('connect', () => {
        if (!socket.remoteAddress || !isAllowed(socket.remoteAddress))
          request.destroy(new FetchRefused('address-refused'));
      });
    });
    // One that comes after the answer, from octets behind it, has nobody else to hear it.
    request.on('error', reject);
    let answered = false;
    // An answer that is none, such as a change of protocol, ends without an error.
    request.once('close', () => {
      if (!answered) reject(new Error('the connection was closed without an answer'));
    });
    request.once('response', (response) => {
      answered = true;
      read(response, most).then((bytes) => {
        request.destroy();
        resolve({ status: response.statusCode ?? 0, headers: headersIn(response), body: bytes });
      }, reject);
    });
    request.end(body);
  });
}

/** At most so many bytes; the rest is not waited for. */
async function read(response: IncomingMessage, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  if (most > 0) {
    for await (const chunk of response as AsyncIterable<Uint8Array>) {
      chunks.push(chunk.subarray(0, most - length));
      length += chunk.length;
      if (length >= most) break;
    }
  }
  return Buffer.concat(chunks);
}

function headersIn({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    try {
      headers.append(rawHeaders[i] ?? '', rawHeaders[i + 1] ?? '');
    } catch {
      // What no Headers can hold is nothing that anybody here reads.
    }
  }
  return headers;
}

function headersOf(given: Record<string, string>, body: string | undefined): Record<string, string> {
  const kept = Object.entries(given).filter(([name]) => !ownHeaders.has(name.toLowerCase()));
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return { 'accept-encoding': 'identity', ...Object.fromEntries(kept), ...length };
}

/** What goes along to another origin is nothing that was meant for the first (RFC 9110 section 15.4). */
function redirected(order: Order, status: number, sameOrigin: boolean): Order {
  const rereads = order.method === 'POST' && status !== 307 && status !== 308;
  if (order.method === 'POST' && !rereads && !sameOrigin) throw new FetchRefused('redirect-refused');
  const headers = sameOrigin ? order.headers : {};
  if (!rereads) return { ...order, headers: headersOf(headers, order.body) };
  return { ...order, method: 'GET', body: undefined, headers: headersOf(headers, undefined) };
}

/** Without the brackets of an IPv6 address. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}
