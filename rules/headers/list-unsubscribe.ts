import { defineRule, notApplicable, problem } from '#rule';

const add = 'List-Unsubscribe-Post: List-Unsubscribe=One-Click';

export default defineRule({
  id: 'list-unsubscribe',
  severity: 'major',
  reference:
    'RFC 8058 section 3.1; RFC 2369 section 3.2; Gmail, Email sender guidelines (one-click unsubscribe), read 2026-11',
  needs: ['message'],
  check({ message }) {
    if (!message.hasHeader) return notApplicable('template');
    if (message.class === 'transactional') return notApplicable('transactional');
    const { listUnsubscribe } = message;
    if (!listUnsubscribe) return [problem('missing', {})];
    const { addresses, post, oneClick, value } = listUnsubscribe;
    const written = value.slice(0, 120);
    const starts = (scheme: string) => addresses.some((one) => one.toLowerCase().startsWith(scheme));
    if (addresses.length === 0) return [problem('faulty', { written })];
    if (!starts('https:')) {
      return [starts('http:') ? problem('plain', { written }) : problem('mailOnly', { written })];
    }
    return oneClick ? [] : [problem('post', { written: post?.slice(0, 120) ?? '' })];
  },
  words: {
    en: {
      title: 'Unsubscribing with one click (List-Unsubscribe)',
      heading: {
        missing: () => 'The mail has no header for unsubscribing with one click',
        faulty: () => 'The List-Unsubscribe header cannot be read',
        mailOnly: () => 'The mail can only be unsubscribed from by mail',
        plain: () => 'The address in List-Unsubscribe is not https',
        post: () => 'The mail lacks the second header for one click',
      },
      mend: 'Let readers unsubscribe with one click',
      why: 'Gmail, Yahoo and others show a button to unsubscribe beside the sender, and want it of everyone who sends mailings. Without it they send more of your mail to spam, and readers tap the spam button instead.',
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
          `Add the header ${add} exactly so. It says that one click is enough, without questions on a page.`,
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
      },
      mend: 'Låt läsarna avregistrera sig med ett klick',
      why: 'Gmail, Yahoo och andra visar en knapp för avregistrering bredvid avsändaren och kräver den av alla som gör utskick. Utan den lägger de fler av dina mejl i skräpposten, och läsarna trycker på skräppostknappen i stället.',
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
          `Lägg till huvudet ${add} exakt så. Det säger att ett klick räcker, utan frågor på en sida.`,
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
      },
    },
  },
  examples: {
    good: [
      {
        eml: `From: a@example.se\r\nList-Unsubscribe: <mailto:u@example.se>,\r\n <https://example.se/u?1>\r\n${add}\r\n\r\nHej!\r\n`,
      },
    ],
    bad: [
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
