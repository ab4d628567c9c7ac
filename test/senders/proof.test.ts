/** A domain is registered, and shown to be its own by a TXT record. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { codesOf, never, type SendersWorld, saying, startSendersWorld } from './world.ts';

let world: SendersWorld;
beforeEach(async () => {
  world = await startSendersWorld();
});
afterEach(() => world.close());

describe('registering', () => {
  test.each([
    ['', 'domain-invalid'],
    ['example', 'domain-invalid'],
    ['https://example.se/', 'domain-invalid'],
    ['nyhetsbrev@example.se', 'domain-invalid'],
    ['192.0.2.1', 'domain-invalid'],
    ['example..se', 'domain-invalid'],
    ['_dmarc.example.se', 'domain-invalid'],
    [`${'a.'.repeat(20)}se`, 'domain-invalid'],
    ['se', 'domain-invalid'],
    ['www.bjorkangen.se', 'domain-www'],
    ['WWW.Example.co.uk', 'domain-www'],
    ['co.uk', 'domain-public-suffix'],
    ['pp.se', 'domain-public-suffix'],
    ['github.io', 'domain-public-suffix'],
    ['CO.UK.', 'domain-public-suffix'],
  ])('%s: %s', async (domain, code) => {
    expect(codesOf(await world.senders.add(world.us, domain))).toEqual([`domain: ${code}`]);
    expect(await world.senders.list(world.us)).toEqual([]);
  });

  test('is pending, with a record of the organisation’s own; the same again gives what is there', async () => {
    const added = await world.senders.add(world.us, ' Räksmörgås.SE. ');
    if (added.kind !== 'done') throw new Error('not added');
    const { sender } = added;
    expect(sender).toMatchObject({
      domain: 'xn--rksmrgs-5wao1o.se',
      state: 'pending',
      provedAt: null,
      onBounces: 'switch',
      warmUp: null,
      routes: [],
      proof: {
        name: '_klarsignal.xn--rksmrgs-5wao1o.se',
        type: 'TXT',
        data: `klarsignal-sender=${sender.token}`,
        why: 'proof',
      },
    });
    expect(sender.token).toMatch(/^[0-9a-f]{40}$/);
    expect(await world.senders.add(world.us, 'räksmörgås.se')).toEqual(added);
    expect(await world.senders.find(world.us, 'RÄKSMÖRGÅS.se')).toEqual(sender);
    expect(await world.tokenOf(world.them, 'räksmörgås.se')).not.toBe(sender.token);
    expect(await world.senders.list(world.us)).toHaveLength(1);
  });

  test('twenty may wait to be proved; of those that were, any number', async () => {
    await world.prove(world.us, 'proved.se');
    for (let i = 1; i <= 20; i++) await world.tokenOf(world.us, `nr${i}.example.se`);
    const more = () => world.senders.add(world.us, 'more.se');
    expect(codesOf(await more())).toEqual(['domain: senders-pending-too-many']);
    expect(await world.senders.list(world.us)).toHaveLength(21);
    // One that is there already is no further one, and another organisation has its own.
    expect(codesOf(await world.senders.add(world.us, 'nr1.example.se'))).toBe('done');
    expect(codesOf(await world.senders.add(world.them, 'more.se'))).toBe('done');
    await world.prove(world.us, 'nr20.example.se');
    expect(codesOf(await more())).toBe('done');
    expect(codesOf(await world.senders.add(world.us, 'evenmore.se'))).toEqual([
      'domain: senders-pending-too-many',
    ]);
    expect(await world.senders.remove(world.us, 'nr1.example.se')).toBe('removed');
    expect(codesOf(await world.senders.add(world.us, 'evenmore.se'))).toBe('done');
  });
});

describe('the record', () => {
  const name = '_klarsignal.example.se';

  test.each<[string, (token: string) => Record<string, unknown>, string]>([
    ['is there', (token) => ({ [name]: saying(token) }), 'active'],
    ['is there among others', (token) => ({ [name]: saying('x', token, 'y') }), 'active'],
    ['has another token', () => ({ [name]: saying('0'.repeat(40)) }), 'not-found'],
    ['has more after the token', (token) => ({ [name]: saying(`${token}0`) }), 'not-found'],
    ['has more before it', (token) => ({ [name]: { TXT: [`x klarsignal-sender=${token}`] } }), 'not-found'],
    ['is the token alone', (token) => ({ [name]: { TXT: [token] } }), 'not-found'],
    ['stands on the domain itself', (token) => ({ 'example.se': saying(token) }), 'not-found'],
    ['is not there', () => ({ 'example.se': { A: ['192.0.2.1'] } }), 'not-found'],
    ['has no TXT', () => ({ [name]: { A: ['192.0.2.1'] } }), 'not-found'],
    // Whoever owns the target of a wildcard alias must not own the domain.
    [
      'stands behind an alias',
      (token) => ({ [name]: { CNAME: ['elsewhere.example'] }, 'elsewhere.example': saying(token) }),
      'not-found',
    ],
    ['cannot be asked for', () => ({ [name]: 'SERVFAIL' }), 'unanswered'],
    ['is not answered about', () => ({ [name]: 'TIMEOUT' }), 'unanswered'],
  ])('%s', async (_, records, outcome) => {
    world.zone = records(await world.tokenOf(world.us, 'example.se'));
    expect(await world.senders.check(world.us, 'example.se', AbortSignal.timeout(1500))).toBe(outcome);
    const found = await world.senders.find(world.us, 'example.se');
    expect(found?.state).toBe(outcome === 'active' ? 'active' : 'pending');
    expect(found?.checkedAt).toBe(outcome === 'unanswered' ? null : new Date(world.now).toISOString());
  });

  test('gone, the sender lapses; without an answer it stays; back again, so is the sender', async () => {
    const token = await world.prove(world.us, 'example.se');
    const stateOf = async () => (await world.senders.find(world.us, 'example.se'))?.state;
    world.zone = { [name]: 'SERVFAIL' };
    expect(await world.senders.check(world.us, 'example.se', never)).toBe('unanswered');
    expect(await stateOf()).toBe('active');
    world.zone = {};
    expect(await world.senders.check(world.us, 'example.se', never)).toBe('not-found');
    expect(await stateOf()).toBe('lapsed');
    expect(await world.senders.senderOf(world.us, 'example.se')).toBeUndefined();
    world.zone = { [name]: saying(token) };
    expect(await world.senders.check(world.us, 'example.se', never)).toBe('active');
    expect(await stateOf()).toBe('active');
    // The log says that it happened, and not to which domain.
    expect(world.logged.length).toBeGreaterThan(0);
    expect(JSON.stringify(world.logged)).not.toContain('example.se');
  });

  test('nobody has asked for', async () => {
    expect(await world.senders.check(world.us, 'example.se', never)).toBe('missing');
    expect(await world.senders.check(world.us, '///', never)).toBe('missing');
  });
});
