/** Which addresses `a` and `mx` stand for. */
import type { DnsAnswer, RecordType } from '../../ports.ts';
import { askable, recordsOf, unanswered } from '../dns.ts';
import { addressValue, blockOf, unionOf } from './addresses.ts';
import { targetOf } from './record.ts';
import type { SpfServers } from './tree.ts';

/** How many more names of mail servers are looked up for one tree. */
export interface HostBudget {
  left: number;
}

/** Over the ten that one `mx` may name (RFC 7208 section 4.6.4), and a bound on hostile trees. */
const hostsResolved = 20;
/** Of one `mx`: with more, it is a permanent error. */
const exchangersRead = 10;
/** Of one name and type. */
const addressesRead = 100;

export function hostBudget(): HostBudget {
  return { left: hostsResolved };
}

interface Walk {
  hosts: HostBudget;
  ask(name: string, type: RecordType): Promise<DnsAnswer>;
}

const nowhere: SpfServers = { addresses: [], whole: true };

/** The blocks that an `a` or `mx` at this name lets match. Never fails: what is not known is not `whole`. */
export async function readServers(
  kind: 'a' | 'mx',
  name: string,
  text: string,
  walk: Walk,
): Promise<SpfServers> {
  if (!askable(name)) return nowhere;
  const bits = targetOf(text);
  if (kind === 'a') return readHost(name, bits, walk);
  const answer = await walk.ask(name, 'MX');
  if (unanswered(answer)) return { addresses: [], whole: false };
  const found = recordsOf(answer).map(({ data }) => data.slice(data.indexOf(' ') + 1).replace(/\.$/, ''));
  const hosts = [...new Set(found.map((host) => host.toLowerCase()))].filter(askable);
  const read = found.length > exchangersRead ? [] : hosts.slice(0, walk.hosts.left);
  walk.hosts.left -= read.length;
  const servers = await Promise.all(read.map((host) => readHost(host, bits, walk)));
  return {
    addresses: unionOf(servers.map(({ addresses }) => addresses)),
    whole: read.length === hosts.length && servers.every(({ whole }) => whole),
  };
}

async function readHost(
  name: string,
  bits: { four: number; six: number },
  { ask }: Walk,
): Promise<SpfServers> {
  const answers = await Promise.all([ask(name, 'A'), ask(name, 'AAAA')]);
  const found = answers.map((answer) => recordsOf(answer).map(({ data }) => data));
  const values = found.flatMap((data) => data.slice(0, addressesRead)).map(addressValue);
  const known = values.filter((value) => value !== null);
  return {
    addresses: unionOf(known.map((value) => blockOf(value, bits))),
    whole: !answers.some(unanswered) && found.every(({ length }) => length <= addressesRead),
  };
}
