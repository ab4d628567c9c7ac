/** Senders over a real store, real DNS packets and a settable clock: proof, ownership, routes, rehearsal. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createZoneResolver, parseZone } from '../src/adapters/resolver/zone.ts';
import { openSqlite } from '../src/adapters/store/sqlite.ts';
import type { IdentityStatus, Rehearsal, Resolver, Store, TransportInfo } from '../src/ports.ts';
import { locales } from '../src/rule.ts';
import { senderWords } from '../src/senders/words.ts';
import { createSenders, type Rehearse, routeGaps, type Senders, senderErrorCodes } from '../src/senders.ts';

const never = new AbortController().signal;
const day = 24 * 60 * 60 * 1000;
const transport = (id: string, more: Partial<TransportInfo> = {}): TransportInfo => ({
  id,
  kind: 'smtp',
  provider: id,
  country: 'SE',
  place: `${id}.example.net:465`,
  spf: `include:${id}.example.net`,
  standardFor: [],
  ...more,
});
const transports = new Map(
  [
    transport('ses', { kind: 'ses', provider: 'Amazon SES', place: 'eu-north-1', spf: null }),
    transport('authsmtp', { country: 'GB', spf: 'include:authsmtp.com' }),
    transport('own', { spf: null }),
  ].map((one) => [one.id, one]),
);
const tokens = ['a'.repeat(32), 'b'.repeat(32), 'c'.repeat(32)];

let now: number;
let folder: string;
let store: Store;
let zone: Record<string, unknown>;
let selectors: readonly string[] | undefined;
let arrival: Awaited<ReturnType<Rehearse>> | undefined;
let rehearsed: Parameters<Rehearse>[0][];
let logged: unknown[];
let organisations: [string, string];
let senders: Senders;

beforeEach(async () => {
  now = Date.UTC(2026, 10, 22, 12);
  zone = {};
  selectors = undefined;
  arrival = undefined;
  rehearsed = [];
  logged = [];
  folder = await mkdtemp(join(tmpdir(), 'klarsignal-senders-'));
  store = await openSqlite(join(folder, 'klarsignal.db'));
  organisations = [await store.firstOrganisation(), 'org_other'];
  addOrganisation(join(folder, 'klarsignal.db'), 'org_other');
  senders = build();
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

/** The port makes only the first one. */
function addOrganisation(file: string, id: string): void {
  const db = new DatabaseSync(file);
  db.prepare('INSERT INTO organisation (id, name, created_at) VALUES (?, ?, ?)').run(
    id,
    id,
    '2026-01-01T00:00:00.000Z',
  );
  db.close();
}

const identity = (): IdentityStatus | undefined =>
  selectors && {
    domain: 'SUCCESS',
    dkim: 'SUCCESS',
    mailFrom: 'SUCCESS',
    mailFromDomain: null,
    selectors,
    onMxFailure: 'reject',
  };

const clock = { now: () => new Date(now) };
/** Asks the zone as it is at that moment. */
const resolver: Resolver = {
  async ask(question, signal) {
    const parsed = parseZone(zone);
    if (!parsed.ok) throw new Error(parsed.message);
    const served = await createZoneResolver(parsed.zone, clock);
    try {
      return await served.ask(question, signal);
    } finally {
      await served.close();
    }
  },
};

function build(more: Partial<Parameters<typeof createSenders>[0]> = {}): Senders {
  return createSenders({
    store,
    keyring: { makeDkimKey: async (domain, selector) => `KEY/${selector}/${domain}` },
    resolver,
    transports,
    identity: async (id) => (id === 'ses' ? identity() : undefined),
    rehearse: async (order) => {
      rehearsed.push(order);
      return arrival ?? { kind: 'not-arrived' };
    },
    receiver: 'in.klarsignal.example',
    warmUps: ['full', 'simplified'],
    clock,
    policy: { sending: { rehearsalDays: 30 } },
    log: (...line) => void logged.push(line),
    ...more,
  });
}

const [us, them] = [() => organisations[0], () => organisations[1]];
const saying = (...values: string[]) => ({ TXT: values.map((value) => `klarsignal-sender=${value}`) });

async function tokenOf(organisation: string, domain: string): Promise<string> {
  const added = await senders.add(organisation, domain);
  if (added.kind !== 'done') throw new Error(JSON.stringify(added));
  return added.sender.token;
}

/** Registers and proves it. */
async function prove(organisation: string, domain: string): Promise<string> {
  const token = await tokenOf(organisation, domain);
  zone[`_klarsignal.${domain}`] = saying(token);
  expect(await senders.check(organisation, domain, never)).toBe('active');
  return token;
}

const codesOf = (changed: Awaited<ReturnType<Senders['add']>>) =>
  changed.kind === 'invalid' ? changed.errors.map(({ code, field }) => `${field}: ${code}`) : 'done';

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
    ['co.uk', 'domain-public-suffix'],
    ['pp.se', 'domain-public-suffix'],
    ['github.io', 'domain-public-suffix'],
    ['CO.UK.', 'domain-public-suffix'],
  ])('%s: %s', async (domain, code) => {
    expect(codesOf(await senders.add(us(), domain))).toEqual([`domain: ${code}`]);
    expect(await senders.list(us())).toEqual([]);
  });

  test('is pending, with a record of the organisation’s own; the same again gives what is there', async () => {
    const added = await senders.add(us(), ' Räksmörgås.SE. ');
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
    expect(await senders.add(us(), 'räksmörgås.se')).toEqual(added);
    expect(await senders.find(us(), 'RÄKSMÖRGÅS.se')).toEqual(sender);
    expect(await tokenOf(them(), 'räksmörgås.se')).not.toBe(sender.token);
    expect(await senders.list(us())).toHaveLength(1);
  });

  test('twenty may wait to be proved; of those that were, any number', async () => {
    await prove(us(), 'proved.se');
    for (let i = 1; i <= 20; i++) await tokenOf(us(), `nr${i}.example.se`);
    const more = () => senders.add(us(), 'more.se');
    expect(codesOf(await more())).toEqual(['domain: senders-pending-too-many']);
    expect(await senders.list(us())).toHaveLength(21);
    // One that is there already is no further one, and another organisation has its own.
    expect(codesOf(await senders.add(us(), 'nr1.example.se'))).toBe('done');
    expect(codesOf(await senders.add(them(), 'more.se'))).toBe('done');
    await prove(us(), 'nr20.example.se');
    expect(codesOf(await more())).toBe('done');
    expect(codesOf(await senders.add(us(), 'evenmore.se'))).toEqual(['domain: senders-pending-too-many']);
    expect(await senders.remove(us(), 'nr1.example.se')).toBe('removed');
    expect(codesOf(await senders.add(us(), 'evenmore.se'))).toBe('done');
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
    zone = records(await tokenOf(us(), 'example.se'));
    expect(await senders.check(us(), 'example.se', AbortSignal.timeout(1500))).toBe(outcome);
    const found = await senders.find(us(), 'example.se');
    expect(found?.state).toBe(outcome === 'active' ? 'active' : 'pending');
    expect(found?.checkedAt).toBe(outcome === 'unanswered' ? null : new Date(now).toISOString());
  });

  test('gone, the sender lapses; without an answer it stays; back again, so is the sender', async () => {
    const token = await prove(us(), 'example.se');
    const stateOf = async () => (await senders.find(us(), 'example.se'))?.state;
    zone = { [name]: 'SERVFAIL' };
    expect(await senders.check(us(), 'example.se', never)).toBe('unanswered');
    expect(await stateOf()).toBe('active');
    zone = {};
    expect(await senders.check(us(), 'example.se', never)).toBe('not-found');
    expect(await stateOf()).toBe('lapsed');
    expect(await senders.senderOf(us(), 'example.se')).toBeUndefined();
    zone = { [name]: saying(token) };
    expect(await senders.check(us(), 'example.se', never)).toBe('active');
    expect(await stateOf()).toBe('active');
    // The log says that it happened, and not to which domain.
    expect(logged.length).toBeGreaterThan(0);
    expect(JSON.stringify(logged)).not.toContain('example.se');
  });

  test('nobody has asked for', async () => {
    expect(await senders.check(us(), 'example.se', never)).toBe('missing');
    expect(await senders.check(us(), '///', never)).toBe('missing');
  });
});

describe('two organisations', () => {
  test('the one whose record is still there keeps the domain', async () => {
    const first = await prove(us(), 'example.se');
    const second = await tokenOf(them(), 'example.se');
    zone['_klarsignal.example.se'] = saying(first, second);
    expect(await senders.check(them(), 'example.se', never)).toBe('taken');
    expect((await senders.find(them(), 'example.se'))?.state).toBe('pending');
    expect((await senders.find(us(), 'example.se'))?.state).toBe('active');
  });

  test('when its record has gone, the domain passes to the other', async () => {
    await prove(us(), 'example.se');
    const second = await tokenOf(them(), 'example.se');
    zone['_klarsignal.example.se'] = saying(second);
    expect(await senders.check(them(), 'example.se', never)).toBe('active');
    expect((await senders.find(us(), 'example.se'))?.state).toBe('lapsed');
    expect(await senders.senderOf(us(), 'example.se')).toBe('taken');
  });

  test('of two checks at once, one wins', async () => {
    const [first, second] = [await tokenOf(us(), 'example.se'), await tokenOf(them(), 'example.se')];
    zone['_klarsignal.example.se'] = saying(first, second);
    const ended = await Promise.all([
      senders.check(us(), 'example.se', never),
      senders.check(them(), 'example.se', never),
    ]);
    expect(ended.sort()).toEqual(['active', 'taken']);
  });

  test('another’s token proves nothing for us', async () => {
    await tokenOf(us(), 'example.se');
    zone['_klarsignal.example.se'] = saying(await tokenOf(them(), 'example.se'));
    expect(await senders.check(us(), 'example.se', never)).toBe('not-found');
  });

  test('neither sees or changes what the other has', async () => {
    await prove(us(), 'example.se');
    const route = {
      domain: 'example.se',
      transport: 'own',
      role: 'primary',
      mailFrom: 'a.example.se',
    } as const;
    expect(await senders.find(them(), 'example.se')).toBeUndefined();
    expect(await senders.list(them())).toEqual([]);
    expect(codesOf(await senders.putRoute(them(), route))).toEqual(['domain: sender-missing']);
    expect(codesOf(await senders.change(them(), 'example.se', { onBounces: 'pause' }))).toEqual([
      'domain: sender-missing',
    ]);
    expect(await senders.remove(them(), 'example.se')).toBe('missing');
    expect(await senders.rehearse(them(), 'example.se', 'own', never)).toEqual({ kind: 'missing' });
    expect((await senders.find(us(), 'example.se'))?.state).toBe('active');
  });
});

describe('who may send as a domain', () => {
  test('the nearest registered name at or above it', async () => {
    await prove(us(), 'example.se');
    for (const domain of ['example.se', 'mejl.example.se', 'a.b.c.example.se'])
      expect(await senders.senderOf(us(), domain)).toMatchObject({ domain: 'example.se' });
    for (const domain of ['example.com', 'notexample.se', 'example.se.evil.com', 'se', 'co.uk'])
      expect(await senders.senderOf(us(), domain)).toBeUndefined();
    expect(await senders.senderOf(them(), 'mejl.example.se')).toBe('taken');
  });

  test('a nearer one of another organisation is not ours', async () => {
    await prove(us(), 'example.se');
    await prove(them(), 'kund.example.se');
    expect(await senders.senderOf(us(), 'kund.example.se')).toBe('taken');
    expect(await senders.senderOf(us(), 'a.kund.example.se')).toBe('taken');
    expect(await senders.senderOf(them(), 'a.kund.example.se')).toMatchObject({ domain: 'kund.example.se' });
    expect(await senders.senderOf(them(), 'example.se')).toBe('taken');
    expect(await senders.senderOf(us(), 'b.example.se')).toMatchObject({ domain: 'example.se' });
  });

  test('one that is only registered, by us or another, opens and closes nothing', async () => {
    await tokenOf(us(), 'example.se');
    expect(await senders.senderOf(us(), 'example.se')).toBeUndefined();
    await prove(us(), 'example.se');
    await tokenOf(them(), 'mejl.example.se');
    expect(await senders.senderOf(us(), 'mejl.example.se')).toMatchObject({ domain: 'example.se' });
  });

  test('customers of one host are strangers to each other', async () => {
    await prove(us(), 'one.github.io');
    expect(await senders.senderOf(us(), 'two.github.io')).toBeUndefined();
    expect(await senders.senderOf(us(), 'a.one.github.io')).toMatchObject({ domain: 'one.github.io' });
  });

  test('a name of very many labels is answered', async () => {
    await prove(us(), 'example.se');
    expect(await senders.senderOf(us(), `${'a.'.repeat(110)}example.se`)).toMatchObject({
      domain: 'example.se',
    });
  });
});

const order = {
  domain: 'example.se',
  transport: 'authsmtp',
  role: 'primary',
  mailFrom: 'mejl.example.se',
} as const;

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
    await tokenOf(us(), 'example.se');
    await tokenOf(us(), 'kund.example.se');
    await senders.putRoute(us(), {
      ...order,
      transport: 'own',
      role: 'reserve',
      mailFrom: 'taken.example.se',
    });
    const changed = await senders.putRoute(us(), { ...order, ...changes });
    expect(codesOf(changed)).toEqual(codes.length === 0 ? 'done' : codes);
    const routes = (await senders.find(us(), 'example.se'))?.routes ?? [];
    expect(routes).toHaveLength(codes.length === 0 ? 2 : 1);
  });

  test('by SMTP: MX to our receiver, SPF of the provider, a key of ours', async () => {
    await prove(us(), 'example.se');
    const changed = await senders.putRoute(us(), order);
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
    await prove(us(), 'example.se');
    await senders.putRoute(us(), order);
    zone = { ...zone, ...published };
    const looked = await senders.lookUp(us(), 'example.se', never);
    expect(looked.map(({ record }) => record.why)).toEqual(['mx', 'spf', 'dkim']);
    expect(looked.map(({ state }) => state)).toEqual(states);
    // What is there arms nothing.
    expect((await senders.find(us(), 'example.se'))?.routes[0]?.armed).toBe(false);
    expect(await senders.lookUp(them(), 'example.se', never)).toEqual([]);
  });

  test('by SMTP where the provider’s SPF and a receiver are missing: said, and nothing made up', async () => {
    senders = build({ receiver: undefined });
    await prove(us(), 'example.se');
    const changed = await senders.putRoute(us(), { ...order, transport: 'own', selector: 'S2' });
    const [route] = changed.kind === 'done' ? changed.sender.routes : [];
    expect(route?.gaps).toEqual(['receiver', 'spf']);
    expect(route?.records.map(({ name, type }) => `${type} ${name}`)).toEqual([
      'TXT s2._domainkey.example.se',
    ]);
  });

  test('names no record and makes no key before the domain is proved; then both', async () => {
    const made: string[] = [];
    senders = build({
      keyring: {
        makeDkimKey: async (domain, selector) => {
          made.push(`${selector} ${domain}`);
          return 'KEY';
        },
      },
    });
    const token = await tokenOf(us(), 'example.se');
    await senders.putRoute(us(), order);
    await senders.list(us());
    const [before] = (await senders.find(us(), 'example.se'))?.routes ?? [];
    expect(before).toMatchObject({ records: [], gaps: ['proof'] });
    expect(await senders.check(us(), 'example.se', never)).toBe('not-found');
    expect(made).toEqual([]);
    zone['_klarsignal.example.se'] = saying(token);
    expect(await senders.check(us(), 'example.se', never)).toBe('active');
    // Before anybody looks: the next mail is signed with it.
    expect(made).toEqual(['klarsignal example.se']);
    const [after] = (await senders.find(us(), 'example.se'))?.routes ?? [];
    expect(after?.records.map(({ why }) => why)).toEqual(['mx', 'spf', 'dkim']);
    // The record gone, what was published stays shown: it is to be mended, not begun anew.
    zone = {};
    await senders.check(us(), 'example.se', never);
    expect((await senders.find(us(), 'example.se'))?.routes[0]?.gaps).toEqual([]);
  });

  test('by SES: its MX and SPF, and its keys as soon as it tells them', async () => {
    const token = await prove(us(), 'example.se');
    const changed = await senders.putRoute(us(), { ...order, transport: 'ses' });
    const [route] = changed.kind === 'done' ? changed.sender.routes : [];
    expect(route).toMatchObject({ dkim: [], gaps: ['ses-dkim'] });
    expect(route?.records.map(({ type, data }) => `${type} ${data}`)).toEqual([
      'MX 10 feedback-smtp.eu-north-1.amazonses.com',
      'TXT v=spf1 include:amazonses.com ~all',
    ]);
    selectors = tokens.toReversed();
    expect(await senders.check(us(), 'example.se', never)).toBe('active');
    const [after] = (await senders.find(us(), 'example.se'))?.routes ?? [];
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
    selectors = undefined;
    await senders.check(us(), 'example.se', never);
    expect((await senders.find(us(), 'example.se'))?.routes[0]?.dkim).toEqual(after?.dkim);
    expect(token).toBeTruthy();
  });

  test('by SES in a region whose keys stand elsewhere: nothing made up', async () => {
    selectors = tokens;
    const milan = transport('ses', { kind: 'ses', place: 'eu-south-1', spf: null });
    senders = build({ transports: new Map([['ses', milan]]) });
    await prove(us(), 'example.se');
    const changed = await senders.putRoute(us(), { ...order, transport: 'ses' });
    const [route] = changed.kind === 'done' ? changed.sender.routes : [];
    expect(route?.gaps).toEqual(['ses-dkim']);
    expect(route?.records.map(({ type }) => type)).toEqual(['MX', 'TXT']);
    expect(route?.dkim).toHaveLength(3);
  });

  test('whose transport is configured no more shows so, and stands by no more', async () => {
    await prove(us(), 'example.se');
    await senders.putRoute(us(), order);
    arrival = { kind: 'arrived', rehearsal: rehearsal({}) };
    await senders.rehearse(us(), 'example.se', 'authsmtp', never);
    senders = build({ transports: new Map() });
    const [route] = (await senders.find(us(), 'example.se'))?.routes ?? [];
    expect(route).toMatchObject({ armed: false, gaps: ['transport'], records: [], country: '' });
  });

  test('routes come in the order of their roles, and go', async () => {
    await prove(us(), 'example.se');
    await senders.putRoute(us(), { ...order, role: 'reserve' });
    await senders.putRoute(us(), { ...order, transport: 'ses', mailFrom: 'ses.example.se' });
    const routes = await senders.routesOf(us(), 'nyhetsbrev.example.se');
    expect(routes.map(({ transport: id, role }) => `${role} ${id}`)).toEqual([
      'primary ses',
      'reserve authsmtp',
    ]);
    expect(await senders.routesOf(them(), 'example.se')).toEqual([]);
    expect(codesOf(await senders.removeRoute(us(), 'example.se', 'ses'))).toBe('done');
    expect(codesOf(await senders.removeRoute(us(), 'example.se', 'ses'))).toEqual([
      'transport: route-missing',
    ]);
    expect(await senders.routesOf(us(), 'example.se')).toHaveLength(1);
  });
});

function rehearsal(more: Partial<Rehearsal>): Rehearsal {
  const at = new Date(now).toISOString();
  return {
    startedAt: at,
    endedAt: at,
    passed: true,
    returns: true,
    problems: [],
    spf: 'pass',
    dkim: 'pass',
    dmarc: 'pass',
    envelopeFrom: 'r-x@mejl.example.se',
    dkimDomains: ['example.se'],
    ip: '192.0.2.1',
    tls: true,
    detail: '',
    ...more,
  };
}

describe('a rehearsal', () => {
  const rehearse = () => senders.rehearse(us(), 'example.se', 'authsmtp', never);
  const isArmed = async () => (await senders.find(us(), 'example.se'))?.routes[0]?.armed;

  test('that passed arms the route, for thirty days', async () => {
    await prove(us(), 'example.se');
    await senders.putRoute(us(), order);
    arrival = { kind: 'arrived', rehearsal: rehearsal({}) };
    expect(await rehearse()).toMatchObject({ kind: 'judged', route: { armed: true } });
    expect(rehearsed).toMatchObject([
      { organisation: us(), sender: { domain: 'example.se' }, route: { mailFrom: 'mejl.example.se' } },
    ]);
    now += 30 * day - 1;
    expect(await isArmed()).toBe(true);
    now += 1;
    expect(await isArmed()).toBe(false);
  });

  describe('after which bounces do not come to us', () => {
    const owner = { kind: 'person', role: 'owner', id: 'per_1' } as const;
    const accept = (accepted = true, caller: Parameters<Senders['acceptUnseenBounces']>[1] = owner) =>
      senders.acceptUnseenBounces(us(), caller, { domain: 'example.se', transport: 'authsmtp', accepted });
    const unseen = (more: Partial<Rehearsal> = {}) =>
      rehearsal({ returns: false, problems: ['bounces-elsewhere'], ...more });
    beforeEach(async () => {
      await prove(us(), 'example.se');
      await senders.putRoute(us(), order);
      arrival = { kind: 'arrived', rehearsal: unseen() };
      await rehearse();
    });

    test('does not arm it, until an owner accepts that', async () => {
      expect(await isArmed()).toBe(false);
      const accepted = await accept();
      const unseenBounces = { by: 'per_1', at: new Date(now).toISOString() };
      expect(accepted).toMatchObject({ kind: 'done', sender: { routes: [{ armed: true, unseenBounces }] } });
      expect(JSON.stringify(logged)).toContain('unseen bounces accepted');
      // The same again still shows it; and what was accepted can be taken back.
      expect(await rehearse()).toMatchObject({ kind: 'judged', route: { armed: true, unseenBounces } });
      expect(await accept(false)).toMatchObject({
        sender: { routes: [{ armed: false, unseenBounces: null }] },
      });
    });

    test.each<[string, () => unknown]>([
      ['another subdomain', () => senders.putRoute(us(), { ...order, mailFrom: 'b.example.se' })],
      ['a rehearsal that returns', () => again(rehearsal({}))],
    ])('what was accepted ends with %s', async (_, happen) => {
      await accept();
      await happen();
      expect((await senders.find(us(), 'example.se'))?.routes[0]?.unseenBounces).toBeNull();
      await again(unseen());
      expect(await isArmed()).toBe(false);
    });
    async function again(one: Rehearsal) {
      arrival = { kind: 'arrived', rehearsal: one };
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
      await again(rehearsal({}));
      expect(codesOf(await accept())).toEqual(['transport: bounces-not-unseen']);
      await senders.putRoute(us(), { ...order, mailFrom: 'b.example.se' });
      expect(codesOf(await accept())).toEqual(['transport: bounces-not-unseen']);
      const other = { domain: 'example.se', accepted: true };
      for (const [order, code] of [
        [{ ...other, transport: 'own' }, 'transport: route-missing'],
        [{ ...other, domain: 'annan.se', transport: 'own' }, 'domain: sender-missing'],
      ] as const)
        expect(codesOf(await senders.acceptUnseenBounces(us(), owner, order))).toEqual([code]);
      const theirs = { domain: 'example.se', transport: 'authsmtp', accepted: true };
      expect(codesOf(await senders.acceptUnseenBounces(them(), owner, theirs))).toEqual([
        'domain: sender-missing',
      ]);
    });
  });

  test('that failed disarms it', async () => {
    await prove(us(), 'example.se');
    await senders.putRoute(us(), order);
    arrival = { kind: 'arrived', rehearsal: rehearsal({}) };
    await rehearse();
    arrival = { kind: 'arrived', rehearsal: rehearsal({ passed: false, dmarc: 'fail' }) };
    expect(await rehearse()).toMatchObject({ kind: 'judged', route: { armed: false } });
    expect(await isArmed()).toBe(false);
  });

  test.each([
    ['another subdomain', { mailFrom: 'b.example.se' }],
    ['another key', { selector: 's2' }],
  ])('is of no use to the route with %s', async (_, change) => {
    await prove(us(), 'example.se');
    await senders.putRoute(us(), order);
    arrival = { kind: 'arrived', rehearsal: rehearsal({}) };
    await rehearse();
    await senders.putRoute(us(), order);
    expect(await isArmed()).toBe(true);
    await senders.putRoute(us(), { ...order, ...change });
    expect(await isArmed()).toBe(false);
  });

  test('that ends after the route has changed is not noted', async () => {
    await prove(us(), 'example.se');
    await senders.putRoute(us(), order);
    senders = build({
      rehearse: async () => {
        await senders.putRoute(us(), { ...order, mailFrom: 'b.example.se' });
        return { kind: 'arrived', rehearsal: rehearsal({}) };
      },
    });
    expect(await rehearse()).toMatchObject({ kind: 'judged', route: { armed: false, rehearsal: null } });
  });

  test.each([
    [{ kind: 'no-receiver' }],
    [{ kind: 'not-arrived' }],
    [{ kind: 'refused', response: '550 5.7.1 no' }],
  ] as const)('that did not come: %o', async (ended) => {
    await prove(us(), 'example.se');
    await senders.putRoute(us(), order);
    arrival = ended;
    expect(await rehearse()).toEqual(ended);
    expect(await isArmed()).toBe(false);
  });

  test('is not sent in the name of a domain that is not shown to be ours', async () => {
    await tokenOf(us(), 'example.se');
    await senders.putRoute(us(), order);
    expect(await rehearse()).toEqual({ kind: 'unproved' });
    await prove(us(), 'example.se');
    zone = {};
    await senders.check(us(), 'example.se', never);
    expect(await rehearse()).toEqual({ kind: 'unproved' });
    expect(rehearsed).toEqual([]);
    expect(await senders.rehearse(us(), 'example.se', 'ses', never)).toEqual({ kind: 'missing' });
  });

  test('by SES rehearses the keys that SES has now', async () => {
    await prove(us(), 'example.se');
    await senders.putRoute(us(), { ...order, transport: 'ses' });
    selectors = tokens;
    arrival = { kind: 'arrived', rehearsal: rehearsal({}) };
    const judged = await senders.rehearse(us(), 'example.se', 'ses', never);
    expect(rehearsed[0]?.route.dkim).toHaveLength(3);
    expect(judged).toMatchObject({ kind: 'judged', route: { armed: true } });
    // Others since: that rehearsal shows nothing of them.
    selectors = ['d'.repeat(32)];
    await senders.check(us(), 'example.se', never);
    expect(await isArmed()).toBe(false);
  });
});

describe('choices', () => {
  test('a warm-up begins today, goes on where it is, and ends', async () => {
    await tokenOf(us(), 'example.se');
    const warmUp = async (plan: string | null) => {
      const changed = await senders.change(us(), 'example.se', { warmUp: plan });
      return changed.kind === 'done' ? changed.sender.warmUp : codesOf(changed);
    };
    expect(await warmUp('full')).toEqual({ plan: 'full', from: '2026-11-22' });
    now += 5 * day;
    expect(await warmUp('full')).toEqual({ plan: 'full', from: '2026-11-22' });
    expect(await warmUp('simplified')).toEqual({ plan: 'simplified', from: '2026-11-27' });
    expect(await warmUp('none')).toEqual(['warmUp: warm-up-unknown']);
    expect(await warmUp('')).toEqual(['warmUp: warm-up-unknown']);
    expect(await warmUp(null)).toBeNull();
  });

  test('what bounces do', async () => {
    await tokenOf(us(), 'example.se');
    const changed = await senders.change(us(), 'example.se', { onBounces: 'pause' });
    expect(changed).toMatchObject({ kind: 'done', sender: { onBounces: 'pause', warmUp: null } });
    expect(codesOf(await senders.change(us(), 'example.se', { onBounces: 'ignore', warmUp: 'x' }))).toEqual([
      'warmUp: warm-up-unknown',
      'onBounces: on-bounces-invalid',
    ]);
    expect((await senders.find(us(), 'example.se'))?.onBounces).toBe('pause');
  });

  test('a sender that is removed is gone, with its routes', async () => {
    await prove(us(), 'example.se');
    await senders.putRoute(us(), order);
    expect(await senders.remove(us(), 'example.se')).toBe('removed');
    expect(await senders.remove(us(), 'example.se')).toBe('missing');
    expect(await senders.senderOf(us(), 'example.se')).toBeUndefined();
    await tokenOf(us(), 'example.se');
    expect((await senders.find(us(), 'example.se'))?.routes).toEqual([]);
  });
});

test('every code and gap has its words, and they differ', () => {
  const [en, sv] = locales.map((locale) => senderWords[locale]);
  expect(Object.keys(en?.errors ?? {}).sort()).toEqual([...senderErrorCodes].sort());
  expect(Object.keys(en?.gaps ?? {}).sort()).toEqual([...routeGaps].sort());
  const texts = (words: object): string[] =>
    Object.values(words).flatMap((one) => (typeof one === 'string' ? [one] : texts(one)));
  const [english, swedish] = [texts(en ?? {}), texts(sv ?? {})];
  expect(swedish).toHaveLength(english.length);
  expect(english.filter((text) => swedish.includes(text))).toEqual([]);
});
