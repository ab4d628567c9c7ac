/** What servers have written into a message that is to be sent anew: it tells of another way than ours. */
import type { HeaderField } from './message.ts';

const ofTransport =
  /^(?:dkim-signature|x-google-dkim-signature|domainkey-signature|received|received-spf|x-received|return-path|arc-.*|authentication-results|delivered-to)$/i;

export function isOfTransport({ name }: Pick<HeaderField, 'name'>): boolean {
  return ofTransport.test(name);
}

/** The message without those fields, all else byte for byte. */
export function withoutTransport(message: Uint8Array): Uint8Array {
  const kept: Uint8Array[] = [];
  let from = 0;
  let dropping = false;
  while (from < message.length) {
    const end = message.indexOf(0x0a, from);
    const next = end === -1 ? message.length : end + 1;
    const first = message[from];
    // An empty line ends the header.
    if (first === 0x0a || (first === 0x0d && message[from + 1] === 0x0a)) break;
    if (first !== 0x20 && first !== 0x09) dropping = isOfTransport({ name: nameAt(message, from, next) });
    if (!dropping) kept.push(message.subarray(from, next));
    from = next;
  }
  kept.push(message.subarray(from));
  const whole = new Uint8Array(kept.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of kept) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function nameAt(message: Uint8Array, from: number, to: number): string {
  const line = new TextDecoder('latin1').decode(message.subarray(from, Math.min(to, from + 100)));
  return line.slice(0, Math.max(0, line.indexOf(':'))).trim();
}
