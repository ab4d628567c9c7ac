/**
 * Campaigns: one cleared message to many recipients. An order is taken in, its list read, all checked again, and the
 * mail handed over by the routes that were audited; the ledger knows of each recipient what became of the mail.
 */

import { createAbandoned, listWithinMs } from './campaigns/abandoned.ts';
import type { Campaign, Campaigns, Changed, SendError } from './campaigns/campaign.ts';
import { createEarlier } from './campaigns/earlier.ts';
import { createImports } from './campaigns/import.ts';
import { createLeftOuts } from './campaigns/left-out.ts';
import { createLetters } from './campaigns/letter.ts';
import { createLists } from './campaigns/list.ts';
import { createMessages } from './campaigns/message.ts';
import type { CampaignsOptions } from './campaigns/options.ts';
import { createOrders } from './campaigns/order.ts';
import { outcomes } from './campaigns/outcome.ts';
import { createViews } from './campaigns/progress.ts';
import { createLateRates } from './campaigns/rates.ts';
import { createRetention } from './campaigns/retention.ts';
import { createSilences } from './campaigns/silence.ts';
import { createTurns } from './campaigns/turns.ts';
import { createUnknowns } from './campaigns/unknown.ts';
import { createWork } from './campaigns/work.ts';
import type { CampaignAct, CampaignChange, CampaignRow, CampaignState } from './ports.ts';

export type { Campaign, CampaignProgress, Campaigns, SendOrder } from './campaigns/campaign.ts';
export { createLeftOuts } from './campaigns/left-out.ts';
export type { CampaignsOptions } from './campaigns/options.ts';

/** A host calls it once; it does nothing by itself until `work` is called. */
export function createCampaigns(options: CampaignsOptions): Campaigns {
  const { store, queue, clock, policy } = options;
  const messages = createMessages(options);
  const lists = createLists(options, messages);
  const orders = createOrders(options, messages, lists);
  const leftOuts = createLeftOuts(options);
  const earlier = createEarlier(options);
  const endAbandoned = createAbandoned(options);
  const work = createWork(options, messages, createImports(options, messages, lists, leftOuts, earlier));
  const letterOf = createLetters(options, messages);
  const views = createViews(options, work.lane);
  const unknowns = createUnknowns(options, work.alerts);
  const silences = createSilences(options, work.alerts);
  const lateRates = createLateRates(options, work.alerts);
  const retention = createRetention(options, work.alerts, leftOuts);
  const searches = createTurns();
  const ledgerOf = (organisation: string) => store.organisation(organisation).ledger;

  async function shown(organisation: string, id: string): Promise<Campaign | undefined> {
    const row = await ledgerOf(organisation).find(id);
    return row && views.campaign(row);
  }

  /** As it is after a change that did, or did not, take effect. */
  async function changed(organisation: string, id: string, did: boolean): Promise<Changed> {
    const campaign = await shown(organisation, id);
    if (!campaign) return { kind: 'missing' };
    if (!did) return { kind: 'wrong-state' };
    queue.wake(id);
    return { kind: 'done', campaign };
  }

  async function change(
    organisation: string,
    id: string,
    to: CampaignChange,
    states: readonly CampaignState[],
  ): Promise<Changed> {
    return changed(organisation, id, await ledgerOf(organisation).change(id, to, { states }));
  }

  /** Keeps who did it, once it is done. */
  async function noted(
    organisation: string,
    act: CampaignAct['act'],
    by: string | undefined,
    changed: Changed,
  ): Promise<Changed> {
    const at = clock.now().toISOString();
    if (by !== undefined && changed.kind === 'done')
      await ledgerOf(organisation).noteAct(changed.campaign.id, { act, by, at });
    return changed;
  }

  const invalid = (error: SendError): Changed => ({ kind: 'invalid', errors: [error] });

  return {
    async create(organisation, by, order, idempotencyKey) {
      const ordered = await orders.create(organisation, by, order, idempotencyKey);
      if (!('row' in ordered)) return ordered;
      queue.wake(ordered.row.id);
      return { kind: ordered.kind, campaign: await views.campaign(ordered.row) };
    },

    async addList(organisation, id, list) {
      const kept = await lists.keep(organisation, id, list);
      if (typeof kept === 'object') return invalid(kept);
      return changed(organisation, id, kept === 'kept');
    },

    find: shown,

    async letter(organisation, id) {
      const row = await ledgerOf(organisation).find(id);
      return row && letterOf(row);
    },

    async progress(organisation, id) {
      const row = await ledgerOf(organisation).find(id);
      return row && views.progress(row);
    },

    async list(organisation, page) {
      return Promise.all((await ledgerOf(organisation).list(page)).map(views.campaign));
    },

    deliveries(organisation, id, page) {
      const look = () => ledgerOf(organisation).deliveries(id, page);
      // One that looks through a whole ledger, for one organisation at a time, however many ask.
      return page.search || page.states ? searches.take(organisation, look) : look();
    },

    async outcomes(organisation, id, locale) {
      const ledger = ledgerOf(organisation);
      return (await ledger.find(id)) && outcomes(ledger, id, locale ?? 'en');
    },

    async leftOut(organisation, id, locale = 'en') {
      const row = await ledgerOf(organisation).find(id);
      return row && leftOuts.read(row, locale);
    },

    async pause(organisation, id, by) {
      const to = { state: 'paused', pauseReason: 'person' } as const;
      return noted(organisation, 'paused', by, await change(organisation, id, to, ['queued', 'sending']));
    },

    async resume(organisation, id, clearance, { by, leaveOutEarlier = false } = {}) {
      const ledger = ledgerOf(organisation);
      const row = await ledger.find(id);
      if (!row) return { kind: 'missing' };
      if (row.state !== 'paused' || row.dryRun) return { kind: 'wrong-state' };
      if (row.pauseReason === 'nobody')
        return invalid({ code: 'recipients-missing', field: 'list', data: {} });
      if (leaveOutEarlier && row.pauseReason !== 'to-confirm') return { kind: 'wrong-state' };
      // Its list was never read to the end: part of it is not what somebody meant to mail.
      if (row.pauseReason === 'crashed' && row.startedAt === null && row.lines === 0)
        return invalid({ code: 'list-not-read', field: 'list', data: {} });
      const to: CampaignChange = { state: 'queued', pauseReason: null };
      const renewed = clearance === undefined ? undefined : await orders.renews(organisation, row, clearance);
      if (renewed && 'code' in renewed) return invalid(renewed);
      if (leaveOutEarlier) {
        await earlier.leaveOut(row);
        const { pending } = await ledger.counts(id);
        await ledger.change(id, { earlier: 0 });
        if (pending === 0) return change(organisation, id, { pauseReason: 'nobody' }, ['paused']);
      }
      const next = renewed ? { ...to, clearance: renewed.id } : to;
      return noted(organisation, 'resumed', by, await change(organisation, id, next, ['paused']));
    },

    async cancel(organisation, id, by) {
      const ledger = ledgerOf(organisation);
      const row = await ledger.find(id);
      const at = clock.now().toISOString();
      const states = ['preparing', 'queued', 'sending', 'paused'] as const;
      const did = await ledger.change(id, { state: 'cancelled', finishedAt: at, list: null }, { states });
      if (did) await ledger.cancelPending(id, at);
      if (did && row?.list) await lists.drop(organisation, row.list);
      return noted(organisation, 'cancelled', by, await changed(organisation, id, did));
    },

    async returnToPrimary(organisation, id) {
      const ledger = ledgerOf(organisation);
      const row = await ledger.find(id);
      if (!row) return { kind: 'missing' };
      const primary = row.switched === null ? undefined : await primaryOf(row);
      if (primary === undefined) return { kind: 'wrong-state' };
      const when = { states: ['queued', 'sending', 'paused'], route: row.route } as const;
      return changed(organisation, id, await ledger.change(id, { route: primary, switched: null }, when));
    },

    async decideUnknown(organisation, id, as) {
      const ledger = ledgerOf(organisation);
      const row = await ledger.find(id);
      if (!row) return { kind: 'missing' };
      const at = clock.now().toISOString();
      // Until then an event may still tell, and what is sent again might arrive twice.
      const decided =
        as === 'sent'
          ? await ledger.decideUnknown(id, 'accepted', at)
          : await ledger.decideUnknown(id, 'pending', at, unknowns.ripeUntil().toISOString());
      if (decided === 0) return { kind: 'wrong-state' };
      const again = { state: 'queued', pauseReason: null, finishedAt: null } as const;
      if (as === 'not-sent') await ledger.change(id, again, { states: ['done'] });
      return changed(organisation, id, true);
    },

    async work() {
      await unknowns.tell();
      await silences.tell();
      await lateRates.tell();
      await retention.end();
      await retention.forget();
      await endAbandoned();
      await lists.sweep(new Date(clock.now().getTime() - listWithinMs));
      await work.work();
    },

    async nextWork() {
      const times = (
        await Promise.all([store.nextCampaign(), unknowns.next(), lateRates.next(), retention.next()])
      ).filter((at) => at !== undefined);
      return times.toSorted((one, other) => one.getTime() - other.getTime())[0];
    },

    drain: work.drain,

    async recover() {
      await store.endLeases();
      // Nobody is handing in a list yet.
      await lists.sweep(clock.now());
      const lost = await store.endAttempts(clock.now().toISOString());
      if (lost > 0)
        options.log('attempts interrupted', { attempts: lost, days: policy.sending.unknownMs / 86_400_000 });
    },
  };

  async function primaryOf({ organisation, audit, digest }: CampaignRow): Promise<string | undefined> {
    const message = await messages.find(organisation, audit, digest);
    const domain = message?.submission.from.domain;
    const routes = domain === undefined ? [] : await options.senders.routesOf(organisation, domain);
    return routes.find(({ role }) => role === 'primary')?.transport;
  }
}
