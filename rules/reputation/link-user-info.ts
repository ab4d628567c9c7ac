import { defineRule, notApplicable, problem } from '#rule';
import { linksOf } from '../wordings/link-names.ts';

const before = /^\s*https?:[\\/]{2}([^\s/?#\\]{1,200})@/i;

export default defineRule({
  id: 'link-user-info',
  severity: 'minor',
  reference:
    'RFC 3986 section 7.6 (semantic attacks: a user name that looks like a host); RFC 9110 section 4.2.4 (deprecated in http)',
  needs: ['html', 'message'],
  points: 1,
  check(facts) {
    const links = linksOf(facts);
    if (!links) return notApplicable('no-links');
    return links.flatMap(({ href, target, at }) => {
      const user = before.exec(href ?? '')?.[1];
      if (!user || !target) return [];
      return [problem('named', { user: user.slice(0, 60), host: target.host.slice(0, 80) }, { at })];
    });
  },
  words: {
    en: {
      title: 'Names before the host in links',
      heading: {
        named: ({ host }, count) =>
          count > 1 ? `${count} links hide where they lead` : `A link hides that it leads to ${host}`,
      },
      mend: 'Remove what stands before the @ sign',
      why: 'In such an address what stands first looks like the site, but the link leads to what stands after the @ sign. Fraudsters use it, so filters count it against the mail and browsers warn.',
      fix: 'Write the address without the part before the @ sign. If it is a password for a page, tell readers it in another way.',
      problems: { named: ({ user, host }) => `A link begins with ${user}@, but leads to ${host}.` },
    },
    sv: {
      title: 'Namn före @ i länkar',
      heading: {
        named: ({ host }, count) =>
          count > 1 ? `${count} länkar döljer vart de leder` : `En länk döljer att den leder till ${host}`,
      },
      mend: 'Ta bort det som står före @-tecknet',
      why: 'I en sådan adress ser det första ut som webbplatsen, men länken leder till det som står efter @-tecknet. Bedragare använder det, så filter räknar det mejlet till last och webbläsare varnar.',
      fix: 'Skriv adressen utan delen före @-tecknet. Är det ett lösenord till en sida, berätta det för läsarna på ett annat sätt.',
      problems: { named: ({ user, host }) => `En länk börjar med ${user}@ men leder till ${host}.` },
    },
  },
  examples: {
    good: [
      {
        html: '<p>Hej!</p><a href="https://example.se/@anna">Läs</a> <a href="mailto:a@example.se">Skriv</a>',
      },
    ],
    bad: [
      {
        world: {
          eml: 'From: a@example.se\r\nSubject: Hej\r\n\r\nHej!\r\nAnmäl dig: https://www.bank.se@example.com/\r\n',
        },
        finds: 'named',
      },

      { world: { html: '<p>Hej!</p><a href="https://www.bank.se@example.com/">Läs</a>' }, finds: 'named' },
      { world: { html: '<p>Hej!</p><a href="http://anna:hemligt@example.se/x">Läs</a>' }, finds: 'named' },
    ],
  },
});
