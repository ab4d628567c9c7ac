/** Compound files ([MS-CFB]): Office files of the older kind, mails of Outlook, installers of Windows. */
import { hexadecimal, numbersOf, octetsOf, utf16 } from './octets.ts';

export interface CompoundFile {
  /** Names of all that stands in it. */
  names: ReadonlySet<string>;
  /** Class of the whole, 32 hexadecimal digits as they stand. */
  kind: string;
  /** The first octets of a stream of that name; undefined: there is none, or it cannot be followed. */
  stream(name: string, most: number): Uint8Array | undefined;
  /** Every stream of a name, each with its first octets. */
  streams(name: RegExp, most: number): Uint8Array[];
}

interface Entry {
  name: string;
  type: number;
  start: number;
  size: number;
}

const headerOctets = 512;
const entryOctets = 128;
/** Section 2.1: no number above is that of a sector. */
const lastSector = 0xfffffffa;
const stream = 2;
const root = 5;
const streamsAtMost = 200;

/** undefined: it is broken, and nobody can say what stands in it. */
export function readCompound(bytes: Uint8Array): CompoundFile | undefined {
  const { u16, u32 } = numbersOf(bytes);
  const shift = u16(30);
  if (bytes.length < headerOctets || (shift !== 9 && shift !== 12) || u16(32) !== 6) return undefined;
  const size = 2 ** shift;
  const most = Math.ceil(bytes.length / size);
  const sectorAt = (sector: number) => (sector + 1) * size;
  const tables = tablesOf(bytes, size, most);
  const next = (sector: number) => {
    const table = tables[Math.floor(sector / (size / 4))];
    return table === undefined ? lastSector : u32(sectorAt(table) + 4 * (sector % (size / 4)));
  };
  /** The sectors of a chain; undefined: it leads nowhere, or round. */
  const chain = (start: number, count = most): number[] | undefined => {
    const sectors: number[] = [];
    for (let at = start; at <= lastSector && sectors.length < count; at = next(at)) {
      if (at >= most || sectors.length >= most) return undefined;
      sectors.push(at);
    }
    return sectors;
  };
  const directory = chain(u32(48));
  if (!directory?.length || u32(48) > lastSector) return undefined;
  const entries: Entry[] = [];
  for (const sector of directory) {
    for (let at = sectorAt(sector); at < sectorAt(sector) + size; at += entryOctets) {
      const type = bytes[at + 66] ?? 0;
      if (type !== 0)
        entries.push({
          name: utf16(bytes.subarray(at, at + Math.min(64, u16(at + 64)))),
          type,
          start: u32(at + 116),
          size: u32(at + 120),
        });
    }
  }
  const whole = entries[0];
  if (whole?.type !== root) return undefined;
  const gathered = (
    sectors: readonly number[],
    octets: number,
    at: (sector: number) => number,
    step: number,
  ) => {
    const found = new Uint8Array(Math.min(octets, sectors.length * step));
    sectors.forEach((sector, i) => {
      const left = found.length - i * step;
      if (left > 0) found.set(bytes.subarray(at(sector), at(sector) + Math.min(step, left)), i * step);
    });
    return found;
  };
  const smaller = chain(whole.start);
  const smallTable = chain(u32(60));
  const perSector = size / 64;
  const smallAt = (sector: number) => {
    const holder = smaller?.[Math.floor(sector / perSector)];
    return holder === undefined ? bytes.length : sectorAt(holder) + 64 * (sector % perSector);
  };
  const smallChain = (start: number, count: number): number[] | undefined => {
    const sectors: number[] = [];
    for (let at = start; at <= lastSector && sectors.length < count; ) {
      const table = smallTable?.[Math.floor(at / (size / 4))];
      if (table === undefined) return undefined;
      sectors.push(at);
      at = u32(sectorAt(table) + 4 * (at % (size / 4)));
    }
    return sectors;
  };
  const read = (entry: Entry, octets: number): Uint8Array | undefined => {
    const wanted = Math.min(entry.size, octets);
    if (entry.size < u32(56)) {
      const sectors = smallChain(entry.start, Math.ceil(wanted / 64));
      return sectors && gathered(sectors, wanted, smallAt, 64);
    }
    const sectors = chain(entry.start, Math.ceil(wanted / size));
    return sectors && gathered(sectors, wanted, sectorAt, size);
  };
  const streams = entries.filter(({ type }) => type === stream);
  return {
    names: new Set(entries.map(({ name }) => name)),
    // The class stands in the entry of the root, which is the first.
    kind: hexadecimal(bytes.subarray(sectorAt(u32(48)) + 80, sectorAt(u32(48)) + 96)),
    stream(name, octets) {
      const entry = streams.find((one) => one.name === name);
      return entry && read(entry, octets);
    },
    streams: (name, octets) =>
      streams
        .filter((one) => name.test(one.name))
        .slice(0, streamsAtMost)
        .flatMap((entry) => read(entry, octets) ?? []),
  };
}

/** Sectors that hold the table of chains (section 2.5): the first 109 stand in the header. */
function tablesOf(bytes: Uint8Array, size: number, most: number): number[] {
  const { u32 } = numbersOf(bytes);
  const tables: number[] = [];
  const note = (at: number, count: number) => {
    for (let i = 0; i < count; i += 1) {
      const sector = u32(at + 4 * i);
      if (sector <= lastSector && tables.length < most) tables.push(sector);
    }
  };
  note(76, 109);
  const perSector = size / 4 - 1;
  let more = u32(68);
  for (let read = 0; more <= lastSector && more < most && read < most; read += 1) {
    const at = (more + 1) * size;
    note(at, perSector);
    more = u32(at + 4 * perSector);
  }
  return tables;
}

/** Which of these names stand where an entry of a directory may begin, however the file is broken. */
export function entriesNamed(bytes: Uint8Array, names: readonly string[]): ReadonlySet<string> {
  const text = octetsOf(bytes);
  return new Set(names.filter((name) => namesEntry(text, name)));
}

function namesEntry(text: string, name: string): boolean {
  const written = `${[...name].map((sign) => `${sign}\0`).join('')}\0\0`;
  for (let at = text.indexOf(written); at !== -1; at = text.indexOf(written, at + 1)) {
    if (at % entryOctets === 0) return true;
  }
  return false;
}
