/** What an error of SES's means for the attempt (API v2, “SendEmail”, “Errors”). */
import type { Stage } from '../../../ports.ts';
import { type Failure, failure } from '../failure.ts';
import type { Account } from './request.ts';

interface SesError extends Error {
  code?: string;
  $metadata?: { httpStatusCode?: number };
}

const documented: Record<string, readonly [stage: Stage, permanent: boolean]> = {
  TooManyRequestsException: ['throttled', false],
  LimitExceededException: ['throttled', false],
  Throttling: ['throttled', false],
  ThrottlingException: ['throttled', false],
  SendingPausedException: ['suspended', false],
  AccountSuspendedException: ['suspended', true],
  MailFromDomainNotVerifiedException: ['identity', true],
  MailFromDomainNotVerified: ['identity', true],
  MessageRejected: ['message', true],
  BadRequestException: ['message', true],
  // The configuration set: nothing goes before it is there.
  NotFoundException: ['refused', true],
};

/** Will be as wrong in an hour. */
const lastingCertificate = /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|HOSTNAME_MISMATCH/;
const certificate = /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_|EPROTO$|HOSTNAME_MISMATCH/;

/** @param account how far the request came; none of its own when the SDK failed before it. */
export function sesFailure(raised: unknown, { written, status }: Account): Failure {
  const error = raised as SesError;
  const named = /Exception|Rejected|Throttling|NotVerified/.test(error.name);
  const code = status === null ? (error.code ?? error.name) : named ? error.name : status;
  const told = (stage: Stage, permanent: boolean) => failure(stage, permanent, code, error.message);
  if (status === null) {
    if (written) return told('handed-over', false);
    if (/Credentials|TokenProvider/.test(error.name)) return told('auth', false);
    const raisedBy = error.code ?? '';
    return told(certificate.test(raisedBy) ? 'tls' : 'connect', lastingCertificate.test(raisedBy));
  }
  // An answer that says yes but cannot be read, or did not come to its end.
  if (status < 300) return told('handed-over', false);
  if (status >= 500) return written ? told('handed-over', false) : told('refused', false);
  const [stage, permanent] = documented[error.name] ?? byStatus(status);
  // The sender's address, or in the sandbox the recipient's.
  if (error.name === 'MessageRejected' && /not verified/i.test(error.message)) return told('identity', true);
  return told(stage, permanent);
}

function byStatus(status: number): readonly [Stage, boolean] {
  if (status === 401 || status === 403) return ['auth', true];
  if (status === 429) return ['throttled', false];
  if (status === 413) return ['message', true];
  return ['refused', status < 500 && status >= 400];
}
