/** An audit judged again with today's rules, from what the world answered then: nothing is asked anew. */

import type { Blobs, Store } from '../ports.ts';
import {
  type Answering,
  type Audited,
  type AuditOptions,
  FactError,
  type Preflight,
  pageKey,
} from '../preflight.ts';
import type { Policy } from '../rule.ts';
import type { CompileMjml } from '../submission/mjml.ts';
import { readSubmission, type Submission } from '../submission.ts';
import { type StoredRequest, type StoredSummary, type StoredVerdict, toAudit } from './audit.ts';
import { type KeptObservations, unpackObservations } from './observations.ts';

export interface ReplayOptions {
  store: Pick<Store, 'organisation'>;
  blobs: Pick<Blobs, 'get'>;
  /** Judges in a world of stored answers. */
  preflightWith(world: Answering): Pick<Preflight, 'audit'>;
  compileMjml?: CompileMjml | undefined;
  policy: Policy;
}

export type Replayed =
  | {
      kind: 'judged';
      audited: Audited;
      submission: Submission;
      id: string;
      filename: string | null;
      /** Judged in the world of an example. */
      example: boolean;
      /** Time by which it was judged: that of the audit. */
      at: string;
      /** How many answers had not been kept, since they were too many. */
      leftOut: number;
      /** By what it was judged then; null: that does not stand there. */
      ruleSet: string | null;
    }
  /** `unfinished`: there is no verdict. `not-kept`: it is older than the keeping of answers. `changed`: not readable. */
  | { kind: 'missing' | 'unfinished' | 'not-kept' | 'changed' };

/** Judges one audit again. Always simulated, so it never earns a clearance; nothing is stored. */
export async function replayAudit(
  { store, blobs, preflightWith, compileMjml, policy }: ReplayOptions,
  { organisation, id }: { organisation: string; id: string },
  { previews, ...watching }: Pick<AuditOptions, 'signal' | 'onProgress'> & { previews: boolean },
): Promise<Replayed> {
  const row = await store.organisation(organisation).audit(id);
  if (!row) return { kind: 'missing' };
  const { verdict } = toAudit(row, []);
  if (row.state !== 'done' || !verdict) return { kind: 'unfinished' };
  const { observations: key } = JSON.parse(row.summary ?? '{}') as Partial<StoredSummary>;
  const packed = key === undefined ? undefined : await blobs.get(key);
  if (!packed) return { kind: 'not-kept' };
  const kept = await unpackObservations(packed);
  const bytes = await blobs.get(row.upload);
  if (!kept || !bytes) return { kind: 'changed' };
  const request = JSON.parse(row.request) as StoredRequest;
  const read = await readSubmission({ ...request, bytes }, organisation, policy.limits, compileMjml);
  if (!read.ok) return { kind: 'changed' };
  const { submission } = read;
  const audited = await preflightWith(replayed(kept)).audit(submission, {
    ...watching,
    leaveOut: { dns: false, previews: !previews || !request.previews },
    simulated: true,
  });
  const { ruleSet = null } = verdict as Partial<StoredVerdict>;
  const { filename = null, example } = request;
  const of = { id, filename, example: example !== undefined };
  return { kind: 'judged', audited, submission, ...of, at: kept.at, leftOut: kept.leftOut, ruleSet };
}

const notAsked = 'not asked then';

/**
 * Answers what was answered then, by the time of then. What was not asked is unknown: DNS is silent, and nothing
 * is fetched or greeted.
 */
function replayed({ at, observations }: KeptObservations): Answering {
  const answers = new Map(observations.answers.map((one) => [`${one.name} ${one.type}`, one]));
  const pages = new Map(
    observations.fetched.map((one) => [one.asked ? pageKey(one.url, one.asked) : one.url, one]),
  );
  const visits = new Map(observations.visited?.map((one) => [`${one.asked} ${one.url}`, one]));
  const servers = new Map(observations.greetings.map((one) => [one.host, one]));
  const identities = new Map(
    observations.identities.map((one) => [`${one.transport} ${one.domain}`, one.status]),
  );
  const { missing = [] } = observations;
  return {
    clock: { now: () => new Date(at) },
    transports: observations.transports,
    resolver: {
      async ask(question) {
        const silent = { ...question, status: 'timeout' as const, records: [], authenticated: false };
        const answer = answers.get(`${question.name} ${question.type}`);
        return answer ?? { ...silent, resolver: '', at, detail: notAsked };
      },
    },
    fetcher: missing.includes('fetcher') ? undefined : { fetch },
    visitor: missing.includes('visitor') || !observations.visited ? undefined : { visit },
    mailServers: missing.includes('mailServers') ? undefined : { greet },
    identity: async (transport, domain) => identities.get(`${transport} ${domain}`) ?? undefined,
  };

  async function fetch(url: string, { most, redirects = 0 }: { most: number; redirects?: number }) {
    const page = pages.get(pageKey(url, { most: most - 1, redirects })) ?? pages.get(url);
    if (!page) throw new FactError('unanswered', notAsked);
    if (page.status === null) throw Object.assign(new Error(notAsked), { code: page.failure });
    const body = new TextEncoder().encode(page.body);
    // Whoever asks takes one byte more than it reads, and knows by it that there was more.
    const whole = new Uint8Array(page.cut ? most : Math.min(body.length, most - 1));
    whole.set(body.subarray(0, whole.length));
    const headers = new Headers(page.type === '' ? {} : { 'content-type': page.type });
    return { status: page.status, headers, body: whole, url: page.end };
  }

  async function visit(url: string, most: number) {
    const { asked: _, ...visited } = visits.get(`${most} ${url}`) ?? {};
    if (!('at' in visited)) throw new FactError('unanswered', notAsked);
    return { ...visited, body: new Uint8Array() };
  }

  async function greet(host: string) {
    const greeting = servers.get(host);
    if (!greeting) throw new FactError('unanswered', notAsked);
    return greeting;
  }
}
