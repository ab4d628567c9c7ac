/** The nodes of a page that are no elements, in one pass over the elements. */
import type { Element, Markup } from '../../submission/markup.ts';
import type { Comment } from './comments.ts';
import type { PageText } from './words.ts';

const unread = new Set(['script', 'style', 'template']);

/** Comments in the order of the source, and the texts that somebody may read, those in the title among them. */
export function nodesOf(
  { root }: Markup,
  elements: readonly Element[],
): { comments: Comment[]; texts: PageText[] } {
  const comments: Comment[] = [];
  const texts: PageText[] = [];
  const look = (children: Element['children'], element: Element | null) => {
    for (const node of children) {
      const at = node.sourceCodeLocation;
      if (node.type === 'comment' && at)
        comments.push({ data: node.data, start: at.startOffset, end: at.endOffset });
      if (node.type === 'text' && !unread.has(element?.name ?? ''))
        texts.push({ data: node.data, start: at?.startOffset, end: at?.endOffset ?? 0, element });
    }
  };
  look(root.children as Element['children'], null);
  for (const element of elements) look(element.children, element);
  comments.sort((one, two) => one.start - two.start);
  return { comments, texts };
}
