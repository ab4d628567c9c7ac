/** A mailbox provider and what it asks of those who send to it. */
import type { Locale } from '../rule.ts';

/** Rules that together show that a requirement is met. */
export interface ProviderWay {
  /** Rules that must all hold. */
  needs: readonly ProviderNeed[];
  /**
   * Rules that break it when they fail, leave it open when they do not know, and say nothing where they do not apply: of
   * what may not be there yet, or of hygiene that the provider does not ask for.
   */
  heeds?: readonly ProviderNeed[];
}

/** The id of a rule. `except`: keys of problems that this provider does not mind. */
export type ProviderNeed = string | { rule: string; except: readonly string[] };

/** One thing that a mailbox provider has published that it asks of those who send to it. */
export interface ProviderRequirement {
  id: string;
  /** Whom it is asked of: `perDay`, those who send more mails a day; `bulk`, those who send much, without a number. */
  from: 'everyone' | 'bulk' | { perDay: number };
  /** `advised`: the provider recommends it, and nothing is said of what fails it. */
  force: 'required' | 'advised';
  /**
   * One of the `ways` is enough. `unseen`: it cannot be observed before the mail is sent; why, and where a person can
   * see it. `heeds`: rules that break it all the same when they fail. `shownBy`: rules that do show it where they are
   * given what they look at, such as the addresses of sending servers.
   */
  judged:
    | { ways: readonly [ProviderWay, ...ProviderWay[]] }
    | { unseen: Record<Locale, string>; heeds?: readonly string[]; shownBy?: readonly string[] };
  /** What its servers answer where it is not met, as the provider writes it; null: it publishes none. */
  code: string | null;
  /** What it asks, in one sentence. */
  words: Record<Locale, string>;
}

/** What a mailbox provider asks of those who send to it. One file each under rules/providers/. */
export interface MailboxProvider {
  id: string;
  name: string;
  /** Domains of the mailboxes that it asks this for. */
  mailboxes: readonly string[];
  /** When its pages were read. */
  date: string;
  /** `dated`: the day of the text that was read; null: nothing says. */
  sources: readonly { title: string; url: string; dated: string | null }[];
  /** `medium`: it was read in an old copy or in another's words, or the provider is not exact. */
  confidence: 'high' | 'medium';
  requirements: readonly ProviderRequirement[];
}
