/** The encoding that a page names, beside the one it is sent in. */
import type { Place } from '../../place.ts';

export interface EncodingFact {
  /** As written in the meta element. */
  written: string;
  /** In the standard's spelling; null: no encoding that programs know. */
  named: string | null;
  sent: string;
  at: Place | undefined;
}

const lookedThrough = 1024 * 1024;
const field = /^content-type:[ \t]{0,99}text\/html\b[^\r\n]{0,500}(?:\r?\n[ \t][^\r\n]{0,500}){0,9}/im;
const charset = /charset[ \t]{0,9}=[ \t]{0,9}"?([\w.:-]{2,40})/i;

/** null: the page names none, or has nothing that differs between encodings. `message`: null when we compose it. */
export function encodingOf(
  meta: { name: string; at: Place | undefined } | null,
  html: string,
  message: Uint8Array | null,
): EncodingFact | null {
  if (!meta || !foreign.test(html)) return null;
  const written = message === null ? 'utf-8' : sentIn(message);
  const sent = written === null ? null : standard(written);
  return sent === null ? null : { written: meta.name, named: standard(meta.name), sent, at: meta.at };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
const foreign = /[^\u0000-\u007f]/;

/** null: the header of the part does not say. */
function sentIn(message: Uint8Array): string | null {
  const text = new TextDecoder('latin1').decode(message.subarray(0, lookedThrough));
  return charset.exec(field.exec(text)?.[0] ?? '')?.[1] ?? null;
}

function standard(label: string): string | null {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}
