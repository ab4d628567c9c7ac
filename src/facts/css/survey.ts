/** One walk in the order of the document: what features are looked for in, and what Word passes over. */
import { type Element, isElement, type Markup } from '../../submission/markup.ts';
import type { Names } from './uses.ts';

const snippetLength = 160;

export interface Survey {
  elements: { element: Element; hiddenFromWord: boolean }[];
  names: Names;
  vml: boolean;
  /** What is no element: comments and the doctype. */
  marks: { slug: string; line: number; column: number; snippet: string }[];
}

/** Elements, what selectors can mean, and conditions for Word. */
export function survey(markup: Markup): Survey {
  const elements: Survey['elements'] = [];
  const names = { elements: new Set<string>(), classes: new Set<string>(), ids: new Set<string>() };
  const marks: Survey['marks'] = [];
  let vml = false;
  let hidden = 0;
  for (let node: Node | null = markup.root.firstChild; node; node = following(node)) {
    const slug = markOf(node, markup.html);
    const at = node.sourceCodeLocation;
    if (slug && at) {
      const snippet = cut(markup.html, at.startOffset, at.endOffset);
      marks.push({ slug, line: at.startLine, column: at.startCol, snippet });
    }
    if (node.type === 'comment') {
      if (/<v:[a-z]/i.test(node.data)) vml = true;
      if (/^\s*(?:<!)?\[endif\]/i.test(node.data)) hidden = Math.max(0, hidden - 1);
      else if (notWord.test(node.data) && !/\[endif\]/i.test(node.data)) hidden += 1;
    }
    if (!isElement(node)) continue;
    elements.push({ element: node, hiddenFromWord: hidden > 0 });
    names.elements.add(node.name);
    for (const one of (node.attribs.class ?? '').toLowerCase().split(/\s+/)) names.classes.add(one);
    if (node.attribs.id) names.ids.add(node.attribs.id.toLowerCase());
  }
  return { elements, names, vml, marks };
}

/** A doctype of HTML5 has no identifiers; `<![if` opens no comment, though parsers make one of it. */
function markOf(node: Node, html: string): string | undefined {
  if (node.type === 'comment')
    return html.startsWith('<!--', node.sourceCodeLocation?.startOffset ?? html.length)
      ? 'html-comments'
      : undefined;
  return node.type === 'directive' && /^!doctype html$/i.test(node.data.trim()) ? 'html-doctype' : undefined;
}

function cut(text: string, start: number, end: number): string {
  return end - start > snippetLength
    ? `${text.slice(start, start + snippetLength - 1).toWellFormed()}…`
    : text.slice(start, end);
}

const notWord = /^\s*\[if\s+[(\s]*!/i;

type Node = Element['children'][number];

function following(node: Node): Node | null {
  if ('firstChild' in node && node.firstChild) return node.firstChild as Node;
  for (let at: Node | null = node; at; at = at.parent as Node | null) if (at.next) return at.next as Node;
  return null;
}
