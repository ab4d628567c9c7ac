/**
 * An organisation that may send, all of it by the API: a domain proved in a zone, two routes, the reserve rehearsed.
 * Everything is real but the servers at the far end, which keep what they are handed.
 *
 *     const world = await startSendingService();
 *     const { token } = await world.cleared();
 *     const made = await world.order({ clearance: token, recipients: people(3) });
 *     await world.campaigns.work();
 *
 * Time stands still but for `world.pass(ms)` and for the campaigns' own waits, which pass at once.
 */
import type { Browser, Rehearsal } from '../../src/ports.ts';
import { drawingOnce, testBrowser } from '../browser.ts';
import { scripted } from '../campaigns/scripted.ts';
import { soundZone } from '../world.ts';
import { type App, type ServiceOptions, startService } from './service.ts';

export const began = Date.UTC(2026, 10, 22, 9);
export const minute = 60_000;
export const hour = 60 * minute;

export const mail = {
  source: '<p>Hej!</p><p><a href="https://example.se/lamna">Avregistrera dig</a></p>',
  filename: 'a.html',
  from: 'Föreningen <nyhetsbrev@example.se>',
  subject: 'Höstmöte',
};

export const people = (count: number, fields?: Record<string, string>) =>
  Array.from({ length: count }, (_, i) => ({
    address: `person${i + 1}@example.com`,
    ...(fields ? { fields } : {}),
  }));

/** Zone of another domain that does everything right. */
export function soundSender(domain: string, selector: string, mailFrom = 'mejl'): Record<string, unknown> {
  return {
    [domain]: soundZone['example.se'],
    [`_dmarc.${domain}`]: soundZone['_dmarc.example.se'],
    [`${selector}._domainkey.${domain}`]: soundZone['s1._domainkey.example.se'],
    [`${mailFrom}.${domain}`]: soundZone['mejl.example.se'],
  };
}

let drawing: Browser | undefined;

/** The real Chromium, for all services of a test file. */
function patientBrowser(): Browser {
  drawing ??= drawingOnce(testBrowser());
  return { ...drawing, close: async () => {} };
}

/** After the last test that draws. */
export async function closeBrowser(): Promise<void> {
  const browser = drawing;
  drawing = undefined;
  await browser?.close();
}

/** What came of a rehearsal by the reserve. */
function passed(mailFrom: string, endedAt: Date): Rehearsal {
  const at = endedAt.toISOString();
  return {
    startedAt: at,
    endedAt: at,
    passed: true,
    returns: true,
    problems: [],
    spf: 'pass',
    dkim: 'pass',
    dmarc: 'pass',
    envelopeFrom: `a@${mailFrom}`,
    dkimDomains: ['example.se'],
    ip: '192.0.2.10',
    tls: true,
    detail: '',
  };
}

export async function startSendingService(options: ServiceOptions = {}) {
  let time = began;
  const clock = { now: () => new Date(time) };
  const ses = scripted('ses', 'ses', { mailFrom: 'mejl.example.se' });
  const reserve = scripted('reserve', 'smtp', {
    mailFrom: 'studs.example.se',
    standardFor: [
      {
        domain: 'example.com',
        mailFrom: 'studs.example.com',
        dkim: [{ d: 'example.com', s: 'standard' }],
      },
    ],
  });
  const service = await startService({
    transports: [ses, reserve],
    browser: patientBrowser(),
    clock,
    ...options,
    zone: {
      'studs.example.se': { TXT: ['v=spf1 ip4:192.0.2.10 -all'], MX: ['10 in.example.se'] },
      ...options.zone,
    },
    senders: {
      rehearse: async ({ route }) => ({ kind: 'arrived', rehearsal: passed(route.mailFrom, clock.now()) }),
      ...options.senders,
    },
    campaigns: {
      async sleep(ms) {
        time += ms;
        await new Promise((resolve) => setImmediate(resolve));
      },
      ...options.campaigns,
    },
  });
  const { organisation, keyring } = service;
  let orders = 0;
  const nextKey = () => {
    orders += 1;
    return `key-${orders}`;
  };

  /** A call that sends JSON, and what came back. */
  async function call(
    method: string,
    path: string,
    body?: unknown,
    { app = service.app, headers = {} } = {},
  ) {
    const response = await app.request(path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: what the API answers is looked at by each test.
    return { status: response.status, body: (await response.json()) as any };
  }
  async function must(method: string, path: string, body?: unknown, as: { app?: App } = {}) {
    const answer = await call(method, path, body, as);
    if (answer.status > 202) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer.body;
  }

  /** Registers a domain and publishes its record. */
  async function prove(domain: string, as: { app?: App } = {}): Promise<string> {
    const { proof } = await must('POST', '/v1/senders', { domain }, as);
    await service.publish({ [proof.name]: { TXT: [proof.data] } });
    const { result } = await must('POST', `/v1/senders/${domain}/check`, undefined, as);
    if (result !== 'active') throw new Error(`the sender is ${result}`);
    return proof.data;
  }

  const p = await keyring.makeDkimKey('example.se', 'klarsignal');
  await service.publish({ 'klarsignal._domainkey.example.se': { TXT: [`v=DKIM1; k=rsa; p=${p}`] } });
  await prove('example.se');
  const routes = '/v1/senders/example.se/routes';
  await must('PUT', `${routes}/ses`, { role: 'primary', mailFrom: 'mejl.example.se', selector: 's1' });
  await must('PUT', `${routes}/reserve`, { role: 'reserve', mailFrom: 'studs.example.se' });
  await must('POST', `${routes}/reserve/rehearsal`);

  // An exception has a name under it.
  const { members } = service.store.organisation(organisation);
  for (const { id } of await members.list()) await members.rename(id, 'Kassören');

  /** An audit that has ended. */
  async function audit(changes: Record<string, unknown> = {}, as: { app?: App } = {}) {
    const path = '/v1/audits';
    const headers = { prefer: 'wait=60' };
    const { status, body } = await call('POST', path, { ...mail, ...changes }, { ...as, headers });
    if (status !== 200 || body.state !== 'done') throw new Error(`no audit: ${JSON.stringify(body)}`);
    return body as {
      id: string;
      digest: string;
      decision: string;
      findings: { rule: string; outcome: string; gates: boolean }[];
    };
  }

  return {
    ...service,
    get campaigns() {
      return service.campaigns;
    },
    ses,
    reserve,
    clock,
    pass: (ms: number) => {
      time += ms;
    },
    call,
    must,
    prove,
    audit,
    /** A clearance for a mail. */
    async cleared(changes: Record<string, unknown> = {}, as: { app?: App } = {}) {
      const { id: auditId, ...audited } = await audit(changes, as);
      const answer = await call('POST', `/v1/audits/${auditId}/clearance`, {}, as);
      if (answer.status !== 201) {
        const gating = audited.findings?.filter(({ gates }) => gates);
        throw new Error(`no clearance: ${JSON.stringify([answer.body, gating])}`);
      }
      return { audit: auditId, id: answer.body.id as string, token: answer.body.clearance as string };
    },
    /** POST /v1/sends. */
    order: (order: object, { key = nextKey(), app = service.app } = {}) =>
      call('POST', '/v1/sends', order, { app, headers: { 'idempotency-key': key } }),
    /** What all sending servers were handed. */
    handed: () => [...ses.mails, ...reserve.mails].map(({ recipient }) => recipient),
    find: (id: string) => must('GET', `/v1/sends/${id}`),
    organisation,
  };
}

export type SendingService = Awaited<ReturnType<typeof startSendingService>>;
