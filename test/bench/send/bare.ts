/**
 * What a good programmer writes with the same two libraries and no ledger: a nodemailer pool that composes and
 * signs with DKIM, and nodemailer's composer with the SES client, which signs with SigV4. And a client that only
 * pushes bytes made before, to see how much the sinks take.
 */
import { createHmac } from 'node:crypto';
import https from 'node:https';
import tls from 'node:tls';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import nodemailer from 'nodemailer';
import MailComposer from 'nodemailer/lib/mail-composer';
import { from, html, type Person, subject } from './letter.ts';
import type { Sinks } from './sinks.ts';

export interface Client {
  send(people: readonly Person[]): Promise<void>;
  close(): void;
}

const pieces = html.split(/\{\{(\w+)\}\}/);
const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? '');

function mailTo({ address, fields }: Person, number: number) {
  const mac = createHmac('sha256', 'a secret').update(address).digest('hex').slice(0, 32);
  const url = `https://klarsignal.example/u/org_0123456789.${Buffer.from(address).toString('base64url')}.${mac}`;
  const values: Record<string, string> = { ...fields, unsubscribe_url: url };
  const merged = pieces.map((piece, i) => (i % 2 === 0 ? piece : escaped(values[piece] ?? ''))).join('');
  return {
    from,
    to: address,
    subject,
    messageId: `<bare.${number}.1@mejl.example.se>`,
    html: merged,
    textEncoding: 'quoted-printable' as const,
    newline: 'windows' as const,
    headers: [
      { key: 'List-Unsubscribe', value: `<${url}>` },
      { key: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' },
    ],
  };
}

/** So many at once, one after the other. */
async function each<T>(all: readonly T[], atOnce: number, act: (one: T, number: number) => Promise<unknown>) {
  let next = 0;
  const one = async () => {
    for (let i = next++; i < all.length; i = next++) await act(all[i] as T, i + 1);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

export function bareSmtp(sinks: Sinks, atOnce: number, privateKey: string): Client {
  const pool = nodemailer.createTransport({
    pool: true,
    maxConnections: atOnce,
    maxMessages: 100,
    host: '127.0.0.1',
    port: sinks.smtp,
    secure: true,
    tls: { ca: [sinks.ca] },
    dkim: { domainName: 'example.se', keySelector: 'klarsignal', privateKey },
  });
  return {
    send: (people) =>
      each(people, atOnce, (person, number) =>
        pool.sendMail({
          ...mailTo(person, number),
          envelope: { from: `b-${number}@studs.example.se`, to: person.address },
        }),
      ),
    close: () => pool.close(),
  };
}

export function bareSes(sinks: Sinks, atOnce: number): Client {
  const httpsAgent = new https.Agent({ keepAlive: true, maxSockets: atOnce, ca: [sinks.ca] });
  const client = new SESv2Client({
    region: 'eu-north-1',
    endpoint: sinks.ses,
    maxAttempts: 1,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: { httpsAgent },
  });
  return {
    send: (people) =>
      each(people, atOnce, async (person, number) => {
        const Data = await new MailComposer(mailTo(person, number)).compile().build();
        await client.send(
          new SendEmailCommand({
            Destination: { ToAddresses: [person.address] },
            Content: { Raw: { Data } },
            EmailTags: [{ Name: 'klarsignal-delivery', Value: `bare-${number}` }],
          }),
        );
      }),
    close: () => client.destroy(),
  };
}

/** One mail as bytes, for those who only push. */
export function builtMail(): Promise<Buffer> {
  const person = { address: 'person0@example.com', fields: { namn: 'Åsa', ort: 'Växjö' } };
  return new MailComposer(mailTo(person, 0)).compile().build();
}

/** The SMTP sink's own ceiling. @returns mails a second */
export async function smtpCeiling(sinks: Sinks, atOnce: number, mails: number, raw: Buffer): Promise<number> {
  const message = Buffer.concat([raw, Buffer.from('\r\n.\r\n')]);
  const share = Math.ceil(mails / atOnce);
  const start = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      const socket = tls.connect({ host: '127.0.0.1', port: sinks.smtp, ca: [sinks.ca] });
      let waiting: { code: string; resolve: () => void } | undefined;
      socket.setEncoding('latin1');
      socket.on('data', (text: string) => {
        if (!waiting || !new RegExp(`^${waiting.code} `, 'm').test(text)) return;
        const { resolve } = waiting;
        waiting = undefined;
        resolve();
      });
      const ask = (text: string | Buffer, code: string) =>
        new Promise<void>((resolve, reject) => {
          socket.once('error', reject);
          waiting = { code, resolve };
          if (text.length > 0) socket.write(text);
        });
      await ask('', '220');
      await ask('EHLO bench.example\r\n', '250');
      for (let i = 0; i < share; i++) {
        await ask('MAIL FROM:<b@studs.example.se>\r\nRCPT TO:<p@example.com>\r\nDATA\r\n', '354');
        await ask(message, '250');
        socket.removeAllListeners('error');
      }
      socket.destroy();
    }),
  );
  return (share * atOnce * 1000) / (performance.now() - start);
}

/** The SES sink's own ceiling. @returns mails a second */
export async function sesCeiling(sinks: Sinks, atOnce: number, mails: number, raw: Buffer): Promise<number> {
  const agent = new https.Agent({ keepAlive: true, maxSockets: atOnce, ca: [sinks.ca] });
  const body = Buffer.from(
    JSON.stringify({
      Content: { Raw: { Data: raw.toString('base64') } },
      Destination: { ToAddresses: ['p@example.com'] },
    }),
  );
  const start = performance.now();
  await each(Array.from({ length: mails }), atOnce, () => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const options = { method: 'POST', agent, headers: { 'Content-Length': body.length } };
    https
      .request(`${sinks.ses}/v2/email/outbound-emails`, options, (response) =>
        response.resume().on('end', resolve),
      )
      .on('error', reject)
      .end(body);
    return promise;
  });
  const took = performance.now() - start;
  agent.destroy();
  return (mails * 1000) / took;
}
