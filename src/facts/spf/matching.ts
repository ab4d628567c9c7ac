/** Whether the mechanisms that name addresses hold the client: `ip4`, `ip6`, `a` and `mx`. */
import { recordsOf, unanswered } from '../dns.ts';
import { type Addresses, addressesOf, addressValue, blockOf, holds, isFour } from './addresses.ts';
import { type Evaluation, folded, Halt, limits, look, sayable, spendVoid } from './evaluation.ts';
import type { SpfTerm } from './record.ts';

const blocks = new WeakMap<SpfTerm, Addresses>();

/** Read once for all the addresses that are held against it. */
export function blockOfTerm(term: SpfTerm): Addresses {
  const block = blocks.get(term) ?? addressesOf(term.text);
  blocks.set(term, block);
  return block;
}

/** Whether one of the addresses, widened to its block, holds the client. */
export function lie(addresses: readonly string[], bits: { four: number; six: number }, ip: bigint): boolean {
  return addresses.some((address) => {
    const value = addressValue(address);
    return value !== null && isFour(value) === isFour(ip) && holds(blockOf(value, bits), ip);
  });
}

/** Section 5.4: in order of preference. All servers are asked for at once, and read one after the other. */
export async function servesMail(
  name: string,
  bits: { four: number; six: number },
  evaluation: Evaluation,
): Promise<boolean> {
  const found = await look(name, 'MX', evaluation);
  if (found.length === 0) spendVoid(evaluation);
  if (found.length > limits.exchangers) throw new Halt('permerror');
  const hosts = found
    .map((data) => data.split(' '))
    .toSorted(([one], [other]) => Number(one) - Number(other))
    .map(([, host = '']) => folded(host))
    .filter(sayable);
  const type = isFour(evaluation.ip) ? 'A' : 'AAAA';
  const asked = hosts.map((host) => evaluation.ask(host, type));
  for (const answer of asked) {
    const told = await answer;
    if (unanswered(told)) throw new Halt('temperror');
    if (
      lie(
        recordsOf(told).map(({ data }) => data),
        bits,
        evaluation.ip,
      )
    )
      return true;
  }
  return false;
}
