/**
 * What comes back of what was sent, from a provider's notifications and by mail. Whose delivery it is, our own row
 * says: never the event.
 */
import { type Attempt, readReport, readReturnPath } from './bounces.ts';
import { attemptOfOriginal, eventOfReport } from './events/report.ts';
import { readSesEvent } from './events/ses.ts';
import type { Clock, DeliveryEvent, Keyring, Log, NotificationSource, Store } from './ports.ts';

export { deliveryTag, readSesEvent, type SesEvent, type SesReading } from './events/ses.ts';

export interface EventsOptions {
  store: Pick<Store, 'organisation' | 'organisationOf'>;
  keyring: Pick<Keyring, 'isMac'>;
  /** Checks what a provider posts; undefined: nobody posts here. */
  source?: NotificationSource | undefined;
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

export function createEvents({ store, keyring, source, clock, log, onEvent }: EventsOptions): Events {
  async function apply(event: DeliveryEvent): Promise<boolean> {
    const organisation = await store.organisationOf(event.campaign);
    if (organisation === undefined) return false;
    const applied = await store.organisation(organisation).ledger.apply(event);
    if (applied) onEvent?.(organisation, event.campaign);
    return applied;
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
      const { attempt, event } = reading;
      await apply({ ...event, ...attempt, id: `sns:${notified.id}` });
      return 'taken';
    },

    async receiveReport(bytes, recipient) {
      const report = await inTurn(() => readReport(bytes));
      if (report.kind === 'other') return 'nothing';
      const byAddress = readReturnPath(keyring, recipient);
      const attempt =
        byAddress ?? (report.kind === 'complaint' ? attemptOfOriginal(keyring, report) : undefined);
      if (!attempt) return 'nothing';
      const at = clock.now().toISOString();
      const event = eventOfReport(report, attempt, { id: idOf(attempt, report), at });
      if (!event) return 'nothing';
      return (await apply(event)) ? 'applied' : 'known';
    },
  };
}

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
function idOf(
  { campaign, number, attempt }: Attempt,
  report: { kind: string; action: string | null; class: string | null },
): string {
  const what =
    report.kind === 'complaint'
      ? 'complaint'
      : report.action === 'delayed'
        ? 'delay'
        : `bounce:${report.class}`;
  return `mail:${campaign}.${number}.${attempt}:${what}`;
}
