/** Rows of a list in CSV, whose first line names the columns. */
import type { Csv } from '../../ports.ts';
import type { ListReading, ListRow } from './row.ts';
import { headAtMost } from './watch.ts';

/** As people head the column with the addresses. */
const addressColumns = ['email', 'e-mail', 'epost', 'e-post', 'address', 'adress', 'mejl'];

interface Columns {
  address: number;
  fields: readonly { name: string; column: number }[];
  ignored: readonly string[];
  missing: readonly string[];
}

/**
 * What the first line names. @param head the beginning of the list
 * @returns undefined: no column holds the addresses. `missing`: merge fields that no column is for
 */
export async function namedColumns(
  head: string,
  csv: Csv,
  fields: readonly string[],
): Promise<{ header: readonly string[]; missing: readonly string[] } | undefined> {
  const header = await headerOf(head, csv);
  const columns = columnsOf(header, fields);
  return columns && { header, missing: columns.missing };
}

/** @returns undefined: no column holds the addresses */
export async function csvRows(
  text: AsyncIterable<string>,
  csv: Csv,
  fields: readonly string[],
): Promise<ListReading | undefined> {
  const chunks = text[Symbol.asyncIterator]();
  let head = '';
  let ended = false;
  while (!ended && !head.includes('\n') && head.length < headAtMost) {
    const next = await chunks.next();
    ended = next.done === true;
    head += next.value ?? '';
  }
  const columns = columnsOf(await headerOf(head, csv), fields);
  if (!columns) return undefined;
  async function* all() {
    yield head;
    yield* { [Symbol.asyncIterator]: () => chunks };
  }
  async function* rows(found: Columns) {
    let number = -1;
    for await (const records of csv.read(all(), delimiterOf(head))) {
      const some: ListRow[] = [];
      for (const { line, cells } of records) {
        number += 1;
        // The first is the header.
        if (number > 0) some.push({ number, line, row: cells ? rowOf(cells, found) : undefined });
      }
      yield some;
    }
  }
  return { ignored: columns.ignored, missing: columns.missing, rows: rows(columns) };
}

/** The separator that stands most often in the first line. */
function delimiterOf(head: string): string {
  const line = head.slice(0, head.search(/[\r\n]|$/));
  const count = (mark: string) => line.split(mark).length;
  return [';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best), ',');
}

async function headerOf(head: string, csv: Csv): Promise<readonly string[]> {
  async function* first() {
    yield head.slice(0, head.search(/\n|$/) + 1);
  }
  for await (const [record] of csv.read(first(), delimiterOf(head))) if (record) return record.cells ?? [];
  return [];
}

function columnsOf(header: readonly string[], fields: readonly string[]): Columns | undefined {
  const names = header.map((cell) => cell.toLowerCase());
  const address = names.findIndex((name) => addressColumns.includes(name));
  if (address < 0) return undefined;
  const found = fields.flatMap((name) => {
    const column = names.indexOf(name.toLowerCase());
    return column < 0 || column === address ? [] : [{ name, column }];
  });
  const used = [address, ...found.map(({ column }) => column)];
  return {
    address,
    fields: found,
    ignored: header.filter((_, column) => !used.includes(column)),
    missing: fields.filter((field) => !found.some(({ name }) => name === field)),
  };
}

function rowOf(cells: readonly string[], { address, fields }: Columns): NonNullable<ListRow['row']> {
  const values: Record<string, string> = {};
  for (const { name, column } of fields) values[name] = cells[column] ?? '';
  return { address: cells[address] ?? '', values };
}
