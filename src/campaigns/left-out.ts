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
import { record, separator } from './outcome.ts';
import { createTurns, type Turns } from './turns.ts';
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
/** Of whoever has an earlier version it is noted in any case, and told where they have been left out. */
type Told = Mailing & Pick<CampaignRow, 'leftOut'>;

export interface LeftOuts {
  /** Resolves when all are kept, in place of what was kept before. */
  keep(mailing: Mailing, lines: AsyncIterable<readonly LeftOutLine[]>): Promise<void>;
  /** Lines of CSV, header first; nothing where none was kept. */
  read(mailing: Told, locale: Locale): AsyncIterable<string>;
  /** Forgets what stands in all lines with these people's addresses; of all mailings when none is named. */
  erase(organisation: string, hashes: ReadonlySet<string>, mailing?: string): Promise<void>;
  forget(mailing: Mailing): Promise<void>;
}

/** Characters of a cell: as much as it takes to find the line. */
const longest = 320;
const columns: Record<Locale, readonly string[]> = {
  en: ['line', 'code', 'field', 'address', 'value', 'in_words'],
  sv: ['rad', 'kod', 'fält', 'adress', 'värde', 'i_ord'],
};
/** So many lines are kept of a list; of the others only their number, by code. */
export const leftOutAtMost = 10_000;
/** What is noted of an earlier version is told only where it kept somebody out: it takes no line's place. */
const noted = 'earlier-version';

/** One erasure at a time, whoever asks: each reads what others replace, and they take their time. */
const turnsOf = new WeakMap<object, Turns>();

export function createLeftOuts({
  store,
  blobs,
  keyring,
}: Pick<CampaignsOptions, 'store' | 'blobs' | 'keyring'>): LeftOuts {
  const turns = turnsOf.get(blobs) ?? createTurns();
  turnsOf.set(blobs, turns);
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
      [address, ...addressesIn(`${address} ${value}`)].some((found) => {
        const normal = normalAddress(found);
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
    keep: (mailing, lines) => put(keyOf(mailing), first(lines)),

    async *read(mailing, locale) {
      yield `${columns[locale].join(separator[locale])}\n`;
      const isOut = ({ code }: LeftOutLine) => code !== noted || mailing.leftOut[code] !== undefined;
      let rows = 0;
      for await (const some of kept(keyOf(mailing))) {
        const out = some.filter(isOut);
        // Those of the first line are about columns, and nobody's.
        rows += out.filter(({ code }) => mailing.leftOut[code] !== undefined).length;
        yield out.map((one) => told(one, locale)).join('');
      }
      const more = Object.values(mailing.leftOut).reduce((sum, count) => sum + count, 0) - rows;
      if (rows > 0 && more > 0) yield told({ code: 'more-left-out', field: figure(more, locale) }, locale);
    },

    erase: (organisation, hashes, mailing) =>
      turns.take('erasure', async () => {
        if (mailing !== undefined) return eraseIn({ organisation, id: mailing }, hashes);
        const { ledger } = store.organisation(organisation);
        for (let before: string | undefined; ; ) {
          const page = await ledger.list({ limit: 100, ...(before === undefined ? {} : { before }) });
          for (const one of page) await eraseIn(one, hashes);
          before = page.at(-1)?.id;
          if (page.length < 100) return;
        }
      }),

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

/** As many as are kept. */
async function* first(lines: AsyncIterable<readonly LeftOutLine[]>): AsyncIterable<readonly LeftOutLine[]> {
  const count = { told: 0, noted: 0 };
  for await (const some of lines)
    yield some.filter(({ code }) => ++count[code === noted ? 'noted' : 'told'] <= leftOutAtMost);
}

/** Characters of a local part, and of a domain (RFC 5321 section 4.5.3.1). */
const localAtMost = 64;
const domainAtMost = 255;

/** Whatever could be an address within a longer text, with all that may have been written around it. */
function* addressesIn(text: string): Iterable<string> {
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const [local = ''] = /[^\s<>()[\],;:"@]*$/.exec(text.slice(Math.max(0, at - localAtMost), at)) ?? [];
    const after = text.slice(at + 1, at + 1 + domainAtMost);
    const [domain = ''] = /^[\p{L}\p{M}\p{N}.-]*/u.exec(after) ?? [];
    const name = domain.replace(/[.-]+$/, '');
    yield `${local}@${name}`;
    // A local part may hold these, but a name seldom begins after one.
    for (const { index } of local.matchAll(/(?<=[^\p{L}\p{M}\p{N}._+-]|^[._+-]{1,64})[^._+-]/gu))
      yield `${local.slice(index)}@${name}`;
  }
}

function figure(count: number, locale: Locale): string {
  return new Intl.NumberFormat(locale === 'sv' ? 'sv-SE' : 'en-GB').format(count);
}

function told(left: Omit<LeftOutLine, 'line'> & { line?: number }, locale: Locale): string {
  const { line = '', code, field = '', address = '', value = '' } = left;
  // A spreadsheet that parts cells at these would find a cell of the list's own making.
  const plain = (text: string) => text.replace(/[;|\t\p{Cc}]/gu, ',');
  const cells = [line, code, ...[field, address, value].map(plain), sayLeftOut(left, locale)];
  return `${record(cells, locale)}\n`;
}
