import type { OptAnswer } from 'dns-packet';

/** Forged, blocked, censored, filtered. */
const untold = new Set([4, 15, 16, 17]);

/** The names of RFC 8914 section 4 that help someone find what is wrong. */
const extendedErrors: Record<number, string> = {
  1: 'unsupported DNSKEY algorithm',
  2: 'unsupported DS digest',
  3: 'stale answer',
  4: 'forged answer',
  6: 'DNSSEC bogus',
  7: 'DNSSEC signature expired',
  8: 'DNSSEC signature not yet valid',
  9: 'DNSKEY missing',
  10: 'RRSIG missing',
  11: 'no zone key',
  12: 'NSEC missing',
  15: 'blocked',
  16: 'censored',
  17: 'filtered',
  18: 'prohibited',
  20: 'not authoritative',
  22: 'no reachable authority',
  23: 'network error',
};

export interface ExtendedError {
  code: number;
  text: string;
  /** The resolver has an answer of its own making, or would not give the one it has. */
  filtered: boolean;
}

/** The extended DNS error (RFC 8914) of a reply, if there is one. Its extra text is cut at 200 octets. */
export function extendedError(opt: OptAnswer | undefined): ExtendedError | undefined {
  const data = opt?.options.find((option) => Number(option.code) === 15)?.data;
  if (data === undefined || data.length < 2) return undefined;
  const code = data.readUInt16BE(0);
  const extra = data
    .toString('utf8', 2, 202)
    .replace(/\p{C}+/gu, ' ')
    .trim();
  const name = extendedErrors[code];
  const text = [`extended error ${code}`, name, extra].filter(Boolean).join(': ');
  return { code, text, filtered: untold.has(code) };
}
