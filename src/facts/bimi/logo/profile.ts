/**
 * What SVG Tiny Portable/Secure lets into a drawing: everything else is outside it. From the schema of the
 * AuthIndicators Working Group (bimigroup.org, SVG_PS-latest.rnc), which decides where it and the text differ
 * (draft-svg-tiny-ps-abrotman), as of 2026-11. Fonts stand in it, but no element may hold them.
 */

const words = (text: string) => text.split(/\s+/).filter((word) => word !== '');

const core = words(
  'about class content datatype id property rel resource rev role typeof xml:base xml:id xml:lang xml:space',
);
const paint = words(`
  color color-rendering direction display-align fill fill-opacity fill-rule font-family font-size font-style
  font-variant font-weight line-increment solid-color solid-opacity stop-color stop-opacity stroke
  stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity
  stroke-width text-align text-anchor unicode-bidi vector-effect`);
const conditions = words('requiredFonts systemLanguage');
const media = words(`
  buffered-rendering display image-rendering shape-rendering text-rendering viewport-fill
  viewport-fill-opacity visibility`);

const kept = (own: string) => new Set([...core, ...paint, ...words(own)]);
const drawn = (own: string) => new Set([...core, ...paint, ...conditions, 'transform', ...words(own)]);
const told = () => new Set([...core, ...conditions, ...media]);

/** The attributes of each element. `x` and `y` at the root are none of them. */
export const allowed: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'svg',
    kept(`baseProfile contentScriptType externalResourcesRequired focusable height playbackOrder
      preserveAspectRatio snapshotTime timelineBegin version viewBox width zoomAndPan`),
  ],
  ['title', told()],
  ['desc', told()],
  ['metadata', new Set<string>()],
  ['defs', kept('')],
  ['g', drawn('')],
  ['use', drawn('href x y')],
  ['path', drawn('d pathLength')],
  ['rect', drawn('height rx ry width x y')],
  ['circle', drawn('cx cy r')],
  ['ellipse', drawn('cx cy rx ry')],
  ['line', drawn('x1 x2 y1 y2')],
  ['polyline', drawn('points')],
  ['polygon', drawn('points')],
  ['text', drawn('editable rotate x y')],
  ['textArea', drawn('height width x y')],
  ['linearGradient', kept('gradientUnits x1 x2 y1 y2')],
  ['radialGradient', kept('cx cy gradientUnits r')],
  ['solidColor', kept('')],
  ['stop', kept('offset')],
]);

const shapes = words(`
  circle defs ellipse g line linearGradient path polygon polyline radialGradient rect solidColor text textArea use`);

/** What each element may hold; what is not here holds text, or nothing. */
export const children: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['svg', new Set(['title', 'desc', 'metadata', ...shapes])],
  ['g', new Set(shapes)],
  ['defs', new Set(shapes)],
  ['linearGradient', new Set(['stop'])],
  ['radialGradient', new Set(['stop'])],
]);

/** Attributes that may have one value alone (section 2.3). */
export const only: ReadonlyMap<string, RegExp> = new Map([
  ['zoomAndPan', /^disable$/],
  ['externalResourcesRequired', /^false$/],
  ['focusable', /^false$/],
  ['snapshotTime', /^none$/],
  ['playbackOrder', /^all$/],
  ['timelineBegin', /^onLoad$/],
  ['editable', /^none$/],
  ['preserveAspectRatio', /^\s*(?:none|xMidYMid)\s*(?:meet)?\s*$/],
]);
