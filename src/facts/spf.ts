/**
 * The whole tree of an SPF record, with where each look-up is spent. It counts what a receiver may have to
 * ask in the worst case: every term, whichever address the mail comes from (RFC 7208 section 4.6.4).
 */
import type { DnsRecord } from '../ports.ts';
import { atMost } from './asking.ts';
import { askable, recordsOf, unanswered } from './dns.ts';
import type { SenderGathering as Gathering } from './gather.ts';
import { serverOf } from './mail-from.ts';
import { checkHost, type SpfJudgement } from './spf/check-host.ts';
import { letsPass, reachOf } from './spf/reach.ts';
import {
  charactersRead,
  expandDomain,
  isSpfRecord,
  parsedOnce,
  parseSpf,
  readMisspeltSpf,
  type SpfTerm,
} from './spf/record.ts';
import { judgeServer, type Parts, type SpfServer } from './spf/route.ts';
import { type HostBudget, hostBudget, readServers } from './spf/servers.ts';
import { readWhole, type SpfBranch, type SpfNode, type SpfState, type SpfTree } from './spf/tree.ts';

export type { SpfJudgement } from './spf/check-host.ts';
export type { SpfTerm } from './spf/record.ts';
export type { SpfServer } from './spf/route.ts';
export type { SpfProposal } from './spf/shorter.ts';
export type { SpfTermNote } from './spf/terms.ts';
export type { SpfBranch, SpfBreak, SpfNode, SpfState, SpfTree } from './spf/tree.ts';

export interface SpfFact {
  /** Of the From domain. */
  author: SpfTree;
  /** Of the MAIL FROM domain, which is the one that receivers check (section 2.4); null: it is not known. */
  mailFrom: SpfTree | null;
  /**
   * For each service that the policy knows: whether MAIL FROM's record lets all its servers pass. `unanswered`: DNS
   * did not say which those are. null: not looked at, since nothing names the service.
   */
  services: Readonly<Record<string, ServiceState>>;
  /** What receivers say of mail from each sending address that somebody has named; empty without MAIL FROM. */
  addresses: readonly { address: string; judgement: SpfJudgement }[];
  /** The transport of the route that it is of; null: the mail goes by a way of the caller's own. */
  transport: string | null;
  /** The sending server of that route; null: it is not set up here, or nobody has said what lets it send. */
  server: SpfServer | null;
}

type ServiceState = boolean | 'unknown' | 'unanswered' | null;

/** Look-ups that are made before the rest is cut: far over the limit, and a bound on hostile trees. */
const lookupsMade = 40;
/**
 * Different questions that the named addresses may lead to, all together: `mx:%{ir}.%{d}` asks eleven for each
 * address and term. What they have in common is asked once.
 */
const addressQuestions = 150;

/** Reads the tree of the From domain and of the MAIL FROM domain. Never fails: what DNS did not say is listed. */
export async function gatherSpf(gathering: Gathering): Promise<SpfFact> {
  const { from, mailFrom } = gathering.submission;
  const { transport } = gathering.submission.routes[0];
  const other = mailFrom !== null && mailFrom !== from.domain ? mailFrom : null;
  const [author, envelope, addresses, parts] = await Promise.all([
    readTree(from.domain, gathering),
    other === null ? null : readTree(other, gathering),
    mailFrom === null ? [] : judgeAddresses(mailFrom, gathering),
    mailFrom === null ? null : readParts(mailFrom, gathering),
    // Asked for at once, since what hangs on it is asked late.
    mailFrom === null ? null : gathering.dns(mailFrom, 'MX'),
  ]);
  if (mailFrom === null) return { author, mailFrom: null, services: {}, addresses, transport, server: null };
  const tree = envelope ?? author;
  const services = await Promise.all(
    gathering.policy.spf.services.map(
      async (service) => [service, await findService(service, tree, mailFrom, gathering)] as const,
    ),
  );
  const server = parts && judgeServer(parts, tree);
  return { author, mailFrom: tree, services: Object.fromEntries(services), addresses, transport, server };
}

/** The tree asks most of what this asks, all at once: it mostly waits for the same answers. */
async function judgeAddresses(
  mailFrom: string,
  { submission, dns, now }: Gathering,
): Promise<SpfFact['addresses']> {
  const sender = `postmaster@${mailFrom}`;
  const ask = atMost(addressQuestions, dns, () => now.toISOString());
  const parse = parsedOnce();
  return Promise.all(
    submission.sendingAddresses.map(async (address) => ({
      address,
      judgement: await checkHost({ ip: address, sender, helo: mailFrom }, ask, parse),
    })),
  );
}

/** A record may name the addresses of a service itself, in place of an include. */
async function findService(
  service: string,
  { root, reach, trusted }: SpfTree,
  mailFrom: string,
  gathering: Gathering,
): Promise<ServiceState> {
  if (!trusted.includes(service)) {
    if (root.state === 'found' && reach.maybe.length === 0) return false;
    const bounces = recordsOf(await gathering.dns(mailFrom, 'MX'));
    const names = ({ data }: { data: string }) =>
      data.toLowerCase().replace(/\.$/, '').endsWith(`.${service}`);
    if (!bounces.some(names)) return null;
  }
  const { reach: own, unanswered: silent } = await readTree(service, gathering);
  if (silent.length > 0) return 'unanswered';
  return own.sure.length === 0 ? trusted.includes(service) : letsPass(reach, own.sure);
}

async function readParts(mailFrom: string, gathering: Gathering): Promise<Parts | null> {
  const server = serverOf(gathering);
  if (server === null || server === 'unknown' || server.spf === null) return null;
  const mechanism = server.spf.trim();
  const { terms, faults } = parseSpf(`v=spf1 ${mechanism}`);
  // What is no list of servers says nothing of them.
  const isList = terms.every(({ kind, qualifier }) => qualifier === '+' && !/^(?:all|redirect)$/.test(kind));
  if (terms.length === 0 || faults.length > 0 || !isList) return null;
  const walk = walkFor(mailFrom, gathering);
  const branches = await Promise.all(terms.map((term) => readBranch(term, [mailFrom], walk)));
  const own = reachOf({ ...leaf(mailFrom, 'found'), branches });
  return { mechanism, branches, own, unanswered: [...walk.unanswered] };
}

interface Walk {
  /** Of the mail: what the macro `o` stands for. */
  sender: string;
  lookupsLeft: number;
  /** Of records that may still be read. */
  charactersLeft: number;
  hosts: HostBudget;
  unanswered: Set<string>;
  ask: Gathering['dns'];
}

function walkFor(sender: string, { dns }: Gathering): Walk {
  return {
    sender,
    lookupsLeft: lookupsMade,
    charactersLeft: charactersRead,
    hosts: hostBudget(),
    unanswered: new Set(),
    ask: dns,
  };
}

async function readTree(domain: string, gathering: Gathering): Promise<SpfTree> {
  const { dns, policy } = gathering;
  const walk = walkFor(domain, gathering);
  const root = await readNode(domain, [], walk);
  const isLost = root.state === 'none' && !root.misspelt;
  return readWhole(root, [...walk.unanswered], isLost ? await findMisplaced(domain, dns) : null, policy.spf);
}

/** Names at which people put the record of a domain by mistake; the first also answers for the others. */
const wrongPlaces = ['*', '_spf', 'spf', '_dmarc'];

async function findMisplaced(domain: string, ask: Gathering['dns']): Promise<SpfTree['misplaced']> {
  const names = wrongPlaces.map((label) => `${label}.${domain}`).filter(askable);
  const answers = await Promise.all(names.map((name) => ask(name, 'TXT')));
  const found = answers.flatMap((answer) =>
    recordsOf(answer)
      .filter(({ data }) => isSpfRecord(data))
      .map(({ data }) => ({ name: answer.name, text: data })),
  );
  return found[0] ?? null;
}

function leaf(domain: string, state: SpfState): SpfNode {
  return { domain, state, records: [], branches: [], faults: [], misspelt: null, octets: 0 };
}

/** Of a DNS message: its header, the question, and each record with a pointer for its name (RFC 1035 section 4.1). */
function octetsOf(name: string, records: readonly DnsRecord[]): number {
  const encoder = new TextEncoder();
  const strings = records.flatMap(({ data, strings: parts }) => parts ?? [data]);
  const texts = encoder.encode(strings.join('')).length + strings.length;
  return 12 + (name.length + 2 + 4) + 12 * records.length + texts;
}

async function readNode(domain: string, above: readonly string[], walk: Walk): Promise<SpfNode> {
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
  const texts = found.map(({ data }) => data);
  const records = texts.filter(isSpfRecord);
  const [text] = records;
  if (text === undefined) {
    return { ...leaf(domain, 'none'), misspelt: findMisspelt(texts, walk), octets };
  }
  if (records.length > 1) return { ...leaf(domain, 'several'), records, octets };
  // No DNS message holds a larger root.
  if (above.length > 0 && text.length > walk.charactersLeft) return leaf(domain, 'cut');
  walk.charactersLeft -= text.length;
  const { terms, faults } = parseSpf(text);
  const path = [...above, domain];
  const branches = await Promise.all(reached(terms).map((term) => readBranch(term, path, walk)));
  return { ...leaf(domain, 'found'), records, branches, faults, octets };
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

async function readBranch(term: SpfTerm, path: readonly string[], walk: Walk): Promise<SpfBranch> {
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
