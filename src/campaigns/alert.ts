/** Alerts: kept for the pages, and told to somebody outside, with patience and never in the way of the mail. */
import { newId } from '../audits/audit.ts';
import { faultOf } from '../audits/fault.ts';
import type { Alert } from '../ports.ts';
import type { AlertKind } from './campaign.ts';
import type { CampaignsOptions } from './options.ts';
import { sayAlert } from './words.ts';

export interface Alerts {
  raise(
    about: { organisation: string; campaign: string },
    kind: AlertKind,
    data?: Alert['data'],
  ): Promise<void>;
  /** Resolves when all have been told, or given up. */
  settled(): Promise<void>;
}

/** Milliseconds between two tries. */
const waits = [5_000, 60_000, 600_000];

export function createAlerts(
  options: Pick<CampaignsOptions, 'store' | 'alarms' | 'locale' | 'clock' | 'log'>,
  sleep: (ms: number, signal: AbortSignal) => Promise<void>,
  over: AbortSignal,
): Alerts {
  const { store, alarms, locale, clock, log } = options;
  const telling = new Set<Promise<void>>();

  async function tell(alert: Alert, alarm: CampaignsOptions['alarms'][number]): Promise<void> {
    for (const wait of [...waits, undefined]) {
      try {
        await alarm.tell(
          alert,
          sayAlert(alert, locale),
          AbortSignal.any([over, AbortSignal.timeout(30_000)]),
        );
        return;
      } catch (error) {
        log('alarm failed', { alert: alert.id, kind: alert.kind, ...faultOf(error) });
      }
      if (wait === undefined || over.aborted) return;
      await sleep(wait, over);
    }
  }

  return {
    async raise({ organisation, campaign }, kind, data = {}) {
      const at = clock.now().toISOString();
      const alert: Alert = { id: newId('alr'), organisation, campaign, kind, data, at };
      await store.organisation(organisation).ledger.addAlert({ id: alert.id, campaign, kind, data, at });
      log('alert', { campaign, kind, ...data }, 'info');
      for (const alarm of alarms) {
        const one = tell(alert, alarm).finally(() => telling.delete(one));
        telling.add(one);
      }
    },
    async settled() {
      await Promise.all(telling);
    },
  };
}
