/**
 * UTF-8 that was read as Windows-1252 and written down so: each is how one letter or sign then looks. The second
 * character is never one that a word goes on with, so that SÃO and Â by themselves are none.
 */
const pairs =
  /Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸ]|Â[\u00a0-\u00bf]|â€[™œ\u009d˜“”¦¢\u0093\u0094\u0099\u009c]|ðŸ[\u0080-\u00bf‘’“”•–—˜™š]/u;

/** The garbled piece, with some of what stands round it; undefined: there is none. */
export function garbledIn(text: string): string | undefined {
  return around(text, text.search(pairs));
}

/** The same of the sign that stands for a letter that was lost. */
export function lostIn(text: string): string | undefined {
  return around(text, text.indexOf('\ufffd'));
}

function around(text: string, at: number): string | undefined {
  return at < 0 ? undefined : text.slice(Math.max(0, at - 15), at + 25).toWellFormed();
}
