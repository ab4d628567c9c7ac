/**
 * Campaigns: one cleared message to many recipients. An order is taken in, its list read, all checked again, and the
 * mail handed over by the routes that were audited; the ledger knows of each recipient what became of the mail.
 */
import type { Campaign, Campaigns, Changed, SendError } from './campaigns/campaign.ts';
import { createImports, leftOutKey } from './campaigns/import.ts';
import { createLists } from './campaigns/list.ts';
import { createMessages } from './campaigns/message.ts';
import type { CampaignsOptions } from './campaigns/options.ts';
import { createOrders } from './campaigns/order.ts';
import { outcomes } from './campaigns/outcome.ts';
import { createViews } from './campaigns/progress.ts';
import { createRetention } from './campaigns/retention.ts';
import { createUnknowns } from './campaigns/unknown.ts';
import { createWork } from './campaigns/work.ts';
import type { CampaignChange, CampaignRow, CampaignState } from './ports.ts';

export type { Campaign, CampaignProgress, Campaigns, SendOrder } from './campaigns/campaign.ts';
export type { CampaignsOptions } from './campaigns/options.ts';

/** A host calls it once; it does nothing by itself until `work` is called. */
export function createCampaigns(options: CampaignsOptions): Campaigns {
  const { store, blobs, queue, clock, policy } = options;
  const messages = createMessages(options);
  const lists = createLists(options);
  const orders = createOrders(options, messages, lists);
  const work = createWork(options, messages, createImports(options, messages, lists));
  const views = createViews(options, work.lane);
  const unknowns = createUnknowns(options, work.alerts);
  const retention = createRetention(options);
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

  const invalid = (error: SendError): Changed => ({ kind: 'invalid', errors: [error] });

  return {
    async create(organisation, _by, order, idempotencyKey) {
      const ordered = await orders.create(organisation, order, idempotencyKey);
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

    async progress(organisation, id) {
      const row = await ledgerOf(organisation).find(id);
      return row && views.progress(row);
    },

    async list(organisation, page) {
      return Promise.all((await ledgerOf(organisation).list(page)).map(views.campaign));
    },

    deliveries: (organisation, id, page) => ledgerOf(organisation).deliveries(id, page),

    async outcomes(organisation, id) {
      const ledger = ledgerOf(organisation);
      return (await ledger.find(id)) && outcomes(ledger, id);
    },

    async leftOut(organisation, id) {
      if (!(await ledgerOf(organisation).find(id))) return undefined;
      const body = await blobs.getStream(leftOutKey({ organisation, id }));
      return body
        ? body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
        : none();
    },

    pause: (organisation, id) =>
      change(organisation, id, { state: 'paused', pauseReason: 'person' }, ['queued', 'sending']),

    async resume(organisation, id, clearance) {
      const ledger = ledgerOf(organisation);
      const row = await ledger.find(id);
      if (!row) return { kind: 'missing' };
      if (row.state !== 'paused') return { kind: 'wrong-state' };
      const to: CampaignChange = { state: 'queued', pauseReason: null };
      if (clearance === undefined) return change(organisation, id, to, ['paused']);
      const renewed = await orders.renews(organisation, row, clearance);
      if ('code' in renewed) return invalid(renewed);
      return change(organisation, id, { ...to, clearance: renewed.id }, ['paused']);
    },

    async cancel(organisation, id) {
      const ledger = ledgerOf(organisation);
      const row = await ledger.find(id);
      const at = clock.now().toISOString();
      const states = ['preparing', 'queued', 'sending', 'paused'] as const;
      const did = await ledger.change(id, { state: 'cancelled', finishedAt: at, list: null }, { states });
      if (did) await ledger.cancelPending(id, at);
      if (did && row?.list) await blobs.delete(row.list);
      return changed(organisation, id, did);
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
      // Until then an event may still tell, and what is sent again might arrive twice.
      const ripe = as === 'sent' || (await unknowns.areRipe(organisation, id));
      if (!ripe) return { kind: 'wrong-state' };
      const at = clock.now().toISOString();
      const decided = await ledger.decideUnknown(id, as === 'sent' ? 'accepted' : 'pending', at);
      if (decided === 0) return { kind: 'wrong-state' };
      const again = { state: 'queued', pauseReason: null, finishedAt: null } as const;
      if (as === 'not-sent') await ledger.change(id, again, { states: ['done'] });
      return changed(organisation, id, true);
    },

    async work() {
      await unknowns.tell();
      await retention.forget();
      await work.work();
    },

    async nextWork() {
      const times = (await Promise.all([store.nextCampaign(), unknowns.next()])).filter(
        (at) => at !== undefined,
      );
      return times.toSorted((one, other) => one.getTime() - other.getTime())[0];
    },

    drain: work.drain,

    async recover() {
      await store.endLeases();
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

async function* none(): AsyncIterable<string> {}
