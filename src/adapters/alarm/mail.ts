/** An alert as a plain mail to whoever is to know. */
import type { Alarm, Clock, MimeWriter, Transport } from '../../ports.ts';

export interface MailAlarmOptions {
  to: string;
  from: string;
  /** Keys that sign for From's domain at this transport. */
  dkim?: readonly { d: string; s: string }[];
  transport: Pick<Transport, 'send'>;
  mime: MimeWriter;
  clock: Clock;
}

/** Every try has an attempt id of its own; the Message-ID stays, so that a mail program shows it once. */
export function createMailAlarm(options: MailAlarmOptions): Alarm {
  const { to, from, dkim = [], transport, mime, clock } = options;
  let tries = 0;
  return {
    async tell({ id, at }, { title, text }, signal) {
      const raw = await mime.write({
        from: { name: 'Klarsignal', address: from },
        to,
        replyTo: [],
        subject: title,
        messageId: `${id}@${from.slice(from.lastIndexOf('@') + 1)}`,
        date: new Date(at),
        html: null,
        text,
        // RFC 3834: nobody's absence is to answer it.
        headers: [{ name: 'auto-submitted', value: 'auto-generated' }],
        attachments: [],
      });
      const attempt = `${id}.${clock.now().getTime()}.${++tries}`;
      const handover = await transport.send(
        { attempt, envelopeFrom: from, recipient: to, dkim, raw },
        signal,
      );
      // What the server said may quote an address.
      if (handover.kind === 'failed')
        throw new Error(`the alert mail failed: ${handover.stage} ${handover.code}`);
    },
  };
}
