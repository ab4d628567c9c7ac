import { defineRule, type Facts, notApplicable, problem, unanswered, unknown } from '#rule';
import { exampleLogo } from '../repairs/example-marks.ts';
import { drawingSteps } from '../repairs/logo-drawing.ts';

type Fault = NonNullable<Facts['bimi']['logo']>['faults'][number]['fault'];

interface Unfit {
  url: string;
  fault: Fault;
  names: string;
  more: number;
}

const english: Record<Fault, string> = {
  file: 'it is no SVG file, or not well-formed XML',
  entity: 'it has a DOCTYPE',
  namespace: 'its namespaces are not those of SVG',
  version: 'version is not 1.2',
  profile: 'baseProfile is not tiny-ps',
  title: 'it needs one title, first and not empty, and no empty desc',
  position: 'the svg element has x or y',
  shape: 'its viewBox is not square',
  element: 'SVG Tiny PS does not have these elements',
  attribute: 'SVG Tiny PS does not have these attributes, or not with these values',
  place: 'elements stand where they may not (inner < outer)',
  reference: 'it points out of the file',
};
const swedish: Record<Fault, string> = {
  file: 'den är ingen SVG-fil, eller inte välformad XML',
  entity: 'den har en DOCTYPE',
  namespace: 'dess namnrymder är inte SVG:s',
  version: 'version är inte 1.2',
  profile: 'baseProfile är inte tiny-ps',
  title: 'den ska ha en enda title, först och inte tom, och ingen tom desc',
  position: 'elementet svg har x eller y',
  shape: 'dess viewBox är inte kvadratisk',
  element: 'SVG Tiny PS har inte de här elementen',
  attribute: 'SVG Tiny PS har inte de här attributen, eller inte med de värdena',
  place: 'element står där de inte får stå (inre < yttre)',
  reference: 'den pekar ut ur filen',
};

const head = '<svg xmlns="http://www.w3.org/2000/svg" version="1.2" baseProfile="tiny-ps" viewBox="…">';

/** What the drawing program mends: the shapes themselves, and what it wrote with a prefix of its own. */
function isDrawn({ fault, names }: Unfit): boolean {
  if (fault === 'namespace') return !names.startsWith('xmlns=');
  return fault === 'element' || fault === 'attribute' || fault === 'place';
}

function fixEnglish(unfit: Unfit): string {
  const { fault, names } = unfit;
  const again = ' Or give the file to whoever drew it, and ask for SVG Tiny PS (bimigroup.org).';
  if (isDrawn(unfit)) return `In the drawing program: ${drawingSteps(names, 'en')}.${again}`;
  if (fault === 'shape') return `Make the page of the drawing square and save it again.${again}`;
  if (fault === 'reference') return `Take away every address, linked picture and linked style.${again}`;
  if (fault === 'file') return `Save the drawing as SVG again, not as a picture.${again}`;
  if (fault === 'entity') return `Remove the line that begins with <!DOCTYPE from the file.${again}`;
  return `Open the file as text and let it begin with ${head}<title>Your name</title>, without x, y and an empty desc.${again}`;
}

function fixSwedish(unfit: Unfit): string {
  const { fault, names } = unfit;
  const again = ' Eller ge filen till den som ritade den och be om SVG Tiny PS (bimigroup.org).';
  if (isDrawn(unfit)) return `I ritprogrammet: ${drawingSteps(names, 'sv')}.${again}`;
  if (fault === 'shape') return `Gör teckningens sida kvadratisk och spara den igen.${again}`;
  if (fault === 'reference') return `Ta bort alla adresser, länkade bilder och länkade stilar.${again}`;
  if (fault === 'file') return `Spara teckningen som SVG igen, inte som en bild.${again}`;
  if (fault === 'entity') return `Ta bort raden som börjar med <!DOCTYPE ur filen.${again}`;
  return `Öppna filen som text och låt den börja med ${head}<title>Ditt namn</title>, utan x, y och en tom desc.${again}`;
}

function listed(names: string, rest: string): string {
  return names === '' ? '' : ` (${names}${rest})`;
}

const record = { 'default._bimi.example.se': { TXT: ['v=BIMI1; l=https://example.se/logo.svg'] } };
const logo = 'https://example.se/logo.svg';
const within = (part: string) => exampleLogo.replace('<rect', () => `${part}<rect`);

export default defineRule({
  id: 'bimi-logo',
  severity: 'advice',
  reference:
    'draft-svg-tiny-ps-abrotman, section 2; AuthIndicators Working Group, SVG_PS-latest.rnc and Creating BIMI SVG logo files (32 kilobytes, square), as of 2026-11',
  needs: ['bimi'],
  check({ bimi }, { policy }) {
    if (bimi.state === 'unanswered') return unanswered([bimi.name]);
    if (!bimi.logo) return notApplicable('no-record');
    const { url: whole, state, tooLarge, faults } = bimi.logo;
    const url = whole.slice(0, 200);
    if (state === 'silent') return unknown('file-silent');
    if (state === 'gone') return [problem('gone', { url })];
    if (tooLarge) return [problem('large', { url, limit: policy.bimi.logoBytes / 1024 })];
    return faults.map(({ fault, found, more }) => {
      const unfit: Unfit = { url, fault, names: found.join(', '), more };
      return problem('unfit', unfit);
    });
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
        unfit: (data) => fixEnglish(data),
      },
      problems: {
        gone: ({ url }) => `${url} cannot be found on the web server.`,
        large: ({ url, limit }) => `${url} is larger than ${limit} kilobytes.`,
        unfit: ({ url, fault, names, more }) =>
          `${url}: ${english[fault]}${listed(names, more > 0 ? ` and ${more} more` : '')}.`,
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
        unfit: (data) => fixSwedish(data),
      },
      problems: {
        gone: ({ url }) => `${url} finns inte på webbservern.`,
        large: ({ url, limit }) => `${url} är större än ${limit} kilobyte.`,
        unfit: ({ url, fault, names, more }) =>
          `${url}: ${swedish[fault]}${listed(names, more > 0 ? ` och ${more} till` : '')}.`,
      },
    },
  },
  examples: {
    good: [
      { zone: record, web: { [logo]: exampleLogo } },
      { zone: record, web: { [logo]: within('<g fill="none"><path d="M0 0h9" stroke="#fff"/></g>') } },
    ],
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
          web: { [logo]: within('<script>alert(1)</script>') },
        },
        finds: 'unfit',
      },
      ...[
        '<clipPath id="a"><rect/></clipPath><mask id="m"/><pattern id="p"/><marker/><foo/>',
        '<object data="https://example.net/x.html"/>',
        '<embed xmlns="http://www.w3.org/1999/xhtml" code="https://example.net/"/>',
        '<g xml:base="https://example.net/"/>',
        '<g style="background:u\\72l(https://example.net/x)"/>',
        '<g fill="u\\72l(https://example.net/x)"/>',
        '<g><title>Layer 1</title></g>',
      ].map((part) => ({ world: { zone: record, web: { [logo]: within(part) } }, finds: 'unfit' as const })),
      {
        world: { zone: record, web: { [logo]: exampleLogo.replace('/2000/svg', '/1999/xhtml') } },
        finds: 'unfit',
      },
    ],
  },
});
