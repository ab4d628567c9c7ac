/** The message as it lies on the wire: what its header lines and the tree of its parts are like, octet by octet. */
import type { Submission } from '../submission.ts';
import { type HeaderLines, headerValues, readHeaderLines } from './mime/header-lines.ts';
import { type MimePart, readParts } from './mime/parts.ts';

export type { HeaderFault, WordFault } from './mime/header-lines.ts';
export type { MimePart } from './mime/parts.ts';

export interface MimeFact extends HeaderLines {
  /** In the order that they stand, the message itself first. */
  parts: readonly MimePart[];
  /** Octets of the whole message. */
  octets: number;
  /** Of each header its values without comments, by its name in small letters: of structured ones alone do they make sense. */
  values: ReadonlyMap<string, readonly string[]>;
}

/** null: a template, whose header and parts are made when it is sent. Never fails. */
export function gatherMime({ submission }: { submission: Pick<Submission, 'message'> }): MimeFact | null {
  const { message } = submission;
  if (!message) return null;
  return {
    ...readHeaderLines(message),
    parts: readParts(message),
    octets: message.length,
    values: headerValues(message),
  };
}
