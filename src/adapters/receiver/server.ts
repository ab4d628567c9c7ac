/**
 * Receives bounces, complaints and rehearsals by SMTP. An address that we have not made is refused before any of the
 * message is taken, so that nobody relays here and nobody fills anything; what came is never said back.
 */
import type { AddressInfo } from 'node:net';
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import type { Log, ReceivedMail, Receiver } from '../../ports.ts';
import { usualLimits, VisitedServer, type VisitLimits } from './visits.ts';

/** What an address of ours is for. Mail for `postmaster` is taken, since RFC 5321 section 4.5.1 asks for it, and dropped. */
export type AddressKind = 'report' | 'rehearsal' | 'postmaster';

export interface ReceiverOptions {
  host: string;
  port: number;
  /** PEM; without it there is no STARTTLS. */
  tls?: { key: string; cert: string } | undefined;
  /** What the server calls itself. */
  domain: string;
  /** undefined: it is none of ours. */
  kindOf(address: string): AddressKind | undefined | Promise<AddressKind | undefined>;
  /** Rejects when it could not be kept: the client is then to try again. */
  onReport(mail: ReceivedMail): Promise<unknown>;
  onRehearsal(mail: ReceivedMail): Promise<unknown>;
  log: Log;
  /** Milliseconds without a byte after which a client is cut off. */
  patience?: number;
  /** Connections at once. */
  clients?: number;
  /** What one client may do. */
  visits?: Partial<VisitLimits>;
}

/** Bytes of a message. */
const limits: Readonly<Record<AddressKind, number>> = {
  report: 1024 * 1024,
  rehearsal: 30 * 1024 * 1024,
  postmaster: 64 * 1024,
};
/** Bytes of all that are coming in at once. */
const heldAtMost = 96 * 1024 * 1024;

class Refusal extends Error {
  readonly responseCode: number;
  constructor(code: number, text: string) {
    super(text);
    this.responseCode = code;
  }
}

/** @throws what listening raises, such as that the port is taken. */
export async function createReceiver(options: ReceiverOptions): Promise<Receiver> {
  const { tls, domain, kindOf, log, patience = 60_000, clients = 50 } = options;
  let held = 0;
  let forPostmaster = 0;

  async function read(stream: SMTPServerDataStream, most: number): Promise<Uint8Array> {
    const chunks: Buffer[] = [];
    let size = 0;
    let full = false;
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > most || full) {
          // What is too much is read to its end all the same: a client hears an answer only then.
          held -= chunks.reduce((sum, { length }) => sum + length, 0);
          chunks.length = 0;
        } else if (held + chunk.length > heldAtMost) {
          full = true;
        } else {
          held += chunk.length;
          chunks.push(chunk);
        }
      }
      if (size > most) throw new Refusal(552, '5.3.4 Message too large');
      if (full) throw new Refusal(452, '4.3.1 Too much at once, try again later');
      return Buffer.concat(chunks);
    } finally {
      held -= chunks.reduce((sum, { length }) => sum + length, 0);
    }
  }

  async function take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const recipient = session.envelope.rcptTo[0]?.address ?? '';
    const kind = await kindOf(recipient);
    const bytes = await read(stream, limits[kind ?? 'report']);
    if (!kind) throw new Refusal(554, '5.5.1 No valid recipients');
    if (kind === 'postmaster') {
      forPostmaster += 1;
      log('mail for postmaster, dropped', { count: forPostmaster }, 'info');
      return;
    }
    const from = session.envelope.mailFrom;
    const mail: ReceivedMail = {
      recipient,
      mailFrom: from ? from.address : '',
      helo: session.hostNameAppearsAs || '',
      ip: session.remoteAddress.replace(/^::ffff:(?=\d+\.)/i, ''),
      tls: session.secure,
      bytes,
    };
    try {
      await (kind === 'report' ? options.onReport(mail) : options.onRehearsal(mail));
    } catch (error) {
      log('received mail was not kept', { kind, error: error instanceof Error ? error.name : 'unknown' });
      throw new Refusal(451, '4.3.0 Could not be kept, try again later');
    }
    log('mail received', { kind, bytes: bytes.length, tls: mail.tls }, 'debug');
  }

  async function admit(address: string, session: SMTPServerSession): Promise<void> {
    const kind = await kindOf(address);
    if (!kind) throw new Refusal(550, '5.1.1 No such address here');
    if (session.envelope.rcptTo.length > 0) throw new Refusal(452, '4.5.3 One recipient at a time');
    if (kind !== 'postmaster') server.welcome(session.id);
  }

  const server = new VisitedServer(
    {
      name: domain,
      banner: 'reports only',
      ...(tls ? { key: tls.key, cert: tls.cert, minVersion: 'TLSv1.2' } : {}),
      disabledCommands: tls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
      authOptional: true,
      disableReverseLookup: true,
      logger: false,
      size: limits.rehearsal,
      maxClients: clients,
      socketTimeout: patience,
      closeTimeout: 5000,
      // Addresses of ours are plain (RFC 6531 section 3.1: who does not announce it, does not take it).
      hideSMTPUTF8: true,
      onMailFrom({ args }, _, done) {
        done(args && 'SMTPUTF8' in args ? new Refusal(555, '5.6.7 SMTPUTF8 is not spoken here') : null);
      },
      onRcptTo({ address }, session, done) {
        admit(address, session).then(
          () => done(),
          (error) => done(error instanceof Refusal ? error : new Refusal(451, '4.3.0 Try again later')),
        );
      },
      onData(stream, session, done) {
        take(stream, session).then(
          () => done(null, '2.0.0 Taken'),
          (error) => done(error instanceof Refusal ? error : new Refusal(451, '4.3.0 Try again later')),
        );
      },
    },
    { ...usualLimits, ...options.visits },
  );
  // A client's own mistakes, or a port scan: nothing for whoever runs the service.
  server.on('error', (error) =>
    log('receiver', { code: (error as NodeJS.ErrnoException).code ?? error.name }, 'debug'),
  );
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(options.port, options.host, () => {
      server.server.off('error', reject);
      resolve();
    });
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
