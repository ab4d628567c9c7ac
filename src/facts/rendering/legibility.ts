/** What was measured in the drawn page, told of the mail that was handed in. */
import type { Place } from '../../place.ts';
import type { MarkAttribute, PageLayout, Rgb, TargetBox, TextLook, UndrawnAttribute } from '../../ports.ts';
import type { Policy } from '../../rule.ts';
import { elementsOf, type Markup } from '../../submission/markup.ts';
import { lineStarts, position } from '../../submission/mjml-marks.ts';
import type { Submission } from '../../submission.ts';
import type { Places } from '../html/places.ts';
import { contrast, hexOf, remedyFor } from './contrast.ts';

export const markAttribute: MarkAttribute = 'data-klarsignal';
export const undrawnAttribute: UndrawnAttribute = 'data-klarsignal-undrawn';

/** Pieces of text that look the same. */
export interface Look extends Omit<TextLook, 'color' | 'back' | 'samples'> {
  color: string;
  /** null: a picture is behind it, or it cannot be told what. */
  back: string | null;
  /** From 1 to 21; null: not to be told. */
  contrast: number | null;
  /** What it should be (WCAG 2.2, 1.4.3), and a colour that would do; null: it is that, or who knows. */
  wanted: number;
  remedy: { of: 'text' | 'back'; color: string } | null;
  /** The first few pieces. */
  samples: readonly { text: string; at: Place | undefined }[];
}

/** A link or control that can be tapped. */
export interface Target extends Omit<TargetBox, 'mark' | 'color' | 'around'> {
  /** Between its words and those around it, and what is behind it. */
  contrast: number;
  at: Place | undefined;
}

export interface Legibility {
  /** What makes the page wider than its window, in CSS pixels; null: nothing, or who knows. */
  widest: { width: number; at: Place } | null;
  texts: readonly Look[];
  targets: readonly Target[];
  /** Everything was looked at. */
  complete: boolean;
}

type Limits = Pick<Policy['legibility'], 'contrast' | 'contrastLarge' | 'large' | 'largeBold'>;

const snippetLength = 160;

/** By where in the HTML that is sent an element begins: so they are marked in what is drawn. */
export function placesOfMarks(
  { format, mjml }: Submission,
  markup: Markup,
  places: Places,
): (mark: number | null) => Place | undefined {
  const elements = new Map(
    elementsOf(markup).map((element) => [element.sourceCodeLocation?.startOffset ?? -1, element] as const),
  );
  const lines = lineStarts(markup.html);
  const part = format === 'eml' ? 'html' : 'source';
  /** What stands in a conditional comment is no element of the page. */
  const inComment = (mark: number): Place => {
    const end = markup.html.indexOf('>', mark);
    const snippet = markup.html.slice(mark, Math.min(mark + snippetLength, end === -1 ? mark : end + 1));
    return { part, ...position(lines, mark), snippet: snippet.toWellFormed() };
  };
  return (mark) => {
    if (mark === null || !(mark >= 0 && mark < markup.html.length)) return undefined;
    const element = elements.get(mark);
    if (element) return places(element);
    return mjml ? undefined : inComment(mark);
  };
}

/** Of one drawing. */
export function legibilityOf(
  { widest, texts, targets, complete }: PageLayout,
  placeOf: (mark: number | null) => Place | undefined,
  limits: Limits,
): Legibility {
  const wideAt = widest ? placeOf(widest.mark) : undefined;
  return {
    widest: widest && wideAt ? { width: widest.width, at: wideAt } : null,
    complete,
    texts: texts.map(({ samples, color, back, ...look }) => ({
      ...look,
      ...judged(look, color, back, limits),
      color: hexOf(color),
      back: back && hexOf(back),
      samples: samples.map(({ text, mark }) => ({ text, at: placeOf(mark) })),
    })),
    targets: targets.map(({ mark, color, around, ...target }) => ({
      ...target,
      contrast: contrast(color, around),
      at: placeOf(mark),
    })),
  };
}

function judged(
  { size, bold }: Pick<TextLook, 'size' | 'bold'>,
  color: Rgb,
  back: Rgb | null,
  limits: Limits,
): Pick<Look, 'contrast' | 'wanted' | 'remedy'> {
  const large = size >= limits.large || (bold && size >= limits.largeBold);
  const wanted = large ? limits.contrastLarge : limits.contrast;
  const ratio = back && contrast(color, back);
  if (!back || ratio === null || ratio >= wanted) return { contrast: ratio, wanted, remedy: null };
  const { of, color: better } = remedyFor(color, back, wanted);
  return { contrast: ratio, wanted, remedy: { of, color: hexOf(better) } };
}
