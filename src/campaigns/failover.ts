/** Which route carries a campaign from now on (law 3): the breakers say so, and the rates, and a person. */
import type { CampaignRow, TallyRow } from '../ports.ts';
import type { PauseReason } from './campaign.ts';
import type { AlertNow, Checks } from './check.ts';
import type { Lane } from './lane.ts';
import type { AuditedMessage } from './message.ts';
import type { CampaignsOptions } from './options.ts';
import { createJudge } from './rates.ts';
import { type CampaignRoute, type SendingAs, takesOver } from './route.ts';

/** `changed`: look at the row again. `stay`: send on by the route of the row. */
export type Steered =
  | 'stay'
  | 'changed'
  | { pause: PauseReason; data: Readonly<Record<string, string | number>> };

export interface Failover {
  steer(row: CampaignRow): Promise<Steered>;
  heedRates(row: CampaignRow, tally: readonly TallyRow[]): Promise<Steered>;
}

interface About {
  message: AuditedMessage;
  as: SendingAs;
  lane(route: CampaignRoute): Lane;
  alert: AlertNow;
  signal: AbortSignal;
}

export function createFailover(options: CampaignsOptions, checks: Checks, about: About): Failover {
  const { store, clock } = options;
  const judge = createJudge(options);
  const { message, as, lane, alert, signal } = about;
  const [primary] = as.routes;
  const reserve = as.routes.find(({ role }) => role === 'reserve');
  const unseen = as.routes.filter((route) => route.unseen).map(({ transport }) => transport.id);
  const first = lane(primary);
  /** The primary was left for its health; it is not back until a mail has gone through it. */
  let away: boolean | undefined;

  const data = { route: primary.transport.id, provider: primary.transport.provider };
  /** Going round a provider's stop ruins what we guard. */
  const stopped: Steered = { pause: 'provider-suspended', data };

  /** Its breaker is open, and it is not yet time for a probe. */
  const isOut = (route: CampaignRoute) => {
    const { breaker } = lane(route);
    return breaker.state === 'open' && breaker.admits(clock.now()) < 1;
  };

  async function move(row: CampaignRow, to: CampaignRoute, switched: string | null): Promise<boolean> {
    const { ledger } = store.organisation(row.organisation);
    const when = { states: ['sending'] as const, route: row.route };
    return ledger.change(row.id, { route: to.transport.id, switched }, when);
  }

  async function leavePrimary(row: CampaignRow): Promise<Steered> {
    const status = await first.status(signal, true);
    if (status.suspended) return stopped;
    const rests = reserve && !isOut(reserve);
    if (!rests || !(await checks.isArmed(row, message, as, signal))) return { pause: 'no-route', data };
    if (!(await move(row, reserve, null))) return 'changed';
    if (!away) await alert('reserve-took-over', { ...data, ...takesOver(reserve) });
    away = true;
    return 'changed';
  }

  /** By the reserve, for the primary's health: back as soon as that is well. */
  async function tryPrimary(row: CampaignRow): Promise<Steered> {
    const now = clock.now();
    if (first.breaker.state !== 'closed' && first.breaker.admits(now) < 1) return 'stay';
    const status = await first.status(signal, true);
    if (status.suspended) return stopped;
    if (status.available) {
      await move(row, primary, null);
      return 'changed';
    }
    if (first.breaker.state === 'closed') first.breaker.trip(now);
    else {
      first.breaker.begin(now);
      first.breaker.note('unavailable', now);
    }
    return 'stay';
  }

  return {
    async steer(row) {
      away ??= row.route !== primary.transport.id && row.switched === null;
      if (row.route === primary.transport.id) {
        if (isOut(primary)) return leavePrimary(row);
        if (away && first.breaker.state === 'closed') {
          away = false;
          await alert('primary-is-back', data);
        }
        return 'stay';
      }
      if (reserve === undefined || row.route !== reserve.transport.id)
        return { pause: 'routes-changed', data: {} };
      if (row.switched === null) {
        const tried = await tryPrimary(row);
        if (tried !== 'stay') return tried;
      } else if ((await first.status(signal)).suspended) return stopped;
      if (!isOut(reserve)) return 'stay';
      const { id, provider } = reserve.transport;
      return { pause: 'no-route', data: { route: id, provider } };
    },

    async heedRates(row, tally) {
      const by = { primary: primary.transport.id, carries: row.route ?? primary.transport.id, unseen };
      const over = await judge(row, by, tally);
      if (!over) return 'stay';
      const { judged } = over;
      if (judged.kind === 'stop') return { pause: judged.reason, data: over.data };
      const { ledger } = store.organisation(row.organisation);
      if (row.switched !== null) return 'stay';
      // Once: what a person has decided since, such as to return it, stands.
      const alerts = await ledger.alerts({ campaign: row.id, limit: 1000 });
      const heeded = alerts.some(
        (one) =>
          one.kind === 'switched-to-reserve' || (one.kind === 'paused' && one.data.reason === 'bounce-rate'),
      );
      if (heeded) return 'stay';
      // It may have been stopped for these very bounces.
      if ((await first.status(signal, true)).suspended) return stopped;
      const said = { ...over.data, ...data };
      const switches = as.sender?.onBounces === 'switch' && reserve && !isOut(reserve);
      if (!switches || !(await checks.isArmed(row, message, as, signal)))
        return { pause: 'bounce-rate', data: said };
      if (await move(row, reserve, 'bounce-rate')) {
        away = false;
        await alert('switched-to-reserve', { ...said, ...takesOver(reserve) });
      }
      return 'changed';
    },
  };
}
