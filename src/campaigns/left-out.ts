/**
 * Lines of a list that were left out: kept with what stood in them, told in the reader's language. They hold
 * addresses, and are forgotten like those of the ledger.
 */
import type { CampaignRow } from '../ports.ts';
import { hashedForm, normalAddress } from '../recipients.ts';
import type { Locale } from '../rule.ts';
import { wholeLines } from './list/line.ts';
import { decoded, encoded } from './list/text.ts';
import type { CampaignsOptions } from './options.ts';
import { cell } from './outcome.ts';
import { sayLeftOut } from './words/left-out.ts';

export interface LeftOutLine {
  /** From 1, in the file. */
  line: number;
  code: string;
  /** Merge field or column that it is about. */
  field?: string | undefined;
  /** As it was written. */
  address?: string | undefined;
  /** Of the field, or how a line begins that cannot be read. */
  value?: string | undefined;
}

type Mailing = Pick<CampaignRow, 'organisation' | 'id'>;

export interface LeftOuts {
  /** Resolves when all are kept, in place of what was kept before. */
  keep(mailing: Mailing, lines: AsyncIterable<readonly LeftOutLine[]>): Promise<void>;
  /** Lines of CSV, header first; nothing where none was kept. */
  read(mailing: Mailing, locale: Locale): AsyncIterable<string>;
  /** Forgets what stands in all lines with these people's addresses; of all mailings when none is named. */
  erase(organisation: string, hashes: ReadonlySet<string>, mailing?: string): Promise<void>;
  forget(mailing: Mailing): Promise<void>;
}

/** Characters of a cell: as much as it takes to find the line. */
const longest = 320;
const columns = ['line', 'code', 'field', 'address', 'value', 'in_words'];
/** Whatever could be an address within a longer text. */
const addresses = /[^\s<>()[\],;:"]+@[^\s<>()[\],;:"]+/g;

export function createLeftOuts({
  store,
  blobs,
  keyring,
}: Pick<CampaignsOptions, 'store' | 'blobs' | 'keyring'>): LeftOuts {
  const keyOf = ({ organisation, id }: Mailing) => `${organisation}/campaigns/${id}/left-out.ndjson`;

  async function* kept(key: string): AsyncIterable<readonly LeftOutLine[]> {
    const body = await blobs.getStream(key);
    if (!body) return;
    for await (const text of wholeLines(decoded(body)))
      yield text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as LeftOutLine);
  }

  async function put(key: string, lines: AsyncIterable<readonly LeftOutLine[]>): Promise<void> {
    async function* written() {
      for await (const some of lines) yield some.map((one) => `${JSON.stringify(short(one))}\n`).join('');
    }
    await blobs.putStream(key, encoded(written()), Number.MAX_SAFE_INTEGER);
  }

  async function eraseIn(mailing: Mailing, hashes: ReadonlySet<string>): Promise<void> {
    const names = ({ address = '', value = '' }: LeftOutLine) =>
      [address, ...`${address} ${value}`.matchAll(addresses)].some((found) => {
        const normal = normalAddress(String(found));
        return (
          normal !== undefined && hashes.has(keyring.hashAddress(mailing.organisation, hashedForm(normal)))
        );
      });
    const key = keyOf(mailing);
    let found = false;
    for await (const some of kept(key)) found ||= some.some(names);
    if (!found) return;
    async function* without() {
      for await (const some of kept(key))
        yield some.map(({ line, code, field, ...said }) =>
          names({ line, code, ...said }) ? { line, code, field } : { line, code, field, ...said },
        );
    }
    await put(key, without());
  }

  return {
    keep: (mailing, lines) => put(keyOf(mailing), lines),

    async *read(mailing, locale) {
      yield `${columns.join(',')}\n`;
      for await (const some of kept(keyOf(mailing))) yield some.map((one) => record(one, locale)).join('');
    },

    async erase(organisation, hashes, mailing) {
      if (mailing !== undefined) return eraseIn({ organisation, id: mailing }, hashes);
      const { ledger } = store.organisation(organisation);
      for (let before: string | undefined; ; ) {
        const page = await ledger.list({ limit: 100, ...(before === undefined ? {} : { before }) });
        for (const one of page) await eraseIn(one, hashes);
        before = page.at(-1)?.id;
        if (page.length < 100) return;
      }
    },

    forget: (mailing) => blobs.delete(keyOf(mailing)),
  };
}

function short({ line, code, field, address, value }: LeftOutLine): LeftOutLine {
  return {
    line,
    code,
    field: field?.slice(0, longest),
    address: address?.slice(0, longest),
    value: value?.slice(0, longest),
  };
}

function record(left: LeftOutLine, locale: Locale): string {
  const { line, code, field = '', address = '', value = '' } = left;
  // A spreadsheet that parts cells at these would find a cell of the list's own making.
  const plain = (text: string) => text.replace(/[;|\t\p{Cc}]/gu, ',');
  const cells = [line, code, ...[field, address, value].map(plain), sayLeftOut(left, locale)];
  return `${cells.map(cell).join(',')}\n`;
}
