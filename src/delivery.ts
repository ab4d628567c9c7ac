/**
 * Law 3: how one attempt to hand a mail over has ended, decided by where it stopped. Pure: nothing here sends,
 * waits or keeps anything.
 */
import { type BounceClass, judge } from './bounces.ts';
import type { PauseReason } from './campaigns/campaign.ts';
import type { Handover, Stage } from './ports.ts';
import type { Policy } from './rule.ts';

export { type Breaker, createBreaker } from './delivery/breaker.ts';
export { type Judged, judgeRates, type Rates, ratesOf } from './delivery/rates.ts';

export interface Ending {
  /**
   * `unavailable`: nothing was handed over, another route may carry it. `retry`: later, on the same route.
   * `unknown`: may have been handed over, so it is never sent again by itself. `pause`: nothing was handed over,
   * and no other attempt would fare better.
   */
  ending: 'accepted' | 'unavailable' | 'rejected' | 'retry' | 'unknown' | 'pause';
  /** The campaign is to stand still; also beside `rejected`. */
  pause?: PauseReason;
  /** Of what was rejected; one judge for what is said at once and for what comes back later. */
  bounceClass?: BounceClass;
  /** The recipient goes on the suppression list, as after a bounce. */
  suppress?: 'bad-address';
}

const unavailable: readonly Stage[] = ['connect', 'tls', 'greeting', 'hello', 'auth', 'throttled', 'refused'];

/** The table of law 3, row by row. */
export function endingOf(handover: Handover): Ending {
  if (handover.kind === 'accepted') return { ending: 'accepted' };
  const { stage, permanent } = handover;
  if (unavailable.includes(stage)) return { ending: 'unavailable' };
  if (stage === 'suspended') return { ending: 'pause', pause: 'provider-suspended' };
  if (stage === 'identity') return { ending: 'pause', pause: 'identity-not-verified' };
  if (stage === 'command') return { ending: 'pause', pause: 'command-refused' };
  // RFC 5321 section 4.2.1: a 4yz is tried again as it was. Another server would ask the same DNS.
  if (stage === 'sender') return { ending: 'retry' };
  if (stage === 'recipient' || stage === 'message') {
    if (!permanent) return { ending: 'retry' };
    if (isPolicy(handover)) {
      return { ending: 'rejected', pause: 'policy-refused', bounceClass: 'policy-block' };
    }
    const bounceClass = classOf(handover);
    if (bounceClass !== 'bad-address') return { ending: 'rejected', bounceClass };
    return {
      ending: 'rejected',
      bounceClass,
      ...(isCertain(handover) ? { suppress: bounceClass } : {}),
    };
  }
  // What is not known to have stopped before the message did not stop there.
  return { ending: 'unknown' };
}

type Failed = Extract<Handover, { kind: 'failed' }>;

/**
 * RFC 3463 section 3.8: the mail is refused for what it is or whose it is, as the next one will be. A status stands
 * right after the reply code (RFC 2034 section 4): elsewhere it may be an IP address, or another server's.
 */
function isPolicy({ enhanced, response }: Failed): boolean {
  return /^5\.7\.\d{1,3}$/.test(
    enhanced ?? /^5\d\d[ -](5\.\d{1,3}\.\d{1,3})(?!\S)/.exec(response)?.[1] ?? '',
  );
}

function classOf({ stage, code, enhanced, response }: Failed): BounceClass {
  const judged = judge({ said: response, enhanced, code: /^[45]\d\d$/.test(code) ? code : null });
  // After the final dot the words may be of any of those that the server passes mail on to.
  return judged === 'bad-address' && stage !== 'recipient' ? 'unknown' : judged;
}

/** The server's own words of the recipient, or a status that says nothing else: a route that fails looks otherwise. */
function isCertain({ code, enhanced, response }: Failed): boolean {
  return (
    /^5\.1\.(?:1|10)$/.test(enhanced ?? '') ||
    judge({ said: response, enhanced: null, code }) === 'bad-address'
  );
}

/**
 * When a mail that was put off is tried again on the same route. Attempts that reached no server count too, so their
 * number alone does not say for how long it has been tried.
 * @param attempt how many attempts it has had. `since`: no attempt is older, such as the campaign's start.
 * @returns undefined when it has been tried for long enough: then it is rejected, as `transient`.
 */
export function retryAt(
  attempt: number,
  since: Date,
  now: Date,
  { retries: { waitsMs, forMs } }: Policy['sending'],
): Date | undefined {
  const last = waitsMs.at(-1) ?? forMs;
  const waits = (count: number) =>
    waitsMs.slice(0, count).reduce((sum, ms) => sum + ms, 0) + Math.max(0, count - waitsMs.length) * last;
  const at = new Date(now.getTime() + (waitsMs[attempt - 1] ?? last));
  return waits(attempt) > forMs && at.getTime() - since.getTime() > forMs ? undefined : at;
}
