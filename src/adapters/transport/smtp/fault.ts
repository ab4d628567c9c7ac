/**
 * What an error of nodemailer's means for the attempt. It names commands and reply codes exactly, but reports a
 * silence or a cut alike wherever it comes: how far the message had come is the session's own account.
 */
import type { Stage } from '../../../ports.ts';
import { type Failure, failure } from '../failure.ts';

/** As nodemailer raises them. */
export interface SmtpError extends Error {
  code?: string;
  /** The system's, where nodemailer has put its own over it. */
  originalCode?: string;
  command?: string;
  response?: string;
  responseCode?: number;
  timeoutType?: string;
}

/** Will be as wrong in an hour. */
const lastingCertificate = /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|HOSTNAME_MISMATCH/;
const certificate = /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_|EPROTO$|HOSTNAME_MISMATCH/;
const timeouts: Record<string, Stage> = {
  CONNECT_TIMEOUT: 'connect',
  GREETING_TIMEOUT: 'greeting',
  UPGRADE_TIMEOUT: 'tls',
  SOCKET_TIMEOUT: 'hello',
};

/** While a connection is opened: nothing is handed over. */
export function openingFailure(error: SmtpError, signingIn: boolean): Failure {
  const code = error.originalCode ?? error.code ?? '';
  const at = stage();
  const failed = told(at, error);
  return at === 'tls' && lastingCertificate.test(code) ? { ...failed, permanent: true } : failed;

  function stage(): Stage {
    if (error.responseCode === 421) return 'throttled';
    if (signingIn || error.code === 'EAUTH') return 'auth';
    if (error.code === 'ETLS' || error.command === 'STARTTLS') return 'tls';
    if (error.command === 'EHLO' || error.command === 'HELO') return 'hello';
    if (error.timeoutType !== undefined) return timeouts[error.timeoutType] ?? 'connect';
    if (certificate.test(code)) return 'tls';
    if (error.code === 'EPROTOCOL' || error.code === 'ECONNECTION') return 'greeting';
    return 'connect';
  }
}

/** While a mail is handed over. `begun`: the server has asked for the message (354), and may have some of it. */
export function sendingFailure(error: SmtpError, begun: boolean): Failure {
  const { responseCode: reply, command } = error;
  if (begun) {
    return error.code === 'EMESSAGE' && reply !== undefined
      ? told('message', error)
      : { ...told('handed-over', error), permanent: false };
  }
  if (reply === 421 || error.code === 'EPROTOCOL' || reply === 503)
    return told(reply === 421 ? 'throttled' : 'connect', error);
  const route = reply === undefined ? undefined : aboutRoute(error);
  if (route) return { ...told(route, error), permanent: route === 'auth' && Number(reply) >= 500 };
  if (command === 'RCPT TO' && reply !== undefined)
    return told(isAboutCommand(error) ? 'command' : 'recipient', error);
  if (command === 'DATA' && reply !== undefined) return told('message', error);
  if (command === 'MAIL FROM' && reply !== undefined) {
    if (reply === 530) return told('auth', error);
    if (isAboutSize(error)) return told('message', error);
    if (reply >= 500) return told('identity', error);
    return told(isAboutServer(error) ? 'throttled' : 'sender', error);
  }
  // The server has said how much it takes, and nodemailer has not even asked.
  if (error.code === 'EMESSAGE') return failure('message', true, 'SIZE', error.message);
  // Not an address that can be written into a command.
  if (error.code === 'EENVELOPE')
    return failure('recipient', true, 'EENVELOPE', 'an address of the envelope is not valid');
  return told('connect', error);
}

const relaying =
  /\brelay(?:ing)?\b.{0,40}\b(?:denied|not (?:permitted|allowed)|prohibited|refused|disabled)\b|\b(?:unable|cannot|can't|not (?:permitted|allowed|authori[sz]ed)|(?:will|do|does) not|won't|refus\w+) to relay\b|\bwe do not relay\b/i;
const signIn =
  /\b(?:authentication|authori[sz]ation|auth|login) (?:is )?(?:required|needed)\b|\bnot (?:yet )?(?:authenticated|logged in)\b|\bmust (?:first )?(?:authenticate|log ?in|issue a STARTTLS)\b/i;
/** Of the mail's own signatures, or of a group that takes mail from its own people alone: a receiver's to judge. */
const others = /\b(?:SPF|DKIM|DMARC|RESOLVER|group)\b/i;
const limits =
  /\b(?:sending|submission|daily|hourly|outbound|outgoing|rate)\b.{0,40}\b(?:limit|quota|threshold)|\b(?:messages?|e-?mails?|mails?|recipients?) limit|\b(?:limit|quota|max)\w*\b.{0,40}\b(?:messages|e-?mails|mails|recipients)\b|\btoo (?:much mail|many (?:messages|e-?mails|mails|recipients) from)\b/i;
/** A mailbox's own room or pace is its recipient's matter. */
const mailboxes = /\b(?:mailbox|inbox|storage|disk|over ?quota|user you are trying to contact)\b/i;

/**
 * What an answer says of us and not of whom it is for: all others will hear the same. Sending limits have 5.4.5
 * (RFC 3463 section 3.5: mail system congestion) or words alone, relaying and sign-in 530 (RFC 4954) or words.
 */
function aboutRoute({ responseCode = 0, response = '' }: SmtpError): Stage | undefined {
  const text = response.replace(/\s+/g, ' ');
  const [, enhanced = ''] = /^\d{3}[ -]([45]\.\d{1,3}\.\d{1,3})/.exec(text) ?? [];
  if (isAboutSize({ responseCode, response })) return undefined;
  // RFC 3463: X.1 and X.2 speak of an address and its mailbox. 5.1.90 is Microsoft's daily limit.
  if (/^[45]\.[12]\./.test(enhanced) && enhanced !== '5.1.90') return undefined;
  if (/^[45]\.4\.5$/.test(enhanced)) return 'throttled';
  if (limits.test(text) && !mailboxes.test(text)) return 'throttled';
  if (responseCode === 530 || relaying.test(text)) return 'auth';
  return signIn.test(text) && !others.test(text) ? 'auth' : undefined;
}

/** RFC 5321 section 4.1.1.11: our parameters, as they stand in each command. */
function isAboutCommand({ responseCode }: SmtpError): boolean {
  return responseCode === 555;
}

/** RFC 1870 section 6.1: 552 for good, 452 for want of room now. */
function isAboutSize({ responseCode, response = '' }: Pick<SmtpError, 'responseCode' | 'response'>): boolean {
  return responseCode === 552 || /^\d{3}[ -][45]\.3\.4\b/.test(response);
}

/** RFC 3463: its room and its load (X.3, X.5.3), or its policy (X.7). RFC 5321 has 452 for want of room alone. */
function isAboutServer({ responseCode, response = '' }: SmtpError): boolean {
  return responseCode === 452 || /^\d{3}[ -]4\.(?:3\.\d|5\.3|7\.\d)/.test(response);
}

function told(stage: Stage, error: SmtpError): Failure {
  const { responseCode, response } = error;
  const code = responseCode ?? error.originalCode ?? error.code;
  const permanent = responseCode !== undefined && responseCode >= 500 && responseCode !== 503;
  return failure(stage, permanent, code, response ?? error.message);
}
