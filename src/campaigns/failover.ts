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

/** What ends a wait, or begins one. */
const waitKinds = ['waits-for-server', 'paused', 'primary-is-back'];
/** Recipients. */
const worthReturning = 1000;

export function createFailover(options: CampaignsOptions, checks: Checks, about: About): Failover {
  const { store, clock, policy } = options;
  const judge = createJudge(options);
  const { message, as, lane, alert, signal } = about;
  const [primary] = as.routes;
  const reserve = as.routes.find(({ role }) => role === 'reserve');
  const unseen = as.routes.filter((route) => route.unseen).map(({ transport }) => transport.id);
  const first = lane(primary);
  /** The primary was left for its health; it is not back until a mail has gone through it. */
  let away: boolean | undefined;

  /** Where nothing carries it, nothing is asked again before. */
  let lookAt = Number.NEGATIVE_INFINITY;

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

  /** Or its provider takes no more today. */
  const isGone = (route: CampaignRoute) => isOut(route) || lane(route).left < 1;

  /**
   * Nothing else carries it: it waits for its server, whose breaker tries again by itself (RFC 5321 section 4.5.4.1).
   * The alert is the beginning of the wait, also for a process that was not there.
   * @param other one that may be well before it, if any
   */
  async function wait(row: CampaignRow, carries: CampaignRoute, other?: CampaignRoute): Promise<Steered> {
    const { ledger } = store.organisation(row.organisation);
    const { id: route, provider } = carries.transport;
    const { lasting, left, freeAt } = lane(carries);
    const now = clock.now();
    if (lasting && (!other || lane(other).lasting)) return { pause: 'no-route', data: { route, provider } };
    // Nobody waits for what nobody needs.
    if ((await ledger.nextDue(row.id)) === undefined) return 'stay';
    const at = freeAt(now) ?? new Date(now.getTime() + policy.sending.statusMs);
    lookAt = left < 1 ? now.getTime() + policy.sending.statusMs : at.getTime();
    const [alerts, tally] = await Promise.all([
      ledger.alerts({ campaign: row.id, limit: 100 }),
      ledger.tally(row.id),
    ]);
    const newest = alerts.find(({ kind }) => waitKinds.includes(kind));
    const told = newest?.kind === 'waits-for-server' ? newest.at : undefined;
    const taken = tally
      .filter(({ accepted, rejected }) => accepted + rejected > 0)
      .map(({ minute }) => minute);
    // ISO 8601 in UTC: the order of the letters is that of time.
    const since = [told, row.checkedAt, ...taken].reduce<string>(
      (last, one) => (one && one > last ? one : last),
      '',
    );
    const { waitForServerMs } = policy.sending;
    const isLong = (from: string) => now.getTime() - Date.parse(from) >= waitForServerMs;
    // A day's quota is known to come back.
    if (told !== undefined && isLong(since) && left >= 1)
      return { pause: 'no-route', data: { route, provider } };
    if (told === undefined || (since > told && isLong(told)))
      await alert('waits-for-server', {
        ...{ route, provider, at: at.toISOString() },
        ...(left < 1 ? { quota: 'full' } : {}),
      });
    return 'stay';
  }

  /** It has been told already, and nothing has gone by the primary since: a process before this one may have left it. */
  async function wasLeft(row: CampaignRow): Promise<boolean> {
    const { ledger } = store.organisation(row.organisation);
    const alerts = await ledger.alerts({ campaign: row.id, limit: 100 });
    const last = alerts.find(({ kind }) => /^(?:reserve-took-over|primary-is-back|paused)$/.test(kind));
    if (last?.kind !== 'reserve-took-over') return false;
    const tally = await ledger.tally(row.id);
    return !tally.some(
      ({ route, minute, accepted }) => route === primary.transport.id && accepted > 0 && minute > last.at,
    );
  }

  async function leavePrimary(row: CampaignRow): Promise<Steered> {
    if (clock.now().getTime() < lookAt) return 'stay';
    const status = await first.status(signal, true);
    if (status.suspended) return stopped;
    if (!isGone(primary)) return 'stay';
    const armed = reserve && (await checks.isArmed(row, message, as, signal));
    if (!armed || isGone(reserve)) return wait(row, primary, armed ? reserve : undefined);
    // As if it had said so to a mail: it is tried again by itself.
    if (first.breaker.state === 'closed') first.breaker.trip(clock.now());
    if (!(await move(row, reserve, null))) return 'changed';
    if (!away && !(await wasLeft(row))) await alert('reserve-took-over', { ...data, ...takesOver(reserve) });
    away = true;
    return 'changed';
  }

  /** By the reserve, for the primary's health: back as soon as that is well. */
  async function tryPrimary(row: CampaignRow): Promise<Steered> {
    const now = clock.now();
    if (first.breaker.state !== 'closed' && first.breaker.admits(now) < 1) return 'stay';
    const status = await first.status(signal, true);
    if (status.suspended) return stopped;
    // Not for the few that a day's quota gives back each minute.
    const { ledger } = store.organisation(row.organisation);
    const needs = Math.min(worthReturning, (await ledger.counts(row.id)).pending);
    if (status.available && first.left >= Math.max(1, needs)) {
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
        await first.status(signal);
        if (isGone(primary)) return leavePrimary(row);
        lookAt = Number.NEGATIVE_INFINITY;
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
      if (!isGone(reserve)) lookAt = Number.NEGATIVE_INFINITY;
      else if (clock.now().getTime() >= lookAt)
        return wait(row, reserve, row.switched === null ? primary : undefined);
      return 'stay';
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
      const switches = as.sender?.onBounces === 'switch' && reserve && !isGone(reserve);
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
