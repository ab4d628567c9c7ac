/** The pages on which a mailing is made: which report, what is missing, the list. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Audit } from '../../../audits.ts';
import type { Campaigns } from '../../../campaigns/campaign.ts';
import { clearanceWords } from '../../../clearance/words.ts';
import type { TransportInfo } from '../../../ports.ts';
import type { Locale } from '../../../rule.ts';
import type { Sender } from '../../../senders/sender.ts';
import { readMailbox } from '../../../submission/mailbox.ts';
import { callerOf, type HttpEnv } from '../../caller.ts';
import { localeOf } from '../../locale.ts';
import type { AppOptions } from '../../options.ts';
import { sayErrors } from '../../sends/described.ts';
import { sendPage } from '../layout.ts';
import {
  choosePage,
  type Hindrance,
  listFault,
  type NewMailing,
  newMailingPage,
  newMailingTitle,
} from '../new-mailing.ts';
import { problemPage } from '../problem.ts';
import { handedList, handedOrder } from './handed.ts';
import type { FaultyList } from './list-form.ts';

/** Reports among which a clear one is looked for. */
const looked = 100;
const shownAtMost = 20;

type Own = Context<HttpEnv>;
type Handler = (c: Own, all: Campaigns, organisation: string) => Response | Promise<Response>;

/** Where a mail from this domain would go by. */
interface Carriage {
  sender: Sender | undefined;
  standard: TransportInfo | undefined;
  hindrances: readonly Hindrance[];
}

export function newMailingRoutes(
  app: OpenAPIHono<HttpEnv>,
  options: AppOptions,
  sending: (answer: Handler) => (c: Own) => Response | Promise<Response>,
): void {
  const { audits, senders, clearances, transports = [], url } = options;

  app.get(
    '/mailings/new',
    sending(async (c, _, organisation) => {
      const locale = localeOf(c);
      const id = c.req.query('audit');
      if (id === undefined) {
        const all = await audits.list(organisation, { limit: looked });
        const clear = all.filter(
          ({ summary }) => summary?.decision === 'clear' && !summary.partial && !summary.simulated,
        );
        const body = choosePage(clear.slice(0, shownAtMost), locale);
        return sendPage(c, { locale, title: newMailingTitle(locale), path: '/mailings/new', body });
      }
      const audit = await audits.find(organisation, id);
      if (!audit) return problemPage(c, 'audit-not-found');
      return show(c, audit, crypto.randomUUID(), {}, undefined);
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
      const fault = added.kind === 'invalid' ? added.errors[0]?.code : undefined;
      return c.redirect(`/mailings/${campaign.id}${fault ? `?fault=${fault}` : ''}`, 303);
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
    const domain = domainOf(audit);
    const carriage = await carriageOf(callerOf(c).organisation, domain);
    const { sender, standard } = carriage;
    const hindrances = [
      ...(await reportHindrance(callerOf(c).organisation, audit, locale)),
      ...carriage.hindrances,
      ...addressHindrance(audit),
    ];
    const page: NewMailing = { audit, domain, sender, standard, hindrances, key, values, faulty };
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

  async function carriageOf(organisation: string, domain: string): Promise<Carriage> {
    const standard = transports.find((one) => one.standardFor.some((own) => own.domain === domain));
    const nothing = (code: Hindrance['code']): Carriage => ({
      sender: undefined,
      standard: undefined,
      hindrances: [{ code, data: { domain } }],
    });
    const found = await senders?.senderOf(organisation, domain);
    if (found === 'taken') return nothing('sender-taken');
    if (found) {
      const sender = await senders?.find(organisation, found.domain);
      const hindrances: Hindrance[] = sender?.routes.some(({ role }) => role === 'primary')
        ? []
        : [{ code: 'route-missing', data: { domain: found.domain } }];
      return { sender, standard: undefined, hindrances };
    }
    const own = await senders?.find(organisation, domain);
    if (own) return nothing('sender-unproved');
    return standard ? { sender: undefined, standard, hindrances: [] } : nothing('sender-unregistered');
  }

  /** Told before anybody fills in a form; the grant looks again. */
  async function reportHindrance(organisation: string, audit: Audit, locale: Locale): Promise<Hindrance[]> {
    const earned = (await clearances?.earned(organisation, audit.id)) ?? 'not-finished';
    return earned === 'earned' ? [] : [{ code: 'report', text: clearanceWords[locale].refused[earned] }];
  }

  /** A mailing without a way to unsubscribe does not go. */
  function addressHindrance({ request }: Audit): Hindrance[] {
    const marketing = (request.class ?? 'marketing') === 'marketing';
    return marketing && !url?.startsWith('https:') ? [{ code: 'service-address-missing' }] : [];
  }
}

function domainOf({ request }: Audit): string {
  const read = readMailbox(request.from ?? '');
  return read.ok ? read.mailbox.domain : '';
}
