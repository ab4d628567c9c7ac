/** What somebody asks of a route, checked. */
import type { RouteRole, RouteRow, TransportInfo } from '../ports.ts';
import { asciiDomain } from '../submission/mailbox.ts';
import { isHost } from './domain.ts';
import type { SenderErrorCode } from './sender.ts';

export interface RouteOrder {
  transport: string;
  role: RouteRole;
  mailFrom: string;
  selector?: string | undefined;
}

export interface CheckedRoute {
  transport: TransportInfo;
  role: RouteRole;
  mailFrom: string;
  /** undefined: nobody has said. */
  selector: string | undefined;
}

export type SenderFault = { code: SenderErrorCode; field: string };

export const routeRoles = ['primary', 'reserve'] as const satisfies readonly RouteRole[];
/** Under `<selector>._domainkey.` (RFC 6376 section 3.6.2.1). */
const selectorForm = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/;
const nameLength = 253;

/**
 * Checks an order against the sender's domain and what there is already.
 * `others`: the organisation's other routes, of any domain; `domains`: all that it has registered.
 */
export function checkRoute(
  order: RouteOrder,
  domain: string,
  transports: ReadonlyMap<string, TransportInfo>,
  others: readonly RouteRow[],
  domains: readonly string[],
): { ok: true; route: CheckedRoute } | { ok: false; errors: SenderFault[] } {
  const errors: SenderFault[] = [];
  const transport = transports.get(order.transport);
  if (!transport) errors.push({ code: 'transport-unknown', field: 'transport' });
  const own = others.filter((route) => route.domain === domain);
  if (!routeRoles.includes(order.role)) errors.push({ code: 'role-invalid', field: 'role' });
  else if (own.some(({ role }) => role === order.role)) errors.push({ code: 'role-taken', field: 'role' });

  const mailFrom = asciiDomain(order.mailFrom);
  if (mailFrom === undefined || !isHost(mailFrom))
    errors.push({ code: 'mail-from-invalid', field: 'mailFrom' });
  else if (!mailFrom.endsWith(`.${domain}`)) errors.push({ code: 'mail-from-outside', field: 'mailFrom' });
  else if (others.some((route) => route.mailFrom === mailFrom) || domains.includes(mailFrom))
    errors.push({ code: 'mail-from-shared', field: 'mailFrom' });

  const selector = order.selector?.trim().toLowerCase() || undefined;
  const key = `${selector}._domainkey.${domain}`;
  if (selector !== undefined && (!selectorForm.test(selector) || key.length > nameLength))
    errors.push({ code: 'dkim-selector-invalid', field: 'selector' });

  if (errors.length > 0 || !transport || mailFrom === undefined) return { ok: false, errors };
  return { ok: true, route: { transport, role: order.role, mailFrom, selector } };
}
