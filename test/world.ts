/** A whole sender and message as an object, run through the real gatherers: real DNS packets, real Chromium. */

import { clients } from '../rules/clients/index.ts';
import { policy } from '../rules/policy.ts';
import { createPageFetcher } from '../src/adapters/fetcher/pages.ts';
import { createVisitor } from '../src/adapters/fetcher/visitor.ts';
import { createDescribedServers } from '../src/adapters/mail-servers/described.ts';
import { mimeWriter } from '../src/adapters/mime/composer.ts';
import { createZoneResolver, parseZone } from '../src/adapters/resolver/zone.ts';
import type { SendingServer } from '../src/facts/asking.ts';
import type { GatheredFacts } from '../src/facts/facts.ts';
import { gatherAll, type Observations } from '../src/facts/gather.ts';
import type {
  AskIdentity,
  Browser,
  Clock,
  Fetcher,
  MailServers,
  Resolver,
  Scanner,
  SpamEngine,
  Visitor,
} from '../src/ports.ts';
import { BrowserError } from '../src/ports.ts';
import type { Rule, World } from '../src/rule.ts';
import { type Handed, readSubmission, type Submission } from '../src/submission.ts';
import type { Judging } from '../src/verdict.ts';

export const now = new Date('2026-11-22T09:00:00.000Z');
export const clock: Clock = { now: () => now };

/**
 * Limits that let through more than the service takes: what is linear here has room to spare there. For tests of
 * how the cost of a fact grows.
 */
export const wideLimits = {
  ...policy.limits,
  elements: 100_000,
  attributes: 500_000,
  textLength: policy.limits.uploadBytes,
};

/** Zone of a sender that does everything right. A world's own names replace these one by one. */
export const soundZone = {
  // With DS, the resolver of the world validates: above the sender, and the sender's own.
  se: { DS: ['59407 13 2 00'] },
  'example.se': {
    TXT: ['v=spf1 mx -all'],
    MX: ['10 in.example.se'],
    A: ['192.0.2.10'],
    DS: ['12345 13 2 00'],
  },
  '_dmarc.example.se': { TXT: ['v=DMARC1; p=quarantine; rua=mailto:dmarc@example.se'] },
  's1._domainkey.example.se': {
    TXT: [
      'v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAyJw480Kyml2ew/FY2M389Y6vHNJSYjM9KXCnf6LqAor8tmcYp1AmCKLLKwJNtoJmb16Y4Pzkb7BJ/fo5ORUIt1pQwvtIx2YT5grC+JAcMP7FnsRZ7seR16mBqcP58+X8ZM4/9CQl9EI6wI/ocolmdMDcKLTLn4480H90M670K8iBjsfu2Jnf3TtFha5wA08UfCA5Ss90RHopB0PyvX95G95T8qHp9iNgDW5MZIZ5dXQCwStwm+1p9dvIus3FjO/t/5Qi5X7dkNDDAVrzMZDX6w/BnZXx4Mf0XfWb3tkv5p9kqY5+VZ912y2uRqhej/E8PBqEddNNUnpe+srdswGNIQIDAQAB',
    ],
  },
  'mejl.example.se': {
    TXT: ['v=spf1 include:amazonses.com ~all'],
    MX: ['10 feedback-smtp.eu-north-1.amazonses.com'],
  },
  'amazonses.com': { TXT: ['v=spf1 ip4:199.255.192.0/22 -all'] },
  'in.example.se': { A: ['192.0.2.25'] },
  '_25._tcp.in.example.se': { TLSA: [`3 1 1 ${'ab'.repeat(32)}`] },
  '_mta-sts.example.se': { TXT: ['v=STSv1; id=20261101'] },
  'mta-sts.example.se': { A: ['192.0.2.80'] },
  '_smtp._tls.example.se': { TXT: ['v=TLSRPTv1; rua=mailto:tls@example.se'] },
  'in2.example.se': { A: ['192.0.2.26'] },
  'feedback-smtp.eu-north-1.amazonses.com': { A: ['198.51.100.25'] },
  'feedback-smtp.eu-west-1.amazonses.com': { A: ['198.51.100.26'] },
};

/** What its web answers beside. */
const soundWeb = {
  'https://mta-sts.example.se/.well-known/mta-sts.txt':
    'version: STSv1\nmode: enforce\nmx: in.example.se\nmx: in2.example.se\nmax_age: 2592000\n',
};

/** Mail servers of its own, which do everything right. */
const soundServers = { 'in.example.se': {}, 'in2.example.se': {} };

/** A browser that was never installed. */
export const noBrowser: Browser = {
  draw: () => Promise.reject(new BrowserError('missing', 'there is no browser in this test')),
  describe: () => Promise.reject(new BrowserError('missing', 'there is no browser in this test')),
  close: async () => {},
};

/** What a mailing needs at least. */
const soundHtml = '<p>Hej!</p><p><a href="https://example.se/lamna">Avregistrera dig</a></p>';

/** What a world hands in, with the sound default for what it leaves out. */
export function handedOf(world: World): Handed {
  const content = world.eml ?? world.mjml ?? world.html ?? soundHtml;
  return {
    bytes: new TextEncoder().encode(content),
    filename: world.eml === undefined ? (world.mjml === undefined ? 'a.html' : 'a.mjml') : 'a.eml',
    from: world.from ?? (world.eml === undefined ? 'Föreningen <nyhetsbrev@example.se>' : undefined),
    replyTo: world.replyTo,
    subject: world.subject ?? (world.eml === undefined ? 'Höstmöte' : undefined),
    mailFrom: world.mailFrom === null ? undefined : (world.mailFrom ?? 'mejl.example.se'),
    class: world.class ?? 'marketing',
    dkimSelectors: world.dkimSelectors === null ? [] : (world.dkimSelectors ?? ['s1']),
    sendingAddresses: world.sendingAddresses,
    mergeFields: world.mergeFields,
    sampleData: world.sampleData,
    requiredFields: world.requiredFields,
    ...(world.routes
      ? {
          mailFrom: undefined,
          routes: world.routes.map(({ transport, mailFrom, dkim = [] }) => ({
            transport,
            mail_from: mailFrom,
            dkim: dkim.map((key) => ({ ...key })),
            signed_by: [],
          })),
        }
      : {}),
  };
}

export async function submissionOf(world: World): Promise<Submission> {
  const result = await readSubmission(handedOf(world), 'org_test', policy.limits);
  if (!result.ok) throw new Error(`the world is not a submission: ${JSON.stringify(result.errors)}`);
  return result.submission;
}

/** A resolver for a zone written as in a zone file. */
export async function resolverOf(
  zone: Record<string, unknown>,
): Promise<Resolver & { close(): Promise<void> }> {
  const parsed = parseZone(zone);
  if (!parsed.ok) throw new Error(`the zone cannot be read: ${parsed.message}`);
  return createZoneResolver(parsed.zone, clock);
}

/** What the test scanner knows as malware. */
export const testSignature = 'KLARSIGNAL-TEST-SIGNATURE';

/** A scanner that says what the world wants of it. */
export function scannerOf(says: NonNullable<World['scanner']>): Scanner {
  return {
    async scan(message) {
      if (says === 'silent') return { known: false, reason: 'unanswered', detail: 'silent in this test' };
      const known = says === 'infected' && Buffer.from(message).includes(testSignature);
      const engine = 'test scanner';
      return known
        ? { known: true, infected: true, signature: 'Test.Signature', engine }
        : { known: true, infected: false, engine };
    },
  };
}

/** What every spam filter takes for spam; no mail has it by chance. */
export const gtube = 'XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X';

/** Spam filters that say what the world wants of them. */
export function spamEnginesOf(engines: NonNullable<World['spamEngines']>): SpamEngine[] {
  return Object.entries(engines).map(([id, says]) => ({
    id,
    async score(message) {
      const engine = `test ${id}`;
      if (says === 'silent') return { known: false, engine, detail: 'silent in this test' };
      const spam = Buffer.from(message).includes(gtube);
      const symbols = spam ? [{ name: 'GTUBE', points: 1000, description: 'Generic test for spam' }] : [];
      const score = spam ? 1000 : 0;
      return { known: true, engine, spam, score, threshold: 5, action: null, symbols, omitted: 0 };
    },
  }));
}

/** Nothing was asked. */
export const noObservations: Observations = { answers: [], fetched: [], greetings: [], identities: [] };

/** A web whose pages are the world's own: what is not there is not reached. */
export const fetcherOf = (web: NonNullable<World['web']>): Fetcher => createPageFetcher(web);

/** The same web, for what a mail links to and shows; nobody is waited for. */
export const visitorOf = (web: NonNullable<World['web']>): Visitor =>
  createVisitor(createPageFetcher(web), { clock, pace: { atOnce: 16, perHost: 16, gapMs: 0 } });

/** Mail servers as the world has them; one that is not there says nothing. */
export const mailServersOf = (servers: NonNullable<World['servers']>): MailServers =>
  createDescribedServers(servers, clock);

/** What providers say in this world. */
export function identitiesOf(identities: NonNullable<World['identities']>): AskIdentity {
  const sound = { domain: 'SUCCESS', dkim: 'SUCCESS', mailFrom: 'SUCCESS', mailFromDomain: null } as const;
  return async (transport) => {
    const told = identities[transport];
    return told && { ...sound, selectors: [], onMxFailure: 'reject', ...told };
  };
}

/** Sending servers of this world: those that its routes go by. */
export function transportsOf({ routes = [], transports = {} }: World): SendingServer[] {
  return routes.map(({ transport: id }) =>
    id === 'ses'
      ? {
          id,
          kind: 'ses',
          provider: 'Amazon SES',
          place: 'eu-north-1',
          spf: 'include:amazonses.com',
          ...transports[id],
        }
      : { id, kind: 'smtp', provider: 'AuthSMTP', place: 'mail.test:465', spf: null, ...transports[id] },
  );
}

/** Gathers what one rule needs from a world, by its first route. */
export async function factsFor(rule: Rule, world: World, browser: Browser): Promise<GatheredFacts> {
  return (await factsByRoute(rule, world, browser)).facts;
}

/** Gathers what one rule needs from a world, as `judge` wants it. */
export async function factsByRoute(rule: Rule, world: World, browser: Browser): Promise<FactsByRoute> {
  const submission = await submissionOf(world);
  const resolver = await resolverOf({ ...soundZone, ...world.zone });
  try {
    const { facts, others } = await gatherAll(
      rule.needs,
      submission,
      {
        resolver,
        browser,
        clock,
        policy,
        clients,
        fetcher: fetcherOf({ ...soundWeb, ...world.web }),
        visitor: visitorOf(world.web ?? {}),
        mailServers: mailServersOf({ ...soundServers, ...world.servers }),
        identity: identitiesOf(world.identities ?? {}),
        transports: transportsOf(world),
        ...(world.scanner ? { scanner: scannerOf(world.scanner) } : {}),
        spamEngines: spamEnginesOf(world.spamEngines ?? {}),
        mime: mimeWriter,
      },
      {
        leaveOut: { dns: false, previews: false },
        signal: new AbortController().signal,
        onProgress: () => {},
      },
    );
    const named = others.map((one) => ({ route: one.route.transport ?? '', facts: one.facts }));
    const [first] = submission.routes;
    return {
      facts,
      ...(named.length > 0 ? { routes: { first: first.transport ?? '', others: named } } : {}),
    };
  } finally {
    await resolver.close();
  }
}

type FactsByRoute = Pick<Judging, 'facts' | 'routes'>;
