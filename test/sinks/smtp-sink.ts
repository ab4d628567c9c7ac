/**
 * An SMTP server for tests, on loopback: takes mail, keeps it, and fails as it is told. The protocol is
 * smtp-server's; what a well-behaved server never does (bad banners, cuts, silence) is done on the raw socket.
 *
 *     const authority = makeAuthority();
 *     const sink = await startSmtpSink({ authority, tls: 'implicit', auth: { user: 'u', pass: 'p' } });
 *     sink.onMessage = (n) => (n === 3 ? { at: 'rcpt', reply: '550 5.1.1 No such user' } : undefined);
 *     sink.onConnection = (n) => (n === 1 ? 'bad-banner' : undefined);
 *     ... send to 127.0.0.1:sink.port, trusting authority.cert ...
 *     sink.messages   // every message whose final dot came, whatever was answered; `answered` says what
 *     await sink.close();
 *
 * `onMessage(n, envelope)` is asked at MAIL FROM with the number of the transaction, from 1; `onConnection(n)`
 * when a connection is opened. Faults at `end` come after the final dot: the message is then counted.
 */
import net from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { type Authority, makeAuthority } from './certificates.ts';
import type { MessageFault, MessageStep, SinkMessage } from './smtp-message.ts';
import { type ConnectionFault, misbehave } from './smtp-misbehaviour.ts';

export type { MessageFault, MessageStep, SinkMessage } from './smtp-message.ts';
export type { ConnectionFault } from './smtp-misbehaviour.ts';

export interface SmtpSinkOptions {
  authority?: Authority;
  /** `none`: neither STARTTLS nor implicit. */
  tls?: 'implicit' | 'starttls' | 'none';
  auth?: { user: string; pass: string; methods?: ('PLAIN' | 'LOGIN' | 'CRAM-MD5')[] };
  /** Extensions that are not offered. */
  without?: ('DSN' | 'PIPELINING')[];
  /** Bytes. */
  size?: number;
  /** False: counts and keeps the envelope, but not the bytes. */
  keepRaw?: boolean;
  port?: number;
}

export interface SmtpSink {
  port: number;
  messages: SinkMessage[];
  /** Connections so far, and open ones. */
  connections: number;
  readonly open: number;
  /** Transactions so far: one a MAIL FROM. */
  transactions: number;
  onConnection: (n: number) => ConnectionFault | undefined;
  onMessage: (n: number, envelope: { from: string; envid: string | null }) => MessageFault | undefined;
  /** A whole message is here; it has not been answered yet. */
  onKept: (message: SinkMessage) => void;
  /** How often each ENVID came with a whole message; the number of those that came more than once. */
  doubles(): string[];
  /** Cuts every open connection, as a server does that restarts. */
  hangUp(): void;
  close(): Promise<void>;
}

interface Session extends SMTPServerSession {
  number?: number;
  fault?: MessageFault | undefined;
}

interface RawConnection {
  id: string;
  _socket: net.Socket;
  send(code: number, text: string): void;
  handler_DATA(command: unknown, callback: () => void): void;
}

export async function startSmtpSink(options: SmtpSinkOptions = {}): Promise<SmtpSink> {
  const authority = options.authority ?? makeAuthority();
  const mode = options.tls ?? 'implicit';
  const { auth } = options;
  const own = authority.issue(['localhost', '127.0.0.1']);
  /** By the client's port. */
  const authFaults = new Map<number, ConnectionFault>();
  const sockets = new Set<net.Socket>();
  /** By the socket beneath. */
  const raised = new Map<net.Socket, net.Socket>();
  const sink: SmtpSink = {
    port: 0,
    messages: [],
    connections: 0,
    get open() {
      return sockets.size;
    },
    transactions: 0,
    onConnection: () => undefined,
    onMessage: () => undefined,
    onKept: () => {},
    doubles() {
      const seen = new Map<string, number>();
      for (const { envid } of sink.messages) if (envid) seen.set(envid, (seen.get(envid) ?? 0) + 1);
      return [...seen].filter(([, times]) => times > 1).map(([envid]) => envid);
    },
    hangUp() {
      for (const socket of sockets) upper(socket).destroy();
    },
    async close() {
      const closed = new Promise((done) => front.close(done));
      sink.hangUp();
      await closed;
    },
  };

  const smtp = new SMTPServer({
    secure: mode === 'implicit',
    key: own.key,
    cert: own.cert,
    authOptional: !auth,
    authMethods: auth?.methods ?? ['PLAIN', 'LOGIN', 'CRAM-MD5'],
    disabledCommands: [...(auth ? [] : ['AUTH']), ...(mode === 'starttls' ? [] : ['STARTTLS'])],
    hideSTARTTLS: mode !== 'starttls',
    allowInsecureAuth: false,
    hideDSN: options.without?.includes('DSN') ?? false,
    hidePIPELINING: options.without?.includes('PIPELINING') ?? false,
    size: options.size ?? 50_000_000,
    disableReverseLookup: true,
    logger: false,
    onConnect(session, next) {
      guardData(session);
      next();
    },
    onAuth(given, session, next) {
      const fault = authFaults.get(session.remotePort);
      if (fault === 'hang-auth') return;
      if (fault === 'auth-535') return next(refusal('535 5.7.8 Authentication credentials invalid'));
      if (fault === 'auth-454') return next(refusal('454 4.7.0 Temporary authentication failure'));
      if (fault === 'auth-421') return next(refusal('421 4.7.0 Too many connections'));
      const known = given.username === auth?.user;
      const right =
        given.method === 'CRAM-MD5'
          ? given.validatePassword(auth?.pass ?? '')
          : given.password === auth?.pass;
      if (known && right) next(null, { user: given.username });
      else next(refusal('535 5.7.8 Authentication credentials invalid'));
    },
    onMailFrom(address, session: Session, next) {
      sink.transactions += 1;
      session.number = sink.transactions;
      const envid = argument(address, 'ENVID');
      session.fault = sink.onMessage(session.number, { from: address.address, envid });
      act('mail', session, next);
    },
    onRcptTo(_address, session: Session, next) {
      act('rcpt', session, next);
    },
    onData(stream, session: Session, next) {
      const chunks: Buffer[] = [];
      const { fault } = session;
      if (fault?.at === 'body') {
        stream.on('data', () => 'cut' in fault && cut(session));
        return;
      }
      stream.on('data', (chunk: Buffer) => options.keepRaw !== false && chunks.push(chunk));
      stream.on('end', () => {
        const message = keep(session, Buffer.concat(chunks));
        act('end', session, (error) => {
          const text = `OK: queued as S${String(message.number).padStart(6, '0')}`;
          message.answered = error ? `${error.responseCode} ${error.message}` : `250 ${text}`;
          if (error) next(error);
          else (next as (error: null, text: string) => void)(null, text);
        });
      });
    },
  });
  smtp.on('error', () => {});

  function keep(session: Session, raw: Buffer): SinkMessage {
    const { mailFrom, rcptTo } = session.envelope;
    const [to] = rcptTo;
    const notify = to ? argument(to, 'NOTIFY') : null;
    const message: SinkMessage = {
      number: session.number ?? 0,
      envid: mailFrom ? argument(mailFrom, 'ENVID') : null,
      ret: mailFrom ? argument(mailFrom, 'RET') : null,
      notify: notify?.split(',') ?? [],
      orcpt: to ? argument(to, 'ORCPT') : null,
      from: mailFrom ? mailFrom.address : '',
      to: to?.address ?? '',
      raw,
      secure: session.secure,
      user: session.user ?? null,
      connection: session.remotePort,
      answered: null,
    };
    sink.messages.push(message);
    sink.onKept(message);
    return message;
  }

  function connectionOf(session: SMTPServerSession): RawConnection | undefined {
    const connections = [...(smtp.connections as unknown as Set<RawConnection>)];
    return connections.find(({ id }) => id === session.id);
  }

  /** To destroy the socket beneath TLS during a handshake crashes Node. */
  function upper(socket: net.Socket): net.Socket {
    const pending = (smtp as unknown as { _pendingSockets: Map<net.Socket, net.Socket> })._pendingSockets;
    const connections = [...(smtp.connections as unknown as Set<RawConnection & { remotePort: number }>)];
    const speaking = connections.find(({ remotePort }) => remotePort === socket.remotePort)?._socket;
    return raised.get(socket) ?? pending.get(socket) ?? speaking ?? socket;
  }

  function cut(session: SMTPServerSession): void {
    connectionOf(session)?._socket.destroy();
  }

  function act(step: MessageStep, session: Session, next: (error?: Refusal | null) => void): void {
    const { fault } = session;
    if (fault?.at !== step) next();
    else if ('reply' in fault) {
      const error = refusal(fault.reply);
      next(error);
      // Whoever says 421 hangs up (RFC 5321 section 4.2.1).
      if (error.responseCode === 421) connectionOf(session)?._socket.end();
    } else if ('cut' in fault) cut(session);
    else if ('wait' in fault) setTimeout(() => next(), fault.wait);
  }

  /** smtp-server has no hook before it answers 354. */
  function guardData(session: Session): void {
    const connection = connectionOf(session);
    if (!connection) return;
    const answer = connection.handler_DATA.bind(connection);
    connection.handler_DATA = (command, callback) => {
      const of = (connection as unknown as { session: Session }).session;
      if (of.fault?.at !== 'data' || of.envelope.rcptTo.length === 0) return answer(command, callback);
      act('data', of, (error) => {
        if (!error) return answer(command, callback);
        connection.send(error.responseCode, error.message);
        callback();
      });
    };
  }

  const front = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => {
      sockets.delete(socket);
      raised.delete(socket);
    });
    socket.on('error', () => {});
    sink.connections += 1;
    const fault = sink.onConnection(sink.connections);
    if (fault !== undefined && !/auth/.test(fault)) {
      return misbehave(socket, fault, { mode, own, authority, raised });
    }
    if (fault !== undefined && socket.remotePort) authFaults.set(socket.remotePort, fault);
    smtp.server.emit('connection', socket);
  });
  await new Promise<void>((done, fail) => {
    front.once('error', fail);
    front.listen(options.port ?? 0, '127.0.0.1', () => done());
  });
  sink.port = (front.address() as net.AddressInfo).port;
  return sink;
}

type Refusal = Error & { responseCode: number };

function refusal(reply: string): Refusal {
  return Object.assign(new Error(reply.slice(4)), { responseCode: Number(reply.slice(0, 3)) });
}

function argument({ args }: { args: unknown }, name: string): string | null {
  const value = (args as Record<string, unknown> | false) && (args as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : null;
}
