/**
 * Blocklists with a key: on the wire the key stands in the name, and nowhere else. Whoever asks, and all that is kept
 * of the answer, knows the public name alone.
 */
import type { DnsAnswer, DnsRecord, Resolver } from '../../ports.ts';
import { foldName } from './name.ts';

export interface KeyedZone {
  /** As it is asked for here, such as `zen.spamhaus.org`. */
  zone: string;
  /** As those with a key ask for it; the key stands before it. */
  keyed: string;
  key: string;
}

/** A resolver that asks for names below these zones with the key. */
export function createKeyedResolver(resolver: Resolver, zones: readonly KeyedZone[]): Resolver {
  return {
    async ask(question, signal) {
      const below = zones.find(({ zone }) => question.name.endsWith(`.${zone}`));
      if (!below) return resolver.ask(question, signal);
      const { zone, keyed, key } = below;
      const wire = `${key}.${keyed}`.toLowerCase();
      const name = `${question.name.slice(0, -zone.length)}${wire}`;
      return withoutKey(await resolver.ask({ ...question, name }, signal), { ...below, wire }, question.name);
    },
  };
}

function withoutKey(
  answer: DnsAnswer,
  { zone, key, wire }: KeyedZone & { wire: string },
  asked: string,
): DnsAnswer {
  // A server may write the name in any case, and quote it in a text.
  const clean = (text: string) => replaced(replaced(text, wire, zone), key, '…');
  const owner = (name: string) => clean(foldName(name));
  // Octets that are no text would tell the key in hexadecimal.
  const record = ({ strings, octets: _, ...one }: DnsRecord): DnsRecord => {
    const data = clean(one.data);
    // A key that lies across two strings is seen in the whole alone.
    const parts = strings && (data === one.data ? strings : [data]);
    return { ...one, name: owner(one.name), data, ...(parts ? { strings: parts } : {}) };
  };
  return {
    ...answer,
    name: asked,
    records: answer.records.map(record),
    resolver: clean(answer.resolver),
    ...(answer.detail === undefined ? {} : { detail: clean(answer.detail) }),
  };
}

function replaced(text: string, what: string, by: string): string {
  const escaped = what.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replace(new RegExp(escaped, 'gi'), () => by);
}
