/** What is chosen of a sender, and its removal. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { codesOf, day, order, type SendersWorld, startSendersWorld } from './world.ts';

let world: SendersWorld;
beforeEach(async () => {
  world = await startSendersWorld();
});
afterEach(() => world.close());

describe('choices', () => {
  test('a warm-up begins today, goes on where it is, and ends', async () => {
    await world.tokenOf(world.us, 'example.se');
    const warmUp = async (plan: string | null) => {
      const changed = await world.senders.change(world.us, 'example.se', { warmUp: plan });
      return changed.kind === 'done' ? changed.sender.warmUp : codesOf(changed);
    };
    expect(await warmUp('full')).toEqual({ plan: 'full', from: '2026-11-22' });
    world.now += 5 * day;
    expect(await warmUp('full')).toEqual({ plan: 'full', from: '2026-11-22' });
    expect(await warmUp('simplified')).toEqual({ plan: 'simplified', from: '2026-11-27' });
    expect(await warmUp('none')).toEqual(['warmUp: warm-up-unknown']);
    expect(await warmUp('')).toEqual(['warmUp: warm-up-unknown']);
    expect(await warmUp(null)).toBeNull();
  });

  test('what bounces do', async () => {
    await world.tokenOf(world.us, 'example.se');
    const changed = await world.senders.change(world.us, 'example.se', { onBounces: 'pause' });
    expect(changed).toMatchObject({ kind: 'done', sender: { onBounces: 'pause', warmUp: null } });
    expect(
      codesOf(await world.senders.change(world.us, 'example.se', { onBounces: 'ignore', warmUp: 'x' })),
    ).toEqual(['warmUp: warm-up-unknown', 'onBounces: on-bounces-invalid']);
    expect((await world.senders.find(world.us, 'example.se'))?.onBounces).toBe('pause');
  });

  test('a sender that is removed is gone, with its routes', async () => {
    await world.prove(world.us, 'example.se');
    await world.senders.putRoute(world.us, order);
    expect(await world.senders.remove(world.us, 'example.se')).toBe('removed');
    expect(await world.senders.remove(world.us, 'example.se')).toBe('missing');
    expect(await world.senders.senderOf(world.us, 'example.se')).toBeUndefined();
    await world.tokenOf(world.us, 'example.se');
    expect((await world.senders.find(world.us, 'example.se'))?.routes).toEqual([]);
  });
});
