/** What one style attribute says of whether its element shows, as a browser decides between its declarations. */
import { type Declaration, readDeclarations } from './declarations.ts';

export interface InlineStyle {
  display: { value: string; important: boolean } | undefined;
  visible: boolean | null;
  sized: boolean | null;
  /** Width and height work on it; null: as its element has it. */
  boxed: boolean | null;
  /** Nothing of a box can be seen: it has no width or height, and what is in it is cut off. */
  empty: boolean;
  faded: boolean;
  /** Far off the screen. */
  away: boolean;
}

export const unstyled: InlineStyle = {
  display: undefined,
  visible: null,
  sized: null,
  boxed: null,
  empty: false,
  faded: false,
  away: false,
};

/** CSS pixels of which nobody reads a letter or sees a box. */
const tiny = 1;
/** Further left or above than this nobody can scroll; to the other sides it takes more. */
const off = 1000;
const farOff = 5000;
const faint = 0.05;

const global = /^(?:inherit|initial|unset|revert|revert-layer)$/;
/** One word of a display; several say the same in the newer way: `inline flow-root`. */
const display =
  /^(?:none|contents|block|inline|run-in|flow|flow-root|list-item|table|flex|grid|ruby|inline-(?:block|table|flex|grid)|table-[a-z-]+|ruby-[a-z-]+|-(?:webkit|ms|moz)-[a-z-]+)$/;
const keywords =
  /^(?:auto|none|normal|(?:min|max|fit)-content|-webkit-fill-available|-moz-available|stretch|thin|medium|thick|(?:xx?-)?(?:small|large)|xxx-large|larger|smaller)$/;
const length =
  /^([+-]?(?:\d{1,30}\.?\d{0,30}|\.\d{1,30})(?:e[+-]?\d{1,3})?)(px|pt|pc|in|cm|mm|q|r?em|r?ex|ch|r?lh|v[wh]|vmin|vmax|%)?$/;
const pixels: Record<string, number> = { px: 1, pt: 4 / 3, pc: 16, in: 96, cm: 37.8, mm: 3.78, q: 0.945 };

interface Length {
  number: number;
  /** Pixels, or about as many; NaN for a keyword, a share, or what is to be calculated. */
  px: number;
  unit: string;
}

/** undefined: no length, so a browser passes the declaration over. */
function lengthOf(value: string): Length | undefined {
  if (value === '') return undefined;
  const [, digits, unit = ''] = length.exec(value) ?? [];
  if (digits === undefined) {
    const other = global.test(value) || keywords.test(value) || value.includes('(');
    return other ? { number: Number.NaN, px: Number.NaN, unit: value } : undefined;
  }
  const number = Number.parseFloat(digits);
  return { number, px: unit === '%' ? Number.NaN : number * (pixels[unit] ?? (unit === '' ? 1 : 16)), unit };
}

const isLength = (value: string) => lengthOf(value) !== undefined;
const oneOf = (words: RegExp) => (value: string) =>
  global.test(value) || words.test(value) || value.startsWith('var(');

/** What is read, and which values a browser takes. */
const valid: Record<string, (value: string) => boolean> = {
  display: (value) => value.split(' ', 4).every(oneOf(display)),
  visibility: oneOf(/^(?:visible|hidden|collapse)$/),
  opacity: (value) => isLength(value),
  position: oneOf(/^(?:static|relative|absolute|fixed|(?:-webkit-)?sticky)$/),
  float: oneOf(/^(?:none|left|right|inline-start|inline-end)$/),
  'overflow-x': oneOf(/^(?:visible|hidden|clip|scroll|auto|overlay)$/),
  'overflow-y': oneOf(/^(?:visible|hidden|clip|scroll|auto|overlay)$/),
  padding: (value) => value.split(' ', 4).every(isLength),
};
for (const name of ['width', 'height'])
  for (const side of ['', 'max-', 'min-']) valid[side + name] = isLength;
for (const name of ['left', 'right', 'top', 'bottom', 'margin-left', 'margin-top', 'font-size'])
  valid[name] = isLength;
for (const side of ['top', 'bottom', 'left', 'right']) valid[`padding-${side}`] = isLength;

const shorthands = new Set(['all', 'overflow', 'margin', 'font']);
const isRead = (property: string) => shorthands.has(property) || Object.hasOwn(valid, property);

/** A property that stands for several becomes those. */
function longhands({ property, value, important }: Declaration): Declaration[] {
  const as = (name: string, one: string | undefined) => ({ property: name, value: one ?? '', important });
  const [first, second, , fourth] = value.split(' ', 4);
  if (property === 'overflow') return [as('overflow-x', first), as('overflow-y', second ?? first)];
  if (property === 'margin') return [as('margin-top', first), as('margin-left', fourth ?? second ?? first)];
  if (property === 'font') return [as('font-size', sizeOfFont(value))];
  return [{ property, value, important }];
}

/** The first thing in it that can be a size: `bold 700 16px/1.2 Arial`. */
function sizeOfFont(value: string): string | undefined {
  const words = value.split(' ', 20).map((word) => word.split('/', 1)[0] ?? '');
  return words.find((word) => word !== 'normal' && isLength(word) && !/^[1-9]\d*$/.test(word));
}

/** Reads a style attribute: later declarations win, important ones over all, and invalid ones never. */
export function readInline(style: string): InlineStyle {
  const won = new Map<string, { value: string; important: boolean }>();
  for (const declaration of readDeclarations(style, isRead)) {
    if (declaration.property === 'all' && global.test(declaration.value)) {
      for (const [name, { important }] of won) if (declaration.important || !important) won.delete(name);
      const { important } = declaration;
      if (!won.has('display')) won.set('display', { value: 'inline', important });
      continue;
    }
    for (const { property, value, important } of longhands(declaration)) {
      const isValid = Object.hasOwn(valid, property) && valid[property]?.(value);
      if (isValid && (important || !won.get(property)?.important)) won.set(property, { value, important });
    }
  }
  if (won.size === 0) return unstyled;
  return decide(won);
}

function decide(won: ReadonlyMap<string, { value: string; important: boolean }>): InlineStyle {
  const value = (property: string) => won.get(property)?.value ?? '';
  const px = (property: string) => lengthOf(value(property))?.px ?? Number.NaN;
  const faded = lengthOf(value('opacity'));
  return {
    display: won.get('display'),
    visible: visibleOf(value('visibility')),
    sized: sizedOf(value('font-size')),
    boxed: boxedOf(value('display'), value('position'), value('float')),
    empty: (won.has('overflow-x') || won.has('overflow-y')) && isEmpty(value, px),
    faded: faded !== undefined && faded.number / (faded.unit === '%' ? 100 : 1) < faint,
    away: isAway(value, px),
  };
}

function visibleOf(value: string): boolean | null {
  if (value === '' || /^(?:inherit|unset|revert)/.test(value)) return null;
  return value !== 'hidden' && value !== 'collapse';
}

function sizedOf(value: string): boolean | null {
  const size = lengthOf(value);
  if (!size || /^(?:inherit|unset|revert|larger|smaller)/.test(size.unit)) return null;
  if (size.number === 0 || size.px <= tiny) return false;
  return /^(?:em|ex|ch|lh|%)$/.test(size.unit) ? null : true;
}

function boxedOf(display: string, position: string, float: string): boolean | null {
  if (/^(?:absolute|fixed)$/.test(position) || /^(?:left|right|inline)/.test(float)) return true;
  if (display === '' || display === 'none') return null;
  return !/^(?:inline|contents|initial|unset|inline flow|table|inline-table|ruby|table-.*|ruby-.*)$/.test(
    display,
  );
}

function isEmpty(value: (property: string) => string, px: (property: string) => number): boolean {
  const [across, down] = [value('overflow-x'), value('overflow-y')];
  const cuts = (own: string, other: string) =>
    /^(?:hidden|clip|scroll|auto|overlay)$/.test(own) || /^(?:hidden|scroll|auto|overlay)$/.test(other);
  const none = (side: string) =>
    (px(side) <= tiny || px(`max-${side}`) <= tiny) && !/[1-9(]/.test(value(`min-${side}`));
  const padded = ['padding', 'padding-top', 'padding-bottom', 'padding-left', 'padding-right'];
  if (padded.some((one) => /[1-9(]/.test(value(one)))) return false;
  return (cuts(across, down) && none('width')) || (cuts(down, across) && none('height'));
}

function isAway(value: (property: string) => string, px: (property: string) => number): boolean {
  if (px('margin-left') <= -off || px('margin-top') <= -off) return true;
  if (!/^(?:relative|absolute|fixed|(?:-webkit-)?sticky)$/.test(value('position'))) return false;
  if (px('left') <= -off || px('top') <= -off) return true;
  return ['left', 'right', 'top', 'bottom'].some((side) => Math.abs(px(side)) >= farOff);
}
