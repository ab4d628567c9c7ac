/** What a browser measures in a page it has drawn, beside the picture. Lengths in CSS pixels. */

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** Pieces of text that look the same. */
export interface TextLook {
  color: Rgb;
  /** What is behind the letters; null: a picture, or more than can be told. */
  back: Rgb | null;
  size: number;
  bold: boolean;
  /** null: the browser's own. */
  lineHeight: number | null;
  justified: boolean;
  /** In a heading element; in a link. */
  heading: boolean;
  linked: boolean;
  /** Lines of the piece that has most. */
  lines: number;
  /** Pieces, and characters of all of them. */
  count: number;
  length: number;
  /** The first few. `mark`: of the element, where the page was marked. */
  samples: readonly { text: string; mark: number | null }[];
}

/** A link or control. */
export interface TargetBox {
  text: string;
  mark: number | null;
  x: number;
  y: number;
  width: number;
  height: number;
  /** It, or the cell that holds it alone, has a colour of its own. */
  button: boolean;
  /** In a line of other words, which gives it its height. */
  inline: boolean;
  /** A picture in it was not there to be drawn and has no size of its own, so nobody knows how large it is. */
  guessed: boolean;
  /** Of one in a line: its colour and that of the words around; `marked`: something besides the colour tells it from them. */
  color: Rgb;
  around: Rgb;
  marked: boolean;
}

/** What makes the page wider than its window. */
export interface WideBox {
  mark: number | null;
  /** As it was laid out. */
  width: number;
}

export interface PageLayout {
  /** null: the page is no wider than its window, or who knows by what. */
  widest: WideBox | null;
  texts: readonly TextLook[];
  targets: readonly TargetBox[];
  /** Everything was looked at. */
  complete: boolean;
}

/** Where an element of the page stands in what was handed in: a number of ours on it. */
export type MarkAttribute = 'data-klarsignal';
/** Behind such an element is a picture that cannot be drawn. */
export type UndrawnAttribute = 'data-klarsignal-undrawn';
