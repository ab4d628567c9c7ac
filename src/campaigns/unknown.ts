/** Attempts that nobody can tell about: after 72 hours without an event a person decides. */
import type { Alerts } from './alert.ts';
import type { CampaignsOptions } from './options.ts';

export interface Unknowns {
  /** Raises an alert, once a campaign, where one has waited for long enough. */
  tell(): Promise<void>;
  /** When the next one will have. */
  next(): Promise<Date | undefined>;
  /** Attempts that were made by then have waited for so long. */
  ripeUntil(): Date;
}

export function createUnknowns(
  { store, clock, policy }: Pick<CampaignsOptions, 'store' | 'clock' | 'policy'>,
  alerts: Alerts,
): Unknowns {
  const { unknownMs } = policy.sending;
  const ripeAt = (attemptedAt: string) => new Date(Date.parse(attemptedAt) + unknownMs);

  return {
    async tell() {
      for (const { organisation, id, unknown, since } of await store.untoldUnknown()) {
        if (ripeAt(since) <= clock.now())
          await alerts.raise({ organisation, campaign: id }, 'unknown-waits', { unknown });
      }
    },
    async next() {
      const [first] = await store.untoldUnknown();
      return first && ripeAt(first.since);
    },
    ripeUntil: () => new Date(clock.now().getTime() - unknownMs),
  };
}
