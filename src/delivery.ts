/**
 * Law 3: how one attempt to hand a mail over has ended, decided by where it stopped. Pure: nothing here sends,
 * waits or keeps anything.
 */
import type { PauseReason } from './campaigns/campaign.ts';
import type { Handover, Stage } from './ports.ts';
import type { Policy } from './rule.ts';

export { type Breaker, createBreaker } from './delivery/breaker.ts';
export { type Judged, judgeRates, type Rates, ratesOf } from './delivery/rates.ts';

/** As events have it; a rejection at once is put in the same classes. */
export type BounceClass = 'bad-address' | 'mailbox' | 'policy-block' | 'transient' | 'unknown';

export interface Ending {
  /**
   * `unavailable`: nothing was handed over, another route may carry it. `retry`: later, on the same route.
   * `unknown`: may have been handed over, so it is never sent again by itself. `pause`: nothing was handed over,
   * and no other attempt would fare better.
   */
  ending: 'accepted' | 'unavailable' | 'rejected' | 'retry' | 'unknown' | 'pause';
  /** The campaign is to stand still; also beside `rejected`. */
  pause?: PauseReason;
  /** Of what was rejected. */
  bounceClass?: BounceClass;
}

const unavailable: readonly Stage[] = ['connect', 'tls', 'greeting', 'hello', 'auth', 'throttled', 'refused'];

/** The table of law 3, row by row. */
export function endingOf(handover: Handover): Ending {
  if (handover.kind === 'accepted') return { ending: 'accepted' };
  const { stage, permanent } = handover;
  if (unavailable.includes(stage)) return { ending: 'unavailable' };
  if (stage === 'suspended') return { ending: 'pause', pause: 'provider-suspended' };
  if (stage === 'identity') return { ending: 'pause', pause: 'identity-not-verified' };
  // RFC 5321 section 4.2.1: a 4yz is tried again as it was. Another server would ask the same DNS.
  if (stage === 'sender') return { ending: 'retry' };
  if (stage === 'recipient' || stage === 'message') {
    if (!permanent) return { ending: 'retry' };
    if (isPolicy(handover)) {
      return { ending: 'rejected', pause: 'policy-refused', bounceClass: 'policy-block' };
    }
    return { ending: 'rejected', bounceClass: classOf(handover) };
  }
  // What is not known to have stopped before the message did not stop there.
  return { ending: 'unknown' };
}

type Failed = Extract<Handover, { kind: 'failed' }>;

/** RFC 3463 section 3.8: the mail is refused for what it is or whose it is, as the next one will be. */
function isPolicy({ enhanced, response }: Failed): boolean {
  return /^5\.7\.\d+$/.test(enhanced ?? /\b5\.\d{1,3}\.\d{1,3}\b/.exec(response)?.[0] ?? '');
}

/** RFC 3463 section 3.2, without 5.1.7 and 5.1.8, which speak of the sender's address. */
const badAddress = /^5\.1\.(?:[1-6]|10)$/;
const unknownUser =
  /\b(?:(?:no such|unknown|invalid|nonexistent) (?:user|mailbox|recipient|account|address)|(?:user|mailbox|recipient|account|address)(?: is)? (?:unknown|not found|does not exist|doesn't exist|not exist))\b/i;

function classOf({ stage, code, enhanced, response }: Failed): BounceClass {
  if (enhanced && /^5\.2\.[12]$/.test(enhanced)) return 'mailbox';
  if (stage !== 'recipient') return 'unknown';
  if (enhanced) return badAddress.test(enhanced) ? 'bad-address' : 'unknown';
  return code === '550' && unknownUser.test(response) ? 'bad-address' : 'unknown';
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
