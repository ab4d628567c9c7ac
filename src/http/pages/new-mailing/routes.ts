/** The pages on which a mailing is made: which report, what is missing, the list. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Audit } from '../../../audits.ts';
import type { Campaigns } from '../../../campaigns/campaign.ts';
import { warmUpDay, warmUpSteps } from '../../../campaigns/warm-up.ts';
import { clearanceWords } from '../../../clearance/words.ts';
import { isPublicUrl } from '../../../client/merge.ts';
import type { Locale } from '../../../rule.ts';
import { callerOf, type HttpEnv } from '../../caller.ts';
import { localeOf } from '../../locale.ts';
import type { AppOptions } from '../../options.ts';
import { sayErrors } from '../../sends/described.ts';
import { sendPage } from '../layout.ts';
import { choosePage, listFault, type NewMailing, newMailingPage, newMailingTitle } from '../new-mailing.ts';
import { createPresent } from '../present.ts';
import { problemPage } from '../problem.ts';
import { createCarriage, type Hindrance, isForHere } from './carriage.ts';
import { handedList, handedOrder } from './handed.ts';
import { columnsOf, emptyList, type FaultyList } from './list-form.ts';

/** Reports among which a clear one is looked for. */
const looked = 100;
const shownAtMost = 20;

type Own = Context<HttpEnv>;
type Handler = (c: Own, all: Campaigns, organisation: string) => Response | Promise<Response>;

export function newMailingRoutes(
  app: OpenAPIHono<HttpEnv>,
  options: AppOptions,
  sending: (answer: Handler) => (c: Own) => Response | Promise<Response>,
): void {
  const { audits, clearances, url, warmUps = [] } = options;
  const carriageOf = createCarriage(options);
  const presentOf = createPresent(options);

  app.get(
    '/mailings/new',
    sending(async (c, _, organisation) => {
      const locale = localeOf(c);
      const id = c.req.query('audit');
      if (id === undefined) {
        const all = await audits.list(organisation, { limit: looked });
        const ours = all.filter(
          ({ summary, request }) => summary && !summary.partial && !summary.simulated && isForHere(request),
        );
        const present = await Promise.all(ours.map((entry) => presentOf(organisation, entry)));
        const clear = present.filter(({ summary }) => summary?.decision === 'clear');
        const body = choosePage(clear.slice(0, shownAtMost), locale);
        return sendPage(c, { locale, title: newMailingTitle(locale), path: '/mailings/new', body });
      }
      const audit = await audits.find(organisation, id);
      if (!audit) return problemPage(c, 'audit-not-found');
      return show(c, audit, crypto.randomUUID(), {}, undefined);
    }),
  );

  app.get(
    '/mailings/new/list.csv',
    sending(async (c, _, organisation) => {
      const audit = await audits.find(organisation, c.req.query('audit') ?? '');
      if (!audit) return problemPage(c, 'audit-not-found');
      return c.body(emptyList(columnsOf(audit), localeOf(c)), 200, {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="list.csv"',
      });
    }),
  );

  app.post(
    '/mailings',
    sending(async (c, all, organisation) => {
      const locale = localeOf(c);
      const body = await c.req.parseBody().catch(() => ({}) as Record<string, unknown>);
      const audit = await audits.find(organisation, typeof body.audit === 'string' ? body.audit : '');
      if (!audit) return problemPage(c, 'audit-not-found');
      const given = typeof body.key === 'string' ? body.key : '';
      const key = /^[0-9a-f-]{36}$/.test(given) ? given : crypto.randomUUID();
      const values = Object.fromEntries(
        Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      );
      const lostFile = body.file instanceof File && body.file.name !== '';
      const faulty = (errors: FaultyList['errors']) =>
        show(c, audit, key, values, { list: values.list ?? '', lostFile, errors });
      const list = handedList(body);
      if (list.kind !== 'list') return faulty([listFault(list.kind, locale)]);
      if (!clearances) return problemPage(c, 'sending-unavailable');
      const { id } = callerOf(c);
      const granted = await clearances.grant(organisation, id, audit.id);
      if (granted.kind === 'refused')
        return faulty([{ field: '', text: clearanceWords[locale].refused[granted.code] }]);
      const order = { ...handedOrder(body), clearance: granted.granted.token, hold: true };
      // Sent twice, the form has another clearance the second time: the key then conflicts, and nothing is made.
      const created = await all.create(organisation, id, order, `page-${key}`);
      if (created.kind === 'conflict') return c.redirect('/mailings', 303);
      if (created.kind === 'invalid') return faulty(sayErrors(created.errors, locale));
      const { campaign } = created;
      const added = await all.addList(organisation, campaign.id, { body: list.body, format: list.format });
      // What is wrong with the list is told where it can be handed in again.
      const [fault] = added.kind === 'invalid' ? added.errors : [];
      const { missing = '', columns = '' } = fault?.data ?? {};
      const query = new URLSearchParams(
        fault
          ? { fault: fault.code, ...(missing ? { missing: `${missing}`, columns: `${columns}` } : {}) }
          : {},
      );
      return c.redirect(`/mailings/${campaign.id}${fault ? `?${query}` : ''}`, 303);
    }),
  );

  async function show(
    c: Own,
    audit: Audit,
    key: string,
    values: Readonly<Record<string, string>>,
    faulty: FaultyList | undefined,
  ): Promise<Response> {
    const locale = localeOf(c);
    const carriage = await carriageOf(callerOf(c).organisation, audit);
    const hindrances = [
      ...(await reportHindrance(callerOf(c).organisation, audit, locale)),
      ...(carriage.here ? carriage.hindrances : []),
      ...addressHindrance(audit),
    ];
    const now = options.clock?.now() ?? new Date();
    const day = warmUpDay(carriage.sender, { recipients: 0 }, warmUps, now);
    const steps = day && day.cap !== null ? warmUpSteps(carriage.sender, warmUps) : [];
    const page: NewMailing = { audit, carriage, hindrances, key, values, steps, faulty };
    const faults = faulty?.errors.length ?? 0;
    return sendPage(
      c,
      {
        locale,
        title: newMailingTitle(locale, faults),
        path: `/mailings/new?audit=${encodeURIComponent(audit.id)}`,
        body: newMailingPage(page, locale),
      },
      faults > 0 ? 422 : 200,
    );
  }

  /** Told before anybody fills in a form; the grant looks again. */
  async function reportHindrance(organisation: string, audit: Audit, locale: Locale): Promise<Hindrance[]> {
    const earned = (await clearances?.earned(organisation, audit.id)) ?? 'not-finished';
    return earned === 'earned' ? [] : [{ code: 'report', text: clearanceWords[locale].refused[earned] }];
  }

  /** A mailing without a way to unsubscribe does not go. */
  function addressHindrance({ request }: Audit): Hindrance[] {
    const marketing = (request.class ?? 'marketing') === 'marketing';
    return marketing && !(url && isPublicUrl(url)) ? [{ code: 'service-address-missing' }] : [];
  }
}
