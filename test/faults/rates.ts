/** What those who were mailed make of it: bounces and spam reports, while the mailing is under way. */
import { describe, expect, test } from 'vitest';
import { eventsOf } from './events.ts';
import { type Row, readTable } from './table.ts';
import { type FaultWorld, startFaultWorld } from './world.ts';

/** Does each thing once, when its time has come, in order; the mailing goes on meanwhile. */
function meanwhile(world: FaultWorld, acts: [when: () => boolean, act: () => Promise<unknown>][]): void {
  let busy = false;
  world.whenAtRest(async () => {
    const [next] = acts;
    if (busy || !next?.[0]()) return;
    busy = true;
    acts.shift();
    await next[1]();
    busy = false;
  });
}

export function rateTable(): void {
  describe('what comes back', () => {
    test('bounces: 5 %, 6 %, 9 %', async () => {
      const world = await startFaultWorld();
      const { ses, smtp } = world;
      const events = eventsOf(world);
      const id = await world.send(600, { perMinute: 60 });
      const rows: Row[] = [];
      const note = async (fault: string) => {
        // What has ended is written down within a moment.
        await expect.poll(async () => (await world.counts(id)).sending ?? 0).toBe(0);
        rows.push({ fault, ...(await world.told(id)) });
      };
      meanwhile(world, [
        [
          () => ses.messages.length === 300,
          async () => {
            for (const message of ses.messages.slice(0, 15)) await events.bounce(message);
          },
        ],
        [
          () => ses.messages.length === 330,
          async () => {
            await note('5 % for ten seconds');
            for (const message of ses.messages.slice(15, 20)) await events.bounce(message);
          },
        ],
        [
          () => smtp.messages.length === 50,
          async () => {
            await note('6 % of those by SES');
            for (const message of ses.messages.slice(20, 30)) await events.bounce(message);
            for (const message of smtp.messages.slice(0, 5)) await events.report(message);
          },
        ],
      ]);
      await world.run();
      await note('9 % of all');
      await world.campaigns.resume(world.organisation, id);
      await world.run();
      await note('9 % of all, and let go on');
      expect(rows).toEqual(
        readTable(`
fault                     | state               | rows                                  | route | alerts                                                      | ses | smtp
5 % for ten seconds       | sending             | accepted 315, bounced 15, pending 270 | ses   |                                                             | 330 |    0
6 % of those by SES       | sending             | accepted 360, bounced 20, pending 220 | smtp  | switched-to-reserve                                         | 330 |   50
9 % of all                | paused: bounce-rate | accepted 345, bounced 35, pending 220 | smtp  | paused bounce-rate, switched-to-reserve                     | 330 |   50
9 % of all, and let go on | paused: bounce-rate | accepted 345, bounced 35, pending 220 | smtp  | paused bounce-rate, paused bounce-rate, switched-to-reserve | 330 |   50
`),
      );
    });

    test('complaints: 0.2 %, 0.3 %', { timeout: 60_000 }, async () => {
      const world = await startFaultWorld({ atOnce: 10 });
      const { ses } = world;
      const events = eventsOf(world);
      ses.account.SendQuota.MaxSendRate = 10_000;
      const id = await world.send(1_000);
      const pauseAt = async (count: number) => {
        ses.onSend = (n) => {
          if (n === count) void world.campaigns.pause(world.organisation, id);
          return undefined;
        };
        await world.run();
        expect((await world.find(id)).pauseReason).toBe('person');
        return ses.messages.length;
      };
      await pauseAt(940);
      for (const message of ses.messages.slice(0, 2)) await events.complaint(message);
      await world.campaigns.resume(world.organisation, id);
      // Two do nothing: it goes on until somebody stops it.
      const sent = await pauseAt(970);
      expect(sent).toBeLessThanOrEqual(1_000);
      for (const message of ses.messages.slice(2, 3)) await events.complaint(message);
      for (let time = 1; time <= 2; time++) {
        await world.campaigns.resume(world.organisation, id);
        await world.run();
        expect(await world.told(id)).toEqual({
          state: 'paused: complaint-rate',
          rows: `accepted ${sent - 3}, complained 3, pending ${1_000 - sent}`,
          route: 'ses',
          alerts: Array(time).fill('paused complaint-rate').join(', '),
          ses: sent,
          smtp: 0,
        });
      }
    });

    test('a word of SES about what nobody knew', async () => {
      const world = await startFaultWorld();
      const events = eventsOf(world);
      const id = await world.send(20);
      world.ses.onSend = (n) => (n === 3 ? { taken: '500' } : n === 4 ? { taken: 'cut' } : undefined);
      await world.run();
      expect((await world.told(id)).rows).toBe('accepted 18, unknown 2');
      for (const message of world.ses.messages.slice(2, 3)) await events.delivery(message);
      for (const message of world.ses.messages.slice(3, 4)) await events.bounce(message);
      await world.run();
      expect(await world.told(id)).toMatchObject({
        rows: 'accepted 18, bounced 1, delivered 1',
        ses: 20,
        smtp: 0,
      });
    });
  });
}
