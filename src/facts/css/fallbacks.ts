/** What makes up for a newer value in a rule: a simple one for the same elements, in a rule before or in the HTML. */
import type { Element } from '../../submission/markup.ts';

/** A declaration in a rule. */
export interface Given {
  /** `.class`, `#id` or an element: what the last part of each selector names. */
  subjects: readonly string[];
  property: string;
}

/** Looks at elements for one mail, and elements of one name. */
const looksAtMost = 50_000;
const elementsAtMost = 500;
const subjectsAtMost = 20;
const plainSelector = /^(?:[a-z][a-z0-9]*)?(?:[.#][\w-]+)?$/i;
const pictures = /^background(?:-image)?$/;

/** Of selectors with commas between, in lower case. Empty: there are too many, or one names nothing. */
export function subjectsOf(selectors: readonly string[]): string[] {
  if (selectors.length > subjectsAtMost) return [];
  const subjects = selectors.map((selector) => {
    const last =
      selector
        .trim()
        .slice(-200)
        .split(/[\s>+~]/)
        .at(-1) ?? '';
    return (/[.#][\w-]+/.exec(last)?.[0] ?? /^[a-z][a-z0-9]*/i.exec(last)?.[0] ?? '').toLowerCase();
  });
  return subjects.includes('') ? [] : subjects;
}

/** True where each selector is one name alone, so that its rule holds wherever that name is. */
export function isPlain(selectors: readonly string[]): boolean {
  return selectors.every((selector) => plainSelector.test(selector.trim()));
}

/** What the rules of one style element give each name, outside at-rules. */
export class GivenValues {
  readonly #times = new Map<string, number>();

  /** Notes a declaration. `colour`: of a background, it has one. */
  note({ subjects, property }: Given, slugs: readonly string[], colour: boolean): void {
    for (const subject of subjects) {
      this.#count(`${subject} ${property}`);
      for (const slug of slugs) this.#count(`${subject} ${property} ${slug}`);
      if (colour) this.#count(`${subject} colour behind`);
    }
  }

  /** Each name gets another value of the property as well. */
  makesUpFor({ subjects, property }: Given, slug: string): boolean {
    const times = (key: string) => this.#times.get(key) ?? 0;
    return (
      subjects.length > 0 &&
      subjects.every(
        (subject) =>
          times(`${subject} ${property}`) > times(`${subject} ${property} ${slug}`) ||
          (pictures.test(property) && times(`${subject} colour behind`) > 0),
      )
    );
  }

  #count(key: string): void {
    this.#times.set(key, (this.#times.get(key) ?? 0) + 1);
  }
}

/** Tells whether every element that a rule is about says the property itself, in its style or by an attribute. */
export function inlineFallbacks(
  elements: readonly Element[],
  byAttribute: (slug: string, attribs: Record<string, string>) => boolean,
  usesOf: (style: string) => readonly { slug: string }[],
): (given: Given, slug: string) => boolean {
  let byName: ReadonlyMap<string, readonly Element[]> | undefined;
  let left = looksAtMost;
  const known = new Map<string, boolean>();
  return ({ subjects, property }, slug) => {
    if (subjects.length === 0 || !/^[a-z-]{1,60}$/.test(property)) return false;
    const key = `${subjects.join()} ${property} ${slug}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    if (left <= 0) return false;
    byName ??= indexed(elements);
    const meant = subjects.flatMap((subject) => byName?.get(subject) ?? []);
    left -= meant.length;
    const says = new RegExp(
      `(?:^|;)\\s{0,9}${pictures.test(property) ? 'background(?:-color)?' : property}\\s{0,9}:`,
      'i',
    );
    const isGiven = ({ attribs }: Element) => {
      if (byAttribute(slug, attribs)) return true;
      const { style } = attribs;
      return style !== undefined && says.test(style) && !usesOf(style).some((use) => use.slug === slug);
    };
    const found = meant.length > 0 && meant.length <= elementsAtMost && meant.every(isGiven);
    known.set(key, found);
    return found;
  };
}

function indexed(elements: readonly Element[]): Map<string, Element[]> {
  const byName = new Map<string, Element[]>();
  const put = (name: string, element: Element) => {
    const list = byName.get(name);
    if (!list) byName.set(name, [element]);
    // One too many says that there are too many.
    else if (list.length <= elementsAtMost) list.push(element);
  };
  for (const element of elements) {
    put(element.name, element);
    const { class: classes, id } = element.attribs;
    if (classes)
      for (const one of new Set(classes.toLowerCase().split(/\s+/, subjectsAtMost))) put(`.${one}`, element);
    if (id) put(`#${id.toLowerCase()}`, element);
  }
  return byName;
}
