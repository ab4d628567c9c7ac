/**
 * What gatherers ask of the world: every question once an audit, whoever asks, each answer kept. A fact's evidence is
 * what it asked.
 */
import type {
  AskIdentity,
  Clock,
  DnsAnswer,
  Fetched,
  Fetcher,
  IdentityStatus,
  MailServers,
  RecordType,
  Resolver,
  ServerGreeting,
  TransportInfo,
  Visited,
  Visitor,
} from '../ports.ts';
import { fetchText, visit } from './asking/web.ts';
import {
  dnsEvidence,
  type Evidence,
  keptOfFact,
  smtpEvidence,
  visitEvidence,
  webEvidence,
} from './evidence.ts';
import { FactError } from './facts.ts';
import type { PictureRead } from './pictures/format.ts';

/** The parts of the world that answer. What is not there makes its facts unknown. */
export interface Answering {
  resolver: Resolver;
  fetcher?: Fetcher | undefined;
  /** Visits what the mail links to and shows. */
  visitor?: Visitor | undefined;
  mailServers?: MailServers | undefined;
  /** DNS answers from a zone file, and nothing else is there to be asked. */
  dnsAlone?: boolean | undefined;
  /** What the provider of a route says of a sender domain. */
  identity?: AskIdentity | undefined;
  /** Sending servers that are set up here; a route by another is not known. */
  transports?: readonly SendingServer[] | undefined;
  clock: Clock;
}

/** A sending server as far as facts need to know it. */
export type SendingServer = Pick<TransportInfo, 'id' | 'kind' | 'provider' | 'place' | 'spf'>;

/** All that the world answered in one audit: enough to judge it again without the world. */
export interface Observations {
  answers: DnsAnswer[];
  fetched: KeptPage[];
  greetings: ServerGreeting[];
  identities: { transport: string; domain: string; status: IdentityStatus | null }[];
  /** Audits of before have none. */
  visited?: KeptVisit[];
  /** Those that were set up. */
  transports?: readonly SendingServer[];
  /** Those that were not there, so that nothing was asked of them. */
  missing?: readonly ('fetcher' | 'mailServers' | 'visitor')[];
}

/** With how it was asked for, which makes it another question; audits of before do not say. */
export type KeptPage = Fetched & { asked?: { most: number; redirects: number } };

/** Of a picture what its bytes say is kept, and not the bytes. */
export type KeptVisit = Visited & { asked: number; picture: PictureRead | null };
/** `body`: empty where it is judged again. */
export type Visit = Omit<KeptVisit, 'asked'> & { body: Uint8Array };

/** One question to the web, as an audit asks it and as it is judged again. */
export function pageKey(url: string, { most, redirects }: { most: number; redirects: number }): string {
  return `${redirects} ${most} ${url}`;
}

export interface Asking {
  /** Name in lower case without a trailing dot. Never rejects for what DNS does. */
  dns(name: string, type: RecordType): Promise<DnsAnswer>;
  /** GET, at most `most` bytes, no redirects unless said. @throws FactError where there is no way out to the web. */
  fetch(url: string, most: number, redirects?: number): Promise<Fetched>;
  /** @throws FactError where nothing may be visited: then nobody is asked where anything leads. */
  mayVisit(): void;
  /** Nothing is followed. `most`: bytes of it; 0: its header is enough. @throws FactError where nothing may be visited. */
  visit(url: string, most: number): Promise<Visit>;
  /** @throws FactError where nobody can be greeted from here. */
  greet(host: string, addresses: readonly string[]): Promise<ServerGreeting>;
  /** null: it could not be asked, or knows nothing. */
  identity(transport: string, domain: string): Promise<IdentityStatus | null>;
}

/** When answers are no longer waited for. */
export interface Deadlines {
  dns: AbortSignal;
  network: AbortSignal;
  /** Without one, that of the network. */
  links?: AbortSignal;
}

/**
 * Different questions to DNS in one audit. A sound sender with everything leads to fewer than fifty, each further route
 * to some more; a hostile one would have us ask thousands, of whomever its records name.
 */
export const questionsAsked = 400;

/** Asks only so many different questions; to the rest the answer is that there was none in time. */
export function atMost(most: number, dns: Asking['dns'], at: () => string): Asking['dns'] {
  const asked = new Set<string>();
  return async (name, type) => {
    const key = `${name} ${type}`;
    if (!asked.has(key) && asked.size >= most) {
      const nobody = { resolver: '', at: at(), authenticated: false };
      return { name, type, status: 'timeout', records: [], ...nobody, detail: 'too many questions' };
    }
    asked.add(key);
    return dns(name, type);
  };
}

/** Of one audit. `observed` holds what has been answered so far. */
export function createAsking(
  world: Answering,
  deadlines: Deadlines,
): { ask: Asking; observed(): Observations } {
  const { resolver, fetcher, visitor, mailServers, identity, clock } = world;
  const absent = world.dnsAlone ? 'dns-alone' : 'missing-engine';
  const at = () => clock.now().toISOString();
  const visited: KeptVisit[] = [];
  const kept: Observations = { answers: [], fetched: [], greetings: [], identities: [], visited };
  const answers = once<DnsAnswer>(kept.answers);
  const pages = once<KeptPage>(kept.fetched);
  const servers = once<ServerGreeting>(kept.greetings);
  const identities = once<Observations['identities'][number]>(kept.identities);
  const visits = new Map<string, Promise<Visit>>();
  const visiting = (): Visitor => {
    if (!visitor) throw new FactError(absent, 'nothing here may be visited');
    return visitor;
  };
  const dns = atMost(questionsAsked, (name, type) => resolver.ask({ name, type }, deadlines.dns), at);
  return {
    ask: {
      dns: (name, type) => answers(`${name} ${type}`, () => dns(name, type)),
      async fetch(url, most, redirects = 0) {
        if (!fetcher) throw new FactError(absent, 'nothing here may fetch from the web');
        const asked = { most, redirects };
        const { asked: _, ...page } = await pages(pageKey(url, asked), async () => ({
          ...(await fetchText(fetcher, url, { ...asked, at }, deadlines.network)),
          asked,
        }));
        return page;
      },
      mayVisit: () => {
        visiting();
      },
      async visit(url, most) {
        const key = `${most} ${url}`;
        const signal = deadlines.links ?? deadlines.network;
        const answer = visits.get(key) ?? visit(visiting(), url, most, signal);
        if (!visits.has(key)) {
          visits.set(key, answer);
          answer.then(
            ({ body: _, ...told }) => visited.push({ ...told, asked: most }),
            () => {},
          );
        }
        return answer;
      },
      async greet(host, addresses) {
        if (!mailServers) throw new FactError(absent, 'nothing here may greet mail servers');
        return servers(host, () => mailServers.greet(host, addresses, deadlines.network));
      },
      async identity(transport, domain) {
        const asked = await identities(`${transport} ${domain}`, async () => {
          const status = await identity?.(transport, domain, deadlines.network).catch(() => undefined);
          return { transport, domain, status: status ?? null };
        });
        return asked.status;
      },
    },
    // What was answered is never changed; only the lists still grow.
    observed: () => ({
      answers: [...kept.answers],
      fetched: [...kept.fetched],
      greetings: [...kept.greetings],
      identities: [...kept.identities],
      visited: [...visited],
      transports: (world.transports ?? []).map(withoutSecrets),
      missing: (['fetcher', 'mailServers', 'visitor'] as const).filter((part) => !world[part]),
    }),
  };
}

/** A host hands over whole transports, which hold more than facts need to know. */
function withoutSecrets({ id, kind, provider, place, spf }: SendingServer): SendingServer {
  return { id, kind, provider, place, spf };
}

function once<T>(kept: T[]): (key: string, ask: () => Promise<T>) => Promise<T> {
  const asked = new Map<string, Promise<T>>();
  return (key, ask) => {
    const known = asked.get(key);
    if (known) return known;
    const answer = ask().then((told) => {
      kept.push(told);
      return told;
    });
    asked.set(key, answer);
    return answer;
  };
}

/** The same hands, which note for one fact what it has asked. */
export function noting(
  ask: Asking,
  now: () => string,
): { asking: Asking; attest(one: Evidence): void; end(): void; seen(): Evidence[] } {
  const evidence = new Map<string, Evidence | undefined>();
  let left = keptOfFact;
  // A gatherer that was given up may go on: what it still asks or says belongs to no one.
  let ended = false;
  const note = async <T>(
    key: string,
    answer: () => Promise<T>,
    tell: (told: T) => Evidence | undefined,
  ): Promise<T> => {
    if (ended) throw new FactError('late', 'asked after its end');
    if (!evidence.has(key)) evidence.set(key, undefined);
    const told = await answer();
    if (!ended && !evidence.get(key)) evidence.set(key, tell(told));
    return told;
  };
  return {
    asking: {
      dns: (name, type) =>
        note(
          `${name} ${type}`,
          () => ask.dns(name, type),
          (answer) => {
            const kept = dnsEvidence(answer, left);
            left -= kept.records.reduce((sum, { data }) => sum + data.length, 0);
            return kept;
          },
        ),
      fetch: (url, most, redirects = 0) =>
        note(pageKey(url, { most, redirects }), () => ask.fetch(url, most, redirects), webEvidence),
      mayVisit: ask.mayVisit,
      visit: (url, most) => note(`visit ${most} ${url}`, () => ask.visit(url, most), visitEvidence),
      greet: (host, addresses) => note(`smtp ${host}`, () => ask.greet(host, addresses), smtpEvidence),
      identity: (transport, domain) =>
        note(
          `identity ${transport} ${domain}`,
          () => ask.identity(transport, domain),
          (status) => ({ kind: 'provider', transport, domain, status, at: now() }),
        ),
    },
    attest: (one) => {
      if (!ended) evidence.set(`attested ${evidence.size}`, one);
    },
    end: () => {
      ended = true;
    },
    seen: () => [...evidence.values()].filter((one) => one !== undefined),
  };
}
