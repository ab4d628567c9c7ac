/** The Csv port over csv-parse. */
import { type Info, parse } from 'csv-parse';
import type { Csv, CsvRecord } from '../../ports.ts';

/** Characters: a quote that is never closed would take in the rest of the file. */
const longestRecord = 100_000;
/** Cells: nobody's list has more, and empty ones do not count towards a record's length. */
const mostCells = 200;

export const csv: Csv = {
  async *read(text, delimiter) {
    let records: CsvRecord[] = [];
    let line = 1;
    let twice = 0;
    // `lines` counts those that have ended, so a record begins on the line after the one before it; csv-parse counts
    // a CRLF within quotes as two.
    const add = (cells: readonly string[] | null, lines: number) => {
      const isRead =
        cells !== null && cells.length <= mostCells && !cells.some((cell) => cell.includes('\0'));
      records.push({ line, cells: isRead ? cells : null });
      for (const cell of cells ?? []) if (cell.includes('\r\n')) twice += cell.split('\r\n').length - 1;
      line = lines + 1 - twice;
    };
    const parser = parse({
      delimiter,
      bom: true,
      info: true,
      trim: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_records_with_error: true,
      max_record_size: longestRecord,
      // Both kinds of line break, also in one file.
      record_delimiter: ['\r\n', '\n'],
      on_record: (found) => {
        // With `info` asked for, it is more than the cells that the types promise.
        const { record, info } = found as unknown as { record: string[]; info: Info };
        add(record, info.lines);
        return null;
      },
    });
    let failure: Error | undefined;
    parser.on('error', (error) => {
      failure ??= error;
    });
    parser.on('skip', (error: Error & { lines?: number }) => add(null, error.lines ?? line + twice));
    parser.resume();
    const taken = () => {
      if (failure) {
        records.push({ line, cells: null });
        failure = undefined;
      }
      const full = records.filter(({ cells }) => cells === null || cells.some((cell) => cell !== ''));
      records = [];
      return full;
    };
    for await (const chunk of text) {
      if (!parser.write(chunk)) await new Promise<void>((resolve) => parser.once('drain', resolve));
      yield taken();
    }
    await new Promise<void>((resolve) => {
      parser.once('end', resolve);
      parser.once('error', () => resolve());
      parser.end();
    });
    yield taken();
  },
};
