/**
 * What a page is to somebody who has it read aloud, noted while it is walked: title, headings, tables, and the
 * languages and directions that its words stand in.
 */
import type { Element } from '../../submission/markup.ts';
import type { Sight } from './hidden.ts';
import { foldRun, Reading } from './text.ts';

export interface WalkedHeading {
  element: Element;
  level: number;
  /** Text and the alternative text of pictures, its beginning. */
  text: string;
}

export interface WalkedTable {
  element: Element;
  rows: number;
  /** Of the rows: cells of the shortest and of the longest. */
  narrowest: number;
  widest: number;
  cells: number;
  /** Cells with words. */
  filled: number;
  /** Characters of the cell that says most. */
  longest: number;
  /** Cells that are marked as headers. */
  headers: number;
  /** A header cell says what it is the header of, or the table has a caption or a head. */
  marked: boolean;
  pictures: number;
  /** Tables stand inside it. */
  nested: boolean;
}

/** Words in one language as it is written; null: no element says which. */
export interface WalkedTongue {
  tag: string | null;
  element: Element | null;
  /** The beginning of them. */
  text: string;
}

export interface WalkedOutline {
  /** null: there is no title element in the page. */
  title: { element: Element; text: string } | null;
  /** The meta element that says how a phone lays the page out. */
  viewport: Element | null;
  headings: WalkedHeading[];
  tables: WalkedTable[];
  tongues: WalkedTongue[];
  /** Characters that are read aloud; of those, what stands in no element of the body that tells language or direction. */
  heard: number;
  unspoken: number;
  undirected: number;
}

const headingsAtMost = 500;
const tablesAtMost = 5000;
const tonguesAtMost = 20;
const headingLength = 200;
const tongueLength = 4000;

interface OpenTable {
  table: WalkedTable;
  /** Cells in the row that is read, and characters in the cell. */
  row: number;
  cell: number;
}

interface OpenTongue {
  tag: string | null;
  reading: Reading;
  element: Element | null;
}

interface Said {
  tongue: OpenTongue | null;
  /** Within the body. */
  spoken: boolean;
  directed: boolean;
}

/** Is told of every element in reading order, when it begins and when it ends. */
export class Outline {
  readonly walked: WalkedOutline = {
    title: null,
    viewport: null,
    headings: [],
    tables: [],
    tongues: [],
    heard: 0,
    unspoken: 0,
    undirected: 0,
  };
  readonly #headings: Reading[] = [];
  readonly #tables: OpenTable[] = [];
  readonly #tongues = new Map<string, OpenTongue>();
  #said: Said = { tongue: null, spoken: false, directed: false };

  /** Returns what is to be done where the element ends. */
  enter(element: Element, { silent }: Sight): (() => void) | undefined {
    const { name, attribs } = element;
    if (name === 'title') this.#title(element);
    if (name === 'meta' && attribs.name?.trim().toLowerCase() === 'viewport') this.walked.viewport = element;
    if (silent) return undefined;
    const level = levelOf(element);
    if (level !== null && this.walked.headings.length < headingsAtMost) return this.#heading(element, level);
    if (name === 'table') return this.#table(element);
    if (name === 'tr' || name === 'td' || name === 'th') return this.#cell(element);
    const open = this.#tables.at(-1);
    if (open && name === 'img') open.table.pictures += 1;
    if (open && (name === 'caption' || name === 'thead')) open.table.marked = true;
    if (name === 'img') for (const heading of this.#headings) heading.add(foldRun(` ${attribs.alt ?? ''} `));
    return this.#tell(element);
  }

  /** Text that stands in what was entered last, its blanks folded. */
  read(text: string, { silent }: Sight): void {
    if (silent) return;
    const letters = text.trim().length;
    for (const heading of this.#headings) heading.add(text);
    if (letters === 0) return;
    const open = this.#tables.at(-1);
    if (open) open.cell += letters;
    const { tongue, spoken, directed } = this.#said;
    this.walked.heard += letters;
    if (!spoken) this.walked.unspoken += letters;
    if (!directed) this.walked.undirected += letters;
    (tongue ?? this.#tongueOf(null, null))?.reading.add(`${text} `);
  }

  /** All that was noted. */
  take(): WalkedOutline {
    for (const { tag, element, reading } of this.#tongues.values())
      this.walked.tongues.push({ tag, element, text: reading.take() });
    return this.walked;
  }

  #title(element: Element): void {
    const svg = element.namespace?.endsWith('svg') ?? false;
    if (this.walked.title || svg) return;
    const [first] = element.children;
    const text = first?.type === 'text' ? foldRun(first.data.slice(0, headingLength)).trim() : '';
    this.walked.title = { element, text };
  }

  #heading(element: Element, level: number): () => void {
    const heading: WalkedHeading = { element, level, text: '' };
    const reading = new Reading(headingLength);
    this.walked.headings.push(heading);
    this.#headings.push(reading);
    const told = this.#tell(element);
    return () => {
      this.#headings.pop();
      heading.text = reading.take();
      told?.();
    };
  }

  #table(element: Element): (() => void) | undefined {
    if (this.walked.tables.length >= tablesAtMost) return this.#tell(element);
    const around = this.#tables.at(-1);
    if (around) around.table.nested = true;
    const table: WalkedTable = {
      element,
      rows: 0,
      narrowest: 0,
      widest: 0,
      cells: 0,
      filled: 0,
      longest: 0,
      headers: 0,
      marked: false,
      pictures: 0,
      nested: false,
    };
    this.walked.tables.push(table);
    this.#tables.push({ table, row: 0, cell: 0 });
    const told = this.#tell(element);
    return () => {
      this.#tables.pop();
      told?.();
    };
  }

  #cell(element: Element): (() => void) | undefined {
    const told = this.#tell(element);
    const open = this.#tables.at(-1);
    if (!open) return told;
    const { table } = open;
    if (element.name === 'tr') {
      open.row = 0;
      return () => {
        table.rows += 1;
        table.narrowest = table.rows === 1 ? open.row : Math.min(table.narrowest, open.row);
        table.widest = Math.max(table.widest, open.row);
        told?.();
      };
    }
    const { scope, headers } = element.attribs;
    table.cells += 1;
    open.row += 1;
    open.cell = 0;
    if (element.name === 'th') table.headers += 1;
    if (scope || headers) table.marked = true;
    return () => {
      if (open.cell > 0) table.filled += 1;
      table.longest = Math.max(table.longest, open.cell);
      told?.();
    };
  }

  /** What the element says of language and direction. */
  #tell(element: Element): (() => void) | undefined {
    const tag = element.attribs.lang?.trim();
    const dir = element.attribs.dir?.trim();
    if (!tag && !dir) return undefined;
    const before = this.#said;
    const inner = element.name !== 'html' && element.name !== 'body';
    this.#said = {
      tongue: tag ? (this.#tongueOf(tag, element) ?? before.tongue) : before.tongue,
      spoken: before.spoken || (inner && Boolean(tag)),
      directed: before.directed || (inner && Boolean(dir)),
    };
    return () => {
      this.#said = before;
    };
  }

  #tongueOf(tag: string | null, element: Element | null): OpenTongue | undefined {
    const key = tag?.slice(0, 40).toLowerCase() ?? '';
    const known = this.#tongues.get(key);
    if (known || this.#tongues.size >= tonguesAtMost) return known;
    const tongue = { tag, element, reading: new Reading(tongueLength) };
    this.#tongues.set(key, tongue);
    return tongue;
  }
}

function levelOf({ name, attribs }: Element): number | null {
  const [, digit] = /^h([1-6])$/.exec(name) ?? [];
  if (attribs.role === 'presentation' || attribs.role === 'none') return null;
  if (attribs.role === 'heading') return Number.parseInt(attribs['aria-level'] ?? digit ?? '2', 10) || 2;
  return digit === undefined ? null : Number(digit);
}
