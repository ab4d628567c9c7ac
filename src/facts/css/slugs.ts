/** The names that caniemail.com gives to properties, values, elements and attributes. Data alone. */

/** Properties whose slug is `css-` and their own name. */
const plain = `accent-color align-items animation aspect-ratio backdrop-filter background background-blend-mode
background-clip background-color background-image background-origin background-position background-repeat
background-size border border-collapse border-image border-radius border-spacing box-shadow box-sizing
caption-side clear clip-path color-scheme column-count cursor direction display empty-cells filter float font
font-kerning font-size font-size-adjust font-stretch font-weight gap height hyphenate-character
hyphenate-limit-chars hyphens inset justify-content letter-spacing line-height list-style list-style-image
list-style-position list-style-type margin mask-image max-block-size max-height max-inline-size max-width
min-block-size min-height min-inline-size min-width mix-blend-mode object-fit object-position opacity orphans
outline outline-offset overflow overflow-wrap padding position resize shape-margin shape-outside tab-size
table-layout text-align text-align-last text-decoration text-decoration-color text-decoration-line
text-decoration-skip-ink text-decoration-style text-decoration-thickness text-emphasis text-emphasis-position
text-indent text-justify text-orientation text-overflow text-shadow text-transform text-underline-offset
text-underline-position text-wrap transform transition user-select vertical-align visibility white-space
white-space-collapse widows width word-break word-spacing word-wrap writing-mode z-index`;

/** Properties that the source tests together, under one slug. */
const grouped: Record<string, string> = {
  'css-animation': `animation-name animation-duration animation-delay animation-direction animation-fill-mode
    animation-iteration-count animation-play-state animation-timing-function`,
  'css-block-inline-size': 'block-size',
  'css-border': `border-width border-style border-color border-top border-right border-bottom border-left
    border-top-width border-top-style border-top-color border-right-width border-right-style border-right-color
    border-bottom-width border-bottom-style border-bottom-color border-left-width border-left-style
    border-left-color`,
  'css-border-image':
    'border-image-source border-image-slice border-image-width border-image-outset border-image-repeat',
  'css-border-inline-block': 'border-inline border-block',
  'css-border-inline-block-individual': `border-inline-color border-block-color border-inline-style
    border-block-style border-inline-width border-block-width border-inline-start border-inline-end
    border-block-start border-block-end`,
  'css-border-inline-block-longhand': `border-inline-start-color border-block-start-color
    border-inline-start-style border-block-start-style border-inline-start-width border-block-start-width
    border-inline-end-color border-block-end-color border-inline-end-style border-block-end-style
    border-inline-end-width border-block-end-width`,
  'css-border-radius':
    'border-top-left-radius border-top-right-radius border-bottom-left-radius border-bottom-right-radius',
  'css-border-radius-logical':
    'border-start-start-radius border-start-end-radius border-end-start-radius border-end-end-radius',
  'css-column-layout-properties':
    'columns column-fill column-rule column-rule-color column-rule-style column-rule-width column-span column-width',
  'css-gap': 'row-gap column-gap grid-gap grid-row-gap grid-column-gap',
  'css-grid-template': 'grid-template grid-template-areas grid-template-columns grid-template-rows',
  'css-inline-size': 'inline-size',
  'css-inset':
    'inset-block inset-block-start inset-block-end inset-inline inset-inline-start inset-inline-end',
  'css-left-right-top-bottom': 'left right top bottom',
  'css-margin': 'margin-top margin-right margin-bottom margin-left',
  'css-margin-block-start-end': 'margin-block-start margin-block-end',
  'css-margin-inline-block': 'margin-inline margin-block',
  'css-margin-inline-start-end': 'margin-inline-start margin-inline-end',
  'css-outline': 'outline-color outline-style outline-width',
  'css-overflow': 'overflow-x overflow-y overflow-block overflow-inline',
  'css-padding': 'padding-top padding-right padding-bottom padding-left',
  'css-padding-block-start-end': 'padding-block-start padding-block-end',
  'css-padding-inline-block': 'padding-inline padding-block',
  'css-padding-inline-start-end': 'padding-inline-start padding-inline-end',
  'css-scroll-snap': 'scroll-snap-type scroll-snap-align scroll-snap-stop',
  'css-text-emphasis': 'text-emphasis-color text-emphasis-style',
  'css-transition':
    'transition-property transition-duration transition-delay transition-timing-function transition-behavior',
};

export const slugOfProperty: ReadonlyMap<string, string> = new Map([
  ...words(plain).map((name) => [name, `css-${name}`] as const),
  ...Object.entries(grouped).flatMap(([slug, names]) => words(names).map((name) => [name, slug] as const)),
]);

export const slugOfFunction: ReadonlyMap<string, string> = new Map([
  ['calc', 'css-unit-calc'],
  ['clamp', 'css-function-clamp'],
  ['max', 'css-function-max'],
  ['min', 'css-function-min'],
  ['light-dark', 'css-function-light-dark'],
  ['var', 'css-variables'],
  ['rgb', 'css-rgb'],
  ['rgba', 'css-rgba'],
  ...['lch', 'oklch', 'lab', 'oklab'].map((name) => [name, 'css-modern-color'] as const),
  ...['linear', 'radial', 'conic'].flatMap((kind) =>
    [`${kind}-gradient`, `repeating-${kind}-gradient`].map((name) => [name, `css-${kind}-gradient`] as const),
  ),
]);

export const units: ReadonlySet<string> = new Set(
  words('ch cm em ex in mm pc pt px rem vh vmax vmin vw').map((unit) => unit),
);

export const pseudoClasses: ReadonlySet<string> = new Set(
  words(`active checked default first-child first-of-type focus focus-visible focus-within has hover lang
last-child last-of-type link not nth-child nth-last-child nth-last-of-type nth-of-type only-child only-of-type
target visited`),
);

export const pseudoElements: ReadonlySet<string> = new Set(
  words('after before first-letter first-line marker placeholder'),
);

export const slugOfElement: ReadonlyMap<string, string> = new Map([
  ...words(
    `abbr acronym address audio base bdi blockquote body code del dfn dialog div form hr img link marquee meter
object p picture pre progress rp rt ruby select small span strike strong style svg table textarea video wbr`,
  ).map((name) => [name, `html-${name}`] as const),
  ...words('h1 h2 h3 h4 h5 h6').map((name) => [name, 'html-h1-h6'] as const),
  ...words('ul ol li dl dt dd').map((name) => [name, 'html-lists'] as const),
  // Each is a link; the map around them and the picture that names it are none.
  ['area', 'html-image-maps'],
  ...words('article aside details figcaption figure footer header main mark nav section summary time').map(
    (name) => [name, 'html-semantics'] as const,
  ),
]);

export const slugOfAttribute: ReadonlyMap<string, string> = new Map([
  ...words(
    `align aria-describedby aria-hidden aria-label aria-labelledby aria-live background cellpadding cellspacing
dir height hidden lang popover required role srcset target valign width`,
  ).map((name) => [name, `html-${name}`] as const),
  ['loading', 'html-loading-attribute'],
  ['inert', 'css-inert-attribute'],
]);

function words(text: string): string[] {
  return text.split(/\s+/);
}
