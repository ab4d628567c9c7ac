/** Whose mail it is, found without reading it all: routes must be known before the submission is read. */
import type { HandedFile } from './content.ts';
import type { HandedFields } from './fields.ts';
import { formatOf } from './format.ts';
import { readMailbox } from './mailbox.ts';
import { type MessageLimits, readMessage } from './message.ts';

/**
 * Domain of From, as A-labels: a message's own, else as handed in. undefined: nobody has said, or not in a way
 * that can be read; the submission's own errors tell of that.
 */
export async function authorDomain(
  handed: HandedFile & Pick<HandedFields, 'from'>,
  limits: MessageLimits,
): Promise<string | undefined> {
  const { bytes, filename } = handed;
  const written =
    formatOf(filename, bytes) === 'eml'
      ? (await readMessage(headerOf(bytes, limits.headerBytes), limits))?.from
      : undefined;
  const from = written?.trim() ? written : handed.from;
  const read = from === undefined ? undefined : readMailbox(from);
  return read?.ok ? read.mailbox.domain : undefined;
}

/** Up to the empty line. */
function headerOf(bytes: Uint8Array, most: number): Uint8Array {
  const length = Math.min(bytes.length, most);
  for (let at = bytes.indexOf(0x0a); at !== -1 && at < length; at = bytes.indexOf(0x0a, at + 1)) {
    const next = bytes[at + 1];
    if (next === 0x0a || (next === 0x0d && bytes[at + 2] === 0x0a)) return bytes.slice(0, at + 1);
  }
  return bytes.slice(0, length);
}
