/**
 * Judges a rehearsal as a mailbox provider would: SPF by the address it came from, DKIM by its signatures, and
 * whether one of the two aligns with From as DMARC asks. Facts are gathered by the same hands as in an audit.
 */
import { coversOneClick } from './client/headers.ts';
import type { GatheredFacts } from './facts/facts.ts';
import type { Clock, ReceivedMail, Rehearsal, Resolver, SpfCheck } from './ports.ts';
import { reverseOf } from './received/reverse.ts';
import { askReturns } from './senders.ts';
import { type Handed, readSubmission, type Submission, type SubmissionLimits } from './submission.ts';

/**
 * What is to be mended in a route, the gravest first. The last two tell of bounces that do not come to us; `unsure`: DNS
 * gave no definite answer about something.
 */
export const rehearsalProblems = [
  'unreadable',
  'from-other',
  'dkim-absent',
  'dkim-failed',
  'dkim-not-aligned',
  'dkim-uncovered',
  'spf',
  'spf-open',
  'dmarc-missing',
  'dmarc-failed',
  'no-tls',
  'reverse-dns',
  'unsure',
  'no-events',
  'bounces-elsewhere',
] as const;
export type RehearsalProblem = (typeof rehearsalProblems)[number];

/** They do not stand in a mail's way, but nobody hears of its bounces. */
const ofReturning: readonly RehearsalProblem[] = ['no-events', 'bounces-elsewhere'];

export interface JudgeOptions {
  spf: SpfCheck;
  resolver: Resolver;
  /** Gathers the DKIM and DMARC facts of what was received; the host binds it to its world. */
  gather(
    names: readonly ('dkim' | 'dmarc')[],
    submission: Submission,
    signal: AbortSignal,
  ): Promise<Pick<GatheredFacts, 'dkim' | 'dmarc'>>;
  limits: SubmissionLimits;
  clock: Clock;
}

/** When the rehearsal was sent, by whose organisation, for which From domain, and how. */
export interface RehearsalOrder {
  organisation: string;
  startedAt: string;
  domain: string;
  /** Keys of the route; empty: its provider has not said with which it signs. */
  dkim: readonly { d: string; s: string }[];
  /** How bounces reach us: the MAIL FROM (or `@` and its domain), and the host of its MX. undefined: nobody tells of them. */
  bounces: { mailFrom: string; host: string } | undefined;
}

/**
 * @returns what a route is armed by; `detail` says in a few words of the trade what was seen
 */
export async function judgeReceived(
  mail: ReceivedMail,
  order: RehearsalOrder,
  { spf, resolver, gather, limits, clock }: JudgeOptions,
  signal: AbortSignal,
): Promise<Rehearsal> {
  const envelopeDomain = domainOf(mail.mailFrom);
  const handed: Handed = {
    bytes: mail.bytes,
    filename: 'rehearsal.eml',
    mailFrom: envelopeDomain || undefined,
  };
  const [{ result: spfResult }, anybody, reverse, read, returning] = await Promise.all([
    spf.check({ ip: mail.ip, helo: mail.helo, mailFrom: mail.mailFrom }, signal),
    spf.check({ ip: nobodys, helo: mail.helo, mailFrom: mail.mailFrom }, signal),
    reverseOf(mail.ip, resolver, signal),
    readSubmission(handed, order.organisation, limits),
    returnOf(mail.mailFrom, order.bounces, resolver, signal),
  ]);
  const found = new Set<RehearsalProblem>(returning);
  if (!mail.tls) found.add('no-tls');
  // Gmail and others refuse whom nothing names (5.7.25), or defer him for hours.
  if (reverse !== 'confirmed') found.add(reverse === 'unknown' ? 'unsure' : 'reverse-dns');
  if (anybody.result === 'pass') found.add('spf-open');
  if (spfResult !== 'pass') found.add(spfResult === 'temperror' ? 'unsure' : 'spf');
  const ended = (known: Partial<Rehearsal>): Rehearsal => {
    const problems = rehearsalProblems.filter((problem) => found.has(problem));
    return {
      startedAt: order.startedAt,
      endedAt: clock.now().toISOString(),
      passed: problems.every((problem) => ofReturning.includes(problem)),
      returns: returning.length === 0,
      problems,
      spf: spfResult,
      dkim: 'none',
      dmarc: 'temperror',
      envelopeFrom: mail.mailFrom,
      dkimDomains: [],
      ip: mail.ip,
      tls: mail.tls,
      detail: '',
      ...known,
    };
  };
  const problem = (code: RehearsalProblem, known: Partial<Rehearsal>) => {
    found.add(code);
    return ended(known);
  };
  if (!read.ok) return problem('unreadable', { detail: `unreadable: ${read.errors[0].code}` });
  const { submission } = read;
  const { dkim, dmarc } = await gather(['dkim', 'dmarc'], submission, signal);
  const signatures = dkim?.known ? dkim.value.signatures : [];
  const ours = signatures.filter(
    ({ domain, selector }) =>
      order.dkim.length === 0 || order.dkim.some(({ d, s }) => d === domain && s === selector),
  );
  const dkimResult = ours.some(({ result }) => result === 'pass')
    ? 'pass'
    : !dkim?.known || ours.some(({ result }) => result === 'unknown')
      ? 'temperror'
      : ours.length > 0
        ? 'fail'
        : 'none';
  const passing = signatures.filter(({ result }) => result === 'pass');
  const dkimDomains = [...new Set(passing.flatMap(({ domain }) => domain ?? []))];
  const known = { dkim: dkimResult, dkimDomains };
  // A message in another's name arms nobody's route.
  const from = submission.from.domain;
  if (from !== order.domain && !from.endsWith(`.${order.domain}`))
    return problem('from-other', { ...known, detail: `From is in ${from}` });
  if (dkimResult !== 'pass') found.add(dkimProblems[dkimResult]);
  if (!dmarc?.known) return problem('unsure', { ...known, detail: 'DMARC could not be looked up' });
  const { value } = dmarc;
  const isAligned = (domain: string | null) =>
    value.signers.find((signer) => signer.domain === domain)?.alignment ?? 'not-aligned';
  const bySpf =
    spfResult === 'pass' && envelopeDomain !== '' ? (value.spfAlignment ?? 'not-aligned') : 'not-aligned';
  const byDkim = dkimDomains.map(isAligned);
  const sound = ours.filter(({ result }) => result === 'pass');
  const aligned = sound.filter(({ domain }) => isAligned(domain) === 'aligned');
  if (sound.some(({ domain }) => isAligned(domain) === 'unknown') && aligned.length === 0)
    found.add('unsure');
  else if (dkimResult === 'pass' && aligned.length === 0) found.add('dkim-not-aligned');
  if (aligned.length > 0 && !aligned.some(({ signed }) => coversOneClick(signed)))
    found.add('dkim-uncovered');
  const detail = [`SPF ${spfResult} (${bySpf})`, `DKIM ${dkimResult} (${byDkim.join(', ') || 'none'})`].join(
    ', ',
  );
  if (value.applied === 'none') return problem('dmarc-missing', { ...known, dmarc: 'none', detail });
  const ways = [bySpf, ...byDkim];
  const isUnsure =
    value.applied === 'unknown' ||
    ways.includes('unknown') ||
    spfResult === 'temperror' ||
    dkimResult === 'temperror';
  const dmarcResult = ways.includes('aligned') ? 'pass' : isUnsure ? 'temperror' : 'fail';
  if (dmarcResult !== 'pass') found.add(dmarcResult === 'fail' ? 'dmarc-failed' : 'unsure');
  // Orange and others want SPF and DKIM both; so does whoever rehearses, since one of them may break on the way.
  return ended({ ...known, dmarc: dmarcResult, detail });
}

/** RFC 1112 section 4: an address that no server has. Who lets it send lets everybody, as `+all` does. */
const nobodys = '240.0.0.1';

const dkimProblems = { none: 'dkim-absent', fail: 'dkim-failed', temperror: 'unsure' } as const;

/** Why bounces would not come to us; empty: they do. A provider may put a MAIL FROM of its own in the place of ours. */
async function returnOf(
  mailFrom: string,
  bounces: RehearsalOrder['bounces'],
  resolver: Resolver,
  signal: AbortSignal,
): Promise<RehearsalProblem[]> {
  if (!bounces) return ['no-events'];
  const wanted = bounces.mailFrom.toLowerCase();
  const arrived = mailFrom.toLowerCase();
  const same = wanted.startsWith('@') ? arrived.endsWith(wanted) : arrived === wanted;
  if (!same) return ['bounces-elsewhere'];
  const returns = await askReturns(
    resolver,
    { mailFrom: domainOf(mailFrom), host: bounces.host.toLowerCase() },
    signal,
  );
  if (returns === 'here') return [];
  return returns === 'elsewhere' ? ['bounces-elsewhere'] : ['unsure', 'bounces-elsewhere'];
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
