/**
 * Features of HTML and CSS whose lack a reader sees: content that is gone, or a layout that falls apart. Those
 * whose lack nobody minds, such as round corners and shadows, are not here. What hurts most stands first.
 */
export interface VisibleFeature {
  /** At caniemail.com; one that a client lacks is enough. */
  slugs: readonly [string, ...string[]];
  en: string;
  sv: string;
  /** A shape in VML does the same in programs that show them. */
  drawable?: true;
}

export const visibleFeatures: readonly VisibleFeature[] = [
  { slugs: ['html-video'], en: 'Video inside the mail', sv: 'Video inne i mejlet' },
  { slugs: ['html-audio'], en: 'Sound inside the mail', sv: 'Ljud inne i mejlet' },
  { slugs: ['html-svg'], en: 'A picture as SVG code', sv: 'En bild som SVG-kod' },
  {
    slugs: ['html-form', 'html-select', 'html-textarea', 'html-input-text', 'html-input-submit'],
    en: 'A form inside the mail',
    sv: 'Ett formulär inne i mejlet',
  },
  {
    slugs: ['css-pseudo-class-checked', 'css-pseudo-class-target'],
    en: 'Content that opens at a tap (:checked)',
    sv: 'Innehåll som öppnas med ett tryck (:checked)',
  },
  { slugs: ['css-position'], en: 'Free placement (position)', sv: 'Fri placering (position)' },
  {
    slugs: ['css-display-grid', 'css-grid-template'],
    en: 'Layout with grid',
    sv: 'Layout med grid',
  },
  { slugs: ['css-display-flex'], en: 'Layout with flex', sv: 'Layout med flex' },
  {
    slugs: ['css-flex-direction', 'css-flex-wrap', 'css-justify-content', 'css-align-items'],
    en: 'Direction and alignment in flex',
    sv: 'Riktning och justering i flex',
  },
  {
    slugs: ['css-column-count', 'css-column-layout-properties'],
    en: 'Text in columns (columns)',
    sv: 'Text i spalter (columns)',
  },
  { slugs: ['css-float'], en: 'Placing side by side with float', sv: 'Placering bredvid varandra med float' },
  {
    slugs: ['css-background-image', 'css-linear-gradient', 'css-radial-gradient', 'css-conic-gradient'],
    en: 'A background picture with no colour behind it',
    sv: 'En bakgrundsbild utan färg bakom',
    drawable: true,
  },
  { slugs: ['css-variables'], en: 'Variables in CSS (var)', sv: 'Variabler i CSS (var)' },
  {
    slugs: ['css-rgba', 'css-modern-color', 'css-function-light-dark'],
    en: 'Colours with transparency or in new notations',
    sv: 'Genomskinliga färger eller nya färgformat',
  },
  {
    slugs: ['css-rgb:spaces'],
    en: 'A colour without commas, such as rgb(0 0 0)',
    sv: 'En färg utan komman, som rgb(0 0 0)',
  },
  {
    slugs: ['css-unit-calc', 'css-function-clamp', 'css-function-max', 'css-function-min'],
    en: 'Computed sizes (calc, clamp)',
    sv: 'Beräknade mått (calc, clamp)',
  },
  {
    slugs: ['css-unit-vw', 'css-unit-vh', 'css-unit-vmin', 'css-unit-vmax'],
    en: 'Sizes that follow the window (vw, vh)',
    sv: 'Mått som följer fönstret (vw, vh)',
  },
  { slugs: ['css-unit-rem'], en: 'Sizes in rem', sv: 'Mått i rem' },
  {
    slugs: ['css-pseudo-element-before', 'css-pseudo-element-after'],
    en: 'Content from CSS (::before, ::after)',
    sv: 'Innehåll från CSS (::before, ::after)',
  },
  {
    slugs: ['css-transform'],
    en: 'Turned or moved parts (transform)',
    sv: 'Vridna eller flyttade delar (transform)',
  },
  {
    slugs: ['css-clip-path', 'css-mask-image'],
    en: 'Cut-out shapes (clip-path, mask)',
    sv: 'Utskurna former (clip-path, mask)',
  },
  { slugs: ['css-object-fit'], en: 'Cropped pictures (object-fit)', sv: 'Beskurna bilder (object-fit)' },
];
