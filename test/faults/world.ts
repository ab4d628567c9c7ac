/**
 * A mailing on its way by the real transports, between two servers that fail as they are told:
 *
 *     const world = await startFaultWorld({ routes: 'ses, reserve' });
 *     world.ses.onSend = (n) => (n === 3 ? { error: 'MessageRejected' } : undefined);
 *     const id = await world.send(20);
 *     await world.run();
 *     expect(await world.told(id)).toEqual({ state: 'done', rows: 'accepted 19, rejected 1', ... });
 *
 * At the end of the test the ledger is held against both servers (reconcile.ts), and all is closed.
 * Everything is real: ledger, worker, clearance, DNS, MIME, DKIM, TLS, AUTH. One mail at a time by each route, so
 * that every count is exact. Time passes only where somebody waits.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { openKeyring } from '../../src/adapters/keys/keyring.ts';
import { mimeWriter } from '../../src/adapters/mime/composer.ts';
import { createSesTransport } from '../../src/adapters/transport/ses.ts';
import { createSmtpTransport } from '../../src/adapters/transport/smtp.ts';
import type { SendOrder } from '../../src/campaigns.ts';
import type { MimeWriter, OutgoingMail, Transport } from '../../src/ports.ts';
import { addresses, minute, startCampaignWorld } from '../campaigns/world.ts';
import { makeDataDir } from '../made-once.ts';
import { makeAuthority } from '../sinks/certificates.ts';
import { type SesSink, type SesSinkOptions, startSesSink, verifiedIdentity } from '../sinks/ses-sink.ts';
import { startSmtpSink } from '../sinks/smtp-sink.ts';
import { reconcile } from './reconcile.ts';

/** Primary first. */
export type Routes = 'ses, reserve' | 'ses alone' | 'smtp alone' | 'smtp, ses in reserve';

export interface FaultWorldOptions {
  routes?: Routes;
  engine?: SesSinkOptions['engine'];
  /** Calls to SES at once. */
  atOnce?: number;
  /** Each mail meets the SMTP server anew, and whatever it does to a connection. */
  anew?: boolean;
  /** SES is given so little time to answer: for those that never do. */
  impatient?: boolean;
  /** More than the sockets on the way hold, so that SES answers before all is written. */
  long?: boolean;
  zone?: Record<string, unknown>;
  standardFor?: Transport['standardFor'];
}

/** What a row of the table says of a mailing. */
export interface Told {
  state: string;
  rows: string;
  route: string;
  alerts: string;
  /** Messages that each server has taken or at least seen the end of. */
  ses: number;
  smtp: number;
}

const account = { user: 'klarsignal', pass: 'hemligt lösenord' };
const quick = { connect: 3_000, greeting: 3_000, open: 3_500, envelope: 3_000, message: 3_000, idle: 3_000 };

export async function startFaultWorld(options: FaultWorldOptions = {}) {
  const { routes = 'ses, reserve', engine = 'none', standardFor = [] } = options;
  const dir = await makeDataDir('faults');
  const authority = makeAuthority();
  const [ses, smtp] = await Promise.all([
    startSesSink({ authority, engine }),
    startSmtpSink({ authority, auth: account }),
  ]);
  ses.account.SendQuota.MaxSendRate = 1_000;
  ses.identities.set('example.se', verifiedIdentity('example.se', 'mejl.example.se'));
  const handed = { ses: new Set<string>(), smtp: new Set<string>() };

  const bySes = createSesTransport(
    {
      id: 'ses',
      standardFor,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      atOnce: options.atOnce ?? 1,
      timeouts: { connect: 3_000, answer: options.impatient ? 250 : 10_000, idle: 4_000 },
    },
    { url: ses.url, ca: [authority.cert] },
  );
  const bySmtp = createSmtpTransport({
    id: 'smtp',
    provider: 'Reserve',
    country: 'SE',
    spf: null,
    standardFor: [],
    host: '127.0.0.1',
    port: smtp.port,
    implicitTls: true,
    auth: { user: account.user, password: account.pass },
    ca: [authority.cert],
    atOnce: 1,
    ...(options.anew ? { perConnection: 1 } : {}),
    timeouts: quick,
    keyring: openKeyring(join(dir, 'keys'), { now: () => new Date() }),
  });
  const primary = {
    transport: once(bySes, handed.ses),
    role: 'primary',
    mailFrom: 'mejl.example.se',
  } as const;
  const second = {
    transport: once(bySmtp, handed.smtp),
    role: 'reserve',
    mailFrom: 'studs.example.se',
  } as const;
  const transports = {
    'ses, reserve': [primary, second],
    'ses alone': [primary],
    'smtp alone': [{ ...second, role: 'primary' as const }],
    'smtp, ses in reserve': [
      { ...second, role: 'primary' as const },
      { ...primary, role: 'reserve' as const },
    ],
  }[routes];

  let atRest: () => unknown = () => {};
  const campaigns = await startCampaignWorld({
    dir,
    transports,
    mime: options.long ? long : mimeWriter,
    zone: { 'feedback-smtp.eu-north-1.amazonses.com': { A: ['198.51.100.25'] }, ...options.zone },
    campaigns: {
      async sleep(ms) {
        campaigns.pass(ms);
        await atRest();
        await new Promise((resolve) => setImmediate(resolve));
      },
    },
  });

  const world = {
    ...campaigns,
    ses,
    smtp,
    /** Ids of attempts that were handed to each transport, whatever came of them. */
    handed,
    /** `act` is called whenever the worker waits, after the time has passed. */
    whenAtRest(act: () => unknown) {
      atRest = act;
    },
    /** Orders a mailing to so many. @returns its id */
    async send(count: number, order: Partial<SendOrder> = {}): Promise<string> {
      return (await campaigns.send({ recipients: addresses(count), ...order })).id;
    },
    /** Works, and lets pass whatever time is waited for up to `within` milliseconds from now. */
    async run(within = minute): Promise<void> {
      const until = campaigns.clock.now().getTime() + within;
      for (let turn = 0; turn < 100; turn++) {
        await campaigns.work();
        const next = await campaigns.campaigns.nextWork();
        if (!next || next.getTime() > until) return;
        campaigns.pass(Math.max(0, next.getTime() - campaigns.clock.now().getTime()));
      }
      throw new Error('there is always more to do');
    },
    async told(id: string): Promise<Told> {
      const { state, pauseReason, route } = await campaigns.find(id);
      const counts = Object.entries(await campaigns.counts(id)).sort();
      return {
        state: pauseReason === null ? state : `${state}: ${pauseReason}`,
        rows: counts.map(([one, count]) => `${one} ${count}`).join(', '),
        route: route ?? '',
        alerts: (await campaigns.alerts(id)).join(', '),
        ses: ses.messages.length,
        smtp: smtp.messages.length,
      };
    },
  };
  onTestFinished(async () => {
    try {
      // What is true of every row, whatever it is about.
      await reconcile(world);
      expect(world.logged).toEqual([]);
    } finally {
      await campaigns.close();
      await Promise.all([bySes.close(), bySmtp.close()]);
      await Promise.all([ses.close(), smtp.close()]);
      await rm(dir, { recursive: true });
    }
  });
  return world;
}

export type FaultWorld = Awaited<ReturnType<typeof startFaultWorld>>;

/** A day's quota with room for so many more, as the account counts what it takes. */
export function quotaFullAfter(count: number, { messages }: Pick<SesSink, 'messages'>) {
  return {
    MaxSendRate: 1_000,
    Max24HourSend: 200,
    get SentLast24Hours() {
      return 200 - count + messages.length;
    },
  };
}

/** The transport itself, and a note of each attempt: none is ever handed to one twice. */
function once(transport: Transport, handed: Set<string>): Transport {
  return {
    ...transport,
    send(mail: OutgoingMail, signal: AbortSignal) {
      if (handed.has(mail.attempt)) throw new Error(`attempt ${mail.attempt} was handed over twice`);
      handed.add(mail.attempt);
      return transport.send(mail, signal);
    },
  };
}

const filler = new Uint8Array(8 * 1024 * 1024);
const long: MimeWriter = {
  write: (message) =>
    mimeWriter.write({
      ...message,
      attachments: [
        {
          filename: 'a.bin',
          contentType: 'application/octet-stream',
          disposition: null,
          contentId: null,
          bytes: filler,
        },
      ],
    }),
};
