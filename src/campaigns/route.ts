/** The routes by which a campaign goes, and whether they are still those that were audited. */
import type { TemplateRoute } from '../client/template.ts';
import type { RouteRole, SenderRow, Transport } from '../ports.ts';
import { isUnseen } from '../senders/sender.ts';
import type { SendErrorCode } from './campaign.ts';
import type { CampaignsOptions } from './options.ts';

export interface CampaignRoute {
  transport: Transport;
  role: RouteRole | 'standard';
  mailFrom: string;
  dkim: readonly { d: string; s: string }[];
  /** Nothing shows that bounces by it come to us. */
  unseen: boolean;
  /** As it stands in the template, for asking DNS again. */
  audited: TemplateRoute;
}

export interface SendingAs {
  /** undefined by the standard route. */
  sender: SenderRow | undefined;
  /** The primary, or the standard route, comes first. */
  routes: readonly [CampaignRoute, ...CampaignRoute[]];
}

/** For an alert: who takes over, and whether anybody will see its bounces. */
export function takesOver({ transport, unseen }: CampaignRoute): Readonly<Record<string, string>> {
  return { reserve: transport.provider, ...(unseen ? { bounces: 'unseen' } : {}) };
}

/** Who may send as this From domain, and by which routes: today's have to be those that were audited. */
export async function sendingAs(
  { senders, transports }: Pick<CampaignsOptions, 'senders' | 'transports'>,
  organisation: string,
  order: { domain: string; standard: boolean; audited: readonly TemplateRoute[] },
): Promise<SendingAs | { refused: SendErrorCode }> {
  const { domain, standard, audited } = order;
  const sender = await senders.senderOf(organisation, domain);
  // Another's domain is not sent as by any route.
  if (sender === 'taken') return { refused: 'sender-taken' };
  if (standard) {
    const route = standardRoute(transports, organisation, domain, audited);
    return route ? { sender: undefined, routes: [route] } : { refused: 'standard-not-registered' };
  }
  if (sender?.state !== 'active') {
    const known = await registered(senders, organisation, domain);
    return { refused: known ? 'sender-unproved' : 'sender-unregistered' };
  }
  const rows = await senders.routesOf(organisation, domain);
  const routes = rows.flatMap((row): CampaignRoute[] => {
    const { transport, role, mailFrom, dkim } = row;
    const server = transports.get(transport);
    const match = audited.find((one) => one.transport === transport);
    return server && match && sameRoute(match, { transport, mailFrom, dkim })
      ? [{ transport: server, role, mailFrom, dkim, unseen: isUnseen(row, server.kind), audited: match }]
      : [];
  });
  if (!rows.some(({ role }) => role === 'primary')) return { refused: 'route-missing' };
  if (rows.some(({ transport }) => !transports.has(transport))) return { refused: 'route-missing' };
  // To audit it again as it was handed in would change nothing.
  if (audited.some(({ transport }) => transport === null)) return { refused: 'route-own' };
  if (routes.length !== rows.length || routes.length !== audited.length) return { refused: 'routes-changed' };
  const inOrder = routes.toSorted((one, other) => rank(one) - rank(other));
  // A reserve in the primary's place would go unrehearsed, and the digest has them in their order.
  if (inOrder.some((route, i) => route.audited !== audited[i])) return { refused: 'routes-changed' };
  const [first, ...rest] = inOrder;
  return first ? { sender, routes: [first, ...rest] } : { refused: 'route-missing' };
}

const rank = ({ role }: CampaignRoute) => (role === 'reserve' ? 1 : 0);

function standardRoute(
  transports: ReadonlyMap<string, Transport>,
  organisation: string,
  domain: string,
  audited: readonly TemplateRoute[],
): CampaignRoute | undefined {
  const [only, ...others] = audited;
  if (!only?.transport || others.length > 0) return undefined;
  const transport = transports.get(only.transport);
  const listed = transport && standardOf(transport, organisation, domain);
  if (!transport || !listed) return undefined;
  const { mailFrom, dkim } = listed;
  if (!sameRoute(only, { transport: transport.id, mailFrom, dkim })) return undefined;
  return { transport, role: 'standard', mailFrom, dkim, unseen: false, audited: only };
}

/** How this organisation may send as the domain by it, without being registered. */
export function standardOf(
  { standardFor }: Pick<Transport, 'standardFor'>,
  organisation: string,
  domain: string,
): Transport['standardFor'][number] | undefined {
  const mine = (one: Transport['standardFor'][number]) =>
    one.domain === domain && (one.organisation ?? organisation) === organisation;
  return standardFor.find(mine);
}

function sameRoute(
  audited: TemplateRoute,
  route: { transport: string; mailFrom: string; dkim: readonly { d: string; s: string }[] },
): boolean {
  const keys = (dkim: readonly { d: string; s: string }[]) =>
    dkim
      .map(({ d, s }) => `${s}._domainkey.${d}`)
      .sort()
      .join(' ');
  return (
    audited.transport === route.transport &&
    audited.mail_from === route.mailFrom &&
    keys(audited.dkim) === keys(route.dkim)
  );
}

/** At this name or above it, though nobody has proved it. */
async function registered(
  senders: CampaignsOptions['senders'],
  organisation: string,
  domain: string,
): Promise<boolean> {
  const labels = domain.split('.');
  for (let i = 0; i < labels.length - 1; i++) {
    if (await senders.find(organisation, labels.slice(i).join('.'))) return true;
  }
  return false;
}
