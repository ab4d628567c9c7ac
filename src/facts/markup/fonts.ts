/** Lists of typefaces without one that every reader has: the letters become Times there, whatever the design. */
import type { Place } from '../../place.ts';
import type { Element } from '../../submission/markup.ts';
import type { Places } from '../html/places.ts';

export interface BareFont {
  /** The list as written. */
  fonts: string;
  at: Place | undefined;
}

/** Generic families (CSS Fonts), and typefaces that come with Windows or Apple's systems. */
const everywhere =
  /\b(?:serif|sans-serif|monospace|cursive|fantasy|system-ui|ui-[a-z-]{4,12}|-apple-system|blinkmacsystemfont|inherit|initial|unset|revert|arial|helvetica|verdana|tahoma|georgia|times|courier|trebuchet|segoe|calibri|cambria|candara|consolas|constantia|corbel|impact|lucida|palatino|geneva|monaco|menlo|century gothic|franklin gothic|gill sans|book antiqua|comic sans|optima|futura|garamond|didot|baskerville|avenir|san francisco|roboto)\b|var\(|[{}[\]|<>@$%]/i;
const declaration =
  /(?:^|[;{\s])(?:font-family\s{0,9}:|font\s{0,9}:[^;{}]{0,60}?\d(?:px|pt|em|rem|%)?(?:\/[\d.a-z%]{1,9})?\s)\s{0,9}([^;{}]{1,300})/gi;
const faces = /@font-face[^{}]{0,99}\{[^{}]{0,5000}\}/gi;
const styleLength = 4000;
const sheetLength = 200_000;
const atMost = 100;
const none: readonly string[] = [];

export function bareFonts(elements: readonly Element[], places: Places): BareFont[] {
  const found: BareFont[] = [];
  const known = new Map<string, readonly string[]>();
  const read = (style: string) => {
    let fonts = known.get(style);
    if (!fonts) {
      fonts = style.includes('font') || /font/i.test(style) ? bareOf(style.slice(0, styleLength)) : none;
      known.set(style, fonts);
    }
    return fonts;
  };
  for (const element of elements) {
    const { style, face } = element.attribs;
    let bare = style ? read(style) : none;
    if (face && element.name === 'font' && !everywhere.test(face)) bare = [face, ...bare];
    if (element.name === 'style') {
      const css = element.children.map((node) => (node.type === 'text' ? node.data : '')).join('');
      bare = bareOf(uncommented(css.slice(0, sheetLength)).replace(faces, ' '));
    }
    for (const fonts of bare) {
      found.push({ fonts: fonts.slice(0, 60).trim(), at: places(element) });
      if (found.length === atMost) return found;
    }
  }
  return found;
}

function bareOf(css: string): string[] {
  const fonts: string[] = [];
  for (const [, list = ''] of css.matchAll(declaration))
    if (!everywhere.test(list)) fonts.push(list.replace(/!important/i, ''));
  return fonts.slice(0, atMost);
}

/** Each comment is passed once, also one that never ends. */
function uncommented(css: string): string {
  const kept: string[] = [];
  let at = 0;
  for (let start = css.indexOf('/*'); start !== -1; start = css.indexOf('/*', at)) {
    kept.push(css.slice(at, start));
    const end = css.indexOf('*/', start + 2);
    if (end === -1) return kept.join(' ');
    at = end + 2;
  }
  return `${kept.join(' ')} ${css.slice(at)}`;
}
