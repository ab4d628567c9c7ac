/** What an audit asks of the world beside DNS. Nothing here rejects for what a stranger's server does. */
import type { IdentityStatus } from './sending.ts';

/** What came of one GET of an address on the web. */
export interface Fetched {
  url: string;
  /** HTTP status; null: there was no answer. */
  status: number | null;
  /** Why there was none, as a stable code (FetchRefused) or the system's own; null: there was one. */
  failure: string | null;
  /** Media type in lower case, without parameters. */
  type: string;
  /** As UTF-8. */
  body: string;
  /** The body was longer than was asked for. */
  cut: boolean;
  /** After redirects. */
  end: string;
  /** ISO 8601, UTC. */
  at: string;
}

/** One certificate of a chain. */
export interface ServerCertificate {
  /** Names of the subject alternative name extension (dNSName), lower case. */
  names: readonly string[];
  subject: string;
  issuer: string;
  /** ISO 8601, UTC. */
  validFrom: string;
  validTo: string;
  /** What DANE compares with (RFC 6698 section 2.1): lower-case hex by selector and matching type, such as `1 1`. */
  matches: Readonly<Record<string, string>>;
}

/** How far a mail server on port 25 came: `silent` no connection or no banner, `refused` it would not talk to us. */
export type GreetingState = 'secured' | 'plain' | 'tls-failed' | 'refused' | 'silent';

/** What a mail server says before any mail: nothing is handed over, and no recipient is named. */
export interface ServerGreeting {
  host: string;
  /** The address that answered, or the last that did not; null: there was none to try. */
  address: string | null;
  state: GreetingState;
  /** What it said last, or the system's error code; one line, shortened. */
  said: string;
  /** null unless `secured`. */
  tls: {
    /** Such as `TLSv1.3`. */
    version: string;
    /** The chain leads to a root that this machine trusts, and the names fit. null: it does, else OpenSSL's code. */
    fault: string | null;
    chain: readonly ServerCertificate[];
  } | null;
  at: string;
}

/** Greets mail servers on port 25 (EHLO, STARTTLS, EHLO, QUIT). Never rejects. */
export interface MailServers {
  /** `addresses`: as the audit's own DNS gave them, in order; those that are not of the internet are passed over. */
  greet(host: string, addresses: readonly string[], signal: AbortSignal): Promise<ServerGreeting>;
}

/** What the provider of a route knows of a sender domain; undefined: it could not be asked, or has nothing to say. */
export type AskIdentity = (
  transport: string,
  domain: string,
  signal: AbortSignal,
) => Promise<IdentityStatus | undefined>;

/** What came of one request for an address that stands in a mail. Nothing is followed. */
export interface Visited {
  url: string;
  /** HTTP status; null: there was no answer. */
  status: number | null;
  /** Why there was none, as a stable code (FetchRefused) or the system's own; null: there was one. */
  failure: string | null;
  /** Media type in lower case, without parameters. */
  type: string;
  /** Where a redirect leads, as written; null: it is none. */
  location: string | null;
  /** Bytes of the whole, as the server says or as they came; null: nobody knows. */
  size: number | null;
  /** ISO 8601, UTC. */
  at: string;
}

/** Asks for what a mail links to or shows. Never rejects. */
export interface Visitor {
  /** GET of an http or https address, at most `most` bytes of it; 0: its header is enough. */
  visit(url: string, most: number, signal: AbortSignal): Promise<Visited & { body: Uint8Array }>;
}

/** A rule of a spam engine that took hold of the message. */
export interface SpamSymbol {
  /** The engine's own, such as `GTUBE`. */
  name: string;
  points: number;
  /** In the engine's own words; may be empty. */
  description: string;
}

/** What a spam engine says of one message. `engine`: its name for people, with its version where it tells that. */
export type SpamOpinion =
  | {
      known: true;
      engine: string;
      /** By the engine's own settings, which may rest on more than the score. */
      spam: boolean;
      score: number;
      /** From so many points it is spam; null: the engine does not say. */
      threshold: number | null;
      /** What it would do with the mail, in its own words; null: it does nothing but count. */
      action: string | null;
      /** Those that weigh most first. */
      symbols: readonly SpamSymbol[];
      /** How many more there are than are kept. */
      omitted: number;
    }
  | { known: false; engine: string; detail: string };

/** A spam filter of whoever runs the service. Never rejects: one that does not answer is not known, and never 0. */
export interface SpamEngine {
  /** Stable, such as `rspamd`. */
  readonly id: string;
  score(message: Uint8Array, signal: AbortSignal): Promise<SpamOpinion>;
}

/** What the web answers in examples and worlds, by address: a body with status 200, or a status or failure of its own. */
export type WrittenPages = Readonly<
  Record<
    string,
    | string
    | {
        status?: number;
        type?: string;
        body?: string;
        /** In place of a body of text. */
        base64?: string;
        /** Bytes, as the server says; without it as many as there are. */
        size?: number;
        /** Where a redirect leads. */
        location?: string;
        failure?: string;
      }
  >
>;
