/** What blocklists (RFC 5782) say of the sending addresses that are named, and of the domains a mail shows. */
import { getDomain } from 'tldts';
import type { DnsAnswer } from '../ports.ts';
import type { Blocklist, BlocklistCode } from '../rule.ts';
import { isGlobalAddress, octetsOf, reversed } from '../submission/ip.ts';
import { signingDomains } from './dkim/signing.ts';
import { askable, recordsOf, unanswered } from './dns.ts';
import type { SenderGathering as Gathering } from './gather.ts';

/** Of one list about one address or domain. */
export interface Listing {
  subject: string;
  list: string;
  /** The question. */
  name: string;
  /**
   * `clean`: not there. `refused`: the list does not serve us, in the way that it says it does this. `silent`: DNS
   * did not answer. `unclear`: an answer that the list does not explain.
   */
  state: 'listed' | 'clean' | 'refused' | 'silent' | 'unclear';
  /** Parts of the list that have it; none unless `listed`. */
  parts: readonly Pick<BlocklistCode, 'part' | 'blocks' | 'means'>[];
}

export interface ListingsFact {
  /** Named addresses that the internet can see. */
  addresses: readonly string[];
  /** Registered domains of From, MAIL FROM and signatures, each once; From's first. */
  domains: readonly string[];
  listings: readonly Listing[];
}

/** Domains that are asked about: From's, MAIL FROM's and those of the first signatures. */
const domainsAsked = 6;
/** Questions under way: a list that is silent must not keep the rest of the audit from DNS. */
const atOnce = 16;
/** Of one answer. */
const recordsRead = 20;

/** Asks every list about what it lists. Never fails. */
export async function gatherListings(gathering: Gathering): Promise<ListingsFact> {
  const { submission, policy } = gathering;
  const addresses = submission.sendingAddresses.filter((ip) => isGlobalAddress(octetsOf(ip) ?? []));
  const domains = domainsOf(submission).slice(0, domainsAsked);
  const subjects = [
    ...addresses.map((subject) => {
      const octets = octetsOf(subject) ?? [];
      return { subject, kind: octets.length === 4 ? 'ip4' : 'ip6', label: reversed(octets) } as const;
    }),
    ...domains.map((subject) => ({ subject, kind: 'domain', label: subject }) as const),
  ];
  const questions = subjects.flatMap(({ subject, kind, label }) =>
    policy.blocklists
      .filter(({ about }) => about.includes(kind))
      .map((list) => ({ subject, list, name: `${label}.${list.zone}` })),
  );
  const listings: Listing[] = [];
  const unheard = new Set<Listing>();
  // An iterator that the lanes share: each takes the next question when it is free.
  const waiting = questions.entries();
  const lane = async () => {
    for (const [i, { subject, list, name }] of waiting) {
      const answer = askable(name) ? await gathering.dns(name, 'A') : null;
      const read = answer ? readListing(answer, list) : { state: 'unclear' as const, parts: [] };
      const one = { subject, list: list.id, name, ...read };
      listings[i] = one;
      if (answer && unanswered(answer)) unheard.add(one);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  // A list that has answered us about somebody does not refuse us: of its silence nobody knows the reason.
  const serving = new Set(listings.filter(({ state }) => isAnswer(state)).map(({ list }) => list));
  for (const one of listings) if (unheard.has(one) && serving.has(one.list)) one.state = 'silent';
  return { addresses, domains, listings };
}

function isAnswer(state: Listing['state']): boolean {
  return state === 'clean' || state === 'listed';
}

function domainsOf(submission: Gathering['submission']): string[] {
  const { from, mailFrom } = submission;
  const all = [from.domain, ...(mailFrom === null ? [] : [mailFrom]), ...signingDomains(submission)];
  // With private suffixes: lists hold the customer of a host, and not the host.
  return [...new Set(all.map((domain) => getDomain(domain, { allowPrivateDomains: true }) ?? domain))];
}

/**
 * An answer outside 127.0.0.0/8 is a dead list's new owner, 127.255.255.0/24 and 127.0.0.1 say that the list does not
 * answer this resolver (RFC 5782 section 5; Spamhaus, SURBL and URIBL): none of them says anything of who is asked about.
 */
export function readListing(answer: DnsAnswer, list: Blocklist): Pick<Listing, 'state' | 'parts'> {
  const nothing = (state: Listing['state']) => ({ state, parts: [] });
  // A list that answers only whom it knows has no other way to refuse; a resolver may make a failure of that.
  if (unanswered(answer)) return nothing(list.refuses === 'unregistered' ? 'refused' : 'silent');
  if (answer.status === 'nxdomain') return nothing('clean');
  const codes = recordsOf(answer)
    .slice(0, recordsRead)
    .map(({ data }) => data);
  if (codes.length === 0) return nothing('unclear');
  if (codes.some(isError)) return nothing('refused');
  const parts = list.codes.filter((one) =>
    codes.some((code) => ('code' in one ? code === one.code : holds(code, one.bit))),
  );
  if (parts.length === 0) return nothing('unclear');
  return {
    state: 'listed',
    parts: parts.map(({ part, blocks, means }) => ({ part, blocks, ...(means ? { means } : {}) })),
  };
}

function isError(code: string): boolean {
  return !code.startsWith('127.') || code.startsWith('127.255.255.') || code === '127.0.0.1';
}

/** Of a list whose last octet is a sum; its lowest bit is that of a refusal. */
function holds(code: string, bit: number): boolean {
  const [first, second, third, sum = 0] = code.split('.').map(Number);
  return first === 127 && second === 0 && third === 0 && sum % 2 === 0 && Math.floor(sum / bit) % 2 === 1;
}
