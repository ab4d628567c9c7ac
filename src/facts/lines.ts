/** Lines of a finished message, as they go over the wire. */
import type { Submission } from '../submission.ts';

export interface LinesFact {
  /** Octets of the longest line, and its number. */
  longest: number;
  line: number;
  /** How many are longer than a mail may have. */
  long: number;
  limit: number;
}

/** RFC 5322 section 2.1.1: octets, without CRLF. */
const limit = 998;

/** null: a template, which has no lines yet, or a mail that Klarsignal composes anew. Never fails. */
export function gatherLines({ submission }: { submission: Submission }): LinesFact | null {
  const { message, routes } = submission;
  if (!message || routes.some(({ transport }) => transport !== null)) return null;
  const fact: LinesFact = { longest: 0, line: 1, long: 0, limit };
  let start = 0;
  for (let number = 1; start <= message.length; number += 1) {
    const end = message.indexOf(0x0a, start);
    const stop = end === -1 ? message.length : end;
    const length = stop - start - (message[stop - 1] === 0x0d ? 1 : 0);
    if (length > fact.longest) [fact.longest, fact.line] = [length, number];
    if (length > limit) fact.long += 1;
    if (end === -1) break;
    start = end + 1;
  }
  return fact;
}
