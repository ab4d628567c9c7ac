/** Routes of a sender, and the records to publish for them. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Senders } from '../../src/senders.ts';
import {
  codesOf,
  never,
  order,
  type SendersWorld,
  saying,
  startSendersWorld,
  tokens,
  transport,
} from './world.ts';

let world: SendersWorld;
beforeEach(async () => {
  world = await startSendersWorld();
});
afterEach(() => world.close());

describe('a route', () => {
  test.each<[string, Partial<Parameters<Senders['putRoute']>[1]>, string[]]>([
    ['an unknown transport', { transport: 'nowhere' }, ['transport: transport-unknown']],
    ['an unknown sender', { domain: 'example.com' }, ['domain: sender-missing']],
    ['no domain', { mailFrom: '' }, ['mailFrom: mail-from-invalid']],
    ['an address', { mailFrom: 'a@mejl.example.se' }, ['mailFrom: mail-from-invalid']],
    ['an underscore', { mailFrom: '_mejl.example.se' }, ['mailFrom: mail-from-invalid']],
    ['another domain', { mailFrom: 'mejl.example.com' }, ['mailFrom: mail-from-outside']],
    ['a look-alike', { mailFrom: 'mejl.notexample.se' }, ['mailFrom: mail-from-outside']],
    ['the From domain itself', { mailFrom: 'Example.se' }, ['mailFrom: mail-from-outside']],
    ['one above', { mailFrom: 'co.se' }, ['mailFrom: mail-from-outside']],
    ['another route’s', { mailFrom: 'taken.example.se' }, ['mailFrom: mail-from-shared']],
    ['another sender’s name', { mailFrom: 'kund.example.se' }, ['mailFrom: mail-from-shared']],
    ['another role', { role: 'third' as 'primary' }, ['role: role-invalid']],
    ['a role that is taken', { role: 'reserve' }, ['role: role-taken']],
    ['a selector with a space', { selector: 'a b' }, ['selector: dkim-selector-invalid']],
    ['a selector that ends in a dot', { selector: 'a.' }, ['selector: dkim-selector-invalid']],
    ['a selector up the path', { selector: '../../x' }, ['selector: dkim-selector-invalid']],
    ['a selector of 64', { selector: 'a'.repeat(64) }, ['selector: dkim-selector-invalid']],
    [
      'all at once',
      { transport: 'x', role: 'y' as 'primary', mailFrom: '', selector: '_' },
      [
        'transport: transport-unknown',
        'role: role-invalid',
        'mailFrom: mail-from-invalid',
        'selector: dkim-selector-invalid',
      ],
    ],
    ['a sound one', {}, []],
    ['a sound selector', { selector: 'K1.2026' }, []],
  ])('with %s', async (_, changes, codes) => {
    await world.tokenOf(world.us, 'example.se');
    await world.tokenOf(world.us, 'kund.example.se');
    await world.senders.putRoute(world.us, {
      ...order,
      transport: 'own',
      role: 'reserve',
      mailFrom: 'taken.example.se',
    });
    const changed = await world.senders.putRoute(world.us, { ...order, ...changes });
    expect(codesOf(changed)).toEqual(codes.length === 0 ? 'done' : codes);
    const routes = (await world.senders.find(world.us, 'example.se'))?.routes ?? [];
    expect(routes).toHaveLength(codes.length === 0 ? 2 : 1);
  });

  test('by SMTP: MX to our receiver, SPF of the provider, a key of ours', async () => {
    await world.prove(world.us, 'example.se');
    const changed = await world.senders.putRoute(world.us, order);
    expect(changed.kind === 'done' && changed.sender.routes).toMatchObject([
      {
        transport: 'authsmtp',
        country: 'GB',
        armed: false,
        rehearsal: null,
        dkim: [{ d: 'example.se', s: 'klarsignal' }],
        gaps: [],
        records: [
          { name: 'mejl.example.se', type: 'MX', data: '10 in.klarsignal.example', why: 'mx' },
          {
            name: 'mejl.example.se',
            type: 'TXT',
            data: 'v=spf1 include:authsmtp.com ~all',
            why: 'spf',
          },
          {
            name: 'klarsignal._domainkey.example.se',
            type: 'TXT',
            data: 'v=DKIM1; k=rsa; p=KEY/klarsignal/example.se',
            why: 'dkim',
          },
        ],
      },
    ]);
  });

  test.each([
    ['nothing', {}, ['missing', 'missing', 'missing']],
    [
      'all of it, with more beside',
      {
        'mejl.example.se': {
          MX: ['10 in.klarsignal.example.'],
          TXT: ['hello', 'v=spf1 ip4:192.0.2.1 include:authsmtp.com -all'],
        },
        'klarsignal._domainkey.example.se': { TXT: ['v=DKIM1; p=KEY/klarsignal/example.se; k=rsa'] },
      },
      ['found', 'found', 'found'],
    ],
    [
      'something else',
      {
        'mejl.example.se': { MX: ['5 mx.example.net.'], TXT: ['v=spf1 include:xauthsmtp.com ~all'] },
        'klarsignal._domainkey.example.se': { TXT: ['v=DKIM1; p=OTHER'] },
      },
      ['other', 'other', 'other'],
    ],
    [
      'texts of other kinds alone',
      { 'mejl.example.se': { TXT: ['hello'] }, 'klarsignal._domainkey.example.se': { TXT: ['hello'] } },
      ['missing', 'missing', 'missing'],
    ],
    [
      'no answer',
      { 'mejl.example.se': 'SERVFAIL', 'klarsignal._domainkey.example.se': 'SERVFAIL' },
      ['unanswered', 'unanswered', 'unanswered'],
    ],
  ])('its records are looked for: %s', async (_, published, states) => {
    await world.prove(world.us, 'example.se');
    await world.senders.putRoute(world.us, order);
    world.zone = { ...world.zone, ...published };
    const looked = await world.senders.lookUp(world.us, 'example.se', never);
    expect(looked.map(({ record }) => record.why)).toEqual(['mx', 'spf', 'dkim']);
    expect(looked.map(({ state }) => state)).toEqual(states);
    // What is there arms nothing.
    expect((await world.senders.find(world.us, 'example.se'))?.routes[0]?.armed).toBe(false);
    expect(await world.senders.lookUp(world.them, 'example.se', never)).toEqual([]);
  });

  test('by SMTP where the provider’s SPF and a receiver are missing: said, and nothing made up', async () => {
    world.restart({ receiver: undefined });
    await world.prove(world.us, 'example.se');
    const changed = await world.senders.putRoute(world.us, { ...order, transport: 'own', selector: 'S2' });
    const [route] = changed.kind === 'done' ? changed.sender.routes : [];
    expect(route?.gaps).toEqual(['receiver', 'spf']);
    expect(route?.records.map(({ name, type }) => `${type} ${name}`)).toEqual([
      'TXT s2._domainkey.example.se',
    ]);
  });

  test('names no record and makes no key before the domain is proved; then both', async () => {
    const made: string[] = [];
    world.restart({
      keyring: {
        makeDkimKey: async (domain, selector) => {
          made.push(`${selector} ${domain}`);
          return 'KEY';
        },
      },
    });
    const token = await world.tokenOf(world.us, 'example.se');
    await world.senders.putRoute(world.us, order);
    await world.senders.list(world.us);
    const [before] = (await world.senders.find(world.us, 'example.se'))?.routes ?? [];
    expect(before).toMatchObject({ records: [], gaps: ['proof'] });
    expect(await world.senders.check(world.us, 'example.se', never)).toBe('not-found');
    expect(made).toEqual([]);
    world.zone['_klarsignal.example.se'] = saying(token);
    expect(await world.senders.check(world.us, 'example.se', never)).toBe('active');
    // Before anybody looks: the next mail is signed with it.
    expect(made).toEqual(['klarsignal example.se']);
    const [after] = (await world.senders.find(world.us, 'example.se'))?.routes ?? [];
    expect(after?.records.map(({ why }) => why)).toEqual(['mx', 'spf', 'dkim']);
    // The record gone, what was published stays shown: it is to be mended, not begun anew.
    world.zone = {};
    await world.senders.check(world.us, 'example.se', never);
    expect((await world.senders.find(world.us, 'example.se'))?.routes[0]?.gaps).toEqual([]);
  });

  test('by SES: its MX and SPF, and its keys as soon as it tells them', async () => {
    const token = await world.prove(world.us, 'example.se');
    const changed = await world.senders.putRoute(world.us, { ...order, transport: 'ses' });
    const [route] = changed.kind === 'done' ? changed.sender.routes : [];
    expect(route).toMatchObject({ dkim: [], gaps: ['ses-dkim'] });
    expect(route?.records.map(({ type, data }) => `${type} ${data}`)).toEqual([
      'MX 10 feedback-smtp.eu-north-1.amazonses.com',
      'TXT v=spf1 include:amazonses.com ~all',
    ]);
    world.selectors = tokens.toReversed();
    expect(await world.senders.check(world.us, 'example.se', never)).toBe('active');
    const [after] = (await world.senders.find(world.us, 'example.se'))?.routes ?? [];
    expect(after?.dkim).toEqual(tokens.map((s) => ({ d: 'example.se', s })));
    expect(after?.gaps).toEqual([]);
    expect(after?.records.slice(2)).toEqual(
      tokens.map((s) => ({
        name: `${s}._domainkey.example.se`,
        type: 'CNAME',
        data: `${s}.dkim.amazonses.com`,
        why: 'dkim',
      })),
    );
    // Silent again, it keeps what is known.
    world.selectors = undefined;
    await world.senders.check(world.us, 'example.se', never);
    expect((await world.senders.find(world.us, 'example.se'))?.routes[0]?.dkim).toEqual(after?.dkim);
    expect(token).toBeTruthy();
  });

  test('by SES in a region whose keys stand elsewhere: nothing made up', async () => {
    world.selectors = tokens;
    const milan = transport('ses', { kind: 'ses', place: 'eu-south-1', spf: null });
    world.restart({ transports: new Map([['ses', milan]]) });
    await world.prove(world.us, 'example.se');
    const changed = await world.senders.putRoute(world.us, { ...order, transport: 'ses' });
    const [route] = changed.kind === 'done' ? changed.sender.routes : [];
    expect(route?.gaps).toEqual(['ses-dkim']);
    expect(route?.records.map(({ type }) => type)).toEqual(['MX', 'TXT']);
    expect(route?.dkim).toHaveLength(3);
  });

  test('whose transport is configured no more shows so, and stands by no more', async () => {
    await world.prove(world.us, 'example.se');
    await world.senders.putRoute(world.us, order);
    world.arrival = { kind: 'arrived', rehearsal: world.rehearsal({}) };
    await world.senders.rehearse(world.us, 'example.se', 'authsmtp', never);
    world.restart({ transports: new Map() });
    const [route] = (await world.senders.find(world.us, 'example.se'))?.routes ?? [];
    expect(route).toMatchObject({ armed: false, gaps: ['transport'], records: [], country: '' });
  });

  test('routes come in the order of their roles, and go', async () => {
    await world.prove(world.us, 'example.se');
    await world.senders.putRoute(world.us, { ...order, role: 'reserve' });
    await world.senders.putRoute(world.us, { ...order, transport: 'ses', mailFrom: 'ses.example.se' });
    const routes = await world.senders.routesOf(world.us, 'nyhetsbrev.example.se');
    expect(routes.map(({ transport: id, role }) => `${role} ${id}`)).toEqual([
      'primary ses',
      'reserve authsmtp',
    ]);
    expect(await world.senders.routesOf(world.them, 'example.se')).toEqual([]);
    expect(codesOf(await world.senders.removeRoute(world.us, 'example.se', 'ses'))).toBe('done');
    expect(codesOf(await world.senders.removeRoute(world.us, 'example.se', 'ses'))).toEqual([
      'transport: route-missing',
    ]);
    expect(await world.senders.routesOf(world.us, 'example.se')).toHaveLength(1);
  });
});
