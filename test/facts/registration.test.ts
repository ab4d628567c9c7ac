/** The registry's word on a domain: what it says, and what is no word of it. */
import { expect, test } from 'vitest';
import { clients } from '../../rules/clients/index.ts';
import { policy } from '../../rules/policy.ts';
import { gather } from '../../src/facts/gather.ts';
import type { Fetcher } from '../../src/ports.ts';
import type { World } from '../../src/rule.ts';
import { clock, fetcherOf, noBrowser, resolverOf } from '../world.ts';
import { mailOf, patient } from './dns-world.ts';

async function factOf(web: World['web'], domain = 'news.example.se', fetcher?: Fetcher | null) {
  const urls: string[] = [];
  const plain = fetcher === undefined ? fetcherOf(web ?? {}) : fetcher;
  const noting: Fetcher | undefined = plain
    ? {
        fetch(url, request, signal) {
          urls.push(`${url} ${request.redirects}`);
          return plain.fetch(url, request, signal);
        },
      }
    : undefined;
  const resolver = await resolverOf({});
  try {
    const world = { resolver, browser: noBrowser, clock, policy, clients, fetcher: noting };
    const { registration } = await gather(['registration'], await mailOf(domain), world, patient);
    return { fact: registration, value: registration?.known ? registration.value : undefined, urls };
  } finally {
    await resolver.close();
  }
}

const se = 'https://rdap.iis.se/domain/example.se';
const sound = {
  objectClassName: 'domain',
  ldhName: 'example.se',
  status: ['Active', 'client transfer prohibited'],
  events: [
    { eventAction: 'registration', eventDate: '2009-03-01T10:00:00+01:00' },
    { eventAction: 'last changed', eventDate: '2026-01-01T00:00:00Z' },
    { eventAction: 'expiration', eventDate: '2027-03-01T00:00:00Z' },
  ],
  entities: [
    { roles: ['registrant'], vcardArray: ['vcard', [['fn', {}, 'text', 'Nobody']]] },
    {
      roles: ['registrar'],
      vcardArray: [
        'vcard',
        [
          ['version', {}, 'text', '4.0'],
          ['fn', {}, 'text', 'Example AB'],
        ],
      ],
    },
  ],
};

test('a sound answer', async () => {
  const { value, urls } = await factOf({ [se]: JSON.stringify(sound) });
  expect(value).toEqual({
    domain: 'example.se',
    state: 'known',
    registered: '2009-03-01T09:00:00.000Z',
    expires: '2027-03-01T00:00:00.000Z',
    status: ['active', 'client transfer prohibited'],
    registrar: 'Example AB',
  });
  expect(urls).toEqual([`${se} 3`]);
});

test.each<[string, NonNullable<World['web']>[string], string]>([
  ['another domain’s', JSON.stringify({ ...sound, ldhName: 'example.com' }), 'silent'],
  ['not JSON', '<html>', 'silent'],
  ['a list', '[]', 'silent'],
  ['null', 'null', 'silent'],
  ['not found', { status: 404, body: '{}' }, 'absent'],
  ['too many questions', { status: 429 }, 'silent'],
  ['a fault', { status: 503 }, 'silent'],
  ['nobody there', { failure: 'ECONNREFUSED' }, 'silent'],
  ['too long', `{"ldhName":"example.se","x":"${'y'.repeat(300_000)}"}`, 'silent'],
])('%s', async (_, page, state) => {
  const { value } = await factOf({ [se]: page });
  expect(value).toMatchObject({ state, registered: null, expires: null });
});

test.each<[string, object]>([
  ['no events', { events: null }],
  ['events that are none', { events: [null, 7, 'x', { eventAction: {} }] }],
  ['an action that is no text', { events: [{ eventAction: { toString: null, valueOf: null } }] }],
  ['a date that is none', { events: [{ eventAction: 'registration', eventDate: 'soon' }] }],
  ['a date of a megabyte', { events: [{ eventAction: 'registration', eventDate: '2'.repeat(1000) }] }],
])('%s: known, without a date', async (_, more) => {
  const { value } = await factOf({ [se]: JSON.stringify({ ...sound, ...more }) });
  expect(value).toMatchObject({ state: 'known', registered: null });
});

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['no list', { roles: 'registrar' }],
  ['no card', [{ roles: ['registrar'] }]],
  ['a card that is none', [{ roles: ['registrar'], vcardArray: ['vcard', 'x'] }]],
  ['a name that is none', [{ roles: ['registrar'], vcardArray: ['vcard', [['fn', {}, 'text', ['a']]]] }]],
])('a registrar of %s is no registrar', async (_, entities) => {
  const { value } = await factOf({ [se]: JSON.stringify({ ...sound, entities }) });
  expect(value).toMatchObject({ state: 'known', registrar: null });
});

const bootstrap = policy.registration.bootstrap;
const services = (...entries: unknown[]) => JSON.stringify({ version: '1.0', services: entries });

test.each<[string, string, string | undefined]>([
  [
    'the one',
    services([['dk', 'gl'], ['https://rdap.example/dk']]),
    'https://rdap.example/dk/domain/example.dk',
  ],
  ['with a slash', services([['dk'], ['https://rdap.example/']]), 'https://rdap.example/domain/example.dk'],
  [
    'https alone',
    services([['dk'], ['http://a.example/', 'https://b.example/']]),
    'https://b.example/domain/example.dk',
  ],
  ['no https', services([['dk'], ['http://a.example/']]), undefined],
  ['not in it', services([['no'], ['https://a.example/']]), undefined],
  ['nonsense in it', services(null, 7, [[7], 7], ['dk', 'https://a.example/']), undefined],
])('the bootstrap file: %s', async (_, body, expected) => {
  const { value, urls } = await factOf({ [bootstrap]: body }, 'example.dk');
  expect(urls.map((url) => url.split(' ')[0])).toEqual([bootstrap, ...(expected ? [expected] : [])]);
  expect(value?.state).toBe(expected ? 'silent' : 'unserved');
});

test('without the bootstrap file nobody knows whom to ask', async () => {
  expect((await factOf({}, 'example.dk')).value?.state).toBe('silent');
});

test('a domain below no suffix that can be registered is not asked for', async () => {
  const { value, urls } = await factOf({}, 'se');
  expect([value?.state, urls]).toEqual(['unserved', []]);
});

test('where nothing may be fetched, it is unknown', async () => {
  const { fact } = await factOf({}, 'example.se', null);
  expect(fact).toMatchObject({ known: false, reason: 'missing-engine' });
});
