/**
 * Judges a rehearsal as a mailbox provider would: SPF by the address it came from, DKIM by its signatures, and
 * whether one of the two aligns with From as DMARC asks. Facts are gathered by the same hands as in an audit.
 */
import type { GatheredFacts } from './facts/facts.ts';
import type { Clock, ReceivedMail, Rehearsal, SpfCheck } from './ports.ts';
import { type Handed, readSubmission, type Submission, type SubmissionLimits } from './submission.ts';

export interface JudgeOptions {
  spf: SpfCheck;
  /** Gathers the DKIM and DMARC facts of what was received; the host binds it to its world. */
  gather(
    names: readonly ('dkim' | 'dmarc')[],
    submission: Submission,
    signal: AbortSignal,
  ): Promise<Pick<GatheredFacts, 'dkim' | 'dmarc'>>;
  limits: SubmissionLimits;
  clock: Clock;
}

/**
 * @param order when the rehearsal was sent, by whose organisation, and the From domain it was sent for
 * @returns what a route is armed by; `detail` says in a few words of the trade why it did not pass
 */
export async function judgeReceived(
  mail: ReceivedMail,
  order: { organisation: string; startedAt: string; domain: string },
  { spf, gather, limits, clock }: JudgeOptions,
  signal: AbortSignal,
): Promise<Rehearsal> {
  const envelopeDomain = domainOf(mail.mailFrom);
  const about = { startedAt: order.startedAt, envelopeFrom: mail.mailFrom, ip: mail.ip, tls: mail.tls };
  const failed = (detail: string, known: Partial<Rehearsal> = {}): Rehearsal => ({
    ...about,
    endedAt: clock.now().toISOString(),
    passed: false,
    spf: 'none',
    dkim: 'none',
    dmarc: 'temperror',
    dkimDomains: [],
    detail,
    ...known,
  });
  const handed: Handed = {
    bytes: mail.bytes,
    filename: 'rehearsal.eml',
    mailFrom: envelopeDomain || undefined,
  };
  const [{ result: spfResult }, read] = await Promise.all([
    spf.check({ ip: mail.ip, helo: mail.helo, mailFrom: mail.mailFrom }, signal),
    readSubmission(handed, order.organisation, limits),
  ]);
  if (!read.ok) return failed(`unreadable: ${read.errors[0].code}`, { spf: spfResult });
  const { submission } = read;
  const { dkim, dmarc } = await gather(['dkim', 'dmarc'], submission, signal);
  const signatures = dkim?.known ? dkim.value.signatures : [];
  const passing = signatures.filter(({ result }) => result === 'pass');
  const dkimResult =
    passing.length > 0
      ? 'pass'
      : !dkim?.known || signatures.some(({ result }) => result === 'unknown')
        ? 'temperror'
        : signatures.length > 0
          ? 'fail'
          : 'none';
  const dkimDomains = [...new Set(passing.flatMap(({ domain }) => domain ?? []))];
  const known = { spf: spfResult, dkim: dkimResult, dkimDomains };
  // A message in another's name arms nobody's route.
  const from = submission.from.domain;
  if (from !== order.domain && !from.endsWith(`.${order.domain}`)) return failed(`From is in ${from}`, known);
  if (!dmarc?.known) return failed('DMARC could not be looked up', known);
  const { value } = dmarc;
  if (value.applied === 'none') return failed('no DMARC record', { ...known, dmarc: 'none' });
  const bySpf =
    spfResult === 'pass' && envelopeDomain !== '' ? (value.spfAlignment ?? 'not-aligned') : 'not-aligned';
  const byDkim = value.signers
    .filter(({ domain }) => dkimDomains.includes(domain))
    .map(({ alignment }) => alignment);
  const ways = [bySpf, ...byDkim];
  const isUnsure =
    value.applied === 'unknown' ||
    ways.includes('unknown') ||
    spfResult === 'temperror' ||
    dkimResult === 'temperror';
  const dmarcResult = ways.includes('aligned') ? 'pass' : isUnsure ? 'temperror' : 'fail';
  const detail = [`SPF ${spfResult} (${bySpf})`, `DKIM ${dkimResult} (${byDkim.join(', ') || 'none'})`].join(
    ', ',
  );
  return {
    ...about,
    ...known,
    endedAt: clock.now().toISOString(),
    // Orange and others want both; so does whoever rehearses, since one of them may break on the way.
    passed: dmarcResult === 'pass' && spfResult === 'pass' && dkimResult === 'pass',
    dmarc: dmarcResult,
    detail,
  };
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
