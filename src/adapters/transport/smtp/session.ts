/**
 * One connection to an SMTP server: opened, encrypted, signed in; then one mail after the other. nodemailer
 * speaks the protocol. Its pool is not used: it sends again by itself what it finds had not been begun, and
 * cannot say whether a message was begun when a connection is lost.
 */
import { isAscii } from 'node:buffer';
import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Handover, OutgoingMail } from '../../../ports.ts';
import { type Failure, failure, oneLine } from '../failure.ts';
import { openingFailure, type SmtpError, sendingFailure } from './fault.ts';

/** Milliseconds. RFC 5321 section 4.5.3.2 asks for more patience; a send must not stand still for it. */
export interface SmtpTimeouts {
  /** TCP, and TLS where it is implicit. */
  connect: number;
  greeting: number;
  /** From the first byte until the session is ready. */
  open: number;
  /** From MAIL FROM until the message may come. */
  envelope: number;
  /** From then to the answer to the final dot: 10 minutes by the RFC, since who hangs up earlier doubles mail. */
  message: number;
  /** Between two mails, before we hang up. */
  idle: number;
}

export interface SmtpServer {
  host: string;
  port: number;
  /** TLS from the first byte; otherwise STARTTLS, and nothing without it. */
  implicitTls: boolean;
  auth: { user: string; password: string } | undefined;
  /** What we call ourselves in EHLO; undefined: the machine's name. */
  hello: string | undefined;
  /** PEM of authorities beside the system's. */
  ca: readonly string[];
  timeouts: SmtpTimeouts;
}

/** How a mail ended, and what that means for the connection. */
export interface Outcome {
  handover: Handover;
  /** `lost`: the connection went before the message was begun; on one that had stood idle it tells nothing. */
  connection: 'good' | 'closed' | 'lost';
}

export interface SmtpSession {
  /** Mails so far. */
  readonly count: number;
  readonly alive: boolean;
  send(mail: Omit<OutgoingMail, 'dkim'>, signal: AbortSignal): Promise<Outcome>;
  /** Clears what a refused mail has left (RSET). False: the connection is of no use any more. */
  reset(): Promise<boolean>;
  /** Politely when nothing is under way. */
  close(): void;
}

/** Never rejects: a failure is a value. */
export function openSession(server: SmtpServer, signal: AbortSignal): Promise<SmtpSession | Failure> {
  const { timeouts } = server;
  const connection = new SMTPConnection({
    host: server.host,
    port: server.port,
    secure: server.implicitTls,
    requireTLS: true,
    ...(server.hello === undefined ? {} : { name: server.hello }),
    connectionTimeout: timeouts.connect,
    dnsTimeout: timeouts.connect,
    greetingTimeout: timeouts.greeting,
    // Only a second fence: our own timers know what is waited for.
    socketTimeout: Math.max(timeouts.message, timeouts.open) + 60_000,
    socketCloseTimeout: 1000,
    maxResponseSize: 64 * 1024,
    allowInternalNetworkInterfaces: true,
    tls: {
      minVersion: 'TLSv1.2',
      rejectUnauthorized: true,
      ...(server.ca.length > 0 ? { ca: [...server.ca] } : {}),
    },
  });
  return new Promise((resolve) => {
    let signingIn = false;
    const timer = setTimeout(
      () => end(failure(signingIn ? 'auth' : 'hello', false, 'ETIMEDOUT', 'no answer in time')),
      timeouts.open,
    );
    const abort = () => end(failure('connect', false, 'ABORTED', 'given up before it was sent'));
    const onError = (error: unknown) => end(openingFailure(error as SmtpError, signingIn));
    const onEnd = () => end(failure('greeting', false, 'ECONNECTION', 'the connection was closed'));
    signal.addEventListener('abort', abort, { once: true });
    connection.on('error', onError);
    connection.once('end', onEnd);
    if (signal.aborted) return abort();
    connection.connect((error) => {
      if (error) return onError(error);
      // nodemailer goes no further without; that nothing is ever sent in clear must not rest on it alone.
      if (!connection.secure) return end(failure('tls', true, 'ETLS', 'the connection is not encrypted'));
      if (!server.auth) return ready();
      signingIn = true;
      const { user, password } = server.auth;
      connection.login({ user, pass: password, credentials: { user, pass: password } }, (refused) =>
        refused ? onError(refused) : ready(),
      );
    });

    function settle(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      connection.off('error', onError);
      connection.off('end', onEnd);
      connection.on('error', () => {});
    }
    function end(failed: Failure): void {
      settle();
      connection.close();
      resolve(failed);
    }
    function ready(): void {
      settle();
      resolve(sessionOf(connection, timeouts));
    }
  });
}

function sessionOf(connection: SMTPConnection, timeouts: SmtpTimeouts): SmtpSession {
  let count = 0;
  let alive = true;
  let busy = false;
  connection.once('end', () => {
    alive = false;
  });
  return {
    get count() {
      return count;
    },
    get alive() {
      return alive;
    },
    close() {
      if (!alive) return;
      alive = false;
      if (busy) connection.close();
      else connection.quit();
    },
    reset: () =>
      new Promise((resolve) => {
        const timer = setTimeout(() => done(false), timeouts.greeting);
        const onEnd = () => done(false);
        connection.once('end', onEnd);
        connection.reset((error) => done(!error));
        function done(good: boolean): void {
          clearTimeout(timer);
          connection.off('end', onEnd);
          if (!good) connection.close();
          resolve(good && alive);
        }
      }),
    send: (mail, signal) =>
      new Promise((resolve) => {
        count += 1;
        busy = true;
        let begun = false;
        let ended = false;
        let timer = setTimeout(() => giveUp('ETIMEDOUT', 'no answer in time'), timeouts.envelope);
        const abort = () => giveUp('ABORTED', 'given up');
        signal.addEventListener('abort', abort, { once: true });
        // nodemailer asks for the first byte when the server has answered 354, and not before.
        const message = new Readable({
          read() {
            if (begun) return;
            // Given up in the very moment that the server asked: what we have said stands.
            if (ended) return void this.destroy();
            begun = true;
            clearTimeout(timer);
            timer = setTimeout(() => giveUp('ETIMEDOUT', 'no answer in time'), timeouts.message);
            this.push(mail.raw);
            this.push(null);
          },
        });
        const envelope = {
          from: mail.envelopeFrom,
          to: [mail.recipient],
          size: mail.raw.byteLength,
          use8BitMime: !isAscii(mail.raw),
          // Written only to a server that offers it (RFC 3461).
          dsn: {
            ret: 'HDRS' as const,
            envid: mail.attempt,
            notify: ['FAILURE' as const, 'DELAY' as const],
            ...(/^[\x21-\x7e]+$/.test(mail.recipient) ? { orcpt: `rfc822;${mail.recipient}` } : {}),
          },
        };
        if (signal.aborted) return abort();
        connection.send(envelope, message, (error, info) => {
          if (!error) return end({ kind: 'accepted', ...acceptedBy(info?.response ?? '') }, 'good');
          const failed = sendingFailure(error as SmtpError, begun);
          const answered = (error as SmtpError).responseCode !== undefined;
          const gone =
            !alive || failed.stage === 'connect' || (failed.stage === 'throttled' && failed.code === '421');
          if (failed.stage === 'handed-over') end(failed, 'closed');
          else if (gone) end(failed, begun || (error as SmtpError).code === 'ETIMEDOUT' ? 'closed' : 'lost');
          else
            end(
              failed,
              answered || failed.code === 'SIZE' || failed.code === 'EENVELOPE' ? 'good' : 'closed',
            );
        });

        function giveUp(code: string, why: string): void {
          end(failure(begun ? 'handed-over' : 'connect', false, code, why), 'closed');
        }
        function end(handover: Handover, state: Outcome['connection']): void {
          ended = true;
          clearTimeout(timer);
          signal.removeEventListener('abort', abort);
          busy = false;
          if (state !== 'good') {
            alive = false;
            connection.close();
          }
          resolve({ handover, connection: state });
        }
      }),
  };
}

/** Servers tell the name under which they queued it in as many ways as there are servers. */
function acceptedBy(response: string): { providerId: string | null; response: string } {
  const text = oneLine(response);
  const id = /\b(?:queued as|id=|id:)\s*([\w.+/=@-]{3,100})/i.exec(text)?.[1] ?? null;
  return { providerId: id, response: text };
}
