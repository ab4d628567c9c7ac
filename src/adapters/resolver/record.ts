import type { Answer } from 'dns-packet';
import { type DnsRecord, recordTypes } from '../../ports.ts';
import { foldName } from './name.ts';

/** With the highest bit set it means zero (RFC 2181 section 8). */
const ttlAtMost = 0x7fffffff;

/** The record in presentation form, or nothing for a type or class that we never ask about. */
export function toRecord(answer: Answer): DnsRecord[] {
  const type = recordTypes.find((known) => known === answer.type);
  if (type === undefined || answer.type === 'OPT' || answer.class !== 'IN') return [];
  const content = present(answer);
  if (content === undefined) return [];
  const ttl = answer.ttl ?? 0;
  return [{ name: foldName(answer.name), type, ttl: ttl > ttlAtMost ? 0 : ttl, ...content }];
}

/** By the standard's decoder, which every runtime has. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

const strict = new TextDecoder('utf-8', { fatal: true });

/** Host names are folded so that facts can compare them; hexadecimal is in lower case. */
function present(answer: Answer): Pick<DnsRecord, 'data' | 'strings' | 'octets'> | undefined {
  switch (answer.type) {
    case 'A':
      return { data: answer.data };
    case 'AAAA':
      // The codec shortens the first run of zeros, RFC 5952 the longest; URL knows the latter.
      return { data: new URL(`http://[${answer.data}]`).hostname.slice(1, -1) };
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return { data: foldName(answer.data) };
    case 'MX':
      return { data: `${answer.data.preference ?? 0} ${foldName(answer.data.exchange)}` };
    case 'TXT': {
      const strings = [answer.data].flat().map((part) => Buffer.from(part));
      return {
        data: Buffer.concat(strings).toString('utf8'),
        strings: strings.map((part) => part.toString()),
        ...(strings.every(isUtf8) ? {} : { octets: strings.map((part) => part.toString('hex')) }),
      };
    }
    case 'SOA': {
      const { mname, rname, serial, refresh, retry, expire, minimum } = answer.data;
      return { data: [foldName(mname), foldName(rname), serial, refresh, retry, expire, minimum].join(' ') };
    }
    case 'CAA': {
      const value = answer.data.value.replace(/["\\]/g, '\\$&');
      return { data: `${answer.data.flags ?? 0} ${answer.data.tag} "${value}"` };
    }
    case 'TLSA': {
      const { usage, selector, matchingType, certificate } = answer.data;
      return { data: `${usage} ${selector} ${matchingType} ${certificate.toString('hex')}` };
    }
    case 'DS': {
      const { keyTag, algorithm, digestType, digest } = answer.data;
      return { data: `${keyTag} ${algorithm} ${digestType} ${digest.toString('hex')}` };
    }
    default:
      return undefined;
  }
}
