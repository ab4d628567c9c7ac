/** Senders and their routes. */

export type SenderState = 'pending' | 'active' | 'lapsed';

export interface SenderRow {
  domain: string;
  /** What its TXT record must say; the organisation's own. */
  token: string;
  state: SenderState;
  createdAt: string;
  /** When the record was seen first, and last asked for with a definite answer. */
  provedAt: string | null;
  checkedAt: string | null;
  /** Plan of its warm-up and the day it began (YYYY-MM-DD); null: none. */
  warmUp: { plan: string; from: string } | null;
  /** What a bounce rate over the limit does. */
  onBounces: 'switch' | 'pause';
}

export type RouteRole = 'primary' | 'reserve';

export interface RouteRow {
  domain: string;
  /** Id of the transport. */
  transport: string;
  role: RouteRole;
  /** Envelope subdomain of its own. */
  mailFrom: string;
  dkim: readonly { d: string; s: string }[];
  createdAt: string;
  /** The latest rehearsal that ended; null: none. */
  rehearsal: Rehearsal | null;
  /** Who has taken upon themselves that bounces of mail by it do not come to us (id of the person); null: nobody. */
  unseenBounces: { by: string; at: string } | null;
  /** Whether DNS led bounces of mail by it to us when it was last asked; null: never, since the route was changed. */
  returns: { here: boolean; at: string } | null;
}

export interface Rehearsal {
  startedAt: string;
  endedAt: string;
  /** Of what arrived, nothing is to be mended. Whether bounces come back is another question. */
  passed: boolean;
  /** It came with the MAIL FROM that was set, and DNS leads bounces to who tells us of them. */
  returns: boolean;
  /** Stable codes of what is to be mended, the gravest first. */
  problems: readonly string[];
  /** Results as RFC 8601 names them: pass, fail, softfail, none, temperror … */
  spf: string;
  dkim: string;
  dmarc: string;
  /** What arrived from where, for evidence. */
  envelopeFrom: string;
  dkimDomains: readonly string[];
  ip: string;
  tls: boolean;
  detail: string;
}

/** Senders of one organisation. */
export interface SenderStore {
  /** Adds it in one atomic step, or gives the one that is there. undefined: as many as may be pending are. */
  add(
    sender: { domain: string; token: string; createdAt: string },
    pendingAtMost?: number,
  ): Promise<SenderRow | undefined>;
  find(domain: string): Promise<SenderRow | undefined>;
  list(): Promise<SenderRow[]>;
  /**
   * Makes it active in one atomic step, unless another organisation has it active: then `taken`, and nothing
   * is changed.
   */
  activate(domain: string, at: string): Promise<'active' | 'taken' | 'missing'>;
  /** Notes a definite answer: still proved, or not any more (`lapsed`). */
  noteCheck(domain: string, proved: boolean, at: string): Promise<boolean>;
  change(domain: string, changes: Partial<Pick<SenderRow, 'warmUp' | 'onBounces'>>): Promise<boolean>;
  /** False when a campaign of it is still to be sent. */
  remove(domain: string): Promise<boolean>;
  /** Adds or replaces; one that is replaced loses its rehearsal and its acceptance unless nothing has changed. */
  putRoute(route: Omit<RouteRow, 'rehearsal' | 'unseenBounces' | 'returns'>): Promise<RouteRow>;
  routes(domain?: string): Promise<RouteRow[]>;
  removeRoute(domain: string, transport: string): Promise<boolean>;
  /** Somebody takes it upon themselves that bounces by this route are not seen; null takes it back. False: no such route. */
  acceptUnseenBounces(
    domain: string,
    transport: string,
    accepted: RouteRow['unseenBounces'],
  ): Promise<boolean>;
  /** Where its bounces go by DNS, asked at that time. False when the route has changed since. */
  noteReturns(
    route: Pick<RouteRow, 'domain' | 'transport' | 'mailFrom'>,
    returns: NonNullable<RouteRow['returns']>,
  ): Promise<boolean>;
  /** One that returns ends an acceptance: there is nothing to accept. False when the route has changed since it began. */
  noteRehearsal(
    route: Pick<RouteRow, 'domain' | 'transport' | 'mailFrom'>,
    rehearsal: Rehearsal,
  ): Promise<boolean>;
}
