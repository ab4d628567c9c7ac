/** A message that came back by mail becomes an event. */
import { type Attempt, type Report, readAttempt, readReturnPath } from '../bounces.ts';
import type { DeliveryEvent, Keyring } from '../ports.ts';

/**
 * What a report says of the attempt that the address it came to names. undefined: nothing, such as an automatic
 * reply.
 */
export function eventOfReport(
  report: Report,
  attempt: Attempt,
  at: string,
): Omit<DeliveryEvent, 'id'> | undefined {
  const about = {
    ...attempt,
    at,
    code: report.code,
    enhanced: report.enhanced,
    response: report.response,
  };
  if (report.kind === 'other') return undefined;
  if (report.kind === 'complaint') return { ...about, kind: 'complained', suppress: 'complaint' };
  if (report.action === 'delayed') return { ...about, kind: 'delayed' };
  const bounceClass = report.class ?? 'unknown';
  return {
    ...about,
    kind: 'bounced',
    bounceClass,
    permanent: report.permanent,
    ...(bounceClass === 'bad-address' ? { suppress: 'bad-address' as const } : {}),
  };
}

/**
 * Whose complaint it is when it came to an address that names no attempt, such as one of a feedback loop: only by
 * our own token in the original's Return-Path. A Message-ID alone anybody could have written.
 */
export function attemptOfOriginal(
  keyring: Pick<Keyring, 'isMac'>,
  { original, returnPath }: Pick<Report, 'original' | 'returnPath'>,
): Attempt | undefined {
  const attempt = returnPath === null ? undefined : readReturnPath(keyring, returnPath);
  const named = readAttempt(original?.split('@')[0] ?? '');
  const differ = attempt && named && (named.campaign !== attempt.campaign || named.number !== attempt.number);
  return differ ? undefined : attempt;
}
