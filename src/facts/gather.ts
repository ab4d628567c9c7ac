/**
 * Looks everything up, each fact once, all together, each within its budget. What fails, or is late, costs
 * its own fact and nothing else.
 */
import type { Browser, Clock, MimeWriter, Scanner, SpamEngine } from '../ports.ts';
import type { Client, Policy } from '../rule.ts';
import type { SenderPart, Submission, TemplateRoute } from '../submission.ts';
import { type Answering, createAsking, noting, type Observations } from './asking.ts';
import { byRoute } from './by-route.ts';
import { type Fact, FactError, type FactName, type Facts, type GatheredFacts } from './facts.ts';
import { isByRoute, isOfSender, messageGatherers, senderGatherers } from './gather/gatherers.ts';
import { deadlinesOf, lateness } from './gather/lateness.ts';

export { type Answering, type Observations, pageKey } from './asking.ts';
export { byRoute } from './by-route.ts';
export { FactError } from './facts.ts';
export {
  asksDns,
  asksProvider,
  type Gathering,
  isByRoute,
  type SenderGathering,
} from './gather/gatherers.ts';

export type Progress =
  | { fact: FactName; state: 'waiting' | 'running' | 'known' | 'unknown' | 'left-out' }
  | { fact: FactName; state: 'running'; done: number; of: number };

export interface World extends Answering {
  browser: Browser;
  /** Looks for malware; without one, what is attached is unknown. */
  scanner?: Scanner | undefined;
  /** Spam filters that say what they think of the mail; `mime` writes it for them. */
  spamEngines?: readonly SpamEngine[] | undefined;
  mime?: MimeWriter | undefined;
  clock: Clock;
  policy: Policy;
  clients: readonly Client[];
}

export interface GatherOptions {
  /** Parts left out by choice. */
  leaveOut: { dns: boolean; previews: boolean };
  signal: AbortSignal;
  onProgress(progress: Progress): void;
}

/** Facts of all routes, and all that the world answered on the way. */
export interface Gathered {
  /** By the first route, where there are several. */
  facts: GatheredFacts;
  /** The other routes, each with the facts that are its own. */
  others: readonly { route: TemplateRoute; facts: GatheredFacts }[];
  observations: Observations;
}

/** Gathers the named facts, by the first route. Never rejects. */
export async function gather(
  names: readonly FactName[],
  submission: Submission,
  world: World,
  options: GatherOptions,
): Promise<GatheredFacts> {
  return (await gatherAll(names, submission, world, options)).facts;
}

/** As `gatherAll` without a message: of the facts that are named, those about the sender domain. */
export async function gatherSender(
  names: readonly FactName[],
  sender: SenderPart,
  world: World,
  options: Omit<GatherOptions, 'leaveOut'>,
): Promise<Gathered> {
  const leaveOut = { dns: false, previews: true };
  return gatherEach(names.filter(isOfSender), sender, world, { ...options, leaveOut }, undefined);
}

/** Gathers the named facts, and by each further route those that hang on it. Never rejects. */
export async function gatherAll(
  names: readonly FactName[],
  submission: Submission,
  world: World,
  options: GatherOptions,
): Promise<Gathered> {
  return gatherEach(names, submission, world, options, submission);
}

async function gatherEach(
  names: readonly FactName[],
  sender: SenderPart,
  world: World,
  { leaveOut, signal, onProgress }: GatherOptions,
  submission: Submission | undefined,
): Promise<Gathered> {
  const { policy, clients, browser, scanner, spamEngines, mime, clock } = world;
  const { deadlines, over } = deadlinesOf(policy.budgets, signal);
  const { ask, observed } = createAsking(leaveOut.dns ? { ...world, visitor: undefined } : world, deadlines);

  const gatherOne = async (
    name: FactName,
    from: SenderPart,
    tell: (progress: Progress) => void,
  ): Promise<Fact<Facts[FactName]>> => {
    const { budget } = isOfSender(name) ? senderGatherers[name] : messageGatherers[name];
    const asks = isOfSender(name) || budget === 'dns' || budget === 'network' || budget === 'links';
    if ((leaveOut.dns && asks) || (budget === 'rendering' && leaveOut.previews)) {
      tell({ fact: name, state: 'left-out' });
      return { known: false, reason: 'left-out', detail: '', evidence: [] };
    }
    const deadline = budget === 'none' ? signal : deadlines[budget];
    const { asking, ...noted } = noting(ask, () => clock.now().toISOString());
    let ended = false;
    tell({ fact: name, state: 'running' });
    const gathering = {
      ...asking,
      policy,
      clients,
      browser,
      scanner,
      spamEngines,
      mime,
      attest: noted.attest,
      transports: world.transports ?? [],
      routes: sender.routes,
      signal: deadline,
      now: clock.now(),
      progress(done: number, of: number) {
        if (!ended) tell({ fact: name, state: 'running', done, of });
      },
    };
    const late = lateness(deadline);
    const end = () => {
      ended = true;
      noted.end();
      late.cancel();
      return noted.seen();
    };
    try {
      const value = await Promise.race([
        (async () => {
          if (isOfSender(name)) return senderGatherers[name].gather({ ...gathering, submission: from });
          if (!submission) throw new FactError('left-out', 'there is no message');
          return messageGatherers[name].gather({ ...gathering, submission });
        })(),
        late.promise,
      ]);
      const seen = end();
      tell({ fact: name, state: 'known' });
      return { known: true, value, evidence: seen };
    } catch (error) {
      const seen = end();
      tell({ fact: name, state: 'unknown' });
      const detail = error instanceof Error ? error.message : String(error);
      const reason = error instanceof FactError ? error.reason : 'crashed';
      return { known: false, reason, detail, evidence: seen };
    }
  };
  const gatherNamed = async (
    wanted: readonly FactName[],
    from: SenderPart,
    tell: (progress: Progress) => void,
  ): Promise<GatheredFacts> => {
    const gathered = wanted.map(async (name) => [name, await gatherOne(name, from, tell)] as const);
    return Object.fromEntries(await Promise.all(gathered));
  };

  const wanted = [...new Set(names)];
  for (const name of wanted) onProgress({ fact: name, state: 'waiting' });
  // The first questions to DNS are on their way before what only takes time begins.
  const asking = (name: FactName) => (isOfSender(name) ? 0 : 1);
  const order = wanted.toSorted((one, other) => asking(one) - asking(other));
  const [first, ...more] = sender.routes;
  const several = more.length > 0;
  const [facts, ...others] = await Promise.all([
    gatherNamed(order, several && first ? byRoute(sender, first) : sender, onProgress),
    ...more.map((route) => gatherNamed(order.filter(isByRoute), byRoute(sender, route), () => {})),
  ]);
  const observations = observed();
  over();
  return {
    facts: facts ?? {},
    others: more.map((route, i) => ({ route, facts: others[i] ?? {} })),
    observations,
  };
}
