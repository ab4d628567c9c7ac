/**
 * MJML becomes the HTML that is sent. The compiler is loaded when first needed: it is the heaviest library.
 * Its browser build is used everywhere, since the other one runs whatever a .mjmlconfig in the working
 * directory names, and can read files.
 */
import { Parser } from 'htmlparser2';
import type { Bound, MarkupLimits } from './markup.ts';
import { markTags, mjmlSyntax } from './mjml-marks.ts';

export interface MjmlWarning {
  line: number;
  tag: string;
  message: string;
}

export type Compiled =
  | { ok: true; html: string; warnings: MjmlWarning[]; marked: string | null }
  | {
      ok: false;
      code: 'mjml-include' | 'mjml-invalid' | 'mjml-too-complex';
      line: number;
      detail: string;
      /** Of an element that MJML does not know. */
      tag?: string;
    };

/** Compiles a source that measureMjml has passed. Never rejects. */
export type CompileMjml = (source: string) => Promise<Compiled>;

const warningsAtMost = 100;

/** Compiles without reading any file: an include is an error that names its line. */
export async function compileMjml(source: string): Promise<Compiled> {
  const include = includeAt(source);
  if (include !== undefined) return { ok: false, code: 'mjml-include', line: include, detail: '' };
  const { default: mjml2html } = await import('mjml-browser');
  const compile = async (text: string) => {
    const { html, errors } = await mjml2html(text, { validationLevel: 'soft', ignoreIncludes: true });
    return { html: withoutChance(html), errors };
  };
  try {
    const { html, errors } = await compile(source);
    // It leaves such an element out with all that stands in it, and so would readers' mail.
    const unknown = errors.find(({ message }) => /doesn't exist or is not registered$/.test(message));
    if (unknown) {
      const { line, tagName: tag, message: detail } = unknown;
      return { ok: false, code: 'mjml-invalid', line, detail, tag };
    }
    const warnings = errors
      .slice(0, warningsAtMost)
      .map(({ line, tagName, message }) => ({ line, tag: tagName, message }));
    const marked = await compile(markTags(source)).catch(() => null);
    return { ok: true, html, warnings, marked: marked?.html ?? null };
  } catch (error) {
    // The stack or the longest possible string has run out.
    if (error instanceof RangeError) return { ok: false, code: 'mjml-too-complex', line: 1, detail: '' };
    const detail = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    return { ok: false, code: 'mjml-invalid', line: 1, detail };
  }
}

/** What of the limits the source goes past. The compiler recurses: too deep a source overflows its stack. */
export function measureMjml(source: string, limits: MarkupLimits): Bound | 'complex' | undefined {
  let elements = 0;
  let depth = 0;
  let deepest = 0;
  let hostile = false;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        // The compiler makes a regular expression of a font's name.
        if (name === 'mj-font' && /[()[\]{}*|\\^$?]/.test(attributes.name ?? '')) hostile = true;
        elements += 1;
        depth += 1;
        deepest = Math.max(deepest, depth);
      },
      onclosetag() {
        depth -= 1;
      },
    },
    mjmlSyntax,
  );
  parser.end(source);
  if (hostile) return 'complex';
  return elements > limits.elements ? 'elements' : deepest > limits.depth ? 'depth' : undefined;
}

/** The line of the first mj-include outside comments. */
function includeAt(source: string): number | undefined {
  const found = /<mj-include(?=[\s/>])/i.exec(withoutComments(source));
  return found ? source.slice(0, found.index).split('\n').length : undefined;
}

/** Comments become spaces, so that everything stays in its place. One that never ends is kept. */
export function withoutComments(source: string): string {
  const pieces: string[] = [];
  let kept = 0;
  for (let start = source.indexOf('<!--'); start !== -1; start = source.indexOf('<!--', kept)) {
    const end = source.indexOf('-->', start + 4);
    if (end === -1) break;
    pieces.push(source.slice(kept, start), ' '.repeat(end + 3 - start));
    kept = end + 3;
  }
  return pieces.join('') + source.slice(kept);
}

const chance = /\bmj-carousel-([0-9a-f]{16})-|<input type="checkbox" id="([0-9a-f]{16})" class="mj-menu/g;

/** Carousels and menus get ids by chance; numbered instead, the same source always gives the same HTML. */
function withoutChance(html: string): string {
  const ids = new Map<string, string>();
  for (const [, carousel, menu] of html.matchAll(chance)) {
    const id = carousel ?? menu ?? '';
    if (!ids.has(id)) ids.set(id, ids.size.toString(16).padStart(16, '0'));
  }
  return ids.size === 0 ? html : html.replace(/[0-9a-f]{16}/g, (id) => ids.get(id) ?? id);
}
