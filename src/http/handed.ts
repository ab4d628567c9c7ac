/** What a request hands in, out of JSON or a form. */
import type { AuditChanges, HandedIn } from '../audits.ts';
import { type RequestError, requestErrors } from './request-errors.ts';
import {
  againForm,
  againJson,
  isFileName,
  mergeFieldsJson,
  type RequestErrorCode,
  submissionForm,
  submissionJson,
} from './schemas.ts';

export interface Wrong {
  ok: false;
  errors: readonly RequestError[];
}
export type ReadHanded = { ok: true; handed: HandedIn; previews: boolean } | Wrong;
export type ReadChanges = { ok: true; changes: AuditChanges } | Wrong;

type Message = NonNullable<AuditChanges['message']>;
/** `message` is undefined when none was handed in. */
type Read<T> = { ok: true; fields: T; message: Message | undefined } | Wrong;

/** Reads the bytes of a JSON body. */
export function jsonHanded(body: ArrayBuffer): ReadHanded {
  const read = readJson(body, submissionJson);
  if (!read.ok) return read;
  if (!read.message) return wrong('source-missing', 'source');
  const { previews, ...fields } = read.fields;
  return { ok: true, handed: { ...fields, ...read.message }, previews: previews ?? true };
}

/** Reads the bytes of a JSON body that says what is to be different. */
export function jsonChanges(body: ArrayBuffer): ReadChanges {
  const read = readJson(body, againJson);
  return read.ok ? changesOf(read.fields, read.message) : read;
}

/** Reads a parsed multipart form: a file, or text that was pasted. undefined stands for one that was none. */
export async function formHanded(body: Record<string, unknown> | undefined): Promise<ReadHanded> {
  const read = await readForm(body, submissionForm);
  if (!read.ok) return read;
  const { dkimSelectors, sendingAddresses, previews, mergeFields, requiredFields, standard, ...fields } =
    read.fields;
  const declared = fieldsIn(mergeFields);
  if ('ok' in declared) return declared;
  // Without one it is an empty message: what that lacks is said of the file.
  const message = read.message ?? { bytes: new Uint8Array(), charset: 'utf-8' };
  const lists = { dkimSelectors: partsOf(dkimSelectors), sendingAddresses: partsOf(sendingAddresses) };
  const beside = {
    ...lists,
    ...declared,
    requiredFields: namesOf(requiredFields),
    standard: chosen(standard),
  };
  const handed: HandedIn = { ...fields, ...message, ...beside };
  return { ok: true, handed, previews: previews !== 'false' };
}

/** Reads a parsed form that says what is to be different; an empty field is as it was. */
export async function formChanges(body: Record<string, unknown> | undefined): Promise<ReadChanges> {
  const read = await readForm(body, againForm);
  if (!read.ok) return read;
  const { dkimSelectors, sendingAddresses, mergeFields, requiredFields, standard, ...fields } = read.fields;
  const declared = fieldsIn(mergeFields);
  if ('ok' in declared) return declared;
  const lists = { dkimSelectors: partsOf(dkimSelectors), sendingAddresses: partsOf(sendingAddresses) };
  const beside = {
    ...lists,
    ...declared,
    requiredFields: namesOf(requiredFields),
    standard: chosen(standard),
  };
  return changesOf({ ...fields, ...beside }, read.message);
}

/** Merge fields out of a form: a list in JSON, as text. */
function fieldsIn(text: string | undefined): Pick<HandedIn, 'mergeFields'> | Wrong {
  if (text === undefined) return {};
  const parsed = mergeFieldsJson.safeParse(parseJson(new TextEncoder().encode(text).buffer));
  if (parsed.success) return { mergeFields: parsed.data };
  const issues = parsed.error.issues.map((issue) => ({ ...issue, path: ['mergeFields', ...issue.path] }));
  return { ok: false, errors: requestErrors(issues as Parameters<typeof requestErrors>[0]) };
}

/** A box that is ticked, or a word for it; undefined: nothing was said. */
function chosen(text: 'true' | 'false' | 'on' | undefined): boolean | undefined {
  return text === undefined ? undefined : text !== 'false';
}

function changesOf(
  { filename, ...changes }: Omit<AuditChanges, 'message'> & FileName,
  message: Message | undefined,
): ReadChanges {
  if (filename !== undefined && !message) return wrong('source-missing', 'source');
  return { ok: true, changes: { ...changes, ...(message ? { message } : {}) } };
}

interface FileName {
  filename?: string | undefined;
}

/** As much of a zod schema as is used. */
interface Schema<T> {
  safeParse(
    value: unknown,
  ): { success: true; data: T } | { success: false; error: { issues: Parameters<typeof requestErrors>[0] } };
}

function readJson<T extends FileName & { source?: string | undefined; sourceBase64?: string | undefined }>(
  body: ArrayBuffer,
  schema: Schema<T>,
): Read<Omit<T, 'source' | 'sourceBase64'>> {
  const parsed = schema.safeParse(parseJson(body));
  if (!parsed.success) return { ok: false, errors: requestErrors(parsed.error.issues) };
  const { source, sourceBase64, ...fields } = parsed.data;
  if (source !== undefined && sourceBase64 !== undefined) return wrong('source-twice', 'source');
  const { filename } = fields;
  const message =
    source !== undefined
      ? { bytes: new TextEncoder().encode(source), filename, charset: 'utf-8' }
      : sourceBase64 !== undefined
        ? { bytes: fromBase64(sourceBase64), filename }
        : undefined;
  return { ok: true, fields, message };
}

async function readForm<T extends FileName & { source?: string | undefined; file?: unknown }>(
  body: Record<string, unknown> | undefined,
  schema: Schema<T>,
): Promise<Read<Omit<T, 'source' | 'file'>>> {
  if (body === undefined) return wrong('body-not-form', '');
  const { file, ...rest } = body;
  const filled = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(filled);
  if (!parsed.success) return { ok: false, errors: requestErrors(parsed.error.issues) };
  const { source, file: _, ...fields } = parsed.data;
  if (file !== undefined && file !== '' && !(file instanceof File)) return wrong('file-not-file', 'file');
  // A browser sends a nameless empty part when no file was chosen.
  const upload = file instanceof File && (file.size > 0 || file.name !== '') ? file : undefined;
  if (upload && source !== undefined) return wrong('source-twice', 'source');
  if (upload && !isFileName(upload.name)) return wrong('field-characters', 'file');
  const { filename } = fields;
  const message = upload
    ? { bytes: new Uint8Array(await upload.arrayBuffer()), ...nameOf(upload, filename) }
    : source !== undefined
      ? { bytes: new TextEncoder().encode(source), filename, charset: 'utf-8' }
      : undefined;
  return { ok: true, fields, message };
}

/** What is separated by commas or spaces. */
export function partsOf(text: string | undefined): string[] | undefined {
  return text?.split(/[\s,]+/).filter(Boolean);
}

/** A name may have a space in it. */
function namesOf(text: string | undefined): string[] | undefined {
  return text
    ?.split(/[,\r\n]+/)
    .map((name) => name.trim())
    .filter(Boolean);
}

function nameOf({ name, type }: File, given: string | undefined): Pick<HandedIn, 'filename' | 'charset'> {
  const charset = /;\s*charset="?([\w.:-]{1,40})/i.exec(type)?.[1];
  // Its end decides the format, so the end is what is kept of an overlong one.
  return { filename: given ?? (name.slice(-255) || undefined), charset };
}

/** undefined when it is not JSON, or not UTF-8: a wrong byte must not become U+FFFD unnoticed. */
function parseJson(body: ArrayBuffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

function wrong(code: RequestErrorCode, field: string): Wrong {
  return { ok: false, errors: [{ code, field, data: {} }] };
}

// A loop: Uint8Array.from with a function takes fifty times as long (1.5 s for the largest file).
function fromBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
