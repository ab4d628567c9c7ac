/** What comes back of the mail: notifications signed as SNS signs them, and reports by mail, through the real readers. */
import { randomUUID, sign } from 'node:crypto';
import { createSnsSource } from '../../src/adapters/sns/source.ts';
import { createEvents, type Events } from '../../src/events.ts';
import { makeAuthority } from '../sinks/certificates.ts';
import type { SesMessage } from '../sinks/ses-sink.ts';
import type { SinkMessage } from '../sinks/smtp-sink.ts';
import type { FaultWorld } from './world.ts';

const topic = 'arn:aws:sns:eu-north-1:123456789012:klarsignal';
const pem = 'https://sns.eu-north-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem';
const signer = makeAuthority().issue(['sns.amazonaws.com']);

export interface Told {
  bounce(message: SesMessage): Promise<unknown>;
  complaint(message: SesMessage): Promise<unknown>;
  delivery(message: SesMessage): Promise<unknown>;
  /** A report (RFC 3464) to the envelope sender. */
  report(message: SinkMessage): Promise<unknown>;
}

export function eventsOf({ store, keyring, clock }: FaultWorld): Told {
  const events: Events = createEvents({
    store,
    keyring,
    source: createSnsSource({
      topics: [topic],
      oldestMs: 24 * 3_600_000,
      fetcher: {
        fetch: async (url) => ({ status: 200, headers: new Headers(), body: Buffer.from(signer.cert), url }),
      },
      // The certificate is of today.
      clock: { now: () => new Date() },
    }),
    clock,
    log: () => {},
  });
  const about = ({ tag, messageId, to }: SesMessage) => ({
    timestamp: clock.now().toISOString(),
    source: 'nyhetsbrev@example.se',
    messageId,
    destination: to,
    tags: { 'klarsignal-delivery': [tag], 'ses:configuration-set': ['klarsignal'] },
  });
  async function notify(message: SesMessage, event: Record<string, unknown>): Promise<void> {
    const body = { ...event, mail: about(message) };
    const taken = await events.notify(signedBySns(JSON.stringify(body)), AbortSignal.timeout(10_000));
    if (taken !== 'taken') throw new Error(`the event was not taken: ${taken}`);
  }
  const timestamp = () => clock.now().toISOString();

  return {
    bounce: (message) =>
      notify(message, {
        eventType: 'Bounce',
        bounce: {
          bounceType: 'Permanent',
          bounceSubType: 'General',
          bouncedRecipients: message.to.map((emailAddress) => ({
            emailAddress,
            action: 'failed',
            status: '5.1.1',
            diagnosticCode: 'smtp; 550 5.1.1 user unknown',
          })),
          timestamp: timestamp(),
          feedbackId: randomUUID(),
          reportingMTA: 'dsn; a8-50.smtp-out.eu-north-1.amazonses.com',
        },
      }),
    complaint: (message) =>
      notify(message, {
        eventType: 'Complaint',
        complaint: {
          complainedRecipients: message.to.map((emailAddress) => ({ emailAddress })),
          timestamp: timestamp(),
          feedbackId: randomUUID(),
          complaintSubType: null,
          complaintFeedbackType: 'abuse',
          userAgent: 'Amazon SES Mailbox Simulator',
        },
      }),
    delivery: (message) =>
      notify(message, {
        eventType: 'Delivery',
        delivery: {
          timestamp: timestamp(),
          processingTimeMillis: 900,
          recipients: message.to,
          smtpResponse: '250 2.6.0 Message received',
          reportingMTA: 'a8-50.smtp-out.eu-north-1.amazonses.com',
        },
      }),
    async report({ from, to }) {
      const took = await events.receiveReport(deliveryStatus(to), from);
      if (took !== 'applied') throw new Error(`the report was not applied: ${took}`);
    },
  };
}

function signedBySns(message: string): Uint8Array {
  const fields: Record<string, string> = {
    Type: 'Notification',
    MessageId: randomUUID(),
    TopicArn: topic,
    Message: message,
    Timestamp: new Date().toISOString(),
  };
  const names = ['Message', 'MessageId', 'Timestamp', 'TopicArn', 'Type'];
  const text = names.map((name) => `${name}\n${fields[name]}\n`).join('');
  const signature = sign('sha256', Buffer.from(text), signer.key).toString('base64');
  const signed = { ...fields, SignatureVersion: '2', Signature: signature, SigningCertURL: pem };
  return new TextEncoder().encode(JSON.stringify(signed));
}

function deliveryStatus(recipient: string): Uint8Array {
  const text = `From: MAILER-DAEMON@mx.example.com
To: <nobody@example.com>
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain

<${recipient}>: host mx.example.com said: 550 5.1.1 User unknown

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; ${recipient}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--b1--
`;
  return new TextEncoder().encode(text.replaceAll('\n', '\r\n'));
}
