/** Everything that sends, put together: keys, senders, clearances, campaigns, and what comes back of the mail. */
import { join } from 'node:path';
import { warmUps } from '../../rules/warm-up.ts';
import { csv } from '../adapters/csv/parse.ts';
import { createFetcher } from '../adapters/fetcher/guarded.ts';
import { openKeyring, requireKeyring } from '../adapters/keys/keyring.ts';
import { mimeWriter } from '../adapters/mime/composer.ts';
import { createSnsSource } from '../adapters/sns/source.ts';
import type { Audits } from '../audits.ts';
import { createCampaigns, createLeftOuts } from '../campaigns.ts';
import { createClearances } from '../clearance.ts';
import { createEvents } from '../events.ts';
import { signersOf } from '../facts/dkim/signers.ts';
import { type GatherOptions, gather, type World } from '../facts/gather.ts';
import { createSpfCheck } from '../facts/spf/check-host.ts';
import type { AskIdentity, Blobs, Log, Queue, Store, Transport } from '../ports.ts';
import type { Preflight } from '../preflight.ts';
import { judgeReceived } from '../received.ts';
import { createRecipients } from '../recipients.ts';
import { createRehearsals } from '../rehearsal.ts';
import { createSenders } from '../senders.ts';
import type { CompileMjml } from '../submission.ts';
import { createUnsubscriptions } from '../unsubscribe.ts';
import { chooseAlarms } from './alarms.ts';
import type { Config } from './config.ts';
import { createKindOf, openReceiver, readReceiver } from './receiver.ts';
import { helloOf, readTransports } from './transports.ts';

export interface SendingParts {
  config: Config;
  store: Store;
  blobs: Blobs;
  /** Wakes a worker that calls `campaigns.work`. */
  queue: Queue;
  world: World;
  preflight: Preflight;
  audits: Audits;
  ruleSet: string;
  compileMjml: CompileMjml;
  /** Where people reach the service, if it is told. */
  origin: string | undefined;
  log: Log;
}

/**
 * Opens the keys, reads the operator's file, and listens for bounces where it says so.
 * @throws Error with a message for the person who starts the service.
 */
export async function openSending(parts: SendingParts) {
  const { config, store, blobs, queue, world, preflight, audits, ruleSet, compileMjml, origin, log } = parts;
  const { resolver, clock, policy, scanner } = world;
  // Of hosts that the operator has chosen, as the system finds them.
  const fetcher = createFetcher();
  const keys = join(config.dataDir, 'keys');
  if (await restsOnKeys(store)) requireKeyring(keys);
  const keyring = openKeyring(keys, clock, (message) => log(message, {}, 'error'));
  const file = config.transports
    ? readTransports(config.transports, { keyring, log, clock, hello: helloOf(config.url) })
    : { transports: [], topics: [], receiver: undefined, alerts: undefined };
  const transports = new Map(file.transports.map((transport) => [transport.id, transport]));
  const identity: AskIdentity = async (id, domain, signal) => transports.get(id)?.identity(domain, signal);
  const receiving = file.receiver === undefined ? undefined : readReceiver(file.receiver);
  const spf = createSpfCheck(resolver);
  const rehearsals = createRehearsals({
    keyring,
    transports,
    mime: mimeWriter,
    receiver: receiving?.domain,
    listening: file.topics.length > 0,
    judge: (mail, order, signal) =>
      judgeReceived(
        mail,
        order,
        {
          spf,
          resolver,
          gather: (names, submission, until) => gather(names, submission, world, quiet(until)),
          limits: policy.limits,
          clock,
        },
        signal,
      ),
    clock,
    log,
  });
  const senders = createSenders({
    store,
    keyring,
    resolver,
    transports,
    identity,
    rehearse: rehearsals.rehearse,
    receiver: receiving?.domain,
    warmUps: warmUps.map(({ id }) => id),
    clock,
    policy,
    log,
  });
  const issuer = config.url ?? 'klarsignal';
  const clearances = createClearances({ store, keyring, clock, policy, ruleSet, issuer, log });
  const alarms = chooseAlarms(file.alerts, { transports: file.transports, mime: mimeWriter, fetcher, clock });
  const campaigns = createCampaigns({
    store,
    blobs,
    queue,
    keyring,
    clearances,
    audits,
    senders,
    preflight,
    transports,
    mime: mimeWriter,
    csv,
    scanner,
    alarms,
    eventful: file.transports.filter(({ kind }) => kind === 'ses').map(({ id }) => id),
    locale: config.alertLocale,
    clock,
    policy,
    warmUps,
    // Mail programs follow nothing else when somebody unsubscribes with one click (RFC 8058 section 3.1).
    url: origin?.startsWith('https:') ? origin : undefined,
    log,
    compileMjml,
  });
  const loops = [...policy.sending.feedbackLoops, ...(receiving?.feedbackLoops ?? [])];
  const events = createEvents({
    store,
    keyring,
    source:
      file.topics.length > 0
        ? createSnsSource({ topics: file.topics, fetcher, clock, ...policy.sending.events })
        : undefined,
    async isOfLoop(bytes) {
      const until = AbortSignal.timeout(policy.budgets.dns);
      const ask: Parameters<typeof signersOf>[2] = (name, type) => resolver.ask({ name, type }, until);
      return (await signersOf(bytes, loops, ask)).length > 0;
    },
    clock,
    log,
    onEvent: (_, campaign) => queue.wake(campaign),
  });
  const receiver =
    receiving &&
    (await openReceiver(receiving, {
      kindOf: createKindOf(receiving.domain, { keyring, store }),
      onReport: ({ bytes, recipient }) => events.receiveReport(bytes, recipient),
      onRehearsal: async (mail) => rehearsals.arrived(mail),
      log,
    }));

  return {
    keyring,
    senders,
    clearances,
    campaigns,
    events,
    recipients: createRecipients({
      store,
      keyring,
      clock,
      leftOut: createLeftOuts({ store, blobs, keyring }),
    }),
    unsubscriptions: createUnsubscriptions({ store, keyring, clock }),
    transports: file.transports,
    identity,
    warmUps,
    async close() {
      await receiver?.close();
      await Promise.all(file.transports.map((transport: Transport) => transport.close()));
    },
  };
}

/** Whether there is anything that other keys would make worthless. */
async function restsOnKeys(store: Store): Promise<boolean> {
  const { senders, recipients } = store.organisation(await store.firstOrganisation());
  const [registered, suppressed] = await Promise.all([senders.list(), recipients.countSuppressed()]);
  return registered.length > 0 || Object.values(suppressed).some((count) => count > 0);
}

function quiet(signal: AbortSignal): GatherOptions {
  return { leaveOut: { dns: false, previews: true }, signal, onProgress: () => {} };
}
