/** What hiding does not reach is shown, where a client's hiding stops at some elements. Changes the tree. */
import { type Element, isElement } from '../../submission/markup.ts';
import { hidingOf, uncoveredIn } from '../css/hiding.ts';

const hidden = /(?:^|;)display:none(?: !important)?(?=;|$)/;
const rows = new Set(['tbody', 'thead', 'tfoot', 'tr', 'td', 'th']);

/** `elements` in the order of the document, their styles and the rules that hide as the client reads them. */
export function uncover(
  elements: readonly Element[],
  stopsAt: readonly string[],
  selectors: ReadonlySet<string>,
): void {
  if (stopsAt.length === 0) return;
  const known = new Map<Element, readonly Element[]>();
  const { hides, mayHide } = hidingOf(
    selectors,
    ({ attribs }) => attribs.style !== undefined && hidden.test(attribs.style),
  );
  // The innermost first: what stands around it then has only what is left to look through.
  for (const element of elements.toReversed()) {
    if (!hides(element)) continue;
    const uncovered = uncoveredIn(element, stopsAt, mayHide, known);
    known.set(element, uncovered);
    if (uncovered.length > 0) show(element, uncovered);
  }
}

/** Parts of a table stay what they are, since anything else would be moved out of it when it is read again. */
function show(element: Element, shown: readonly Element[]): void {
  const wasTable = element.name === 'table';
  if (wasTable) element.name = 'x-shown';
  element.attribs = {
    style: wasTable ? 'display:block' : (element.attribs.style ?? '').replace(hidden, '').replace(/^;/, ''),
  };
  let around = element;
  while (rows.has(around.name) && !/^t[dh]$/.test(around.name)) {
    const part = around.children.find((child): child is Element => isElement(child) && rows.has(child.name));
    if (!part) break;
    part.attribs = {};
    fill(around, [part]);
    around = part;
  }
  fill(around, shown);
}

function fill(element: Element, children: readonly Element[]): void {
  element.children = [...children];
  for (const [i, child] of children.entries()) {
    child.parent = element;
    child.prev = children[i - 1] ?? null;
    child.next = children[i + 1] ?? null;
  }
}
