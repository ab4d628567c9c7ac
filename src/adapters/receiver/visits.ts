/**
 * Who is connected to the receiver: few at once from one address, nobody for long, and nobody who asks much. Strangers
 * reach it, and whoever holds all its connections keeps every bounce out.
 */
import ipaddr from 'ipaddr.js';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface VisitLimits {
  /** Connections at once of one client: an IPv4 address, or the /64 that one has of IPv6. */
  each: number;
  /** Milliseconds until an address that we have signed was named: anybody can name `postmaster`. */
  recipientMs: number;
  /** Milliseconds in all. */
  sessionMs: number;
  /** Answers, and refusals (5xx) among them. */
  answers: number;
  refusals: number;
}

export const usualLimits: VisitLimits = {
  each: 5,
  recipientMs: 30_000,
  sessionMs: 10 * 60_000,
  answers: 200,
  refusals: 10,
};

type Connection = SMTPServer['connections'] extends Set<infer One> ? One : never;
type Connect = Parameters<SMTPServer['connect']>;

export class VisitedServer extends SMTPServer {
  readonly #limits: VisitLimits;
  /** How many each has open. */
  readonly #open = new Map<string, number>();
  /** By session, oldest first, until an address that we have signed was named. */
  readonly #waiting = new Map<string, { late: NodeJS.Timeout; leave(): void }>();

  constructor(options: SMTPServerOptions, limits: VisitLimits) {
    super(options);
    this.#limits = limits;
  }

  /** An address that we have signed was named in this session: it keeps its place. */
  welcome(session: string): void {
    clearTimeout(this.#waiting.get(session)?.late);
    this.#waiting.delete(session);
  }

  override connect(socket: Connect[0], options?: Connect[1]): void {
    const client = clientOf(socket.remoteAddress ?? '');
    const open = this.#open.get(client) ?? 0;
    if (open >= this.#limits.each) {
      socket.on('error', () => {});
      socket.end('421 4.7.0 Too many connections from your address, try again later\r\n');
      socket.destroySoon();
      return;
    }
    this.#open.set(client, open + 1);
    socket.once('close', () => {
      const left = (this.#open.get(client) ?? 1) - 1;
      if (left > 0) this.#open.set(client, left);
      else this.#open.delete(client);
    });
    // Who knows an address of ours is let in: whoever has shown none for longest gives up the place.
    if (this.connections.size >= (this.options.maxClients ?? Number.POSITIVE_INFINITY))
      this.#waiting.values().next().value?.leave();
    super.connect(socket, options);
    // None when it was one too many of all, and has been told so.
    const connection = [...this.connections].findLast(({ remotePort }) => remotePort === socket.remotePort);
    if (connection) this.#watch(connection, socket);
  }

  #watch(connection: Connection, socket: Connect[0]): void {
    const { id } = connection;
    const { recipientMs, sessionMs, answers, refusals } = this.#limits;
    const ends = setTimeout(() => connection.send(421, '4.4.2 Too long, come again'), sessionMs).unref();
    const late = setTimeout(() => connection.send(421, '4.4.2 No recipient in time'), recipientMs).unref();
    const leave = () => {
      connection.send(421, '4.3.2 Others wait, come again later');
      socket.destroySoon();
      this.welcome(id);
    };
    this.#waiting.set(id, { late, leave });
    socket.once('close', () => {
      clearTimeout(ends);
      this.welcome(id);
    });
    const send = connection.send.bind(connection);
    let answered = 0;
    let refused = 0;
    connection.send = (code, ...said) => {
      send(code, ...said);
      answered += 1;
      refused += Number(code >= 500);
      // Not between a message's beginning and its end.
      if (code !== 354 && code !== 421 && (answered >= answers || refused >= refusals))
        send(421, '4.7.0 Enough for one session, come again later');
    };
  }
}

function clientOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const read = ipaddr.process(address);
  return read.kind() === 'ipv4'
    ? read.toString()
    : read.toNormalizedString().split(':').slice(0, 4).join(':');
}
