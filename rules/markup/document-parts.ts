import { defineRule, notApplicable, problem, unknown } from '#rule';

export default defineRule({
  id: 'document-parts',
  severity: 'minor',
  reference:
    'WHATWG HTML section 13.2.6.4.7: a second html or body tag is dropped, and gives only attributes that are not there yet',
  needs: ['markup'],
  check({ markup }) {
    if (!markup) return notApplicable('no-html');
    if (markup.conditional && markup.twice.length > 0) return unknown('not-given', 'sent-message');
    return markup.twice.map(({ part, at }) => problem('twice', { part }, { at }));
  },
  words: {
    en: {
      title: 'One page in the mail',
      heading: {
        twice: (_, count) =>
          count > 1
            ? 'Several pages stand after each other in the mail'
            : 'Two pages stand after each other in the mail',
      },
      mend: 'Make one page of them',
      why: 'Mail programs read the first page, and guess at the second: its styles and colours can be lost, and some show nothing after </html>.',
      fix: 'Keep one <html>, one <head> and one <body>. Move what stands in the second body up before the first </body>, and its styles to the first head. Often a footer was pasted in as a whole page.',
      problems: { twice: ({ part }) => `Here a second <${part}> begins.` },
    },
    sv: {
      title: 'En sida i mejlet',
      heading: {
        twice: (_, count) =>
          count > 1 ? 'Flera sidor står efter varandra i mejlet' : 'Två sidor står efter varandra i mejlet',
      },
      mend: 'Gör en sida av dem',
      why: 'Mejlprogrammen läser den första sidan och gissar om den andra: dess stilar och färger kan gå förlorade, och en del visar inget efter </html>.',
      fix: 'Behåll en <html>, en <head> och en <body>. Flytta upp det som står i den andra body före första </body>, och stilarna till första head. Ofta har en sidfot klistrats in som en hel sida.',
      problems: { twice: ({ part }) => `Här börjar en andra <${part}>.` },
    },
  },
  examples: {
    good: [
      {
        html: '<!doctype html><html lang="sv"><head><style>body{color:#333}</style></head><body><!-- <body> --><p>Hej!</p></body></html>',
      },
    ],
    bad: [
      {
        world: {
          html: '<html><body><p>Hej!</p></body></html><html><body bgcolor="#eeeeee"><p>Sidfot</p></body></html>',
        },
        finds: 'twice',
      },
    ],
  },
});
