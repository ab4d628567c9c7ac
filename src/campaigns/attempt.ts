/** One attempt: a recipient's mail is composed and handed over, and what came of it becomes a line for the ledger. */
import { returnPathOf } from '../bounces/return-path.ts';
import { type Ending, endingOf, retryAt } from '../delivery.ts';
import type { CampaignRow, DeliveryRow, Handover, Settled } from '../ports.ts';
import { unsubscribeUrl } from '../unsubscribe.ts';
import type { PauseReason } from './campaign.ts';
import type { AuditedMessage } from './message.ts';
import type { CampaignsOptions } from './options.ts';
import { isPublic } from './order.ts';
import type { CampaignRoute } from './route.ts';

export interface Attempted {
  settled: Settled;
  /** For the breaker: `pause` where the route's health has not shown. */
  ending: Ending['ending'];
  pause: PauseReason | undefined;
  /** What the server refused for good without a word on why this one: the whole mail, or whom it is for. */
  refused: 'message' | 'recipient' | undefined;
  /** The route was unavailable for what a wait does not mend, such as a wrong password or certificate. */
  lasting: boolean;
  /** No mail could be made of the row: nothing was handed over. */
  uncomposed: boolean;
}

/** The mail of one recipient. @returns why there is none, where the row's values do not fit the audited mail. */
export function composeOne(
  { keyring, clock, url }: Pick<CampaignsOptions, 'keyring' | 'clock' | 'url'>,
  { organisation }: Pick<CampaignRow, 'organisation'>,
  { mail }: AuditedMessage,
  { address, addressHash, fields }: Pick<DeliveryRow, 'address' | 'addressHash' | 'fields'>,
  messageId: string,
) {
  return mail.compose({
    to: address ?? '',
    fields: fields ?? {},
    unsubscribeUrl: isPublic(url) ? unsubscribeUrl(keyring, url, organisation, addressHash) : null,
    messageId,
    date: clock.now(),
  });
}

/** Never rejects for what a server does; for a fault of ours before anything was handed over it does. */
export async function attempt(
  options: Pick<CampaignsOptions, 'keyring' | 'mime' | 'clock' | 'policy' | 'url'>,
  campaign: CampaignRow,
  message: AuditedMessage,
  route: CampaignRoute,
  row: DeliveryRow,
  signal: AbortSignal,
): Promise<Attempted> {
  const { keyring, mime, clock, policy } = options;
  const id = `${row.campaign}.${row.number}.${row.attempt}`;
  const composed = composeOne(options, campaign, message, row, `${id}@${route.mailFrom}`);
  if ('refused' in composed) {
    const response = composed.field ? `${composed.refused}: ${composed.field}` : composed.refused;
    const settled = line(row, 'cancelled', { code: 'not-composed', response });
    return {
      settled,
      ending: 'pause',
      pause: undefined,
      refused: undefined,
      lasting: false,
      uncomposed: true,
    };
  }
  const raw = await mime.write(composed);
  // RFC 6647: greylisting knows the same envelope alone. A server that has put mail off has none of it.
  const first = `${row.campaign}.${row.number}.${row.lostAttempt + 1}`;
  const envelopeFrom = returnPathOf(keyring, first, route.mailFrom);
  const mail = { attempt: id, envelopeFrom, recipient: row.address ?? '', dkim: route.dkim, raw };
  const handover = await route.transport.send(mail, signal).catch(
    // It was under way: whatever a transport throws, the mail may be with the server.
    (error: unknown): Handover => ({
      kind: 'failed',
      stage: 'handed-over',
      permanent: false,
      code: error instanceof Error ? error.name : 'crashed',
      enhanced: null,
      response: '',
    }),
  );
  const since = new Date(campaign.startedAt ?? campaign.createdAt);
  return settle(row, handover, route, since, clock.now(), policy.sending);
}

function settle(
  row: DeliveryRow,
  handover: Handover,
  route: CampaignRoute,
  since: Date,
  now: Date,
  sending: CampaignsOptions['policy']['sending'],
): Attempted {
  const { ending, pause, bounceClass, suppress } = endingOf(handover);
  const said =
    handover.kind === 'accepted'
      ? { code: null, response: handover.response, providerId: handover.providerId }
      : { code: handover.code, enhanced: handover.enhanced, response: handover.response };
  const failed = handover.kind === 'failed' ? handover : undefined;
  const refused =
    ending !== 'rejected' || !failed
      ? undefined
      : failed.stage === 'message'
        ? 'message'
        : failed.stage === 'recipient' && !isOfRecipient(bounceClass, failed.enhanced)
          ? 'recipient'
          : undefined;
  const lasting = ending === 'unavailable' && failed?.permanent === true;
  const done = (settled: Settled): Attempted => ({
    ...{ settled, ending, pause, refused, lasting },
    uncomposed: false,
  });
  switch (ending) {
    case 'accepted':
    case 'unknown':
      return done(line(row, ending, said));
    case 'rejected':
      return done(
        line(row, ending, {
          ...said,
          bounceClass: bounceClass ?? 'unknown',
          ...(suppress ? { suppress } : {}),
        }),
      );
    case 'retry': {
      const at = retryAt(row.attempt, since, now, sending);
      if (!at) return done(line(row, 'rejected', { ...said, bounceClass: 'transient' }));
      // The primary comes back by itself; a reserve that has been left may not be needed again.
      if (route.role === 'reserve') return done(putBack(row, said, at));
      const sameRouteUntil = new Date(now.getTime() + sending.retries.forMs).toISOString();
      return done({ ...putBack(row, said, at), sameRouteUntil });
    }
    default: {
      // Nothing was handed over: another turn soon, by whichever route carries the campaign then.
      const at = new Date(now.getTime() + (ending === 'pause' ? 0 : sending.again));
      return done(putBack(row, said, at));
    }
  }
}

/** Where it is about the recipient alone. A server's own limit may be told in the words of a full mailbox. */
function isOfRecipient(bounceClass: Ending['bounceClass'], enhanced: string | null): boolean {
  return bounceClass === 'bad-address' || (bounceClass === 'mailbox' && /^5\.2\.[0-4]$/.test(enhanced ?? ''));
}

function line(
  { number, attempt: nth }: DeliveryRow,
  state: Settled['state'],
  said: Partial<Pick<Settled, 'code' | 'enhanced' | 'response' | 'providerId' | 'bounceClass' | 'suppress'>>,
): Settled {
  const nothing = { code: null, enhanced: null, response: null, providerId: null };
  return { ...nothing, ...said, number, attempt: nth, state };
}

function putBack(row: DeliveryRow, said: Parameters<typeof line>[2], at: Date): Settled {
  return { ...line(row, 'pending', said), dueAt: at.toISOString() };
}

/** Puts a row back whose attempt never began, since something of ours failed. */
export function untouched(row: DeliveryRow, now: Date): Settled {
  return putBack(row, { code: 'crashed' }, now);
}
