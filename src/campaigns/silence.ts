/** A provider that tells by events, and tells nothing: then nobody hears of bounces and spam reports. */
import type { Alerts } from './alert.ts';
import type { CampaignsOptions } from './options.ts';

export interface Silences {
  /** Raises an alert, once a campaign, where mail was handed over for long enough and nothing has been heard of it. */
  tell(): Promise<void>;
}

/** Milliseconds between two looks. */
const every = 60_000;
const dayMs = 24 * 3_600_000;
/** A mailing that ended before is of no use to hear of, and its events would not be believed any more. */
const days = 7;

export function createSilences(
  {
    store,
    transports,
    eventful = [],
    clock,
    policy,
  }: Pick<CampaignsOptions, 'store' | 'transports' | 'eventful' | 'clock' | 'policy'>,
  alerts: Alerts,
): Silences {
  const { silentMs } = policy.sending.events;
  let looked = Number.NEGATIVE_INFINITY;

  return {
    async tell() {
      const now = clock.now().getTime();
      if (eventful.length === 0 || now - looked < every) return;
      looked = now;
      const endedSince = new Date(now - days * dayMs).toISOString();
      for (const { organisation, id, route, since } of await store.unheard(eventful, endedSince)) {
        if (now - Date.parse(since) < silentMs) continue;
        const provider = transports.get(route)?.provider ?? route;
        await alerts.raise({ organisation, campaign: id }, 'events-missing', { route, provider });
      }
    },
  };
}
