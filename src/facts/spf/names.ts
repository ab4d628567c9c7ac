/** Names that an evaluation works out: of targets, with their macros, and of the client by its address. */
import { recordsOf } from '../dns.ts';
import { addressValue, isFour } from './addresses.ts';
import { type Evaluation, folded, Halt, limits, sayable } from './evaluation.ts';
import { expandName, lettersOf, type MacroValues } from './macros.ts';
import { type SpfTerm, specRead, targetOf } from './record.ts';

/** What a term points at: its domain with the macros filled in, or the current one. */
export async function targetName(term: SpfTerm, current: string, evaluation: Evaluation): Promise<string> {
  const { spec } = targetOf(term.text);
  if (spec === null) return folded(current);
  if (spec.length > specRead) throw new Halt('temperror');
  for (const letter of lettersOf(spec)) evaluation.letters.add(letter);
  return expandName(spec, await valuesFor(spec, current, evaluation));
}

/** What macros stand for. The name of the client is looked up only where the text has `p`. */
export async function valuesFor(text: string, current: string, evaluation: Evaluation): Promise<MacroValues> {
  const p = lettersOf(text).has('p') ? await validatedName(current, evaluation) : '';
  return { ...evaluation.values, d: current, p };
}

/** Section 5.5: the names of the client that lead back to it. What DNS does not say is passed over. */
export async function validatedNames({ ip, values, ask }: Evaluation): Promise<string[]> {
  const zone = isFour(ip) ? 'in-addr.arpa' : 'ip6.arpa';
  const pointers = await ask(`${folded(values.i).split('.').reverse().join('.')}.${zone}`, 'PTR');
  const names = recordsOf(pointers)
    .slice(0, limits.pointers)
    .map(({ data }) => folded(data))
    .filter(sayable);
  const type = isFour(ip) ? 'A' : 'AAAA';
  const answers = await Promise.all(names.map((name) => ask(name, type)));
  return names.filter((_, i) => {
    const answer = answers[i];
    return answer !== undefined && recordsOf(answer).some(({ data }) => addressValue(data) === ip);
  });
}

/** The domain itself counts. */
export function isBelow(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`);
}

/** Section 7.3: the domain itself, else a name below it, else any. */
async function validatedName(current: string, evaluation: Evaluation): Promise<string> {
  const names = await validatedNames(evaluation);
  const domain = folded(current);
  return (
    names.find((name) => name === domain) ??
    names.find((name) => isBelow(name, domain)) ??
    names[0] ??
    'unknown'
  );
}
