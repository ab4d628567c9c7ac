/** An alert as a signed request, by the Standard Webhooks specification (standardwebhooks.com). */
import { Webhook } from 'standardwebhooks';
import type { Alarm, Clock, Fetcher } from '../../ports.ts';

export interface WebhookOptions {
  /** Where it goes: https, and of the internet, as the Fetcher has it. */
  url: string;
  /** `whsec_` and Base64 of 24 to 64 bytes. */
  secret: string;
  fetcher: Fetcher;
  clock: Clock;
}

const prefix = 'whsec_';
/** Bytes of a secret, by the specification. */
const secretBytes = { least: 24, most: 64 };

/** False for a secret that is not written as the specification has it. */
export function isWebhookSecret(text: string): boolean {
  const encoded = text.slice(prefix.length);
  if (!text.startsWith(prefix) || !/^[A-Za-z0-9+/]+={0,2}$/.test(encoded) || encoded.length % 4 !== 0)
    return false;
  const { length } = Buffer.from(encoded, 'base64');
  return length >= secretBytes.least && length <= secretBytes.most;
}

/**
 * The id of a request is that of the alert, so that whoever gets it twice can tell.
 * @throws Error when the secret is not one.
 */
export function createWebhookAlarm({ url, secret, fetcher, clock }: WebhookOptions): Alarm {
  if (!isWebhookSecret(secret))
    throw new Error(`the secret of the webhook must be ${prefix} and 24 to 64 bytes as Base64`);
  const webhook = new Webhook(secret);
  return {
    async tell({ id, organisation, campaign, kind, data, at }, { title, text }, signal) {
      const body = JSON.stringify({
        type: `mailing.${kind}`,
        timestamp: at,
        data: { id, organisation, mailing: campaign, kind, title, text, details: data },
      });
      const now = clock.now();
      const headers = {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        'webhook-signature': webhook.sign(id, now, body),
      };
      // A redirect is a failure: the address is to be set right.
      const request = { method: 'POST', headers, body, most: 0, redirects: 0 } as const;
      const { status } = await fetcher.fetch(url, request, signal);
      if (status < 200 || status > 299) throw new Error(`the webhook answered ${status}`);
    },
  };
}
