/** Walks down the tree of a record: what its terms point at is asked for all at once, within bounds. */
import type { DnsRecord } from '../../ports.ts';
import { askable, recordsOf, unanswered } from '../dns.ts';
import type { AskDns } from './evaluation.ts';
import {
  charactersRead,
  expandDomain,
  isSpfRecord,
  parseSpf,
  readMisspeltSpf,
  type SpfTerm,
} from './record.ts';
import { type HostBudget, hostBudget, readServers } from './servers.ts';
import type { SpfBranch, SpfNode, SpfState } from './tree.ts';

/** Look-ups that are made before the rest is cut: far over the limit, and a bound on hostile trees. */
const lookupsMade = 40;

/** Of several records together: of more, nobody makes one. */
const charactersJoined = 2000;

/** One walk down a tree: what it may still ask, and what DNS left open. */
export interface Walk {
  /** Of the mail: what the macro `o` stands for. */
  sender: string;
  lookupsLeft: number;
  /** Of records that may still be read. */
  charactersLeft: number;
  hosts: HostBudget;
  unanswered: Set<string>;
  ask: AskDns;
}

/** `sender`: the domain that the mail comes from. */
export function walkFor(sender: string, ask: AskDns): Walk {
  return {
    sender,
    lookupsLeft: lookupsMade,
    charactersLeft: charactersRead,
    hosts: hostBudget(),
    unanswered: new Set(),
    ask,
  };
}

/** A name that is not, or not yet, read further. */
export function leaf(domain: string, state: SpfState): SpfNode {
  const nothing = { records: [], branches: [], parts: [], faults: [], misspelt: null };
  return { domain, state, ...nothing, octets: 0, isAlias: false };
}

/** Of a DNS message: its header, the question, and each record with a pointer for its name (RFC 1035 section 4.1). */
function octetsOf(name: string, records: readonly DnsRecord[]): number {
  const encoder = new TextEncoder();
  const strings = records.flatMap(({ data, strings: parts }) => parts ?? [data]);
  const texts = encoder.encode(strings.join('')).length + strings.length;
  return 12 + (name.length + 2 + 4) + 12 * records.length + texts;
}

/** `above`: the records that led to this one. Never fails. */
export async function readNode(domain: string, above: readonly string[], walk: Walk): Promise<SpfNode> {
  if (above.includes(domain)) return leaf(domain, 'loop');
  // Section 4.3: for a name that cannot be, the check finds no record.
  if (!askable(domain)) return leaf(domain, 'none');
  const answer = await walk.ask(domain, 'TXT');
  if (unanswered(answer)) {
    walk.unanswered.add(domain);
    return leaf(domain, 'unanswered');
  }
  const found = recordsOf(answer);
  const octets = octetsOf(domain, found);
  const isAlias = answer.records.some(({ name, type }) => type === 'CNAME' && name === domain);
  const texts = found.map(({ data }) => data);
  const records = texts.filter(isSpfRecord);
  const [text] = records;
  if (text === undefined) {
    return { ...leaf(domain, 'none'), misspelt: findMisspelt(texts, walk), octets, isAlias };
  }
  if (records.length > 1) {
    // Whoever joins the sender's own has to know what that costs; those of others are not to be joined.
    const parts = above.length > 0 ? [] : await readParts(domain, records, walk);
    return { ...leaf(domain, 'several'), records, parts, octets, isAlias };
  }
  // No DNS message holds a larger root.
  if (above.length > 0 && text.length > walk.charactersLeft) return leaf(domain, 'cut');
  walk.charactersLeft -= text.length;
  const { terms, faults } = parseSpf(text);
  const path = [...above, domain];
  const branches = await Promise.all(reached(terms).map((term) => readBranch(term, path, walk)));
  return { ...leaf(domain, 'found'), records, branches, faults, octets, isAlias };
}

/** Within the bounds of the walk, as one record with all of their terms would be. */
async function readParts(domain: string, records: readonly string[], walk: Walk): Promise<SpfBranch[]> {
  const size = records.reduce((sum, { length }) => sum + length, 0);
  if (size > charactersJoined) return [];
  const terms = new Map(
    records.flatMap((text) => parseSpf(text).terms).map((term) => [term.text, term] as const),
  );
  return Promise.all([...terms.values()].map((term) => readBranch(term, [domain], walk)));
}

function findMisspelt(texts: readonly string[], walk: Walk): SpfNode['misspelt'] {
  for (const text of texts) {
    if (text.length > walk.charactersLeft) continue;
    const misspelt = readMisspeltSpf(text);
    if (misspelt === null) continue;
    walk.charactersLeft -= text.length;
    return misspelt;
  }
  return null;
}

/** Terms after `all` are never reached, and `redirect` counts only without it (sections 5.1 and 6.1). */
function reached(terms: readonly SpfTerm[]): readonly SpfTerm[] {
  const own = terms.filter(({ kind }) => kind !== 'redirect');
  const end = own.findIndex(({ kind }) => kind === 'all');
  return end === -1 ? [...own, ...terms.filter(({ kind }) => kind === 'redirect')] : own.slice(0, end + 1);
}

/** The record types that say whether a mechanism's look-up is void. */
const asked = { include: ['TXT'], redirect: ['TXT'], a: ['A', 'AAAA'], mx: ['MX'], exists: ['A'] } as const;

/** `path`: the records down to the one that holds the term. */
export async function readBranch(term: SpfTerm, path: readonly string[], walk: Walk): Promise<SpfBranch> {
  const { kind } = term;
  const branch: SpfBranch = {
    ...term,
    lookup: null,
    isVoid: null,
    exchangers: null,
    node: null,
    servers: null,
  };
  if (kind === 'all' || kind === 'ip4' || kind === 'ip6') return branch;
  const spending = { ...branch, lookup: 0 };
  if (kind === 'ptr') return spending;
  const follows = kind === 'include' || kind === 'redirect';
  const cut = follows ? { ...spending, node: leaf(term.domain ?? '', 'cut') } : spending;
  if (walk.lookupsLeft === 0) return cut;
  const current = path.at(-1) ?? '';
  const target = term.domain === null ? current : expandDomain(term.domain, current, walk.sender);
  if (target === null) return follows ? { ...spending, node: leaf(term.domain ?? '', 'macro') } : spending;
  walk.lookupsLeft -= 1;
  const node = follows ? await readNode(target, path, walk) : null;
  if (node && node.state !== 'none') return { ...spending, node };
  const [found, servers] = await Promise.all([
    findRecords(target, asked[kind], walk),
    kind === 'a' || kind === 'mx' ? readServers(kind, target, term.text, walk) : null,
  ]);
  return { ...spending, node, servers, ...found };
}

/** A mechanism spends one look-up whatever it asks, so several empty types are one void look-up. */
async function findRecords(
  name: string,
  types: readonly ('A' | 'AAAA' | 'MX' | 'TXT')[],
  { ask, unanswered: silent }: Walk,
): Promise<Pick<SpfBranch, 'isVoid' | 'exchangers'>> {
  // Nothing is asked for a name that cannot be, so it is neither void nor met.
  if (!askable(name)) return { isVoid: null, exchangers: null };
  const answers = await Promise.all(types.map((type) => ask(name, type)));
  const [mx] = answers.filter(({ type }) => type === 'MX');
  const exchangers = mx ? recordsOf(mx).length : null;
  if (answers.some(({ status }) => status === 'answered')) return { isVoid: false, exchangers };
  if (!answers.some(unanswered)) return { isVoid: true, exchangers };
  silent.add(name);
  return { isVoid: null, exchangers };
}
