/** Where clamd listens, as a person writes it. */
import { isAbsolute } from 'node:path';

export type ClamdAddress = { path: string } | { host: string; port: number };

/** clamd's own (TCPSocket). */
const usualPort = 3310;

/** `HOST`, `HOST:PORT`, `[IPV6]:PORT`, or the absolute path of a socket; undefined: none of them. */
export function parseClamd(text: string): ClamdAddress | undefined {
  const trimmed = text.trim();
  if (isAbsolute(trimmed)) return { path: trimmed };
  const found = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9_.-]+))(?::(\d{1,5}))?$/i.exec(trimmed);
  const host = found?.[1] ?? found?.[2];
  const port = Number(found?.[3] ?? usualPort);
  return host === undefined || port < 1 || port > 65_535 ? undefined : { host, port };
}
