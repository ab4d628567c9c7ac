/**
 * Whether anybody at all is reached on port 25 from here. Many networks let nothing out there, and then each audit would
 * wait in vain; what was learnt is kept for a while, so that the next ones wait less. It is a guess from what strangers'
 * servers did, who can mean harm with it: nobody is left untried for it.
 */
import { isIPv4 } from 'node:net';
import { getDomain } from 'tldts';
import type { Clock } from '../../ports.ts';

/** Milliseconds that a connection in vain counts. */
const keptMs = 30 * 60_000;
/** Milliseconds in which one that stood outweighs them. */
const provenMs = 10 * 60_000;
/** Milliseconds between two attempts while nobody is reached, so that an open way is noticed. */
const attemptMs = 60_000;
/** Registered domains, and networks, that must all have been silent: one sender's dead servers say nothing of the way. */
const least = 3;
const kept = 32;

export interface Reach {
  /** Nobody seems to be reached, so that waiting is in vain. Now and then false all the same, for one attempt. */
  isClosed(): boolean;
  /** Somebody was reached: all that was in vain before is forgotten. */
  connected(): void;
  /** A connection did not stand in time. */
  timedOut(host: string, address: string): void;
}

/** In this process alone. */
export function createReach(clock: Clock): Reach {
  /** By registered domain, the oldest first. */
  const silent = new Map<string, { network: string; at: number }>();
  let reachedAt = Number.NEGATIVE_INFINITY;
  let attemptAt = Number.NEGATIVE_INFINITY;
  const now = () => clock.now().getTime();
  return {
    isClosed() {
      const at = now();
      for (const [domain, one] of silent) if (at - one.at >= keptMs) silent.delete(domain);
      const networks = new Set([...silent.values()].map(({ network }) => network));
      if (silent.size < least || networks.size < least) return false;
      if (at - attemptAt < attemptMs) return true;
      attemptAt = at;
      return false;
    },
    connected() {
      silent.clear();
      reachedAt = now();
    },
    timedOut(host, address) {
      const at = now();
      if (at - reachedAt < provenMs) return;
      const domain = getDomain(host) ?? host;
      silent.delete(domain);
      silent.set(domain, { network: networkOf(address), at });
      attemptAt = at;
      const [oldest] = silent.keys();
      if (silent.size > kept && oldest !== undefined) silent.delete(oldest);
    },
  };
}

/** About what one holder has: 256 addresses of IPv4, or the first three groups of IPv6. */
function networkOf(address: string): string {
  const parts = isIPv4(address) ? address.split('.') : address.split(':');
  return parts.slice(0, 3).join(' ');
}
