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
} from '../ports.ts';
import { dnsEvidence, type Evidence, keptOfFact, smtpEvidence, webEvidence } from './evidence.ts';
import { FactError } from './facts.ts';

/** The parts of the world that answer. What is not there makes its facts unknown. */
export interface Answering {
  resolver: Resolver;
  fetcher?: Fetcher | undefined;
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
  /** Those that were set up. */
  transports?: readonly SendingServer[];
  /** Those that were not there, so that nothing was asked of them. */
  missing?: readonly ('fetcher' | 'mailServers')[];
}

/** With how it was asked for, which makes it another question; audits of before do not say. */
export type KeptPage = Fetched & { asked?: { most: number; redirects: number } };

/** One question to the web, as an audit asks it and as it is judged again. */
export function pageKey(url: string, { most, redirects }: { most: number; redirects: number }): string {
  return `${redirects} ${most} ${url}`;
}

export interface Asking {
  /** Name in lower case without a trailing dot. Never rejects for what DNS does. */
  dns(name: string, type: RecordType): Promise<DnsAnswer>;
  /** GET, at most `most` bytes, no redirects unless said. @throws FactError where there is no way out to the web. */
  fetch(url: string, most: number, redirects?: number): Promise<Fetched>;
  /** @throws FactError where nobody can be greeted from here. */
  greet(host: string, addresses: readonly string[]): Promise<ServerGreeting>;
  /** null: it could not be asked, or knows nothing. */
  identity(transport: string, domain: string): Promise<IdentityStatus | null>;
}

/** `dns` and `network`: when answers are no longer waited for. */
export interface Deadlines {
  dns: AbortSignal;
  network: AbortSignal;
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
  const { resolver, fetcher, mailServers, identity, clock } = world;
  const absent = world.dnsAlone ? 'dns-alone' : 'missing-engine';
  const at = () => clock.now().toISOString();
  const kept: Observations = { answers: [], fetched: [], greetings: [], identities: [] };
  const answers = once<DnsAnswer>(kept.answers);
  const pages = once<KeptPage>(kept.fetched);
  const servers = once<ServerGreeting>(kept.greetings);
  const identities = once<Observations['identities'][number]>(kept.identities);
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
    observed: () =>
      structuredClone({
        ...kept,
        transports: (world.transports ?? []).map(withoutSecrets),
        missing: (['fetcher', 'mailServers'] as const).filter((part) => !world[part]),
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

async function fetchText(
  fetcher: Fetcher,
  url: string,
  { most, redirects, at }: { most: number; redirects: number; at(): string },
  signal: AbortSignal,
): Promise<Fetched> {
  const nothing = { url, status: null, failure: null, type: '', body: '', cut: false, end: url };
  try {
    const { status, headers, body, ...ended } = await fetcher.fetch(
      url,
      { method: 'GET', most: most + 1, redirects },
      signal,
    );
    const type = (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    const text = new TextDecoder().decode(body.subarray(0, most));
    return {
      ...nothing,
      status,
      type,
      body: text,
      cut: body.length > most,
      end: ended.url,
      at: ended.at ?? at(),
    };
  } catch (error) {
    // Stored answers hold none of it, which says nothing of the server.
    if (error instanceof FactError) throw error;
    return { ...nothing, failure: failureOf(error), at: at() };
  }
}

/** A message may quote what a stranger's server said; a code never does. */
function failureOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return error.name;
}

/** The same hands, which note for one fact what it has asked. */
export function noting(ask: Asking, now: () => string): { asking: Asking; end(): void; seen(): Evidence[] } {
  const evidence = new Map<string, Evidence | undefined>();
  let left = keptOfFact;
  // A gatherer that was given up may go on: what it still asks or says belongs to no one.
  let ended = false;
  const note = async <T>(key: string, answer: () => Promise<T>, tell: (told: T) => Evidence): Promise<T> => {
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
      greet: (host, addresses) => note(`smtp ${host}`, () => ask.greet(host, addresses), smtpEvidence),
      identity: (transport, domain) =>
        note(
          `identity ${transport} ${domain}`,
          () => ask.identity(transport, domain),
          (status) => ({ kind: 'provider', transport, domain, status, at: now() }),
        ),
    },
    end: () => {
      ended = true;
    },
    seen: () => [...evidence.values()].filter((one) => one !== undefined),
  };
}
