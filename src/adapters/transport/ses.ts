/**
 * Mail by Amazon SES, API v2. SES has no idempotency key: the SDK tries once, and each message carries the attempt
 * id as a tag, so that events tell what became of one whose answer never came.
 */
import type { SESv2Client, SESv2ClientConfig } from '@aws-sdk/client-sesv2';
import type { IdentityStatus, Transport, TransportInfo, TransportStatus } from '../../ports.ts';
import { failure, oneLine } from './failure.ts';
import { sesFailure } from './ses/fault.ts';
import { countryOfRegion } from './ses/regions.ts';
import { type Account, RequestHandler, type SesTimeouts } from './ses/request.ts';

export interface SesTransportOptions extends Pick<TransportInfo, 'id' | 'standardFor'> {
  /** eu-north-1 (Stockholm) when left out. */
  region?: string | undefined;
  /** A region outside the EU is refused unless this is true. */
  outsideEu?: boolean | undefined;
  /** Left out: AWS's own chain (environment, shared file, role of the machine). */
  credentials?: { accessKeyId: string; secretAccessKey: string } | undefined;
  configurationSet?: string | undefined;
  /** Calls. Default 20. */
  atOnce?: number | undefined;
  timeouts?: Partial<SesTimeouts>;
}

/** The API's address and who signs for it, for tests; never from configuration. */
export interface SesEndpoint {
  url: string;
  ca?: readonly string[];
}

const patience: SesTimeouts = { connect: 10_000, answer: 60_000, idle: 4_000 };

/** Of the tag that carries the attempt id. */
export const sesTag = 'klarsignal-delivery';

/** A tag's value may have letters, digits, `_` and `-`: the dots of an attempt id become hyphens. */
export function sesTagValue(attempt: string): string {
  return attempt.replaceAll('.', '-').replace(/[^A-Za-z0-9_-]/g, '_');
}

/** @throws RangeError when the region is unknown, or outside the EU without leave. */
export function createSesTransport(options: SesTransportOptions, endpoint?: SesEndpoint): Transport {
  const region = options.region ?? 'eu-north-1';
  const country = countryOfRegion(region, options.outsideEu ?? false);
  const atOnce = options.atOnce ?? 20;
  const handler = new RequestHandler(atOnce, { ...patience, ...options.timeouts }, endpoint?.ca);
  let client: SESv2Client | undefined;
  /** Loaded by the first call: the service need not wait for it when it starts, or have it where nothing is sent. */
  async function openClient() {
    const sdk = await import('@aws-sdk/client-sesv2');
    client ??= new sdk.SESv2Client({
      region,
      maxAttempts: 1,
      requestHandler: handler as unknown as NonNullable<SESv2ClientConfig['requestHandler']>,
      ...(options.credentials ? { credentials: options.credentials } : {}),
      ...(endpoint ? { endpoint: endpoint.url } : {}),
    });
    return { sdk, client };
  }

  /** A signal of its own for each call: by it the handler keeps the account of the call. */
  async function call<T>(
    signal: AbortSignal,
    act: (opened: Awaited<ReturnType<typeof openClient>>, abortSignal: AbortSignal) => Promise<T>,
  ): Promise<T | Fallen> {
    const giving = new AbortController();
    const pass = () => giving.abort(signal.reason);
    signal.addEventListener('abort', pass, { once: true });
    if (signal.aborted) pass();
    const account = handler.follow(giving.signal);
    try {
      return await act(await openClient(), giving.signal);
    } catch (error) {
      return new Fallen(error, account, signal.aborted);
    } finally {
      signal.removeEventListener('abort', pass);
    }
  }

  return {
    id: options.id,
    kind: 'ses',
    provider: 'Amazon SES',
    country,
    place: region,
    spf: 'include:amazonses.com',
    standardFor: options.standardFor,
    ...(options.configurationSet ? { configurationSet: options.configurationSet } : {}),
    atOnce,
    async send(mail, signal) {
      const asked = {
        // The envelope's recipient. The envelope's sender is SES's own, under the identity's MAIL FROM domain.
        Destination: { ToAddresses: [mail.recipient] },
        Content: { Raw: { Data: mail.raw } },
        EmailTags: [{ Name: sesTag, Value: sesTagValue(mail.attempt) }],
        ...(options.configurationSet ? { ConfigurationSetName: options.configurationSet } : {}),
      };
      const sent = await call(signal, ({ sdk, client }, abortSignal) =>
        client.send(new sdk.SendEmailCommand(asked), { abortSignal }),
      );
      if (sent instanceof Fallen) return sent.failure();
      const id = sent.MessageId ?? null;
      return { kind: 'accepted', providerId: id, response: oneLine(`200 ${id ?? ''}`) };
    },
    async status(signal) {
      const found = await call(signal, ({ sdk, client }, abortSignal) =>
        client.send(new sdk.GetAccountCommand({}), { abortSignal }),
      );
      if (found instanceof Fallen) return unanswered(found);
      const { SendQuota: quota, SendingEnabled, EnforcementStatus = 'HEALTHY' } = found;
      const suspended = SendingEnabled === false || EnforcementStatus !== 'HEALTHY';
      return {
        available: !suspended,
        suspended,
        sandbox: found.ProductionAccessEnabled === false,
        perSecond: limit(quota?.MaxSendRate),
        perDay: limit(quota?.Max24HourSend),
        sentToday: quota?.SentLast24Hours ?? null,
        detail: `${EnforcementStatus}${SendingEnabled === false ? ', sending is paused' : ''}`,
      };
    },
    async identity(domain, signal) {
      const found = await call(signal, ({ sdk, client }, abortSignal) =>
        client.send(new sdk.GetEmailIdentityCommand({ EmailIdentity: domain }), { abortSignal }),
      );
      if (!(found instanceof Fallen)) return told(found);
      return (found.error as Error).name === 'NotFoundException' ? absent : undefined;
    },
    async close() {
      client?.destroy();
      handler.destroy();
    },
  };
}

class Fallen {
  readonly error: unknown;
  readonly account: Account;
  readonly givenUp: boolean;
  constructor(error: unknown, account: Account, givenUp: boolean) {
    this.error = error;
    this.account = account;
    this.givenUp = givenUp;
  }
  failure() {
    if (this.givenUp && this.account.status === null) {
      return failure(this.account.written ? 'handed-over' : 'connect', false, 'ABORTED', 'given up');
    }
    return sesFailure(this.error, this.account);
  }
}

function unanswered(fallen: Fallen): TransportStatus {
  const { stage, code, response } = fallen.failure();
  return {
    available: false,
    suspended: stage === 'suspended',
    sandbox: false,
    perSecond: null,
    perDay: null,
    sentToday: null,
    detail: `${code} ${response}`,
  };
}

/** -1: unlimited. */
function limit(most: number | undefined): number | null {
  return most === undefined || most < 0 ? null : most;
}

interface Identity {
  VerifiedForSendingStatus?: boolean | undefined;
  VerificationStatus?: string | undefined;
  DkimAttributes?:
    | { SigningEnabled?: boolean | undefined; Status?: string | undefined; Tokens?: string[] | undefined }
    | undefined;
  MailFromAttributes?:
    | {
        MailFromDomain: string | undefined;
        MailFromDomainStatus: string | undefined;
        BehaviorOnMxFailure: string | undefined;
      }
    | undefined;
}

/** For a domain that SES does not know at all. */
const absent: IdentityStatus = {
  domain: 'NOT_FOUND',
  dkim: 'NOT_FOUND',
  mailFrom: 'NOT_FOUND',
  mailFromDomain: null,
  selectors: [],
  onMxFailure: null,
};

function told({
  VerifiedForSendingStatus,
  VerificationStatus,
  DkimAttributes,
  MailFromAttributes,
}: Identity): IdentityStatus {
  const { MailFromDomain, MailFromDomainStatus, BehaviorOnMxFailure } = MailFromAttributes ?? {};
  const unverified =
    VerificationStatus === undefined || VerificationStatus === 'SUCCESS'
      ? 'NOT_VERIFIED'
      : VerificationStatus;
  return {
    domain: VerifiedForSendingStatus === true ? 'SUCCESS' : unverified,
    dkim: DkimAttributes?.SigningEnabled === false ? 'DISABLED' : (DkimAttributes?.Status ?? 'NOT_STARTED'),
    mailFrom: MailFromDomain ? (MailFromDomainStatus ?? 'PENDING') : 'NOT_SET',
    mailFromDomain: MailFromDomain || null,
    selectors: DkimAttributes?.Tokens ?? [],
    onMxFailure:
      BehaviorOnMxFailure === 'REJECT_MESSAGE'
        ? 'reject'
        : BehaviorOnMxFailure === 'USE_DEFAULT_VALUE'
          ? 'default'
          : null,
  };
}
