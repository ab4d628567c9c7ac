/**
 * DANE for mail servers (RFC 7672): TLSA records that say which certificate is the right one, and whether it is. They
 * count only where the resolver has validated every answer on the way (RFC 7672 section 2.2).
 */
import { getDomain } from 'tldts';
import type { DnsAnswer } from '../ports.ts';
import { recordsOf, unanswered } from './dns.ts';
import { FactError, type FactFailure, isUnasked } from './facts.ts';
import type { SenderGathering as Gathering } from './gather.ts';
import { type Exchange, findExchange, readExchangers } from './mail-servers/exchangers.ts';
import {
  type GreetedServer,
  greetServer,
  greetServers,
  namesHost,
  serversGreeted,
} from './mail-servers/greetings.ts';

export interface TlsaRecord {
  /** As it stands, shortened. */
  text: string;
  usage: number;
  /** SMTP knows usages 2 and 3 alone (RFC 7672 section 3.1.3), and the digest has the length of its kind. */
  usable: boolean;
}

export interface DaneServer {
  host: string;
  /** Where its TLSA records are asked for: at the end of its aliases, if it is one and they are safe to follow. */
  name: string;
  /** A CNAME stands at that name: where the records stand, or would, at its end (RFC 7671 section 7). null: none does. */
  alias: string | null;
  /** `unanswered`: senders that look for DANE put mail off then, where the zone is signed (RFC 7672 section 2.1.2). */
  state: 'records' | 'none' | 'unanswered';
  records: readonly TlsaRecord[];
  /** MX, addresses and TLSA were all validated. */
  secure: boolean;
  /** Of records that are not: the zone has no DS, so nobody can validate them. null: nobody knows. */
  unsigned: boolean | null;
  /** One of the usable records is right for what the server showed. null: it showed nothing. */
  matched: boolean | null;
  /** The record that is right for its key (usage 3, selector 1, SHA-256). null: it showed none. */
  fitting: string | null;
  /** They stand below the same registered domain as From, so that the sender can publish there. */
  own: boolean;
}

export interface DaneFact {
  domain: string;
  status: Exchange['status'];
  /** Of the servers that a sender would try first. */
  servers: readonly DaneServer[];
  /** Why none was greeted: nothing here may. null: they were. */
  unasked: FactFailure | null;
}

const recordsKept = 20;
const textKept = 160;

/** Asks for TLSA beside the addresses, and greets. Never fails for what a server does. */
export async function gatherDane(gathering: Gathering): Promise<DaneFact> {
  const { submission, dns } = gathering;
  const { domain } = submission.from;
  const mx = await dns(domain, 'MX');
  const organisation = getDomain(domain, { allowPrivateDomains: true });
  // Without MX, mail goes to the domain itself, and so does DANE (RFC 7672 section 2.2.2).
  const named = mx.status === 'nodata' ? [domain] : readExchangers(mx).named.map(({ host }) => host);
  const exchange = findExchange(domain, gathering);
  let unasked: FactFailure | null = null;
  const nobody = (reason: FactFailure) => {
    unasked = reason;
  };
  const lookUp = async (host: string) => {
    const [own, { servers }] = await Promise.all([dns(`_25._tcp.${host}`, 'TLSA'), exchange]);
    const server = servers.find((one) => one.host === host);
    // Where the alias is followed safely, what stands at its end comes first (RFC 7671 section 7).
    const end = server && (server.authenticated || !mx.authenticated) ? server.end : null;
    const there = end !== null && isHost(end) ? await dns(`_25._tcp.${end}`, 'TLSA') : null;
    const isThere = there !== null && (unanswered(there) || recordsOf(there).length > 0);
    const isOwn = there === null || (!isThere && recordsOf(own).length > 0);
    const answer = isOwn ? own : there;
    const base = isOwn ? host : (end ?? host);
    const isBare = recordsOf(answer).length > 0 && !(mx.authenticated && answer.authenticated);
    const [unsigned, shown] = await Promise.all([
      isBare ? isUnsigned([domain, base, ...aliasesOf(answer)], gathering) : null,
      // It may have another certificate by that name, and senders ask for that one.
      server && !isOwn ? orNobody(greetServer(base, server.addresses, gathering), nobody) : null,
    ]);
    return { answer, base, unsigned, shown };
  };
  const isHost = (host: string) => host.includes('.') && `_25._tcp.${host}`.length <= 253;
  const asked = named.filter(isHost).slice(0, serversGreeted);
  const [{ servers }, greeted, ...looked] = await Promise.all([
    exchange,
    exchange.then((known) => orNobody(greetServers(known, gathering), nobody)),
    ...asked.map(lookUp),
  ]);
  const found = asked.map((host, i): DaneServer | null => {
    const server = servers.find((one) => one.host === host);
    const { answer, base = host, unsigned = null, shown: byEnd } = looked[i] ?? {};
    if (server?.kind !== 'name' || !answer) return null;
    const shown = byEnd ?? greeted?.find((one) => one.host === host);
    const records = recordsOf(answer).slice(0, recordsKept).map(readTlsa);
    const digest = shown?.tls?.chain[0]?.matches['1 1'];
    const alias = aliasesOf(answer).at(-1) ?? null;
    return {
      host,
      name: answer.name,
      alias,
      state: unanswered(answer) ? 'unanswered' : records.length > 0 ? 'records' : 'none',
      records: records.map(({ text, usage, usable }) => ({ text: text.slice(0, textKept), usage, usable })),
      secure: mx.authenticated && server.authenticated && answer.authenticated,
      unsigned,
      matched: matches(records, shown, [host, domain], gathering.now),
      fitting: digest === undefined ? null : `3 1 1 ${digest}`,
      own: organisation !== null && getDomain(alias ?? base, { allowPrivateDomains: true }) === organisation,
    };
  });
  return { domain, status: mx.status, servers: found.filter((one) => one !== null), unasked };
}

/** Nobody greeted is no reason not to know what DNS says. `why`: told why nobody was. */
function orNobody<T>(greeting: Promise<T>, why: (reason: FactFailure) => void): Promise<T | null> {
  return greeting.catch((error: unknown) => {
    if (!isUnasked(error)) throw error;
    if (error instanceof FactError) why(error.reason);
    return null;
  });
}

interface Tlsa extends TlsaRecord {
  selector: number;
  matching: number;
  digest: string;
}

/** Octets of a digest by matching type; 0: the thing itself. */
const digestLengths: Readonly<Record<number, number>> = { 1: 32, 2: 64 };

function readTlsa({ data }: { data: string }): Tlsa {
  const [usage = '', selector = '', matching = '', ...hex] = data.split(' ');
  const digest = hex.join('').toLowerCase();
  const read = { usage: Number(usage), selector: Number(selector), matching: Number(matching) };
  const length = digestLengths[read.matching];
  const fits = read.matching === 0 ? digest.length > 0 : digest.length === (length ?? -1) * 2;
  const usable = (read.usage === 2 || read.usage === 3) && read.selector <= 1 && fits;
  return { text: data, ...read, digest, usable };
}

/**
 * Usage 3 asks for the server's own certificate or key and nothing more (RFC 7672 section 3.1.1); usage 2 for one of
 * those above it, and then names and dates count (section 3.1.2).
 */
function matches(
  records: readonly Tlsa[],
  shown: GreetedServer | undefined,
  known: readonly string[],
  now: Date,
): boolean | null {
  const chain = shown?.tls?.chain ?? [];
  const [own] = chain;
  const usable = records.filter((one) => one.usable);
  if (!shown || !own || usable.length === 0) return null;
  const isDated = chain.every(
    ({ validFrom, validTo }) => Date.parse(validFrom) <= +now && +now <= Date.parse(validTo),
  );
  // The name of the records, that of the MX record, or the domain itself (RFC 7672 section 3.2.2).
  const isNamed = [shown.host, ...known].some((name) => namesHost(own.names, name));
  let isOpen = false;
  for (const { usage, selector, matching, digest } of usable) {
    for (const { matches: known } of usage === 3 ? [own] : chain) {
      const value = known[`${selector} ${matching}`];
      if (value === undefined) isOpen = true;
      else if (value === digest && (usage === 3 || (isDated && isNamed))) return true;
    }
  }
  return isOpen ? null : false;
}

/** Aliases that are followed; a resolver stops at about as many. */
const aliasesFollowed = 8;

/** The names that the aliases of an answer lead to, in their order, whatever stands at the end. */
function aliasesOf({ name, records }: DnsAnswer): string[] {
  const targets = new Map(
    records.filter(({ type }) => type === 'CNAME').map((record) => [record.name, record.data]),
  );
  const found: string[] = [];
  for (
    let target = targets.get(name);
    target !== undefined && found.length < aliasesFollowed;
    target = targets.get(target)
  ) {
    found.push(target);
  }
  return found.map((one) => one.replace(/\.$/, '').toLowerCase());
}

/** One of the zones on the way has no DS, at the name that is registered. null: nobody knows. */
async function isUnsigned(names: readonly string[], { dns }: Gathering): Promise<boolean | null> {
  const zones = [...new Set(names.map((name) => getDomain(name)).filter((zone) => zone !== null))];
  const answers = await Promise.all(zones.map((zone) => dns(zone, 'DS')));
  const lacks = ({ status }: DnsAnswer) => status === 'nodata' || status === 'nxdomain';
  if (answers.some(lacks)) return true;
  return answers.length === 0 || answers.some(unanswered) ? null : false;
}
