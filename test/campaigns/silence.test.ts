/** Mail that a provider took, and of which it tells nothing. */
import { afterEach, describe, expect, test } from 'vitest';
import { policy } from '../../rules/policy.ts';
import type { Alert, DeliveryEvent } from '../../src/ports.ts';
import { addresses, type CampaignWorld, minute, startCampaignWorld } from './world.ts';

const { silentMs } = policy.sending.events;
let world: CampaignWorld;
afterEach(() => world.close());

async function sent(eventful: readonly string[] | undefined) {
  const told: [Alert, string][] = [];
  const alarms = [
    { tell: async (alert: Alert, { text }: { text: string }) => void told.push([alert, text]) },
  ];
  world = await startCampaignWorld({ campaigns: { alarms, ...(eventful ? { eventful } : {}) } });
  const { id } = await world.send({ recipients: addresses(3) });
  await world.work();
  expect(await world.alerts(id)).toEqual(['done']);
  return { id, told };
}

/** As the sweep of the host does. */
async function later(ms: number) {
  world.pass(ms);
  await world.work();
}

describe('events that do not reach us', () => {
  test('are told of once, after the time of the policy and not before', async () => {
    const { id, told } = await sent(['ses']);
    await later(silentMs - 2 * minute);
    expect(await world.alerts(id)).toEqual(['done']);
    await later(3 * minute);
    await later(3 * minute);
    world.restart();
    await later(silentMs);
    expect(await world.alerts(id)).toEqual(['done', 'events-missing']);
    const [alert, text] = told.find(([{ kind }]) => kind === 'events-missing') ?? [];
    expect(alert).toMatchObject({ campaign: id, data: { route: 'ses', provider: 'Amazon SES' } });
    expect(text).toContain('Amazon SES has taken mail');
    expect(text).not.toContain('example.com');
  });

  test.each(['delivered', 'delayed', 'bounced'] as const)('are not missed after one %s', async (kind) => {
    const { id } = await sent(['ses']);
    const at = world.clock.now().toISOString();
    const event: DeliveryEvent = { id: 'sns:1', campaign: id, number: 2, attempt: 1, kind, at };
    expect(await world.ledger.apply(event)).toBe(true);
    await later(2 * silentMs);
    expect(await world.alerts(id)).toEqual(['done']);
  });

  test.each([[undefined], [['other']]])('are nobody’s loss where none are to come: %j', async (eventful) => {
    const { id } = await sent(eventful);
    await later(2 * silentMs);
    expect(await world.alerts(id)).toEqual(['done']);
  });
});
