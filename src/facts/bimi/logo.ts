/** The file of a logo against SVG Tiny Portable/Secure: read as text, tag by tag, so that nothing in it ever runs. */
import { Parser } from 'htmlparser2';
import { type Attributes, declaredBy, Namespaces, splitName, svg } from './logo/namespaces.ts';
import { allowed, children, only } from './logo/profile.ts';
import { isWellFormed } from './well-formed.ts';

/**
 * `file`: no SVG, or no well-formed XML. `entity`: it declares its own type or entities. `namespace`: it is not
 * SVG by name, or has a prefix that means nothing. `version`, `profile`: not version 1.2, not tiny-ps. `title`:
 * not one title, first, with words in it. `position`: x or y at the root. `shape`: not square. `element`,
 * `attribute`: outside the profile. `place`: an element where it may not be. `reference`: it leads out of the file.
 */
export interface LogoFault {
  fault:
    | 'file'
    | 'entity'
    | 'namespace'
    | 'version'
    | 'profile'
    | 'title'
    | 'position'
    | 'shape'
    | 'element'
    | 'attribute'
    | 'place'
    | 'reference';
  /** What was found there: each thing once, shortened, the first `named` of them. */
  found: readonly string[];
  /** How many more there are. */
  more: number;
}

const shown = 60;
const named = 12;

/** Each fault once. `text` is bounded by whoever fetched it. */
export function readLogo(text: string): LogoFault[] {
  // Nothing is expanded here, and a drawing that needs it is refused by whoever shows it.
  const declares = /<!(?:DOCTYPE|ENTITY)/i.test(text);
  const reading = new Reading();
  if (declares) reading.note('entity', '<!DOCTYPE');
  let attributes: [string, string][] = [];
  const parser = new Parser(
    {
      onattribute: (name, value) => attributes.push([name, value]),
      onopentag(name) {
        reading.open(name, attributes);
        attributes = [];
      },
      onprocessinginstruction(name, data) {
        if (/^\?xml-stylesheet$/i.test(name)) reading.note('reference', `<${data}>`);
      },
      ontext: (data) => reading.text(data),
      onclosetag: () => reading.close(),
    },
    { xmlMode: true, decodeEntities: true, recognizeSelfClosing: true },
  );
  parser.write(text);
  // What is still open here would be closed for it.
  const whole = (declares || isWellFormed(text)) && reading.isWhole();
  parser.end();
  if (!whole) return [{ fault: 'file', found: [shorten(text.trim())], more: 0 }];
  return reading.faults();
}

interface Open {
  name: string;
  /** Of another namespace. */
  foreign: boolean;
  filled: boolean;
  count: number;
}

/** One drawing, from its first tag to its last. */
class Reading {
  readonly #faults = new Map<LogoFault['fault'], Set<string>>();
  readonly #namespaces = new Namespaces();
  readonly #open: Open[] = [];
  #roots = 0;
  #root = '';
  /** The namespace that the drawing calls its own, so that a wrong one is said once. */
  #home = svg;
  #titles = 0;

  note(fault: LogoFault['fault'], found = ''): void {
    const noted = this.#faults.get(fault) ?? new Set();
    if (found !== '') noted.add(shorten(found));
    this.#faults.set(fault, noted);
  }

  open(name: string, attributes: Attributes): void {
    this.#namespaces.enter(attributes);
    const [prefix, local] = splitName(name);
    const parent = this.#open.at(-1);
    if (!parent) this.#readRoot(prefix, local, attributes);
    const space = this.#namespaces.of(prefix) ?? '';
    const foreign = space !== this.#home;
    if (parent) {
      this.#readElement(name, local, foreign, parent);
      parent.count += 1;
    }
    const list = foreign ? undefined : allowed.get(local);
    for (const [key, value] of attributes) this.#readAttribute(key, value, list, foreign);
    this.#open.push({ name: foreign ? name : local, foreign, filled: false, count: 0 });
  }

  text(data: string): void {
    const last = this.#open.at(-1);
    if (last && data.trim() !== '') last.filled = true;
  }

  close(): void {
    const closed = this.#open.pop();
    this.#namespaces.leave();
    if (!closed || closed.foreign || closed.filled) return;
    if (closed.name === 'title' && this.#open.length === 1) this.note('title', 'title');
    if (closed.name === 'desc') this.note('title', 'desc');
  }

  isWhole(): boolean {
    return this.#open.length === 0 && this.#roots === 1 && this.#root === 'svg';
  }

  faults(): LogoFault[] {
    if (this.#titles !== 1) this.note('title');
    return [...this.#faults].map(([fault, found]) => ({
      fault,
      found: [...found].slice(0, named),
      more: Math.max(0, found.size - named),
    }));
  }

  #readRoot(prefix: string, local: string, attributes: Attributes): void {
    this.#roots += 1;
    this.#root = local;
    if (local !== 'svg') return;
    const own = this.#namespaces.of('') ?? '';
    if (own !== svg) this.note('namespace', `xmlns="${own}"`);
    this.#home = this.#namespaces.of(prefix) ?? '';
    const said = new Map(attributes);
    if (said.get('version')?.trim() !== '1.2') this.note('version', said.get('version'));
    if (said.get('baseProfile')?.trim() !== 'tiny-ps') this.note('profile', said.get('baseProfile'));
    for (const axis of ['x', 'y']) {
      if (said.has(axis)) this.note('position', `${axis}="${said.get(axis)}"`);
    }
    const box = said.get('viewBox') ?? '';
    const [, , width, height] = box
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    if (!width || !(width > 0) || width !== height) this.note('shape', box);
  }

  #readElement(name: string, local: string, foreign: boolean, parent: Open): void {
    if (foreign) {
      // What stands within something foreign goes with it.
      if (!parent.foreign) this.note('element', name);
    } else if (!allowed.has(local)) {
      this.note('element', local);
    } else if (!parent.foreign && allowed.has(parent.name) && !children.get(parent.name)?.has(local)) {
      this.note('place', `${local} < ${parent.name}`);
    } else if (local === 'title' && this.#open.length === 1) {
      this.#titles += 1;
      if (parent.count > 0) this.note('title', 'title');
    }
  }

  /** `list`: what its element may have; undefined where the element itself may not be. */
  #readAttribute(key: string, value: string, list: ReadonlySet<string> | undefined, foreign: boolean): void {
    if (declaredBy(key) !== null) return;
    const [prefix, local] = splitName(key);
    const one = only.get(key);
    if (prefix !== '' && this.#namespaces.of(prefix) === undefined) {
      this.note('namespace', key);
    } else if (list && !(this.#open.length === 0 && /^[xy]$/.test(key))) {
      if (!list.has(key)) this.note('attribute', key);
      else if (one && !one.test(value)) this.note('attribute', `${key}="${value}"`);
    }
    if (!foreign && (leads.has(local) || key === 'xml:base') && !isWithin(value))
      this.note('reference', value);
    for (const [, target = ''] of plain(value).matchAll(/url\(\s*['"]?([^'")\s]*)/gi)) {
      if (!target.startsWith('#')) this.note('reference', target === '' ? 'url()' : target);
    }
  }
}

const leads = new Set(['href', 'src']);

function isWithin(value: string): boolean {
  const target = value.trim();
  return target === '' || target.startsWith('#');
}

/** Without the escapes that a reader of styles would undo (CSS Syntax, section 4.3.7). */
function plain(value: string): string {
  if (!value.includes('\\')) return value;
  return value.replace(/\\(?:([0-9a-f]{1,6})\s?|(.))/gis, (_, code?: string, sign?: string) => {
    const point = code === undefined ? 0 : Number.parseInt(code, 16);
    return sign ?? (point <= 0x10_ff_ff ? String.fromCodePoint(point) : '');
  });
}

function shorten(text: string): string {
  return text
    .slice(0, shown * 4)
    .replace(/\p{C}+/gu, ' ')
    .slice(0, shown);
}
