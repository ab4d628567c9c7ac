/** What style elements say of which elements show: only what is certain hides, whatever might show does. */
import type { Element } from '../../submission/markup.ts';
import { type Declaration, endOfToken, odd, readDeclarations, shorten } from './declarations.ts';

/** What rules that may hold for an element do. */
export const does = {
  /** Give it a display that shows, and win over a mere class. */
  shows: 1,
  /** The same with !important: wins over a style attribute, at least on some screens. */
  forces: 2,
  /** The same on every screen. */
  forcesAlways: 4,
  makesVisible: 8,
  sizes: 16,
  /** Change what clips, moves or fades it, on every screen, with !important. */
  loosens: 32,
};

export interface Sheets {
  /** Which of `does`, added up. */
  effects(element: Element): number;
  /** A rule for just this class or id, in no at-rule, that says display:none. */
  hides(element: Element): 'no' | 'plain' | 'important';
}

/** More of them on one element say nothing more. */
const classesAtMost = 50;
const groups = /^@(?:media|supports|layer|container|scope|document|-moz-document|starting-style)\b/i;
const everywhere = /^@media\s+(?:(?:only\s+)?(?:all|screen)\s*(?:,|$))/i;
const simple = /^([a-z][a-z0-9]*)?([.#][-\w]+)$/i;
const clipping =
  /^(?:opacity|overflow|overflow-[xy]|(?:max-|min-)?(?:width|height)|position|left|right|top|bottom|margin|margin-left|margin-top|padding.*)$/;

/** Reads all of them once. */
export function readSheets(styles: readonly Element[]): Sheets {
  const effects = new Map<string, number>();
  const hidden = { plain: new Set<string>(), important: new Set<string>() };
  for (const { attribs, children } of styles) {
    const type = attribs.type?.trim().toLowerCase() ?? '';
    if (type !== '' && type !== 'text/css') continue;
    const media = attribs.media?.trim() ?? '';
    const limited = media !== '' && !everywhere.test(`@media ${media}`);
    const css = children.map((child) => (child.type === 'text' ? child.data : '')).join('');
    readRules(css, limited, (selectors, declarations, conditional) => {
      const gist = gistOf(declarations, conditional);
      if (gist.effect === 0 && !gist.hides) return;
      // What is in brackets may be what it is not.
      const sure = gist.hides && !conditional && !selectors.includes('(');
      for (const selector of selectors.split(',')) note(selector.trim(), gist, sure);
    });
  }

  function note(selector: string, { effect, weak, important }: Gist, sure: boolean): void {
    if (sure && simple.test(selector)) hidden[important ? 'important' : 'plain'].add(selector);
    const won = /[.#[:]/.test(selector) ? effect : effect & ~weak;
    if (won === 0) return;
    for (const name of subjectsOf(selector)) effects.set(name, (effects.get(name) ?? 0) | won);
  }

  const splits = new Map<string, readonly string[]>();
  const classesOf = (text: string) => {
    const known = splits.get(text);
    if (known) return known;
    const classes = text.trim().split(/\s+/, classesAtMost);
    splits.set(text, classes);
    return classes;
  };
  const namesOf = ({ attribs }: Element) => [
    ...(attribs.class ? classesOf(attribs.class).map((one) => `.${one}`) : []),
    ...(attribs.id ? [`#${attribs.id}`] : []),
  ];
  const isNamed = ({ attribs }: Element) => Boolean(attribs.class || attribs.id);
  const idle = effects.size === 0;
  const shy = hidden.plain.size + hidden.important.size === 0;
  return {
    effects(element) {
      if (idle) return 0;
      let all = (effects.get('*') ?? 0) | (effects.get(element.name) ?? 0);
      if (!isNamed(element)) return all;
      for (const name of namesOf(element)) all |= effects.get(name.toLowerCase()) ?? 0;
      return all;
    },
    hides(element) {
      if (shy || !isNamed(element)) return 'no';
      const names = namesOf(element);
      for (const kind of ['important', 'plain'] as const) {
        const set = hidden[kind];
        if (names.some((name) => set.has(name) || set.has(`${element.name}${name}`))) return kind;
      }
      return 'no';
    },
  };
}

interface Gist {
  effect: number;
  /** Those of the effects that need more than an element's name to win. */
  weak: number;
  hides: boolean;
  important: boolean;
}

function gistOf(declarations: readonly Declaration[], conditional: boolean): Gist {
  let effect = 0;
  let weak = 0;
  let display: Declaration | undefined;
  for (const declaration of declarations) {
    const { property, value, important } = declaration;
    if (property === 'display' && (important || !display?.important)) display = declaration;
    if (property === 'visibility' && !/^(?:hidden|collapse)$/.test(value)) effect |= does.makesVisible;
    if ((property === 'font-size' || property === 'font') && !/^0(?:[a-z%/ ]|$)/.test(value))
      effect |= does.sizes;
    if (important && !conditional && clipping.test(property)) effect |= does.loosens;
  }
  const hides = display?.value === 'none';
  if (display && !hides) {
    effect |= does.shows;
    if (display.important) effect |= conditional ? does.forces : does.forces | does.forcesAlways;
    else weak |= does.shows;
  }
  return { effect, weak, hides, important: display?.important ?? false };
}

/** What the last part of a selector names, in lower case: its class or id, else its element, else everything. */
function subjectsOf(selector: string): string[] {
  const plain = selector.replace(/\([^()]*\)?|\[[^[\]]*\]?/g, '');
  if (selector.includes(odd)) return ['*'];
  if (/::|:(?:before|after)/i.test(plain)) return [];
  const last =
    plain
      .trim()
      .split(/[\s>+~]+/)
      .at(-1) ?? '';
  const name = /[.#][-\w\x80-\uffff]+/.exec(last)?.[0] ?? /^[a-z][a-z0-9]*/i.exec(last)?.[0];
  return [name?.toLowerCase() ?? '*'];
}

const concerned = /disp|visib|font|important|\\/i;
/** What needs no look character by character. */
const plainRun = /[^\\"'(){};/<@-]+/y;
const special = /[\\"'({}/]/g;

/** Each rule with a selector, in groups such as @media as well. */
function readRules(
  css: string,
  limited: boolean,
  take: (selectors: string, declarations: Declaration[], conditional: boolean) => void,
): void {
  const around: boolean[] = [limited];
  let prelude = '';
  let first = '';
  const startOver = () => {
    prelude = '';
    first = '';
  };
  for (let at = 0, end = 0; at < css.length; at = end) {
    plainRun.lastIndex = at;
    const run = plainRun.exec(css)?.[0];
    end = run === undefined ? endOfToken(css, at) : at + run.length;
    const token = run ?? shorten(css, at, end);
    if (token === '{') {
      const head = prelude.trim();
      const conditional = around.at(-1) ?? false;
      startOver();
      if (groups.test(head)) {
        around.push(conditional || !everywhere.test(head));
        continue;
      }
      end = endOfBlock(css, end);
      const body = css.slice(at + 1, end - 1);
      if (!head.startsWith('@') && concerned.test(body)) take(head, readDeclarations(body), conditional);
    } else if (token === '}' && around.length > 1) {
      around.pop();
      startOver();
    } else if (token === ';' && first === '@') startOver();
    else if (token === '<' && css.startsWith('<!--', at)) end = at + 4;
    else if (token === '-' && css.startsWith('-->', at)) end = at + 3;
    else {
      first ||= token.trim();
      prelude += token;
    }
  }
}

/** Behind the brace that closes it. */
function endOfBlock(css: string, from: number): number {
  let depth = 1;
  for (let end = from; end < css.length; ) {
    special.lastIndex = end;
    const at = special.exec(css)?.index ?? css.length;
    end = endOfToken(css, at);
    if (end > at + 1) continue;
    if (css[at] === '{') depth += 1;
    else if (css[at] === '}') depth -= 1;
    if (depth === 0) return end;
  }
  return css.length + 1;
}
