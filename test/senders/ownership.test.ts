/** Whose a domain is, of two organisations, and who may send as it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { codesOf, never, type SendersWorld, saying, startSendersWorld } from './world.ts';

let world: SendersWorld;
beforeEach(async () => {
  world = await startSendersWorld();
});
afterEach(() => world.close());

describe('two organisations', () => {
  test('the one whose record is still there keeps the domain', async () => {
    const first = await world.prove(world.us, 'example.se');
    const second = await world.tokenOf(world.them, 'example.se');
    world.zone['_klarsignal.example.se'] = saying(first, second);
    expect(await world.senders.check(world.them, 'example.se', never)).toBe('taken');
    expect((await world.senders.find(world.them, 'example.se'))?.state).toBe('pending');
    expect((await world.senders.find(world.us, 'example.se'))?.state).toBe('active');
  });

  test('when its record has gone, the domain passes to the other', async () => {
    await world.prove(world.us, 'example.se');
    const second = await world.tokenOf(world.them, 'example.se');
    world.zone['_klarsignal.example.se'] = saying(second);
    expect(await world.senders.check(world.them, 'example.se', never)).toBe('active');
    expect((await world.senders.find(world.us, 'example.se'))?.state).toBe('lapsed');
    expect(await world.senders.senderOf(world.us, 'example.se')).toBe('taken');
  });

  test('of two checks at once, one wins', async () => {
    const [first, second] = [
      await world.tokenOf(world.us, 'example.se'),
      await world.tokenOf(world.them, 'example.se'),
    ];
    world.zone['_klarsignal.example.se'] = saying(first, second);
    const ended = await Promise.all([
      world.senders.check(world.us, 'example.se', never),
      world.senders.check(world.them, 'example.se', never),
    ]);
    expect(ended.sort()).toEqual(['active', 'taken']);
  });

  test('another’s token proves nothing for us', async () => {
    await world.tokenOf(world.us, 'example.se');
    world.zone['_klarsignal.example.se'] = saying(await world.tokenOf(world.them, 'example.se'));
    expect(await world.senders.check(world.us, 'example.se', never)).toBe('not-found');
  });

  test('neither sees or changes what the other has', async () => {
    await world.prove(world.us, 'example.se');
    const route = {
      domain: 'example.se',
      transport: 'own',
      role: 'primary',
      mailFrom: 'a.example.se',
    } as const;
    expect(await world.senders.find(world.them, 'example.se')).toBeUndefined();
    expect(await world.senders.list(world.them)).toEqual([]);
    expect(codesOf(await world.senders.putRoute(world.them, route))).toEqual(['domain: sender-missing']);
    expect(codesOf(await world.senders.change(world.them, 'example.se', { onBounces: 'pause' }))).toEqual([
      'domain: sender-missing',
    ]);
    expect(await world.senders.remove(world.them, 'example.se')).toBe('missing');
    expect(await world.senders.rehearse(world.them, 'example.se', 'own', never)).toEqual({ kind: 'missing' });
    expect((await world.senders.find(world.us, 'example.se'))?.state).toBe('active');
  });
});

describe('who may send as a domain', () => {
  test('the nearest registered name at or above it', async () => {
    await world.prove(world.us, 'example.se');
    for (const domain of ['example.se', 'mejl.example.se', 'a.b.c.example.se'])
      expect(await world.senders.senderOf(world.us, domain)).toMatchObject({ domain: 'example.se' });
    for (const domain of ['example.com', 'notexample.se', 'example.se.evil.com', 'se', 'co.uk'])
      expect(await world.senders.senderOf(world.us, domain)).toBeUndefined();
    expect(await world.senders.senderOf(world.them, 'mejl.example.se')).toBe('taken');
  });

  test('a nearer one of another organisation is not ours', async () => {
    await world.prove(world.us, 'example.se');
    await world.prove(world.them, 'kund.example.se');
    expect(await world.senders.senderOf(world.us, 'kund.example.se')).toBe('taken');
    expect(await world.senders.senderOf(world.us, 'a.kund.example.se')).toBe('taken');
    expect(await world.senders.senderOf(world.them, 'a.kund.example.se')).toMatchObject({
      domain: 'kund.example.se',
    });
    expect(await world.senders.senderOf(world.them, 'example.se')).toBe('taken');
    expect(await world.senders.senderOf(world.us, 'b.example.se')).toMatchObject({ domain: 'example.se' });
  });

  test('one that is only registered, by us or another, opens and closes nothing', async () => {
    await world.tokenOf(world.us, 'example.se');
    expect(await world.senders.senderOf(world.us, 'example.se')).toBeUndefined();
    await world.prove(world.us, 'example.se');
    await world.tokenOf(world.them, 'mejl.example.se');
    expect(await world.senders.senderOf(world.us, 'mejl.example.se')).toMatchObject({ domain: 'example.se' });
  });

  test('customers of one host are strangers to each other', async () => {
    await world.prove(world.us, 'one.github.io');
    expect(await world.senders.senderOf(world.us, 'two.github.io')).toBeUndefined();
    expect(await world.senders.senderOf(world.us, 'a.one.github.io')).toMatchObject({
      domain: 'one.github.io',
    });
  });

  test('a name of very many labels is answered', async () => {
    await world.prove(world.us, 'example.se');
    expect(await world.senders.senderOf(world.us, `${'a.'.repeat(110)}example.se`)).toMatchObject({
      domain: 'example.se',
    });
  });
});
