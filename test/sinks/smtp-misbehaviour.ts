/** What a well-behaved SMTP server never does, up to EHLO and on the raw socket; used by smtp-sink.ts alone. */
import type net from 'node:net';
import tls from 'node:tls';
import { type Authority, type Certificate, makeAuthority } from './certificates.ts';

export type ConnectionFault =
  /** Accepted by the system and cut before a byte. */
  | 'cut'
  | 'bad-banner'
  | 'banner-421'
  | 'banner-554'
  | 'hang-banner'
  /** Before the handshake of TLS, whether implicit or after STARTTLS. */
  | 'hang-tls'
  | 'cut-tls'
  | 'no-starttls'
  /** Signed by nobody the client trusts. */
  | 'wrong-certificate'
  /** Signed by the right authority, for another name. */
  | 'other-name'
  | 'expired-certificate'
  | 'ehlo-421'
  | 'ehlo-550'
  | 'hang-ehlo'
  | 'cut-ehlo'
  | 'auth-535'
  | 'auth-454'
  | 'auth-421'
  | 'hang-auth';

/** Everything up to EHLO, on the raw socket. */
export function misbehave(
  socket: net.Socket,
  fault: ConnectionFault,
  {
    mode,
    own,
    authority,
    raised,
  }: {
    mode: 'implicit' | 'starttls' | 'none';
    own: Certificate;
    authority: Authority;
    /** Where TLS is put on a socket, so that it can be ended from above. */
    raised: Map<net.Socket, net.Socket>;
  },
): void {
  if (fault === 'cut') return void socket.destroy();
  const certificate =
    fault === 'wrong-certificate'
      ? makeAuthority('Somebody else').issue(['localhost', '127.0.0.1'])
      : fault === 'other-name'
        ? authority.issue(['mail.example.net'])
        : fault === 'expired-certificate'
          ? authority.issue(['localhost', '127.0.0.1'], { days: -1 })
          : own;
  if (mode !== 'implicit') {
    talk(socket, false);
    return;
  }
  if (fault === 'hang-tls') return;
  if (fault === 'cut-tls') return void socket.once('data', () => socket.destroy());
  talk(secured(socket), true);

  function secured(plain: net.Socket): tls.TLSSocket {
    const above = new tls.TLSSocket(plain, { isServer: true, ...certificate });
    raised.set(plain, above);
    above.on('error', () => {});
    return above;
  }

  function talk(stream: net.Socket, secure: boolean): void {
    if (fault === 'hang-banner') return;
    if (fault === 'bad-banner') return void stream.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    if (fault === 'banner-421') return void stream.end('421 4.3.2 Too many connections, try later\r\n');
    if (fault === 'banner-554') return void stream.end('554 5.7.1 No SMTP service here\r\n');
    stream.write('220 sink.test ESMTP\r\n');
    stream.on('data', (chunk: Buffer) => answer(stream, secure, chunk.toString('latin1')));
  }

  function answer(stream: net.Socket, secure: boolean, line: string): void {
    const last = secure || mode === 'none' || fault === 'no-starttls';
    if (/^EHLO/i.test(line) && last) {
      if (fault === 'ehlo-421') stream.end('421 4.3.2 Service shutting down\r\n');
      else if (fault === 'ehlo-550') stream.write('550 5.7.1 Not from you\r\n');
      else if (fault === 'cut-ehlo') stream.destroy();
      else if (fault !== 'hang-ehlo') stream.write('250 sink.test\r\n');
    } else if (/^EHLO/i.test(line)) stream.write('250-sink.test\r\n250 STARTTLS\r\n');
    else if (/^STARTTLS/i.test(line) && !last) {
      stream.removeAllListeners('data');
      stream.write('220 Ready\r\n');
      if (fault === 'hang-tls') return;
      if (fault === 'cut-tls') return void stream.once('data', () => stream.destroy());
      const above = secured(stream);
      above.on('data', (chunk: Buffer) => answer(above, true, chunk.toString('latin1')));
    } else stream.write('502 5.5.1 Not here\r\n');
  }
}
