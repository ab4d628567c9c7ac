/** XML as its readers take it (XML 1.0, fifth edition): entities, prefixes and UTF-16, within bounds, and never a tree. */

export interface XmlTag {
  /** Without its prefix, as written. */
  name: string;
  /** By their names without prefixes, as written, and with entities read. Declarations of namespaces are here as well. */
  attributes: ReadonlyMap<string, string>;
}

export interface Xml {
  tags: readonly XmlTag[];
  /** Instructions to programs, as they stand between their marks. */
  instructions: readonly string[];
  /** False: in another encoding, longer or with more of its own than is read here, or broken. */
  whole: boolean;
}

const tagsAtMost = 200_000;
/** Of one tag, and of all entities that it names. */
const tagAtMost = 1_000_000;
const entitiesAtMost = 100;
const entityAtMost = 10_000;
/** Encodings in which markup is written as in ASCII. */
const likeAscii = /^(?:utf-?8|us-ascii|ascii|iso-?8859-\d{1,2}|windows-125\d)$/i;
const attribute = /([^\s=/>"'<]{1,1000})\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** Never fails: what is too broken to be read to its end yields what came before. */
export function readXml(bytes: Uint8Array): Xml {
  const text = textOf(bytes);
  const [tags, instructions]: [XmlTag[], string[]] = [[], []];
  if (text === undefined) return { tags, instructions, whole: false };
  const entities = new Map<string, string>();
  let whole = true;
  let at = text.indexOf('<');
  while (at !== -1) {
    const next = text[at + 1];
    let end: number;
    if (text.startsWith('<!--', at)) end = after(text, '-->', at + 4);
    else if (text.startsWith('<![CDATA[', at)) end = after(text, ']]>', at + 9);
    else if (next === '?') {
      end = after(text, '?>', at + 2);
      if (instructions.length < entitiesAtMost) instructions.push(text.slice(at + 2, end - 2));
    } else if (next === '!') {
      const plain = text.indexOf('>', at);
      const own = text.slice(at, plain).indexOf('[');
      end = own === -1 ? plain + 1 || -1 : after(text, ']>', at + own);
      if (own !== -1 && !noteEntities(text.slice(at + own + 1, end - 2), entities)) whole = false;
    } else {
      end = tagEnd(text, at + 1);
      if (end === -1 || end - at > tagAtMost || tags.length >= tagsAtMost)
        return { tags, instructions, whole: false };
      if (next !== '/') tags.push(tagOf(text.slice(at + 1, end - 1), entities));
    }
    if (end === -1) return { tags, instructions, whole: false };
    at = text.indexOf('<', end);
  }
  return { tags, instructions, whole };
}

/** undefined: in an encoding whose markup is written otherwise. */
function textOf(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  const decoded = (label: string) => new TextDecoder(label).decode(bytes);
  if ((first === 0xff && second === 0xfe) || second === 0) return decoded('utf-16le');
  if ((first === 0xfe && second === 0xff) || first === 0) return decoded('utf-16be');
  const text = decoded('utf-8');
  const said = /^\s{0,99}<\?xml[^>]{0,200}\sencoding\s*=\s*["']([^"']{0,40})/.exec(text)?.[1];
  return said === undefined || likeAscii.test(said) ? text : undefined;
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at === -1 ? -1 : at + mark.length;
}

/** After its bracket, which may stand in quoted values as well. */
function tagEnd(text: string, from: number): number {
  const stop = /["'>]/g;
  stop.lastIndex = from;
  for (let found = stop.exec(text); found; found = stop.exec(text)) {
    if (found[0] === '>') return found.index + 1;
    const close = text.indexOf(found[0], found.index + 1);
    if (close === -1) return -1;
    stop.lastIndex = close + 1;
  }
  return -1;
}

function tagOf(written: string, entities: ReadonlyMap<string, string>): XmlTag {
  const attributes = new Map<string, string>();
  const start = /^[^\s/]{1,1000}/.exec(written)?.[0] ?? '';
  for (const [, name = '', double, single] of written.slice(start.length).matchAll(attribute)) {
    const key = localName(name);
    const value = unescaped(double ?? single ?? '', entities);
    // Two prefixes may say the same; each is looked at.
    attributes.set(key, attributes.has(key) ? `${attributes.get(key)} ${value}` : value);
  }
  return { name: localName(start), attributes };
}

function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}

function unescaped(written: string, entities: ReadonlyMap<string, string>): string {
  if (!written.includes('&')) return written;
  const own = (_: string, name: string) => entities.get(name) ?? `&${name};`;
  const full = entities.size === 0 ? written : written.replace(/&([^;&#\s]{1,100});/g, own);
  return full.slice(0, tagAtMost).replace(/&(?:#x([\da-f]{1,9})|#(\d{1,9})|(\w{2,4}));/gi, characterOf);
}

const usual: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function characterOf(whole: string, hex?: string, digits?: string, name = ''): string {
  const code = hex ? Number.parseInt(hex, 16) : Number(digits ?? Number.NaN);
  return code <= 0x10ffff ? String.fromCodePoint(code) : (usual[name] ?? whole);
}

/**
 * What a document declares itself.
 * @returns false where that is more than names for plain text: markup, other files, values for attributes.
 */
function noteEntities(declared: string, entities: Map<string, string>): boolean {
  if (declared.length > tagAtMost) return false;
  const rest = declared.replace(
    /<!ENTITY\s+([^\s%"']{1,100})\s+(?:"([^"<&%]*)"|'([^'<&%]*)')\s*>/g,
    (_, name: string, double?: string, single?: string) => {
      const value = double ?? single ?? '';
      if (value.length > entityAtMost || entities.size >= entitiesAtMost) return '<';
      if (!entities.has(name)) entities.set(name, value);
      return '';
    },
  );
  return rest.trim() === '';
}
