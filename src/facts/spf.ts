/**
 * The whole tree of an SPF record, with where each look-up is spent. It counts what a receiver may have to
 * ask in the worst case: every term, whichever address the mail comes from (RFC 7208 section 4.6.4).
 */
import { atMost } from './asking.ts';
import { recordsOf } from './dns.ts';
import type { SenderGathering as Gathering } from './gather.ts';
import { serverOf } from './mail-from.ts';
import { checkHost, type SpfJudgement } from './spf/check-host.ts';
import { letsPass, reachOf } from './spf/reach.ts';
import { parsedOnce, parseSpf } from './spf/record.ts';
import { judgeServer, type Parts, type SpfServer } from './spf/route.ts';
import { readWhole, type SpfTree } from './spf/tree.ts';
import { leaf, readBranch, readNode, walkFor } from './spf/walk.ts';
import { findMisplaced } from './spf/wrong-places.ts';

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
  const walk = walkFor(mailFrom, gathering.dns);
  const branches = await Promise.all(terms.map((term) => readBranch(term, [mailFrom], walk)));
  const own = reachOf({ ...leaf(mailFrom, 'found'), branches });
  return { mechanism, branches, own, unanswered: [...walk.unanswered] };
}

async function readTree(domain: string, gathering: Gathering): Promise<SpfTree> {
  const { dns, policy } = gathering;
  const walk = walkFor(domain, dns);
  const root = await readNode(domain, [], walk);
  const isLost = root.state === 'none' && !root.misspelt;
  return readWhole(root, [...walk.unanswered], isLost ? await findMisplaced(domain, dns) : null, policy.spf);
}
