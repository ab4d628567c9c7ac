/** Where a spam engine listens, as a person writes it. */
import { isAbsolute } from 'node:path';

export type SocketAddress = { path: string } | { host: string; port: number };
export type HttpAddress = SocketAddress & { secure: boolean };

/** Their own: spamd(8), and rspamd's normal worker. */
const spamdPort = 783;
const rspamdPort = 11333;

/** `HOST`, `HOST:PORT`, `[IPV6]:PORT`, or the absolute path of a socket; undefined: none of them. */
export function parseSpamd(text: string): SocketAddress | undefined {
  return parseSocket(text, spamdPort);
}

/** As for spamd, or an http or https address without a path, a name or a password. */
export function parseRspamd(text: string): HttpAddress | undefined {
  const trimmed = text.trim();
  if (!/^https?:\/\//i.test(trimmed)) {
    const socket = parseSocket(trimmed, rspamdPort);
    return socket && { ...socket, secure: false };
  }
  if (!URL.canParse(trimmed)) return undefined;
  const { protocol, host, hostname, port, href } = new URL(trimmed);
  // No path, query, fragment or password: then nothing else is left of it.
  if (href !== `${protocol}//${host}/` || /[?#@]/.test(trimmed)) return undefined;
  const secure = protocol === 'https:';
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || (secure ? 443 : 80)), secure };
}

function parseSocket(text: string, usualPort: number): SocketAddress | undefined {
  const trimmed = text.trim();
  if (isAbsolute(trimmed)) return { path: trimmed };
  const found = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9_.-]+))(?::(\d{1,5}))?$/i.exec(trimmed);
  const host = found?.[1] ?? found?.[2];
  const port = Number(found?.[3] ?? usualPort);
  return host === undefined || port < 1 || port > 65_535 ? undefined : { host, port };
}
