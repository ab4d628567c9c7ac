/** The sending itself: as many attempts under way as the routes take, and no row in the ledger ahead of them. */
import { faultOf } from '../audits/fault.ts';
import type { CampaignRow, DeliveryRow } from '../ports.ts';
import { attempt, untouched } from './attempt.ts';
import type { PauseReason } from './campaign.ts';
import type { Checks } from './check.ts';
import type { Failover, Steered } from './failover.ts';
import type { Lane } from './lane.ts';
import type { AuditedMessage } from './message.ts';
import type { CampaignsOptions } from './options.ts';
import { createPace, type Pace } from './pace.ts';
import type { CampaignRoute, SendingAs } from './route.ts';
import { createSettling } from './settling.ts';
import { warmUpDay } from './warm-up.ts';

export type Pumped =
  | { kind: 'done' }
  /** Nothing to do before. */
  | { kind: 'wait'; until: Date }
  | { kind: 'pause'; reason: PauseReason; data: Readonly<Record<string, string | number>> }
  /** DNS is to be asked again. */
  | { kind: 'recheck' }
  /** Not to be sent any more, or not by this process: the row says why. */
  | { kind: 'left' };

export interface Pumping {
  row: CampaignRow;
  message: AuditedMessage;
  as: SendingAs;
  lane(route: CampaignRoute): Lane;
  failover: Failover;
  checks: Checks;
  /** Sees to the clearance after the present one, in its time. True: the campaign goes by another one now. */
  heedExpiry(row: CampaignRow): Promise<boolean>;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** Nothing new begins. */
  stop: AbortSignal;
  /** What is under way is cut. */
  cut: AbortSignal;
}

/** Milliseconds: for less than this the campaign is kept in hand. The slowest pace is one a minute. */
const shortWait = 90_000;
/** Milliseconds to wait at most for more slots to become free, so that rows are claimed some at a time. */
const gather = 10;

export async function pump(options: CampaignsOptions, pumping: Pumping): Promise<Pumped> {
  const { store, clock, policy, warmUps, log } = options;
  const { message, as, lane, failover, checks, heedExpiry, sleep, stop, cut } = pumping;
  const { organisation, id } = pumping.row;
  const { sending } = policy;
  const { ledger } = store.organisation(organisation);
  const settling = createSettling(ledger, id, clock, sending);
  const underWay = new Set<Promise<void>>();
  let pace: { perMinute: number | null; pace: Pace } | undefined;
  let paused: Extract<Pumped, { kind: 'pause' }> | undefined;
  let ratesAt = Number.NEGATIVE_INFINITY;
  let emptyHanded = 0;
  let refusedInARow = 0;
  let recipientsInARow = 0;
  /** Of the latest recipients that a server has taken or refused for good: true where it did not say why. */
  let refusals: boolean[] = [];
  let uncomposedInARow = 0;
  /** Since the rates were looked at. */
  let results = 0;

  async function begin(row: CampaignRow, delivery: DeliveryRow, route: CampaignRoute): Promise<void> {
    const by = lane(route);
    try {
      const signal = AbortSignal.any([cut, AbortSignal.timeout(sending.attemptMs)]);
      const { settled, ending, pause, refused, lasting, uncomposed } = await attempt(
        options,
        row,
        message,
        route,
        delivery,
        signal,
      );
      settling.add(route.transport.id, settled);
      results += 1;
      const data = {
        route: route.transport.id,
        provider: route.transport.provider,
        code: settled.code ?? '',
      };
      if (pause) paused ??= { kind: 'pause', reason: pause, data };
      if (refused === 'message') refusedInARow += 1;
      else if (ending === 'accepted') refusedInARow = 0;
      heedRefusals(refused === 'recipient', ending, data);
      // What does not fit the first ten in a row will hardly fit the rest.
      uncomposedInARow = uncomposed ? uncomposedInARow + 1 : 0;
      if (uncomposedInARow >= sending.refusedInARow)
        paused ??= { kind: 'pause', reason: 'not-composed', data: { field: settled.response ?? '' } };
      if (refusedInARow >= sending.refusedInARow)
        paused ??= { kind: 'pause', reason: 'message-refused', data: { ...data, count: refusedInARow } };
      by.end(ending, clock.now(), lasting);
    } catch (error) {
      log('attempt crashed', { campaign: id, ...faultOf(error) });
      settling.add(route.transport.id, untouched(delivery, clock.now()));
      paused ??= { kind: 'pause', reason: 'crashed', data: {} };
      by.end('pause', clock.now());
    }
  }

  /** Who refuses one after the other for no reason of theirs refuses us: the rest wait, and nobody else is lost. */
  function heedRefusals(refused: boolean, ending: string, data: Readonly<Record<string, string>>): void {
    if (refused) recipientsInARow += 1;
    else if (ending === 'accepted') recipientsInARow = 0;
    const { of, count } = sending.refusedOften;
    if (refused || ending === 'accepted') refusals = [...refusals, refused].slice(-of);
    const often = refusals.filter((one) => one).length;
    if (recipientsInARow >= sending.refusedInARow || often >= count)
      paused ??= { kind: 'pause', reason: 'recipients-refused', data: { ...data, count: often } };
  }

  /** How many may begin now for what the campaign and its sender allow, and when more may. */
  async function allowance(
    row: CampaignRow,
    now: Date,
  ): Promise<{ count: number; until: Date | undefined; daily?: { since: string; atMost: number } }> {
    if (row.perMinute !== null && pace?.perMinute !== row.perMinute) {
      pace = { perMinute: row.perMinute, pace: createPace(60_000 / row.perMinute) };
    }
    const even = row.perMinute === null ? undefined : pace?.pace;
    const paced = even?.allows(now) ?? Number.POSITIVE_INFINITY;
    const today = warmUpDay(as.sender, row, warmUps, now);
    if (!today || today.cap === null) return { count: paced, until: even?.nextAt() };
    const daily = { since: today.since.toISOString(), atMost: today.cap };
    const left = Math.max(0, today.cap - (await ledger.attemptedSince(row.domain, daily.since)));
    return left === 0
      ? { count: 0, until: today.until }
      : { count: Math.min(paced, left), until: even?.nextAt(), daily };
  }

  /** Nothing could be claimed and nothing is under way: why. */
  async function idle(row: CampaignRow, now: Date): Promise<Pumped | undefined> {
    const ended = await checks.standing(row, message);
    if (ended) return { kind: 'pause', reason: ended, data: {} };
    const due = await ledger.nextDue(id, row.route ?? undefined);
    if (due === undefined) {
      const other = await ledger.nextDue(id);
      if (other === undefined) return { kind: 'done' };
      // Put off by the route that it has left: they wait until that is well, or they have waited for long enough.
      const soon = now.getTime() + shortWait;
      return { kind: 'wait', until: new Date(Math.max(soon, Date.parse(other))) };
    }
    if (Date.parse(due) > now.getTime()) return { kind: 'wait', until: new Date(due) };
    // A claim may have met nobody but the suppressed; one that never gives anything is not asked for ever.
    emptyHanded += 1;
    return emptyHanded < 1000 ? undefined : { kind: 'wait', until: new Date(now.getTime() + shortWait) };
  }

  /** Half the slots at once, or those that a few milliseconds bring: a claim costs as much for one row as for ten. */
  async function half(by: Lane): Promise<void> {
    let over = false;
    const enough = new Promise<void>((go) => setTimeout(go, gather)).then(() => {
      over = true;
    });
    while (!over && by.free(clock.now()) * 2 < by.transport.atOnce) {
      await Promise.race([enough, by.bell.heard()]);
    }
  }

  async function turn(): Promise<Pumped | undefined> {
    if (stop.aborted) return { kind: 'left' };
    if (paused) return paused;
    const row = await ledger.find(id);
    if (row?.state !== 'sending') return { kind: 'left' };
    if (await heedExpiry(row)) return undefined;
    const now = clock.now();
    if (now.getTime() - Date.parse(row.checkedAt ?? row.createdAt) >= sending.recheckMs)
      return { kind: 'recheck' };
    let steered: Steered = 'stay';
    if (now.getTime() - ratesAt >= sending.ratesMs || results >= sending.bounces.results) {
      ratesAt = now.getTime();
      results = 0;
      await settling.flush();
      steered = await failover.heedRates(row, await ledger.tally(id));
    }
    if (steered === 'stay') steered = await failover.steer(row);
    if (typeof steered === 'object') return { kind: 'pause', reason: steered.pause, data: steered.data };
    if (steered === 'changed') return undefined;
    const route = as.routes.find(({ transport }) => transport.id === row.route);
    if (!route) return { kind: 'pause', reason: 'routes-changed', data: {} };
    const by = lane(route);
    const status = await by.status(cut);
    if (status.suspended) {
      const data = { route: route.transport.id, provider: route.transport.provider };
      return { kind: 'pause', reason: 'provider-suspended', data };
    }
    const allowed = await allowance(row, now);
    const count = Math.min(by.free(now), allowed.count);
    if (count < 1) {
      const at = allowed.count < 1 ? allowed.until : by.freeAt(now);
      // Nobody waits for what nobody needs.
      if (at && underWay.size === 0) {
        await settling.flush();
        if ((await ledger.nextDue(id)) === undefined) return idle(row, now);
      }
      const isFar = at !== undefined && at.getTime() - now.getTime() > shortWait;
      if (isFar && underWay.size === 0) return { kind: 'wait', until: at };
      // A long wait is not spent here: first what is under way comes to its end.
      if (at && !isFar) await sleep(Math.max(1, at.getTime() - now.getTime()), stop);
      else await by.bell.heard(1000);
      return undefined;
    }
    // What has ended is written down before more begins: rows that are `sending` are those under way.
    // The cap is counted anew in the claim itself: other mailings of the sender claim too.
    const claim = {
      route: route.transport.id,
      limit: count,
      now: now.toISOString(),
      daily: allowed.daily,
    };
    const rows = await settling.with((settled) => ledger.claim(id, { ...claim, settled }));
    if (rows.length === 0) {
      if (underWay.size === 0) return idle(row, now);
      await by.bell.heard(1000);
      return undefined;
    }
    emptyHanded = 0;
    by.begin(rows.length, now);
    pace?.pace.take(rows.length, now);
    for (const delivery of rows) {
      const one = begin(row, delivery, route).finally(() => underWay.delete(one));
      underWay.add(one);
    }
    if (by.free(now) < 1) {
      await by.bell.heard(1000);
      await half(by);
    }
    return undefined;
  }

  let ended: Pumped | undefined;
  try {
    while (!ended) ended = await turn();
  } finally {
    await Promise.all(underWay);
    await settling.flush();
  }
  // What came last may have had more to say than that there is nothing left to do.
  return paused && ended.kind !== 'left' ? paused : ended;
}
