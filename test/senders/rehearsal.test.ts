/** What a rehearsal shows of a route, and what it does not. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Rehearsal } from '../../src/ports.ts';
import type { Senders } from '../../src/senders.ts';
import { codesOf, day, never, order, type SendersWorld, startSendersWorld, tokens } from './world.ts';

let world: SendersWorld;
beforeEach(async () => {
  world = await startSendersWorld();
});
afterEach(() => world.close());

describe('a rehearsal', () => {
  const rehearse = () => world.senders.rehearse(world.us, 'example.se', 'authsmtp', never);
  const isArmed = async () => (await world.senders.find(world.us, 'example.se'))?.routes[0]?.armed;

  test('that passed arms the route, for thirty days', async () => {
    await world.prove(world.us, 'example.se');
    await world.senders.putRoute(world.us, order);
    world.arrival = { kind: 'arrived', rehearsal: world.rehearsal({}) };
    expect(await rehearse()).toMatchObject({ kind: 'judged', route: { armed: true } });
    expect(world.rehearsed).toMatchObject([
      { organisation: world.us, sender: { domain: 'example.se' }, route: { mailFrom: 'mejl.example.se' } },
    ]);
    world.now += 30 * day - 1;
    expect(await isArmed()).toBe(true);
    world.now += 1;
    expect(await isArmed()).toBe(false);
  });

  describe('after which bounces do not come to us', () => {
    const owner = { kind: 'person', role: 'owner', id: 'per_1' } as const;
    const accept = (accepted = true, caller: Parameters<Senders['acceptUnseenBounces']>[1] = owner) =>
      world.senders.acceptUnseenBounces(world.us, caller, {
        domain: 'example.se',
        transport: 'authsmtp',
        accepted,
      });
    const unseen = (more: Partial<Rehearsal> = {}) =>
      world.rehearsal({ returns: false, problems: ['bounces-elsewhere'], ...more });
    beforeEach(async () => {
      await world.prove(world.us, 'example.se');
      await world.senders.putRoute(world.us, order);
      world.arrival = { kind: 'arrived', rehearsal: unseen() };
      await rehearse();
    });

    test('does not arm it, until an owner accepts that', async () => {
      expect(await isArmed()).toBe(false);
      const accepted = await accept();
      const unseenBounces = { by: 'per_1', at: new Date(world.now).toISOString() };
      expect(accepted).toMatchObject({ kind: 'done', sender: { routes: [{ armed: true, unseenBounces }] } });
      expect(JSON.stringify(world.logged)).toContain('unseen bounces accepted');
      // The same again still shows it; and what was accepted can be taken back.
      expect(await rehearse()).toMatchObject({ kind: 'judged', route: { armed: true, unseenBounces } });
      expect(await accept(false)).toMatchObject({
        sender: { routes: [{ armed: false, unseenBounces: null }] },
      });
    });

    test.each<[string, () => unknown]>([
      ['another subdomain', () => world.senders.putRoute(world.us, { ...order, mailFrom: 'b.example.se' })],
      ['a rehearsal that returns', () => again(world.rehearsal({}))],
    ])('what was accepted ends with %s', async (_, happen) => {
      await accept();
      await happen();
      expect((await world.senders.find(world.us, 'example.se'))?.routes[0]?.unseenBounces).toBeNull();
      await again(unseen());
      expect(await isArmed()).toBe(false);
    });
    async function again(one: Rehearsal) {
      world.arrival = { kind: 'arrived', rehearsal: one };
      await rehearse();
    }

    test.each<[string, Parameters<Senders['acceptUnseenBounces']>[1]]>([
      ['an editor', { kind: 'person', role: 'editor', id: 'per_2' }],
      ['a key', { kind: 'key', role: null, id: 'key_1' }],
    ])('is not for %s to accept', async (_, caller) => {
      expect(codesOf(await accept(true, caller))).toEqual(['transport: owner-only']);
      expect(codesOf(await accept(false, caller))).toEqual(['transport: owner-only']);
      expect(await isArmed()).toBe(false);
    });

    test('accepts nothing else: not a failed rehearsal, nor what no rehearsal has shown', async () => {
      await again(unseen({ passed: false, problems: ['spf', 'bounces-elsewhere'] }));
      expect(codesOf(await accept())).toBe('done');
      expect(await isArmed()).toBe(false);
      await again(world.rehearsal({}));
      expect(codesOf(await accept())).toEqual(['transport: bounces-not-unseen']);
      await world.senders.putRoute(world.us, { ...order, mailFrom: 'b.example.se' });
      expect(codesOf(await accept())).toEqual(['transport: bounces-not-unseen']);
      const other = { domain: 'example.se', accepted: true };
      for (const [order, code] of [
        [{ ...other, transport: 'own' }, 'transport: route-missing'],
        [{ ...other, domain: 'annan.se', transport: 'own' }, 'domain: sender-missing'],
      ] as const)
        expect(codesOf(await world.senders.acceptUnseenBounces(world.us, owner, order))).toEqual([code]);
      const theirs = { domain: 'example.se', transport: 'authsmtp', accepted: true };
      expect(codesOf(await world.senders.acceptUnseenBounces(world.them, owner, theirs))).toEqual([
        'domain: sender-missing',
      ]);
    });
  });

  test('that failed disarms it', async () => {
    await world.prove(world.us, 'example.se');
    await world.senders.putRoute(world.us, order);
    world.arrival = { kind: 'arrived', rehearsal: world.rehearsal({}) };
    await rehearse();
    world.arrival = { kind: 'arrived', rehearsal: world.rehearsal({ passed: false, dmarc: 'fail' }) };
    expect(await rehearse()).toMatchObject({ kind: 'judged', route: { armed: false } });
    expect(await isArmed()).toBe(false);
  });

  test.each([
    ['another subdomain', { mailFrom: 'b.example.se' }],
    ['another key', { selector: 's2' }],
  ])('is of no use to the route with %s', async (_, change) => {
    await world.prove(world.us, 'example.se');
    await world.senders.putRoute(world.us, order);
    world.arrival = { kind: 'arrived', rehearsal: world.rehearsal({}) };
    await rehearse();
    await world.senders.putRoute(world.us, order);
    expect(await isArmed()).toBe(true);
    await world.senders.putRoute(world.us, { ...order, ...change });
    expect(await isArmed()).toBe(false);
  });

  test('that ends after the route has changed is not noted', async () => {
    await world.prove(world.us, 'example.se');
    await world.senders.putRoute(world.us, order);
    world.restart({
      rehearse: async () => {
        await world.senders.putRoute(world.us, { ...order, mailFrom: 'b.example.se' });
        return { kind: 'arrived', rehearsal: world.rehearsal({}) };
      },
    });
    expect(await rehearse()).toMatchObject({ kind: 'judged', route: { armed: false, rehearsal: null } });
  });

  test.each([
    [{ kind: 'no-receiver' }],
    [{ kind: 'not-arrived' }],
    [{ kind: 'refused', response: '550 5.7.1 no' }],
  ] as const)('that did not come: %o', async (ended) => {
    await world.prove(world.us, 'example.se');
    await world.senders.putRoute(world.us, order);
    world.arrival = ended;
    expect(await rehearse()).toEqual(ended);
    expect(await isArmed()).toBe(false);
  });

  test('is not sent in the name of a domain that is not shown to be ours', async () => {
    await world.tokenOf(world.us, 'example.se');
    await world.senders.putRoute(world.us, order);
    expect(await rehearse()).toEqual({ kind: 'unproved' });
    await world.prove(world.us, 'example.se');
    world.zone = {};
    await world.senders.check(world.us, 'example.se', never);
    expect(await rehearse()).toEqual({ kind: 'unproved' });
    expect(world.rehearsed).toEqual([]);
    expect(await world.senders.rehearse(world.us, 'example.se', 'ses', never)).toEqual({ kind: 'missing' });
  });

  test('by SES rehearses the keys that SES has now', async () => {
    await world.prove(world.us, 'example.se');
    await world.senders.putRoute(world.us, { ...order, transport: 'ses' });
    world.selectors = tokens;
    world.arrival = { kind: 'arrived', rehearsal: world.rehearsal({}) };
    const judged = await world.senders.rehearse(world.us, 'example.se', 'ses', never);
    expect(world.rehearsed[0]?.route.dkim).toHaveLength(3);
    expect(judged).toMatchObject({ kind: 'judged', route: { armed: true } });
    // Others since: that rehearsal shows nothing of them.
    world.selectors = ['d'.repeat(32)];
    await world.senders.check(world.us, 'example.se', never);
    expect(await isArmed()).toBe(false);
  });
});
