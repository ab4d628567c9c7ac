/** Pages for people. They call the same core as the API and know nothing more. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Audit, Submitted } from '../../audits.ts';
import type { Locale } from '../../rule.ts';
import type { InputError } from '../../submission.ts';
import { callerOf, type HttpEnv } from '../caller.ts';
import { formHanded } from '../handed.ts';
import { localeOf } from '../locale.ts';
import type { AppOptions } from '../options.ts';
import { explain, type FieldError } from '../problem.ts';
import { sayRequestErrors } from '../request-errors.ts';
import { asksForHere, isCorrection, readAnswer, readCorrection, saysFields } from './answer.ts';
import { createAuditView } from './audit-view.ts';
import { form, formId, formTitle, type Way } from './form.ts';
import { historyPage, historyTitle } from './history.ts';
import { sendPage } from './layout.ts';
import { placeErrors, readRows, rowsHanded, withoutRows } from './merge-fields/rows.ts';
import { createPresent } from './present.ts';
import { problemPage } from './problem.ts';

/** Reports on a page of the history. */
const pageLength = 20;

type Status = 200 | 400 | 413 | 422;

interface Filled {
  values: Record<string, string>;
  errors: readonly FieldError[];
  /** The language was switched: nothing is wrong, and what was filled in stays. */
  returned?: boolean;
  lostFile?: boolean;
}

const empty: Filled = { values: {}, errors: [] };

export function pageRoutes(app: OpenAPIHono<HttpEnv>, options: AppOptions): void {
  const { audits } = options;
  const showAudit = createAuditView(options);
  const { examples } = audits;
  const ways = waysOf(options);
  const presentOf = createPresent(options);

  app.get('/', (c) => formPage(c, empty, examples, ways));

  app.post('/audits', async (c) => {
    const locale = localeOf(c);
    const body = await c.req.parseBody({ all: true }).catch(() => undefined);
    const values = textsOf(body);
    const lostFile = body?.file instanceof File && (body.file.size > 0 || body.file.name !== '');
    // The language switch of a form that came back: the same form, and nothing is begun.
    if (c.req.query('show') === 'form')
      return formPage(c, { values, errors: [], returned: true, lostFile }, examples, ways);
    const read = await formHanded(body && byWay(body));
    if (!read.ok) {
      return formPage(
        c,
        { values, errors: sayRequestErrors(read.errors, locale), lostFile },
        examples,
        ways,
        400,
      );
    }
    const submitted = await audits.submit(callerOf(c).organisation, read.handed, read.previews);
    if (submitted.kind === 'invalid') {
      const errors = pasted(explain(submitted.errors, locale), values);
      const large = errors.some(({ code }) => code === 'message-too-large');
      return formPage(c, { values, errors, lostFile }, examples, ways, large ? 413 : 422);
    }
    return follow(c, submitted);
  });

  app.post('/audits/example', async (c) => {
    const { name } = await c.req.parseBody().catch(() => ({ name: undefined }));
    const example = examples.find((one) => one === name);
    if (!example) return problemPage(c, 'not-found');
    const submitted = await audits.example(callerOf(c).organisation, example);
    if (submitted.kind === 'missing') return problemPage(c, 'not-found');
    // Ours is read by the same rules as everybody's; the tests hold that it is sound.
    if (submitted.kind === 'invalid') throw new Error('an example that cannot be audited');
    return follow(c, submitted);
  });

  app.get('/audits', async (c) => {
    const locale = localeOf(c);
    const before = c.req.query('before');
    const found = await audits.list(callerOf(c).organisation, {
      limit: pageLength + 1,
      ...(before === undefined ? {} : { before }),
    });
    const { organisation } = callerOf(c);
    const shown = found.slice(0, pageLength);
    const entries = await Promise.all(shown.map((entry) => presentOf(organisation, entry)));
    const older = found.length > pageLength ? entries.at(-1)?.id : undefined;
    const body = historyPage({ entries, older, newest: before === undefined }, locale);
    const query = before === undefined ? '' : `?before=${encodeURIComponent(before)}`;
    return sendPage(c, { locale, title: historyTitle(locale), path: `/audits${query}`, body });
  });

  app.get('/audits/:id', async (c) => {
    const audit = await audits.find(callerOf(c).organisation, c.req.param('id'));
    return audit ? showAudit(c, audit) : problemPage(c, 'audit-not-found');
  });

  app.post('/audits/:id/again', async (c) => {
    const { organisation } = callerOf(c);
    const id = c.req.param('id');
    const audit = await audits.find(organisation, id);
    if (!audit) return problemPage(c, 'audit-not-found');
    const locale = localeOf(c);
    const body = await c.req.parseBody({ all: true }).catch(() => undefined);
    if (body && isCorrection(body)) return correct(c, audit, body);
    if (body && saysFields(body)) return declare(c, audit, body);
    if (body && asksForHere(body)) return sendHere(c, audit, body);
    const answer = await readAnswer(body, locale);
    if (!answer.ok)
      return answer.faulty
        ? showAudit(c, audit, { faulty: answer.faulty })
        : problemPage(c, 'invalid-request');
    const submitted = await audits.again(organisation, id, answer.changes);
    if (submitted.kind === 'missing') return problemPage(c, 'audit-not-found');
    if (submitted.kind !== 'invalid') return follow(c, submitted);
    const errors = explain(submitted.errors, locale);
    if (answer.ask) return showAudit(c, audit, { faulty: { ask: answer.ask, value: answer.value, errors } });
    // What once was taken in no longer is: a newer Klarsignal reads more strictly.
    return problemPage(c, 'invalid-submission', errors.map(({ text }) => text).join(' '));
  });

  async function correct(
    c: Context<HttpEnv>,
    audit: Audit,
    body: Record<string, unknown>,
  ): Promise<Response> {
    // An example stays one: its world knows no other mail.
    if (audit.request.example) return problemPage(c, 'invalid-request');
    const locale = localeOf(c);
    const values = textsOf(body);
    const rows = rowsHanded(body) ?? [];
    const declared = readRows(rows);
    const read = await readCorrection(withoutRows(body), audit.request);
    if (!read.ok || !declared.ok) {
      const errors = read.ok ? [] : sayRequestErrors(read.errors, locale);
      const rowErrors = declared.ok ? [] : declared.errors;
      return showAudit(c, audit, { correction: { values, errors, rows, rowErrors } });
    }
    const changes = { ...read.changes, ...(rows.length > 0 ? { mergeFields: declared.fields } : {}) };
    const submitted = await audits.again(callerOf(c).organisation, audit.id, changes);
    if (submitted.kind === 'missing') return problemPage(c, 'audit-not-found');
    if (submitted.kind !== 'invalid') return follow(c, submitted);
    const [ofFields, others] = sides(submitted.errors, ({ field }) => field === 'mergeFields');
    const errors = pasted(explain(others, locale), values);
    const rowErrors = placeErrors(rows, ofFields, (error) => said(error, locale));
    return showAudit(c, audit, { correction: { values, errors, rows, rowErrors } });
  }

  /** Which merge fields come from the list: the same mail, audited with a sample of each. */
  async function declare(
    c: Context<HttpEnv>,
    audit: Audit,
    body: Record<string, unknown>,
  ): Promise<Response> {
    const rows = rowsHanded(body);
    if (!rows || audit.request.example) return problemPage(c, 'invalid-request');
    const locale = localeOf(c);
    if (!rows.some(({ listed }) => listed))
      return showAudit(c, audit, { fields: { rows, errors: [{ row: -1, fault: 'none' }] } });
    const read = readRows(rows);
    if (!read.ok) return showAudit(c, audit, { fields: { rows, errors: read.errors } });
    const submitted = await audits.again(callerOf(c).organisation, audit.id, { mergeFields: read.fields });
    if (submitted.kind === 'missing') return problemPage(c, 'audit-not-found');
    if (submitted.kind !== 'invalid') return follow(c, submitted);
    const errors = placeErrors(rows, submitted.errors, (error) => said(error, locale));
    return showAudit(c, audit, { fields: { rows, errors } });
  }

  /** The same mail by our own routes: nobody names a sending subdomain or a selector then. */
  async function sendHere(
    c: Context<HttpEnv>,
    audit: Audit,
    { standard }: Record<string, unknown>,
  ): Promise<Response> {
    if (audit.request.example) return problemPage(c, 'invalid-request');
    const system = { mailFrom: '', dkimSelectors: [], sendingAddresses: [] };
    const changes = { ...system, standard: standard === 'true' };
    const submitted = await audits.again(callerOf(c).organisation, audit.id, changes);
    if (submitted.kind === 'missing') return problemPage(c, 'audit-not-found');
    if (submitted.kind !== 'invalid') return follow(c, submitted);
    const errors = explain(submitted.errors, localeOf(c));
    return problemPage(c, 'invalid-submission', errors.map(({ text }) => text).join(' '));
  }
}

/** The form again with what is wrong, since a request this large was not read. */
export function tooLargePage(c: Context, limit: number, ways: readonly Way[]): Response | Promise<Response> {
  const bytes = Number(c.req.header('content-length') ?? 0);
  const errors = explain([{ code: 'message-too-large', field: 'file', data: { bytes, limit } }], localeOf(c));
  return formPage(c, { values: {}, errors, lostFile: true }, [], ways, 413);
}

/** On to the audit that was begun. */
function follow(
  c: Context,
  submitted: Exclude<Submitted, { kind: 'invalid' }>,
): Response | Promise<Response> {
  if (submitted.kind === 'busy') return problemPage(c, 'busy');
  // Only a repeated key conflicts, and a page sends none.
  if (submitted.kind === 'conflict') throw new Error('a conflict without a key');
  return c.redirect(`/audits/${submitted.audit.id}`, 303);
}

function formPage(
  c: Context,
  { values, errors, returned = false, lostFile = false }: Filled,
  examples: AppOptions['audits']['examples'],
  ways: readonly Way[],
  status: Status = 200,
): Response | Promise<Response> {
  const locale = localeOf(c);
  const kept = returned || errors.length > 0;
  return sendPage(
    c,
    {
      locale,
      title: formTitle(locale, errors.length),
      path: '/',
      switchForm: { id: formId, action: '/audits?show=form', fresh: !kept },
      body: form({ locale, values, errors, lostFile, examples, ways }),
    },
    status,
  );
}

/** Who may send: nobody is asked where this service sends nothing. */
export function waysOf({ campaigns, transports = [] }: Pick<AppOptions, 'campaigns' | 'transports'>): Way[] {
  if (!campaigns || transports.length === 0) return [];
  const standard = transports.some(({ standardFor }) => standardFor.length > 0);
  return ['here', ...(standard ? (['standard'] as const) : []), 'own'];
}

/** By our own routes the technical fields say nothing: they may be left from before the choice. */
function byWay({ by, ...body }: Record<string, unknown>): Record<string, unknown> {
  if (by !== 'here' && by !== 'standard') return body;
  const { mailFrom: _, dkimSelectors: __, sendingAddresses: ___, ...rest } = body;
  return { ...rest, ...(by === 'standard' ? { standard: 'true' } : {}) };
}

function said(error: InputError, locale: Locale): string {
  return explain([error], locale)[0]?.text ?? error.code;
}

/** Those for which it is so, and the others. */
function sides<T>(all: readonly T[], is: (one: T) => boolean): [T[], T[]] {
  return [all.filter(is), all.filter((one) => !is(one))];
}

/** What was pasted has its fault shown where it was pasted. */
function pasted(errors: readonly FieldError[], { source }: Record<string, string>): FieldError[] {
  return errors.map((error) => (error.field === 'file' && source ? { ...error, field: 'source' } : error));
}

function textsOf(body: Record<string, unknown> | undefined): Record<string, string> {
  const entries = Object.entries(body ?? {});
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
