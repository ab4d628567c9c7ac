/** Nobody is unsubscribed, confirmed or counted by an audit: which links are left alone. FIELD 5, item 7. */
import { describe, expect, test } from 'vitest';
import { clients } from '../../rules/clients/index.ts';
import { policy } from '../../rules/policy.ts';
import { createVisitor } from '../../src/adapters/fetcher/visitor.ts';
import { gather } from '../../src/facts/gather.ts';
import { leftAlone } from '../../src/facts/link-answers/permission.ts';
import type { World } from '../../src/rule.ts';
import { clock, noBrowser, resolverOf, soundZone, submissionOf } from '../world.ts';

/** Every address that was asked for, whatever it answered. */
async function asked(world: World): Promise<{ urls: string[]; left: Record<string, string> }> {
  const urls: string[] = [];
  const visitor = createVisitor(
    {
      async fetch(url) {
        urls.push(url);
        const page = world.web?.[url];
        const location = typeof page === 'object' ? page.location : undefined;
        const headers = new Headers(location === undefined ? {} : { location });
        return { status: location === undefined ? 200 : 302, headers, body: new Uint8Array(), url };
      },
    },
    { clock, pace: { atOnce: 16, perHost: 16, gapMs: 0 } },
  );
  const resolver = await resolverOf({ ...soundZone, 'klick.example.com': { A: ['192.0.2.7'] } });
  const facts = await gather(
    ['linkAnswers'],
    await submissionOf(world),
    { resolver, visitor, browser: noBrowser, clock, policy, clients },
    { leaveOut: { dns: false, previews: false }, signal: AbortSignal.timeout(20_000), onProgress: () => {} },
  );
  await resolver.close();
  const { linkAnswers } = facts;
  if (!linkAnswers?.known) throw new Error(linkAnswers?.detail);
  return {
    urls,
    left: Object.fromEntries(linkAnswers.value.left.map(({ href, why }) => [href, why])),
  };
}

const bystander = 'https://example.se/nyheter';
const mail = (inner: string) =>
  `<p>Höstmötet hålls i föreningshuset, och alla medlemmar är välkomna dit med sina familjer och vänner. <a href="${bystander}">Läs vad som händer</a> i höst hos oss.</p>${'<p>Vi ses där i november, som alla andra år, och det blir kaffe med bullar till alla som orkar stanna kvar efteråt.</p>'.repeat(2)}${inner}`;

describe('what could act on a reader is never asked for', () => {
  test.each([
    ['its text', '<a href="https://example.se/a">Avregistrera dig</a>'],
    ['its text in English', '<a href="https://example.se/a">Unsubscribe</a>'],
    ['its text in parts', '<a href="https://example.se/a">Un<b>sub</b>scribe</a>'],
    ['a soft hyphen in its text', '<a href="https://example.se/a">Av&shy;registrera dig</a>'],
    ['its text in German', '<a href="https://example.se/a">Newsletter abbestellen</a>'],
    ['its alternative text', '<a href="https://example.se/a"><img src="x.png" alt="Unsubscribe"></a>'],
    ['its label', '<a href="https://example.se/a" aria-label="Unsubscribe"></a>'],
    ['its title', '<a href="https://example.se/a" title="Avregistrera"><img src="x.png"></a>'],
    [
      'the words before it',
      '<p>Vill du inte längre ha våra brev? <a href="https://example.se/a">Klicka här</a></p>',
    ],
    ['the words after it', '<p><a href="https://example.se/a">Klicka här</a> för att avregistrera dig.</p>'],
    [
      'the words round a picture',
      '<p>To unsubscribe: <a href="https://example.se/a"><img src="x.png" alt="→"></a></p>',
    ],
    ['its address', '<a href="https://example.se/unsubscribe">Klicka här</a>'],
    ['its address in Swedish', '<a href="https://example.se/avregistrera/">Klicka här</a>'],
    ['its address escaped', '<a href="https://example.se/%75nsub%73cribe">Klicka här</a>'],
    ['its address escaped twice', '<a href="https://example.se/%2575nsubscribe">Klicka här</a>'],
    [
      'an address within its address',
      '<a href="https://klick.example.com/?to=https%3A%2F%2Fexample.se%2Funsubscribe">Läs</a>',
    ],
    ['its query', '<a href="https://example.se/?action=unsub">Klicka här</a>'],
    ['one click in its query', '<a href="https://example.se/?List-Unsubscribe=One-Click">Här</a>'],
    ['its host', '<a href="https://unsubscribe.example.se/">Här</a>'],
    [
      'the same address elsewhere',
      '<a href="https://example.se/x">Läs mer</a> <a href="https://example.se/x#y">Avregistrera</a>',
    ],
    ['preferences', '<a href="https://example.se/a">Ändra dina inställningar</a>'],
    ['a profile', '<a href="https://example.se/profile/edit">Din sida</a>'],
    ['leaving', '<a href="https://example.se/a">Lämna listan</a>'],
    ['a confirmation', '<a href="https://example.se/a">Bekräfta din anmälan</a>'],
    ['a confirmation by its address', '<a href="https://example.se/confirm">Nästa steg</a>'],
    ['an answer', '<a href="https://example.se/a">Tacka nej</a>'],
    ['a subscription', '<a href="https://example.se/subscribe">Brev till dig</a>'],
    ['hidden from readers', '<div style="display:none"><a href="https://example.se/a">Här</a></div>'],
    ['an image map', '<map name="m"><area href="https://example.se/a" alt="Unsubscribe"></map>'],
    ['a hash', '<a href="https://klick.example.com/f/a/6kQ3nXv9Rw~~/AAQRxQA~/RgRn">Läs mer</a>'],
    ['a reader’s number', '<a href="https://klick.example.com/c/123456789">Läs mer</a>'],
    ['a mail address', '<a href="https://example.se/?to=anna@example.com">Läs mer</a>'],
    ['a mail address escaped', '<a href="https://example.se/?to=anna%40example.com">Läs mer</a>'],
    ['a token by its name', '<a href="https://example.se/sida?token=abc12">Läs mer</a>'],
    ['a long hexadecimal', '<a href="https://example.se/5f2b9c0de4a1">Läs mer</a>'],
    ['a UUID', '<a href="https://example.se/6ba7b810-9dad-11d1-80b4-00c04fd430c8">Läs mer</a>'],
    ['base64', '<a href="https://example.se/?x=aHR0cHM6Ly9leGFtcGxlLnNlL3U">Läs mer</a>'],
    ['a merge field', '<a href="https://example.se/{{person}}">Läs mer</a>'],
    ['a merge field escaped', '<a href="https://example.se/%7B%7Bperson%7D%7D">Läs mer</a>'],
    ['mail', '<a href="mailto:lamna@example.se">Skriv</a>'],
    ['a telephone', '<a href="tel:+468123456">Ring</a>'],
  ])('%s', async (_, inner) => {
    const { urls } = await asked({ html: mail(inner) });
    expect(urls).toEqual([bystander]);
  });

  test('what the List-Unsubscribe header names, whatever its query', async () => {
    const eml = `From: a@example.se\r\nList-Unsubscribe: <https://example.se/v?m=1>\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${mail('<a href="https://example.se/v?m=2">Här</a>')}`;
    expect((await asked({ eml })).urls).toEqual([bystander]);
  });

  test('what a harmless address redirects to', async () => {
    const web = {
      [bystander]: { location: 'https://example.se/steg' },
      'https://example.se/steg': { location: 'https://example.se/unsubscribe?u=1' },
    };
    expect((await asked({ html: mail(''), web })).urls).toEqual([bystander, 'https://example.se/steg']);
  });

  test('and the report can say why', async () => {
    const { left } = await asked({
      html: mail(
        '<a href="https://example.se/c/123456789">A</a> <a href="https://example.se/{{x}}">B</a> <a href="https://example.se/u">C</a>',
      ),
    });
    expect(left).toEqual({
      'https://example.se/c/123456789': 'personal',
      'https://example.se/%7B%7Bx%7D%7D': 'unfinished',
      'https://example.se/u': 'acting',
    });
  });
});

describe('what leaves, answers or signs up by its words is left alone', () => {
  test.each([
    'Hoppa av listan',
    'Utträd',
    'Loobu',
    'Διαγραφή',
    'Ja, jag kommer',
    'Nej, jag kan inte',
    'Nej tack',
    'Ja',
    'No',
    'Yes, I’ll be there',
    'Kanske',
    'Jag kommer',
    'I can’t make it',
    'Kyllä',
    '9',
    '10 av 10',
    '👍',
    '★★★',
    'Missnöjd',
    'Anmäl mig',
    'ANMÄL DIG NU',
    'Boka plats',
    'Köp nu',
    'Buy tickets',
    'Sign up',
    'Book now',
    'Jag samtycker',
    'I agree',
    'Rapportera som skräppost',
    'Report spam',
    'Block sender',
    'Blockera avsändaren',
    'Logga ut',
    'Log out',
    'Till kassan',
    'Meld deg på',
    'Tilmeld dig',
    'Ilmoittaudu',
  ])('%s', async (text) => {
    const { urls } = await asked({ html: mail(`<a href="https://example.se/a">${text}</a>`) });
    expect(urls).toEqual([bystander]);
  });

  test.each([
    'Anmäl dig till mötet <a href="https://example.se/a">här</a>',
    '<a href="https://example.se/a">Klicka här</a> för att anmäla dig',
    'Click <a href="https://example.se/a">here</a> to sign up',
  ])('%s', async (text) => {
    expect((await asked({ html: mail(`<p>${text}.</p>`) })).urls).toEqual([bystander]);
  });
});

describe('plain words are followed', () => {
  test.each([
    'Läs mer om anmälan',
    'Så bokar du plats',
    'Läs mer',
    'How to sign up',
    'Våra bokningsvillkor',
    'Nej till nedläggning av skolan',
    'No time to lose',
    'Jag minns sommaren 1958',
    'Årsmötet 2026',
    'Program för hösten',
    'Ny ordförande i Åre',
    'Read our new book',
    '→',
    '25 år med föreningen',
  ])('%s', async (text) => {
    const { urls } = await asked({ html: mail(`<a href="https://example.se/a">${text}</a>`) });
    expect(urls.sort()).toEqual(['https://example.se/a', bystander]);
  });
});

describe('what an address says that it does is left alone', () => {
  test.each([
    'https://example.se/godkänn',
    'https://example.se/godk%C3%A4nn',
    'https://example.se/bekräfta',
    'https://example.se/lämna',
    'https://example.se/la%CC%88mna',
    'https://example.se/uttrade',
    'https://example.se/svar/ja',
    'https://example.se/svar/nej',
    'https://example.se/nejtack',
    'https://example.se/?svar=ja',
    'https://example.se/mote?kommer=nej',
    'https://example.se/survey/1/yes',
    'https://example.se/enkät/9',
    'https://example.se/anmal/12',
    'https://example.se/anmäl',
    'https://example.se/anmal-dig',
    'https://example.se/boka',
    'https://example.se/köp/12',
    'https://example.se/samtycke',
    'https://example.se/consent/yes',
    'https://example.se/logout',
    'https://example.se/logga-ut',
    'https://example.se/block-sender?m=1',
    'https://example.se/report-spam',
    'https://example.se/sign-up',
  ])('%s', (href) => {
    expect(leftAlone(href, policy.links)).toBe('acting');
  });
});

describe('plain pages are followed', () => {
  test.each([
    'https://example.se/',
    'https://example.se/nyheter/2026/11/hostmote-i-foreningshuset',
    'https://example.se/kalender?month=11&year=2026',
    'https://example.se/artikel/20261123/vintern-kommer',
    'https://example.se/p/1234',
    'https://example.se/produkt?id=4711',
    'https://example.se/nyheter?utm_source=nyhetsbrev&utm_campaign=host-2026-v47',
    'https://www.youtube.com/watch?v=dQw4w9W',
    'https://example.se/karta.pdf',
    'https://example.se/%C3%A5rsm%C3%B6te',
    'https://xn--rksmrgs-5wao1o.se/',
    'https://example.se/#kalender',
    'https://example.se/bokning-info',
    'https://example.se/bokning',
    'https://example.se/anmalan',
    'https://example.se/anmälan/höstmötet',
    'https://example.se/no/nyheter',
    'https://example.se/?lang=no',
    'https://example.se/kop-och-salj',
    'https://example.se/report/2026',
    'https://example.se/enkat/medlemmar',
    'https://example.se/nyheter?page=2',
    'https://example.se/aktuellt/vi-svarar-pa-fragor',
    'https://example.se/bocker/12',
    'https://example.se/logotyper',
  ])('%s', (href) => {
    expect(leftAlone(href, policy.links)).toBeNull();
  });
});

describe('a mail of text alone', () => {
  const eml = (body: string) =>
    `From: a@example.se\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${body}\r\n`;
  const far = '\r\nVi ses i november, som alla andra år, med kaffe och bullar.'.repeat(4);

  test('its addresses are followed, but for the way out (FIELD 5, items 7 and 8)', async () => {
    const body = `Läs mer på https://example.se/nyheter.${far}\r\nAvregistrera dig: https://example.se/a`;
    expect((await asked({ eml: eml(body) })).urls).toEqual([bystander]);
  });

  test.each([
    'Vill du inte längre ha våra brev? Gå till\r\nhttps://example.se/a',
    'To unsubscribe from this list visit <https://example.se/a>.',
    'https://example.se/a (avregistrera dig)',
    'https://example.se/unsubscribe?x=1',
    'Bekräfta din anmälan: https://example.se/a',
    'Din sida: https://example.se/m/6kQ3nXv9Rw12',
  ])('%s', async (body) => {
    expect((await asked({ eml: eml(body) })).urls).toEqual([]);
  });
});

test('neighbours are told apart: a link beside the way out is followed when its own words say where it leads', async () => {
  const html = mail(
    '<p><a href="https://example.se/webb">Läs på webben</a> | <a href="https://example.se/ut">Avregistrera dig</a></p>',
  );
  expect((await asked({ html })).urls.sort()).toEqual([bystander, 'https://example.se/webb'].sort());
});

test('what comes after so many links is not read, and an address that is among it is not followed', async () => {
  const many = Array.from({ length: 2000 }, () => '<p><a href="#x">Hit</a></p>').join('');
  const html = `${mail(`<p><a href="https://example.se/a">Läs mer om mötet</a></p>`)}${many}<a href="https://example.se/a">Avregistrera dig</a>`;
  expect((await asked({ html })).urls).toEqual([bystander]);
});

test('at most so many are followed', async () => {
  const html = mail(
    Array.from({ length: 200 }, (_, i) => `<p><a href="https://example.se/sida-${i}">Sida</a></p>`).join(''),
  );
  const { urls, left } = await asked({ html });
  expect(urls).toHaveLength(policy.links.links);
  expect(Object.values(left).every((why) => why === 'too-many')).toBe(true);
});
