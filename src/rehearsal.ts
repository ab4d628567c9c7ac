/**
 * The rehearsal: a real message by a route to a mailbox that we read, judged as it arrived. A reserve that has not
 * rehearsed carries nothing (law 3).
 */
import { readRehearsalAddress, rehearsalAddressOf } from './bounces.ts';
import type { Clock, Keyring, Log, MimeWriter, ReceivedMail, Rehearsal, Transport } from './ports.ts';
import type { Rehearse } from './senders.ts';

export interface RehearsalsOptions {
  keyring: Pick<Keyring, 'mac' | 'isMac'>;
  transports: ReadonlyMap<string, Pick<Transport, 'send' | 'provider'>>;
  mime: MimeWriter;
  /** Domain whose mail comes to us; undefined: nobody receives here. */
  receiver: string | undefined;
  /** What arrived, judged; the host binds `judgeReceived` to its world. */
  judge(
    mail: ReceivedMail,
    order: { organisation: string; startedAt: string; domain: string },
    signal: AbortSignal,
  ): Promise<Rehearsal>;
  clock: Clock;
  log: Log;
}

export interface Rehearsals {
  rehearse: Rehearse;
  /** A message has come to a rehearsal's mailbox; one that nobody waits for is dropped. */
  arrived(mail: ReceivedMail): void;
}

export function createRehearsals(options: RehearsalsOptions): Rehearsals {
  const { keyring, transports, mime, receiver, judge, clock, log } = options;
  const waiting = new Map<string, (message: ReceivedMail) => void>();

  return {
    async rehearse({ organisation, sender, route }, signal) {
      const transport = transports.get(route.transport);
      if (receiver === undefined || !transport) return { kind: 'no-receiver' };
      const id = newId();
      const started = clock.now();
      const raw = await mime.write({
        from: { name: 'Klarsignal', address: `klarsignal@${sender.domain}` },
        to: rehearsalAddressOf(keyring, id, receiver),
        replyTo: [],
        subject: 'Klarsignal rehearsal',
        messageId: `${id}@${route.mailFrom}`,
        date: started,
        html: null,
        text: `Rehearsal of ${sender.domain} by ${transport.provider}. It shows whether SPF, DKIM and DMARC pass by this route.\r\n`,
        headers: [{ name: 'auto-submitted', value: 'auto-generated' }],
        attachments: [],
      });
      const arrival = Promise.withResolvers<ReceivedMail | undefined>();
      const giveUp = () => arrival.resolve(undefined);
      signal.addEventListener('abort', giveUp, { once: true });
      // Before it is sent: it may be here before the server has said that it took it.
      waiting.set(id, arrival.resolve);
      try {
        const handover = await transport.send(
          {
            attempt: `rehearsal.${id}.1`,
            envelopeFrom: rehearsalAddressOf(keyring, id, route.mailFrom),
            recipient: rehearsalAddressOf(keyring, id, receiver),
            dkim: route.dkim,
            raw,
          },
          signal,
        );
        if (handover.kind === 'failed' && handover.stage !== 'handed-over') {
          log(
            'rehearsal refused',
            { organisation, transport: route.transport, stage: handover.stage },
            'info',
          );
          return { kind: 'refused', response: handover.response || `${handover.stage} ${handover.code}` };
        }
        if (signal.aborted) giveUp();
        const message = await arrival.promise;
        if (!message) return { kind: 'not-arrived' };
        const order = { organisation, startedAt: started.toISOString(), domain: sender.domain };
        const rehearsal = await judge(message, order, signal);
        log(
          'rehearsal judged',
          { organisation, transport: route.transport, passed: rehearsal.passed },
          'info',
        );
        return { kind: 'arrived', rehearsal };
      } finally {
        waiting.delete(id);
        signal.removeEventListener('abort', giveUp);
      }
    },

    arrived(mail) {
      const id = readRehearsalAddress(keyring, mail.recipient);
      if (id !== undefined) waiting.get(id)?.(mail);
    },
  };
}

/** 64 random bits. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
