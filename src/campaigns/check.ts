/** What is asked again just before a campaign starts, and each day while it is sent. */
import type { CampaignRow, IdentityStatus } from '../ports.ts';
import { composeOne } from './attempt.ts';
import type { AlertKind, PauseReason } from './campaign.ts';
import { type AuditedMessage, composeSample } from './message.ts';
import type { CampaignsOptions } from './options.ts';
import { isPublic } from './order.ts';
import { createJudge } from './rates.ts';
import { type CampaignRoute, type SendingAs, sendingAs } from './route.ts';

export type Checked =
  | { kind: 'holds'; as: SendingAs; sandbox: boolean }
  /** No definite answer: asked again, and after that it pauses for this. */
  | { kind: 'unanswered'; reason: PauseReason; data: Data }
  | { kind: 'pause'; reason: PauseReason; data: Data };

type Data = Readonly<Record<string, string | number>>;

export interface Checks {
  /** Clearance, sender, routes, DNS of the route that carries it, malware, and what its provider says. */
  check(row: CampaignRow, message: AuditedMessage, signal: AbortSignal): Promise<Checked>;
  /** The clearance and the sender alone, by what the store knows. undefined: both hold. */
  standing(row: CampaignRow, message: AuditedMessage): Promise<PauseReason | undefined>;
  /** Today's sender and routes, as far as they are those that were audited. */
  routes(row: CampaignRow, message: AuditedMessage): ReturnType<typeof sendingAs>;
  /** Whether the reserve may carry this campaign now: rehearsed, DNS in order, and its provider willing. */
  isArmed(row: CampaignRow, message: AuditedMessage, as: SendingAs, signal: AbortSignal): Promise<boolean>;
}

export type AlertNow = (kind: AlertKind, data?: Data) => Promise<void>;

/** As many of a list are composed before its first mail goes: a column that does not fit shows in all of them. */
const firstRows = 20;

export function createChecks(options: CampaignsOptions): Checks {
  const { store, senders, preflight, scanner, mime, clock, url } = options;
  const judge = createJudge(options);

  async function clearanceOf({ organisation, clearance }: CampaignRow): Promise<PauseReason | undefined> {
    const row = await store.organisation(organisation).clearances.find(clearance);
    if (!row || row.revokedAt !== null) return 'clearance-revoked';
    return Date.parse(row.expiresAt) <= clock.now().getTime() ? 'clearance-expired' : undefined;
  }

  async function routesOf(row: CampaignRow, { submission, template }: AuditedMessage) {
    const { organisation, standard } = row;
    const { domain } = submission.from;
    return sendingAs(options, organisation, { domain, standard, audited: template.routes });
  }

  const held = (reason: PauseReason, data: Data = {}): Checked => ({ kind: 'pause', reason, data });
  const open = (reason: PauseReason, data: Data = {}): Checked => ({ kind: 'unanswered', reason, data });

  async function check(row: CampaignRow, message: AuditedMessage, signal: AbortSignal): Promise<Checked> {
    const ended = await clearanceOf(row);
    if (ended) return held(ended);
    if (row.class === 'marketing' && !isPublic(url)) return held('no-route');
    if (!row.standard) {
      const proved = await senders.check(row.organisation, row.domain, signal);
      if (proved === 'unanswered') return open('dns-unanswered', { domain: row.domain });
      if (proved !== 'active') return held('sender-lapsed', { domain: row.domain });
    }
    const unanswered = await whereBouncesGo(row, signal);
    const as = await routesOf(row, message);
    if ('refused' in as) {
      const lapsed = /^sender-/.test(as.refused);
      return held(lapsed ? 'sender-lapsed' : as.refused === 'route-missing' ? 'no-route' : 'routes-changed');
    }
    const route = as.routes.find(({ transport }) => transport.id === row.route) ?? as.routes[0];
    if (route.role === 'reserve') {
      if (!(await rehearsed(row, route))) return held('reserve-not-armed');
      if (unanswered.includes(route.transport.id) && !route.unseen)
        return open('dns-unanswered', { domain: route.mailFrom, route: route.transport.id });
    }
    // The pump looks again, and at its own; what is over already is not begun.
    const unseen = as.routes.filter((one) => one.unseen).map(({ transport }) => transport.id);
    const by = { primary: as.routes[0].transport.id, carries: route.transport.id, unseen };
    const over = await judge(row, by);
    if (over?.judged.kind === 'stop') return held(over.judged.reason, over.data);
    const unfit = await uncomposed(row, message);
    if (unfit) return held('not-composed', unfit);
    const dns = await recheck(row, message, route, signal);
    if (dns.kind !== 'holds') {
      const data = { rules: dns.rules.join(', '), route: route.transport.id };
      return dns.kind === 'changed' ? held('dns-changed', data) : open('dns-unanswered', data);
    }
    const scanned = await scan(message, signal);
    if (scanned) return scanned;
    const provider = await askProvider(route, message, signal);
    return provider.kind === 'willing' ? { kind: 'holds', as, sandbox: provider.sandbox } : provider.checked;
  }

  async function recheck(
    row: CampaignRow,
    message: AuditedMessage,
    route: CampaignRoute,
    signal: AbortSignal,
  ) {
    const { clearances } = store.organisation(row.organisation);
    const [clearance, waivers] = await Promise.all([
      clearances.find(row.clearance),
      clearances.waivers(row.digest),
    ]);
    const now = clock.now().getTime();
    const waived = waivers
      .filter(({ id, revokedAt, endsAt }) => {
        const lives = revokedAt === null && Date.parse(endsAt) > now;
        return lives && clearance?.waivers.includes(id);
      })
      .map(({ rule }) => rule);
    return preflight.recheck(message.submission, { route: route.audited, waived, signal });
  }

  const sampleOf = (message: AuditedMessage) =>
    composeSample(message, isPublic(url) ? new URL('/u/sample', url).href : null, clock.now());

  /** Before the first mail: the samples, and the first of the list. One that fits is enough of those. */
  async function uncomposed(row: CampaignRow, message: AuditedMessage): Promise<Data | undefined> {
    const sample = sampleOf(message);
    if ('refused' in sample) return { field: sample.field || sample.refused };
    if (row.startedAt !== null) return undefined;
    const { ledger } = store.organisation(row.organisation);
    const first = await ledger.deliveries(row.id, { limit: firstRows, states: ['pending'] });
    const made = first.map((one) => composeOne(options, row, message, one, 'sample@example.com'));
    const [wrong] = made;
    const none = wrong && 'refused' in wrong && made.every((one) => 'refused' in one);
    return none ? { field: wrong.field || wrong.refused } : undefined;
  }

  async function scan(message: AuditedMessage, signal: AbortSignal): Promise<Checked | undefined> {
    const attachments = message.submission.attachments.length;
    // As the audit has it: what nobody can scan has to be without attachments.
    if (!scanner) return attachments > 0 ? open('malware-unanswered') : undefined;
    const composed = sampleOf(message);
    if ('refused' in composed) return held('not-composed', { field: composed.field || composed.refused });
    const scanned = await scanner.scan(await mime.write(composed), signal);
    if (!scanned.known) return open('malware-unanswered', { why: scanned.reason });
    return scanned.infected ? held('malware-found', { signature: scanned.signature }) : undefined;
  }

  /** A server that cannot be reached is the breaker's matter, unless it has to say who may send. */
  async function askProvider(
    route: CampaignRoute,
    { submission }: AuditedMessage,
    signal: AbortSignal,
  ): Promise<{ kind: 'willing'; sandbox: boolean } | { kind: 'not'; checked: Checked }> {
    const { transport } = route;
    const status = await transport.status(signal);
    const data = { route: transport.id, provider: transport.provider };
    if (status.suspended) return { kind: 'not', checked: held('provider-suspended', data) };
    if (!status.available) return { kind: 'not', checked: open('no-route', data) };
    if (transport.kind === 'ses') {
      const domain = route.dkim[0]?.d ?? submission.from.domain;
      const identity = await transport.identity(domain, signal);
      if (!identity) return { kind: 'not', checked: open('identity-not-verified', data) };
      const wrong = wrongOf(identity, route.mailFrom);
      if (wrong) return { kind: 'not', checked: held('identity-not-verified', { ...data, wrong }) };
    }
    return { kind: 'willing', sandbox: status.sandbox };
  }

  /** Asked again and noted: a rehearsal says where they went on its day. Ids of the transports without an answer. */
  async function whereBouncesGo(row: CampaignRow, signal: AbortSignal): Promise<readonly string[]> {
    if (row.standard) return [];
    return (await senders.askReturns(row.organisation, row.domain, signal)).unanswered;
  }

  async function rehearsed(row: CampaignRow, route: CampaignRoute): Promise<boolean> {
    const sender = await senders.find(row.organisation, row.domain);
    return sender?.routes.some((one) => one.transport === route.transport.id && one.armed) ?? false;
  }

  return {
    check,
    routes: routesOf,
    async standing(row, message) {
      const ended = await clearanceOf(row);
      if (ended) return ended;
      const as = await routesOf(row, message);
      return 'refused' in as ? (/^sender-/.test(as.refused) ? 'sender-lapsed' : 'routes-changed') : undefined;
    },
    async isArmed(row, message, { routes }, signal) {
      const reserve = routes.find(({ role }) => role === 'reserve');
      if (!reserve) return false;
      const unanswered = await whereBouncesGo(row, signal);
      if (!(await rehearsed(row, reserve))) return false;
      if (unanswered.includes(reserve.transport.id) && !reserve.unseen) return false;
      const dns = await recheck(row, message, reserve, signal);
      if (dns.kind !== 'holds') return false;
      return (await askProvider(reserve, message, signal)).kind === 'willing';
    },
  };
}

/** SES has to say SUCCESS, and use the MAIL FROM that was audited. */
function wrongOf(identity: IdentityStatus, mailFrom: string): string | undefined {
  if (identity.domain !== 'SUCCESS') return 'domain';
  if (identity.dkim !== 'SUCCESS') return 'dkim';
  if (identity.mailFrom !== 'SUCCESS' || identity.mailFromDomain !== mailFrom) return 'mail-from';
  return undefined;
}
