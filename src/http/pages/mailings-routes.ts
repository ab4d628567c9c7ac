/** Pages of mailings: the list, one, a new one, and what is asked before it changes. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { type Campaign, type Campaigns, type Changed, sendErrorCodes } from '../../campaigns/campaign.ts';
import { sendErrorWords } from '../../campaigns/send-errors.ts';
import type { DeliveryState } from '../../ports.ts';
import { callerOf, type HttpEnv } from '../caller.ts';
import { localeOf } from '../locale.ts';
import { mayDo } from '../needs.ts';
import type { AppOptions } from '../options.ts';
import { sayErrors } from '../sends/described.ts';
import { sendPage } from './layout.ts';
import { doersOf } from './mailing/acts.ts';
import type { Shown } from './mailing/confirm.ts';
import { mailingTitle } from './mailing/head.ts';
import type { People } from './mailing/ledger.ts';
import { type Question, questionPage, questions, questionTitle } from './mailing/questions.ts';
import { deliveryStates, hasEnded, lookOf } from './mailing/standing.ts';
import { type MailingPage, mailingPage } from './mailing.ts';
import { mailingsPage, mailingsTitle } from './mailings.ts';
import { handedList } from './new-mailing/handed.ts';
import { columnsOf, type FaultyList } from './new-mailing/list-form.ts';
import { newMailingRoutes } from './new-mailing/routes.ts';
import { listFault } from './new-mailing.ts';
import { problemPage } from './problem.ts';

const pageLength = 20;
/** Few, so that the page ends, until somebody looks for more. */
const peopleAtFirst = 10;
const peopleOnPage = 25;
const searchLength = 320;
/** Characters of the names of columns, in an address. */
const faultLength = 400;

type Own = Context<HttpEnv>;
type Answer = Response | Promise<Response>;

export function mailingRoutes(app: OpenAPIHono<HttpEnv>, options: AppOptions): void {
  const { campaigns, transports = [] } = options;
  const name = (id: string) => transports.find((one) => one.id === id)?.provider ?? id;

  /** Runs what needs the campaigns; where there are none, the page says so. */
  const sending =
    (answer: (c: Own, all: Campaigns, organisation: string) => Answer) =>
    (c: Own): Answer =>
      campaigns ? answer(c, campaigns, callerOf(c).organisation) : problemPage(c, 'sending-unavailable');
  const now = () => options.clock?.now() ?? new Date();
  const idOf = (c: Own) => c.req.param('id') ?? '';

  app.get(
    '/mailings',
    sending(async (c, all, organisation) => {
      const locale = localeOf(c);
      const before = c.req.query('before');
      const found = await all.list(organisation, {
        limit: pageLength + 1,
        ...(before === undefined ? {} : { before }),
      });
      const shown = found.slice(0, pageLength);
      const older = found.length > pageLength ? shown.at(-1)?.id : undefined;
      const body = mailingsPage(
        { campaigns: shown, older, newest: before === undefined, now: now(), name },
        locale,
      );
      const query = before === undefined ? '' : `?before=${encodeURIComponent(before)}`;
      return sendPage(c, { locale, title: mailingsTitle(locale), path: `/mailings${query}`, body });
    }),
  );

  newMailingRoutes(app, options, sending);

  app.get(
    '/mailings/:id',
    sending((c, all, organisation) => {
      // Where the form of a new mailing leads when its list could not be used.
      const fault = sendErrorCodes.find((code) => code === c.req.query('fault'));
      const data = Object.fromEntries(
        ['missing', 'columns'].flatMap((name) => {
          const value = c.req.query(name)?.slice(0, faultLength);
          return value ? [[name, value]] : [];
        }),
      );
      const fields = data.missing?.split(', ').length ?? 0;
      const text = fault && sendErrorWords[localeOf(c)][fault]({ ...data, fields });
      const faulty = text === undefined ? undefined : { list: '', errors: [{ field: 'file', text }] };
      return show(c, all, organisation, { faulty });
    }),
  );

  // Whoever loads a search again from its address sees the mailing.
  app.get('/mailings/:id/people', (c) => c.redirect(`/mailings/${idOf(c)}#people`, 303));
  app.post(
    '/mailings/:id/people',
    sending(async (c, all, organisation) => {
      const body = await c.req.parseBody().catch(() => ({}));
      return show(c, all, organisation, {}, body);
    }),
  );

  app.post(
    '/mailings/:id/list',
    sending(async (c, all, organisation) => {
      const locale = localeOf(c);
      const body = await c.req.parseBody().catch(() => ({}) as Record<string, unknown>);
      const list = typeof body.list === 'string' ? body.list : '';
      const lostFile = body.file instanceof File && body.file.name !== '';
      const faulty = (errors: FaultyList['errors']) =>
        show(c, all, organisation, { faulty: { list, lostFile, errors } });
      const handed = handedList(body);
      if (handed.kind !== 'list') return faulty([listFault(handed.kind, locale)]);
      const { body: stream, format } = handed;
      const changed = await all.addList(organisation, idOf(c), { body: stream, format });
      if (changed.kind === 'invalid')
        return faulty(
          sayErrors(changed.errors, locale).map(({ text }) => ({ field: lostFile ? 'file' : 'list', text })),
        );
      return ended(c, all, organisation, changed);
    }),
  );

  app.post(
    '/mailings/:id/pause',
    sending(async (c, all, own) => {
      const id = idOf(c);
      const changed = await all.pause(own, id, callerOf(c).id);
      const { next } = await c.req.parseBody().catch(() => ({ next: undefined }));
      // The question says by itself how things stand, should it have been paused or have ended meanwhile.
      const asks = next === 'cancel' && (changed.kind === 'done' || changed.kind === 'wrong-state');
      return asks ? c.redirect(`/mailings/${id}/cancel`, 303) : ended(c, all, own, changed);
    }),
  );
  app.post(
    '/mailings/:id/send',
    sending(async (c, all, own) => {
      const { leaveOutEarlier } = await c.req.parseBody().catch(() => ({ leaveOutEarlier: undefined }));
      return ended(c, all, own, await resumed(c, all, own, idOf(c), leaveOutEarlier === 'on'));
    }),
  );
  app.get(
    '/mailings/:id/letter.eml',
    sending(async (c, all, own) => {
      const first = (await all.letter(own, idOf(c)))?.first;
      if (!first || 'refused' in first) return problemPage(c, 'send-not-found');
      return c.body(new Uint8Array(await first.write()), 200, {
        'content-type': 'message/rfc822',
        'content-disposition': `attachment; filename="letter-${idOf(c)}.eml"`,
        'cache-control': 'private, no-store',
      });
    }),
  );

  for (const question of questions) {
    app.get(
      `/mailings/:id/${question}`,
      sending(async (c, all, organisation) => {
        const locale = localeOf(c);
        const campaign = await all.find(organisation, idOf(c));
        if (!campaign) return problemPage(c, 'send-not-found');
        if (question === 'cancel' && hasEnded(campaign)) return problemPage(c, 'send-wrong-state');
        const title = questionTitle(question, campaign, locale);
        const path = `/mailings/${campaign.id}/${question}`;
        return sendPage(c, { locale, title, path, body: questionPage(question, campaign, locale) });
      }),
    );
    app.post(
      `/mailings/:id/${question}`,
      sending(async (c, all, own) => {
        const changed = await answerTo(question, c, all, own);
        return changed ? ended(c, all, own, changed) : problemPage(c, 'invalid-request');
      }),
    );
  }

  async function answerTo(
    question: Question,
    c: Own,
    all: Campaigns,
    own: string,
  ): Promise<Changed | undefined> {
    const id = idOf(c);
    switch (question) {
      case 'resume':
        return resumed(c, all, own, id);
      case 'cancel':
        return all.cancel(own, id, callerOf(c).id);
      case 'return':
        return all.returnToPrimary(own, id);
      case 'unknown': {
        const { as } = await c.req.parseBody().catch(() => ({ as: undefined }));
        return as === 'sent' || as === 'not-sent' ? all.decideUnknown(own, id, as) : undefined;
      }
    }
  }

  /** What is to go, for whoever is asked. */
  async function mailOf(all: Campaigns, own: string, { id, audit }: Campaign): Promise<Shown> {
    const [letter, audited] = await Promise.all([all.letter(own, id), options.audits.find(own, audit)]);
    const [view] = audited?.verdict?.previews ?? [];
    return { letter, picture: view && `/v1/audits/${audit}/previews/${view.view}` };
  }

  /** By a new clearance where the old one has ended, if the report still earns one. */
  async function resumed(
    c: Own,
    all: Campaigns,
    own: string,
    id: string,
    leaveOutEarlier = false,
  ): Promise<Changed> {
    const more = { by: callerOf(c).id, leaveOutEarlier };
    const campaign = await all.find(own, id);
    const ends = campaign?.clearanceEndsAt ?? null;
    const renew =
      campaign?.pauseReason === 'clearance-expired' ||
      campaign?.pauseReason === 'clearance-revoked' ||
      // Somebody has looked at it for longer than a clearance lives.
      (campaign?.pauseReason === 'to-confirm' && ends !== null && Date.parse(ends) <= now().getTime());
    if (!campaign || !renew || !options.clearances) return all.resume(own, id, undefined, more);
    const granted = await options.clearances.grant(own, callerOf(c).id, campaign.audit);
    return all.resume(own, id, granted.kind === 'granted' ? granted.granted.token : undefined, more);
  }

  /** After a change: the mailing, or what the change came up against. */
  function ended(c: Own, all: Campaigns, organisation: string, changed: Changed): Answer {
    switch (changed.kind) {
      case 'done':
        return c.redirect(`/mailings/${changed.campaign.id}`, 303);
      case 'missing':
        return problemPage(c, 'send-not-found');
      case 'wrong-state':
        return problemPage(c, 'send-wrong-state');
      case 'invalid': {
        const faults = sayErrors(changed.errors, localeOf(c)).map(({ text }) => text);
        return show(c, all, organisation, { faults });
      }
    }
  }

  async function show(
    c: Own,
    all: Campaigns,
    organisation: string,
    wrong: Pick<MailingPage, 'faults' | 'faulty'>,
    asked: Readonly<Record<string, unknown>> = peopleAsked(c),
  ): Promise<Response> {
    const locale = localeOf(c);
    const id = idOf(c);
    const progress = await all.progress(organisation, id);
    if (!progress) return problemPage(c, 'send-not-found');
    const { campaign } = progress;
    const { recipients } = options;
    const [people, mail, count, cleared, doers] = await Promise.all([
      peopleOf(asked, all, organisation, id),
      lookOf(campaign) === 'to-confirm' ? mailOf(all, organisation, campaign) : noMail,
      recipients?.countUnsubscribed(organisation, id) ?? 0,
      options.clearances?.ofAudit(organisation, campaign.audit) ?? [],
      doersOf(options.access, organisation),
    ]);
    const awaited =
      lookOf(campaign) === 'awaiting' && (await options.audits.find(organisation, campaign.audit));
    const columns = awaited ? columnsOf(awaited) : undefined;
    const clearance = cleared.find((one) => one.id === campaign.clearance);
    const leavers = { count, mayAsk: recipients !== undefined && mayDo(callerOf(c), 'recipients:write') };
    const body = mailingPage(
      { progress, clearance, people, leavers, now: now(), doers, mail, columns, ...wrong },
      locale,
    );
    // Who gets what is kept by nobody on the way.
    c.header('cache-control', 'private, no-store');
    const faults = (wrong.faults?.length ?? 0) + (wrong.faulty?.errors.length ?? 0);
    const page = {
      locale,
      title: mailingTitle(campaign, locale),
      path: `/mailings/${id}`,
      body,
      // In the other language the same people are looked for.
      ...(people.search
        ? { switchForm: { id: 'find-people', action: `/mailings/${id}/people?`, fresh: false } }
        : {}),
    };
    return sendPage(c, page, faults > 0 ? 422 : 200);
  }
}

const noMail: Shown = { letter: undefined, picture: undefined };

/** What may stand in an address: anything but a part of somebody's own. */
function peopleAsked(c: Own): Readonly<Record<string, unknown>> {
  const { state, after } = c.req.method === 'GET' ? c.req.query() : {};
  return { state, after };
}

async function peopleOf(
  asked: Readonly<Record<string, unknown>>,
  all: Campaigns,
  organisation: string,
  id: string,
): Promise<People> {
  const search = String(asked.search ?? '')
    .trim()
    .slice(0, searchLength);
  const state = deliveryStates.find((one): one is DeliveryState => one === asked.state);
  const after = /^\d{1,9}$/.test(String(asked.after ?? '')) ? Number(asked.after) : undefined;
  const length = search || state || after !== undefined ? peopleOnPage : peopleAtFirst;
  const found = await all.deliveries(organisation, id, {
    limit: length + 1,
    ...(after === undefined ? {} : { after }),
    ...(search ? { search } : {}),
    ...(state ? { states: [state] } : {}),
  });
  const rows = found.slice(0, length);
  const next = found.length > length ? rows.at(-1)?.number : undefined;
  return { rows, search, state, next, first: after === undefined };
}
