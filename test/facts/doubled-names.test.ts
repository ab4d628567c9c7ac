/** Names with the zone twice: found only where the right one has nothing, within a bound, and never by a wildcard. */
import { describe, expect, test } from 'vitest';
import { questionsAsked } from '../../src/facts/asking.ts';
import { factOf, mailOf, type Zone } from './dns-world.ts';

const domain = 'example.se';
const doubled = (name: string) => `${name}.${domain}`;
const dmarc = { TXT: ['v=DMARC1; p=none'] };
const key = { TXT: ['v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo='] };

async function look(
  zone: Zone,
  {
    from = domain,
    mailFrom = null,
    selectors = [],
  }: { from?: string; mailFrom?: string | null; selectors?: string[] } = {},
) {
  const mail = { ...(await mailOf(from, mailFrom)), dkimSelectors: selectors };
  const { value, asked } = await factOf('doubledNames', zone, mail);
  const twice = [...asked.keys()].filter((question) => question.includes('example.se.'));
  return { ...value, asked, twice };
}

const brief = ({ found }: Awaited<ReturnType<typeof look>>) =>
  found.map(({ kind, name, label, type, text }) => `${kind} ${name} (${label}) ${type} ${text}`);

describe('names with the zone twice', () => {
  test.each<[string, Zone, Parameters<typeof look>[1], string[]]>([
    [
      'DMARC',
      { [doubled(`_dmarc.${domain}`)]: dmarc },
      {},
      ['dmarc _dmarc.example.se (_dmarc) TXT v=DMARC1; p=none'],
    ],
    ['another text there is no DMARC', { [doubled(`_dmarc.${domain}`)]: { TXT: ['hello'] } }, {}, []],
    [
      'DMARC of a subdomain, in the zone above it',
      { '_dmarc.news.example.se.example.se': dmarc },
      { from: 'news.example.se' },
      ['dmarc _dmarc.news.example.se (_dmarc.news) TXT v=DMARC1; p=none'],
    ],
    [
      'DMARC of a subdomain that is a zone by itself',
      { '_dmarc.news.example.se.news.example.se': dmarc },
      { from: 'news.example.se' },
      ['dmarc _dmarc.news.example.se (_dmarc) TXT v=DMARC1; p=none'],
    ],
    [
      'a key, behind an alias',
      { 's1._domainkey.example.se.example.se': { CNAME: ['s1.service.example'] }, 's1.service.example': key },
      { selectors: ['s1'] },
      ['dkim s1._domainkey.example.se (s1._domainkey) CNAME s1.service.example'],
    ],
    [
      'a key that also stands at its right name',
      { 's1._domainkey.example.se.example.se': key, 's1._domainkey.example.se': key },
      { selectors: ['s1'] },
      [],
    ],
    [
      'a key that stands at the registered domain',
      { 's1._domainkey.news.example.se.example.se': key, 's1._domainkey.example.se': key },
      { from: 'news.example.se', selectors: ['s1'] },
      [],
    ],
    [
      'an alias at the right name, that leads nowhere yet',
      {
        's1._domainkey.example.se.example.se': key,
        's1._domainkey.example.se': { CNAME: ['s1.service.example'] },
      },
      { selectors: ['s1'] },
      [],
    ],
    [
      'MX of MAIL FROM',
      { 'mejl.example.se.example.se': { MX: ['10 in.example.net'] } },
      { mailFrom: 'mejl.example.se' },
      ['mx mejl.example.se (mejl) MX 10 in.example.net'],
    ],
    ['a wildcard', { '*.example.se': { MX: ['10 in.example.net'] }, 'example.se': { TXT: ['x'] } }, {}, []],
    [
      'an alias for every name',
      {
        '*.example.se': { CNAME: ['w.example.net'] },
        'w.example.net': dmarc,
        '_dmarc.example.se': { TXT: ['x'] },
      },
      {},
      [],
    ],
  ])('%s', async (_, zone, about, expected) => {
    expect(brief(await look(zone, about))).toEqual(expected);
  });

  test('asked for only where the right name has nothing, and DNS has said so', async () => {
    const full = {
      [domain]: { MX: ['10 in.example.se'] },
      '_dmarc.example.se': dmarc,
      's1._domainkey.example.se': key,
      '_mta-sts.example.se': { TXT: ['v=STSv1; id=1'] },
      '_smtp._tls.example.se': { TXT: ['v=TLSRPTv1; rua=mailto:a@example.se'] },
      'default._bimi.example.se': { TXT: ['v=BIMI1; l='] },
    };
    expect((await look(full, { selectors: ['s1'] })).twice).toEqual([]);
    const dark = Object.fromEntries(Object.keys(full).map((name) => [name, 'SERVFAIL']));
    const { twice, found, silent } = await look(dark, { selectors: ['s1'] });
    expect({ twice, found }).toEqual({ twice: [], found: [] });
    expect(silent).toHaveLength(Object.keys(full).length);
  });

  test('silence where it may stand is no pass', async () => {
    const { found, silent } = await look({
      [domain]: { A: ['192.0.2.1'] },
      [doubled(`_dmarc.${domain}`)]: 'SERVFAIL',
    });
    expect({ found, silent }).toEqual({ found: [], silent: ['_dmarc.example.se.example.se TXT'] });
  });

  test('a sender with nothing, ten selectors and a long name leads to few questions', async () => {
    const from = `${'a.'.repeat(60)}example.se`;
    const selectors = Array.from({ length: 10 }, (_, i) => `s${i}`);
    const { asked, found } = await look({}, { from, mailFrom: `m.${from}`, selectors });
    expect(found).toEqual([]);
    expect(asked.size).toBeLessThan(questionsAsked / 4);
  });
});
