/** The file of a logo against SVG Tiny Portable/Secure: read as text, tag by tag, so that nothing in it ever runs. */
import { Parser } from 'htmlparser2';
import { isWellFormed } from './well-formed.ts';

/**
 * `file`: no SVG, or no well-formed XML. `entity`: it declares its own type or entities. `version`, `profile`:
 * not version 1.2, not tiny-ps. `position`: x or y at the root. `shape`: not square. `element`: one that is not
 * allowed. `reference`: it leads out of the file.
 */
export interface LogoFault {
  fault: 'file' | 'entity' | 'version' | 'profile' | 'title' | 'position' | 'shape' | 'element' | 'reference';
  /** What was found there, shortened. */
  found: string;
}

/** Elements of SVG that the profile leaves out: what runs, moves, is fetched, or is no drawing. */
const refused = new Set(
  'script handler listener animate animatecolor animatemotion animatetransform animation set discard image video audio foreignobject iframe a prefetch filter style'.split(
    ' ',
  ),
);

const shown = 60;

/** Each fault once. `text` is bounded by whoever fetched it. */
export function readLogo(text: string): LogoFault[] {
  const faults = new Map<LogoFault['fault'], string>();
  const note = (fault: LogoFault['fault'], found: string) => {
    if (!faults.has(fault)) faults.set(fault, found.replace(/\p{C}+/gu, ' ').slice(0, shown));
  };
  // Nothing is expanded here, and a drawing that needs it is refused by whoever shows it.
  const declares = /<!(?:DOCTYPE|ENTITY)/i.test(text);
  if (declares) note('entity', '<!DOCTYPE');
  let depth = 0;
  let titled = false;
  let inTitle = false;
  let broken = !declares && !isWellFormed(text);
  let root: string | undefined;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth += 1;
        const local = localName(name);
        if (depth === 1) {
          if (root === undefined) readRoot(local, attributes, note);
          else broken = true;
          root ??= local;
        }
        inTitle = depth === 2 && local === 'title';
        if (refused.has(local)) note('element', local);
        for (const [key, value] of Object.entries(attributes)) readAttribute(key, value, note);
      },
      onprocessinginstruction(name, data) {
        if (/^\?xml-stylesheet$/i.test(name)) note('reference', `<${data}>`);
      },
      ontext(data) {
        if (inTitle && data.trim() !== '') titled = true;
      },
      onclosetag() {
        depth -= 1;
        inTitle = false;
      },
    },
    { xmlMode: true, decodeEntities: true, recognizeSelfClosing: true },
  );
  parser.write(text);
  // What is still open here would be closed for it.
  if (depth !== 0) broken = true;
  parser.end();
  if (root !== 'svg' || broken) return [{ fault: 'file', found: text.trim().slice(0, shown) }];
  if (!titled) note('title', '');
  return [...faults].map(([fault, found]) => ({ fault, found }));
}

type Note = (fault: LogoFault['fault'], found: string) => void;

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase();
}

function readRoot(name: string, attributes: Record<string, string>, note: Note): void {
  if (name !== 'svg') return;
  if (attributes.version?.trim() !== '1.2') note('version', attributes.version ?? '');
  if (attributes.baseProfile?.trim() !== 'tiny-ps') note('profile', attributes.baseProfile ?? '');
  for (const axis of ['x', 'y']) {
    if (Object.hasOwn(attributes, axis)) note('position', `${axis}="${attributes[axis]}"`);
  }
  const box = attributes.viewBox ?? '';
  const [, , width, height] = box
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  if (!width || !(width > 0) || width !== height) note('shape', box);
}

function readAttribute(key: string, value: string, note: Note): void {
  const name = localName(key);
  if (name.startsWith('on')) note('element', name);
  if ((name === 'href' || name === 'src') && !value.trim().startsWith('#')) note('reference', value);
  for (const [, target = ''] of value.matchAll(/url\(\s*['"]?([^'")\s]*)/gi)) {
    if (!target.startsWith('#')) note('reference', target);
  }
}
