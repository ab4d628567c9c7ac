/** Which namespace each prefix means at a place in a drawing (Namespaces in XML 1.0). */

export const svg = 'http://www.w3.org/2000/svg';
const xml = 'http://www.w3.org/XML/1998/namespace';

export type Attributes = readonly (readonly [name: string, value: string])[];

/** '' before the colon is the default. */
export function splitName(name: string): [prefix: string, local: string] {
  const colon = name.indexOf(':');
  return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
}

/** Nothing is copied from one element to the next, so that a thousand within each other cost no more than a row. */
export class Namespaces {
  readonly #meant = new Map<string, string[]>([['xml', [xml]]]);
  readonly #declared: string[][] = [];

  /** At the beginning of an element. */
  enter(attributes: Attributes): void {
    const declared: string[] = [];
    for (const [name, value] of attributes) {
      const prefix = declaredBy(name);
      if (prefix === null) continue;
      declared.push(prefix);
      const meant = this.#meant.get(prefix);
      if (meant) meant.push(value);
      else this.#meant.set(prefix, [value]);
    }
    this.#declared.push(declared);
  }

  /** At its end. */
  leave(): void {
    for (const prefix of this.#declared.pop() ?? []) this.#meant.get(prefix)?.pop();
  }

  /** undefined: nobody has said. */
  of(prefix: string): string | undefined {
    return this.#meant.get(prefix)?.at(-1);
  }
}

/** The prefix that an attribute gives a meaning to; null: it is another attribute. */
export function declaredBy(name: string): string | null {
  if (name === 'xmlns') return '';
  return name.startsWith('xmlns:') ? name.slice('xmlns:'.length) : null;
}
