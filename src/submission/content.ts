/** The file: its format, encoding and parts, within limits. */
import { decodeText } from './charset.ts';
import { fileFault, type InputErrorCode, type Step, shown } from './errors.ts';
import { type Format, formatOf } from './format.ts';
import { attributesOfTag, type Bound, type Markup, type MarkupLimits, parseMarkup } from './markup.ts';
import {
  type Attachment,
  type HeaderField,
  type MessageLimits,
  type MessageParts,
  readMessage,
} from './message.ts';
import { type CompileMjml, type MjmlWarning, measureMjml } from './mjml.ts';

export interface ContentLimits extends MarkupLimits, MessageLimits {
  uploadBytes: number;
  mjmlBytes: number;
}

/** The parts of a file that shape what a reader gets. */
export interface Content {
  format: Format;
  /** Of a submitted message; a template has none. */
  headers: readonly HeaderField[];
  written: Pick<MessageParts, 'from' | 'replyTo' | 'returnPath' | 'subject'>;
  markup: Markup | null;
  text: string | null;
  attachments: readonly Attachment[];
  /** The template as submitted; null for a message. */
  source: string | null;
  /** The message as submitted, byte for byte; null for a template. */
  message: Uint8Array | null;
  mjml: { warnings: readonly MjmlWarning[]; marked: string | null } | null;
}

export interface HandedFile {
  bytes: Uint8Array;
  /** Its ending decides the format; without one the content does. */
  filename?: string | undefined;
  /** From an upload's Content-Type. */
  charset?: string | undefined;
}

export async function readContent(
  { bytes, filename, charset }: HandedFile,
  limits: ContentLimits,
  compile: CompileMjml,
): Promise<Step<Content>> {
  if (bytes.length > limits.uploadBytes) {
    return fileFault('message-too-large', { bytes: bytes.length, limit: limits.uploadBytes });
  }
  if (isBlank(bytes)) return fileFault('message-empty');
  if (binary.some((mark) => mark.every((byte, i) => bytes[i] === byte))) return fileFault('message-not-text');
  const format = formatOf(filename, bytes);
  if (!format) {
    return fileFault(bytes.subarray(0, 4096).includes(0) ? 'message-not-text' : 'format-unknown');
  }
  if (format === 'eml') return readEml(bytes, limits);

  const decoded = decodeText(bytes, charset);
  if (!decoded.ok) return fileFault(decoded.code, { encoding: shown(decoded.encoding) });
  if (decoded.text.includes('\0')) return fileFault('message-not-text');
  if (decoded.text.trim() === '') return fileFault('message-empty');
  return format === 'html' ? readHtml(decoded.text, limits) : readMjml(decoded.text, limits, compile);
}

/** How PNG, JPEG, GIF, PDF and ZIP (DOCX among them) begin. */
const binary = [
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x47, 0x49, 0x46, 0x38],
  [0x25, 0x50, 0x44, 0x46],
  [0x50, 0x4b, 0x03, 0x04],
];

const nothing = { headers: [], text: null, attachments: [], source: null, message: null, mjml: null };
/** What a template says of itself. */
export const unwritten = { from: null, replyTo: null, returnPath: null, subject: null };

async function readEml(bytes: Uint8Array, limits: ContentLimits): Promise<Step<Content>> {
  const message = await readMessage(bytes, limits);
  if (!message || message.headers.length === 0) return fileFault('message-unreadable');
  const { headers, html, text, attachments, ...written } = message;
  if (!html?.trim() && !text?.trim() && attachments.length === 0) return fileFault('message-empty');
  const elsewhere = attachments.find(({ contentType }) => notHere.test(contentType));
  if (elsewhere) return fileFault('attachment-type', { value: shown(elsewhere.contentType) });
  if ((text?.length ?? 0) > limits.textLength) return exceeded('text', limits);
  const markup = html === null ? ({ ok: true, value: null } as const) : parse(html, limits);
  if (!markup.ok) return markup;
  const parts = { headers, written, text, attachments, markup: markup.value, message: bytes };
  return { ok: true, value: { ...nothing, ...parts, format: 'eml' } };
}

function readHtml(source: string, limits: ContentLimits): Step<Content> {
  const markup = parse(source, limits);
  if (!markup.ok) return markup;
  const value: Content = { ...nothing, format: 'html', written: unwritten, source, markup: markup.value };
  return { ok: true, value };
}

async function readMjml(source: string, limits: ContentLimits, compile: CompileMjml): Promise<Step<Content>> {
  if (source.length > limits.mjmlBytes) {
    return fileFault('mjml-too-large', { bytes: source.length, limit: limits.mjmlBytes });
  }
  const bound = measureMjml(source, limits);
  if (bound === 'complex') return fileFault('mjml-too-complex');
  if (bound) return exceeded(bound, limits);
  const compiled = await compile(source);
  if (!compiled.ok) {
    const { code, line, detail, tag } = compiled;
    return fileFault(code, { line, detail: shown(detail), ...(tag ? { tag: shown(tag) } : {}) });
  }
  const { html, warnings, marked } = compiled;
  if (html.length > limits.uploadBytes) return fileFault('mjml-too-complex');
  const markup = parse(html, limits);
  if (!markup.ok) return markup;
  const parts = { written: unwritten, source, markup: markup.value, mjml: { warnings, marked } };
  return { ok: true, value: { ...nothing, ...parts, format: 'mjml' } };
}

function parse(html: string, limits: ContentLimits): Step<Markup> {
  const parsed = parseMarkup(html, limits);
  return parsed.ok ? { ok: true, value: parsed.markup } : exceeded(parsed.bound, limits);
}

function exceeded(bound: Bound, limits: ContentLimits) {
  const faults: Record<typeof bound, [InputErrorCode, number]> = {
    elements: ['elements-too-many', limits.elements],
    depth: ['nesting-too-deep', limits.depth],
    attributes: ['attributes-too-many', attributesOfTag],
    text: ['text-too-long', limits.textLength],
  };
  const [code, limit] = faults[bound];
  return fileFault(code, { limit });
}

/** Its content comes later or from elsewhere (RFC 2046 section 5.2): nobody can audit or scan that. */
const notHere = /^message\/(?:partial|external-body)$/i;

/** Nothing but white space. */
export function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
}
