/** CSV that a spreadsheet opens: no cell of it may act as a formula. */

/** What a spreadsheet takes for the beginning of a formula, and the white space it skips before that. */
const acts = new Set(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);

/**
 * One record of CSV (RFC 4180) with an apostrophe before whatever could act. What somebody wrote in a list, or
 * what a mail server answered, stands in these cells.
 */
export function harmlessRecord(record: string): string {
  let out = '';
  let from = 0;
  let quoted = false;
  let starts = true;
  for (let i = 0; i < record.length; i++) {
    const letter = record[i] as string;
    if (starts) {
      starts = false;
      if (letter === '"') {
        quoted = true;
        if (acts.has(record[i + 1] ?? '')) {
          out += `${record.slice(from, i + 1)}'`;
          from = i + 1;
        }
        continue;
      }
      if (acts.has(letter) && !(letter === '\r' && record[i + 1] === '\n')) {
        out += `${record.slice(from, i)}'`;
        from = i;
      }
    }
    // A doubled quote closes and opens at once, which comes to the same.
    if (letter === '"') quoted = !quoted;
    else if (!quoted && (letter === ',' || letter === ';' || letter === '\n')) starts = true;
  }
  return out + record.slice(from);
}

/**
 * Records as a body, pulled as fast as the client reads. Each has its line break already, or gets one. A byte order
 * mark goes first: without it Excel takes UTF-8 for Windows-1252.
 */
export function csvBody(records: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const text = new TextEncoder();
  const each = records[Symbol.asyncIterator]();
  let mark = '\ufeff';
  return new ReadableStream({
    async pull(out) {
      let next = await each.next();
      while (!next.done && next.value === '') next = await each.next();
      if (next.done) return out.close();
      const record = harmlessRecord(next.value);
      out.enqueue(text.encode(`${mark}${record}${record.endsWith('\n') ? '' : '\r\n'}`));
      mark = '';
    },
    async cancel() {
      await each.return?.();
    },
  });
}
