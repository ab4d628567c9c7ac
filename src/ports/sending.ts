/** What sending asks of the world outside: keys, transports, a scanner, somebody to alert. */

/** A public key as RFC 7517 has it (RFC 8037 for Ed25519). */
export interface PublicKey {
  kty: 'OKP';
  crv: 'Ed25519';
  x: string;
  kid: string;
  alg: 'Ed25519';
  use: 'sig';
}

/** What a token is for: one that was made for one purpose proves nothing for another. */
export type MacPurpose = 'return-path' | 'unsubscribe' | 'rehearsal';

/** Secrets that live outside the database. None of them is ever handed out, but for what signs a message. */
export interface Keyring {
  /** Signs with the key that is current. `input`: the bytes of a JWS signing input, which names `kid`. */
  currentKid(): string;
  sign(kid: string, input: Uint8Array): Promise<Uint8Array>;
  /** The current key, and each earlier one while a clearance that it signed may live. */
  published(): readonly PublicKey[];
  /** Keyed hash of an address that is normalised already: 22 characters of base64url. Its key never changes. */
  hashAddress(organisation: string, address: string): string;
  /** 16 characters of a-z and 2-7 (80 bits). */
  mac(purpose: MacPurpose, text: string): string;
  /** In constant time, and by every key there has been: what is in people's mailboxes never expires. */
  isMac(purpose: MacPurpose, text: string, mac: string): boolean;
  /** Makes a 2048-bit RSA key pair unless there is one. @returns the p= value of its record. */
  makeDkimKey(domain: string, selector: string): Promise<string>;
  /** PKCS#8 PEM; undefined when there is none. */
  dkimKey(domain: string, selector: string): string | undefined;
}

export type TransportKind = 'ses' | 'smtp';

/** One sending server, with its credentials, as whoever runs the service has configured it. */
export interface TransportInfo {
  /** As configured: `ses`, `authsmtp`. */
  id: string;
  kind: TransportKind;
  /** Who processes the mail, for people: `Amazon SES`, `AuthSMTP`, a host's name. */
  provider: string;
  /** ISO 3166-1 alpha-2 of where the mail is processed. */
  country: string;
  /** SES region, or host and port. Never a secret. */
  place: string;
  /** Mechanism that lets it send, such as `include:authsmtp.com`; null where nobody has said. */
  spf: string | null;
  /** SES: whose events tell what becomes of the mail; undefined: there is none. */
  configurationSet?: string | undefined;
  /**
   * Domains for which it is a standard route: they may send by it without being registered here. `organisation`: by
   * that one alone.
   */
  standardFor: readonly {
    domain: string;
    organisation?: string | undefined;
    mailFrom: string;
    dkim: readonly { d: string; s: string }[];
  }[];
}

/**
 * How far an attempt came. `connect` to `hello`, `auth`, `throttled`, `refused`: nothing was handed over.
 * `handed-over`: no answer after the message was, or may have been, written.
 */
export type Stage =
  | 'connect'
  | 'tls'
  | 'greeting'
  | 'hello'
  | 'auth'
  /** Too many requests, or too many connections. */
  | 'throttled'
  /** The provider answers, and refuses the call for a reason that is not this mail's: a documented refusal. */
  | 'refused'
  /** The provider has stopped the account: paused, suspended, under enforcement. */
  | 'suspended'
  /** MAIL FROM, identity or domain is not verified, or the server refuses the envelope sender for good. */
  | 'identity'
  /** MAIL FROM is put off for what it is, such as a domain that cannot be looked up now. */
  | 'sender'
  /** A command of ours is not understood, whoever the mail is for: its parameters (555). */
  | 'command'
  /** An answer to RCPT TO. */
  | 'recipient'
  /** An answer to the whole message. */
  | 'message'
  | 'handed-over';

export type Handover =
  | { kind: 'accepted'; providerId: string | null; response: string }
  | {
      kind: 'failed';
      stage: Stage;
      /** As far as the server says: 5xx against 4xx. */
      permanent: boolean;
      /** SMTP reply code, SES exception, or the system's error code. */
      code: string;
      /** RFC 3463, such as `5.7.1`. */
      enhanced: string | null;
      /** What the server said, on one line, at most 500 characters. */
      response: string;
    };

export interface OutgoingMail {
  /** Goes along as tag (SES) or ENVID (SMTP); one attempt id reaches a server at most once. */
  attempt: string;
  /** SMTP only needs it; SES is given the same. */
  envelopeFrom: string;
  recipient: string;
  /** Header From's domain and the keys that sign for it here; SES signs by itself. */
  dkim: readonly { d: string; s: string }[];
  /** The whole message, unsigned, CRLF. */
  raw: Uint8Array;
}

export interface TransportStatus {
  /** It answers and takes mail. */
  available: boolean;
  /** The provider has stopped the account. */
  suspended: boolean;
  /** SES: only verified addresses get mail. */
  sandbox: boolean;
  /** Messages a second that it takes; null: it does not say. */
  perSecond: number | null;
  /** That it takes in 24 hours, and has taken; null: it does not say. */
  perDay: number | null;
  sentToday: number | null;
  detail: string;
}

export interface IdentityStatus {
  /** Each in the provider's own word, `SUCCESS` being the good one; null: it does not say (SMTP). */
  domain: string | null;
  dkim: string | null;
  mailFrom: string | null;
  /** What it uses now; an attempt that would use another pauses the campaign. */
  mailFromDomain: string | null;
  /** DKIM selectors that it signs with; empty: it does not say. */
  selectors: readonly string[];
  /** What happens when its MX is not found: silently another domain, or a refusal. */
  onMxFailure: 'default' | 'reject' | null;
}

/** Nothing here retries by itself, and nothing throws for what a server does. */
export interface Transport extends TransportInfo {
  /** How many messages may be under way at once. */
  readonly atOnce: number;
  send(mail: OutgoingMail, signal: AbortSignal): Promise<Handover>;
  status(signal: AbortSignal): Promise<TransportStatus>;
  /** What the provider knows of a sender domain. undefined: it could not be asked. */
  identity(domain: string, signal: AbortSignal): Promise<IdentityStatus | undefined>;
  close(): Promise<void>;
}

/** What is to become a MIME message. Header values are decoded text without CR or LF. */
export interface ComposedMessage {
  from: { name: string; address: string };
  to: string;
  replyTo: readonly { name: string; address: string }[];
  subject: string;
  messageId: string;
  date: Date;
  html: string | null;
  text: string | null;
  /** Beside those above, in order. */
  headers: readonly { name: string; value: string }[];
  attachments: readonly {
    filename: string | null;
    contentType: string;
    disposition: string | null;
    contentId: string | null;
    bytes: Uint8Array;
  }[];
}

/** Writes MIME (RFC 5322, 2045-2049): CRLF, lines within 998, encoded words. */
export interface MimeWriter {
  write(message: ComposedMessage): Promise<Uint8Array>;
}

export type Scan =
  | { known: true; infected: false; engine: string }
  /** `signature`: the engine's own name of what it found. */
  | { known: true; infected: true; signature: string; engine: string }
  | { known: false; reason: 'missing' | 'unanswered' | 'too-large'; detail: string };

/** Looks for malware in a whole message, attachments included. Never rejects. */
export interface Scanner {
  scan(message: Uint8Array, signal: AbortSignal): Promise<Scan>;
}

/** One record of a CSV file, with the line it begins on (from 1). `cells` null: it could not be read. */
export interface CsvRecord {
  line: number;
  cells: readonly string[] | null;
}

/** Reads comma-separated values (RFC 4180), as spreadsheets write them: any number of cells, quotes where none belong. */
export interface Csv {
  /**
   * Records in order, some at a time; empty lines are passed over, cells are trimmed. One with U+0000 in it, or of
   * more cells than any list has, could not be read. Lines are bounded by the caller. Rejects when `text` does.
   */
  read(text: AsyncIterable<string>, delimiter: string): AsyncIterable<readonly CsvRecord[]>;
}

export interface Alert {
  id: string;
  organisation: string;
  campaign: string | null;
  /** Stable code, such as `switched-to-reserve`. */
  kind: string;
  /** What its words are made from. */
  data: Readonly<Record<string, string | number>>;
  at: string;
}

/** Tells somebody outside the service, in the organisation's language. Rejects when it could not. */
export interface Alarm {
  tell(alert: Alert, words: { title: string; text: string }, signal: AbortSignal): Promise<void>;
}

/** One HTTPS request to a host that somebody else has chosen: only global addresses, redirects checked each. */
export interface Fetcher {
  /**
   * `at`: when it came, of what had been kept. The body is cut at `most` bytes. @throws FetchRefused (`name` is the
   * code) or what the network raises.
   */
  fetch(
    url: string,
    request: {
      method: 'GET' | 'POST';
      headers?: Record<string, string>;
      body?: string;
      most: number;
      redirects: number;
    },
    signal: AbortSignal,
  ): Promise<{ status: number; headers: Headers; body: Uint8Array; url: string; at?: string }>;
}

/** What a provider has posted to us, after its signature was checked. */
export type Notified =
  /** Signed, and of a topic of ours. `id` is the same when it is sent again. */
  | { kind: 'notification'; id: string; topic: string; message: string; at: string }
  /** A subscription of a topic of ours, which has been confirmed; or the end of one. */
  | { kind: 'subscribed' | 'unsubscribed'; topic: string }
  /** Nothing that we can trust; `reason` is for whoever runs the service. */
  | { kind: 'refused'; reason: string }
  /** What checks it could not be had just now: to be sent again. */
  | { kind: 'unanswered'; reason: string };

/** Checks what a provider of events posts. Never rejects for what is in it. */
export interface NotificationSource {
  /** `body`: as it came, at most 256 kB. */
  read(body: Uint8Array, signal: AbortSignal): Promise<Notified>;
}

/** A message as it came over SMTP. */
export interface ReceivedMail {
  /** Of RCPT TO. */
  recipient: string;
  /** Of MAIL FROM; empty: the null reverse-path. */
  mailFrom: string;
  /** Of EHLO or HELO. */
  helo: string;
  /** Of the client. */
  ip: string;
  /** The last hop was encrypted. */
  tls: boolean;
  /** Without what the transport added (dots, the end). */
  bytes: Uint8Array;
}

/** Takes mail for addresses of ours and for no others; never sends any on. */
export interface Receiver {
  readonly port: number;
  /** Takes no more; resolves when what is under way has ended or was cut. */
  close(): Promise<void>;
}

export type SpfResult = 'pass' | 'fail' | 'softfail' | 'neutral' | 'none' | 'temperror' | 'permerror';

/** Which servers may send for a domain (RFC 7208), judged for one of them. Never rejects. */
export interface SpfCheck {
  check(
    client: { ip: string; helo: string; mailFrom: string },
    signal: AbortSignal,
  ): Promise<{ result: SpfResult; domain: string }>;
}
