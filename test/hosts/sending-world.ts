/**
 * A service that sends, as it is really run: its process, its settings, a zone that answers for the internet, and an
 * API key. Whoever uses it publishes in the zone what the API asks for, and nothing else.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { scopes } from '../../src/access/caller.ts';
import { parseZone, startZoneServer, type ZoneServer } from '../../src/adapters/resolver/zone.ts';
import type { Authority } from '../sinks/certificates.ts';
import { command, dataDir, type Running, startServer } from './process.ts';

export const domain = 'bjorkangen.example';
/** Where the service is reached by people, and by those who unsubscribe. */
export const origin = 'https://klarsignal.bjorkangen.example';
/** Host that takes bounces and rehearsals. */
export const receiverHost = 'mottagning.klarsignal.example';

type Zone = Record<string, Record<string, string[]>>;
interface Published {
  name: string;
  type: 'TXT' | 'MX' | 'CNAME';
  data: string;
}

/** A domain as it is before anybody has heard of Klarsignal. */
const before = (): Zone => ({
  [domain]: { A: ['192.0.2.10'], MX: ['10 mx.webbhotell.example'], TXT: ['v=spf1 mx -all'] },
  [`_dmarc.${domain}`]: { TXT: [`v=DMARC1; p=quarantine; rua=mailto:dmarc@${domain}`] },
  'mx.webbhotell.example': { A: ['192.0.2.11'] },
  [receiverHost]: { A: ['192.0.2.53'] },
  // The relay of the test, as a provider's is named.
  '1.0.0.127.in-addr.arpa': { PTR: ['relay.example.net'] },
  'relay.example.net': { A: ['127.0.0.1'] },
});

/** The newsletter of fixtures/worlds/clear with two merge fields and our unsubscribe link. */
export async function newsletter(): Promise<Record<string, unknown>> {
  const html = await readFile(new URL('../../fixtures/worlds/clear/template.html', import.meta.url), 'utf8');
  const merged = html
    .replace('Hej! Ta med', 'Hej {{first_name}}! Ta med')
    .replace(`https://${domain}/hostmote`, '{{page}}')
    .replace(`https://${domain}/avregistrera`, '{{unsubscribe_url}}');
  for (const field of ['first_name', 'page', 'unsubscribe_url']) expect(merged).toContain(`{{${field}}}`);
  return {
    source: merged,
    filename: 'brev.html',
    from: `Björkängens trädgårdsförening <nyhetsbrev@${domain}>`,
    replyTo: `styrelsen@${domain}`,
    subject: 'Fröbyte och höstmöte, {{first_name}}',
    class: 'marketing',
    mergeFields: [
      { name: 'first_name', type: 'text', max_length: 40, sample: 'Åsa' },
      { name: 'page', type: 'url', hosts: [domain], sample: `https://${domain}/hostmote` },
    ],
  };
}

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what a caller without our types gets.
  body: any;
}

export interface SendingWorld {
  readonly running: Running;
  /** Every process so far, the one that runs last. */
  readonly all: readonly Running[];
  readonly key: string;
  readonly receiverPort: number;
  dir: string;
  /** With the API key and nothing else. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  publish(records: readonly Published[]): void;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

export interface SendingWorldOptions {
  authority: Authority;
  /** Where the SMTP route is: TLS from the first byte, with a certificate of `authority`. */
  smtpPort: number;
  receiverPort: number;
  account?: { user: string; password: string };
  /** Program of the service, where it is another than that of this tree. */
  program?: string;
}

export async function openSendingWorld({
  authority,
  smtpPort,
  receiverPort,
  account,
  program,
}: SendingWorldOptions): Promise<SendingWorld> {
  const zone = before();
  const dns = await startZoneServer(read(zone));
  const dir = await dataDir();
  const settings = mkdtempSync(join(tmpdir(), 'klarsignal-settings-'));
  const write = (name: string, text: string) => {
    writeFileSync(join(settings, name), text, { mode: 0o600 });
    return join(settings, name);
  };
  const own = authority.issue([receiverHost, '127.0.0.1']);
  const transports = {
    transports: [
      {
        id: 'own',
        kind: 'smtp',
        host: '127.0.0.1',
        port: smtpPort,
        secure: true,
        country: 'SE',
        provider: 'Egen server',
        spf: 'ip4:127.0.0.1',
        ca: write('ca.pem', authority.cert),
        ...account,
      },
    ],
    receiver: {
      domain: receiverHost,
      host: '127.0.0.1',
      port: receiverPort,
      key: write('receiver.key', own.key),
      cert: write('receiver.pem', own.cert),
    },
  };
  const environment = {
    KLARSIGNAL_DATA: dir,
    KLARSIGNAL_RESOLVER: `127.0.0.1:${dns.port}`,
    KLARSIGNAL_URL: origin,
    KLARSIGNAL_TRANSPORTS: write('transports.json', JSON.stringify(transports)),
    // The real Chromium, unpacked once for all test files.
    KLARSIGNAL_CACHE: join(tmpdir(), 'klarsignal-test-cache'),
    PUPPETEER_EXECUTABLE_PATH: process.env.PUPPETEER_EXECUTABLE_PATH ?? '',
  };
  const all = [await startServer(environment, program)];
  const last = () => all.at(-1) as Running;
  const asked = scopes.flatMap((scope) => ['--scope', scope]);
  const made = await command(['key', 'create', '--name', 'utskick', ...asked], { KLARSIGNAL_DATA: dir });
  expect(made.err + made.code).toMatch(/0$/);
  const key = made.out.trim();

  return {
    dir,
    key,
    receiverPort,
    all,
    get running() {
      return last();
    },
    async call(method, path, body, headers = {}) {
      const isText = typeof body === 'string';
      const response = await fetch(last().url + path, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined || isText ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = /json/.test(response.headers.get('content-type') ?? '');
      return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
    },
    publish(records) {
      for (const { name, type, data } of records) {
        zone[name] = { ...zone[name], [type]: [...(zone[name]?.[type] ?? []), data] };
      }
      dns.setZone(read(zone));
    },
    async stop() {
      last().child.kill('SIGTERM');
      expect(await last().ended).toBe(0);
    },
    async start() {
      all.push(await startServer(environment, program));
    },
    async close() {
      await dns.close();
      await rm(settings, { recursive: true, force: true });
    },
  };
}

function read(zone: Zone): Parameters<ZoneServer['setZone']>[0] {
  const parsed = parseZone(zone);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.zone;
}

/** What a rehearsal says that came through as it should. */
export const arrivedWell = {
  passed: true,
  returns: true,
  problems: [],
  spf: 'pass',
  dkim: 'pass',
  dmarc: 'pass',
  dkimDomains: [domain],
  ip: '127.0.0.1',
  tls: true,
};

/** Registers the domain, proves it, and lets its mail go by the SMTP route. Returns what publishes the route's records. */
export async function registerSender(world: SendingWorld): Promise<() => void> {
  const added = await world.call('POST', '/v1/senders', { domain });
  expect(added).toMatchObject({ status: 201, body: { state: 'pending' } });
  const early = await world.call('POST', `/v1/senders/${domain}/check`);
  expect(early.body).toMatchObject({ result: 'not-found', sender: { state: 'pending' } });
  world.publish([added.body.proof]);
  const checked = await world.call('POST', `/v1/senders/${domain}/check`);
  expect(checked.body).toMatchObject({ result: 'active', sender: { state: 'active' } });
  const routed = await world.call('PUT', `/v1/senders/${domain}/routes/own`, {
    role: 'primary',
    mailFrom: `retur.${domain}`,
  });
  expect(routed.status).toBe(200);
  const [route] = routed.body.routes;
  expect(route).toMatchObject({ armed: false, gaps: [], dkim: [{ d: domain, s: 'klarsignal' }] });
  expect(route.records.map(({ why }: { why: string }) => why)).toEqual(['mx', 'spf', 'dkim']);
  return () => world.publish(route.records);
}

/** Hands the newsletter in, with those changes, and returns its audit and the clearance. */
export async function clear(
  world: SendingWorld,
  changes: Record<string, unknown> = {},
): Promise<{ audit: Answer['body']; granted: Answer['body'] }> {
  const handed = await world.call(
    'POST',
    '/v1/audits',
    { ...(await newsletter()), ...changes },
    { prefer: 'wait=30' },
  );
  expect(handed.body).toMatchObject({ state: 'done', decision: 'clear' });
  const granted = await world.call('POST', `/v1/audits/${handed.body.id}/clearance`);
  expect(granted.status).toBe(201);
  return { audit: handed.body, granted: granted.body };
}

/** The mailing, once it has nothing more to do by itself; the test's own time limit is the bound. */
export async function ended(world: SendingWorld, id: string): Promise<Answer['body']> {
  for (;;) {
    const { body } = await world.call('GET', `/v1/sends/${id}`);
    if (['done', 'paused', 'cancelled'].includes(body.state)) return body;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
