/** Whom to tell when a mailing needs somebody: `alerts` of the file that KLARSIGNAL_TRANSPORTS names. */
import { z } from 'zod';
import { createMailAlarm } from '../adapters/alarm/mail.ts';
import { createWebhookAlarm, isWebhookSecret } from '../adapters/alarm/webhook.ts';
import type { Alarm, Clock, Fetcher, MimeWriter, Transport } from '../ports.ts';

const isHttps = (text: string) => URL.canParse(text) && new URL(text).protocol === 'https:';
const address = z.string().regex(/^[^\s@<>,;"]{1,64}@[a-z0-9.-]{3,253}$/i, 'must be one mail address');

const schema = z.strictObject({
  webhook: z
    .strictObject({
      url: z.string().max(2000).refine(isHttps, 'must be an https address'),
      secret: z.string().refine(isWebhookSecret, 'must be whsec_ and 24 to 64 bytes as Base64'),
    })
    .optional(),
  mail: z
    .strictObject({
      to: address,
      from: address,
      transport: z.string(),
      /** Keys that sign for the domain of `from`. */
      dkim: z.array(z.strictObject({ d: z.string().min(1), s: z.string().min(1) })).default([]),
    })
    .optional(),
});

export interface AlarmParts {
  transports: readonly Transport[];
  mime: MimeWriter;
  fetcher: Fetcher;
  clock: Clock;
}

/**
 * Makes the alarms that the file asks for; none where it has no `alerts`.
 * @throws Error with a message for the person who runs the service, without what they wrote.
 */
export function chooseAlarms(alerts: unknown, { transports, mime, fetcher, clock }: AlarmParts): Alarm[] {
  if (alerts === undefined) return [];
  const parsed = schema.safeParse(alerts);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `alerts.${path.join('.')}: ${message}`);
    throw new Error(`The alerts cannot be used: ${faults.join('; ')}.`);
  }
  const { webhook, mail } = parsed.data;
  const alarms: Alarm[] = [];
  if (webhook) alarms.push(createWebhookAlarm({ ...webhook, fetcher, clock }));
  if (mail) {
    const transport = transports.find(({ id }) => id === mail.transport);
    if (!transport)
      throw new Error('The alerts cannot be used: alerts.mail.transport: there is no such transport.');
    alarms.push(createMailAlarm({ ...mail, transport, mime, clock }));
  }
  return alarms;
}
