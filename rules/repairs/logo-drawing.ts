/** What to do in the drawing program, by what a logo has that SVG Tiny PS leaves out. */

/** By the names of elements and attributes; the first that fits a name speaks for it. */
const kinds = [
  ['clip', /^(?:clip(?!-rule)|mask)/i],
  ['style', /^(?:style|class)$/i],
  ['copy', /^(?:symbol$|marker|use$|xlink:)/i],
  ['picture', /^(?:image|pattern|foreignObject|video|audio|object|embed|iframe)/i],
  ['effect', /^(?:filter|fe[A-Z]|opacity|mix-blend-mode|isolation|enable-background)/],
  ['letters', /^(?:tspan|textPath|font|glyph|hkern|letter-spacing|dx$|dy$)/i],
  ['gradient', /^(?:gradientTransform|spreadMethod|fx$|fy$|fr$)/i],
  ['leftover', /:|^(?:metadata|data-|title|desc)/i],
  ['live', /^(?:script|handler|listener|on|a$|animat|set$|discard|prefetch|switch)/i],
] as const;

type Kind = (typeof kinds)[number][0] | 'other';

/** As the menus are called in English, which is what the manuals of both programs go by. */
const menu = {
  clip: 'Inkscape: Object > Clip > Release Clip, Path > Intersection; Illustrator: Object > Clipping Mask > Release, Pathfinder > Crop',
  style:
    'Inkscape: Optimized SVG, Convert CSS attributes to XML attributes; Illustrator: CSS Properties, Presentation Attributes',
  copy: 'Inkscape: Edit > Clone > Unlink Clone; Illustrator: Object > Expand',
  letters: 'Inkscape: Path > Object to Path; Illustrator: Type > Create Outlines',
  leftover:
    'Inkscape: Optimized SVG, Remove metadata; Illustrator: SVG Tiny 1.2, without Preserve Illustrator Editing Capabilities',
};

const english: Record<Kind, string> = {
  clip: `release clips and masks and cut the shapes themselves (${menu.clip})`,
  style: `save colours as attributes instead of styles (${menu.style})`,
  copy: `make copies and symbols into shapes of their own (${menu.copy})`,
  picture: 'replace pictures and patterns with drawn shapes of one colour',
  effect: 'take away effects, shadows and transparency, and give the shapes whole colours',
  letters: `make letters into shapes (${menu.letters})`,
  gradient: 'draw the gradient anew as a simple one, or use a whole colour',
  leftover: `save without the program’s own notes and layer names (${menu.leftover})`,
  live: 'take away links, scripts and motion',
  other: 'take away what is named here, or draw it with plain shapes',
};
const swedish: Record<Kind, string> = {
  clip: `lös upp urklipp och masker och skär till formerna själva (${menu.clip})`,
  style: `spara färgerna som attribut i stället för stilar (${menu.style})`,
  copy: `gör om kopior och symboler till egna former (${menu.copy})`,
  picture: 'byt ut bilder och mönster mot ritade former i en färg',
  effect: 'ta bort effekter, skuggor och genomskinlighet och ge formerna hela färger',
  letters: `gör om bokstäverna till former (${menu.letters})`,
  gradient: 'rita om toningen som en enkel toning, eller använd en hel färg',
  leftover: `spara utan programmets egna anteckningar och lagernamn (${menu.leftover})`,
  live: 'ta bort länkar, skript och rörelser',
  other: 'ta bort det som nämns här, eller rita det med vanliga former',
};

/** `names`: as the fact found them, with commas between. */
export function drawingSteps(names: string, locale: 'en' | 'sv'): string {
  const found = new Set<Kind>(
    names.split(', ').map((name) => kinds.find(([, fits]) => fits.test(name))?.[0] ?? 'other'),
  );
  const texts = locale === 'en' ? english : swedish;
  return [...found].map((kind) => texts[kind]).join('; ');
}
