/**
 * Which features of caniemail.com a piece of CSS or HTML uses, by their slugs. Each function reads its text
 * once, from left to right; a feature that nobody tests has no slug, and the list is then empty. What the source
 * tells apart in a note has the slug, a colon and the part (`css-rgb:spaces`).
 */
import {
  pseudoClasses,
  pseudoElements,
  slugOfAttribute,
  slugOfElement,
  slugOfFunction,
  slugOfProperty,
  units,
} from './slugs.ts';

/** Longer values are long because of what stands in `url()`. */
const valueLength = 20_000;

/**
 * Of a property and its value. A shorthand tells its parts too: `background: url(x)` is also
 * `css-background-image`; a client without that keeps the colour. A property of one vendor has none.
 */
export function featuresOfDeclaration(property: string, value: string): readonly string[] {
  const name = property.trim().toLowerCase();
  if (name.startsWith('--')) return ['css-variables'];
  const text = value.slice(0, valueLength).toLowerCase();
  const found = new Set<string>();
  const own = slugOfProperty.get(name);
  if (own) found.add(own);
  for (const slug of ofKeywords(name, text)) found.add(slug);
  for (const [, called, unit] of withoutTexts(text).matchAll(/(?<![a-z-])([a-z-]+)\(|\d(%|[a-z]+)/g)) {
    const slug = called ? slugOfFunction.get(called) : ofUnit(unit ?? '');
    if (slug) found.add(slug);
  }
  for (const [, inside = ''] of withoutTexts(text).matchAll(/(?<![\w-])rgba?\(([^()]{1,200})\)/g)) {
    if (!inside.includes(',')) found.add('css-rgb:spaces');
    if (inside.split(/[,/]/).length === (inside.includes(',') ? 4 : 2)) found.add('css-rgb:alpha');
  }
  if (name.startsWith('margin') && /(?:^|\s)-\.?\d/.test(text)) found.add('css-margin:negative');
  if (name === 'float' && /inline-(?:start|end)/.test(text)) found.add('css-float:logical');
  if (/^background(?:-image)?$/.test(name) && listIn(text).length > 1 && own !== undefined)
    found.add('css-background-image:several');
  if (name === 'position') {
    const value = /^\s{0,9}(?:-webkit-)?(absolute|fixed|sticky)\b/.exec(text)?.[1];
    if (value) found.add(`css-position:${value}`);
  }
  if (name === 'background' && (/\burl\(/.test(text) || text.includes('gradient('))) {
    found.add('css-background-image');
  }
  for (const [, address = ''] of text.matchAll(/url\(\s*["']?([^"')]{0,2000})/g)) {
    for (const slug of featuresOfImage(address)) found.add(slug);
  }
  if (/!\s*important\s*$/.test(text.slice(-100))) found.add('css-important');
  return [...found];
}

function ofUnit(unit: string): string | undefined {
  if (unit === '%') return 'css-unit-percent';
  return units.has(unit) ? `css-unit-${unit}` : undefined;
}

function ofKeywords(name: string, text: string): string[] {
  const value = text.replace(/!\s*important\s*$/, '').trim();
  if (value === 'initial') return ['css-unit-initial'];
  switch (name) {
    case 'display':
      if (/^(?:inline-)?flex$/.test(value)) return ['css-display-flex'];
      if (/^(?:inline-)?grid$/.test(value)) return ['css-display-grid'];
      return value === 'none' ? ['css-display-none'] : [];
    case 'flex-direction':
      return value.startsWith('column') ? ['css-flex-direction'] : [];
    case 'flex-wrap':
      return value.startsWith('wrap') ? ['css-flex-wrap'] : [];
    case 'flex-flow':
      return [
        ...(/\bcolumn/.test(value) ? ['css-flex-direction'] : []),
        ...(/(?:^|\s)wrap/.test(value) ? ['css-flex-wrap'] : []),
      ];
    case 'font-family':
      // A family that is not there gives way to the next one in the list.
      return value.split(',').every((one) => systemFamily.test(one.trim())) ? ['css-sytem-ui'] : [];
    default:
      return /^(?:(?:min|max)-)?(?:width|height)$/.test(name) && intrinsic.test(value)
        ? ['css-intrinsic-size']
        : [];
  }
}

const systemFamily = /^["']?(?:system-ui|ui-serif|ui-sans-serif|ui-rounded|ui-monospace)["']?$/;
const intrinsic = /^(?:fit|min|max)-content$/;

/** A picture's format by its address: `data:` or the ending of the path. Empty when neither tells. */
export function featuresOfImage(address: string): readonly string[] {
  const text = address.trim().slice(0, 2000).toLowerCase();
  const data = /^data:image\/([a-z]+)/.exec(text)?.[1];
  const ending = data ?? /^[^?#]*\.([a-z0-9]{2,5})(?:$|[?#])/.exec(text)?.[1];
  const format = formats[ending ?? ''];
  return [...(data ? ['image-base64'] : []), ...(format ? [`image-${format}`] : [])];
}

const formats: Record<string, string> = {
  ...Object.fromEntries(
    ['apng', 'avif', 'bmp', 'gif', 'hdr', 'ico', 'jpg', 'mp4', 'png', 'svg', 'tiff', 'webp'].map((one) => [
      one,
      one,
    ]),
  ),
  jpeg: 'jpg',
  tif: 'tiff',
  heic: 'heif',
  heif: 'heif',
};

/** `name` without the @; a vendor's prefix is passed over. */
export function featuresOfAtRule(name: string, prelude: string): readonly string[] {
  const kind = name
    .toLowerCase()
    .replace(/^@/, '')
    .replace(/^-[a-z]+-/, '');
  if (kind === 'media') {
    const text = prelude.slice(0, valueLength).toLowerCase();
    return [
      'css-at-media',
      ...mediaFeatures.filter(([, pattern]) => pattern.test(text)).map(([slug]) => slug),
    ];
  }
  return ['font-face', 'import', 'keyframes', 'supports'].includes(kind) ? [`css-at-${kind}`] : [];
}

const mediaFeatures: readonly (readonly [slug: string, pattern: RegExp])[] = [
  ['css-at-media-device-pixel-ratio', /device-pixel-ratio/],
  ['css-at-media:height', /[(-]\s*height/],
  ['css-at-media-hover', /\(\s*(?:any-)?hover/],
  ['css-at-media-orientation', /\(\s*orientation/],
  ['css-at-media-prefers-color-scheme', /prefers-color-scheme/],
  ['css-at-media-prefers-reduced-motion', /prefers-reduced-motion/],
];

const selectorParts =
  /\[|::?(-?[a-z][a-z-]*)|\.[^\s.#:[\]>+~,()*]+|#[^\s.#:[\]>+~,()*]+|\s*([>+~,])\s*|\s+|\*|[a-z][a-z0-9-]*/gi;

/** Of one selector, or of several with commas between. What stands in brackets and texts is not looked at. */
export function featuresOfSelector(selector: string): readonly string[] {
  const found = new Set<string>();
  const told = withoutTexts(selector.slice(0, valueLength));
  if (listIn(told).length > 1) found.add('css-selector-grouping');
  if (/\[(?!\s{0,9}class\s{0,9}~=)/i.test(told)) found.add('css-selector-attribute:other');
  const text = withoutAttributes(told).trim();
  let before = '';
  for (const [part, pseudo, combinator] of text.matchAll(selectorParts)) {
    const slug = ofSelectorPart(part, pseudo?.toLowerCase(), combinator);
    if (slug) found.add(slug);
    if (/^[.#[]/.test(part) && /^[.#[]/.test(before)) found.add('css-selector-chaining');
    before = part;
  }
  return [...found];
}

/** What commas part: selectors or values. A comma in brackets or in a text parts nothing. */
export function listIn(list: string): string[] {
  if (!/[()[\]"']/.test(list)) return list.split(',');
  const items: string[] = [];
  let [start, depth, quote] = [0, 0, ''];
  for (let at = 0; at < list.length; at += 1) {
    const one = list[at] ?? '';
    if (quote) quote = one === quote ? '' : quote;
    else if (one === '"' || one === "'") quote = one;
    else if (one === '(' || one === '[') depth += 1;
    else if (one === ')' || one === ']') depth = Math.max(0, depth - 1);
    else if (one === ',' && depth === 0) {
      items.push(list.slice(start, at));
      start = at + 1;
    }
  }
  return [...items, list.slice(start)];
}

function ofSelectorPart(part: string, pseudo?: string, combinator?: string): string | undefined {
  if (pseudo && pseudoElements.has(pseudo)) return `css-pseudo-element-${pseudo}`;
  if (pseudo) return pseudoClasses.has(pseudo) ? `css-pseudo-class-${pseudo}` : undefined;
  if (combinator) return combinators[combinator];
  if (part.trim() === '') return 'css-selector-descendant';
  return starts[part[0] ?? ''] ?? 'css-selector-type';
}

const combinators: Record<string, string> = {
  '>': 'css-selector-child',
  '+': 'css-selector-adjacent-sibling',
  '~': 'css-selector-general-sibling',
};
const starts: Record<string, string> = {
  '[': 'css-selector-attribute',
  '.': 'css-selector-class',
  '#': 'css-selector-id',
  '*': 'css-selector-universal',
};

/** Of the element alone: of its attributes only those that make it another one (`type`). */
export function featuresOfElement(name: string, attribs: Record<string, string>): readonly string[] {
  const element = name.toLowerCase();
  const type = attribs.type?.toLowerCase();
  if (element === 'input') return inputTypes.has(type ?? 'text') ? [`html-input-${type ?? 'text'}`] : [];
  if (element === 'button')
    return type === 'reset' ? ['html-button-reset'] : type === 'button' ? [] : ['html-button-submit'];
  if (element === 'meta')
    return attribs.name?.toLowerCase() === 'color-scheme' ? ['html-meta-color-scheme'] : [];
  const own = slugOfElement.get(element);
  if (own === 'html-semantics') return [own, `${own}:${element}`];
  return own ? [own] : [];
}

const inputTypes: ReadonlySet<string> = new Set(['checkbox', 'hidden', 'radio', 'reset', 'submit', 'text']);

const none: readonly string[] = [];

/** Of one attribute, whose lack leaves its element in place. */
export function featuresOfAttribute(name: string, value: string): readonly string[] {
  const attribute = name.toLowerCase();
  const own = slugOfAttribute.get(attribute);
  const found = own ? [own] : none;
  if (attribute !== 'href') return found;
  const start = value.trimStart().slice(0, 7).toLowerCase();
  if (start === 'mailto:') return [...found, 'html-mailto-links'];
  return start.startsWith('#') && start.length > 1 ? [...found, 'html-anchor-links'] : found;
}

/** Of the mail as a whole: a page or a part for AMP, and a header that chooses a logo (BIMI). */
export function featuresOfMessage(
  page: Record<string, string>,
  contentTypes: readonly string[],
  headers: readonly { name: string }[],
): readonly string[] {
  const amp =
    'amp4email' in page ||
    '⚡4email' in page ||
    contentTypes.some((type) => type.toLowerCase() === 'text/x-amp-html');
  const bimi = headers.some(({ name }) => name.toLowerCase() === 'bimi-selector');
  return [...(amp ? ['amp'] : []), ...(bimi ? ['bimi'] : [])];
}

/** Texts in quotes and addresses can hold anything. */
function withoutTexts(text: string): string {
  return text.replace(/"[^"]*"?|'[^']*'?/g, '""').replace(/\burl\([^)]*\)?/gi, 'url(');
}

/** Nor is the `+` of `:nth-child(2n+1)` a combinator. */
function withoutAttributes(text: string): string {
  return text.replace(/\[[^\]]*\]?/g, '[').replace(/\([\s\dn+-]*\)/gi, '()');
}
