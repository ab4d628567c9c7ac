/** The tags of a page as a browser with scripts reads them (WHATWG HTML, section 13.2), within bounds. */
import {
  defaultTreeAdapter,
  html,
  Parser,
  type Token,
  TokenizerMode,
  type TreeAdapter,
  type TreeAdapterTypeMap,
} from 'parse5';
import { textStates } from './long-data.ts';

/** Browsers nest no deeper than 512. */
const depthAtMost = 520;
/** Opening and closing ones, with the attributes of all. */
const tagsAtMost = 200_000;
/** Of one tag: the parser compares each new one with all before it, so the cost is the square. */
const attributesAtMost = 200;
/** Characters between two looks at the tag that is being read. */
const pieceLength = 4096;

/** No more of the tree than the parser asks for: a list of children would be searched for each that is moved. */
interface Branch {
  name: string;
  namespace: html.NS;
  attrs: Token.Attribute[];
  parent: Branch | null;
  content?: Branch;
}

type Branches = TreeAdapterTypeMap<
  Branch,
  Branch,
  Branch,
  Branch,
  Branch,
  Branch,
  Branch,
  Branch,
  Branch,
  Branch
>;

function branch(name: string, namespace = html.NS.HTML, attrs: Token.Attribute[] = []): Branch {
  return { name, namespace, attrs, parent: null };
}

const adapter: TreeAdapter<Branches> = {
  ...(defaultTreeAdapter as unknown as TreeAdapter<Branches>),
  adoptAttributes() {},
  appendChild(parent, child) {
    child.parent = parent;
  },
  insertBefore(parent, child) {
    child.parent = parent;
  },
  detachNode(child) {
    child.parent = null;
  },
  insertText() {},
  insertTextBefore() {},
  createDocument: () => branch('#document'),
  createDocumentFragment: () => branch('#fragment'),
  createElement: branch,
  createCommentNode: () => branch('#comment'),
  getAttrList: ({ attrs }) => attrs,
  getChildNodes: () => [],
  getFirstChild: () => null,
  getNamespaceURI: ({ namespace }) => namespace,
  getParentNode: ({ parent }) => parent,
  getTagName: ({ name }) => name,
  getTemplateContent: (element) => element.content ?? element,
  setTemplateContent(element, content) {
    element.content = content;
  },
  getDocumentMode: () => html.DOCUMENT_MODE.NO_QUIRKS,
  setDocumentMode() {},
  setDocumentType() {},
};

type Match = (name: string, attributes: ReadonlyMap<string, string>) => boolean;

/** Tells of the first tag that matches, and stops there, or where it would cost too much to go on. */
class Tags extends Parser<Branches> {
  readonly #matches: Match;
  #count = 0;
  found = false;
  ended = false;

  constructor(matches: Match) {
    super({ treeAdapter: adapter, scriptingEnabled: true });
    this.#matches = matches;
  }

  stop(): void {
    this.ended = true;
    this.tokenizer.pause();
  }

  #counted({ attrs }: Token.TagToken): boolean {
    this.#count += 1 + attrs.length;
    if (this.#count > tagsAtMost || attrs.length > attributesAtMost) this.stop();
    return !this.ended;
  }

  override onStartTag(token: Token.TagToken): void {
    if (!this.#counted(token)) return;
    if (this.#matches(token.tagName, new Map(token.attrs.map(({ name, value }) => [name, value])))) {
      this.found = true;
      this.stop();
    } else super.onStartTag(token);
  }

  override onEndTag(token: Token.TagToken): void {
    if (this.#counted(token)) super.onEndTag(token);
  }

  override onItemPush(node: Branch, id: number, isTop: boolean): void {
    super.onItemPush(node, id, isTop);
    if (this.openElements.stackTop > depthAtMost) this.stop();
  }
}

/** Pictures that stand in a page; in text and in values, no letter of them ends anything. */
const payload = new Uint8Array(128);
for (const sign of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=')
  payload[sign.charCodeAt(0)] = 1;
const payloadAtLeast = 512;
const kept = 16;
/** In styles and scripts nothing but this sign is of account. */
const raw: ReadonlySet<number> = new Set([
  TokenizerMode.RCDATA,
  TokenizerMode.RAWTEXT,
  TokenizerMode.SCRIPT_DATA,
]);

/**
 * `whole`: false where there is more than is read. Never fails; the parser spends about 1 µs on each character, those of
 * pictures and styles aside, and the budget counts them.
 */
export function readTags(
  text: string,
  matches: Match,
  budget: { characters: number },
): { found: boolean; whole: boolean } {
  const tags = new Tags(matches);
  const { tokenizer } = tags;
  // Not public in its types; a flood of attributes can be seen only in the tag that is being read.
  const reading = tokenizer as unknown as { currentToken: { attrs?: unknown[] } | null };
  const write = (from: number, to: number) => {
    for (let at = from; at < to && !tags.ended; at += pieceLength) {
      if (raw.has(tokenizer.state)) {
        const next = text.indexOf('<', at);
        at = next === -1 || next > to ? to : next;
      }
      const piece = text.slice(at, Math.min(at + pieceLength, to));
      budget.characters -= piece.length;
      if (budget.characters < 0) return tags.stop();
      tokenizer.write(piece, false);
      if ((reading.currentToken?.attrs?.length ?? 0) > attributesAtMost) tags.stop();
    }
  };
  let from = 0;
  for (const [start, end] of payloadsOf(text)) {
    write(from, start + kept);
    from = textStates.has(tokenizer.state) ? end - kept : start + kept;
    if (tags.ended) break;
  }
  write(from, text.length);
  if (!tags.ended) tokenizer.write('', true);
  return { found: tags.found, whole: !tags.ended };
}

/** Where each begins and ends; a pattern would need room for all its letters. */
function* payloadsOf(text: string): Generator<[number, number]> {
  let start = 0;
  for (let at = 0; at <= text.length; at += 1) {
    if (payload[text.charCodeAt(at)] === 1) continue;
    if (at - start >= payloadAtLeast) yield [start, at];
    start = at + 1;
  }
}
