/** What a domain tells whom it refuses (RFC 7208 section 6.2). */
import { recordsOf } from '../dns.ts';
import { type Evaluation, sayable } from './evaluation.ts';
import { expandMacros, expandName } from './macros.ts';
import { valuesFor } from './names.ts';
import { isExplanation, specRead } from './record.ts';

const explanationRead = 1000;

/** Section 6.2: whatever goes wrong, there is none. Counts against no limit. */
export async function explain(spec: string, current: string, evaluation: Evaluation): Promise<string | null> {
  if (spec.length > specRead) return null;
  const name = expandName(spec, await valuesFor(spec, current, evaluation));
  if (!sayable(name)) return null;
  const answer = await evaluation.ask(name, 'TXT');
  const [whole, ...more] = recordsOf(answer).map(({ data }) => data);
  if (whole === undefined || more.length > 0 || !isExplanation(whole)) return null;
  const text = whole.slice(0, 4 * explanationRead);
  return expandMacros(text, await valuesFor(text, current, evaluation)).slice(0, explanationRead);
}
