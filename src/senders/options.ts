/** What senders are made with. */
import type {
  Clock,
  IdentityStatus,
  Keyring,
  Log,
  Rehearsal,
  Resolver,
  RouteRow,
  SenderRow,
  Store,
  TransportInfo,
} from '../ports.ts';

/** Sends a rehearsal by this route and waits for it. `rehearsal`: what arrived, judged. */
export type Rehearse = (
  order: { organisation: string; sender: SenderRow; route: RouteRow },
  signal: AbortSignal,
) => Promise<
  | { kind: 'arrived'; rehearsal: Rehearsal }
  | { kind: 'no-receiver' | 'not-arrived' }
  | { kind: 'refused'; response: string }
>;

export interface SendersOptions {
  store: Pick<Store, 'organisation' | 'activeOwner'>;
  keyring: Pick<Keyring, 'makeDkimKey'>;
  resolver: Resolver;
  transports: ReadonlyMap<string, TransportInfo>;
  /** What a provider knows of a domain; undefined: it could not be asked. */
  identity?: (transport: string, domain: string, signal: AbortSignal) => Promise<IdentityStatus | undefined>;
  rehearse: Rehearse;
  /** Host that takes the bounces of SMTP routes. */
  receiver?: string | undefined;
  /** Ids of the plans there are. */
  warmUps: readonly string[];
  clock: Clock;
  policy: { sending: { rehearsalDays: number } };
  log: Log;
}
