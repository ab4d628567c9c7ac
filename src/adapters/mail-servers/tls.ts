/** The TLS handshake of a mail server and its first words within: what it showed, whoever vouches for it. */
import { X509Certificate } from 'node:crypto';
import { isIP, type Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import type { ServerGreeting } from '../../ports.ts';
import { readChain } from './certificate.ts';
import { ConversationEnd, converse, shown } from './replies.ts';

/**
 * Finite-field Diffie-Hellman is left out, in TLS 1.2 and, by the groups, in 1.3: the server chooses the modulus, and one
 * of 10 000 bits holds up the whole process for more than a second.
 */
const ciphers = 'DEFAULT:!kDHE@SECLEVEL=0';
const groups = 'X25519:P-256:P-384:P-521:X448';
/** Alerts of a server that shares no cipher with us (RFC 5246 section 7.2.2). */
const noneShared = /ALERT_(?:HANDSHAKE_FAILURE|INSUFFICIENT_SECURITY)$/;

/**
 * `said`: why there was no TLS; `noneShared`: there might be with what we leave out. Ends with QUIT, or with the socket
 * unusable. Never rejects.
 */
export async function secure(
  socket: Socket,
  { host, name, ca }: { host: string; name: string; ca: string | undefined },
): Promise<{ said: string; tls: ServerGreeting['tls']; noneShared?: boolean }> {
  // Old versions and weak keys are taken too: to tell of them one has to have met them, and no mail goes this way.
  const tls = connect({
    socket,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    rejectUnauthorized: false,
    minVersion: 'TLSv1',
    ciphers,
    ecdhCurve: groups,
    checkServerIdentity: (_, { raw }) => misnamed(raw, host),
    ...(ca === undefined ? {} : { ca }),
  });
  try {
    await handshake(tls);
    const own = tls.getPeerX509Certificate();
    if (!own) return { said: 'showed no certificate', tls: null };
    const seen = { version: tls.getProtocol() ?? '', fault: faultOf(tls), chain: readChain(own) };
    const hello = await converse(tls).say(`EHLO ${name}`);
    if (hello.code !== 250) return { said: hello.said, tls: null };
    tls.end('QUIT\r\n');
    return { said: '', tls: seen };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { said: shown(code ?? message), tls: null, noneShared: noneShared.test(code ?? '') };
  } finally {
    tls.on('error', () => {});
  }
}

function handshake(tls: TLSSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    tls.once('secureConnect', resolve).once('error', reject);
    tls.once('close', () => reject(new ConversationEnd('closed the connection')));
  });
}

function faultOf({ authorized, authorizationError }: TLSSocket): string | null {
  if (authorized) return null;
  // Node's types have an Error here; what stands there is its code.
  const error: unknown = authorizationError;
  return typeof error === 'string' ? error : ((error as NodeJS.ErrnoException | null)?.code ?? 'unknown');
}

/** RFC 8461 section 4.2: a name stands in the extension; the subject does not count. */
function misnamed(raw: Uint8Array, host: string): Error | undefined {
  const options = { subject: 'never', wildcards: true, partialWildcards: false } as const;
  try {
    if (new X509Certificate(raw).checkHost(host, options) !== undefined) return undefined;
  } catch {
    // A name that no certificate can have.
  }
  return Object.assign(new Error('names'), { code: 'names' });
}
