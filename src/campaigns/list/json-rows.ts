/** Rows of a list with a JSON object a line. */
import type { ListReading, ListRow } from './row.ts';

/** Characters of a line that cannot be read which are shown. */
const shown = 200;

/** `text`: whole lines, but for the last. */
export function jsonRows(text: AsyncIterable<string>): ListReading {
  return { ignored: [], missing: [], rows: rowsOf(text) };
}

async function* rowsOf(text: AsyncIterable<string>): AsyncIterable<readonly ListRow[]> {
  let line = 0;
  let number = 0;
  const read = (written: string): ListRow[] => {
    line += 1;
    if (written.trim() === '') return [];
    number += 1;
    const row = rowOf(written);
    return [{ number, line, row, ...(row ? {} : { text: written.slice(0, shown) }) }];
  };
  for await (const lines of text) yield lines.replace(/\n$/, '').split('\n').flatMap(read);
}

function rowOf(written: string): ListRow['row'] {
  try {
    const { address, fields = {} } = JSON.parse(written) as { address?: unknown; fields?: unknown };
    if (typeof address !== 'string' || typeof fields !== 'object' || fields === null) return undefined;
    const entries = Object.entries(fields);
    if (!entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')) return undefined;
    return { address, values: Object.fromEntries(entries) };
  } catch {
    return undefined;
  }
}
