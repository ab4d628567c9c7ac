/**
 * Which recipients a list has had already, in few bytes a recipient: 60 bits of each keyed hash. Two may be taken for
 * one, which is why the store alone decides who is left out; this only names the cause.
 */
export interface Seen {
  /** False when it was there. @param hash base64url, 10 characters or more */
  add(hash: string): boolean;
}

export function createSeen(): Seen {
  let size = 1 << 12;
  let slots = new BigUint64Array(size);
  let count = 0;

  function put(value: bigint): boolean {
    let at = Number(value & BigInt(size - 1));
    for (; ; at = (at + 1) & (size - 1)) {
      const there = slots[at];
      if (there === value) return false;
      if (there === 0n) break;
    }
    slots[at] = value;
    count += 1;
    return true;
  }

  return {
    add(hash) {
      if (count * 2 >= size) {
        const old = slots;
        size *= 2;
        slots = new BigUint64Array(size);
        count = 0;
        for (const value of old) if (value !== 0n) put(value);
      }
      return put(bitsOf(hash) || 1n);
    },
  };
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const values = new Map([...alphabet].map((letter, value) => [letter, value]));

function bitsOf(hash: string): bigint {
  return (BigInt(number(hash.slice(0, 5))) << 30n) | BigInt(number(hash.slice(5, 10)));
}

/** Five letters hold 30 bits. */
function number(letters: string): number {
  let bits = 0;
  for (const letter of letters) bits = bits * 64 + (values.get(letter) ?? 0);
  return bits;
}
