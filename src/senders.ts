/**
 * Senders: whole domains that an organisation has shown to be its own, and the routes their mail takes. One
 * organisation has a domain active at a time: the one that DNS names.
 */
import type { RouteRow, SenderRow, SenderStore } from './ports.ts';
import { namesAbove, readDomain } from './senders/domain.ts';
import type { SendersOptions } from './senders/options.ts';
import { askProof, newProofToken } from './senders/proof.ts';
import { askRecord } from './senders/published.ts';
import { askReturns } from './senders/returns.ts';
import { checkRoute, type SenderFault } from './senders/route-order.ts';
import { areElsewhere, type SenderChanged, type Senders } from './senders/sender.ts';
import { createSigningKeys } from './senders/signing-keys.ts';
import { createSenderView, inOrder } from './senders/view.ts';

export type { Rehearse, SendersOptions } from './senders/options.ts';
export { askReturns } from './senders/returns.ts';
export { routeRoles } from './senders/route-order.ts';
export {
  areElsewhere,
  isUnseen,
  type RecordToPublish,
  type RouteGap,
  routeGaps,
  type Sender,
  type SenderChanged,
  type SenderErrorCode,
  type SenderRoute,
  type Senders,
  senderErrorCodes,
  senderStates,
} from './senders/sender.ts';

/** Domains of an organisation that are registered and have never been proved. */
const pendingAtMost = 20;

export function createSenders(options: SendersOptions): Senders {
  const { store, resolver, transports, warmUps, clock, log } = options;
  const of = (organisation: string) => store.organisation(organisation).senders;
  const at = () => clock.now().toISOString();

  const view = createSenderView(options);
  const keys = createSigningKeys(options);

  /** The sender as it is after a change. */
  const done = async (senders: SenderStore, domain: string): Promise<SenderChanged> => {
    const sender = await view.find(senders, domain);
    return sender ? { kind: 'done', sender } : invalid({ code: 'sender-missing', field: 'domain' });
  };

  /** Ends what another organisation has, if DNS does not name it any more. */
  const takeOver = async (organisation: string, domain: string, names: (token: string) => boolean) => {
    const owner = await store.activeOwner([domain]);
    if (owner && owner.organisation !== organisation) {
      if (names(owner.token)) return 'taken';
      await of(owner.organisation).noteCheck(domain, false, at());
      log('sender lapsed', { organisation: owner.organisation }, 'info');
    }
    return of(organisation).activate(domain, at());
  };

  return {
    async add(organisation, text) {
      const read = readDomain(text);
      if (!read.ok) return invalid({ code: read.code, field: 'domain' });
      const { domain } = read;
      const sender = { domain, token: newProofToken(), createdAt: at() };
      // Each look for a record is a question to DNS, and a name that nobody has proved may be anybody's.
      const added = await of(organisation).add(sender, pendingAtMost);
      return added
        ? done(of(organisation), domain)
        : invalid({ code: 'senders-pending-too-many', field: 'domain' });
    },

    async list(organisation) {
      const [senders, routes] = await Promise.all([of(organisation).list(), of(organisation).routes()]);
      return Promise.all(
        senders.map((sender) =>
          view.sender(
            sender,
            routes.filter(({ domain }) => domain === sender.domain),
          ),
        ),
      );
    },

    async find(organisation, text) {
      const read = readDomain(text);
      return read.ok ? view.find(of(organisation), read.domain) : undefined;
    },

    async check(organisation, text, signal) {
      const read = readDomain(text);
      const senders = of(organisation);
      const sender = read.ok ? await senders.find(read.domain) : undefined;
      if (!sender) return 'missing';
      const { domain, token } = sender;
      const proof = await askProof(resolver, domain, signal);
      if (!proof) return 'unanswered';
      if (!proof.names(token)) {
        if (!(await senders.noteCheck(domain, false, at()))) return 'missing';
        if (sender.state === 'active') log('sender lapsed', { organisation }, 'info');
        return 'not-found';
      }
      const activated = await senders.activate(domain, at());
      const ended = activated === 'taken' ? await takeOver(organisation, domain, proof.names) : activated;
      if (ended === 'active')
        await Promise.all(
          (await senders.routes(domain)).map((route) => keys.refresh(senders, route, signal)),
        );
      return ended;
    },

    async lookUp(organisation, text, signal) {
      const read = readDomain(text);
      const sender = read.ok ? await view.find(of(organisation), read.domain) : undefined;
      const records = sender?.routes.flatMap((route) => route.records) ?? [];
      return Promise.all(
        records.map(async (record) => ({ record, state: await askRecord(resolver, record, signal) })),
      );
    },

    async remove(organisation, text) {
      const read = readDomain(text);
      if (!read.ok || !(await of(organisation).find(read.domain))) return 'missing';
      return (await of(organisation).remove(read.domain)) ? 'removed' : 'in-use';
    },

    async putRoute(organisation, order) {
      const read = readDomain(order.domain);
      const senders = of(organisation);
      const sender = read.ok ? await senders.find(read.domain) : undefined;
      if (!sender) return invalid({ code: 'sender-missing', field: 'domain' });
      const { domain } = sender;
      const [routes, registered] = await Promise.all([senders.routes(), senders.list()]);
      const others = routes.filter((one) => one.domain !== domain || one.transport !== order.transport);
      const checked = checkRoute(
        order,
        domain,
        transports,
        others,
        registered.map((one) => one.domain),
      );
      if (!checked.ok) return { kind: 'invalid', errors: checked.errors };
      const { transport, role, mailFrom } = checked.route;
      const dkim = await keys.of(checked.route, domain);
      await senders.putRoute({ domain, transport: transport.id, role, mailFrom, dkim, createdAt: at() });
      return done(senders, domain);
    },

    async acceptUnseenBounces(organisation, caller, { domain: text, transport, accepted }) {
      // Before all else: who may not has no business with what there is.
      if (caller.kind !== 'person' || caller.role !== 'owner')
        return invalid({ code: 'owner-only', field: 'transport' });
      const read = readDomain(text);
      const senders = of(organisation);
      if (!read.ok || !(await senders.find(read.domain)))
        return invalid({ code: 'sender-missing', field: 'domain' });
      const { domain } = read;
      const route = await routeOf(senders, domain, transport);
      if (!route) return invalid({ code: 'route-missing', field: 'transport' });
      if (accepted && !areElsewhere(route))
        return invalid({ code: 'bounces-not-unseen', field: 'transport' });
      await senders.acceptUnseenBounces(domain, transport, accepted ? { by: caller.id, at: at() } : null);
      log(
        accepted ? 'unseen bounces accepted' : 'unseen bounces accepted no more',
        { organisation, transport },
        'info',
      );
      return done(senders, domain);
    },

    async removeRoute(organisation, text, transport) {
      const read = readDomain(text);
      const senders = of(organisation);
      if (!read.ok || !(await senders.find(read.domain)))
        return invalid({ code: 'sender-missing', field: 'domain' });
      if (!(await senders.removeRoute(read.domain, transport)))
        return invalid({ code: 'route-missing', field: 'transport' });
      return done(senders, read.domain);
    },

    async change(organisation, text, { warmUp, onBounces }) {
      const read = readDomain(text);
      const senders = of(organisation);
      const sender = read.ok ? await senders.find(read.domain) : undefined;
      if (!sender) return invalid({ code: 'sender-missing', field: 'domain' });
      const errors: SenderFault[] = [];
      if (typeof warmUp === 'string' && !warmUps.includes(warmUp))
        errors.push({ code: 'warm-up-unknown', field: 'warmUp' });
      if (onBounces !== undefined && onBounces !== 'switch' && onBounces !== 'pause')
        errors.push({ code: 'on-bounces-invalid', field: 'onBounces' });
      if (errors.length > 0) return { kind: 'invalid', errors };
      await senders.change(sender.domain, {
        ...(warmUp === undefined ? {} : { warmUp: planOf(warmUp, sender, at()) }),
        ...(onBounces === 'switch' || onBounces === 'pause' ? { onBounces } : {}),
      });
      return done(senders, sender.domain);
    },

    senderOf,

    async routesOf(organisation, domain) {
      const sender = await senderOf(organisation, domain);
      if (!sender || sender === 'taken') return [];
      return inOrder(await of(organisation).routes(sender.domain));
    },

    async askReturns(organisation, text, signal) {
      const read = readDomain(text);
      const senders = of(organisation);
      const routes = read.ok ? await senders.routes(read.domain) : [];
      const bySmtp = routes.filter(({ transport }) => transports.get(transport)?.kind === 'smtp');
      const unanswered: string[] = [];
      const ask = async (route: RouteRow) => {
        const { mailFrom, transport } = route;
        // Nobody receives here.
        const host = options.receiver?.toLowerCase();
        const found =
          host === undefined ? 'elsewhere' : await askReturns(resolver, { mailFrom, host }, signal);
        if (found === 'unanswered') return unanswered.push(transport);
        return senders.noteReturns(route, { here: found === 'here', at: at() });
      };
      await Promise.all(bySmtp.map(ask));
      return { unanswered };
    },

    async rehearse(organisation, text, transport, signal) {
      const read = readDomain(text);
      const senders = of(organisation);
      const sender = read.ok ? await senders.find(read.domain) : undefined;
      const route = sender && (await routeOf(senders, sender.domain, transport));
      if (!sender || !route || !transports.has(transport)) return { kind: 'missing' };
      // It is real mail in the domain's name.
      if (sender.state !== 'active') return { kind: 'unproved' };
      const fresh = await keys.refresh(senders, route, signal);
      const result = await options.rehearse({ organisation, sender, route: fresh }, signal);
      if (result.kind !== 'arrived') return result;
      await senders.noteRehearsal(fresh, result.rehearsal);
      const judged = await routeOf(senders, sender.domain, transport);
      return judged ? { kind: 'judged', route: await view.route(judged, sender.state) } : { kind: 'missing' };
    },
  };

  async function senderOf(organisation: string, text: string): Promise<SenderRow | 'taken' | undefined> {
    const names = namesAbove(text);
    const owner = names.length === 0 ? undefined : await store.activeOwner(names);
    if (!owner) return undefined;
    if (owner.organisation !== organisation) return 'taken';
    const sender = await of(organisation).find(owner.domain);
    return sender?.state === 'active' ? sender : undefined;
  }
}

async function routeOf(senders: SenderStore, domain: string, transport: string) {
  return (await senders.routes(domain)).find((one) => one.transport === transport);
}

/** The same plan again goes on where it is. */
function planOf(plan: string | null, { warmUp }: SenderRow, at: string): SenderRow['warmUp'] {
  if (plan === null) return null;
  return warmUp?.plan === plan ? warmUp : { plan, from: at.slice(0, 10) };
}

function invalid(...errors: SenderFault[]): SenderChanged {
  return { kind: 'invalid', errors };
}
