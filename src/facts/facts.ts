/**
 * The list of facts and their types. To add one: a line here, a line in gather.ts's list, and its file.
 */
import type { DnsAnswer } from '../ports.ts';
import type { AuthorFact } from './author.ts';
import type { CssFact } from './css.ts';
import type { DkimFact } from './dkim.ts';
import type { DmarcFact } from './dmarc.ts';
import type { HtmlFact } from './html.ts';
import type { MailFromFact } from './mail-from.ts';
import type { MalwareFact } from './malware.ts';
import type { MarkupFact } from './markup.ts';
import type { MessageFact } from './message.ts';
import type { RenderingFact } from './rendering.ts';
import type { SpfFact } from './spf.ts';

export interface Facts {
  message: MessageFact;
  /** null: the message has no HTML part. */
  html: HtmlFact | null;
  /** null: the message has no HTML part. */
  css: CssFact | null;
  /** null: the message has no HTML part. */
  markup: MarkupFact | null;
  author: AuthorFact;
  spf: SpfFact;
  dkim: DkimFact;
  dmarc: DmarcFact;
  mailFrom: MailFromFact;
  rendering: RenderingFact;
  malware: MalwareFact;
}

export type FactName = keyof Facts;

/** Why a fact is not known. The same words as an unknown finding's reason. */
export type FactFailure =
  | 'unanswered'
  | 'late'
  | 'missing-engine'
  | 'crashed'
  | 'left-out'
  | 'too-much'
  | 'scanner-silent'
  | 'scanner-limit';

export type Evidence = { kind: 'dns' } & DnsAnswer;

export type Fact<T> =
  | { known: true; value: T; evidence: Evidence[] }
  | { known: false; reason: FactFailure; detail: string; evidence: Evidence[] };

export type GatheredFacts = { [N in FactName]?: Fact<Facts[N]> };

/** Thrown by a gatherer that cannot know; anything else it throws counts as a crash. */
export class FactError extends Error {
  readonly reason: FactFailure;
  constructor(reason: FactFailure, detail: string) {
    super(detail);
    this.name = 'FactError';
    this.reason = reason;
  }
}
