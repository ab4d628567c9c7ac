import { defineRule, type Facts, notApplicable, problem, unanswered, unknown } from '#rule';
import { exampleLogo } from '../repairs/example-marks.ts';

type Fault = NonNullable<Facts['bimi']['logo']>['faults'][number]['fault'];

const english: Record<Fault, string> = {
  file: 'it is no SVG file, or not well-formed XML',
  entity: 'it has a DOCTYPE',
  version: 'version is not 1.2',
  profile: 'baseProfile is not tiny-ps',
  title: 'it has no title',
  position: 'the svg element has x or y',
  shape: 'its viewBox is not square',
  element: 'it has an element that is not allowed',
  reference: 'it points out of the file',
};
const swedish: Record<Fault, string> = {
  file: 'den är ingen SVG-fil, eller inte välformad XML',
  entity: 'den har en DOCTYPE',
  version: 'version är inte 1.2',
  profile: 'baseProfile är inte tiny-ps',
  title: 'den saknar title',
  position: 'elementet svg har x eller y',
  shape: 'dess viewBox är inte kvadratisk',
  element: 'den har ett element som inte är tillåtet',
  reference: 'den pekar ut ur filen',
};

const record = { 'default._bimi.example.se': { TXT: ['v=BIMI1; l=https://example.se/logo.svg'] } };
const logo = 'https://example.se/logo.svg';

export default defineRule({
  id: 'bimi-logo',
  severity: 'advice',
  reference:
    'draft-svg-tiny-ps-abrotman, sections 2 and 3; AuthIndicators Working Group, Creating BIMI SVG logo files (32 kilobytes, square), as of 2026-11',
  needs: ['bimi'],
  check({ bimi }, { policy }) {
    if (bimi.state === 'unanswered') return unanswered([bimi.name]);
    if (!bimi.logo) return notApplicable('no-record');
    const { url: whole, state, tooLarge, faults } = bimi.logo;
    const url = whole.slice(0, 200);
    if (state === 'silent') return unknown('file-silent');
    if (state === 'gone') return [problem('gone', { url })];
    if (tooLarge) return [problem('large', { url, limit: policy.bimi.logoBytes / 1024 })];
    return faults.map(({ fault, found }) => problem('unfit', { url, fault, found }));
  },
  words: {
    en: {
      title: 'The logo that BIMI names',
      heading: {
        gone: () => 'The logo that BIMI names is not there',
        large: () => 'The logo that BIMI names is too large',
        unfit: (_, count) =>
          count > 1
            ? `The logo has ${count} faults that BIMI does not allow`
            : 'The logo is not as BIMI wants it',
      },
      mend: {
        gone: () => 'Put the logo where the record says',
        large: () => 'Make the file of the logo smaller',
        unfit: () => 'Save the logo as SVG Tiny PS',
      },
      why: 'Mail programs show no logo beside your name. They take drawings of one strict kind alone (SVG Tiny PS), since anything else could harm the reader. The mail arrives all the same.',
      fix: {
        gone: ({ url }) => `Put the file at ${url}, or change l= in the record to where it is.`,
        large: ({ limit }) => `Simplify the drawing until its file is at most ${limit} kilobytes.`,
        unfit: () =>
          'Give the drawing to whoever made it, or convert it with the tool of the BIMI group (bimigroup.org): version="1.2", baseProfile="tiny-ps", a title, a square viewBox; no x and y on svg, no pictures, scripts, styles or links.',
      },
      problems: {
        gone: ({ url }) => `${url} cannot be found on the web server.`,
        large: ({ url, limit }) => `${url} is larger than ${limit} kilobytes.`,
        unfit: ({ url, fault, found }) => `${url}: ${english[fault]}${found === '' ? '' : ` (${found})`}.`,
      },
    },
    sv: {
      title: 'Logotypen som BIMI anger',
      heading: {
        gone: () => 'Logotypen som BIMI anger finns inte',
        large: () => 'Logotypen som BIMI anger är för stor',
        unfit: (_, count) =>
          count > 1
            ? `Logotypen har ${count} fel som BIMI inte tillåter`
            : 'Logotypen är inte som BIMI vill ha den',
      },
      mend: {
        gone: () => 'Lägg logotypen där posten säger',
        large: () => 'Gör logotypens fil mindre',
        unfit: () => 'Spara logotypen som SVG Tiny PS',
      },
      why: 'Mejlprogram visar ingen logotyp bredvid ditt namn. De tar bara emot en enda sorts teckning (SVG Tiny PS), eftersom annat kan skada läsaren. Mejlet kommer fram ändå.',
      fix: {
        gone: ({ url }) => `Lägg filen på ${url}, eller ändra l= i posten till rätt adress.`,
        large: ({ limit }) => `Förenkla teckningen tills filen är högst ${limit} kilobyte.`,
        unfit: () =>
          'Ge teckningen till den som gjorde den, eller omvandla den med BIMI-gruppens verktyg (bimigroup.org): version="1.2", baseProfile="tiny-ps", en title, en kvadratisk viewBox. Inget x och y på svg, inga bilder, skript, stilar eller länkar.',
      },
      problems: {
        gone: ({ url }) => `${url} finns inte på webbservern.`,
        large: ({ url, limit }) => `${url} är större än ${limit} kilobyte.`,
        unfit: ({ url, fault, found }) => `${url}: ${swedish[fault]}${found === '' ? '' : ` (${found})`}.`,
      },
    },
  },
  examples: {
    good: [{ zone: record, web: { [logo]: exampleLogo } }],
    bad: [
      { world: { zone: record, web: { [logo]: exampleLogo.replace('<rect', '<g><rect') } }, finds: 'unfit' },
      {
        world: { zone: record, web: { [logo]: `<?xml-stylesheet href="x.css"?>${exampleLogo}` } },
        finds: 'unfit',
      },
      { world: { zone: record, web: { [logo]: { status: 404, body: 'gone' } } }, finds: 'gone' },
      {
        world: { zone: record, web: { [logo]: `${exampleLogo}<!--${'x'.repeat(33_000)}-->` } },
        finds: 'large',
      },
      {
        world: { zone: record, web: { [logo]: exampleLogo.replace('tiny-ps', 'tiny') } },
        finds: 'unfit',
      },
      {
        world: {
          zone: record,
          web: { [logo]: exampleLogo.replace('<rect', '<script>alert(1)</script><rect') },
        },
        finds: 'unfit',
      },
    ],
  },
});
