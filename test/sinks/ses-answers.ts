/** Answers of SES API v2 as AWS documents them. */

/** API reference, “SendEmail” and “Common errors”. */
export const awsErrors = {
  TooManyRequestsException: { status: 429, message: 'Maximum sending rate exceeded.' },
  LimitExceededException: { status: 400, message: 'Daily message quota exceeded.' },
  ThrottlingException: { status: 400, message: 'Rate exceeded' },
  SendingPausedException: { status: 400, message: 'Sending is paused for this account.' },
  AccountSuspendedException: { status: 400, message: 'Account has been suspended.' },
  MailFromDomainNotVerifiedException: {
    status: 400,
    message: 'The required MX record was not found for the MAIL FROM domain.',
  },
  MessageRejected: { status: 400, message: 'Message contains a virus.' },
  BadRequestException: { status: 400, message: 'Missing final “@domain”' },
  NotFoundException: { status: 404, message: 'Configuration set <klarsignal> does not exist.' },
  InternalServiceErrorException: { status: 500, message: 'The request processing has failed.' },
  ServiceUnavailableException: { status: 503, message: 'The service is temporarily unavailable.' },
  AccessDeniedException: { status: 403, message: 'User is not authorized to perform: ses:SendEmail' },
  UnrecognizedClientException: {
    status: 403,
    message: 'The security token included in the request is invalid.',
  },
  InvalidSignatureException: { status: 403, message: 'Signature expired.' },
  ExpiredTokenException: { status: 403, message: 'The security token included in the request is expired' },
  SomethingNewException: { status: 422, message: 'We had not heard of this one.' },
} as const;

export type AwsError = keyof typeof awsErrors;

export function healthyAccount() {
  return {
    DedicatedIpAutoWarmupEnabled: false,
    EnforcementStatus: 'HEALTHY',
    ProductionAccessEnabled: true,
    SendingEnabled: true,
    SendQuota: { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: 120 },
    SuppressionAttributes: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
  };
}

/** As GetEmailIdentity answers for a domain with Easy DKIM and a custom MAIL FROM, all found in DNS. */
export function verifiedIdentity(_domain: string, mailFrom: string, tokens = ['aaa', 'bbb', 'ccc']) {
  return {
    IdentityType: 'DOMAIN',
    FeedbackForwardingStatus: false,
    VerifiedForSendingStatus: true,
    VerificationStatus: 'SUCCESS',
    DkimAttributes: {
      SigningEnabled: true,
      Status: 'SUCCESS',
      Tokens: tokens,
      SigningAttributesOrigin: 'AWS_SES',
      CurrentSigningKeyLength: 'RSA_2048_BIT',
    },
    MailFromAttributes: {
      MailFromDomain: mailFrom,
      MailFromDomainStatus: 'SUCCESS',
      BehaviorOnMxFailure: 'REJECT_MESSAGE',
    },
    Policies: {},
    Tags: [],
  };
}
