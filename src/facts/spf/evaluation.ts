/** One check_host() on its way: what it asks, has spent, and where it halts (RFC 7208 sections 2.6 and 4.6.4). */
import type { DnsAnswer, RecordType } from '../../ports.ts';
import { askable, recordsOf, unanswered } from '../dns.ts';
import type { MacroValues } from './macros.ts';
import type { parseSpf } from './record.ts';

/** Asks DNS; a name in lower case without a trailing dot. Never rejects. */
export type AskDns = (name: string, type: RecordType) => Promise<DnsAnswer>;

/** Section 4.6.4. */
export const limits = { lookups: 10, voids: 2, exchangers: 10, pointers: 10 };

/** Ends the whole check with this result. */
export class Halt extends Error {
  readonly result: 'temperror' | 'permerror' | 'none';
  constructor(result: Halt['result']) {
    super(result);
    this.result = result;
  }
}

/** Of one mail: what it asks with, and what it has left. */
export interface Evaluation {
  ask: AskDns;
  parse: typeof parseSpf;
  /** Of records that may still be read. */
  charactersLeft: number;
  ip: bigint;
  values: Omit<MacroValues, 'd' | 'p'>;
  lookups: number;
  voids: number;
  /** Letters that some target has used. */
  letters: Set<string>;
}

/** As names are compared: ASCII letters small, no dot at the end. */
export function folded(name: string): string {
  return name.replace(/\.$/, '').replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Section 4.3: what is no name of several labels, or a domain literal, has no record. */
export function isDomain(name: string): boolean {
  return askable(name) && name.includes('.') && !/^\[/.test(name);
}

/** Whether a question can carry the name. A space can stand in a label, and `%_` writes one. */
export function sayable(name: string): boolean {
  return askable(name.replaceAll(' ', '_'));
}

/** @throws Halt where DNS gave no answer. */
export async function look(name: string, type: RecordType, { ask }: Evaluation): Promise<string[]> {
  const answer = await ask(name, type);
  if (unanswered(answer)) throw new Halt('temperror');
  return recordsOf(answer).map(({ data }) => data);
}

/** One of the look-ups of section 4.6.4. @throws Halt over the limit. */
export function spend(evaluation: Evaluation): void {
  evaluation.lookups += 1;
  if (evaluation.lookups > limits.lookups) throw new Halt('permerror');
}

/** Once for a term, however many of its questions found nothing. @throws Halt over the limit. */
export function spendVoid(evaluation: Evaluation): void {
  evaluation.voids += 1;
  if (evaluation.voids > limits.voids) throw new Halt('permerror');
}
