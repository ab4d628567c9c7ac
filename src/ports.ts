/**
 * What the core asks of the world outside. Each port has one folder of adapters; a host chooses among
 * them. Nothing here names a vendor.
 */
import type { PageLayout } from './ports/layout.ts';

/** The time, so that a test can set it. */
export interface Clock {
  now(): Date;
}

export type LogLevel = 'error' | 'info' | 'debug';
/** A line for whoever runs the service; without a level it tells of a fault of ours. */
export type Log = (event: string, fields: Record<string, unknown>, level?: LogLevel) => void;

export const recordTypes = [
  'A',
  'AAAA',
  'CNAME',
  'MX',
  'NS',
  'PTR',
  'SOA',
  'TXT',
  'TLSA',
  'CAA',
  'DS',
] as const;
export type RecordType = (typeof recordTypes)[number];

export interface DnsQuestion {
  /** Lower case, no trailing dot, A-labels only. */
  name: string;
  type: RecordType;
}

/**
 * How a question ended. `nodata` (the name exists, the type does not) and `nxdomain` are answers;
 * everything after them is the lack of one and must never be read as "there is no record".
 */
export type DnsStatus = 'answered' | 'nodata' | 'nxdomain' | 'servfail' | 'refused' | 'timeout' | 'malformed';

export interface DnsRecord {
  name: string;
  type: RecordType;
  /** Seconds. */
  ttl: number;
  /** Presentation form; for TXT all strings joined without a space (RFC 7208 section 3.3). */
  data: string;
  /** TXT only: each character-string by itself. */
  strings?: string[];
  /** TXT that is not UTF-8 only: the octets of each character-string in hexadecimal; the text above has � in their place. */
  octets?: string[];
}

export interface DnsAnswer extends DnsQuestion {
  status: DnsStatus;
  /** Every record of the answer section, a CNAME chain included, in the order received. */
  records: DnsRecord[];
  /** The AD bit: the resolver says that it validated the answer (RFC 4035 section 3.2.3). */
  authenticated: boolean;
  /** Who answered: an address with port, or an https URL. Never a secret. */
  resolver: string;
  /** ISO 8601, UTC. */
  at: string;
  /** Why there was no answer, for people who operate the service. */
  detail?: string;
  /** The resolver's extended DNS error (RFC 8914), the first if it gives several. */
  extendedError?: number;
}

/** Asks one question. Never rejects: an aborted or failed question has a status that says so. */
export interface Resolver {
  ask(question: DnsQuestion, signal: AbortSignal): Promise<DnsAnswer>;
}

export interface PageImage {
  contentType: string;
  bytes: Uint8Array;
}

export interface PageRequest {
  html: string;
  /** CSS pixels. */
  width: number;
  height: number;
  colorScheme: 'light' | 'dark';
  /** Touch screen with the phone's own layout rules (meta viewport honoured). */
  mobile: boolean;
  /** By the exact value of src; nothing else is ever loaded. `cid:` addresses belong here too. */
  images: ReadonlyMap<string, PageImage>;
}

export interface PagePicture {
  /** PNG, the whole page, at most `maxHeight` CSS pixels of it. */
  png: Uint8Array;
  /** CSS pixels of the picture. */
  width: number;
  height: number;
  /** What the layout needed: wider than the viewport means sideways scrolling. */
  contentWidth: number;
  contentHeight: number;
  /** True when the picture stops before the page does. */
  cut: boolean;
  /** Characters of text a reader can see. */
  visibleText: number;
  /** Requests that the closed network refused. */
  refused: number;
  layout: PageLayout;
}

export type BrowserFailure = 'missing' | 'crashed' | 'timeout';

/** Raised by a Browser; anything else it throws is a bug. */
export class BrowserError extends Error {
  readonly failure: BrowserFailure;
  constructor(failure: BrowserFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BrowserError';
    this.failure = failure;
  }
}

/** Draws hostile pages: no script runs and no request leaves. */
export interface Browser {
  /** @throws BrowserError when the page could not be drawn. */
  draw(page: PageRequest, signal: AbortSignal): Promise<PagePicture>;
  /** Starts it if need be. `sandbox` is false only where no sandbox can be started at all. */
  describe(): Promise<{ version: string; sandbox: boolean }>;
  close(): Promise<void>;
}

/** Raised by `putStream` alone. */
export class BlobTooLarge extends Error {
  constructor(most: number) {
    super(`More than ${most} bytes`);
    this.name = 'BlobTooLarge';
  }
}

/** Bytes under a key, outside the database. Keys are made by us, never by a caller. */
export interface Blobs {
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** undefined when there is none. */
  get(key: string): Promise<Uint8Array | undefined>;
  /**
   * As `put`, without ever holding the whole. It is there when the promise resolves, and not before.
   * @param most bytes. @returns how many there were.
   * @throws BlobTooLarge, or what the stream raised; nothing is left of it then, and the stream is cancelled.
   */
  putStream(key: string, stream: ReadableStream<Uint8Array>, most: number): Promise<number>;
  /** undefined when there is none. What replaces or deletes it meanwhile does not touch this stream. */
  getStream(key: string): Promise<ReadableStream<Uint8Array> | undefined>;
  delete(key: string): Promise<void>;
}

/** A wake-up with an id. The store holds the truth; a lost or doubled wake-up does no harm. */
export interface Queue {
  wake(id: string): void;
}

export type * from './ports/layout.ts';
export type * from './ports/observing.ts';
export type * from './ports/sending.ts';
export type * from './ports/store.ts';
