/** Lists of recipients: kept as they come in, and read as rows with their number and what stands in them. */
import type { Csv } from '../ports.ts';
import type { SendError, SendOrder } from './campaign.ts';
import { wholeLines } from './line.ts';
import type { CampaignsOptions } from './options.ts';

export interface ListRow {
  /** From 1, in the order of the list. */
  number: number;
  /** Where it begins in the file, from 1. */
  line: number;
  /** undefined: the row cannot be read. */
  row: { address: string; values: Readonly<Record<string, string>> } | undefined;
}

export interface Lists {
  /** Recipients of an order become a list as any other. */
  keepRecipients(
    organisation: string,
    campaign: string,
    recipients: NonNullable<SendOrder['recipients']>,
  ): Promise<void>;
  /** `wrong-state`: it awaits none. */
  keep(
    organisation: string,
    campaign: string,
    list: { body: ReadableStream<Uint8Array>; format: 'csv' | 'ndjson' },
  ): Promise<'kept' | 'wrong-state' | SendError>;
  /** Rows of a list that was kept, some at a time. `ignored`: columns that nothing is made of. */
  read(key: string, fields: readonly string[]): Promise<ListReading | undefined>;
}

export interface ListReading {
  ignored: readonly string[];
  rows: AsyncIterable<readonly ListRow[]>;
}

/** As people head the column with the addresses. */
const addressColumns = ['email', 'e-mail', 'epost', 'e-post', 'address', 'adress', 'mejl'];
/** Characters within which a header line ends. */
const headAtMost = 64 * 1024;

export function createLists({ store, blobs, csv, policy }: CampaignsOptions): Lists {
  const keyOf = (organisation: string, campaign: string, format: string) =>
    `${organisation}/campaigns/${campaign}/list.${format}`;
  /** Nothing is read in before this has been written, and a list that is being read in is not replaced. */
  const hand = (organisation: string, campaign: string, key: string) =>
    store.organisation(organisation).ledger.change(campaign, { list: key }, { states: ['preparing'] });

  return {
    async keepRecipients(organisation, campaign, recipients) {
      const key = keyOf(organisation, campaign, 'ndjson');
      const lines = chunked(recipients, 1000, (some) =>
        some.map((one) => `${JSON.stringify(one)}\n`).join(''),
      );
      await blobs.putStream(key, encoded(lines), policy.sending.listBytes);
      await hand(organisation, campaign, key);
    },

    async keep(organisation, campaign, { body, format }) {
      const { ledger } = store.organisation(organisation);
      const row = await ledger.find(campaign);
      if (row?.state !== 'preparing' || row.list !== null) {
        await body.cancel();
        return 'wrong-state';
      }
      const key = keyOf(organisation, campaign, format);
      const watched = watch(body);
      let bytes: number;
      try {
        bytes = await blobs.putStream(key, watched.body, policy.sending.listBytes);
      } catch (error) {
        if (watched.fault) return fault('list-unreadable');
        if (error instanceof Error && error.name === 'BlobTooLarge') {
          return fault('list-too-large', { limit: policy.sending.listBytes });
        }
        throw error;
      }
      const refuse = async (error: SendError) => {
        await blobs.delete(key);
        return error;
      };
      if (bytes === 0) return refuse(fault('recipients-missing'));
      if (format === 'csv' && !columnsOf(await headerOf(watched.head, csv), []))
        return refuse(fault('list-address-column'));
      return (await hand(organisation, campaign, key)) ? 'kept' : 'wrong-state';
    },

    async read(key, fields) {
      const body = await blobs.getStream(key);
      if (!body) return undefined;
      const text = wholeLines(decoded(body));
      if (key.endsWith('.ndjson')) return { ignored: [], rows: jsonRows(text) };
      return csvRows(text, csv, fields);
    },
  };
}

function fault(code: SendError['code'], data: SendError['data'] = {}): SendError {
  return { code, field: 'list', data };
}

/** Passes bytes on and looks at them: they have to be UTF-8 to the last. */
function watch(body: ReadableStream<Uint8Array>) {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const seen = { head: '', fault: false, body };
  const look = (chunk?: Uint8Array) => {
    try {
      const text = decoder.decode(chunk, { stream: chunk !== undefined });
      // U+0000 is UTF-8, and a sign of UTF-16 or of no text at all.
      if (text.includes('\0')) throw new TypeError('not text');
      if (seen.head.length < headAtMost) seen.head += text.slice(0, headAtMost);
    } catch (error) {
      seen.fault = true;
      throw error;
    }
  };
  seen.body = body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        look(chunk);
        controller.enqueue(chunk);
      },
      flush: () => look(),
    }),
  );
  return seen;
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

interface Columns {
  address: number;
  fields: readonly { name: string; column: number }[];
  ignored: readonly string[];
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
  return { address, fields: found, ignored: header.filter((_, column) => !used.includes(column)) };
}

async function csvRows(
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
  return { ignored: columns.ignored, rows: rows(columns) };
}

function rowOf(cells: readonly string[], { address, fields }: Columns): NonNullable<ListRow['row']> {
  const values: Record<string, string> = {};
  for (const { name, column } of fields) values[name] = cells[column] ?? '';
  return { address: cells[address] ?? '', values };
}

/** `text`: whole lines, but for the last. */
async function* jsonRows(text: AsyncIterable<string>): AsyncIterable<readonly ListRow[]> {
  let line = 0;
  let number = 0;
  const read = (written: string): ListRow[] => {
    line += 1;
    if (written.trim() === '') return [];
    number += 1;
    return [{ number, line, row: jsonRow(written) }];
  };
  for await (const lines of text) yield lines.replace(/\n$/, '').split('\n').flatMap(read);
}

function jsonRow(written: string): ListRow['row'] {
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

async function* decoded(body: ReadableStream<Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of body) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield text;
  }
  const last = decoder.decode();
  if (last !== '') yield last;
}

/** Text as a stream of bytes, made as it is read. */
export function encoded(texts: Iterable<string> | AsyncIterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const source = Symbol.asyncIterator in texts ? texts[Symbol.asyncIterator]() : texts[Symbol.iterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await source.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await source.return?.();
    },
  });
}

function* chunked<T>(items: readonly T[], size: number, write: (some: readonly T[]) => string) {
  for (let from = 0; from < items.length; from += size) yield write(items.slice(from, from + size));
}
