/** A domain name as people read it, where that cannot be taken for another name. */

/**
 * Letters that Swedes and their neighbours write: Latin with its marks (Latin-1, Latin Extended-A). Without those that
 * look like a bare letter or two of them: dotless i, kra, the middle dot of l, and n after an apostrophe.
 */
const latin = /^[a-z0-9\u00df-\u00f6\u00f8-\u0130\u0132-\u0137\u0139-\u013e\u0141-\u0148\u014a-\u017e-]+$/;
/** Their letters look like Latin ones, so that they are shown where the whole name, top level and all, is of them. */
const whole: readonly RegExp[] = [/^[\p{Script=Cyrillic}0-9-]+$/u, /^[\p{Script=Greek}0-9-]+$/u];

/**
 * `xn--rksmrgs-5wao1o.se` -> `räksmörgås.se`. null: it has no other form, or one that mixes scripts or can be taken
 * for another name. `ascii`: A-labels, as `asciiDomain` gives them.
 */
export function unicodeName(ascii: string): string | null {
  if (!/(?:^|\.)xn--/.test(ascii)) return null;
  const labels = ascii.split('.').map((label) => (label.startsWith('xn--') ? decode(label.slice(4)) : label));
  if (!labels.every((label) => label !== null)) return null;
  const safe = labels.every((label) => latin.test(label));
  if (!safe && !whole.some((script) => labels.every((label) => script.test(label)))) return null;
  const name = labels.join('.');
  return asciiOf(name) === ascii ? name : null;
}

/**
 * The letters that an A-label stands for, label by label, whether or not they may be taken for others: to be compared,
 * never to be shown. null: one of them stands for none.
 */
export function lettersOf(ascii: string): string[] | null {
  const labels = ascii.split('.').map((label) => (label.startsWith('xn--') ? decode(label.slice(4)) : label));
  return labels.every((label) => label !== null) ? labels : null;
}

/** The name, and beside it how DNS has it, where that is another. */
export function namedWith(ascii: string): string {
  const name = unicodeName(ascii);
  return name === null ? ascii : `${name} (${ascii})`;
}

/** What is not its own A-label the other way round was never written by IDNA (mapped, not normal, not allowed). */
function asciiOf(name: string): string | null {
  return URL.canParse(`http://${name}`) ? new URL(`http://${name}`).hostname : null;
}

// RFC 3492 section 5.
const [base, least, most, skew, damp, firstBias, firstCode] = [36, 1, 26, 38, 700, 72, 128];

/** Punycode (RFC 3492 section 6.2) of one label, which has 59 characters at most. null: it is none. */
function decode(text: string): string | null {
  const last = text.lastIndexOf('-');
  const codes = [...text.slice(0, Math.max(last, 0))].map((letter) => letter.charCodeAt(0));
  let [code, at, bias] = [firstCode, 0, firstBias];
  for (let i = last + 1; i < text.length; ) {
    const before = at;
    for (let weight = 1, k = base; ; k += base) {
      const digit = digitOf(text.charCodeAt(i++));
      if (digit === null) return null;
      at += digit * weight;
      const threshold = Math.min(Math.max(k - bias, least), most);
      if (digit < threshold) break;
      weight *= base - threshold;
    }
    if (!Number.isSafeInteger(at)) return null;
    const count = codes.length + 1;
    bias = adapted(at - before, count, before === 0);
    code += Math.floor(at / count);
    at %= count;
    if (code > 0x10ffff) return null;
    codes.splice(at++, 0, code);
  }
  return String.fromCodePoint(...codes);
}

function digitOf(letter: number): number | null {
  if (letter >= 0x61 && letter <= 0x7a) return letter - 0x61;
  return letter >= 0x30 && letter <= 0x39 ? letter - 0x30 + 26 : null;
}

function adapted(delta: number, count: number, first: boolean): number {
  let left = Math.floor(delta / (first ? damp : 2));
  left += Math.floor(left / count);
  let k = 0;
  for (; left > ((base - least) * most) / 2; k += base) left = Math.floor(left / (base - least));
  return k + Math.floor(((base - least + 1) * left) / (left + skew));
}
