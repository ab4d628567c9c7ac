/**
 * What a page is to somebody who has it read aloud, noted while it is walked: title, headings, tables, and the
 * languages and directions that its words stand in.
 */
import type { Element } from '../../submission/markup.ts';
import type { Sight } from './hidden.ts';
import { blockOf, foldRun, Reading } from './text.ts';
import { type OpenTongue, Tongues, type WalkedTongue } from './tongues.ts';
import { type TypedList, TypedLists } from './typed-lists.ts';

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

export interface WalkedOutline {
  /** null: there is no title element in the page. */
  title: { element: Element; text: string } | null;
  /** The meta element that says how a phone lays the page out. */
  viewport: Element | null;
  headings: WalkedHeading[];
  tables: WalkedTable[];
  tongues: WalkedTongue[];
  typed: TypedList[];
  /** Characters that are read aloud; of those, what stands in no element of the body that tells language or direction. */
  heard: number;
  unspoken: number;
  undirected: number;
  /** The first blocks of those. */
  unspokenIn: Element | null;
  undirectedIn: Element | null;
}

const headingsAtMost = 500;
const tablesAtMost = 5000;
const headingLength = 200;

interface OpenTable {
  table: WalkedTable;
  /** Cells in the row that is read, and characters in the cell. */
  row: number;
  cell: number;
}

interface Said {
  tongue: OpenTongue | null;
  dir: string | null;
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
    typed: [],
    heard: 0,
    unspoken: 0,
    undirected: 0,
    unspokenIn: null,
    undirectedIn: null,
  };
  readonly #headings: Reading[] = [];
  readonly #tables: OpenTable[] = [];
  readonly #tongues = new Tongues();
  readonly #lists = new TypedLists();
  #said: Said = { tongue: null, dir: null, spoken: false, directed: false };

  /** Returns what is to be done where the element ends. */
  enter(element: Element, { silent }: Sight): (() => void) | undefined {
    const { name, attribs } = element;
    if (name === 'title') this.#title(element);
    if (name === 'meta' && attribs.name?.trim().toLowerCase() === 'viewport') this.walked.viewport = element;
    if (silent) return undefined;
    if (blockOf(name)) {
      this.#tongues.begin(element);
      this.#lists.begin(element);
    }
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
    this.#lists.read(text);
    const open = this.#tables.at(-1);
    if (open) open.cell += letters;
    const { tongue, dir, spoken, directed } = this.#said;
    this.walked.heard += letters;
    if (!spoken) {
      this.walked.unspoken += letters;
      this.walked.unspokenIn ??= this.#tongues.block;
    }
    if (!directed) {
      this.walked.undirected += letters;
      this.walked.undirectedIn ??= this.#tongues.block;
    }
    const spokenIn = tongue ?? this.#tongues.of(null, null);
    if (spokenIn) this.#tongues.read(spokenIn, text, dir);
  }

  /** All that was noted. */
  take(): WalkedOutline {
    this.walked.tongues = this.#tongues.take();
    this.walked.typed = this.#lists.take();
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
      tongue: tag ? (this.#tongues.of(tag, element) ?? before.tongue) : before.tongue,
      dir: dir ? dir.slice(0, 9).toLowerCase() : before.dir,
      spoken: before.spoken || (inner && Boolean(tag)),
      directed: before.directed || (inner && Boolean(dir)),
    };
    return () => {
      this.#said = before;
    };
  }
}

function levelOf({ name, attribs }: Element): number | null {
  const [, digit] = /^h([1-6])$/.exec(name) ?? [];
  if (attribs.role === 'presentation' || attribs.role === 'none') return null;
  if (attribs.role === 'heading') return Number.parseInt(attribs['aria-level'] ?? digit ?? '2', 10) || 2;
  return digit === undefined ? null : Number(digit);
}
