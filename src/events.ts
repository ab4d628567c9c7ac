/**
 * What comes back of what was sent, from a provider's notifications and by mail. Whose delivery it is, our own row
 * says: never the event.
 */
import { readReport, readReturnPath } from './bounces.ts';
import { ofRecipient } from './events/recipient.ts';
import { attemptOfOriginal, eventOfReport } from './events/report.ts';
import { readSesEvent } from './events/ses.ts';
import type { Clock, DeliveryEvent, Keyring, Log, NotificationSource, Store } from './ports.ts';

export { deliveryTag, readSesEvent, type SesEvent, type SesReading } from './events/ses.ts';

export interface EventsOptions {
  store: Pick<Store, 'organisation' | 'organisationOf'>;
  keyring: Pick<Keyring, 'isMac' | 'hashAddress'>;
  /** Checks what a provider posts; undefined: nobody posts here. */
  source?: NotificationSource | undefined;
  /**
   * Whether a feedback loop that is known here has signed the report, whole. undefined: none is known. What nobody has
   * signed anybody could have written who has one of our mails: it stops that person's mail, and counts nowhere.
   */
  isOfLoop?: ((bytes: Uint8Array) => Promise<boolean>) | undefined;
  clock: Clock;
  log: Log;
  /** Called after an event took effect, so that whoever watches over the campaign looks at its rates. */
  onEvent?: ((organisation: string, campaign: string) => void) | undefined;
}

/** `taken`: it was understood, or was known already. `refused`: not proved to be what it says. `again`: later. */
export type Taken = 'taken' | 'refused' | 'again';

export interface Events {
  /** What a provider has posted. `body`: as it came. */
  notify(body: Uint8Array, signal: AbortSignal): Promise<Taken>;
  /**
   * What came by mail to one of our addresses. Without a token of ours in it, nothing changes.
   * @param recipient the address of RCPT TO
   */
  receiveReport(bytes: Uint8Array, recipient: string): Promise<'applied' | 'known' | 'nothing'>;
}

export function createEvents(options: EventsOptions): Events {
  const { store, keyring, source, isOfLoop, clock, log, onEvent } = options;

  async function apply(
    told: Unnamed,
    named: string | null,
    idOf: (event: Unnamed) => string,
  ): Promise<boolean> {
    const organisation = await store.organisationOf(told.campaign);
    if (organisation === undefined) return false;
    const row = await rowOf(organisation, told);
    const hash = (address: string) => keyring.hashAddress(organisation, address);
    const about = row ? ofRecipient(told, named, row, hash) : told;
    const event: DeliveryEvent = { ...about, id: idOf(about) };
    const applied = await store.organisation(organisation).ledger.apply(event);
    if (applied) onEvent?.(organisation, event.campaign);
    return applied;
  }

  /** Whose delivery it is; undefined: it does not matter, or there is none. */
  async function rowOf(organisation: string, { campaign, number, bounceClass }: Unnamed) {
    if (bounceClass !== 'bad-address') return undefined;
    return store.organisation(organisation).ledger.delivery(campaign, number);
  }

  const inTurn = createTurns();

  return {
    async notify(body, signal) {
      if (!source) return 'refused';
      const notified = await source.read(body, signal);
      if (notified.kind === 'refused' || notified.kind === 'unanswered') {
        log('notification not taken', { reason: notified.reason }, 'info');
        return notified.kind === 'refused' ? 'refused' : 'again';
      }
      if (notified.kind !== 'notification') {
        log(`topic ${notified.kind}`, { topic: notified.topic }, 'info');
        return 'taken';
      }
      const reading = readSesEvent(notified.message, notified.at);
      if (reading.kind !== 'event') {
        log('notification without effect', { reason: reading.kind }, 'debug');
        return 'taken';
      }
      const { attempt, event, recipient } = reading;
      await apply({ ...event, ...attempt }, recipient, () => `sns:${notified.id}`);
      return 'taken';
    },

    async receiveReport(bytes, recipient) {
      const report = await inTurn(() => readReport(bytes));
      if (report.kind === 'other') return 'nothing';
      const byAddress = readReturnPath(keyring, recipient);
      const named = report.kind === 'complaint' ? attemptOfOriginal(keyring, report) : undefined;
      const attempt = byAddress ?? named;
      if (!attempt) return 'nothing';
      // A report that is signed may be sent on to another address: it speaks of the mail that it names.
      const same = named?.campaign === attempt.campaign && named.number === attempt.number;
      const unproved = report.kind === 'complaint' && !(same && (await isOfLoop?.(bytes)));
      const at = clock.now().toISOString();
      const read = eventOfReport(report, attempt, at);
      if (!read) return 'nothing';
      const event = unproved ? { ...read, unproved } : read;
      return (await apply(event, report.final ?? report.recipient, idOf)) ? 'applied' : 'known';
    },
  };
}

type Unnamed = Omit<DeliveryEvent, 'id'>;

/** One after the other, with a turn for everybody else in between: a hostile report costs some tens of milliseconds. */
function createTurns() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last
      .catch(() => {})
      .then(() => new Promise((resolve) => setTimeout(resolve, 0)))
      .then(work);
    last = mine;
    return mine;
  };
}

/** The same thing said twice of an attempt, by one server or by several, takes effect once. */
function idOf({ campaign, number, attempt, kind, bounceClass, unproved }: Unnamed): string {
  const complaint = unproved ? 'complaint-unproved' : 'complaint';
  const what = kind === 'complained' ? complaint : kind === 'delayed' ? 'delay' : `bounce:${bounceClass}`;
  return `mail:${campaign}.${number}.${attempt}:${what}`;
}
