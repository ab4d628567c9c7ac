/**
 * What the names of a sender's mail point at and is no longer there. A name below a domain that nobody holds can be
 * brought to life by anybody who registers that domain, and then speaks for the sender.
 */
import { parse } from 'tldts';
import type { DnsAnswer, RecordType } from '../ports.ts';
import { namesOf, signingPlaces } from './dkim.ts';
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

/** A name of the sender's, or a mail server that it names, with nothing at its end. */
export interface DanglingName {
  name: string;
  /** `alias`: its CNAME leads to `target`. `exchanger`: `target` is the server of its MX record. */
  kind: 'alias' | 'exchanger';
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
  const all = trees.flatMap(({ root }) => gone(root, { root: root.domain }));
  const found = await Promise.all(
    all.slice(0, termsAsked).map(async (one) => ({ ...one, ...(await holdingOf(one.target, gathering)) })),
  );
  const unheld = found.flatMap(({ holding, registered }) =>
    holding === 'unanswered' && registered !== null ? [registered] : [],
  );
  const silent = [...new Set([...unheld, ...trees.flatMap(({ unanswered: names }) => names)])];
  return { found, silent: silent.map((name) => ({ name, use: 'sending' })) };
}

/** Terms that let mail pass, and whose target has no record at all. */
function gone(
  { domain, branches }: SpfNode,
  above: { root: string; via?: string },
): Omit<DanglingTerm, 'registered' | 'holding'>[] {
  return branches.flatMap(({ text, qualifier, domain: written, isVoid, node }) => {
    const target = node?.domain ?? written;
    // A macro is another name for each mail.
    if (qualifier !== '+' || target === null || target.includes('%')) return [];
    const via = above.via ?? text;
    if (node && node.state !== 'none') return gone(node, { ...above, via });
    return node || isVoid ? [{ domain, term: text, target, via, root: above.root }] : [];
  });
}

async function findNames(gathering: Gathering): Promise<Found<DanglingName>> {
  const { submission, dns } = gathering;
  const { from, mailFrom } = submission;
  const own = (prefix: string) => `${prefix}${from.domain}`;
  const questions: [string, RecordType, Use][] = [
    [own('_dmarc.'), 'TXT', 'sending'],
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
    const hosts = new Set(recordsOf(answer).map(({ data }) => hostOf(data)));
    const named = [...hosts].filter((host) => host !== '').slice(0, hostsAsked);
    await Promise.all(
      named.map(async (host) => {
        const address = await look(host, 'A', 'other');
        if (address?.status !== 'nxdomain' || endOf(address) !== null) return;
        found.push({ name, kind: 'exchanger', use: 'other', target: host });
      }),
    );
  };
  const keys = keyNames(gathering).then((names) =>
    Promise.all(names.map((name) => ask([name, 'TXT', 'sending']))),
  );
  await Promise.all([keys, ...questions.map(ask)]);
  const once = new Map(found.map((one) => [`${one.name} ${one.target}`, one]));
  const names = await Promise.all(
    [...once.values()].map(async (one) => ({ ...one, ...(await holdingOf(one.target, gathering)) })),
  );
  for (const { holding, registered, use } of names) {
    if (holding === 'unanswered' && registered !== null) silent.push({ name: registered, use });
  }
  return { found: names, silent };
}

function hostOf(data: string): string {
  return (data.split(' ')[1] ?? '').replace(/\.$/, '').toLowerCase();
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
