/**
 * A sender that may send: a real store in a fresh directory, real keys, a domain proved in a zone, two routes, the
 * reserve rehearsed, and a message whose audit is clear. What sends is given by the test.
 *
 *     const world = await startCampaignWorld();
 *     const { id } = await world.send({ recipients: addresses(100) });
 *     world.ses.answer = (mail, n) => (n === 3 ? refused('message', true, '554', '5.7.1') : undefined);
 *     await world.work();
 *
 * Time stands still but for `world.pass(ms)` and for the campaigns' own waits, which pass at once.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { clients } from '../../rules/clients/index.ts';
import { rules } from '../../rules/index.ts';
import { policy as housePolicy } from '../../rules/policy.ts';
import { ruleSet } from '../../rules/version.ts';
import { warmUps } from '../../rules/warm-up.ts';
import { createFileBlobs } from '../../src/adapters/blobs/files.ts';
import { csv } from '../../src/adapters/csv/parse.ts';
import { openKeyring } from '../../src/adapters/keys/keyring.ts';
import { createAudits, newId } from '../../src/audits.ts';
import {
  type Campaign,
  type CampaignsOptions,
  createCampaigns,
  type SendOrder,
} from '../../src/campaigns.ts';
import { createClearances } from '../../src/clearance.ts';
import type { TemplateRoute } from '../../src/client/template.ts';
import type { DeliveryState, Log, MimeWriter, Resolver, RouteRole, Transport } from '../../src/ports.ts';
import { createPreflight } from '../../src/preflight.ts';
import type { Policy } from '../../src/rule.ts';
import { createSenders } from '../../src/senders.ts';
import { type Handed, readSubmission } from '../../src/submission.ts';
import { makeDataDir, openStore, withOneDkimKey } from '../made-once.ts';
import { noBrowser, resolverOf, soundZone } from '../world.ts';
import { type Scripted, scripted } from './scripted.ts';

export const began = Date.parse('2026-11-22T09:00:00.000Z');
export const minute = 60_000;
export const hour = 60 * minute;

export interface CampaignWorldOptions {
  /** Primary first. Scripted ones, `ses` and `reserve`, when left out. */
  transports?: readonly { transport: Transport; role: RouteRole; mailFrom: string }[];
  /** Over the sound zone and what the routes need. */
  zone?: Record<string, unknown>;
  policy?: Partial<Policy['sending']>;
  campaigns?: Partial<CampaignsOptions>;
  /** A directory to come back to: it is kept. */
  dir?: string;
  mime?: MimeWriter;
  /** Real time instead of time that stands still. */
  realTime?: boolean;
}

export async function startCampaignWorld(options: CampaignWorldOptions = {}) {
  const dir = options.dir ?? (await makeDataDir('campaigns'));
  let time = began;
  const clock = { now: () => new Date(options.realTime ? Date.now() : time) };
  const policy: Policy = { ...housePolicy, sending: { ...housePolicy.sending, ...options.policy } };
  const store = await openStore(join(dir, 'klarsignal.db'));
  const blobs = createFileBlobs(join(dir, 'blobs'));
  const keyring = withOneDkimKey(openKeyring(join(dir, 'keys'), clock), join(dir, 'keys'));
  const ses = scripted('ses', 'ses', { mailFrom: 'mejl.example.se' });
  const reserve = scripted('reserve', 'smtp', { mailFrom: 'studs.example.se' });
  const given = options.transports ?? [
    { transport: ses, role: 'primary', mailFrom: 'mejl.example.se' } as const,
    { transport: reserve, role: 'reserve', mailFrom: 'studs.example.se' } as const,
  ];
  const transports = new Map(given.map(({ transport }) => [transport.id, transport]));
  const logged: [string, Record<string, unknown>][] = [];
  const log: Log = (event, fields, level = 'error') =>
    void (level === 'error' && logged.push([event, fields]));
  const organisation = await store.firstOrganisation();
  const own = store.organisation(organisation);

  await own.senders.add({
    domain: 'example.se',
    token: newId('tok'),
    createdAt: clock.now().toISOString(),
  });
  // A world that is opened again has it already.
  const token = (await own.senders.find('example.se'))?.token;
  const dkimKey = await keyring.makeDkimKey('example.se', 'klarsignal');
  let zone: Record<string, unknown> = {
    ...soundZone,
    '_klarsignal.example.se': { TXT: [`klarsignal-sender=${token}`] },
    'klarsignal._domainkey.example.se': { TXT: [`v=DKIM1; k=rsa; p=${dkimKey}`] },
    'studs.example.se': { TXT: ['v=spf1 ip4:192.0.2.10 -all'], MX: ['10 in.example.se'] },
    ...options.zone,
  };
  let answering = await resolverOf(zone);
  let silent = false;
  const resolver: Resolver = {
    async ask(question, signal) {
      const answer = await answering.ask(question, signal);
      return silent ? { ...answer, status: 'timeout', records: [] } : answer;
    },
  };
  const senders = createSenders({
    store,
    keyring,
    resolver,
    transports,
    receiver: 'in.example.se',
    rehearse: async () => ({ kind: 'no-receiver' }),
    warmUps: warmUps.map(({ id }) => id),
    clock,
    policy,
    log,
  });
  const { signal } = new AbortController();
  const proved = await senders.check(organisation, 'example.se', signal);
  if (proved !== 'active') throw new Error(`the sender is not proved: ${proved}`);
  for (const { transport, role, mailFrom } of given) {
    const dkim = [{ d: 'example.se', s: transport.kind === 'ses' ? 's1' : 'klarsignal' }];
    // Long ago, so that a rehearsal may have been long ago too.
    const createdAt = '2026-01-01T09:00:00.000Z';
    await own.senders.putRoute({
      domain: 'example.se',
      transport: transport.id,
      role,
      mailFrom,
      dkim,
      createdAt,
    });
  }
  const rehearse = async (passed: boolean, endedAt = clock.now(), returns = true) => {
    for (const { transport, role, mailFrom } of given) {
      if (role !== 'reserve') continue;
      const ended = endedAt.toISOString();
      await own.senders.noteRehearsal(
        { domain: 'example.se', transport: transport.id, mailFrom },
        {
          startedAt: ended,
          endedAt: ended,
          passed,
          returns,
          problems: [...(passed ? [] : ['spf']), ...(returns ? [] : ['bounces-elsewhere'])],
          spf: 'pass',
          dkim: 'pass',
          dmarc: 'pass',
          envelopeFrom: `a@${mailFrom}`,
          dkimDomains: ['example.se'],
          ip: '192.0.2.10',
          tls: true,
          detail: '',
        },
      );
    }
  };
  await rehearse(true);

  const browser = noBrowser;
  const preflight = createPreflight(rules, ruleSet, {
    resolver,
    browser,
    clock,
    policy,
    clients,
    transports: [...transports.values()],
    identity: async (id, domain, asked) => transports.get(id)?.identity(domain, asked),
  });
  const issuer = 'https://klarsignal.example';
  const clearances = createClearances({ store, keyring, clock, policy, ruleSet, issuer, log });
  const woken: string[] = [];
  const campaignsOptions: CampaignsOptions = {
    store,
    blobs,
    queue: { wake: (id) => void woken.push(id) },
    keyring,
    clearances,
    audits: createAudits({ store, blobs, queue: { wake: () => {} }, preflight, clock, policy, log }),
    senders,
    preflight,
    transports,
    mime: options.mime ?? plainMime,
    csv,
    scanner: undefined,
    alarms: [],
    locale: 'en',
    clock,
    policy,
    warmUps,
    url: 'https://klarsignal.example',
    log,
    ...(options.realTime
      ? {}
      : {
          async sleep(ms: number) {
            time += ms;
            await new Promise((resolve) => setImmediate(resolve));
          },
        }),
    ...options.campaigns,
  };
  let campaigns = createCampaigns(campaignsOptions);

  const routes = async (): Promise<TemplateRoute[]> =>
    (await senders.routesOf(organisation, 'example.se')).map(({ transport, mailFrom, dkim }) => ({
      transport,
      mail_from: mailFrom,
      dkim: [...dkim],
      signed_by: [],
    }));

  /** An audit of a message, finished with the real verdict but for the pictures. @returns its id */
  async function audit(handed: Partial<Handed> = {}, by?: readonly TemplateRoute[]): Promise<string> {
    const request = {
      filename: 'a.html',
      from: 'Föreningen <nyhetsbrev@example.se>',
      subject: 'Höstmöte',
      class: 'marketing',
      routes: by ?? (await routes()),
      ...handed,
    } as const;
    const text = '<p>Hej!</p><p><a href="https://example.se/lamna">Avregistrera dig</a></p>';
    const bytes = handed.bytes ?? new TextEncoder().encode(text);
    const read = await readSubmission({ ...request, bytes }, organisation, policy.limits);
    if (!read.ok) throw new Error(`no submission: ${JSON.stringify(read.errors)}`);
    const { verdict } = await preflight.audit(read.submission, { leaveOut: { dns: false, previews: true } });
    if (verdict.decision !== 'clear') {
      const gating = verdict.findings.filter(({ gates }) => gates);
      throw new Error(
        `not clear: ${JSON.stringify(gating.map(({ rule, outcome, reason }) => [rule, outcome, reason]))}`,
      );
    }
    const id = newId('aud');
    const upload = `${organisation}/uploads/${id}`;
    await blobs.put(upload, bytes);
    const { bytes: _, ...fields } = request as Partial<Handed>;
    await own.addAudit({
      id,
      createdAt: clock.now().toISOString(),
      request: JSON.stringify({ ...fields, previews: true }),
      upload,
      digest: read.submission.digest,
      unfinishedAtMost: 10,
    });
    const claim = await store.claimAudit(clock.now(), 60_000, 3);
    if (!claim) throw new Error('the audit was not claimed');
    const kept = { ...verdict, partial: false, ruleSet };
    const finishedAt = clock.now().toISOString();
    await store.finishAudit(claim, { finishedAt, verdict: JSON.stringify(kept), summary: '{}' });
    return id;
  }

  /** A clearance for an audit, or for a new one. */
  async function clearance(auditId?: string): Promise<string> {
    const id = auditId ?? (await audit());
    const granted = await clearances.grant(organisation, 'test', id);
    if (granted.kind !== 'granted') throw new Error(`no clearance: ${granted.code}`);
    return granted.granted.token;
  }

  const world = {
    dir,
    store,
    own,
    ledger: own.ledger,
    blobs,
    keyring,
    senders,
    clearances,
    preflight,
    policy,
    organisation,
    /** Scripted; nothing uses them where other transports were given. */
    ses,
    reserve,
    logged,
    woken,
    clock,
    audit,
    clearance,
    routes,
    rehearse,
    get campaigns() {
      return campaigns;
    },
    /** As after a new start of the process: nothing is remembered but what is in the store. */
    restart(changes: Partial<CampaignsOptions> = {}) {
      campaigns = createCampaigns({ ...campaignsOptions, ...changes });
      return campaigns;
    },
    pass(ms: number) {
      time += ms;
    },
    /** Names of the zone are replaced one by one; null takes one away. */
    async publish(changes: Record<string, unknown>) {
      zone = Object.fromEntries(
        Object.entries({ ...zone, ...changes }).filter(([, records]) => records !== null),
      );
      await answering.close();
      answering = await resolverOf(zone);
    },
    silence(is: boolean) {
      silent = is;
    },
    /** Orders a campaign; it is not sent before `work`. */
    async send(order: Partial<SendOrder> = {}, key = newId('key')): Promise<Campaign> {
      const made = await campaigns.create(
        organisation,
        'test',
        { clearance: order.clearance ?? (await clearance()), ...order },
        key,
      );
      if (!('campaign' in made)) throw new Error(JSON.stringify(made));
      return made.campaign;
    },
    work: () => campaigns.work(),
    async find(id: string): Promise<Campaign> {
      const found = await campaigns.find(organisation, id);
      if (!found) throw new Error('no such campaign');
      return found;
    },
    /** Counts that are not 0. */
    async counts(id: string): Promise<Partial<Record<DeliveryState, number>>> {
      const all = await own.ledger.counts(id);
      return Object.fromEntries(Object.entries(all).filter(([, count]) => count > 0));
    },
    /** Kinds, in the order of the alphabet: here two may be of one moment. */
    async alerts(id: string): Promise<string[]> {
      const alerts = await own.ledger.alerts({ campaign: id, limit: 100 });
      return alerts.map(({ kind, data }) => (kind === 'paused' ? `paused ${data.reason}` : kind)).sort();
    },
    async close() {
      await campaigns.drain(0);
      await store.close();
      await answering.close();
      if (!options.dir) await rm(dir, { recursive: true });
    },
  };
  return world;
}

export type CampaignWorld = Awaited<ReturnType<typeof startCampaignWorld>>;
export type { Scripted };

export const addresses = (count: number, from = 1) =>
  Array.from({ length: count }, (_, i) => ({ address: `person${i + from}@example.com` }));

/** Enough of a message to look at. */
const plainMime: MimeWriter = {
  async write({ from, to, subject, messageId, headers, html, text }) {
    const lines = [
      `From: ${from.name} <${from.address}>`,
      `To: ${to}`,
      `Subject: ${subject}`,
      `Message-ID: <${messageId}>`,
      ...headers.map(({ name, value }) => `${name}: ${value}`),
      '',
      html ?? text ?? '',
    ];
    return new TextEncoder().encode(lines.join('\r\n'));
  },
};
