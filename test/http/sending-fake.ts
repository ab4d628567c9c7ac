/** Campaigns, senders and clearances in memory, behind the facades that pages and API know. */
import type {
  Campaign,
  CampaignProgress,
  Campaigns,
  Changed,
  SendError,
  SendOrder,
} from '../../src/campaigns/campaign.ts';
import type { ClearanceErrorCode, Clearances, Granted } from '../../src/clearance/clearance.ts';
import type {
  CampaignRow,
  ClearanceRow,
  DeliveryRow,
  DeliveryState,
  Suppression,
  TallyRow,
} from '../../src/ports.ts';
import type { Recipients } from '../../src/recipients.ts';
import type { Sender, Senders } from '../../src/senders/sender.ts';

export const noCounts: Record<DeliveryState, number> = {
  pending: 0,
  sending: 0,
  accepted: 0,
  rejected: 0,
  unknown: 0,
  delivered: 0,
  bounced: 0,
  complained: 0,
  suppressed: 0,
  cancelled: 0,
};

export function campaignOf(more: Partial<Campaign> = {}): Campaign {
  return {
    id: 'cmp_0000000000000001',
    audit: 'aud_1',
    digest: 'd'.repeat(64),
    class: 'marketing',
    domain: 'example.se',
    subject: 'Höstmöte',
    clearance: 'clr_1',
    state: 'preparing',
    pauseReason: null,
    createdAt: '2026-11-22T10:20:00.000Z',
    startsAt: null,
    startedAt: null,
    finishedAt: null,
    perMinute: null,
    standard: false,
    route: 'ses',
    switched: null,
    checkedAt: null,
    lines: 0,
    recipients: 0,
    leftOut: {},
    dryRun: false,
    leaveOutEarlier: false,
    earlier: 0,
    orderedBy: null,
    onExpiry: 'pause',
    nextAudit: null,
    nextRefused: null,
    clearanceEndsAt: null,
    plannedEnd: null,
    pausesAt: null,
    begins: null,
    putOff: null,
    importing: false,
    counts: noCounts,
    ...more,
  };
}

export function deliveryOf(number: number, more: Partial<DeliveryRow> = {}): DeliveryRow {
  return {
    campaign: 'cmp_0000000000000001',
    number,
    address: `reader${number}@example.org`,
    addressHash: `hash${number}`,
    fields: null,
    state: 'pending',
    attempt: 0,
    lostAttempt: 0,
    route: null,
    dueAt: '2026-11-22T10:20:00.000Z',
    attemptedAt: null,
    settledAt: null,
    code: null,
    enhanced: null,
    response: null,
    providerId: null,
    bounceClass: null,
    ...more,
  };
}

export interface Kept {
  campaign: Campaign;
  deliveries: DeliveryRow[];
  routes: CampaignProgress['routes'];
  tally: readonly TallyRow[];
  alerts: CampaignProgress['alerts'];
  acts: CampaignProgress['acts'];
  pace: number | null;
  endsAt: string | null;
  warmUp: CampaignProgress['warmUp'];
  leftOut: string[];
  outcomes: string[];
}

export function keptOf(campaign: Campaign, more: Partial<Kept> = {}): Kept {
  return {
    campaign,
    deliveries: [],
    routes: [],
    tally: [],
    alerts: [],
    acts: [],
    pace: null,
    endsAt: null,
    warmUp: null,
    leftOut: [],
    outcomes: [],
    ...more,
  };
}

/** Each organisation's own; what a test wants to see is in `kept`, `calls` and `lists`. */
export function fakeCampaigns(owner: () => string) {
  const kept = new Map<string, Kept>();
  const keys = new Map<string, { order: string; id: string }>();
  const calls: unknown[][] = [];
  const lists: { format: string; bytes: number; text: string }[] = [];
  let refusal: readonly SendError[] = [];
  let wrongState = false;

  const own = (organisation: string, id: string) => (organisation === owner() ? kept.get(id) : undefined);
  const change = (organisation: string, id: string, to: Partial<CampaignRow>): Changed => {
    const found = own(organisation, id);
    if (!found) return { kind: 'missing' };
    if (refusal.length > 0) return { kind: 'invalid', errors: refusal };
    if (wrongState) return { kind: 'wrong-state' };
    found.campaign = { ...found.campaign, ...to };
    return { kind: 'done', campaign: found.campaign };
  };

  const campaigns: Campaigns = {
    async create(organisation, by, order: SendOrder, idempotencyKey) {
      calls.push(['create', by, order, idempotencyKey]);
      if (refusal.length > 0) return { kind: 'invalid', errors: refusal };
      const said = JSON.stringify(order);
      const before = keys.get(idempotencyKey);
      if (before) {
        const found = own(organisation, before.id);
        if (before.order !== said || !found) return { kind: 'conflict' };
        return { kind: 'repeated', campaign: found.campaign };
      }
      const id = `cmp_${String(kept.size + 1).padStart(16, '0')}`;
      const campaign = campaignOf({
        id,
        startsAt: order.startsAt ?? null,
        perMinute: order.perMinute ?? null,
        standard: order.standard ?? false,
        pauseReason: order.hold || order.dryRun ? 'to-confirm' : null,
        dryRun: order.dryRun ?? false,
        recipients: order.recipients?.length ?? 0,
      });
      kept.set(id, keptOf(campaign));
      keys.set(idempotencyKey, { order: said, id });
      return { kind: 'added', campaign };
    },
    async addList(organisation, id, { body, format }) {
      const found = own(organisation, id);
      if (!found) return { kind: 'missing' };
      if (refusal.length > 0) return { kind: 'invalid', errors: refusal };
      if (found.campaign.lines > 0) return { kind: 'wrong-state' };
      let bytes = 0;
      let text = '';
      const decoder = new TextDecoder();
      for await (const chunk of body) {
        bytes += chunk.length;
        if (text.length < 100_000) text += decoder.decode(chunk, { stream: true });
      }
      lists.push({ format, bytes, text });
      const lines = text.trim().split('\n').length - (format === 'csv' ? 1 : 0);
      return change(organisation, id, {
        lines,
        recipients: lines,
        state: found.campaign.pauseReason ? 'paused' : 'queued',
      });
    },
    find: async (organisation, id) => own(organisation, id)?.campaign,
    async progress(organisation, id) {
      const found = own(organisation, id);
      if (!found) return undefined;
      const { campaign, routes, tally, alerts, acts, pace, endsAt, warmUp } = found;
      return { campaign, routes, tally, alerts, acts, pace, endsAt, warmUp };
    },
    async list(organisation, { limit, before }) {
      const all = organisation === owner() ? [...kept.values()].map((one) => one.campaign).reverse() : [];
      const from = before === undefined ? 0 : all.findIndex(({ id }) => id === before) + 1;
      return before !== undefined && from === 0 ? [] : all.slice(from, from + limit);
    },
    async letter(organisation, id) {
      const found = own(organisation, id);
      if (!found) return undefined;
      const { subject, domain } = found.campaign;
      const [first] = found.deliveries;
      return {
        from: { name: 'Föreningen', address: `nyhetsbrev@${domain}` },
        replyTo: [],
        subject,
        fields: Object.keys(first?.fields ?? {}),
        first: first?.address
          ? {
              address: first.address,
              fields: first.fields ?? {},
              subject,
              text: 'Hej!',
              write: async () => new TextEncoder().encode(`Subject: ${subject}\r\n\r\nHej!\r\n`),
            }
          : undefined,
      };
    },
    async deliveries(organisation, id, { limit, after = 0, search = '', states }) {
      const all = own(organisation, id)?.deliveries ?? [];
      return all
        .filter(({ number }) => number > after)
        .filter(({ address }) => (address ?? '').includes(search))
        .filter(({ state }) => !states || states.includes(state))
        .slice(0, limit);
    },
    outcomes: async (organisation, id) => lines(own(organisation, id)?.outcomes),
    leftOut: async (organisation, id) => lines(own(organisation, id)?.leftOut),
    pause: async (organisation, id) => change(organisation, id, { state: 'paused', pauseReason: 'person' }),
    async resume(organisation, id, clearance, more) {
      calls.push(['resume', clearance, ...(more?.leaveOutEarlier ? ['leave-out-earlier'] : [])]);
      return change(organisation, id, { state: 'sending', pauseReason: null });
    },
    cancel: async (organisation, id) => change(organisation, id, { state: 'cancelled' }),
    returnToPrimary: async (organisation, id) => change(organisation, id, { switched: null }),
    async decideUnknown(organisation, id, as) {
      calls.push(['decideUnknown', as]);
      return change(organisation, id, {});
    },
    work: async () => {},
    nextWork: async () => undefined,
    drain: async () => {},
    recover: async () => {},
  };
  return {
    campaigns,
    kept,
    calls,
    lists,
    refuse(errors: readonly SendError[]) {
      refusal = errors;
    },
    standWrong(wrong: boolean) {
      wrongState = wrong;
    },
  };
}

function lines(of: readonly string[] | undefined): AsyncIterable<string> | undefined {
  if (!of) return undefined;
  return (async function* () {
    yield* of;
  })();
}

export function fakeClearances(): Clearances & {
  rows: ClearanceRow[];
  refuse: ClearanceErrorCode | undefined;
} {
  const rows: ClearanceRow[] = [];
  return {
    rows,
    refuse: undefined,
    async grant(_organisation, by, audit) {
      if (this.refuse) return { kind: 'refused', code: this.refuse };
      const row: ClearanceRow = {
        id: `clr_${rows.length + 1}`,
        audit,
        digest: 'd',
        ruleSet: 'r',
        kid: 'k',
        issuedAt: '2026-11-22T10:21:00.000Z',
        expiresAt: '2026-11-23T10:21:00.000Z',
        waivers: [],
        by,
        follows: null,
        revokedAt: null,
      };
      rows.push(row);
      return { kind: 'granted', granted: { token: `token-${rows.length}`, row } satisfies Granted };
    },
    async earned() {
      return this.refuse ?? 'earned';
    },
    verify: async () => ({ valid: false, code: 'unknown' }),
    revoke: async () => false,
    ofAudit: async () => rows,
    keys: () => [],
    waive: async () => ({ kind: 'invalid', errors: [] }),
    waivers: async () => [],
    revokeWaiver: async () => false,
  };
}

export function senderOf(domain: string, more: Partial<Sender> = {}): Sender {
  return {
    domain,
    token: 'abc',
    state: 'active',
    createdAt: '2026-11-01T10:00:00.000Z',
    provedAt: '2026-11-01T10:05:00.000Z',
    checkedAt: '2026-11-22T09:00:00.000Z',
    warmUp: null,
    onBounces: 'switch',
    proof: {
      name: `_klarsignal.${domain}`,
      type: 'TXT',
      data: 'klarsignal-sender=abcdefghijklmnop',
      why: 'proof',
    },
    routes: [],
    ...more,
  };
}

export function fakeSenders(all: Sender[]): Senders & { calls: unknown[][] } {
  const calls: unknown[][] = [];
  const find = (domain: string) => all.find((one) => one.domain === domain);
  const done = (domain: string) => {
    const sender = find(domain);
    return sender
      ? { kind: 'done' as const, sender }
      : { kind: 'invalid' as const, errors: [{ code: 'sender-missing' as const, field: 'domain' }] };
  };
  return {
    calls,
    async add(_, domain) {
      calls.push(['add', domain]);
      if (!domain.includes('.'))
        return { kind: 'invalid', errors: [{ code: 'domain-invalid', field: 'domain' }] };
      if (!find(domain)) all.push(senderOf(domain, { state: 'pending', provedAt: null, checkedAt: null }));
      return done(domain);
    },
    list: async () => all,
    find: async (_, domain) => find(domain),
    async check(_, domain) {
      calls.push(['check', domain]);
      return find(domain) ? 'not-found' : 'missing';
    },
    async lookUp(_, domain) {
      calls.push(['lookUp', domain]);
      const states = ['found', 'missing', 'other', 'unanswered'] as const;
      const records = find(domain)?.routes.flatMap((route) => route.records) ?? [];
      return records.map((record, i) => ({ record, state: states[i % 4] ?? 'found' }));
    },
    async remove(_, domain) {
      calls.push(['remove', domain]);
      const at = all.findIndex((one) => one.domain === domain);
      if (at < 0) return 'missing';
      all.splice(at, 1);
      return 'removed';
    },
    async putRoute(_, route) {
      calls.push(['putRoute', route]);
      if (!route.mailFrom.endsWith(`.${route.domain}`))
        return { kind: 'invalid', errors: [{ code: 'mail-from-outside', field: 'mailFrom' }] };
      return done(route.domain);
    },
    async acceptUnseenBounces(_, caller, order) {
      calls.push(['acceptUnseenBounces', caller.id, order]);
      return done(order.domain);
    },
    async removeRoute(_, domain, transport) {
      calls.push(['removeRoute', domain, transport]);
      return done(domain);
    },
    async change(_, domain, changes) {
      calls.push(['change', domain, changes]);
      return done(domain);
    },
    senderOf: async (_, domain) =>
      all.find(
        (one) => one.state === 'active' && (domain === one.domain || domain.endsWith(`.${one.domain}`)),
      ),
    routesOf: async (_, domain) => [...(find(domain)?.routes ?? [])],
    async askReturns() {
      return { unanswered: [] };
    },
    async rehearse(_, domain, transport) {
      calls.push(['rehearse', domain, transport]);
      return { kind: 'not-arrived' };
    },
  };
}

export function fakeRecipients(): Recipients & {
  erased: string[];
  lifted: [address: string, reason: string][];
  suppressions: Suppression[];
} {
  const erased: string[] = [];
  const lifted: [string, string][] = [];
  return {
    erased,
    lifted,
    suppressions: [],
    async find(_, address) {
      if (!address.includes('@')) return undefined;
      return {
        address,
        suppressions: this.suppressions,
        deliveries: [
          {
            mailing: 'cmp_0000000000000001',
            subject: 'Höstmöte',
            state: 'delivered',
            fields: { first_name: 'Kim' },
            attemptedAt: '2026-11-22T10:30:00.000Z',
            settledAt: '2026-11-22T10:30:02.000Z',
            route: 'ses',
            code: null,
            enhanced: null,
            bounceClass: null,
            response: null,
          },
        ],
      };
    },
    async erase(_, address) {
      if (!address.includes('@')) return undefined;
      erased.push(address);
      return 1;
    },
    async lift(_, address, reason) {
      if (!address.includes('@')) return undefined;
      const at = this.suppressions.findIndex((one) => one.reason === reason);
      if (at < 0) return false;
      lifted.push([address, reason]);
      this.suppressions.splice(at, 1);
      return true;
    },
    countUnsubscribed: async () => 1,
    countSuppressed: async () => ({ 'bad-address': 104, complaint: 2, unsubscribe: 31, erased: 1 }),
  };
}
