/** Whether mail passes DMARC as DNS stands, by every route that it may take. */
import type { Policy } from '../../rule.ts';
import { byRoute } from '../by-route.ts';
import { type DkimFact, gatherDkim } from '../dkim.ts';
import { type DmarcFact, gatherDmarc } from '../dmarc.ts';
import type { SenderGathering as Gathering } from '../gather.ts';
import { gatherSpf, type SpfFact } from '../spf.ts';

export interface DmarcPassingFact {
  /** true: by every route. false: by some route it cannot. null: too little is known to say so. */
  passes: boolean | null;
}

interface Known {
  dkim: DkimFact;
  dmarc: DmarcFact;
  spf: SpfFact;
}

/** Asks what the facts of each route ask, and nothing else. */
export async function gatherDmarcPassing(gathering: Gathering): Promise<DmarcPassingFact> {
  const { submission, routes, policy } = gathering;
  const senders = routes.length > 1 ? routes.map((route) => byRoute(submission, route)) : [submission];
  const each = await Promise.all(
    senders.map(async (sender) => {
      const by = { ...gathering, submission: sender };
      const [dkim, dmarc, spf] = await Promise.all([gatherDkim(by), gatherDmarc(by), gatherSpf(by)]);
      return passesBy({ dkim, dmarc, spf }, policy);
    }),
  );
  return { passes: each.includes(false) ? false : each.includes(null) ? null : true };
}

function passesBy(known: Known, policy: Policy): boolean | null {
  const ways = [byDkim(known, policy), bySpf(known, policy)];
  return ways.includes(true) ? true : ways.every((way) => way === false) ? false : null;
}

/** A signature with an aligned key that all receivers can read. null: nobody knows. */
function byDkim({ dkim, dmarc }: Known, policy: Policy): boolean | null {
  const alignmentOf = (name: string | null) => dmarc.signers.find(({ domain }) => domain === name)?.alignment;
  const isStrong = (key: DkimFact['keys'][number] | undefined) =>
    (key?.record?.bits ?? policy.dkim.leastBits) >= policy.dkim.leastBits;
  const isProof = ({ selector, domain, result, failure, bodyLength, bodyBytes }: Signature) =>
    (result === 'pass' || failure === 'body') &&
    alignmentOf(domain) === 'aligned' &&
    !(bodyLength !== null && bodyBytes !== null && bodyLength < bodyBytes) &&
    isStrong(dkim.keys.find((key) => key.selector === selector && key.domain === domain));
  if (dkim.signatures.some(isProof)) return true;
  const named = dkim.keys.filter(({ by }) => by !== 'signature');
  const keys = named
    .map((key) => ({ key, alignment: alignmentOf(key.domain) }))
    .filter(({ alignment }) => alignment !== 'not-aligned');
  // Few receivers can read Ed25519 (RFC 8463), and a key in testing proves nothing (RFC 6376 section 3.6.1).
  const carries = ({ state, record }: DkimFact['keys'][number]) =>
    state === 'usable' && record?.type === 'rsa' && !record.testing;
  const good = keys.filter(({ key }) => carries(key) && isStrong(key));
  if (good.some(({ alignment }) => alignment === 'aligned')) return true;
  // A route signs by what it names alone; beside what a person names there may be a key of the sender's own.
  const isWhole = keys.length > 0 || named.some(({ by }) => by === 'route');
  const isOpen = !isWhole || good.length > 0;
  return isOpen || keys.some(({ key }) => key.state === 'unanswered') ? null : false;
}

type Signature = DkimFact['signatures'][number];

/** An aligned MAIL FROM whose SPF lets what sends through. null: nobody knows what sends, or DNS did not say. */
function bySpf(
  { spf: { mailFrom: tree, addresses, services, server }, dmarc }: Known,
  policy: Policy,
): boolean | null {
  if (dmarc.spfAlignment === 'not-aligned') return false;
  if (tree === null || dmarc.spfAlignment !== 'aligned' || tree.root.state === 'unanswered') return null;
  const { root, breaks, lookups, voids, passes } = tree;
  const isSound = root.state === 'found' && root.faults.length === 0 && breaks.length === 0;
  const isWithin = lookups <= policy.spf.lookups && voids <= policy.spf.voids;
  if (!isSound || !isWithin || passes === false) return false;
  if (tree.unanswered.length > 0) return null;
  if (addresses.length > 0) return addresses.every(({ judgement }) => judgement.result === 'pass') || null;
  if (server !== null) return typeof server.lets === 'boolean' ? server.lets : null;
  return Object.values(services).includes(true) || null;
}
