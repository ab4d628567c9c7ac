/** Lines of a list, none of them longer than anybody writes: what reads them keeps a whole one in memory. */

/** Characters. */
export const longestLine = 100_000;
/** In place of a line that is too long. No list has this sign: it is refused when it is uploaded. */
export const tooLong = '\0';

/**
 * Passes text on in whole lines, each with its line break, but for the last. What is too long is never kept: `tooLong`
 * stands in its place, so that the lines after it keep their numbers.
 */
export async function* wholeLines(text: AsyncIterable<string>): AsyncIterable<string> {
  let rest = '';
  let skipping = false;
  for await (const chunk of text) {
    const end = chunk.lastIndexOf('\n') + 1;
    let whole = '';
    if (end > 0) {
      const lines = `${skipping ? tooLong : rest}${skipping ? chunk.slice(chunk.indexOf('\n'), end) : chunk.slice(0, end)}`;
      whole = lines.length > longestLine ? shortened(lines) : lines;
      rest = '';
      skipping = false;
    }
    if (!skipping) {
      rest += chunk.slice(end);
      if (rest.length > longestLine) {
        rest = '';
        skipping = true;
      }
    }
    if (whole !== '') yield whole;
  }
  if (skipping) yield tooLong;
  else if (rest !== '') yield rest;
}

function shortened(lines: string): string {
  return lines
    .split('\n')
    .map((line) => (line.length > longestLine ? tooLong : line))
    .join('\n');
}
