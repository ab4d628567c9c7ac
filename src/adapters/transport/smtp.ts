/**
 * Mail by SMTP (RFC 5321): authenticated, over TLS that is checked, signed with the route's own DKIM keys.
 * What a server does is a value, and nothing is ever handed over twice.
 */
import type { Clock, Keyring, Transport, TransportInfo } from '../../ports.ts';
import { failure } from './failure.ts';
import { createPool } from './smtp/pool.ts';
import { openSession, type SmtpServer, type SmtpSession, type SmtpTimeouts } from './smtp/session.ts';
import { SigningError, sign } from './smtp/sign.ts';

export interface SmtpTransportOptions
  extends Pick<TransportInfo, 'id' | 'provider' | 'country' | 'spf' | 'standardFor'> {
  host: string;
  port: number;
  /** TLS from the first byte; otherwise STARTTLS, and nothing without it. */
  implicitTls: boolean;
  auth?: { user: string; password: string } | undefined;
  hello?: string | undefined;
  ca?: readonly string[];
  /** Connections. Default 5. */
  atOnce?: number | undefined;
  /** Mails that one connection carries. Default 100. */
  perConnection?: number | undefined;
  timeouts?: Partial<SmtpTimeouts>;
  keyring: Pick<Keyring, 'dkimKey'>;
  clock?: Clock;
}

const patience: SmtpTimeouts = {
  connect: 20_000,
  greeting: 30_000,
  open: 60_000,
  envelope: 120_000,
  message: 600_000,
  idle: 60_000,
};

export function createSmtpTransport(options: SmtpTransportOptions): Transport {
  const { id, provider, country, spf, standardFor, keyring } = options;
  const atOnce = options.atOnce ?? 5;
  const server: SmtpServer = {
    host: options.host,
    port: options.port,
    implicitTls: options.implicitTls,
    auth: options.auth,
    hello: options.hello,
    ca: options.ca ?? [],
    timeouts: { ...patience, ...options.timeouts },
  };
  const pool = createPool(server, atOnce, options.perConnection ?? 100);
  const clock: Clock = options.clock ?? { now: () => new Date() };
  let closed = false;

  async function tidy(session: SmtpSession, accepted: boolean): Promise<void> {
    if (accepted || (await session.reset())) pool.giveBack(session);
  }

  return {
    id,
    kind: 'smtp',
    provider,
    country,
    place: `${server.host}:${server.port}`,
    spf,
    standardFor,
    atOnce,
    async send(mail, signal) {
      let raw: Uint8Array;
      try {
        raw = await sign(mail.raw, mail.dkim, keyring, clock.now());
      } catch (error) {
        if (!(error instanceof SigningError)) throw error;
        return failure('identity', true, 'DKIM-KEY', error.message);
      }
      const leave = await pool.enter(signal);
      if (!leave) return failure('connect', false, 'ABORTED', 'given up before it was sent');
      let tidied: Promise<void> = Promise.resolve();
      try {
        if (closed) return failure('connect', false, 'CLOSED', 'the transport is closed');
        const taken = await pool.take(signal);
        if ('stage' in taken) return taken;
        let { session } = taken;
        let outcome = await session.send({ ...mail, raw }, signal);
        if (taken.used && outcome.connection === 'lost') {
          // Whoever hangs up between two mails has refused neither. The message had not been begun.
          const fresh = await pool.fresh(signal);
          if ('stage' in fresh) return fresh;
          session = fresh;
          outcome = await session.send({ ...mail, raw }, signal);
        }
        if (outcome.connection === 'good') tidied = tidy(session, outcome.handover.kind === 'accepted');
        return outcome.handover;
      } finally {
        void tidied.then(leave);
      }
    },
    async status(signal) {
      const session = await openSession(server, signal);
      const failed = 'stage' in session ? session : undefined;
      if (!('stage' in session)) session.close();
      return {
        available: !failed,
        suspended: false,
        sandbox: false,
        perSecond: null,
        perDay: null,
        sentToday: null,
        detail: failed
          ? `${failed.stage}: ${failed.code} ${failed.response}`
          : 'answers, encrypted and signed in',
      };
    },
    identity: async () => ({
      domain: null,
      dkim: null,
      mailFrom: null,
      mailFromDomain: null,
      selectors: [],
      onMxFailure: null,
    }),
    async close() {
      closed = true;
      pool.close();
    },
  };
}
