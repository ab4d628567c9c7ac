/**
 * The list of facts and their types. To add one: a line here, a line in gather.ts's lists, and its file.
 */
import type { AddressesFact } from './addresses.ts';
import type { AttachmentsFact } from './attachments.ts';
import type { AuthorFact } from './author.ts';
import type { BimiFact } from './bimi.ts';
import type { CssFact } from './css.ts';
import type { DaneFact } from './dane.ts';
import type { DanglingFact } from './dangling.ts';
import type { DkimFact } from './dkim.ts';
import type { DmarcReportsFact } from './dmarc/destinations.ts';
import type { DmarcPassingFact } from './dmarc/passing.ts';
import type { DmarcFact } from './dmarc.ts';
import type { DnssecFact } from './dnssec.ts';
import type { DoubledNamesFact } from './doubled-names.ts';
import type { Evidence } from './evidence.ts';
import type { HtmlFact } from './html.ts';
import type { IdentityFact } from './identity.ts';
import type { LinesFact } from './lines.ts';
import type { LinkAnswersFact } from './link-answers.ts';
import type { ListingsFact } from './listings.ts';
import type { MailFromFact } from './mail-from.ts';
import type { Exchange, GreetingsFact, MailServersFact } from './mail-servers.ts';
import type { MalwareFact } from './malware.ts';
import type { MarkupFact } from './markup.ts';
import type { MessageFact } from './message.ts';
import type { MimeFact } from './mime.ts';
import type { MtaStsFact } from './mta-sts.ts';
import type { PicturesFact } from './pictures.ts';
import type { RegistrationFact } from './registration.ts';
import type { RenderingFact } from './rendering.ts';
import type { SpamEnginesFact } from './spam-engines.ts';
import type { SpfFact } from './spf.ts';
import type { StructureFact } from './structure.ts';
import type { TlsReportsFact } from './tls-reports.ts';
import type { WordingFact } from './wording.ts';
import type { ZoneFact } from './zone.ts';

export type { DnsEvidence, Evidence, SpamEvidence } from './evidence.ts';

/** Of the sender domain: what DNS, and what it names, says. Known without any message. */
export interface SenderFacts {
  author: AuthorFact;
  spf: SpfFact;
  dkim: DkimFact;
  dmarc: DmarcFact;
  dmarcReports: DmarcReportsFact;
  dmarcPassing: DmarcPassingFact;
  mailFrom: MailFromFact;
  mailServers: MailServersFact;
  bounceServers: Exchange | null;
  greetings: GreetingsFact;
  bounceGreetings: GreetingsFact | null;
  mtaSts: MtaStsFact;
  tlsReports: TlsReportsFact;
  dane: DaneFact;
  addresses: AddressesFact;
  listings: ListingsFact;
  dangling: DanglingFact;
  registration: RegistrationFact;
  bimi: BimiFact;
  dnssec: DnssecFact;
  identity: IdentityFact;
  zone: ZoneFact;
  doubledNames: DoubledNamesFact;
}

/** Of the message that was handed in. */
export interface MessageFacts {
  message: MessageFact;
  /** null: the message has no HTML part. */
  html: HtmlFact | null;
  /** null: the message has no HTML part. */
  css: CssFact | null;
  /** null: the message has no HTML part. */
  markup: MarkupFact | null;
  /** null: it has no lines of its own before it is sent. */
  lines: LinesFact | null;
  /** null: the message has no HTML part. */
  structure: StructureFact | null;
  linkAnswers: LinkAnswersFact;
  pictures: PicturesFact;
  rendering: RenderingFact;
  malware: MalwareFact;
  /** null: a template, whose parts are made when it is sent. */
  mime: MimeFact | null;
  attachments: AttachmentsFact;
  spamEngines: SpamEnginesFact;
  wording: WordingFact;
}

export interface Facts extends SenderFacts, MessageFacts {}

export type FactName = keyof Facts;

/** Why a fact is not known. The same words as an unknown finding's reason. */
export type FactFailure =
  | 'unanswered'
  | 'late'
  | 'missing-engine'
  | 'dns-alone'
  | 'crashed'
  | 'left-out'
  | 'too-much'
  | 'scanner-silent'
  | 'scanner-limit';

export type Fact<T> =
  | { known: true; value: T; evidence: Evidence[] }
  | { known: false; reason: FactFailure; detail: string; evidence: Evidence[] };

export type GatheredFacts = { [N in FactName]?: Fact<Facts[N]> };

/** Whether it says that nothing here may ask: then nobody has said anything, not even nothing. */
export function isUnasked(error: unknown): boolean {
  return error instanceof FactError && (error.reason === 'missing-engine' || error.reason === 'dns-alone');
}

/** Thrown by a gatherer that cannot know; anything else it throws counts as a crash. */
export class FactError extends Error {
  readonly reason: FactFailure;
  constructor(reason: FactFailure, detail: string) {
    super(detail);
    this.name = 'FactError';
    this.reason = reason;
  }
}
