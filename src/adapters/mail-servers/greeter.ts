/**
 * Greets mail servers on port 25 to see how they take mail in: banner, EHLO, STARTTLS, EHLO, QUIT. No mail is begun.
 * Hosts and addresses are a stranger's choice, so only addresses of the internet are connected to, and what
 * connects is looked at again.
 */
import { createConnection, isIP, type Socket } from 'node:net';
import type { Clock, MailServers, ServerGreeting } from '../../ports.ts';
import type { Reach } from './reach.ts';
import { ConversationEnd, converse, ProtocolFault, shown } from './replies.ts';
import { secure } from './tls.ts';

const smtpPort = 25;
/** Addresses of one host that are tried. */
const addressesAtMost = 2;
/** Milliseconds; `closed`: where nobody seems to be reached from here. Some servers keep a new client waiting on purpose, Postfix's postscreen for 6 s. */
const usualTimes = { connect: 3_000, closed: 1_000, all: 12_000 };
/** Milliseconds in which a server may say good-bye; nobody waits for it. */
const farewell = 2_000;

export interface MailServersOptions {
  /** How this service calls itself: a host name. */
  name: string;
  /** Whether an address belongs to the internet: the guard's own check. */
  isGlobal(address: string): boolean;
  clock: Clock;
  /** What is known of the way out; without it every server is tried. */
  reach?: Reach;
}

/** For tests alone, so that a server on loopback can be one of the internet's. */
export interface Openings {
  isAllowed?(address: string): boolean;
  port?: number;
  /** Certificate authority, PEM. */
  ca?: string;
  /** Milliseconds. */
  times?: { connect: number; closed: number; all: number };
  connect?(to: { host: string; port: number }): Socket;
}

/** What came of one address. */
export type Told = Pick<ServerGreeting, 'state' | 'said' | 'tls'>;

export function createMailServers(
  { name, isGlobal, clock, reach }: MailServersOptions,
  openings: Openings = {},
): MailServers {
  const isAllowed = openings.isAllowed ?? isGlobal;
  const times = openings.times ?? usualTimes;
  const silent = (said: string): Told => ({ state: 'silent', said, tls: null });

  async function greetAddress(
    host: string,
    address: string,
    ended: AbortSignal,
    isClosed: boolean,
  ): Promise<Told> {
    const connect = openings.connect ?? createConnection;
    const socket = connect({ host: address, port: openings.port ?? smtpPort });
    const stop = () => socket.destroy(new ConversationEnd('ETIMEDOUT'));
    const patience = setTimeout(
      () => {
        // A short wait is no evidence that would keep the next ones short.
        if (!isClosed) reach?.timedOut(host, address);
        stop();
      },
      isClosed ? times.closed : times.connect,
    );
    ended.addEventListener('abort', stop, { once: true });
    let told = silent('ETIMEDOUT');
    try {
      await connected(socket);
      clearTimeout(patience);
      reach?.connected();
      const { remoteAddress } = socket;
      told =
        remoteAddress && isAllowed(remoteAddress)
          ? await talk(socket, { host, name, ca: openings.ca })
          : silent('address-refused');
    } catch (error) {
      told = silent(reason(error));
    }
    clearTimeout(patience);
    ended.removeEventListener('abort', stop);
    leave(socket, told);
    // What was cut off half-way says nothing about the server.
    return ended.aborted ? silent('ETIMEDOUT') : told;
  }

  return {
    async greet(host, addresses, signal) {
      const ended = AbortSignal.any([signal, AbortSignal.timeout(times.all)]);
      const allowed = addresses.filter((one) => isIP(one) !== 0 && isAllowed(one));
      let told = silent(addresses.length > 0 ? 'address-refused' : 'no-address');
      let tried: string | null = null;
      // What others met in vain says little of this one, so it is tried all the same: once, and not for long.
      const isClosed = allowed.length > 0 && (reach?.isClosed() ?? false);
      for (const address of allowed.slice(0, isClosed ? 1 : addressesAtMost)) {
        if (ended.aborted) told = silent('ETIMEDOUT');
        else told = await greetAddress(host, address, ended, isClosed);
        tried = address;
        if (isClosed && told.state === 'silent' && told.said === 'ETIMEDOUT') told = silent('port-25-closed');
        if (told.state !== 'silent' || ended.aborted) break;
      }
      return { host, address: tried, ...told, at: clock.now().toISOString() };
    },
  };
}

function connected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('connect', resolve).once('error', reject);
  });
}

/** Who was served to the end has been told QUIT, and may answer it. */
function leave(socket: Socket, { state }: Told): void {
  socket.on('error', () => {});
  if (state !== 'secured' && state !== 'plain') return void socket.destroy();
  socket.unref();
  setTimeout(() => socket.destroy(), farewell).unref();
}

/** @throws what keeps it from a first word: the server is then as good as silent. */
async function talk(
  socket: Socket,
  { host, name, ca }: { host: string; name: string; ca: string | undefined },
): Promise<Told> {
  const conversation = converse(socket);
  const refused = (said: string): Told => ({ state: 'refused', said, tls: null });
  const failed = (said: string): Told => ({ state: 'tls-failed', said, tls: null });
  let greeted = false;
  try {
    const banner = await conversation.say();
    greeted = true;
    if (banner.code !== 220) return refused(banner.said);
    if (conversation.hasMore()) return refused('spoke out of turn');
    const hello = await conversation.say(`EHLO ${name}`);
    // A server so old that it knows no extension knows no encryption.
    const isOld = hello.code >= 500 && hello.code <= 504;
    if (hello.code !== 250 && !isOld) return refused(hello.said);
    if (!hello.lines.slice(1).some((line) => /^STARTTLS(?:\s|$)/i.test(line))) {
      socket.end('QUIT\r\n');
      return { state: 'plain', said: banner.said, tls: null };
    }
    if (conversation.hasMore()) return refused('spoke out of turn');
    const start = await conversation.say('STARTTLS');
    if (start.code !== 220) return failed(start.said);
    // What came before TLS would be read as if it had come within (CVE-2011-0411).
    if (conversation.hasMore()) return failed('spoke between STARTTLS and TLS');
    conversation.end();
    const { said, tls, noneShared } = await secure(socket, { host, name, ca });
    if (tls) return { state: 'secured', said: banner.said, tls };
    // A sound client might have agreed with it: nothing is said of its encryption.
    return noneShared ? refused(said) : failed(said);
  } catch (error) {
    if (!greeted && !(error instanceof ProtocolFault)) throw error;
    return refused(reason(error));
  }
}

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return shown(code ?? message);
}
