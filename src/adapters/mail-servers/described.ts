import type { Clock, MailServers, ServerGreeting } from '../../ports.ts';

/** What mail servers say, by host: only what is not as in a sound one. */
export type DescribedServers = Readonly<Record<string, Partial<ServerGreeting>>>;

const day = 24 * 3_600_000;

/** These servers alone: one that is not there says nothing. For examples and worlds, which have no network. */
export function createDescribedServers(servers: DescribedServers, clock: Clock): MailServers {
  return {
    async greet(host, [address = null]) {
      const now = clock.now();
      const nothing = { host, address, tls: null, at: now.toISOString() };
      const told = Object.hasOwn(servers, host) ? servers[host] : undefined;
      if (!told) return { ...nothing, state: 'silent', said: 'ETIMEDOUT' };
      const said = `220 ${host} ESMTP`;
      return { ...nothing, state: 'secured', said, tls: soundTls(host, now.getTime()), ...told };
    },
  };
}

/** In the middle of its life. */
function soundTls(host: string, now: number): NonNullable<ServerGreeting['tls']> {
  const certificate = {
    names: [host],
    subject: `CN=${host}`,
    issuer: 'CN=Example CA',
    validFrom: new Date(now - 45 * day).toISOString(),
    validTo: new Date(now + 45 * day).toISOString(),
    // Of the record that such a world publishes beside it.
    matches: { '1 1': 'ab'.repeat(32) },
  };
  return { version: 'TLSv1.3', fault: null, chain: [certificate] };
}
