/** LZMA (lzma-specification.txt of the LZMA SDK): one stream, whose length is known. */

const probability = 1024;
const statesAtMost = 12;
/** The window is what has been written: nothing further back can be asked for. */

/** Numbers a bit at a time, each more likely 0 or 1 as those before it were. */
class Bits {
  private range = 0xffffffff;
  private code = 0;
  private at = 1;
  private readonly source: Uint8Array;
  failed: boolean;

  constructor(source: Uint8Array) {
    this.source = source;
    this.failed = source[0] !== 0;
    for (let i = 0; i < 4; i += 1) this.code = ((this.code << 8) | this.octet()) >>> 0;
  }

  private octet(): number {
    if (this.at > this.source.length) this.failed = true;
    return this.source[this.at++] ?? 0;
  }

  private settle(): void {
    if (this.range >= 0x1000000) return;
    this.range = (this.range << 8) >>> 0;
    this.code = ((this.code << 8) | this.octet()) >>> 0;
  }

  bit(table: Uint16Array, at: number): number {
    const chance = table[at] ?? probability;
    const bound = (this.range >>> 11) * chance;
    const is = this.code >= bound ? 1 : 0;
    if (is === 0) {
      this.range = bound;
      table[at] = chance + ((2048 - chance) >> 5);
    } else {
      this.range = (this.range - bound) >>> 0;
      this.code = (this.code - bound) >>> 0;
      table[at] = chance - (chance >> 5);
    }
    this.settle();
    return is;
  }

  /** Bits that are as likely 0 as 1. */
  direct(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i += 1) {
      this.range >>>= 1;
      const is = this.code >= this.range ? 1 : 0;
      if (is === 1) this.code = (this.code - this.range) >>> 0;
      value = value * 2 + is;
      this.settle();
    }
    return value;
  }

  tree(table: Uint16Array, from: number, bits: number): number {
    let node = 1;
    for (let i = 0; i < bits; i += 1) node = 2 * node + this.bit(table, from + node);
    return node - 2 ** bits;
  }

  reversed(table: Uint16Array, from: number, bits: number): number {
    let [node, value] = [1, 0];
    for (let i = 0; i < bits; i += 1) {
      const is = this.bit(table, from + node);
      node = 2 * node + is;
      value += is * 2 ** i;
    }
    return value;
  }
}

const chances = (count: number) => new Uint16Array(count).fill(probability);

/** Lengths of 2 to 273. */
function lengths() {
  const [choice, low, middle, high] = [chances(2), chances(128), chances(128), chances(256)];
  return (bits: Bits, place: number): number => {
    if (bits.bit(choice, 0) === 0) return 2 + bits.tree(low, 8 * place, 3);
    if (bits.bit(choice, 1) === 0) return 10 + bits.tree(middle, 8 * place, 3);
    return 18 + bits.tree(high, 0, 8);
  };
}

/**
 * @param properties five octets: how contexts are made, and the size of the window.
 * @param octets as many as it says it has; the caller has seen that they are not too many.
 * @returns undefined when it is broken.
 */
export function unpackedLzma(
  source: Uint8Array,
  properties: Uint8Array,
  octets: number,
): Uint8Array | undefined {
  const said = properties[0] ?? 0xff;
  if (said >= 225) return undefined;
  const [lc, lp, pb] = [said % 9, Math.floor(said / 9) % 5, Math.floor(said / 45)];
  const bits = new Bits(source);
  const out = new Uint8Array(octets);
  const literals = chances(0x300 << (lc + lp));
  const [match, longer] = [chances(statesAtMost << 4), chances(statesAtMost << 4)];
  const [repeat, repeat0, repeat1, repeat2] = [0, 0, 0, 0].map(() => chances(statesAtMost)) as [
    Uint16Array,
    Uint16Array,
    Uint16Array,
    Uint16Array,
  ];
  const [slots, near, aligned] = [chances(4 * 64), chances(128), chances(16)];
  const [matchLength, repeatLength] = [lengths(), lengths()];
  let [state, at] = [0, 0];
  let [r0, r1, r2, r3] = [0, 0, 0, 0];
  while (at < octets && !bits.failed) {
    const place = at & (2 ** pb - 1);
    if (bits.bit(match, (state << 4) + place) === 0) {
      const before = out[at - 1] ?? 0;
      const context = 0x300 * (((at & (2 ** lp - 1)) << lc) + (before >> (8 - lc)));
      let node = 1;
      if (state >= 7) {
        let other = out[at - r0 - 1] ?? 0;
        while (node < 0x100) {
          const expected = (other >> 7) & 1;
          other <<= 1;
          const is = bits.bit(literals, context + ((1 + expected) << 8) + node);
          node = 2 * node + is;
          if (is !== expected) break;
        }
      }
      while (node < 0x100) node = 2 * node + bits.bit(literals, context + node);
      out[at++] = node - 0x100;
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
      continue;
    }
    let length: number;
    if (bits.bit(repeat, state) === 0) {
      [r3, r2, r1] = [r2, r1, r0];
      length = matchLength(bits, place);
      state = state < 7 ? 7 : 10;
      const slot = bits.tree(slots, 64 * Math.min(length - 2, 3), 6);
      r0 = slot;
      if (slot >= 4) {
        const count = (slot >> 1) - 1;
        r0 = (2 | (slot & 1)) * 2 ** count;
        if (slot < 14) r0 += bits.reversed(near, r0 - slot, count);
        else r0 += bits.direct(count - 4) * 16 + bits.reversed(aligned, 0, 4);
      }
      if (r0 === 0xffffffff) break;
    } else {
      if (bits.bit(repeat0, state) === 0) {
        if (bits.bit(longer, (state << 4) + place) === 0) {
          if (at <= r0) return undefined;
          state = state < 7 ? 9 : 11;
          out[at] = out[at - r0 - 1] ?? 0;
          at += 1;
          continue;
        }
      } else {
        let distance = r1;
        if (bits.bit(repeat1, state) !== 0) {
          distance = r2;
          if (bits.bit(repeat2, state) !== 0) {
            distance = r3;
            r3 = r2;
          }
          r2 = r1;
        }
        r1 = r0;
        r0 = distance;
      }
      length = repeatLength(bits, place);
      state = state < 7 ? 8 : 11;
    }
    if (r0 >= at || length > octets - at) return undefined;
    for (let i = 0; i < length; i += 1, at += 1) out[at] = out[at - r0 - 1] ?? 0;
  }
  return at === octets && !bits.failed ? out : undefined;
}
