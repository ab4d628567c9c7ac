/** A mail client, as far as checks and previews need to know it. */

/** How a client treats one feature of HTML or CSS. `unknown`: nobody has tested it; neither support nor its lack. */
export type SupportLevel = 'yes' | 'partly' | 'no' | 'unknown';

export interface Support {
  level: SupportLevel;
  /** What the source says of it, in English as it stands there. */
  notes: readonly string[];
}

/**
 * What a client does to colours in dark mode. `author`: shows the mail's own dark styles where the mail asks for
 * them (color-scheme), turns a plain mail dark by itself, and leaves any other alone. `forced`: changes every
 * colour. `darkest`: the lightness (CIELAB) that white gets where the client changes colours.
 */
export type DarkMode = { kind: 'unchanged' } | { kind: 'author' | 'forced'; darkest: number };

/** A limit to properties that the client knows otherwise; what it does not know at all `support` tells. */
export interface PropertyLimit {
  properties: readonly string[];
  /** The elements they work on; all when neither is given. */
  on?: readonly string[];
  except?: readonly string[];
  /** The values that work. */
  only?: readonly string[];
  /** Words that do not work: the sides of a margin that say them are passed over, or the declaration. */
  lacks?: readonly string[];
  /** `false`: a value with a negative length is passed over. */
  negative?: false;
  /** `true`: of a background only the colour is read. */
  colourOnly?: true;
  /** `true`: a value of several words is passed over. */
  single?: true;
  /** Pixels; what is thicker is drawn so thick. */
  thickest?: number;
}

/** How a client reads a mail before it draws it: what of HTML and CSS the simulation changes. */
export interface Reading {
  /** Features that conditional comments ask about, with their version; null: they are mere comments. */
  conditions: Readonly<Record<string, number>> | null;
  /** Shapes of VML are shown: here as boxes of their colour. */
  shapes: boolean;
  /** The body becomes a div in a page of the client's own, which rules for html and body do not reach. */
  bodyInPage: boolean;
  /** `characters`: of all together; an element that passes it is dropped. */
  styles: { inBody: boolean; characters: number | null; nestedAtRules: boolean };
  /** Features (slugs) that take all the CSS beside them along: of their style attribute, or their style element. */
  spoils: { attribute: readonly string[]; element: readonly string[] };
  /** Elements that show although they stand in something hidden. */
  hidingStopsAt: readonly string[];
  /** `!important` in a style attribute; where it does not work the declaration is passed over. */
  importantInline: boolean;
  /** Vendors whose properties it reads; null: as the browser does. */
  vendors: readonly string[] | null;
  limits: readonly PropertyLimit[];
  /** Its own properties, as CSS that means the same: `mso-hide: all` is `display: none`. */
  means: readonly { property: string; value?: string; as: string; asValue?: string }[];
  /** Attributes that work on these elements alone. */
  attributes: Readonly<Record<string, readonly string[]>>;
  /** CSS of the page that the client shows mail in. */
  pageStyle: string;
}

/** A mail client as far as checks and previews need to know it. One file each under rules/clients/. */
export interface Client {
  id: string;
  name: string;
  device: 'computer' | 'phone';
  /** Of the facts below: when they were last compared with the source. */
  date: string;
  source: string;
  viewport: { width: number; height: number };
  schemes: readonly ('light' | 'dark')[];
  dark: DarkMode;
  reading: Reading;
  /**
   * By the slug of the feature at caniemail.com; a feature that is not there is `unknown`. With a colon and the part
   * (`css-rgb:spaces`) what the source tells in a note.
   */
  support: Readonly<Record<string, Support>>;
}
