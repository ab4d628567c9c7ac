/** The HTML part: what it shows, where it points, and where each thing stands in what was submitted. */
import type { Place } from '../place.ts';
import type { Policy } from '../rule.ts';
import { type Element, isElement } from '../submission/markup.ts';
import type { Submission } from '../submission.ts';
import { type Places, sourcePlaces } from './html-places.ts';
import { fold, isHidden, readText } from './html-text.ts';

export interface Link {
  /** As written, entities decoded; null when the attribute is absent. */
  href: string | null;
  /** What a reader sees: text and the alternative text of images, else the label that is read aloud. */
  text: string;
  at: Place | undefined;
}

export interface Image {
  src: string | null;
  /** null when the attribute is absent, which is not the same as empty. */
  alt: string | null;
  /** No reader sees it: a line or pixel of at most one CSS pixel, or hidden, or inside something hidden. */
  hidden: boolean;
  /** Marked as telling nothing: role=presentation. */
  decorative: boolean;
  at: Place | undefined;
}

export interface HtmlFact {
  /** Bytes of the HTML as it is sent, in UTF-8. */
  bytes: number;
  /** Text in reading order, white space folded; hidden text left out. */
  text: string;
  links: readonly Link[];
  /** Every id and anchor name that a link can jump to. */
  anchors: ReadonlySet<string>;
  images: readonly Image[];
}

/** Links inside each other may all hold the same long text. */
const linkTextLength = 2000;

/** null when the message has no HTML part. Never fails: all of it stands in the submission. */
export async function gatherHtml({
  submission,
  policy,
}: {
  submission: Submission;
  policy: Pick<Policy, 'limits'>;
}): Promise<HtmlFact | null> {
  const { markup } = submission;
  if (!markup) return null;
  const places = sourcePlaces(submission, markup, policy.limits);
  const elements = (selector: string) => markup.document(selector).toArray().filter(isElement);
  return {
    bytes: new TextEncoder().encode(markup.html).length,
    text: readText(markup.document.root()[0] ?? { type: 'root' }),
    links: elements('a, area').map((element) => ({
      href: element.attribs.href ?? null,
      text: linkText(element),
      at: places(element),
    })),
    anchors: new Set(
      elements('[id], a[name]').flatMap(({ attribs }) => [attribs.id ?? '', attribs.name ?? '']),
    ),
    images: elements('img').map((element) => readImage(element, places)),
  };
}

function linkText(element: Element): string {
  const { alt, title, 'aria-label': label } = element.attribs;
  const text = readText(element, { images: true, length: linkTextLength });
  return text || fold((label ?? alt ?? title ?? '').slice(0, linkTextLength));
}

function readImage(element: Element, places: Places): Image {
  const { src, alt, role } = element.attribs;
  const hidden =
    !src?.trim() || isTiny(element, 'width') || isTiny(element, 'height') || isInsideHidden(element);
  const decorative = role === 'presentation' || role === 'none';
  return { src: src ?? null, alt: alt ?? null, hidden, decorative, at: places(element) };
}

/** Each element's answer is kept: a page can hold a hundred thousand images deep inside the same ones. */
const insideHidden = new WeakMap<Element, boolean>();

function isInsideHidden(element: Element): boolean {
  const path: Element[] = [];
  let result = false;
  for (let at: Element | null = element; at; at = parentOf(at)) {
    const before = insideHidden.get(at);
    if (before !== undefined) {
      result = before;
      break;
    }
    path.push(at);
  }
  for (const one of path.reverse()) {
    result = result || isHidden(one) || one.attribs['aria-hidden'] === 'true';
    insideHidden.set(one, result);
  }
  return result;
}

function parentOf({ parent }: Element): Element | null {
  return parent && isElement(parent) ? parent : null;
}

const styleSides = {
  width: /(?:^|;)\s*width\s*:\s*(\d{1,5}(?:\.\d{1,5})?)px/i,
  height: /(?:^|;)\s*height\s*:\s*(\d{1,5}(?:\.\d{1,5})?)px/i,
};

/** At most one CSS pixel; the style wins over the attribute, as in a browser. */
function isTiny({ attribs }: Element, side: 'width' | 'height'): boolean {
  const text = styleSides[side].exec(attribs.style ?? '')?.[1] ?? attribs[side];
  return text !== undefined && Number.parseFloat(text) <= 1;
}
