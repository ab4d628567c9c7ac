/** As much of JSON Schema 2020-12 as openapi.json uses; a keyword it does not know is an error. */
type Schema = Record<string, unknown>;

const notes = new Set(['description', 'example', 'examples', 'title', 'default', 'deprecated']);

/** Faults of a value, as paths with what is wrong. An object may have only the fields that are named. */
export function faults(document: unknown, schema: unknown, value: unknown, path = '$'): string[] {
  if (schema === undefined) return [`${path}: no schema`];
  const all = schema as Schema;
  const known: string[] = [];
  const check = (name: string, ok: (argument: never) => boolean | string[]) => {
    known.push(name);
    if (!(name in all)) return [];
    const result = ok(all[name] as never);
    return Array.isArray(result) ? result : result ? [] : [`${path}: ${name} ${JSON.stringify(all[name])}`];
  };
  const deeper = (inner: unknown, part: unknown, key: string | number) =>
    faults(document, inner, part, `${path}.${key}`);
  const fits = (inner: unknown) => faults(document, inner, value, path).length === 0;
  const object =
    typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Schema) : undefined;
  const found = [
    ...check('$ref', (ref: string) => faults(document, resolve(document, ref), value, path)),
    ...check('type', (type: string | string[]) => [type].flat().some((one) => isA(one, value))),
    ...check('enum', (values: unknown[]) => values.includes(value)),
    ...check('const', (one: unknown) => one === value),
    ...check('oneOf', (options: unknown[]) => options.filter(fits).length === 1),
    ...check('anyOf', (options: unknown[]) => options.some(fits)),
    ...check('allOf', (options: unknown[]) => options.every(fits)),
    ...check('minimum', (least: number) => typeof value !== 'number' || value >= least),
    ...check('maximum', (most: number) => typeof value !== 'number' || value <= most),
    ...check('exclusiveMinimum', (least: number) => typeof value !== 'number' || value > least),
    ...check('exclusiveMaximum', (most: number) => typeof value !== 'number' || value < most),
    ...check('maxLength', (most: number) => typeof value !== 'string' || value.length <= most),
    ...check('minLength', (least: number) => typeof value !== 'string' || value.length >= least),
    ...check('maxItems', (most: number) => !Array.isArray(value) || value.length <= most),
    ...check('pattern', (text: string) => typeof value !== 'string' || new RegExp(text).test(value)),
    ...check('format', () => true),
    ...check('discriminator', () => true),
    ...check('contentEncoding', () => true),
    ...check('propertyNames', (inner: unknown) =>
      Object.keys(object ?? {}).flatMap((key) => deeper(inner, key, key)),
    ),
    ...check('required', (names: string[]) => !object || names.every((name) => name in object)),
    ...check('items', (inner: unknown) =>
      Array.isArray(value) ? value.flatMap((one, i) => deeper(inner, one, i)) : [],
    ),
    ...check('properties', (inner: Schema) =>
      Object.entries(object ?? {}).flatMap(([key, one]) =>
        key in inner ? deeper(inner[key], one, key) : [],
      ),
    ),
    ...check('additionalProperties', () => true),
  ];
  const unknown = Object.keys(all).filter((name) => !known.includes(name) && !notes.has(name));
  const extra = all.additionalProperties;
  const others = Object.keys(object ?? {}).filter((key) => !(key in ((all.properties ?? {}) as Schema)));
  const undocumented =
    all.type !== 'object' || !object
      ? []
      : typeof extra === 'object'
        ? others.flatMap((key) => deeper(extra, object[key], key))
        : others.map((key) => `${path}: ${key} is not documented`);
  return [...found, ...undocumented, ...unknown.map((name) => `${path}: keyword ${name} is not known`)];
}

/** Every `$ref` anywhere in a document. */
export function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : references(inner),
  );
}

/** The value at a JSON pointer written as `#/a/b`. */
export function resolve(document: unknown, ref: string): unknown {
  return ref
    .replace(/^#\//, '')
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((at, part) => (at as Schema | undefined)?.[part], document);
}

function isA(type: string, value: unknown): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'null') return value === null;
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}
