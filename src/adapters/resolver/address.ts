import { isIP } from 'node:net';

export interface ServerAddress {
  /** IPv4 or IPv6, without brackets. */
  address: string;
  port: number;
}

export type ResolverChoice =
  | { kind: 'udp'; address: string; port: number }
  | { kind: 'https'; url: string }
  | { error: string };

/** `192.0.2.1:53` or `[2001:db8::1]:53`. */
export function addressText({ address, port }: ServerAddress): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/**
 * Reads what a person writes for a resolver: `IP`, `IP:PORT`, `[IPv6]:PORT` (port 53 when left out), or an
 * https URL (RFC 8484). A host name is refused: finding its address would need the resolver it names.
 */
export function parseResolver(text: string): ResolverChoice {
  const trimmed = text.trim();
  if (trimmed.includes('://')) return parseUrl(trimmed);
  const parts = /^\[([^\]]+)\](?::(\d+))?$/.exec(trimmed) ?? /^([^:]+)(?::(\d+))?$/.exec(trimmed);
  const address = parts?.[1] ?? trimmed;
  if (isIP(address) === 0 || (trimmed.startsWith('[') && isIP(address) !== 6)) {
    return { error: `"${text}" is neither an IP address with a port, like 192.0.2.1:53, nor an https URL` };
  }
  const port = Number(parts?.[2] ?? 53);
  if (port < 1 || port > 65535) return { error: `the port of "${text}" is not between 1 and 65535` };
  return { kind: 'udp', address, port };
}

function parseUrl(text: string): ResolverChoice {
  if (!URL.canParse(text)) return { error: `"${text}" is not a URL` };
  const url = new URL(text);
  if (url.protocol !== 'https:') return { error: 'the URL of a resolver must begin with https://' };
  if (url.username !== '' || url.password !== '') {
    return { error: 'the URL of a resolver must not carry a user name or password' };
  }
  url.hash = '';
  return { kind: 'https', url: url.href };
}
