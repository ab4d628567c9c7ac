/** The DKIM keys that sign for a domain at a route: ours by SMTP, the provider's own at SES. */
import type { RouteRow, SenderStore } from '../ports.ts';
import type { SendersOptions } from './options.ts';
import type { CheckedRoute } from './route-order.ts';

/** Of keys that are ours. */
const ownSelector = 'klarsignal';
/** Milliseconds that a provider gets to say what it knows of a domain. */
const identityMs = 10_000;

export interface SigningKeys {
  /** Those of a route that is being set up. */
  of(route: CheckedRoute, domain: string): Promise<RouteRow['dkim']>;
  /** Makes our own, and takes over what a provider says now; a route that changes by that is to be rehearsed again. */
  refresh(senders: SenderStore, route: RouteRow, signal: AbortSignal): Promise<RouteRow>;
}

export function createSigningKeys({ keyring, transports, identity, clock }: SendersOptions): SigningKeys {
  /** undefined: it does not say. */
  async function told(transport: string, domain: string, signal?: AbortSignal) {
    const limit = AbortSignal.timeout(identityMs);
    const known = await identity?.(transport, domain, signal ? AbortSignal.any([signal, limit]) : limit);
    const selectors = known?.selectors ?? [];
    return selectors.length === 0 ? undefined : selectors.toSorted().map((s) => ({ d: domain, s }));
  }

  return {
    async of({ transport, selector }, domain) {
      if (transport.kind !== 'ses') return [{ d: domain, s: selector ?? ownSelector }];
      return (
        (await told(transport.id, domain)) ?? (selector === undefined ? [] : [{ d: domain, s: selector }])
      );
    },

    async refresh(senders, route, signal) {
      const transport = transports.get(route.transport);
      // From here on the domain is proved: before that nobody's key is made.
      if (transport?.kind === 'smtp')
        await Promise.all(route.dkim.map(({ d, s }) => keyring.makeDkimKey(d, s)));
      if (transport?.kind !== 'ses') return route;
      const dkim = await told(route.transport, route.domain, signal);
      if (!dkim || JSON.stringify(dkim) === JSON.stringify(route.dkim)) return route;
      const { rehearsal: _, ...kept } = route;
      return senders.putRoute({ ...kept, dkim, createdAt: clock.now().toISOString() });
    },
  };
}
