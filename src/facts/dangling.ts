/**
 * What the names of a sender's mail point at and is no longer there. A name below a domain that nobody holds can be
 * brought to life by anybody who registers that domain, and then speaks for the sender.
 */
import { getDomain, parse } from 'tldts';
import type { DnsAnswer, RecordType } from '../ports.ts';
import { namesOf, signingPlaces } from './dkim.ts';
import { walkNames } from './dmarc/walk.ts';
import { askable, recordsOf, unanswered } from './dns.ts';
import type { SenderGathering as Gathering } from './gather.ts';
import { gatherSpf, type SpfNode } from './spf.ts';

/**
 * `free`: the registered domain does not exist in DNS, so it is for sale, or has lapsed. `held`: it exists. `none`:
 * the name lies below no public suffix, so there is nothing to register.
 */
export type Holding = 'free' | 'held' | 'none' | 'unanswered';

/** A term of an SPF record whose target is not there. */
export interface DanglingTerm {
  /** Whose record holds it. */
  domain: string;
  term: string;
  target: string;
  /** The term of the sender's own record that leads there, and whose that record is. */
  via: string;
  root: string;
  registered: string | null;
  holding: Holding;
}

/** A name of the sender's, or a server that it names, with nothing at its end. */
export interface DanglingName {
  name: string;
  /**
   * `alias`: its CNAME leads to `target`. `exchanger`: `target` is the server of its MX record.
   * `name-server`: of its NS record; told of only where nobody holds its domain.
   */
  kind: 'alias' | 'exchanger' | 'name-server';
  /** `sending`: receivers of the mail ask for it. `other`: it is about mail that comes in, or about comfort. */
  use: Use;
  target: string;
  registered: string | null;
  holding: Holding;
}

export interface DanglingFact {
  terms: readonly DanglingTerm[];
  names: readonly DanglingName[];
  /** What DNS was silent about: of the SPF trees, and of the names by their use. */
  silent: { terms: readonly string[] } & Readonly<Record<Use, readonly string[]>>;
}

type Use = 'sending' | 'other';

/** Bounds on what a hostile zone makes us ask. */
const termsAsked = 20;
const hostsAsked = 10;
/** Mail servers that `mx` of an SPF tree leads to, and name servers of the sender's zones. */
const exchangersAsked = 20;
const nameServersAsked = 20;
const selectorsAsked = 40;

/** Looks at every name that the mail uses. Never fails. */
export async function gatherDangling(gathering: Gathering): Promise<DanglingFact> {
  const [terms, names] = await Promise.all([findTerms(gathering), findNames(gathering)]);
  return {
    terms: terms.found,
    names: names.found,
    silent: { terms: terms.silent.map(({ name }) => name), ...byUse(names.silent) },
  };
}

interface Found<T> {
  found: T[];
  silent: { name: string; use: Use }[];
}

function byUse(silent: Found<unknown>['silent']): Record<Use, string[]> {
  const of = (use: Use) => [...new Set(silent.filter((one) => one.use === use).map(({ name }) => name))];
  return { sending: of('sending'), other: of('other') };
}

async function findTerms(gathering: Gathering): Promise<Found<DanglingTerm>> {
  const { author, mailFrom } = await gatherSpf(gathering);
  const trees = mailFrom && mailFrom !== author ? [author, mailFrom] : [author];
  const lost = trees.flatMap(({ root }) => gone(root, { root: root.domain })).slice(0, termsAsked);
  const servers = await goneServers(
    trees.flatMap(({ root }) => exchanges(root, { root: root.domain })),
    gathering,
  );
  const asked = await Promise.all(
    [...lost, ...servers.found].map(async ({ type, ...one }) => {
      // A name that is there by an alias alone is lost where the alias ends.
      const end = type && askable(one.target) ? endOf(await gathering.dns(one.target, type)) : null;
      const target = end ?? one.target;
      return { ...one, target, type, ...(await holdingOf(target, gathering)) };
    }),
  );
  // Of a name that is another one for each mail, nobody has asked whether it is there.
  const found = asked.flatMap(({ type, ...one }) =>
    type === null && (one.holding === 'held' || one.holding === 'none') ? [] : [one],
  );
  const unheld = found.flatMap(({ holding, registered }) =>
    holding === 'unanswered' && registered !== null ? [registered] : [],
  );
  const silent = [
    ...new Set([...unheld, ...servers.silent, ...trees.flatMap(({ unanswered: names }) => names)]),
  ];
  return { found, silent: silent.map((name) => ({ name, use: 'sending' })) };
}

/** `type`: what a receiver asks for there; null: the name is another one for each mail. */
type Lost = Omit<DanglingTerm, 'registered' | 'holding'> & { type: RecordType | null };
type Above = { root: string; via?: string };

/** Terms that let mail pass, and whose target has no record at all, or is not one name. */
function gone({ domain, branches }: SpfNode, above: Above): Lost[] {
  return branches.flatMap(({ text, kind, qualifier, domain: written, isVoid, node }) => {
    const target = node?.domain ?? written;
    if (qualifier !== '+' || target === null) return [];
    const via = above.via ?? text;
    const one = { domain, term: text, via, root: above.root };
    // Whoever holds what stands after the macros answers for every mail; with ptr, for its own servers.
    if (target.includes('%') || kind === 'ptr') {
      const tail = staticTail(target);
      return tail === null || isVoid === false ? [] : [{ ...one, target: tail, type: null }];
    }
    if (node && node.state !== 'none') return gone(node, { ...above, via });
    const type = node ? 'TXT' : kind === 'mx' ? 'MX' : 'A';
    return node || isVoid ? [{ ...one, target, type }] : [];
  });
}

/** The labels after the last macro; null: there is none of them. */
function staticTail(spec: string): string | null {
  const last = spec.lastIndexOf('%');
  if (last === -1) return spec;
  const rest = spec.slice(spec[last + 1] === '{' ? spec.indexOf('}', last) + 1 : last + 2);
  const dot = rest.indexOf('.');
  return dot === -1 || dot === rest.length - 1 ? null : rest.slice(dot + 1);
}

/** Terms `mx` that let mail pass, each with the name whose servers they stand for. */
function exchanges({ domain, branches }: SpfNode, above: Above): Omit<Lost, 'type'>[] {
  return branches.flatMap(({ text, kind, qualifier, domain: written, isVoid, node }) => {
    if (qualifier !== '+') return [];
    const via = above.via ?? text;
    if (node) return exchanges(node, { ...above, via });
    const target = written ?? domain;
    if (kind !== 'mx' || isVoid !== false || target.includes('%')) return [];
    return [{ domain, term: text, target, via, root: above.root }];
  });
}

/** The servers of those that are not there. */
async function goneServers(
  terms: Omit<Lost, 'type'>[],
  { dns }: Gathering,
): Promise<{ found: Lost[]; silent: string[] }> {
  const answers = await Promise.all(terms.map(({ target }) => dns(target, 'MX')));
  const hosts = answers.flatMap((answer, i) => {
    const one = terms[i];
    return one ? hostsOf(answer).map((target): Lost => ({ ...one, target, type: 'A' })) : [];
  });
  const looked = await Promise.all(
    hosts.slice(0, exchangersAsked).map(async (one) => ({ one, answer: await dns(one.target, 'A') })),
  );
  return {
    found: looked.flatMap(({ one, answer }) => (answer.status === 'nxdomain' ? [one] : [])),
    silent: looked.flatMap(({ one, answer }) => (unanswered(answer) ? [one.target] : [])),
  };
}

async function findNames(gathering: Gathering): Promise<Found<DanglingName>> {
  const { submission, dns } = gathering;
  const { from, mailFrom } = submission;
  const own = (prefix: string) => `${prefix}${from.domain}`;
  const questions: [string, RecordType, Use][] = [
    ...ownNames(gathering).map((name): [string, RecordType, Use] => [`_dmarc.${name}`, 'TXT', 'sending']),
    ...(mailFrom === null ? [] : [[mailFrom, 'MX', 'sending'] satisfies [string, RecordType, Use]]),
    ...(mailFrom === from.domain ? [] : [[from.domain, 'MX', 'other'] satisfies [string, RecordType, Use]]),
    [own('default._bimi.'), 'TXT', 'other'],
    [own('_mta-sts.'), 'TXT', 'other'],
    [own('mta-sts.'), 'A', 'other'],
    [own('_smtp._tls.'), 'TXT', 'other'],
  ];
  const { found, silent }: Found<Omit<DanglingName, 'registered' | 'holding'>> = { found: [], silent: [] };
  const look = async (name: string, type: RecordType, use: Use): Promise<DnsAnswer | null> => {
    if (!askable(name)) return null;
    const answer = await dns(name, type);
    if (unanswered(answer)) silent.push({ name, use });
    const target = endOf(answer);
    if (target !== null) found.push({ name, kind: 'alias', use, target });
    return answer;
  };
  const ask = async ([name, type, use]: [string, RecordType, Use]) => {
    const answer = await look(name, type, use);
    if (type !== 'MX' || answer === null) return;
    await Promise.all(
      hostsOf(answer).map(async (host) => {
        const address = await look(host, 'A', 'other');
        if (address?.status !== 'nxdomain' || endOf(address) !== null) return;
        found.push({ name, kind: 'exchanger', use: 'other', target: host });
      }),
    );
  };
  const keys = keyNames(gathering).then((names) =>
    Promise.all(names.map((name) => ask([name, 'TXT', 'sending']))),
  );
  const servers = nameServers(gathering);
  await Promise.all([keys, servers, ...questions.map(ask)]);
  const once = new Map(found.map((one) => [`${one.name} ${one.target}`, one]));
  const names = await Promise.all(
    [...once.values()].map(async (one) => ({ ...one, ...(await holdingOf(one.target, gathering)) })),
  );
  const held = await servers;
  const all = [...names, ...held.found];
  for (const { holding, registered, use } of all) {
    if (holding === 'unanswered' && registered !== null) silent.push({ name: registered, use });
  }
  const isTold = ({ kind, holding }: DanglingName) => kind !== 'name-server' || holding === 'free';
  return { found: all.filter(isTold), silent: [...silent, ...held.silent] };
}

/** From and MAIL FROM with what stands above them, up to the registered domain of From. */
function ownNames({ submission: { from, mailFrom } }: Gathering): string[] {
  const top = getDomain(from.domain, { allowPrivateDomains: true }) ?? from.domain;
  const names = [from.domain, ...(mailFrom === null ? [] : [mailFrom])].flatMap(walkNames);
  return [...new Set(names)].filter((name) => name === top || name.endsWith(`.${top}`));
}

/** Whoever holds the domain of one name server answers for the whole zone. */
async function nameServers(gathering: Gathering): Promise<Found<DanglingName>> {
  const zones = ownNames(gathering).filter(askable);
  const answers = await Promise.all(zones.map((zone) => gathering.dns(zone, 'NS')));
  const named = answers.flatMap(({ name, records }) =>
    records
      .filter((record) => record.type === 'NS' && record.name === name)
      .map(({ data }) => ({ name, target: data.replace(/\.$/, '').toLowerCase() })),
  );
  const found = await Promise.all(
    named.slice(0, nameServersAsked).map(async (one) => {
      const kept = { ...one, kind: 'name-server', use: 'sending' } as const;
      return { ...kept, ...(await holdingOf(one.target, gathering)) };
    }),
  );
  const silent = answers.filter(unanswered).map(({ name }) => ({ name, use: 'sending' }) as const);
  return { found, silent };
}

/** The servers of MX records, each once. */
function hostsOf(answer: DnsAnswer): string[] {
  const hosts = recordsOf(answer).map(({ data }) =>
    (data.split(' ')[1] ?? '').replace(/\.$/, '').toLowerCase(),
  );
  return [...new Set(hosts)].filter(askable).slice(0, hostsAsked);
}

/** Where the keys may stand that are known by name: they are asked for there by the DKIM checks too. */
async function keyNames(gathering: Gathering): Promise<string[]> {
  const places = signingPlaces(gathering.submission);
  const names = (await namesOf(gathering)).flatMap((selector) =>
    selector.includes('._domainkey.') ? [selector] : places.map((place) => `${selector}._domainkey.${place}`),
  );
  return names.slice(0, selectorsAsked);
}

/** The last name of a CNAME chain that ends in NXDOMAIN (RFC 6604); null: there is none, or its end is there. */
function endOf({ name, status, records }: DnsAnswer): string | null {
  if (status !== 'nxdomain') return null;
  const targets = new Map(
    records.filter(({ type }) => type === 'CNAME').map((record) => [record.name, record.data]),
  );
  let end = name;
  for (let target = targets.get(end); target !== undefined; target = targets.get(end)) {
    targets.delete(end);
    end = target.replace(/\.$/, '').toLowerCase();
  }
  return end === name ? null : end;
}

async function holdingOf(
  target: string,
  { dns }: Gathering,
): Promise<Pick<DanglingTerm, 'registered' | 'holding'>> {
  // By the public suffix list of ICANN alone: below a private suffix nobody registers anything.
  const { domain, isIcann } = parse(target, { allowPrivateDomains: false });
  if (domain === null || !isIcann || !askable(domain)) return { registered: null, holding: 'none' };
  const answer = await dns(domain, 'SOA');
  if (unanswered(answer)) return { registered: domain, holding: 'unanswered' };
  const isGone = answer.status === 'nxdomain' && answer.records.length === 0;
  return { registered: domain, holding: isGone ? 'free' : 'held' };
}
