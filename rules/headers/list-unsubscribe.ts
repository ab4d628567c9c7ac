import { defineRule, type Facts, notApplicable, problem, unanswered, unknown } from '#rule';
import {
  add,
  both,
  counts,
  fixes,
  headerName,
  headings,
  type Several,
  signed,
  zone,
} from '../wordings/list-unsubscribe.ts';

/** Both must be signed (RFC 8058 section 4). */
const covered = ['list-unsubscribe', 'list-unsubscribe-post'];

type Signature = Facts['dkim']['signatures'][number];

function covers({ signed }: Signature): boolean {
  return covered.every((name) => signed.includes(name));
}

function several(what: Several, count: number): { what: Several; count: number } {
  return { what, count };
}

/** Of headers that are right. A signature that holds tells; one that a copy has broken does not. */
function judgeSignatures({ signatures, omitted }: Facts['dkim'], wasSent: boolean) {
  const valid = signatures.filter(({ result }) => result === 'pass');
  if (valid.some(covers)) return [];
  // It gets its signature when it is sent, as a template gets its headers.
  if (signatures.length === 0 && !wasSent) return notApplicable('not-signed');
  const open = signatures.filter(({ result }) => result === 'unknown').filter(covers);
  if (open.length > 0) {
    return unanswered(open.map(({ selector, domain }) => `${selector}._domainkey.${domain} TXT`));
  }
  if (valid.length === 0 || omitted > 0) return unknown('needs-dkim', 'sent-message');
  const [{ domain, signed, at } = valid[0] as Signature] = valid;
  const lacks = covered.filter((name) => !signed.includes(name));
  return [
    problem(
      'unsigned',
      { domain: domain ?? '', lacks: lacks.length === 2 ? 'both' : (lacks[0] ?? '') },
      { at },
    ),
  ];
}

export default defineRule({
  id: 'list-unsubscribe',
  severity: 'major',
  reference:
    'RFC 8058 sections 3.1 and 4; RFC 2369 sections 3 and 3.2; Gmail, Email sender guidelines (one-click unsubscribe), read 2026-11',
  needs: ['message', 'dkim'],
  check({ message, dkim }) {
    if (!message.hasHeader) return notApplicable('template');
    if (message.class === 'transactional') return notApplicable('transactional');
    if (message.composed) return notApplicable('composed');
    const { listUnsubscribe } = message;
    if (!listUnsubscribe) return [problem('missing', {})];
    const { addresses, post, posts, fields, oneClick, value, unreachable } = listUnsubscribe;
    const written = value.slice(0, 120);
    const starts = (scheme: string) => addresses.some((one) => one.toLowerCase().startsWith(scheme));
    const [at, second] = message.headerPlaces.get('list-unsubscribe') ?? [];
    const [postAt, secondPost] = message.headerPlaces.get('list-unsubscribe-post') ?? [];
    if (fields > 1) return [problem('several', several('fields', fields), { at: second })];
    if (posts > 1) return [problem('several', several('posts', posts), { at: secondPost })];
    if (addresses.length === 0) return [problem('faulty', { written }, { at })];
    if (!starts('https:')) {
      return [
        starts('http:') ? problem('plain', { written }, { at }) : problem('mailOnly', { written }, { at }),
      ];
    }
    const secure = addresses.filter((one) => one.toLowerCase().startsWith('https:'));
    if (secure.length > 1) return [problem('several', several('addresses', secure.length), { at })];
    // RFC 8058 section 3.1: of the other addresses none may be on the web.
    const open = addresses.filter((one) => one.toLowerCase().startsWith('http:'));
    if (open.length > 0) return [problem('several', several('open', open.length), { at })];
    const [lost] = secure.filter((one) => unreachable.includes(one));
    if (lost !== undefined) return [problem('unreachable', { written: lost.slice(0, 120) }, { at })];
    if (!oneClick) return [problem('post', { written: post?.slice(0, 120) ?? '' }, { at: postAt ?? at })];
    const wasSent = message.headers.some(({ name }) => name.toLowerCase() === 'received');
    return judgeSignatures(dkim, wasSent);
  },
  words: {
    en: {
      title: 'Unsubscribing with one click (List-Unsubscribe)',
      heading: {
        missing: () => 'The mail has no header for unsubscribing with one click',
        faulty: () => 'The List-Unsubscribe header cannot be read',
        mailOnly: () => 'Readers can only unsubscribe by sending a mail',
        plain: () => 'The address in List-Unsubscribe is not https',
        post: () => 'The mail lacks the second header for one click',
        several: ({ what }) => headings.en[what],
        unreachable: () => 'The address in List-Unsubscribe cannot be reached',
        unsigned: () => 'The headers for one click are not signed',
      },
      mend: 'Let readers unsubscribe with one click',
      why: 'Gmail, Yahoo, GMX and WEB.DE show a button to unsubscribe beside the sender, and demand it of those who send much: Gmail from about 5,000 mails a day. If you send less, only we demand it: without the button readers tap the one for spam instead, and lists tend to grow.',
      fix: {
        missing: () =>
          `Turn on one-click unsubscribe (RFC 8058) in your sending tool. It adds two headers: List-Unsubscribe with an https address of its own for each reader in angle brackets, and ${add}`,
        faulty: () =>
          'Write each address in angle brackets, with commas between: List-Unsubscribe: <https://…>, <mailto:…>',
        mailOnly: () =>
          `Add an https address that unsubscribes the reader, in angle brackets before the mailto: one, and the header ${add}`,
        plain: () =>
          'Change the address to one that begins with https://. Receivers do not use others for one click.',
        post: () =>
          `Add the header ${add} exactly like that. It says that one click is enough, without questions on a page.`,
        several: ({ what }) => fixes.en[what],
        unreachable: () =>
          'Change the address to one on a web server that everyone can reach. Outside your own network, this one leads to another computer or to none.',
        unsigned: () =>
          'Ask your sending service to cover List-Unsubscribe and List-Unsubscribe-Post with the DKIM signature, by naming both in h=.',
      },
      problems: {
        missing: () => 'There is no List-Unsubscribe header.',
        faulty: ({ written }) => `No address stands in angle brackets in List-Unsubscribe: ${written}`,
        mailOnly: ({ written }) => `There is no web address in List-Unsubscribe: ${written}`,
        plain: ({ written }) => `The web address in List-Unsubscribe is not encrypted: ${written}`,
        post: ({ written }) =>
          written
            ? `List-Unsubscribe-Post says something else: ${written}`
            : 'There is no List-Unsubscribe-Post header.',
        several: ({ what, count }) => counts.en[what](count),
        unreachable: ({ written }) => `No receiver can reach ${written}`,
        unsigned: ({ domain, lacks }) =>
          `The DKIM signature for ${domain} holds, but does not cover ${lacks === 'both' ? 'the two headers' : headerName(lacks)}. Receivers then show no button.`,
      },
    },
    sv: {
      title: 'Avregistrering med ett klick (List-Unsubscribe)',
      heading: {
        missing: () => 'Mejlet saknar huvudet för avregistrering med ett klick',
        faulty: () => 'Huvudet List-Unsubscribe går inte att läsa',
        mailOnly: () => 'Läsarna kan bara avregistrera sig genom att mejla',
        plain: () => 'Adressen i List-Unsubscribe är inte https',
        post: () => 'Mejlet saknar det andra huvudet för ett klick',
        several: ({ what }) => headings.sv[what],
        unreachable: () => 'Adressen i List-Unsubscribe går inte att nå',
        unsigned: () => 'Huvudena för ett klick är inte signerade',
      },
      mend: 'Låt läsarna avregistrera sig med ett klick',
      why: 'Gmail, Yahoo, GMX och WEB.DE visar en knapp för avregistrering bredvid avsändaren och kräver den av dem som skickar mycket: Gmail från ungefär 5 000 mejl om dagen. Skickar du färre är det bara vi som kräver den: utan knappen trycker läsarna på den för skräppost i stället, och antalet mottagare brukar växa.',
      fix: {
        missing: () =>
          `Slå på avregistrering med ett klick (RFC 8058) i utskicksverktyget. Det lägger till två huvuden: List-Unsubscribe med en egen https-adress för varje läsare inom vinkelparenteser, och ${add}`,
        faulty: () =>
          'Skriv varje adress inom vinkelparenteser, med kommatecken mellan: List-Unsubscribe: <https://…>, <mailto:…>',
        mailOnly: () =>
          `Lägg till en https-adress som avregistrerar läsaren, inom vinkelparenteser före den med mailto:, och huvudet ${add}`,
        plain: () =>
          'Byt till en adress som börjar med https://. Mottagarna använder inga andra för ett klick.',
        post: () =>
          `Lägg till huvudet ${add} precis så. Det säger att ett klick räcker, utan frågor på en sida.`,
        several: ({ what }) => fixes.sv[what],
        unreachable: () =>
          'Byt till en adress på en webbserver som alla kan nå. Utanför ditt eget nätverk leder den här till en annan dator, eller ingen alls.',
        unsigned: () =>
          'Be din utskickstjänst låta DKIM-signaturen omfatta List-Unsubscribe och List-Unsubscribe-Post, genom att ange båda i h=.',
      },
      problems: {
        missing: () => 'Huvudet List-Unsubscribe finns inte.',
        faulty: ({ written }) => `Ingen adress står inom vinkelparenteser i List-Unsubscribe: ${written}`,
        mailOnly: ({ written }) => `Det finns ingen webbadress i List-Unsubscribe: ${written}`,
        plain: ({ written }) => `Webbadressen i List-Unsubscribe är inte krypterad: ${written}`,
        post: ({ written }) =>
          written
            ? `List-Unsubscribe-Post säger något annat: ${written}`
            : 'Huvudet List-Unsubscribe-Post finns inte.',
        several: ({ what, count }) => counts.sv[what](count),
        unreachable: ({ written }) => `Ingen mottagare kan nå ${written}`,
        unsigned: ({ domain, lacks }) =>
          `DKIM-signaturen för ${domain} håller, men omfattar inte ${lacks === 'both' ? 'de två huvudena' : headerName(lacks)}. Då visar mottagarna ingen knapp.`,
      },
    },
  },
  examples: {
    good: [
      { eml: both, zone },
      { eml: `Received: from a by b; Fri, 20 Nov 2026 09:00:01 +0100\r\n${both}`, zone },
    ],
    bad: [
      {
        world: {
          eml: signed(
            'From:Subject:Date:List-Unsubscribe',
            'trP2bP7PoQJFchSyeTr7KkzS0K41rdcOmQ/7vCkVdZIlwr2q1HCUvBSFoJl11ABMfrkSl86cdOghPylBAHhSCA==',
          ),
          zone,
        },
        finds: 'unsigned',
      },
      {
        world: {
          eml: signed(
            'From:Subject:Date',
            '+lKAQLPZU1FDMMkD4czCBihCs/cwcO9351+V/17wPacx/zPkFYCz+IpChTYftel+0n1xvnvhKD4mIpr/GB/sAw==',
          ),
          zone,
        },
        finds: 'unsigned',
      },
      { world: { eml: both.replace('\r\nFrom:', `\r\n${add}\r\nFrom:`), zone }, finds: 'several' },
      {
        world: {
          eml: both.replace('\r\nFrom:', '\r\nList-Unsubscribe: <mailto:u@example.se>\r\nFrom:'),
          zone,
        },
        finds: 'several',
      },
      {
        world: { eml: both.replace('<https:', '<https://example.se/v>, <https:'), zone },
        finds: 'several',
      },
      {
        world: { eml: both.replace('<https:', '<http://example.se/v>, <https:'), zone },
        finds: 'several',
      },
      {
        world: { eml: both.replace('<https://example.se/', '<https://localhost/'), zone },
        finds: 'unreachable',
      },
      {
        world: {
          eml: both.replace('<https://example.se/u?1>', '(<https://example.se/u>) <mailto:u@example.se>'),
          zone,
        },
        finds: 'mailOnly',
      },
      { world: { eml: 'From: a@example.se\r\n\r\nHej!\r\n' }, finds: 'missing' },
      {
        world: {
          eml: `From: a@example.se\r\nList-Unsubscribe: https://example.se/u\r\n${add}\r\n\r\nHej!\r\n`,
        },
        finds: 'faulty',
      },
      {
        world: {
          eml: `From: a@example.se\r\nList-Unsubscribe: <mailto:u@example.se>\r\n${add}\r\n\r\nHej!\r\n`,
        },
        finds: 'mailOnly',
      },
      {
        world: {
          eml: `From: a@example.se\r\nList-Unsubscribe: <http://example.se/u>\r\n${add}\r\n\r\nHej!\r\n`,
        },
        finds: 'plain',
      },
      {
        world: { eml: 'From: a@example.se\r\nList-Unsubscribe: <https://example.se/u>\r\n\r\nHej!\r\n' },
        finds: 'post',
      },
      {
        world: {
          eml: 'From: a@example.se\r\nList-Unsubscribe: <https://example.se/u>\r\nList-Unsubscribe-Post: yes\r\n\r\nHej!\r\n',
        },
        finds: 'post',
      },
    ],
  },
});
