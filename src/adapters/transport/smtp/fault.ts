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
  return told(stage(), error);

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
  if (command === 'RCPT TO' && reply !== undefined) return told('recipient', error);
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

/** RFC 1870 section 6.1: 552 for good, 452 for want of room now. */
function isAboutSize({ responseCode, response = '' }: SmtpError): boolean {
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
