/** The real worker over a data directory, with the real transports, until its campaign is done, or it is killed. */

import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { openKeyring } from '../../src/adapters/keys/keyring.ts';
import { mimeWriter as mime } from '../../src/adapters/mime/composer.ts';
import { createSesTransport } from '../../src/adapters/transport/ses.ts';
import { createSmtpTransport } from '../../src/adapters/transport/smtp.ts';
import type { Transport } from '../../src/ports.ts';
import { startCampaignWorld } from '../campaigns/world.ts';
import { type Given, quick, slots } from './setting.ts';

const { dir, campaign, ses, smtp } = JSON.parse(process.env.KLARSIGNAL_CRASH ?? '') as Given;
const keyring = openKeyring(join(dir, 'keys'), { now: () => new Date() });
const timeouts = {
  connect: 2_000,
  greeting: 2_000,
  open: 2_000,
  envelope: 2_000,
  message: 2_000,
  idle: 60_000,
};
/** Notes what the worker is told, so that a figure that is wrong can be explained. */
function noted(transport: Transport): Transport {
  return {
    ...transport,
    async send(mail, signal) {
      const handover = await transport.send(mail, signal);
      const said =
        handover.kind === 'failed' ? `${handover.stage} ${handover.code} ${handover.response}` : 'accepted';
      appendFileSync(join(dir, 'told.log'), `${mail.attempt} ${transport.id} ${said}\n`);
      return handover;
    },
  };
}

const world = await startCampaignWorld({
  dir,
  realTime: true,
  policy: quick,
  mime,
  transports: [
    {
      transport: noted(
        createSesTransport(
          {
            id: 'ses',
            standardFor: [],
            credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
            atOnce: slots.ses,
            timeouts: { connect: 2_000, answer: 2_000, idle: 4_000 },
          },
          { url: ses.url, ca: [ses.ca] },
        ),
      ),
      role: 'primary',
      mailFrom: 'mejl.example.se',
    },
    {
      transport: noted(
        createSmtpTransport({
          id: 'reserve',
          provider: 'Reserve',
          country: 'SE',
          spf: null,
          standardFor: [],
          host: '127.0.0.1',
          port: smtp.port,
          implicitTls: true,
          ca: [smtp.ca],
          atOnce: slots.reserve,
          timeouts,
          keyring,
        }),
      ),
      role: 'reserve',
      mailFrom: 'studs.example.se',
    },
  ],
});

await world.campaigns.recover();
for (;;) {
  await world.work();
  const { state, pauseReason } = await world.find(campaign);
  if (state === 'done') break;
  // Both routes may be ill at once here: somebody lets it go on.
  if (state === 'paused') {
    console.log(`resumed after ${pauseReason}`);
    await world.campaigns.resume(world.organisation, campaign);
    await new Promise((resolve) => setTimeout(resolve, 300));
    continue;
  }
  const next = await world.campaigns.nextWork();
  const wait = next ? next.getTime() - Date.now() : 1_000;
  await new Promise((resolve) => setTimeout(resolve, Math.min(1_000, Math.max(1, wait))));
}
for (const [event, fields] of world.logged) console.log(event, JSON.stringify(fields));
process.exit(0);
