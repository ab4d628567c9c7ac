/** Pages of senders. They call the same core as the API and know nothing more. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Locale } from '../../rule.ts';
import type { Sender, SenderChanged, Senders } from '../../senders/sender.ts';
import { senderWords } from '../../senders/words.ts';
import { callerOf, type HttpEnv } from '../caller.ts';
import { localeOf } from '../locale.ts';
import type { AppOptions } from '../options.ts';
import { sendPage } from './layout.ts';
import { problemPage } from './problem.ts';
import { removeSenderPage, removeSenderTitle, type SenderPage, senderPage } from './sender.ts';
import { sendersPage, sendersTitle } from './senders.ts';

/** Milliseconds that a person waits for a look at DNS, and for a rehearsal to arrive. */
const checkWithin = 10_000;
const rehearseWithin = 90_000;
/** The same, for a page that is only looked at. */
const lookWithin = 3_000;

/** How a check may have ended, as the address of the page says it. */
const checks = ['active', 'not-found', 'taken', 'unanswered'] as const;
const newsOf = (checked: (typeof checks)[number], locale: Locale): SenderPage['news'] => ({
  good: checked === 'active',
  text: senderWords[locale].checks[checked],
});

type Own = Context<HttpEnv>;
type Answer = Response | Promise<Response>;

export function senderRoutes(app: OpenAPIHono<HttpEnv>, options: AppOptions): void {
  const { senders, transports = [], warmUps = [] } = options;
  const having =
    (answer: (c: Own, all: Senders, organisation: string) => Answer) =>
    (c: Own): Answer =>
      senders ? answer(c, senders, callerOf(c).organisation) : problemPage(c, 'sending-unavailable');
  const domainOf = (c: Own) => c.req.param('domain') ?? '';
  const transportOf = (c: Own) => c.req.param('transport') ?? '';
  const within = (c: Own, ms: number) => AbortSignal.any([c.req.raw.signal, AbortSignal.timeout(ms)]);

  app.get(
    '/senders',
    having((c, all, organisation) => board(c, all, organisation)),
  );

  app.post(
    '/senders',
    having(async (c, all, organisation) => {
      const { domain = '' } = await textsOf(c);
      const added = await all.add(organisation, domain);
      if (added.kind === 'done') return c.redirect(`/senders/${added.sender.domain}`, 303);
      const say = senderWords[localeOf(c)].errors;
      return board(c, all, organisation, { domain, errors: added.errors.map(({ code }) => say[code]) });
    }),
  );

  app.get(
    '/senders/:domain',
    having((c, all, organisation) => {
      const checked = checks.find((one) => one === c.req.query('checked'));
      return show(c, all, organisation, checked ? { news: newsOf(checked, localeOf(c)) } : {});
    }),
  );

  app.post(
    '/senders/:domain/check',
    having(async (c, all, organisation) => {
      const ended = await all.check(organisation, domainOf(c), within(c, checkWithin));
      if (ended === 'missing') return problemPage(c, 'not-found');
      // On to its page, so that to load it anew checks nothing again.
      return c.redirect(`/senders/${domainOf(c)}?checked=${ended}`, 303);
    }),
  );

  app.post(
    '/senders/:domain/records',
    having(async (c, all, organisation) => {
      const published = await all.lookUp(organisation, domainOf(c), within(c, checkWithin));
      return show(c, all, organisation, { published });
    }),
  );

  app.post(
    '/senders/:domain/routes/:transport/unseen-bounces',
    having(async (c, all, organisation) => {
      const { accepted } = await textsOf(c);
      if (accepted !== 'yes' && accepted !== 'no') return problemPage(c, 'invalid-request');
      const { organisation: _, ...caller } = callerOf(c);
      const order = { domain: domainOf(c), transport: transportOf(c), accepted: accepted === 'yes' };
      return after(c, all, organisation, await all.acceptUnseenBounces(organisation, caller, order), {});
    }),
  );

  app.post(
    '/senders/:domain/routes',
    having(async (c, all, organisation) => {
      const values = await textsOf(c);
      const { transport = '', mailFrom = '', selector = '' } = values;
      const changed = await all.putRoute(organisation, {
        domain: domainOf(c),
        transport,
        role: values.role as 'primary',
        mailFrom,
        ...(selector === '' ? {} : { selector }),
      });
      return after(c, all, organisation, changed, values);
    }),
  );

  app.post(
    '/senders/:domain/routes/:transport/remove',
    having(async (c, all, organisation) =>
      after(c, all, organisation, await all.removeRoute(organisation, domainOf(c), transportOf(c)), {}),
    ),
  );

  app.post(
    '/senders/:domain/routes/:transport/rehearsal',
    having(async (c, all, organisation) => {
      const signal = within(c, rehearseWithin);
      const ended = await all.rehearse(organisation, domainOf(c), transportOf(c), signal);
      if (ended.kind === 'judged') return c.redirect(`/senders/${domainOf(c)}#routes`, 303);
      const said = senderWords[localeOf(c)].rehearsals[ended.kind];
      const text = ended.kind === 'refused' ? `${said} (${ended.response})` : said;
      return show(c, all, organisation, { news: { good: false, text } });
    }),
  );

  app.post(
    '/senders/:domain/warm-up',
    having(async (c, all, organisation) => {
      const { plan = '' } = await textsOf(c);
      const changed = await all.change(organisation, domainOf(c), { warmUp: plan === '' ? null : plan });
      return after(c, all, organisation, changed, {});
    }),
  );

  app.post(
    '/senders/:domain/on-bounces',
    having(async (c, all, organisation) => {
      const { onBounces = '' } = await textsOf(c);
      const changed = await all.change(organisation, domainOf(c), { onBounces });
      return after(c, all, organisation, changed, {});
    }),
  );

  // It asks first: what is removed has to be proved again.
  app.get(
    '/senders/:domain/remove',
    having(async (c, all, organisation) => {
      const locale = localeOf(c);
      const sender = await all.find(organisation, domainOf(c));
      if (!sender) return problemPage(c, 'not-found');
      const title = removeSenderTitle(sender.domain, locale);
      const path = `/senders/${sender.domain}/remove`;
      return sendPage(c, { locale, title, path, body: removeSenderPage(sender, locale) });
    }),
  );

  app.post(
    '/senders/:domain/remove',
    having(async (c, all, organisation) => {
      const ended = await all.remove(organisation, domainOf(c));
      if (ended === 'in-use') {
        const text = senderWords[localeOf(c)].inUse;
        return show(c, all, organisation, { news: { good: false, text } });
      }
      return ended === 'removed' ? c.redirect('/senders', 303) : problemPage(c, 'not-found');
    }),
  );

  async function board(
    c: Own,
    all: Senders,
    organisation: string,
    faulty: Parameters<typeof sendersPage>[1] = { domain: '', errors: [] },
  ): Promise<Response> {
    const locale = localeOf(c);
    const body = sendersPage(await all.list(organisation), faulty, locale);
    const status = faulty.errors.length > 0 ? 422 : 200;
    return sendPage(c, { locale, title: sendersTitle(locale), path: '/senders', body }, status);
  }

  async function show(
    c: Own,
    all: Senders,
    organisation: string,
    more: Pick<SenderPage, 'news' | 'faulty' | 'published'> = {},
  ): Promise<Response> {
    const sender = await all.find(organisation, domainOf(c));
    if (!sender) return problemPage(c, 'not-found');
    const unready = sender.routes.some(({ armed, records }) => !armed && records.length > 0);
    const published =
      more.published ??
      (unready ? await all.lookUp(organisation, sender.domain, within(c, lookWithin)) : undefined);
    return page(c, sender, { ...more, published });
  }

  function page(c: Own, sender: Sender, more: Pick<SenderPage, 'news' | 'faulty' | 'published'>): Answer {
    const locale = localeOf(c);
    const owns = callerOf(c).role === 'owner';
    const now = options.clock?.now() ?? new Date();
    const body = senderPage({ sender, transports, plans: warmUps, now, owns, ...more }, locale);
    const status = more.faulty ? 422 : 200;
    return sendPage(c, { locale, title: sender.domain, path: `/senders/${sender.domain}`, body }, status);
  }

  function after(
    c: Own,
    all: Senders,
    organisation: string,
    changed: SenderChanged,
    values: Readonly<Record<string, string>>,
  ): Answer {
    if (changed.kind === 'done') return c.redirect(`/senders/${changed.sender.domain}`, 303);
    const say = senderWords[localeOf(c)].errors;
    const errors = changed.errors.map(({ code, field }) => ({ field, text: say[code] }));
    return show(c, all, organisation, { faulty: { values, errors } });
  }
}

async function textsOf(c: Own): Promise<Record<string, string>> {
  const body = await c.req.parseBody().catch(() => ({}) as Record<string, unknown>);
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
