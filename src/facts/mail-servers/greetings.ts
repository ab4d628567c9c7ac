/** What the mail servers of a domain say when they are greeted, as far as a sender of mail to it would mind. */
import type { ServerCertificate, ServerGreeting } from '../../ports.ts';
import type { Asking } from '../asking.ts';
import type { Exchange } from './exchangers.ts';

/** Why nobody would vouch for a certificate. `untrusted`: it does not lead to an authority that is known here. */
export type CertificateFault = 'expired' | 'early' | 'names' | 'self-signed' | 'untrusted';

export interface GreetedServer {
  host: string;
  state: ServerGreeting['state'];
  /** As the server, or the system, said it. */
  said: string;
  /** null: no TLS was agreed on. */
  tls: {
    version: string;
    fault: CertificateFault | null;
    /** ISO 8601. */
    validTo: string;
    /** Names of its certificate, the first few. */
    names: readonly string[];
    chain: readonly ServerCertificate[];
  } | null;
}

/** Servers that are greeted: the first that a sender would try. */
export const serversGreeted = 5;
const namesShown = 5;

/** Greets those that have an address. @throws FactError where nobody can be greeted from here. */
export async function greetServers(
  { servers }: Pick<Exchange, 'servers'>,
  asking: Pick<Asking, 'greet'>,
): Promise<GreetedServer[]> {
  const hosts = servers.filter(({ addresses }) => addresses.length > 0).slice(0, serversGreeted);
  return Promise.all(hosts.map(({ host, addresses }) => greetServer(host, addresses, asking)));
}

/** By this name. @throws FactError where nobody can be greeted from here. */
export async function greetServer(
  host: string,
  addresses: readonly string[],
  asking: Pick<Asking, 'greet'>,
): Promise<GreetedServer> {
  return readGreeting(await asking.greet(host, addresses));
}

function readGreeting({ host, state, said, tls }: ServerGreeting): GreetedServer {
  const own = tls?.chain[0];
  if (!tls || !own) return { host, state, said, tls: null };
  const { version, fault, chain } = tls;
  const names = own.names.slice(0, namesShown);
  return { host, state, said, tls: { version, fault: faultOf(fault), validTo: own.validTo, names, chain } };
}

/** OpenSSL's words for what somebody can mend by itself. */
const faults: ReadonlyMap<string, CertificateFault> = new Map([
  ['CERT_HAS_EXPIRED', 'expired'],
  ['CERT_NOT_YET_VALID', 'early'],
  ['names', 'names'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed'],
]);

function faultOf(code: string | null): CertificateFault | null {
  return code === null ? null : (faults.get(code) ?? 'untrusted');
}

/** True for a name that stands in the certificate, a wildcard for one label included (RFC 6125 section 6.4.3). */
export function namesHost(names: readonly string[], host: string): boolean {
  const parent = host.slice(host.indexOf('.') + 1);
  return names.some((name) => name === host || (name.startsWith('*.') && name.slice(2) === parent));
}
