/** What would be sent, and the question whether it is to be. */
import { createInterface } from 'node:readline/promises';
import { mailingWords } from '../../http/pages/mailing/words.ts';
import type { Locale } from '../../rule.ts';
import { harmless, harmlessJson } from '../terminal.ts';
import type { SendJson, Service } from './send-service.ts';
import { sendWords } from './send-words.ts';

const numbers: Record<Locale, Intl.NumberFormat> = {
  en: new Intl.NumberFormat('en-GB'),
  sv: new Intl.NumberFormat('sv-SE'),
};

/** Lines of the list that nobody gets mail for. */
export function leftOf({ leftOut }: Pick<SendJson, 'leftOut'>): number {
  return Object.values(leftOut).reduce((sum, count) => sum + count, 0);
}

/** Recipients that a sending server was given. */
export function handedOver({ counts }: Pick<SendJson, 'counts'>): number {
  const { accepted = 0, rejected = 0, unknown = 0, delivered = 0, bounced = 0, complained = 0 } = counts;
  return accepted + rejected + unknown + delivered + bounced + complained;
}

/** It has come to its end, or stands still, and there was nobody to mail. */
export function isToNobody(send: Pick<SendJson, 'state' | 'recipients' | 'counts'>): boolean {
  if (send.state === 'paused') return send.recipients === 0;
  return send.state === 'done' && handedOver(send) === 0;
}

/** How many lines were left out, and why: one line a reason. */
function reasonsOf({ leftOut }: Pick<SendJson, 'leftOut'>, locale: Locale): string[] {
  const names = mailingWords[locale].leftOut;
  return Object.entries(leftOut)
    .filter(([, count]) => count > 0)
    .map(([code, count]) => {
      const why = names[code] ?? (code.startsWith('field-') ? names.field : undefined) ?? code;
      return `  ${numbers[locale].format(count)}: ${why}`;
    });
}

/** A mailing that has been read in, and has not begun; line by line. */
function plannedOf(send: SendJson, locale: Locale): string[] {
  const { subject, recipients, perMinute, startsAt, route, begins } = send;
  const words = sendWords[locale].planned;
  const number = (count: number) => numbers[locale].format(count);
  return [
    ...(subject ? [`${words.subject}: ${subject}`] : []),
    `${words.recipients}: ${number(recipients)}`,
    `${words.left}: ${number(leftOf(send))}`,
    ...reasonsOf(send, locale),
    ...(send.earlier ? [sendWords[locale].earlier(number(send.earlier))] : []),
    `${words.pace}: ${perMinute ? sendWords[locale].pace(number(perMinute)) : words.fast}`,
    `${words.starts}: ${startsAt ?? words.atOnce}`,
    ...(begins
      ? [`${words.route}: ${begins.provider}${begins.country ? ` (${begins.country})` : ''}`]
      : route
        ? [`${words.route}: ${route}`]
        : []),
  ];
}

/** Whether a person sits there who can be asked. */
export function isWatched(): boolean {
  return Boolean(process.stdin.isTTY && process.stderr.isTTY);
}

/** Asks; whoever answers nothing, or goes away, has said no. */
async function agrees(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const gone = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
    const answer = await Promise.race([lines.question(`${harmless(question)} `).catch(() => ''), gone]);
    return /^\s*(?:y|yes|j|ja)\s*$/i.test(answer);
  } finally {
    lines.close();
  }
}

/** Says what would be sent, and takes it back. */
export async function tried(
  service: Service,
  held: SendJson,
  say: (text: string) => void,
  { format, locale }: { format: 'text' | 'json'; locale: Locale },
): Promise<number> {
  const words = sendWords[locale];
  if (format === 'json') process.stdout.write(`${harmlessJson({ ...held, dryRun: true })}\n`);
  else process.stdout.write(`${plannedOf(held, locale).map(harmless).join('\n')}\n`);
  for (const { text } of held.warnings ?? []) say(text);
  const cancelled = await service.change(held.id, 'cancel').catch(() => undefined);
  if (isToNobody(held)) say(words.nobody);
  say(cancelled ? words.planned.nothing : words.stillHeld);
  return isToNobody(held) ? 1 : 0;
}

/** Lets a mailing that waits go, after a question where lines were left out. undefined: nothing is sent. */
export async function resumed(
  service: Service,
  held: SendJson,
  say: (text: string) => void,
  locale: Locale,
): Promise<SendJson | undefined> {
  const words = sendWords[locale];
  const left = leftOf(held);
  const number = numbers[locale];
  const { earlier = 0 } = held;
  if (left > 0 || earlier > 0) {
    for (const line of reasonsOf(held, locale)) say(line);
    if (earlier > 0) say(words.earlier(number.format(earlier)));
    const recipients = number.format(held.recipients);
    const question =
      left > 0 ? words.question(number.format(left), recipients, left === 1) : words.whether(recipients);
    if (!(await agrees(question))) {
      const cancelled = await service.change(held.id, 'cancel').catch(() => undefined);
      say(cancelled ? words.notSent : words.stillHeld);
      return undefined;
    }
  }
  return service.change(held.id, 'resume');
}
