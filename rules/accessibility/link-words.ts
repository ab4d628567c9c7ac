import { defineRule, notApplicable, problem } from '#rule';
import { isVague } from '../wordings/link-words.ts';
import { shortened } from '../wordings/shortening.ts';

/** An address that somebody would read aloud letter by letter; a bare domain is a name. */
const address = /^(?:https?:\/\/|www\.)\S{1,200}\/\S{12,}$/i;

export default defineRule({
  id: 'link-words',
  severity: 'advice',
  reference:
    'WCAG 2.2, success criterion 2.4.4 and failure F84; Lighthouse, link-text; Email Markup Consortium, Accessibility Report 2026 (2026-05-21), issue 10',
  needs: ['html'],
  check({ html }) {
    if (!html) return notApplicable('no-html');
    const seen = html.links.filter(({ href, span }) => href && span !== null);
    const wrong = seen.filter(({ text }) => isVague(text) || address.test(text.slice(0, 400)));
    return wrong.map(({ text, at }) =>
      isVague(text)
        ? problem('vague', { text: shortened(text, 40) }, { at })
        : problem('address', { text: shortened(text, 60) }, { at }),
    );
  },
  words: {
    en: {
      title: 'Words of links',
      heading: {
        vague: ({ text }, count) =>
          count > 1
            ? `${count} links do not say where they lead`
            : `The link “${text}” does not say where it leads`,
        address: (_, count) =>
          `${count > 1 ? `${count} links show` : 'A link shows'} a long address in place of words`,
      },
      mend: 'Say in the link where it leads',
      why: 'People who listen often hear the links alone, one after another. “Here”, “Read more” and bare addresses tell them nothing.',
      fix: {
        vague: () =>
          'Move the link to the words that say what is there: “Sign up for the autumn meeting” in place of “Click here”.',
        address: () => 'Write what is there as the text of the link, and keep the address in href.',
      },
      problems: {
        vague: ({ text }) => `The link says only “${text}”.`,
        address: ({ text }) => `The link shows ${text}`,
      },
    },
    sv: {
      title: 'Länkarnas ord',
      heading: {
        vague: ({ text }, count) =>
          count > 1
            ? `${count} länkar säger inte vart de leder`
            : `Länken ”${text}” säger inte vart den leder`,
        address: (_, count) =>
          `${count > 1 ? `${count} länkar` : 'En länk'} visar en lång adress i stället för ord`,
      },
      mend: 'Säg i länken vart den leder',
      why: 'Den som lyssnar hör ofta bara länkarna, en efter en. Då säger ”här”, ”Läs mer” och rena adresser ingenting.',
      fix: {
        vague: () =>
          'Lägg länken på de ord som säger vad som finns där: ”Anmäl dig till höstmötet” i stället för ”Klicka här”.',
        address: () => 'Skriv vad som finns där som länkens text, och behåll adressen i href.',
      },
      problems: {
        vague: ({ text }) => `Länken säger bara ”${text}”.`,
        address: ({ text }) => `Länken visar ${text}`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<a href="https://example.se/a">Anmäl dig till höstmötet</a> <a href="https://example.se/b">Läs mer om fröbytet</a> <a href="https://example.se/">www.example.se</a>',
      },
      { html: '<p>Hej!</p><a href="https://example.se/c">Klicka här för att anmäla dig</a>' },
    ],
    bad: [
      { world: { html: '<p>Anmäl dig <a href="https://example.se/a">här</a>!</p>' }, finds: 'vague' },
      { world: { html: '<p>Hej!</p><a href="https://example.se/a">Klicka här »</a>' }, finds: 'vague' },
      { world: { html: '<h2>Fröbytet</h2><a href="https://example.se/a">Läs mer</a>' }, finds: 'vague' },
      { world: { html: '<h2>Seed swap</h2><a href="https://example.se/a">Read more →</a>' }, finds: 'vague' },
      {
        world: {
          html: '<p>Hej!</p><a href="https://example.se/a?b=1">https://example.se/nyheter/2026/hostmote?ref=mejl</a>',
        },
        finds: 'address',
      },
    ],
  },
});
