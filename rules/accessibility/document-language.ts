import { defineRule, notApplicable, problem } from '#rule';

/** RFC 5646: a language, and subtags after hyphens. */
const tag = /^[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,8}$/i;
/** Not determined, several, no language at all, not coded: true, and no help to whoever reads aloud. */
const vague = /^(?:und|mul|zxx|mis)(?:-|$)/i;

export default defineRule({
  id: 'document-language',
  severity: 'advice',
  reference: 'WCAG 2.2, success criterion 3.1.1; RFC 5646 section 2.1',
  needs: ['html'],
  check({ html }) {
    if (!html) return notApplicable('no-html');
    const { tag: written, at } = html.language;
    if (written === null || vague.test(written)) return [problem('missing', {}, { at })];
    return tag.test(written) ? [] : [problem('faulty', { written: written.slice(0, 40) }, { at })];
  },
  words: {
    en: {
      title: 'Language of the mail',
      heading: {
        missing: () => 'The mail does not say which language it is in',
        faulty: ({ written }) => `The language ${written} is no code that programs know`,
      },
      mend: 'Say which language the mail is in',
      why: 'Whoever has the mail read aloud hears it in the wrong voice, and mail programs may offer to translate it for no reason.',
      fix: 'Write lang="en" on the html element, and in MJML on mjml itself. Many mail programs take html away, so write it on the outermost table or div as well.',
      problems: {
        missing: () => 'No language is written on the html element.',
        faulty: ({ written }) =>
          `The language is written as ${written}. It should be a code such as en or en-GB.`,
      },
    },
    sv: {
      title: 'Mejlets språk',
      heading: {
        missing: () => 'Mejlet säger inte vilket språk det är på',
        faulty: ({ written }) => `Språket ${written} är ingen kod som program känner till`,
      },
      mend: 'Ange vilket språk mejlet är på',
      why: 'Den som får mejlet uppläst hör det med fel röst, och mejlprogram kan vilja översätta det i onödan.',
      fix: 'Skriv lang="sv" på html-elementet, och i MJML på mjml självt. Många mejlprogram tar bort html, så skriv det även på den yttersta tabellen eller div:en.',
      problems: {
        missing: () => 'Inget språk står på html-elementet.',
        faulty: ({ written }) => `Språket är skrivet som ${written}. Det ska vara en kod som sv eller sv-FI.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<html lang="sv"><body><p>Hej!</p></body></html>' },
      { html: '<div lang="en-GB"><p>Hello!</p></div>' },
      {
        mjml: '<mjml lang="sv"><mj-body><mj-section><mj-column><mj-text>Hej</mj-text></mj-column></mj-section></mj-body></mjml>',
      },
    ],
    bad: [
      { world: { html: '<html><body><p>Hej!</p></body></html>' }, finds: 'missing' },
      {
        world: {
          mjml: '<mjml><mj-body><mj-section><mj-column><mj-text>Hej</mj-text></mj-column></mj-section></mj-body></mjml>',
        },
        finds: 'missing',
      },
      { world: { html: '<html lang="svenska"><body><p>Hej!</p></body></html>' }, finds: 'faulty' },
      { world: { html: '<html lang="sv_SE"><body><p>Hej!</p></body></html>' }, finds: 'faulty' },
    ],
  },
});
