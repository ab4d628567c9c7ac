/** What comes in: read once, its upload kept, its row added. */

import { digestOf, sha256 } from '../digest.ts';
import type { AuditRow, NewAudit, OrganisationStore } from '../ports.ts';
import { authorDomain } from '../submission/author.ts';
import type { HandedFields } from '../submission/fields.ts';
import { formatOf } from '../submission/format.ts';
import {
  type Handed,
  type InputError,
  type MailClass,
  readSubmission,
  type Submission,
  type Template,
  writeMailbox,
} from '../submission.ts';
import { type AuditRequest, type ExampleName, newId, type StoredRequest } from './audit.ts';
import { createGate } from './gate.ts';
import type { AuditsOptions } from './options.ts';

/** What is to be different when an audit is run again. An empty text takes away what was said before. */
export interface AuditChanges extends HandedFields {
  class?: MailClass | undefined;
  mergeFields?: readonly unknown[] | undefined;
  sampleData?: unknown;
  requiredFields?: readonly string[] | undefined;
  standard?: boolean | undefined;
  audience?: string | undefined;
  /** In place of what was handed in then. */
  message?: { bytes: Uint8Array; filename?: string | undefined; charset?: string | undefined };
}

/** What a caller hands in, with the choice of the route. */
export interface HandedIn extends Omit<Handed, 'routes'> {
  /** By the standard route, since the domain is not registered. */
  standard?: boolean | undefined;
}

export type Taken =
  | { kind: 'added' | 'repeated'; row: AuditRow }
  /** The idempotency key was used for something else. */
  | { kind: 'conflict' }
  /** Too many at once, or too many unfinished: nothing was kept, try again. */
  | { kind: 'busy' }
  | { kind: 'invalid'; errors: readonly InputError[] };

/** What there is to run again, or to try, is not there. */
export interface Missing {
  kind: 'missing';
}

export interface AuditedTemplate {
  template: Template;
  digest: string;
  /** Each once. */
  attachments: readonly { sha256: string; bytes: Uint8Array }[];
}

export interface Intake {
  submit(organisation: string, handed: HandedIn, previews: boolean, key?: string): Promise<Taken>;
  again(organisation: string, id: string, changes: AuditChanges, key?: string): Promise<Taken | Missing>;
  example(organisation: string, name: ExampleName): Promise<Taken | Missing>;
  template(organisation: string, id: string): Promise<AuditedTemplate | 'busy' | undefined>;
}

export function createIntake(options: AuditsOptions): Intake {
  const { store, blobs, queue, clock, policy, compileMjml, examples, routesOf } = options;
  const reading = createGate(policy.audits.atOnce, policy.audits.inLine);

  async function take(
    organisation: string,
    bytes: Uint8Array,
    asked: AuditRequest,
    key?: string,
  ): Promise<Taken> {
    const read = await reading.pass(async () => {
      const routes = await routesFor(organisation, bytes, asked);
      const request = { ...asked, ...(routes.length > 0 ? { routes } : {}) };
      const result = await readSubmission({ ...request, bytes }, organisation, policy.limits, compileMjml);
      if (!result.ok) return result;
      // Nothing more is kept: the page itself is read again when its turn comes.
      const { digest, format } = result.submission;
      const own = format === 'eml' ? ownOf(result.submission, routes.length === 0) : undefined;
      return { ok: true as const, digest, own, request };
    });
    if (read === 'busy') return { kind: 'busy' };
    if (!read.ok) return { kind: 'invalid', errors: read.errors };
    const id = newId('aud');
    const upload = `${organisation}/uploads/${id}`;
    const stored: StoredRequest = { ...read.request, ...(read.own ? { own: read.own } : {}) };
    const row: NewAudit = {
      id,
      createdAt: clock.now().toISOString(),
      request: JSON.stringify(stored),
      upload,
      digest: read.digest,
      unfinishedAtMost: policy.audits.unfinished,
    };
    if (key) {
      const fingerprint = await digestOf({ request: plain(asked), file: await sha256(bytes) });
      row.idempotency = { key, fingerprint };
    }
    await blobs.put(upload, bytes);
    let added: Awaited<ReturnType<OrganisationStore['addAudit']>> | undefined;
    try {
      added = await store.organisation(organisation).addAudit(row);
    } finally {
      if (added?.kind !== 'added') await blobs.delete(upload);
    }
    if (added.kind === 'full') return { kind: 'busy' };
    if (added.kind === 'added') queue.wake(id);
    return added;
  }

  /** Kept with the request: the audit judges the routes that its digest promised. */
  async function routesFor(organisation: string, bytes: Uint8Array, asked: AuditRequest) {
    // An example's sender is made up, and one who names a MAIL FROM sends by a system of their own.
    if (!routesOf || asked.example || asked.mailFrom?.trim()) return [];
    const domain = await authorDomain({ ...asked, bytes }, policy.limits);
    return domain === undefined ? [] : routesOf(organisation, domain, asked.standard ?? false);
  }

  return {
    submit(organisation, { bytes, ...handed }, previews, key) {
      return take(organisation, bytes, { ...fieldsOf(handed), previews }, key);
    },

    async again(organisation, id, { message, ...changes }, key) {
      const row = await store.organisation(organisation).audit(id);
      const bytes = message?.bytes ?? (row && (await blobs.get(row.upload)));
      if (!row || !bytes) return { kind: 'missing' };
      const stored = JSON.parse(row.request) as StoredRequest;
      const { previews, example } = stored;
      const fields = { ...fieldsOf(stored), ...(message ? fieldsFor(message, stored) : {}) };
      const request = { ...fields, ...said(changes), previews, repeats: id };
      return take(organisation, bytes, { ...request, ...(example ? { example } : {}) }, key);
    },

    async example(organisation, name) {
      const example = examples?.get(name);
      if (!example) return { kind: 'missing' };
      const { bytes, ...handed } = example.handed;
      return take(organisation, bytes, { ...fieldsOf(handed), previews: true, example: name });
    },

    async template(organisation, id) {
      const row = await store.organisation(organisation).audit(id);
      const bytes = row && (await blobs.get(row.upload));
      if (!row || !bytes) return undefined;
      const request = JSON.parse(row.request) as StoredRequest;
      return reading.pass(async () => {
        const read = await readSubmission({ ...request, bytes }, organisation, policy.limits, compileMjml);
        // Another version of this service may have kept it.
        if (!read.ok || read.submission.digest !== row.digest) return undefined;
        const { template, digest, attachments } = read.submission;
        const held = new Map<string, Uint8Array>();
        for (const [i, { sha256 }] of template.parts.attachments.entries()) {
          held.set(sha256, attachments[i]?.bytes ?? new Uint8Array());
        }
        return { template, digest, attachments: [...held].map(([sha256, bytes]) => ({ sha256, bytes })) };
      });
    },
  };
}

/** One by one: what a caller cannot say, such as whose example it is, must not slip in among the fields. */
function fieldsOf(handed: Omit<HandedIn, 'bytes'>): Omit<HandedIn, 'bytes'> {
  const { filename, charset, from, replyTo, subject, mailFrom, mergeFields, standard } = handed;
  const { dkimSelectors, sendingAddresses, sampleData, requiredFields, audience } = handed;
  const file = { filename, charset };
  const merging = { mergeFields, sampleData, requiredFields };
  const fields = { from, replyTo, subject, mailFrom, dkimSelectors, sendingAddresses, ...merging, standard };
  return { ...file, ...fields, class: handed.class, audience };
}

/**
 * The fields that a new message brings: one with headers speaks for itself, a template has nothing to say
 * and takes over what was said before, be it beside a template or in a message.
 */
function fieldsFor(message: NonNullable<AuditChanges['message']>, before: StoredRequest) {
  const { bytes, filename, charset } = message;
  const file = { filename, charset };
  if (formatOf(filename, bytes) === 'eml') {
    return { ...file, from: undefined, replyTo: undefined, subject: undefined };
  }
  const { own } = before;
  return {
    ...file,
    from: before.from ?? own?.from,
    replyTo: before.replyTo ?? own?.replyTo,
    subject: before.subject ?? own?.subject,
    mailFrom: before.mailFrom ?? own?.mailFrom,
  };
}

/** Those that are said; one by one again. */
function said(changes: Omit<AuditChanges, 'message'>): Partial<Omit<HandedIn, 'bytes'>> {
  const { from, replyTo, subject, mailFrom, dkimSelectors, sendingAddresses, mergeFields, standard } =
    changes;
  const { sampleData, requiredFields, audience } = changes;
  const all = {
    ...{ from, replyTo, subject, mailFrom, dkimSelectors, sendingAddresses, mergeFields, standard },
    ...{ sampleData, requiredFields, audience },
    class: changes.class,
  };
  const given = Object.entries(all).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, value === '' ? undefined : value]));
}

/** `itsWay`: the Return-Path in it is its own, not that of a registered route. */
function ownOf(
  { from, replyTo, template, mailFrom }: Submission,
  itsWay: boolean,
): NonNullable<StoredRequest['own']> {
  const { subject } = template.headers;
  return {
    from: writeMailbox(from),
    ...(replyTo.length > 0 ? { replyTo: replyTo.map(writeMailbox).join(', ') } : {}),
    ...(subject === null ? {} : { subject }),
    ...(mailFrom === null || !itsWay ? {} : { mailFrom }),
  };
}

/** Without the keys whose value is undefined: canonical JSON has no such value. */
function plain(value: object): unknown {
  return JSON.parse(JSON.stringify(value));
}
