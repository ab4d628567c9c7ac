/** Senders as they are shown: with what is to be published, and whether each route stands ready. */
import type { RouteRow, SenderRow, SenderState, SenderStore } from '../ports.ts';
import type { SendersOptions } from './options.ts';
import { proofOf } from './proof.ts';
import { recordsOf, unproved } from './records.ts';
import { routeRoles } from './route-order.ts';
import { isUnseen, type Sender, type SenderRoute } from './sender.ts';

const dayMs = 24 * 60 * 60 * 1000;

export interface SenderView {
  route(route: RouteRow, state: SenderState): Promise<SenderRoute>;
  sender(sender: SenderRow, routes: readonly RouteRow[]): Promise<Sender>;
  /** As the store has it now. */
  find(senders: SenderStore, domain: string): Promise<Sender | undefined>;
}

export function createSenderView(options: SendersOptions): SenderView {
  const { keyring, transports, receiver, clock, policy } = options;

  function isArmed(route: RouteRow): boolean {
    const { rehearsal, unseenBounces } = route;
    const kind = transports.get(route.transport)?.kind;
    return (
      kind !== undefined &&
      rehearsal?.passed === true &&
      (unseenBounces !== null || !isUnseen(route, kind)) &&
      clock.now().getTime() - Date.parse(rehearsal.endedAt) < policy.sending.rehearsalDays * dayMs
    );
  }

  async function showRoute(route: RouteRow, state: SenderState): Promise<SenderRoute> {
    const transport = transports.get(route.transport);
    return {
      ...route,
      provider: transport?.provider ?? route.transport,
      country: transport?.country ?? '',
      armed: isArmed(route),
      ...(state === 'pending' ? unproved : await recordsOf(route, transport, keyring, receiver)),
    };
  }

  async function showSender(sender: SenderRow, routes: readonly RouteRow[]): Promise<Sender> {
    const shown = inOrder(routes).map((route) => showRoute(route, sender.state));
    return { ...sender, proof: proofOf(sender), routes: await Promise.all(shown) };
  }

  return {
    route: showRoute,
    sender: showSender,
    async find(senders, domain) {
      const sender = await senders.find(domain);
      return sender && showSender(sender, await senders.routes(domain));
    },
  };
}

/** By their roles, the primary first. */
export function inOrder(routes: readonly RouteRow[]): RouteRow[] {
  const place = ({ role }: RouteRow) => routeRoles.indexOf(role);
  return routes.toSorted(
    (one, other) => place(one) - place(other) || (one.transport < other.transport ? -1 : 1),
  );
}
