/** One campaign in a worker's hands: read in, checked, started, sent, until it has to wait or has ended. */
import type { CampaignRow, CampaignState, DeliveryRow } from '../ports.ts';
import type { Alerts } from './alert.ts';
import type { AlertKind, PauseReason } from './campaign.ts';
import type { Checked, Checks } from './check.ts';
import { createFailover } from './failover.ts';
import type { Imports } from './import.ts';
import type { Lane } from './lane.ts';
import type { AuditedMessage, Messages } from './message.ts';
import type { CampaignsOptions } from './options.ts';
import { pump } from './pump.ts';
import { createLateRates } from './rates.ts';
import { type CampaignRoute, type SendingAs, takesOver } from './route.ts';
import type { Successors } from './successor.ts';

export interface Running {
  messages: Messages;
  imports: Imports;
  checks: Checks;
  alerts: Alerts;
  successors: Successors;
  lane(route: CampaignRoute): Lane;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

type Data = Readonly<Record<string, string | number>>;

/**
 * Resolves when there is nothing left to do now. `stop`: nothing new begins; `cut`: what is under way is cut.
 * @returns when it wants a worker again; null: when somebody changes it.
 */
export async function run(
  options: CampaignsOptions,
  running: Running,
  { organisation, id }: Pick<CampaignRow, 'organisation' | 'id'>,
  { stop, cut }: { stop: AbortSignal; cut: AbortSignal },
): Promise<Date | null> {
  const { store, clock, policy, log } = options;
  const { messages, imports, checks, alerts, successors, lane, sleep } = running;
  const { sending } = policy;
  const { ledger } = store.organisation(organisation);
  const alert = (kind: AlertKind, data?: Data) => alerts.raise({ organisation, campaign: id }, kind, data);

  async function pause(reason: PauseReason, data: Data = {}): Promise<void> {
    const when = { states: ['queued', 'sending'] satisfies CampaignState[] };
    const did = await ledger.change(id, { state: 'paused', pauseReason: reason }, when);
    if (did) await alert('paused', { reason, ...data });
  }

  /** Asks all again, and once more where there is no answer. undefined: it is not to go on. */
  async function checked(
    row: CampaignRow,
    message: AuditedMessage,
  ): Promise<{ as: SendingAs; sandbox: boolean; route: string | null } | undefined> {
    for (const wait of [...sending.unansweredMs, undefined]) {
      const found: Checked = await checks.check(row, message, cut);
      if (found.kind === 'holds') return { as: found.as, sandbox: found.sandbox, route: row.route };
      const byReserve =
        found.reason === 'no-route' && found.kind === 'unanswered' && (await reserveFor(row, message));
      if (byReserve) return byReserve;
      const away = found.reason === 'no-route' && found.kind === 'unanswered' && row.state === 'sending';
      const waits = away && (await waitsFor(row, message));
      if (waits) return waits;
      if (found.kind === 'pause' || wait === undefined) {
        await pause(found.reason, found.data);
        return undefined;
      }
      await sleep(wait, stop);
      const now = await ledger.find(id);
      if (stop.aborted || now?.state !== row.state) return undefined;
    }
    return undefined;
  }

  /** The primary cannot be reached at all: the reserve starts, if it may. */
  async function reserveFor(row: CampaignRow, message: AuditedMessage) {
    const as = await checks.routes(row, message);
    if ('refused' in as || as.routes[0].transport.id !== row.route) return undefined;
    const reserve = as.routes.find(({ role }) => role === 'reserve');
    if (!reserve || !(await checks.isArmed(row, message, as, cut))) return undefined;
    lane(as.routes[0]).breaker.trip(clock.now());
    const { provider } = as.routes[0].transport;
    await alert('reserve-took-over', { route: row.route, provider, ...takesOver(reserve) });
    return { as, sandbox: false, route: reserve.transport.id };
  }

  /** Once a mailing and server. Of one that takes over, the alert of that says it. */
  async function tellUnseen({ as, route }: { as: SendingAs; route: string | null }): Promise<void> {
    const carries = as.routes.find(({ transport }) => transport.id === route) ?? as.routes[0];
    if (!carries.unseen || carries.role === 'reserve') return;
    const data = { route: carries.transport.id, provider: carries.transport.provider };
    const told = await ledger.alerts({ campaign: id, limit: 1000 });
    if (told.some((one) => one.kind === 'bounces-unseen' && one.data.route === data.route)) return;
    await alert('bounces-unseen', data);
  }

  /** All else holds, since the server is asked last: on the way it is waited for, as when a mail had shown it. */
  async function waitsFor(row: CampaignRow, message: AuditedMessage) {
    const as = await checks.routes(row, message);
    const carries = 'refused' in as ? undefined : as.routes.find((one) => one.transport.id === row.route);
    if ('refused' in as || !carries) return undefined;
    const { breaker } = lane(carries);
    if (breaker.state === 'closed') breaker.trip(clock.now());
    return { as, sandbox: false, route: row.route };
  }

  async function start(row: CampaignRow, message: AuditedMessage): Promise<void> {
    const found = await checked(row, message);
    if (!found) return;
    const now = clock.now().toISOString();
    const { route } = found;
    const carries = found.as.routes.find(({ transport }) => transport.id === route);
    // Somebody lets it go on, and it was just found well: no waiting for what was before.
    if (row.startedAt !== null && carries) lane(carries).breaker.hurry(clock.now());
    const startedAt = row.startedAt ?? now;
    const change = { state: 'sending', pauseReason: null, startedAt, checkedAt: now, route } as const;
    const began = await ledger.change(id, change, { states: ['queued'], route: row.route });
    if (began) log('campaign started', { campaign: id, recipients: row.recipients }, 'info');
    if (began) await tellUnseen(found);
    if (began && found.sandbox) await alert('sandbox', { route: route ?? '' });
  }

  /** What another worker left behind was under way when it was lost: nobody knows how it ended. */
  async function endLost(): Promise<void> {
    for (;;) {
      const lost = await ledger.deliveries(id, { limit: 500, states: ['sending'] });
      if (lost.length === 0) return;
      const at = clock.now().toISOString();
      for (const [route, rows] of Map.groupBy(lost, (row) => row.route ?? '')) {
        await ledger.settle(id, route, rows.map(interrupted), at);
      }
    }
  }

  async function send(row: CampaignRow, message: AuditedMessage): Promise<Date | undefined> {
    const as = await checks.routes(row, message);
    if ('refused' in as) {
      await pause(as.refused.startsWith('sender-') ? 'sender-lapsed' : 'routes-changed');
      return undefined;
    }
    const failover = createFailover(options, checks, { message, as, lane, alert, signal: cut });
    const pumped = await pump(options, {
      row,
      message,
      as,
      lane,
      failover,
      checks,
      heedExpiry,
      sleep,
      stop,
      cut,
    });
    switch (pumped.kind) {
      case 'wait':
        return pumped.until;
      case 'pause':
        await pause(pumped.reason, pumped.data);
        return undefined;
      case 'recheck': {
        const now = clock.now().toISOString();
        const found = await checked(row, message);
        if (!found) return undefined;
        await ledger.change(id, { checkedAt: now, route: found.route }, { states: ['sending'] });
        await tellUnseen(found);
        return undefined;
      }
      case 'done': {
        const finishedAt = clock.now().toISOString();
        const ended = await ledger.change(id, { state: 'done', finishedAt }, { states: ['sending'] });
        if (!ended) return undefined;
        const { unknown, rejected, cancelled } = await ledger.counts(id);
        await alert('done', { recipients: row.recipients, unknown, rejected, cancelled });
        await createLateRates(options, alerts).look(row);
        return undefined;
      }
      default:
        return undefined;
    }
  }

  /** When the clearance after this one is to be seen to, and whether nothing can go before it is there. */
  let succession = { of: '', at: 0, awaits: false };

  /** Sees to the clearance after the present one, in its time. True: the campaign goes by another one now. */
  async function heedExpiry(row: CampaignRow): Promise<boolean> {
    if (succession.of === row.clearance && clock.now().getTime() < succession.at) return false;
    const looked = await successors.look(row);
    const next = looked.kind === 'later' ? looked : { at: undefined, awaits: false };
    const at = next.at?.getTime() ?? Number.POSITIVE_INFINITY;
    succession = { of: row.clearance, at, awaits: next.awaits };
    return looked.kind === 'succeeded';
  }

  const notAfterLook = (at: Date) => new Date(Math.min(at.getTime(), succession.at));

  let lookedForLost = false;
  for (;;) {
    if (stop.aborted) return clock.now();
    const row = await ledger.find(id);
    if (!row) return null;
    if (row.state === 'preparing') {
      if (row.list === null) return null;
      // What was found of the list is not sent: it is a part of it, whoever resumes.
      if ((await imports.run(row, stop)) === 'crashed') await alert('paused', { reason: 'crashed', list: 1 });
      continue;
    }
    if (row.state === 'cancelled') {
      // What was put back while it was being cancelled.
      await ledger.cancelPending(id, clock.now().toISOString());
      return null;
    }
    if (row.state === 'done' || row.state === 'paused') return null;
    if (await heedExpiry(row)) continue;
    if (row.startsAt !== null && Date.parse(row.startsAt) > clock.now().getTime())
      return notAfterLook(new Date(row.startsAt));
    if (succession.awaits) return new Date(succession.at);
    const message = await messages.find(organisation, row.audit, row.digest);
    if (!message) {
      log('campaign without its message', { campaign: id });
      await pause('crashed');
      continue;
    }
    if (row.state === 'queued') await start(row, message);
    else {
      if (!lookedForLost) await endLost();
      lookedForLost = true;
      const until = await send(row, message);
      if (until) return notAfterLook(until);
    }
  }
}

function interrupted({ number, attempt }: DeliveryRow) {
  const nothing = { enhanced: null, response: null, providerId: null };
  return { number, attempt, state: 'unknown', code: 'interrupted', ...nothing } as const;
}
