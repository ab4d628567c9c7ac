import { defineRule, notApplicable, problem } from '#rule';

/** RFC 5646: a language, and subtags after hyphens. */
const tag = /^[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,8}$/i;
/** Of ISO 639-2: true, and no help to whoever reads aloud. */
const vague: Record<string, { en: string; sv: string }> = {
  und: { en: 'unknown', sv: 'okänt' },
  mul: { en: 'several languages', sv: 'flera språk' },
  zxx: { en: 'no language at all', sv: 'inget språk alls' },
  mis: { en: 'a language without a code', sv: 'ett språk utan kod' },
};
const meant = (written: string) => vague[written.slice(0, 3).toLowerCase()];

const sayIt = { en: 'Say which language the mail is in', sv: 'Ange vilket språk mejlet är på' };
const wholeFix = {
  en: 'Write the code of the mail’s language on the html element, such as lang="sv" for Swedish or lang="en" for English; in MJML on mjml itself. Many mail programs take html away, so write it on the outermost table or div as well.',
  sv: 'Skriv koden för mejlets språk på html-elementet, till exempel lang="sv" för svenska eller lang="en" för engelska. I MJML står den på mjml självt. Många mejlprogram tar bort html, så skriv det även på den yttersta tabellen eller div:en.',
};

export default defineRule({
  id: 'document-language',
  severity: 'advice',
  reference:
    'WCAG 2.2, success criterion 3.1.1; RFC 5646 section 2.1; Email Markup Consortium, Accessibility Report 2026 (2026-05-21), issues 2 and 6',
  needs: ['html', 'structure'],
  check({ html, structure }) {
    if (!html || !structure) return notApplicable('no-html');
    const { tag: written, at } = html.language;
    // The MJML compiler writes und where nobody wrote anything on mjml.
    const ofCompiler = at?.snippet?.startsWith('<mjml') === true && !/\blang\s*=/i.test(at.snippet);
    if (written === null || (written === 'und' && ofCompiler)) return [problem('missing', {}, { at })];
    const data = { written: written.slice(0, 40) };
    if (!tag.test(written)) return [problem('faulty', data, { at })];
    if (/^[a-z]{3}(?:-|$)/i.test(written) && meant(written)) return [problem('vague', data, { at })];
    const { inside, partly, at: uncovered } = structure.language;
    const parts = structure.tongues.flatMap(({ tag: part, at }) =>
      part && part !== written && !tag.test(part)
        ? [problem('part', { written: part.slice(0, 40) }, { at })]
        : [],
    );
    if (inside) return parts;
    return [
      ...(partly ? [problem('partly', {}, { at: uncovered })] : [problem('outside', data, { at })]),
      ...parts,
    ];
  },
  words: {
    en: {
      title: 'Language of the mail',
      heading: {
        missing: () => 'The mail does not say which language it is in',
        faulty: ({ written }) => `The language ${written} is not a code that programs know`,
        vague: ({ written }) => `The language is given as ${written}, which tells programs nothing`,
        outside: () => 'The language stands where programs take it away',
        partly: () => 'Some of the text is not covered by lang',
        part: ({ written }, count) =>
          count > 1
            ? `${count} parts have a language that is no code`
            : `The language ${written} is not a code`,
      },
      mend: {
        missing: () => sayIt.en,
        faulty: () => sayIt.en,
        vague: () => sayIt.en,
        outside: () => sayIt.en,
        partly: () => 'Write lang on what holds all the text',
        part: () => 'Write a code as lang',
      },
      why: 'Whoever has the mail read aloud hears it in the wrong voice, and mail programs may offer to translate it for no reason.',
      fix: {
        missing: () => wholeFix.en,
        faulty: () => wholeFix.en,
        vague: () => wholeFix.en,
        outside: () => wholeFix.en,
        partly: () =>
          'Write lang on this part as well, with the same code. Or put one div round everything in body, and write lang on that.',
        part: () =>
          'Write the code of the language that the part is in: lang="en" for English, lang="fi" for Finnish.',
      },
      problems: {
        missing: () => 'No language is written on the html element.',
        faulty: ({ written }) =>
          `The language is written as ${written}. It should be a code such as sv, en or en-GB.`,
        vague: ({ written }) => `lang is ${written}, which means ${meant(written)?.en}.`,
        outside: ({ written }) =>
          `lang="${written}" is not written on what holds the text; several mail programs take html and body away.`,
        partly: () => 'The text from here on stands outside the elements in body that have lang.',
        part: ({ written }) => `A part has lang="${written}". It should be a code such as sv, en or en-GB.`,
      },
    },
    sv: {
      title: 'Mejlets språk',
      heading: {
        missing: () => 'Mejlet säger inte vilket språk det är på',
        faulty: ({ written }) => `Språket ${written} är ingen kod som program känner till`,
        vague: ({ written }) => `Språket är angivet som ${written}, och det säger inget till program`,
        outside: () => 'Språket står där mejlprogram tar bort det',
        partly: () => 'En del av texten omges inte av lang',
        part: ({ written }, count) =>
          count > 1
            ? `${count} delar har ett språk som inte är någon kod`
            : `Språket ${written} är ingen kod`,
      },
      mend: {
        missing: () => sayIt.sv,
        faulty: () => sayIt.sv,
        vague: () => sayIt.sv,
        outside: () => sayIt.sv,
        partly: () => 'Skriv lang på det som omger all text',
        part: () => 'Skriv en kod i lang',
      },
      why: 'Den som får mejlet uppläst hör det med fel röst, och mejlprogram kan vilja översätta det i onödan.',
      fix: {
        missing: () => wholeFix.sv,
        faulty: () => wholeFix.sv,
        vague: () => wholeFix.sv,
        outside: () => wholeFix.sv,
        partly: () =>
          'Skriv lang på den här delen också, med samma kod. Eller lägg en div runt allt i body och skriv lang på den.',
        part: () =>
          'Skriv koden för det språk som delen är på: lang="en" för engelska, lang="fi" för finska.',
      },
      problems: {
        missing: () => 'Inget språk står på html-elementet.',
        faulty: ({ written }) =>
          `Språket är skrivet som ${written}. Det ska vara en kod som sv, sv-FI eller en.`,
        vague: ({ written }) => `lang är ${written}, och det betyder ${meant(written)?.sv}.`,
        outside: ({ written }) =>
          `lang="${written}" står inte på det som omger texten. Flera mejlprogram tar bort html och body.`,
        partly: () => 'Texten härifrån står utanför elementen i body som har lang.',
        part: ({ written }) => `En del har lang="${written}". Det ska vara en kod som sv, sv-FI eller en.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<html lang="sv"><body><div lang="sv"><p>Hej!</p></div></body></html>' },
      { html: '<div lang="en-GB"><p>Hello!</p></div>' },
      {
        mjml: '<mjml lang="sv"><mj-body><mj-section><mj-column><mj-text>Hej</mj-text></mj-column></mj-section></mj-body></mjml>',
      },
    ],
    bad: [
      { world: { html: '<html lang="sv"><body><p>Hej!</p></body></html>' }, finds: 'outside' },
      { world: { html: '<html><body><p>Hej!</p></body></html>' }, finds: 'missing' },
      {
        world: {
          mjml: '<mjml><mj-body><mj-section><mj-column><mj-text>Hej</mj-text></mj-column></mj-section></mj-body></mjml>',
        },
        finds: 'missing',
      },
      { world: { html: '<html lang="und"><body><p>Hej!</p></body></html>' }, finds: 'vague' },
      { world: { html: '<html lang="MUL-Latn"><body><p>Hej!</p></body></html>' }, finds: 'vague' },
      { world: { html: '<html lang="svenska"><body><p>Hej!</p></body></html>' }, finds: 'faulty' },
      {
        world: { html: '<div lang="sv"><p>Hej! Vi ses på höstmötet.</p></div><p>Välkommen!</p>' },
        finds: 'partly',
      },
      { world: { html: '<div lang="sv"><p>Hej!</p><p lang="english">Hello!</p></div>' }, finds: 'part' },
      { world: { html: '<html lang="sv_SE"><body><p>Hej!</p></body></html>' }, finds: 'faulty' },
    ],
  },
});
