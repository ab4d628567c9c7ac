/**
 * Looks everything up, each fact once, all together, each within its budget. What fails, or is late, costs
 * its own fact and nothing else.
 */
import type { Browser, Clock, Scanner } from '../ports.ts';
import type { Client, Policy } from '../rule.ts';
import type { SenderPart, Submission, TemplateRoute } from '../submission.ts';
import { gatherAddresses } from './addresses.ts';
import {
  type Answering,
  type Asking,
  createAsking,
  noting,
  type Observations,
  type SendingServer,
} from './asking.ts';
import { gatherAuthor } from './author.ts';
import { gatherBimi } from './bimi.ts';
import { gatherCss } from './css.ts';
import { gatherDane } from './dane.ts';
import { gatherDangling } from './dangling.ts';
import { gatherDkim } from './dkim.ts';
import { gatherDmarcReports } from './dmarc/destinations.ts';
import { gatherDmarc } from './dmarc.ts';
import { gatherDnssec } from './dnssec.ts';
import {
  type Fact,
  FactError,
  type FactName,
  type Facts,
  type GatheredFacts,
  type MessageFacts,
  type SenderFacts,
} from './facts.ts';
import { gatherHtml } from './html.ts';
import { gatherIdentity } from './identity.ts';
import { gatherListings } from './listings.ts';
import { gatherMailFrom } from './mail-from.ts';
import { gatherBounceServers, gatherGreetings, gatherMailServers } from './mail-servers.ts';
import { gatherMalware } from './malware.ts';
import { gatherMarkup } from './markup.ts';
import { gatherMessage } from './message.ts';
import { gatherMtaSts } from './mta-sts.ts';
import { gatherRegistration } from './registration.ts';
import { gatherRendering } from './rendering.ts';
import { gatherSpf } from './spf.ts';
import { gatherTlsReports } from './tls-reports.ts';
import { gatherZone } from './zone.ts';

export type { Answering, Observations } from './asking.ts';
export { FactError } from './facts.ts';

/** What a gatherer may use. Every question is asked once an audit, whoever asks. */
export interface Gathering<S extends SenderPart = Submission> extends Asking {
  submission: S;
  policy: Policy;
  clients: readonly Client[];
  browser: Browser;
  /** undefined: none is set up. */
  scanner?: Scanner | undefined;
  /** Sending servers that are set up here. */
  transports: readonly SendingServer[];
  /** All routes of the sender; `submission.routes` holds the one that is looked at. */
  routes: readonly TemplateRoute[];
  signal: AbortSignal;
  now: Date;
  progress(done: number, of: number): void;
}

/** What gatherers about the sender domain may use: there may be no message at all. */
export type SenderGathering = Gathering<SenderPart>;

type Budget = 'none' | keyof Policy['budgets'];

/** `byRoute`: it is another one for each route that the mail goes by. */
const senderGatherers: {
  [N in keyof SenderFacts]: {
    budget: Budget;
    byRoute: boolean;
    gather(gathering: SenderGathering): SenderFacts[N] | Promise<SenderFacts[N]>;
  };
} = {
  author: { budget: 'dns', byRoute: false, gather: gatherAuthor },
  spf: { budget: 'dns', byRoute: true, gather: gatherSpf },
  dkim: { budget: 'dns', byRoute: true, gather: gatherDkim },
  dmarc: { budget: 'dns', byRoute: true, gather: gatherDmarc },
  dmarcReports: { budget: 'dns', byRoute: false, gather: gatherDmarcReports },
  mailFrom: { budget: 'dns', byRoute: true, gather: gatherMailFrom },
  mailServers: { budget: 'dns', byRoute: false, gather: gatherMailServers },
  bounceServers: { budget: 'dns', byRoute: true, gather: gatherBounceServers },
  greetings: { budget: 'network', byRoute: false, gather: gatherGreetings },
  mtaSts: { budget: 'network', byRoute: false, gather: gatherMtaSts },
  tlsReports: { budget: 'dns', byRoute: false, gather: gatherTlsReports },
  dane: { budget: 'network', byRoute: false, gather: gatherDane },
  addresses: { budget: 'dns', byRoute: false, gather: gatherAddresses },
  listings: { budget: 'dns', byRoute: true, gather: gatherListings },
  dangling: { budget: 'dns', byRoute: true, gather: gatherDangling },
  registration: { budget: 'network', byRoute: false, gather: gatherRegistration },
  bimi: { budget: 'network', byRoute: false, gather: gatherBimi },
  dnssec: { budget: 'dns', byRoute: false, gather: gatherDnssec },
  identity: { budget: 'network', byRoute: true, gather: gatherIdentity },
  zone: { budget: 'dns', byRoute: false, gather: gatherZone },
};

const messageGatherers: {
  [N in keyof MessageFacts]: {
    budget: Budget;
    gather(gathering: Gathering): MessageFacts[N] | Promise<MessageFacts[N]>;
  };
} = {
  message: { budget: 'none', gather: gatherMessage },
  html: { budget: 'none', gather: gatherHtml },
  css: { budget: 'none', gather: gatherCss },
  markup: { budget: 'none', gather: gatherMarkup },
  rendering: { budget: 'rendering', gather: gatherRendering },
  malware: { budget: 'malware', gather: gatherMalware },
};

function isOfSender(name: FactName): name is keyof SenderFacts {
  return Object.hasOwn(senderGatherers, name);
}

/** Whether a fact rests on what DNS, and what it names, answers now: there it is of the sender domain alone. */
export function asksDns(name: FactName): boolean {
  return isOfSender(name);
}

/** Whether a fact rests on what the provider of a route says: a mailing asks that by itself before it goes on. */
export function asksProvider(name: FactName): boolean {
  return name === 'identity';
}

/** Whether a fact is another one for each route. */
export function isByRoute(name: FactName): boolean {
  return isOfSender(name) && senderGatherers[name].byRoute;
}

export type Progress =
  | { fact: FactName; state: 'waiting' | 'running' | 'known' | 'unknown' | 'left-out' }
  | { fact: FactName; state: 'running'; done: number; of: number };

export interface World extends Answering {
  browser: Browser;
  /** Looks for malware; without one, what is attached is unknown. */
  scanner?: Scanner | undefined;
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

/** Milliseconds a gatherer gets after its budget to hand over what it has. */
const grace = 300;

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
  const { policy, clients, browser, scanner, clock } = world;
  const until = (budget: keyof Policy['budgets']) =>
    AbortSignal.any([signal, AbortSignal.timeout(policy.budgets[budget])]);
  const deadlines: Record<keyof Policy['budgets'], AbortSignal> = {
    dns: until('dns'),
    network: until('network'),
    rendering: until('rendering'),
    malware: until('malware'),
  };
  const { ask, observed } = createAsking(world, deadlines);

  const gatherOne = async (
    name: FactName,
    from: SenderPart,
    tell: (progress: Progress) => void,
  ): Promise<Fact<Facts[FactName]>> => {
    const { budget } = isOfSender(name) ? senderGatherers[name] : messageGatherers[name];
    const asks = isOfSender(name) || budget === 'dns' || budget === 'network';
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
  return {
    facts: facts ?? {},
    others: more.map((route, i) => ({ route, facts: others[i] ?? {} })),
    observations: observed(),
  };
}

/** The sender as mail by this route shows it: its own Return-Path and keys. */
export function byRoute<S extends SenderPart>(sender: S, route: TemplateRoute): S {
  const dkimSelectors = route.dkim.map(({ d, s }) => `${s}._domainkey.${d}`);
  return { ...sender, routes: [route], mailFrom: route.mail_from, dkimSelectors };
}

/** Rejects a little after the deadline, for gatherers that do not look at their signal. */
function lateness(deadline: AbortSignal): { promise: Promise<never>; cancel(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort = () => {};
  const promise = new Promise<never>((_, reject) => {
    onAbort = () => {
      timer = setTimeout(() => reject(new FactError('late', 'over its budget')), grace);
    };
    if (deadline.aborted) onAbort();
    else deadline.addEventListener('abort', onAbort, { once: true });
  });
  return {
    promise,
    cancel() {
      clearTimeout(timer);
      deadline.removeEventListener('abort', onAbort);
    },
  };
}
