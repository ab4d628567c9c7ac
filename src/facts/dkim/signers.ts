/** Who has signed a message that somebody else hands over, such as a complaint. */
import type { SenderGathering as Gathering } from '../gather.ts';
import { splitMessage } from './canonical.ts';
import { askKey } from './place.ts';
import { createVerifier, readSignatures } from './signature.ts';

/**
 * Which of these domains have signed a message, whole: a signature by `l=` leaves room for what others write below it.
 * A key that DNS is silent about has signed nothing.
 */
export async function signersOf(
  bytes: Uint8Array,
  domains: readonly string[],
  dns: Gathering['dns'],
): Promise<string[]> {
  const message = splitMessage(bytes);
  const { read } = readSignatures(message.fields, (domain) => (domains.includes(domain ?? '') ? 0 : 1));
  const verifier = createVerifier(message);
  const signers = read.map(async (signature) => {
    const { domain, selector, body, bodyLength } = signature;
    if (domain === null || selector === null || !domains.includes(domain)) return [];
    const { state, reading } = await askKey(selector, domain, { dns });
    const holds = state === 'usable' && reading && (await verifier.verify(signature, reading)) === null;
    // Last: to count the bytes of a body costs, and strangers write it.
    return holds && (bodyLength === null || bodyLength >= verifier.bodyBytes(body)) ? [domain] : [];
  });
  return [...new Set((await Promise.all(signers)).flat())];
}
