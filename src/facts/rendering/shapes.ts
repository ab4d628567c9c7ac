/**
 * Shapes of VML as plain boxes of their colour: Chromium cannot draw them. Their pictures, lines and shadows are
 * left out.
 */
import { type Element, isElement } from '../../submission/markup.ts';
import { colourOfAttribute } from './darkness.ts';

const shapes: ReadonlySet<string> = new Set(['v:rect', 'v:roundrect', 'v:oval', 'v:shape', 'v:image']);

/** True for an element that VML draws. */
export function isShape({ name }: Element): boolean {
  return shapes.has(name);
}

/** CSS of the box; `turn` is what dark mode does to a colour. */
export function boxOfShape(shape: Element, turn: (colour: string) => string): string {
  const { style = '', arcsize } = shape.attribs;
  const fill = shape.children.find((child): child is Element => isElement(child) && child.name === 'v:fill');
  const colour = fillOf(shape, fill);
  const part = shape.name === 'v:roundrect' ? Number.parseFloat(arcsize ?? '20') / 100 : 0;
  const height = Number.parseFloat(/(?:^|;)\s*height\s*:\s*([\d.]+)px/i.exec(style)?.[1] ?? '0');
  const radius = shape.name === 'v:oval' ? '50%' : `${Math.round(Math.min(part, 0.5) * height)}px`;
  return [
    /v-text-anchor:\s*middle/i.test(style)
      ? 'display:inline-flex;align-items:center;justify-content:center'
      : 'display:inline-block',
    'vertical-align:middle',
    ...lengths(style),
    ...(radius === '0px' ? [] : [`border-radius:${radius}`]),
    ...(colour ? [`background-color:${turn(colour)}`] : []),
  ].join(';');
}

/** Whether it shows a picture, which is then missing. */
export function hasPicture(shape: Element): boolean {
  return shape.name === 'v:image' || shape.children.some((one) => isElement(one) && Boolean(one.attribs.src));
}

function fillOf({ name, attribs }: Element, fill: Element | undefined): string | undefined {
  const off = /^(?:f|false|0)$/i;
  if (name === 'v:image' || off.test(attribs.fill ?? '') || off.test(attribs.filled ?? '')) return undefined;
  if (fill && off.test(fill.attribs.on ?? '')) return undefined;
  const colour = fill?.attribs.color ?? attribs.fillcolor;
  return colour === undefined ? undefined : colourOfAttribute(colour);
}

/** Height is the least one: text makes the shape grow. */
function lengths(style: string): string[] {
  return style.split(';').flatMap((part) => {
    const [, name, value] = /^\s*(width|height)\s*:\s*(\d+(?:\.\d+)?(?:px|pt|in|%)?)\s*$/i.exec(part) ?? [];
    if (!name || !value) return [];
    const property = name.toLowerCase() === 'height' ? 'min-height' : 'width';
    return [`${property}:${/\d$/.test(value) ? `${value}px` : value}`];
  });
}
