/**
 * Features of HTML and CSS whose lack a reader sees, by what the reader loses. Those whose lack nobody minds, such
 * as round corners and shadows, are not here.
 */
export const losses = ['content', 'layout', 'colours', 'sizes'] as const;
export type Loss = (typeof losses)[number];

export interface VisibleFeature {
  loss: Loss;
  /** At caniemail.com; one that a client lacks is enough. The first names the feature. */
  slugs: readonly [string, ...string[]];
  en: string;
  sv: string;
  /** A shape in VML does the same in programs that show them. */
  drawable?: true;
  /** What to do about it, where that is another thing than for the rest of its kind: in a few words, and exactly. */
  mend?: { readonly en: string; readonly sv: string };
  fix?: { readonly en: string; readonly sv: string };
}

export const visibleFeatures: readonly VisibleFeature[] = [
  { loss: 'content', slugs: ['html-video'], en: 'Video inside the mail', sv: 'Video inne i mejlet' },
  {
    loss: 'content',
    slugs: ['html-video:filled'],
    en: 'Video with something in its place',
    sv: 'Video med något annat i sitt ställe',
    mend: { en: 'Put a link below the video as well', sv: 'Lägg en länk under videon också' },
    fix: {
      en: 'These programs remove the video with everything that stands in it. Put a picture or a plain sentence below the video as well, with a link to the film.',
      sv: 'De här programmen tar bort videon med allt som står i den. Lägg en bild eller en vanlig mening under videon också, med en länk till filmen.',
    },
  },
  { loss: 'content', slugs: ['html-audio'], en: 'Sound inside the mail', sv: 'Ljud inne i mejlet' },
  { loss: 'content', slugs: ['html-svg'], en: 'A picture as SVG code', sv: 'En bild som SVG-kod' },
  {
    loss: 'content',
    slugs: ['html-object'],
    en: 'An embedded object (<object>)',
    sv: 'Ett inbäddat objekt (<object>)',
  },
  {
    loss: 'content',
    slugs: [
      'html-form',
      'html-select',
      'html-textarea',
      'html-input-text',
      'html-input-submit',
      'html-button-submit',
    ],
    en: 'A form inside the mail',
    sv: 'Ett formulär inne i mejlet',
  },
  {
    loss: 'content',
    slugs: ['css-pseudo-class-checked', 'css-pseudo-class-target', 'html-semantics:details'],
    en: 'Content that opens at a tap',
    sv: 'Innehåll som öppnas med ett tryck',
  },
  {
    loss: 'content',
    slugs: ['html-dialog', 'html-popover'],
    en: 'A box that opens over the mail (dialog, popover)',
    sv: 'En ruta som öppnas ovanpå mejlet (dialog, popover)',
  },
  {
    loss: 'content',
    slugs: ['html-meter', 'html-progress'],
    en: 'A bar that shows a value (meter, progress)',
    sv: 'En stapel som visar ett värde (meter, progress)',
  },
  {
    loss: 'content',
    slugs: ['html-image-maps'],
    en: 'Links on parts of a picture (image map)',
    sv: 'Länkar på delar av en bild (bildkarta)',
    mend: { en: 'Cut the picture into several', sv: 'Dela bilden i flera' },
    fix: {
      en: 'In place of an image map, cut the picture into several, each in a link of its own, or let one link hold it all.',
      sv: 'I stället för en bildkarta: dela bilden i flera, var och en i en egen länk, eller låt en enda länk omsluta hela.',
    },
  },
  {
    loss: 'content',
    slugs: ['html-anchor-links'],
    en: 'Links that jump within the mail',
    sv: 'Länkar som hoppar inom mejlet',
    mend: { en: 'Let readers find their way without them', sv: 'Gör mejlet lätt att hitta i utan dem' },
    fix: {
      en: 'See to it that readers find their way without links that jump: a short mail with clear headings. Or let them lead to the same text on a web page.',
      sv: 'Se till att läsarna hittar i mejlet utan länkar som hoppar: kort text och tydliga rubriker. Eller låt länkarna leda till samma text på en webbsida.',
    },
  },
  {
    loss: 'content',
    slugs: ['css-pseudo-element-before', 'css-pseudo-element-after'],
    en: 'Content from CSS (::before, ::after)',
    sv: 'Innehåll från CSS (::before, ::after)',
  },
  {
    loss: 'layout',
    slugs: ['css-position:absolute', 'css-position:fixed', 'css-position:sticky', 'css-inset'],
    en: 'Free placement (position)',
    sv: 'Fri placering (position)',
  },
  {
    loss: 'layout',
    slugs: ['css-display-grid', 'css-grid-template'],
    en: 'Layout with grid',
    sv: 'Layout med grid',
  },
  { loss: 'layout', slugs: ['css-display-flex'], en: 'Layout with flex', sv: 'Layout med flex' },
  {
    loss: 'layout',
    slugs: ['css-flex-direction', 'css-flex-wrap', 'css-justify-content', 'css-align-items'],
    en: 'Direction and alignment in flex',
    sv: 'Riktning och justering i flex',
  },
  { loss: 'layout', slugs: ['css-gap'], en: 'Space between parts (gap)', sv: 'Mellanrum mellan delar (gap)' },
  {
    loss: 'layout',
    slugs: ['css-column-count', 'css-column-layout-properties'],
    en: 'Text in columns (columns)',
    sv: 'Text i spalter (columns)',
  },
  {
    loss: 'layout',
    slugs: ['css-float', 'css-float:logical'],
    en: 'Placing side by side with float',
    sv: 'Placering bredvid varandra med float',
  },
  {
    loss: 'layout',
    slugs: ['css-padding:outside'],
    en: 'Padding on anything but table cells',
    sv: 'Luft (padding) på annat än tabellceller',
    mend: { en: 'Put the padding on the table cell', sv: 'Lägg luften på tabellcellen' },
    fix: {
      en: 'Put the padding on the table cell around it, <td style="padding:20px">. For a button, leave the padding on the link, so that all of it can be tapped, and write mso-padding-alt for Outlook: the same measure on the cell, and mso-padding-alt:0 on the link.',
      sv: 'Lägg luften på tabellcellen runt omkring, <td style="padding:20px">. För en knapp: låt luften vara kvar på länken, så att hela knappen går att trycka på, och skriv mso-padding-alt för Outlook: samma mått på cellen och mso-padding-alt:0 på länken.',
    },
  },
  {
    loss: 'layout',
    slugs: ['css-margin:negative'],
    en: 'A margin below zero',
    sv: 'En marginal under noll',
    mend: { en: 'Remove the minus sign', sv: 'Ta bort minustecknet' },
    fix: {
      en: 'Remove the minus sign, and make the space above or beside it smaller instead. Things that should lie over each other go into one picture.',
      sv: 'Ta bort minustecknet och gör luften ovanför eller bredvid mindre i stället. Det som ska ligga ovanpå varandra läggs i en bild.',
    },
  },
  {
    loss: 'layout',
    slugs: ['css-transform'],
    en: 'Turned or moved parts (transform)',
    sv: 'Vridna eller flyttade delar (transform)',
  },
  {
    loss: 'layout',
    slugs: ['css-clip-path', 'css-mask-image', 'css-shape-outside'],
    en: 'Cut-out shapes (clip-path, mask)',
    sv: 'Utskurna former (clip-path, mask)',
  },
  {
    loss: 'layout',
    slugs: ['css-object-fit', 'css-object-position', 'css-aspect-ratio'],
    en: 'Cropped pictures (object-fit, aspect-ratio)',
    sv: 'Beskurna bilder (object-fit, aspect-ratio)',
  },
  {
    loss: 'layout',
    slugs: [
      'css-margin-inline-block',
      'css-margin-inline-start-end',
      'css-margin-block-start-end',
      'css-padding-inline-block',
      'css-padding-inline-start-end',
      'css-padding-block-start-end',
    ],
    en: 'Space by the direction of the text (margin-inline, padding-block)',
    sv: 'Luft efter textens riktning (margin-inline, padding-block)',
  },
  {
    loss: 'layout',
    slugs: ['css-writing-mode', 'css-text-orientation'],
    en: 'Text that stands upright (writing-mode)',
    sv: 'Text som står på höjden (writing-mode)',
  },
  {
    loss: 'colours',
    slugs: ['css-background-image', 'css-linear-gradient', 'css-radial-gradient', 'css-conic-gradient'],
    en: 'A background picture or gradient with no colour behind it',
    sv: 'En bakgrundsbild eller toning utan färg bakom',
    drawable: true,
  },
  {
    loss: 'colours',
    slugs: ['css-background-image:several'],
    en: 'Several background pictures on top of each other',
    sv: 'Flera bakgrundsbilder ovanpå varandra',
  },
  {
    loss: 'colours',
    slugs: ['css-variables'],
    en: 'Variables in CSS (var)',
    sv: 'Variabler i CSS (var)',
    mend: { en: 'Write the value itself', sv: 'Skriv själva värdet' },
    fix: {
      en: 'Write the value itself in every place instead of var(…), or the value first and then the line with var(…).',
      sv: 'Skriv själva värdet på varje ställe i stället för var(…), eller värdet först och sedan raden med var(…).',
    },
  },
  {
    loss: 'colours',
    slugs: ['css-rgba', 'css-modern-color', 'css-function-light-dark'],
    en: 'Colours with transparency or in new notations',
    sv: 'Genomskinliga färger eller nya färgformat',
  },
  {
    loss: 'colours',
    slugs: ['css-rgb:spaces'],
    en: 'A colour without commas, such as rgb(0 0 0)',
    sv: 'En färg utan komman, som rgb(0 0 0)',
    mend: { en: 'Write the colour with commas', sv: 'Skriv färgen med komman' },
    fix: {
      en: 'Write the colour with commas, rgb(0,0,0), or as #000000. Gmail throws away everything in the same style attribute, or in the same style element, together with it.',
      sv: 'Skriv färgen med komman, rgb(0,0,0), eller som #000000. Gmail kastar allt i samma style-attribut, eller i samma style-element, tillsammans med den.',
    },
  },
  {
    loss: 'colours',
    slugs: ['css-nesting'],
    en: 'Rules inside rules in CSS (nesting)',
    sv: 'Regler inuti regler i CSS (nästling)',
    mend: { en: 'Write each rule by itself', sv: 'Skriv varje regel för sig' },
    fix: {
      en: 'Write each inner rule out after the outer one, with the whole selector: .card p{…} in place of .card{ p{…} }.',
      sv: 'Skriv ut varje inre regel efter den yttre, med hela selektorn: .kort p{…} i stället för .kort{ p{…} }.',
    },
  },
  {
    loss: 'colours',
    slugs: ['css-mix-blend-mode', 'css-background-blend-mode', 'css-backdrop-filter'],
    en: 'Colours that blend with what lies below',
    sv: 'Färger som blandas med det som ligger under',
  },
  {
    loss: 'sizes',
    slugs: ['css-unit-calc', 'css-function-clamp', 'css-function-max', 'css-function-min'],
    en: 'Computed sizes (calc, clamp)',
    sv: 'Beräknade mått (calc, clamp)',
  },
  {
    loss: 'sizes',
    slugs: ['css-unit-vw', 'css-unit-vh', 'css-unit-vmin', 'css-unit-vmax'],
    en: 'Sizes that follow the window (vw, vh)',
    sv: 'Mått som följer fönstret (vw, vh)',
  },
  { loss: 'sizes', slugs: ['css-unit-rem'], en: 'Sizes in rem', sv: 'Mått i rem' },
  {
    loss: 'sizes',
    slugs: ['css-intrinsic-size', 'css-inline-size', 'css-block-inline-size'],
    en: 'Sizes after the content (fit-content, inline-size)',
    sv: 'Mått efter innehållet (fit-content, inline-size)',
  },
];

/** By its first slug; the slug itself where there is none. */
export function nameOf(slug: string, locale: 'en' | 'sv'): string {
  return visibleFeatures.find(({ slugs: [first] }) => first === slug)?.[locale] ?? slug;
}

/** The same in a few words. */
export function mendOf(slug: string): VisibleFeature['mend'] {
  return visibleFeatures.find(({ slugs: [first] }) => first === slug)?.mend;
}

/** What to do about the feature whose first slug it is; undefined: what helps against the whole kind. */
export function fixOf(slug: string): VisibleFeature['fix'] {
  return visibleFeatures.find(({ slugs: [first] }) => first === slug)?.fix;
}
