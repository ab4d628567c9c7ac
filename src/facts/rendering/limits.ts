/** Properties that a client knows otherwise than a browser: its limits, applied to one value. */
import type { CssNode, Declaration, Value } from 'css-tree';
import type { PropertyLimit, Reading } from '../../rule.ts';
import { colourPart } from './darkness.ts';

type CssTree = typeof import('css-tree');

/** Each property's limits, in their order. */
export function limitsByProperty({ limits }: Reading): Map<string, PropertyLimit[]> {
  const map = new Map<string, PropertyLimit[]>();
  for (const limit of limits) {
    for (const property of limit.properties) map.set(property, [...(map.get(property) ?? []), limit]);
  }
  return map;
}

/** Whether the property works on the element at all. */
export function reaches({ on, except }: PropertyLimit, element: string): boolean {
  return (on?.includes(element) ?? true) && !except?.includes(element);
}

/** `:where` weighs nothing, so the cascade stays as it was. */
export function whereOf({ on, except }: PropertyLimit): string {
  if (on) return `:where(${on.join(',')})`;
  return except ? `:where(:not(${except.join(',')}))` : '';
}

/** What is left of the value; undefined: nothing. */
export function limited(
  css: CssTree,
  value: Declaration['value'],
  limit: PropertyLimit,
): Declaration['value'] | undefined {
  if (limit.only && !limit.only.includes(css.generate(value).toLowerCase())) return undefined;
  if (value.type !== 'Value') return value;
  const nodes = [...value.children];
  if (
    limit.negative === false &&
    nodes.some((node) => 'value' in node && /^-\d|^-\./.test(String(node.value)))
  ) {
    return undefined;
  }
  if (limit.colourOnly) return colourPart(css, value);
  const words = nodes.flatMap((node) => (node.type === 'Identifier' ? [node.name.toLowerCase()] : []));
  if (words.some((word) => limit.lacks?.includes(word)) || (limit.single && nodes.length > 1))
    return undefined;
  return limit.thickest === undefined ? value : thinned(css, value, limit.thickest);
}

/** Lengths in pixels and points down to the thickest. */
function thinned(css: CssTree, { children }: Value, thickest: number): Value {
  const pixels: Record<string, number> = { px: 1, pt: 4 / 3 };
  const isThick = (node: CssNode) =>
    node.type === 'Dimension' && Number(node.value) * (pixels[node.unit.toLowerCase()] ?? 0) > thickest;
  const nodes = [...children].map(
    (node): CssNode => (isThick(node) ? { type: 'Dimension', value: String(thickest), unit: 'px' } : node),
  );
  return { type: 'Value', children: new css.List<CssNode>().fromArray(nodes) };
}

/** The four sides of a margin; empty when it is not written as one to four plain values. */
export function sidesOf(css: CssTree, value: Value): { property: string; value: Value }[] {
  const nodes = [...value.children];
  const plain = nodes.every(({ type }) => /^(?:Dimension|Number|Percentage|Identifier)$/.test(type));
  const [top, right = top, bottom = top, left = right] = nodes;
  if (!plain || !top || !right || !bottom || !left || nodes.length > 4) return [];
  return Object.entries({ top, right, bottom, left }).map(([side, node]) => ({
    property: `margin-${side}`,
    value: { type: 'Value', children: new css.List<CssNode>().appendData(node) },
  }));
}
