/** A sender and a message with all around them, as the examples of a rule write it. */
import type { IdentityStatus, ServerGreeting, TransportInfo, WrittenPages } from '../ports.ts';

/** A message and its surroundings, written short; what is absent comes from test/world.ts's sound default. */
export interface World {
  zone?: Record<string, unknown>;
  html?: string;
  mjml?: string;
  eml?: string;
  from?: string;
  replyTo?: string;
  subject?: string;
  mailFrom?: string | null;
  class?: 'marketing' | 'transactional';
  /** What the malware scanner says; without it there is none. `infected`: it knows a test signature, and looks for it. */
  scanner?: 'clean' | 'infected' | 'silent';
  /** Spam filters that are set up, by id; without them there is none. `listens`: it knows GTUBE, and looks for it. */
  spamEngines?: Readonly<Record<string, 'listens' | 'silent'>>;
  /** null: none is named. */
  dkimSelectors?: readonly string[] | null;
  /** Sending servers that are named. */
  sendingAddresses?: readonly string[];
  /** Of a registered sender, the primary first; without any, the mail goes by a system of the sender's own. */
  routes?: readonly { transport: string; mailFrom: string; dkim?: readonly { d: string; s: string }[] }[];
  /** The sending servers, by id: only what is not as in test/world.ts, where `ses` is Amazon SES and all others SMTP. */
  transports?: Readonly<Record<string, Partial<Pick<TransportInfo, 'kind' | 'provider' | 'place' | 'spf'>>>>;
  /** What the provider of a route says of the From domain, by transport; one that is not here could not be asked. */
  identities?: Readonly<Record<string, Partial<IdentityStatus>>>;
  /** What is not here is not reached. */
  web?: WrittenPages;
  /** What mail servers say, by host: only what is not as in a sound one; the rest is silent. */
  servers?: Readonly<Record<string, Partial<ServerGreeting>>>;
  /** Declared: then Klarsignal fills the mail in. */
  mergeFields?: readonly unknown[];
  /** What another sending tool would fill it in with. */
  sampleData?: unknown;
  /** Names of fields that it must have. */
  requiredFields?: readonly string[];
}
