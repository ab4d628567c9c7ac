/** Campaigns run: claimed, kept alive by a heartbeat, handed back with the time of their next turn. */
import { faultOf } from '../audits/fault.ts';
import { type Alerts, createAlerts } from './alert.ts';
import { createChecks } from './check.ts';
import type { Imports } from './import.ts';
import { createLane, type Lane } from './lane.ts';
import type { Messages } from './message.ts';
import type { CampaignsOptions } from './options.ts';
import type { CampaignRoute } from './route.ts';
import { type Running, run } from './run.ts';
import { createSuccessors } from './successor.ts';

export interface Work {
  work(): Promise<void>;
  drain(ms: number): Promise<void>;
  /** Of what this process knows of a transport's health; undefined: it has not used it. */
  lane(transport: string): Lane | undefined;
  readonly alerts: Alerts;
}

export function createWork(options: CampaignsOptions, messages: Messages, imports: Imports): Work {
  const { store, clock, policy, log } = options;
  const { leaseMs, atOnce } = policy.sending;
  const sleep = options.sleep ?? wait;
  const stop = new AbortController();
  const cut = new AbortController();
  const lanes = new Map<string, Lane>();
  const workers = new Set<Promise<void>>();
  let missed = false;

  const alerts = createAlerts(options, sleep, stop.signal);
  const running: Running = {
    messages,
    imports,
    checks: createChecks(options),
    alerts,
    successors: createSuccessors(options, alerts),
    lane({ transport }: CampaignRoute) {
      const known = lanes.get(transport.id) ?? createLane(transport, clock, policy.sending);
      lanes.set(transport.id, known);
      return known;
    },
    sleep,
  };

  async function runAll(): Promise<void> {
    while (!stop.signal.aborted) {
      missed = false;
      const lease = await store.claimCampaign(clock.now(), leaseMs);
      if (!lease) {
        if (missed) continue;
        return;
      }
      // There may be more: each campaign has a worker of its own.
      add();
      await hold(lease);
    }
  }

  async function hold(lease: { organisation: string; id: string; token: string }): Promise<void> {
    const lost = new AbortController();
    const heartbeat = setInterval(async () => {
      const held = await store.renewCampaign(lease, clock.now(), leaseMs).catch(() => true);
      if (!held) lost.abort();
    }, leaseMs / 3);
    let wakeAt: string | null = null;
    try {
      const signals = { stop: AbortSignal.any([stop.signal, lost.signal]), cut: cut.signal };
      wakeAt = (await run(options, running, lease, signals))?.toISOString() ?? null;
    } catch (error) {
      log('campaign crashed', { campaign: lease.id, ...faultOf(error) });
      wakeAt = await stopCrashed(lease);
    } finally {
      clearInterval(heartbeat);
    }
    if (!lost.signal.aborted) await store.returnCampaign(lease, wakeAt);
  }

  /** A fault of ours stops the campaign, so that it is not run into the same fault for ever. */
  async function stopCrashed({
    organisation,
    id,
  }: {
    organisation: string;
    id: string;
  }): Promise<string | null> {
    const later = new Date(clock.now().getTime() + leaseMs).toISOString();
    const { ledger } = store.organisation(organisation);
    try {
      const change = { state: 'paused', pauseReason: 'crashed' } as const;
      const did = await ledger.change(id, change, { states: ['queued', 'sending'] });
      if (did) await running.alerts.raise({ organisation, campaign: id }, 'paused', { reason: 'crashed' });
      return did ? null : later;
    } catch (error) {
      log('campaign not stopped', { campaign: id, ...faultOf(error) });
      return later;
    }
  }

  function add(): Promise<void> {
    missed = true;
    if (stop.signal.aborted || workers.size >= atOnce) return Promise.resolve();
    const worker = runAll().finally(() => workers.delete(worker));
    workers.add(worker);
    return worker;
  }

  return {
    async work() {
      await add();
      // Those that it has started on the way.
      while (workers.size > 0 && !stop.signal.aborted) await Promise.allSettled(workers);
    },
    async drain(ms) {
      stop.abort();
      const timer = setTimeout(() => cut.abort(), ms);
      await Promise.allSettled(workers);
      clearTimeout(timer);
      cut.abort();
      await running.alerts.settled();
    },
    lane: (transport) => lanes.get(transport),
    alerts: running.alerts,
  };
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
