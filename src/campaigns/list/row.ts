/** What a list is made of, whatever its format. */

export interface ListRow {
  /** From 1, in the order of the list. */
  number: number;
  /** Where it begins in the file, from 1. */
  line: number;
  /** undefined: the row cannot be read. */
  row: { address: string; values: Readonly<Record<string, string>> } | undefined;
  /** Of one that cannot be read: how it begins, where that is known. */
  text?: string;
}

export interface ListReading {
  /** Columns that nothing is made of. */
  ignored: readonly string[];
  /** Merge fields that no column is for. */
  missing: readonly string[];
  rows: AsyncIterable<readonly ListRow[]>;
}
