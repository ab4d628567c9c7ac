/** The encoding that a page names, beside the one it is sent in. */
import type { Place } from '../../place.ts';
import { readParts } from '../mime/parts.ts';

export interface EncodingFact {
  /** As written in the meta element. */
  written: string;
  /** In the standard's spelling; null: no encoding that programs know. */
  named: string | null;
  /** Likewise, and as the header of the part has it: programs read iso-8859-1 as windows-1252. */
  sent: string;
  sentAs: string;
  at: Place | undefined;
}

/** null: the page names none, or has nothing that differs between encodings. `message`: null when we compose it. */
export function encodingOf(
  meta: { name: string; at: Place | undefined } | null,
  html: string,
  message: Uint8Array | null,
): EncodingFact | null {
  if (!meta || !foreign.test(html)) return null;
  const sentAs = message === null ? 'utf-8' : sentIn(message);
  const sent = sentAs === null ? null : standard(sentAs);
  if (sentAs === null || sent === null) return null;
  return { written: meta.name, named: standard(meta.name), sent, sentAs: sentAs.slice(0, 40), at: meta.at };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
const foreign = /[^\u0000-\u007f]/;

/** null: the header of the part does not say. */
function sentIn(message: Uint8Array): string | null {
  return readParts(message).find(({ type, file }) => type === 'text/html' && !file)?.charset ?? null;
}

function standard(label: string): string | null {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}
