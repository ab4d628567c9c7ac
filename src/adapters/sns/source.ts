/**
 * Notifications of Amazon SNS: signed by AWS, of a topic that whoever runs the service has named, and fresh. A
 * subscription is confirmed through the API of the topic's region; no address in a message is ever followed.
 */
import { verify } from 'node:crypto';
import type { Clock, Fetcher, NotificationSource, Notified } from '../../ports.ts';
import { createCertificates } from './certificate.ts';
import { isBareEvent, readMessage, type SnsMessage } from './message.ts';
import { apiAddress, isCertificateAddress, regionOf } from './topic.ts';

export interface SnsOptions {
  /** ARNs of the topics that may speak to us. */
  topics: readonly string[];
  fetcher: Fetcher;
  clock: Clock;
  /** Milliseconds that a message may be old: what is kept in a queue of dead letters comes days later. */
  oldestMs: number;
}

/** Milliseconds that clocks may differ. */
const ahead = 5 * 60_000;
/** Bytes of a body. */
const largest = 256 * 1024;

/** @throws Error for a topic that is none: whoever runs the service is to hear of it at once. */
export function createSnsSource({ topics, fetcher, clock, oldestMs }: SnsOptions): NotificationSource {
  const wrong = topics.find((topic) => regionOf(topic) === undefined);
  if (wrong !== undefined) {
    const why = wrong.endsWith('.fifo')
      ? 'is a FIFO topic, and SNS brings those to no web address: use a standard topic'
      : 'is not the ARN of an SNS topic';
    throw new Error(`${JSON.stringify(wrong)} ${why}`);
  }
  const allowed = new Set(topics);
  const certificates = createCertificates(fetcher, clock);

  async function confirm({ topic, token }: SnsMessage, signal: AbortSignal): Promise<Notified> {
    const body = new URLSearchParams({
      Action: 'ConfirmSubscription',
      Version: '2010-03-31',
      TopicArn: topic,
      Token: token,
    }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    try {
      const request = { method: 'POST', headers, body, most: 64 * 1024, redirects: 0 } as const;
      const { status } = await fetcher.fetch(apiAddress(topic), request, signal);
      if (status === 200) return { kind: 'subscribed', topic };
      const reason = `confirmation answered ${status}`;
      return status >= 500 || status === 429 ? { kind: 'unanswered', reason } : { kind: 'refused', reason };
    } catch (error) {
      return {
        kind: 'unanswered',
        reason: `confirmation: ${error instanceof Error ? error.name : 'unknown'}`,
      };
    }
  }

  return {
    async read(body, signal) {
      if (body.length > largest) return { kind: 'refused', reason: 'too-large' };
      const message = readMessage(body);
      if (!message) return { kind: 'refused', reason: isBareEvent(body) ? rawDelivery : 'no-message' };
      // What costs nothing to check comes before what makes us ask somebody.
      if (!allowed.has(message.topic)) return { kind: 'refused', reason: 'topic' };
      const age = clock.now().getTime() - Date.parse(message.timestamp);
      if (!(age <= oldestMs && age >= -ahead)) return { kind: 'refused', reason: 'timestamp' };
      if (!isCertificateAddress(message.certificate))
        return { kind: 'refused', reason: 'certificate-address' };
      const found = await certificates.find(message.certificate, signal);
      if (found.kind === 'unanswered') return { kind: 'unanswered', reason: `certificate: ${found.detail}` };
      if (found.kind === 'wrong') return { kind: 'refused', reason: 'certificate' };
      if (!isSigned(message, found.certificate.publicKey)) return { kind: 'refused', reason: 'signature' };
      const { type, id, topic, timestamp } = message;
      if (type === 'SubscriptionConfirmation') return confirm(message, signal);
      if (type === 'UnsubscribeConfirmation') return { kind: 'unsubscribed', topic };
      return {
        kind: 'notification',
        id,
        topic,
        message: message.message,
        at: new Date(timestamp).toISOString(),
      };
    },
  };
}

/** Of a subscription with raw message delivery comes what was published alone, and nothing proves whose it is. */
const rawDelivery =
  'raw-delivery: turn off raw message delivery for the subscription, since it leaves no signature';

function isSigned({ version, signed, signature }: SnsMessage, key: Parameters<typeof verify>[2]): boolean {
  try {
    const algorithm = version === '1' ? 'RSA-SHA1' : 'RSA-SHA256';
    return verify(algorithm, Buffer.from(signed, 'utf8'), key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}
