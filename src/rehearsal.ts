/**
 * The rehearsal: a real message by a route to a mailbox that we read, judged as it arrived. A reserve that has not
 * rehearsed carries nothing (law 3).
 */
import { readRehearsalAddress, rehearsalAddressOf } from './bounces.ts';
import { escapeHtml } from './client/merge.ts';
import type {
  Clock,
  ComposedMessage,
  Keyring,
  Log,
  MimeWriter,
  ReceivedMail,
  Rehearsal,
  Transport,
} from './ports.ts';
import type { RehearsalOrder } from './received.ts';
import { feedbackHost } from './senders/records.ts';
import type { Rehearse } from './senders.ts';

export interface RehearsalsOptions {
  keyring: Pick<Keyring, 'mac' | 'isMac'>;
  transports: ReadonlyMap<
    string,
    Pick<Transport, 'send' | 'provider' | 'kind' | 'place' | 'configurationSet'>
  >;
  mime: MimeWriter;
  /** Domain whose mail comes to us; undefined: nobody receives here. */
  receiver: string | undefined;
  /** Events of providers are listened for: there are topics that are believed. */
  listening: boolean;
  /** What arrived, judged; the host binds `judgeReceived` to its world. */
  judge(mail: ReceivedMail, order: RehearsalOrder, signal: AbortSignal): Promise<Rehearsal>;
  clock: Clock;
  log: Log;
}

export interface Rehearsals {
  rehearse: Rehearse;
  /** A message has come to a rehearsal's mailbox; one that nobody waits for is dropped. */
  arrived(mail: ReceivedMail): void;
}

export function createRehearsals(options: RehearsalsOptions): Rehearsals {
  const { keyring, transports, mime, receiver, listening, judge, clock, log } = options;
  const waiting = new Map<string, (message: ReceivedMail) => void>();

  return {
    async rehearse({ organisation, sender, route }, signal) {
      const transport = transports.get(route.transport);
      if (receiver === undefined || !transport) return { kind: 'no-receiver' };
      const id = newId();
      const started = clock.now();
      const to = rehearsalAddressOf(keyring, id, receiver);
      const envelopeFrom = rehearsalAddressOf(keyring, id, route.mailFrom);
      const raw = await mime.write({
        ...messageOf(sender.domain, transport.provider),
        to,
        messageId: `${id}@${route.mailFrom}`,
        date: started,
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
            envelopeFrom,
            recipient: to,
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
        const { dkim, mailFrom } = route;
        // SES puts an address of its own before the domain that we have given it, and tells of bounces by events.
        const bySes = listening && transport.configurationSet !== undefined;
        const bounces =
          transport.kind !== 'ses'
            ? { mailFrom: envelopeFrom, host: receiver }
            : bySes
              ? { mailFrom: `@${mailFrom}`, host: feedbackHost(transport.place) }
              : undefined;
        const startedAt = started.toISOString();
        const order = { organisation, startedAt, domain: sender.domain, dkim, bounces };
        const rehearsal = await judge(message, order, signal);
        log(
          'rehearsal judged',
          { organisation, transport: route.transport, passed: rehearsal.passed, returns: rehearsal.returns },
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

/** As mailings are, so that what a server does to them shows: both parts, letters that are encoded, the one click. */
function messageOf(
  domain: string,
  provider: string,
): Pick<ComposedMessage, 'from' | 'replyTo' | 'subject' | 'html' | 'text' | 'headers' | 'attachments'> {
  const said = `Rehearsal of ${domain} by ${provider}. It shows whether SPF, DKIM and DMARC pass by this route.`;
  const sagt = `Provsändning för ${domain} genom ${provider}. Den visar om SPF, DKIM och DMARC håller den här vägen.`;
  const page = `https://${domain}/`;
  return {
    from: { name: 'Klarsignal åäö', address: `klarsignal@${domain}` },
    replyTo: [],
    subject: 'Klarsignal: rehearsal, provsändning åäö ÅÄÖ',
    html: `<!doctype html>\n<html lang="en"><title>Klarsignal</title>\n<p>${escapeHtml(said)}</p>\n<p lang="sv">${escapeHtml(sagt)}</p>\n<p><a href="${page}">${domain}</a></p>\n</html>\n`,
    text: `${said}\n\n${sagt}\n\n${page}\n`,
    headers: [
      { name: 'Auto-Submitted', value: 'auto-generated' },
      { name: 'List-Unsubscribe', value: `<${page}>` },
      { name: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' },
    ],
    attachments: [],
  };
}

/** 64 random bits. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
