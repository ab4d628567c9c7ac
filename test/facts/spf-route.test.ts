/** SPF of a route: whether MAIL FROM's record lets the server that the mail goes by send, and what mends it. */
import { describe, expect, test } from 'vitest';
import mailFromSpf from '../../rules/authentication/mail-from-spf.ts';
import spfSender from '../../rules/authentication/spf-sender.ts';
import { clients } from '../../rules/clients/index.ts';
import mailFromReturns from '../../rules/domain/mail-from-returns.ts';
import { policy } from '../../rules/policy.ts';
import { type Facts, locales, type Rule, type World } from '../../src/rule.ts';
import { factsFor, noBrowser, now } from '../world.ts';

async function answerOf(rule: Rule, world: World) {
  const gathered = await factsFor(rule, world, noBrowser);
  const known = Object.fromEntries(
    Object.entries(gathered).map(([name, fact]) => [name, fact.known ? fact.value : undefined]),
  );
  return rule.check(known as unknown as Facts, { policy, clients, now });
}

async function said(rule: Rule, world: World): Promise<string> {
  const answer = await answerOf(rule, world);
  if ('unknown' in answer) return `unknown: ${answer.unknown}`;
  if ('notApplicable' in answer) return `not applicable: ${answer.notApplicable}`;
  return (
    answer.map(({ key, change }) => [key, change?.kind === 'dns' ? change.new : ''].join(' ')).join('; ') ||
    'pass'
  );
}

const returns = '10 in.example.se';
const toAmazon = '10 feedback-smtp.eu-north-1.amazonses.com';
const include = 'include:authsmtp.com';

interface Route {
  /** What lets the server send. */
  spf?: string | null;
  place?: string;
  transport?: 'ses' | 'authsmtp';
  mx?: string;
  more?: Record<string, unknown>;
  addresses?: string[];
}

function by(
  record: string,
  { spf, place, transport = 'authsmtp', mx = returns, more, addresses }: Route = {},
): World {
  return {
    ...(addresses ? { sendingAddresses: addresses } : {}),
    routes: [{ transport, mailFrom: 'mejl.example.se' }],
    transports: { [transport]: { ...(spf === undefined ? {} : { spf }), ...(place ? { place } : {}) } },
    zone: {
      'mejl.example.se': { TXT: [record], MX: [mx] },
      'authsmtp.com': { TXT: ['v=spf1 include:a.authsmtp.com ip6:2001:db8:1::/48 -all'] },
      'a.authsmtp.com': { TXT: ['v=spf1 ip4:198.51.100.0/24 -all'] },
      'macro.example': { TXT: ['v=spf1 exists:%{i}.x.example -all'] },
      'nobody.example': { TXT: ['v=spf1 -all'] },
      'out.example.se': { A: ['203.0.113.9'] },
      'dark.example': 'SERVFAIL',
      ...more,
    },
  };
}

const spf = include;
const open = 'unknown: unanswered';

describe('the server of the route', () => {
  test.each<[string, World, string]>([
    ['left out', by('v=spf1 ip4:1.2.3.4 -all', { spf }), `withoutServer v=spf1 ip4:1.2.3.4 ${include} -all`],
    [
      'before a redirect',
      by('v=spf1 redirect=nobody.example', { spf }),
      `nobody v=spf1 ${include} redirect=nobody.example`,
    ],
    ['named', by(`v=spf1 ${include} -all`, { spf }), 'pass'],
    ['named in capitals', by('v=spf1 include:AuthSMTP.com -all', { spf }), 'pass'],
    [
      'named below another',
      by('v=spf1 include:b.example -all', {
        spf,
        more: { 'b.example': { TXT: [`v=spf1 ${include} -all`] } },
      }),
      'pass',
    ],
    ['by its addresses', by('v=spf1 ip4:198.51.100.0/23 ip6:2001:db8::/32 -all', { spf }), 'pass'],
    [
      'by some of them',
      by('v=spf1 ip4:198.51.100.0/24 -all', { spf }),
      `withoutServer v=spf1 ip4:198.51.100.0/24 ${include} -all`,
    ],
    ['after the end', by(`v=spf1 mx -all ${include}`, { spf }), `withoutServer v=spf1 mx ${include} -all`],
    ['turned away first', by(`v=spf1 -ip4:198.51.100.7 ${include} -all`, { spf }), 'withoutServer '],
    [
      'with the wrong sign',
      by(`v=spf1 mx ~${include} -all`, { spf }),
      `withoutServer v=spf1 mx ${include} -all`,
    ],
    ['as nobody', by('v=spf1 -all', { spf }), `nobody v=spf1 ${include} -all`],
    ['with everybody', by('v=spf1 +all', { spf }), 'pass'],
    ['a block that passes', by('v=spf1 ip4:192.0.2.0/24 -all', { spf: 'ip4:192.0.2.25' }), 'pass'],
    [
      'a block that does not',
      by('v=spf1 ip4:192.0.2.0/24 -all', { spf: 'ip4:192.0.2.0/23' }),
      'withoutServer v=spf1 ip4:192.0.2.0/24 ip4:192.0.2.0/23 -all',
    ],
    [
      'of both kinds',
      by('v=spf1 mx -all', { spf: 'ip4:192.0.2.66  ip6:2001:db8::66' }),
      'withoutServer v=spf1 mx ip4:192.0.2.66 ip6:2001:db8::66 -all',
    ],
    [
      'one of both kinds',
      by('v=spf1 ip4:192.0.2.66 -all', { spf: 'ip4:192.0.2.66 ip6:2001:db8::66' }),
      'withoutServer v=spf1 ip4:192.0.2.66 ip6:2001:db8::66 -all',
    ],
    ['a host', by('v=spf1 ip4:203.0.113.9 -all', { spf: 'a:out.example.se' }), 'pass'],
    [
      'a host left out',
      by('v=spf1 mx -all', { spf: 'a:out.example.se' }),
      'withoutServer v=spf1 mx a:out.example.se -all',
    ],
    ['nobody has said what it is', by('v=spf1 ip4:1.2.3.4 -all'), 'pass'],
    [
      'what was said is no list',
      by('v=spf1 ip4:1.2.3.4 -all', { spf: 'v=spf1 include:authsmtp.com ~all' }),
      'pass',
    ],
    ['DNS is silent of it', by('v=spf1 ip4:1.2.3.4 -all', { spf: 'include:dark.example' }), open],
    ['DNS is silent of the record', by('v=spf1 include:dark.example -all', { spf }), open],
    [
      'silent below, and left out all the same',
      by('v=spf1 mx ?include:dark.example -all', { spf }),
      `withoutServer `,
    ],
    ['a macro, named', by('v=spf1 include:macro.example -all', { spf: 'include:macro.example' }), 'pass'],
    [
      'a macro, not named',
      by('v=spf1 ip4:1.2.3.4 -all', { spf: 'include:macro.example' }),
      'unknown: each-mail',
    ],
    [
      'it stands for nobody',
      by('v=spf1 ip4:1.2.3.4 -all', { spf: 'include:gone.example' }),
      'unknown: no-server',
    ],
    [
      'SES with bounces elsewhere',
      by('v=spf1 mx -all', { transport: 'ses' }),
      'withoutServer v=spf1 mx include:amazonses.com -all',
    ],
    [
      'SES named, with bounces elsewhere',
      by('v=spf1 mx include:amazonses.com -all', { transport: 'ses' }),
      'pass',
    ],
    [
      'SES left out',
      by('v=spf1 mx -all', { transport: 'ses', mx: toAmazon }),
      'withoutSes v=spf1 mx include:amazonses.com -all',
    ],
    ['bounces at SES, named', by(`v=spf1 ${include} -all`, { spf, mx: toAmazon }), 'pass'],
    [
      'bounces at SES, left out',
      by('v=spf1 ip4:1.2.3.4 -all', { spf, mx: toAmazon }),
      `withoutServer v=spf1 ip4:1.2.3.4 ${include} -all`,
    ],
    ['bounces at SES, not told', by('v=spf1 ip4:1.2.3.4 -all', { mx: toAmazon }), 'pass'],
    [
      'SES by SMTP, not told',
      by('v=spf1 ip4:1.2.3.4 -all', { place: 'email-smtp.eu-north-1.amazonaws.com:465', mx: toAmazon }),
      'withoutSes v=spf1 ip4:1.2.3.4 include:amazonses.com -all',
    ],
  ])('%s', async (_, world, wanted) => {
    expect(await said(spfSender, world)).toBe(wanted);
  });

  test('where its bounces go is another matter', async () => {
    expect(await said(mailFromReturns, by(`v=spf1 ${include} -all`, { spf, mx: toAmazon }))).toMatch(
      /^amazon/,
    );
  });

  test.each([
    [spf, `missing v=spf1 ${include} ~all`],
    [null, 'missing '],
  ])('no record at all, with %s', async (told, wanted) => {
    const world = by('nothing', { spf: told });
    expect(await said(mailFromSpf, world)).toBe(wanted);
    const answer = await answerOf(mailFromSpf, world);
    if (!Array.isArray(answer)) throw new Error('nothing found');
    for (const { key, data } of answer) {
      for (const locale of locales) {
        const { fix } = mailFromSpf.words[locale];
        expect(typeof fix === 'string' ? fix : fix[key]?.(data)).not.toMatch(/Amazon/);
      }
    }
  });
});

describe('a record that is another for each mail', () => {
  const macro = { 'mejl.example.se': { TXT: ['v=spf1 exists:%{i}.x.example -all'], MX: [returns] } };
  const passing = { ...macro, '192.0.2.66.x.example': { A: ['127.0.0.2'] } };
  const local = {
    ...macro,
    'mejl.example.se': { TXT: ['v=spf1 exists:%{l}.x.example -all'], MX: [returns] },
  };
  const anybody = { ...local, 'postmaster.x.example': { A: ['127.0.0.2'] } };
  const each = 'unknown: each-mail';
  test.each<[string, World, string]>([
    ['named servers pass', { zone: passing, sendingAddresses: ['192.0.2.66'] }, 'pass'],
    ['one of them does not', { zone: passing, sendingAddresses: ['192.0.2.66', '192.0.2.67'] }, each],
    ['none is named', { zone: passing }, each],
    ['it hangs on the local part', { zone: anybody, sendingAddresses: ['192.0.2.66'] }, each],
    [
      'they are not those of the route',
      by('v=spf1 include:macro.example -all', {
        transport: 'ses',
        addresses: ['192.0.2.66'],
        more: { '192.0.2.66.x.example': { A: ['127.0.0.2'] } },
      }),
      each,
    ],
  ])('%s', async (_, world, wanted) => {
    expect(await said(spfSender, world)).toBe(wanted);
  });
});
