/** The whole way: a real store on disk, the campaigns' worker, keys, composer and transport of the service. */
import { mimeWriter } from '../../../src/adapters/mime/composer.ts';
import { createSesTransport } from '../../../src/adapters/transport/ses.ts';
import { createSmtpTransport } from '../../../src/adapters/transport/smtp.ts';
import type { Keyring, Transport } from '../../../src/ports.ts';
import { startCampaignWorld } from '../../campaigns/world.ts';
import { from, html, mergeFields, type Person, subject } from './letter.ts';
import type { Sinks } from './sinks.ts';

/** @param atOnce slots of the transport */
export async function startOurs(kind: 'ses' | 'smtp', sinks: Sinks, atOnce: number, dir: string) {
  let keyring: Keyring | undefined;
  const transport: Transport =
    kind === 'ses'
      ? createSesTransport(
          {
            id: 'ses',
            standardFor: [],
            credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
            atOnce,
          },
          { url: sinks.ses, ca: [sinks.ca] },
        )
      : createSmtpTransport({
          id: 'smtp',
          provider: 'SMTP',
          country: 'SE',
          spf: null,
          standardFor: [],
          host: '127.0.0.1',
          port: sinks.smtp,
          implicitTls: true,
          ca: [sinks.ca],
          atOnce,
          // The world makes the keys after it has been given the transports.
          keyring: { dkimKey: (d, s) => keyring?.dkimKey(d, s) },
        });
  const mailFrom = kind === 'ses' ? 'mejl.example.se' : 'studs.example.se';
  const world = await startCampaignWorld({
    dir,
    realTime: true,
    mime: mimeWriter,
    transports: [{ transport, role: 'primary', mailFrom }],
  });
  keyring = world.keyring;
  const audit = await world.audit({
    bytes: new TextEncoder().encode(html),
    from: `${from.name} <${from.address}>`,
    subject,
    mergeFields,
  });
  const clearance = await world.clearance(audit);

  return {
    world,
    clearance,
    privateKey: keyring.dkimKey('example.se', 'klarsignal') ?? '',
    /** Ordered, its list read in, waiting to be let go. */
    async order(recipients: readonly Person[]): Promise<string> {
      const { id } = await world.send({ clearance, recipients, hold: true });
      await world.work();
      return id;
    },
    /** From the moment that somebody lets it go: all is checked as at any start. */
    async send(id: string): Promise<void> {
      await world.campaigns.resume(world.organisation, id);
      for (;;) {
        await world.work();
        const { state, pauseReason, counts } = await world.find(id);
        if (state === 'done') break;
        if (state === 'paused')
          throw new Error(`paused: ${pauseReason} ${JSON.stringify([counts, world.logged])}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    async close() {
      await world.close();
      await transport.close();
    },
  };
}
