/**
 * Receives bounces, complaints and rehearsals by SMTP. An address that we have not made is refused before any of the
 * message is taken, so that nobody relays here and nobody fills anything; what came is never said back.
 */
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Log, ReceivedMail, Receiver } from '../../ports.ts';

/** What an address of ours is for; undefined: it is none of ours. */
export type AddressKind = 'report' | 'rehearsal';

export interface ReceiverOptions {
  host: string;
  port: number;
  /** PEM; without it there is no STARTTLS. */
  tls?: { key: string; cert: string } | undefined;
  /** What the server calls itself. */
  domain: string;
  kindOf(address: string): AddressKind | undefined;
  /** Rejects when it could not be kept: the client is then to try again. */
  onReport(mail: ReceivedMail): Promise<unknown>;
  onRehearsal(mail: ReceivedMail): Promise<unknown>;
  log: Log;
  /** Milliseconds without a byte after which a client is cut off. */
  patience?: number;
  clients?: number;
}

/** Bytes of a message. */
const limits: Readonly<Record<AddressKind, number>> = { report: 1024 * 1024, rehearsal: 30 * 1024 * 1024 };
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
    const kind = kindOf(recipient);
    const bytes = await read(stream, limits[kind ?? 'report']);
    if (!kind) throw new Refusal(554, '5.5.1 No valid recipients');
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

  const server = new SMTPServer({
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
    onRcptTo({ address }, session, done) {
      if (!kindOf(address)) return done(new Refusal(550, '5.1.1 No such address here'));
      if (session.envelope.rcptTo.length > 0) return done(new Refusal(452, '4.5.3 One recipient at a time'));
      done();
    },
    onData(stream, session, done) {
      take(stream, session).then(
        () => done(null, '2.0.0 Taken'),
        (error) => done(error instanceof Refusal ? error : new Refusal(451, '4.3.0 Try again later')),
      );
    },
  });
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
