/** The HTML part: what it shows, where it points, and where each thing stands in what was submitted. */
import type { Place } from '../place.ts';
import type { Policy } from '../rule.ts';
import { keptOn } from '../submission/kept.ts';
import type { Element } from '../submission/markup.ts';
import type { Submission } from '../submission.ts';
import { type Background, backgroundsOf, hasBase, partNames } from './html/addresses.ts';
import { fieldsOf, type HtmlFields } from './html/fields.ts';
import { linksForOutlook, type OutlookLink, outlookPage } from './html/outlook.ts';
import { type Places, sourcePlaces } from './html/places.ts';
import { type Preview, previewOf } from './html/preview.ts';
import { fold } from './html/text.ts';
import { walked } from './html/walked.ts';
import { linkHost, type WebHost, writtenAddress } from './message/web-host.ts';

export interface Link {
  /** As written, entities decoded; null when the attribute is absent. */
  href: string | null;
  /** What a reader sees: text and the alternative text of images, else the label that is read aloud. */
  text: string;
  /** The first picture in it, as its src is written; null: it has none. */
  picture: string | null;
  /** Where it begins and ends in the page's text; null: no reader sees it. */
  span: readonly [number, number] | null;
  /** Where it goes on the web; null: elsewhere, nowhere, or not known before it is sent. */
  target: WebHost | null;
  /** Where its text says that it goes; null: the text is words. */
  shown: WebHost | null;
  at: Place | undefined;
}

export interface Image {
  src: string | null;
  /** null when the attribute is absent, which is not the same as empty. */
  alt: string | null;
  /** No reader sees it: a line or pixel of at most one CSS pixel, or hidden, or inside something hidden. */
  hidden: boolean;
  /** It would be seen, but names no file. */
  empty: boolean;
  /** Marked as telling nothing: role=presentation. */
  decorative: boolean;
  /** CSS pixels, where they are written. */
  width: number | null;
  height: number | null;
  at: Place | undefined;
}

export interface HtmlFact {
  /** Bytes of the HTML as it is sent, in UTF-8. */
  bytes: number;
  /** Text in reading order, white space folded; hidden text left out. */
  text: string;
  links: readonly Link[];
  /** Those that Outlook for Windows alone shows, and that lead elsewhere than the ones above. */
  outlookLinks: readonly OutlookLink[];
  /** Every id and anchor name that a link can jump to. */
  anchors: ReadonlySet<string>;
  images: readonly Image[];
  /** Pictures behind what a reader sees, as attributes and style attributes name them. */
  backgrounds: readonly Background[];
  /** Something in the mail says where addresses without a host begin; several mail programs go by it. */
  base: boolean;
  /** What `cid:` can name, in lower case; a template has no parts yet. */
  parts: ReadonlySet<string>;
  /** The language tag of the whole page as written; `at` is where it stands or should. */
  language: { tag: string | null; at: Place | undefined };
  /** What lists of mails show of it; null: the page has no text. */
  preview: Preview | null;
  /** Merge fields that a reader, or whoever follows a link, would meet as they stand. */
  mergeFields: HtmlFields['mergeFields'];
  /** Those that are shown as examples of code. */
  fieldsInCode: HtmlFields['fieldsInCode'];
}

/** Longer ones say it in the beginning, or are hostile. */
const labelLength = 2000;

/** Several facts read it. */
const known = keptOn<Submission, HtmlFact>('html');

/** null when the message has no HTML part. @throws FactError `too-much`, of what Outlook alone shows. */
export async function gatherHtml({
  submission,
  policy,
}: {
  submission: Submission;
  policy: Pick<Policy, 'limits'>;
}): Promise<HtmlFact | null> {
  const { markup } = submission;
  if (!markup) return null;
  const before = known.get(submission);
  if (before) return before;
  const places = sourcePlaces(submission, markup, policy.limits);
  const walk = walked(markup);
  const hosts = remember(linkHost);
  const images = walk.images.map(({ element, hidden }) => readImage(element, hidden, places));
  // The first of a link is written last.
  const pictures = new Map(walk.images.toReversed().map(({ element, link }) => [link, element.attribs.src]));
  const links = walk.links.map((link): Link => {
    const { element, text, span } = link;
    const said = text || labelOf(element);
    const href = element.attribs.href ?? null;
    return {
      href,
      text: said,
      picture: pictures.get(link) ?? null,
      span,
      target: href === null ? null : hosts(href),
      shown: writtenAddress(said),
      at: places(element),
    };
  });
  const fact: HtmlFact = {
    bytes: new TextEncoder().encode(markup.html).length,
    text: walk.text,
    language: languageOf(walk.outer, places),
    links,
    outlookLinks: linksForOutlook(outlookPage(submission, markup, policy.limits), links),
    anchors: walk.anchors,
    images,
    backgrounds: backgroundsOf(walk.labelled, places),
    base: hasBase(walk.base, submission.message),
    parts: partNames(submission.attachments),
    preview: previewOf(walk, markup.html, places),
    ...fieldsOf(walk, links, images, places, markup.html),
  };
  known.set(submission, fact);
  return fact;
}

/** Many links of a mail go to the same place. */
function remember<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const found = read(text);
    known.set(text, found);
    return found;
  };
}

function labelOf({ attribs: { alt, title, 'aria-label': label } }: Element): string {
  return fold((label ?? alt ?? title ?? '').slice(0, labelLength));
}

/** Mail programs take html and body away, so designers write it on the first element as well. */
function languageOf(outer: readonly Element[], places: Places): HtmlFact['language'] {
  const written = outer.find(({ attribs }) => attribs.lang?.trim());
  const [html] = outer;
  return {
    tag: written?.attribs.lang?.trim().slice(0, labelLength) ?? null,
    at: written ? places(written) : html && places(html),
  };
}

function readImage(element: Element, insideHidden: boolean, places: Places): Image {
  const { src, alt, role } = element.attribs;
  const width = sideOf(element, 'width');
  const height = sideOf(element, 'height');
  const unseen = insideHidden || (width ?? 2) <= 1 || (height ?? 2) <= 1;
  const hidden = unseen || !src?.trim();
  const empty = hidden && !unseen && !element.attribs.srcset;
  const decorative = role === 'presentation' || role === 'none';
  return {
    src: src ?? null,
    alt: alt ?? null,
    hidden,
    empty,
    decorative,
    width,
    height,
    at: places(element),
  };
}

const styleSides = {
  width: /(?:^|;)\s*width\s*:\s*(\d{1,5}(?:\.\d{1,5})?)px/i,
  height: /(?:^|;)\s*height\s*:\s*(\d{1,5}(?:\.\d{1,5})?)px/i,
};

/** CSS pixels as written; the style wins over the attribute, as in a browser. A share of something is null. */
export function sideOf({ attribs }: Element, side: 'width' | 'height'): number | null {
  const written = attribs[side]?.trim();
  const text =
    styleSides[side].exec(attribs.style ?? '')?.[1] ?? (written?.endsWith('%') ? undefined : written);
  const pixels = Number.parseFloat(text ?? '');
  return Number.isNaN(pixels) ? null : pixels;
}
