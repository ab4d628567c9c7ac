/**
 * Which facts there are to look up, by what budget, and with whom: a new fact takes one line here.
 */
import type { Browser, MimeWriter, Scanner, SpamEngine } from '../../ports.ts';
import type { Client, Policy } from '../../rule.ts';
import type { SenderPart, Submission, TemplateRoute } from '../../submission.ts';
import { gatherAddresses } from '../addresses.ts';
import type { Asking, SendingServer } from '../asking.ts';
import { gatherAttachments } from '../attachments.ts';
import { gatherAuthor } from '../author.ts';
import { gatherBimi } from '../bimi.ts';
import { gatherCss } from '../css.ts';
import { gatherDane } from '../dane.ts';
import { gatherDangling } from '../dangling.ts';
import { gatherDkim } from '../dkim.ts';
import { gatherDmarcReports } from '../dmarc/destinations.ts';
import { gatherDmarcPassing } from '../dmarc/passing.ts';
import { gatherDmarc } from '../dmarc.ts';
import { gatherDnssec } from '../dnssec.ts';
import { gatherDoubledNames } from '../doubled-names.ts';
import type { Evidence, FactName, MessageFacts, SenderFacts } from '../facts.ts';
import { gatherHtml } from '../html.ts';
import { gatherIdentity } from '../identity.ts';
import { gatherLines } from '../lines.ts';
import { gatherLinkAnswers } from '../link-answers.ts';
import { gatherListings } from '../listings.ts';
import { gatherMailFrom } from '../mail-from.ts';
import {
  gatherBounceGreetings,
  gatherBounceServers,
  gatherGreetings,
  gatherMailServers,
} from '../mail-servers.ts';
import { gatherMalware } from '../malware.ts';
import { gatherMarkup } from '../markup.ts';
import { gatherMessage } from '../message.ts';
import { gatherMime } from '../mime.ts';
import { gatherMtaSts } from '../mta-sts.ts';
import { gatherPictures } from '../pictures.ts';
import { gatherRegistration } from '../registration.ts';
import { gatherRendering } from '../rendering.ts';
import { gatherSpamEngines } from '../spam-engines.ts';
import { gatherSpf } from '../spf.ts';
import { gatherStructure } from '../structure.ts';
import { gatherTlsReports } from '../tls-reports.ts';
import { gatherWording } from '../wording.ts';
import { gatherZone } from '../zone.ts';

/** What a gatherer may use. Every question is asked once an audit, whoever asks. */
export interface Gathering<S extends SenderPart = Submission> extends Asking {
  submission: S;
  policy: Policy;
  clients: readonly Client[];
  browser: Browser;
  /** undefined: none is set up. */
  scanner?: Scanner | undefined;
  /** Those that are set up, and who writes the mail they are to read. */
  spamEngines?: readonly SpamEngine[] | undefined;
  mime?: MimeWriter | undefined;
  /** Sending servers that are set up here. */
  transports: readonly SendingServer[];
  /** All routes of the sender; `submission.routes` holds the one that is looked at. */
  routes: readonly TemplateRoute[];
  signal: AbortSignal;
  now: Date;
  progress(done: number, of: number): void;
  /** Adds to what the fact rests on, beside what it asks. */
  attest(one: Evidence): void;
}

/** What gatherers about the sender domain may use: there may be no message at all. */
export type SenderGathering = Gathering<SenderPart>;

export type Budget = 'none' | keyof Policy['budgets'];

/** `byRoute`: it is another one for each route that the mail goes by. */
export const senderGatherers: {
  [N in keyof SenderFacts]: {
    budget: Budget;
    byRoute: boolean;
    gather(gathering: SenderGathering): SenderFacts[N] | Promise<SenderFacts[N]>;
  };
} = {
  author: { budget: 'dns', byRoute: false, gather: gatherAuthor },
  spf: { budget: 'dns', byRoute: true, gather: gatherSpf },
  dkim: { budget: 'dns', byRoute: true, gather: gatherDkim },
  dmarc: { budget: 'dns', byRoute: true, gather: gatherDmarc },
  dmarcReports: { budget: 'dns', byRoute: false, gather: gatherDmarcReports },
  dmarcPassing: { budget: 'dns', byRoute: false, gather: gatherDmarcPassing },
  mailFrom: { budget: 'dns', byRoute: true, gather: gatherMailFrom },
  mailServers: { budget: 'dns', byRoute: false, gather: gatherMailServers },
  bounceServers: { budget: 'dns', byRoute: true, gather: gatherBounceServers },
  greetings: { budget: 'network', byRoute: false, gather: gatherGreetings },
  bounceGreetings: { budget: 'network', byRoute: true, gather: gatherBounceGreetings },
  mtaSts: { budget: 'network', byRoute: false, gather: gatherMtaSts },
  tlsReports: { budget: 'dns', byRoute: false, gather: gatherTlsReports },
  dane: { budget: 'network', byRoute: false, gather: gatherDane },
  addresses: { budget: 'dns', byRoute: false, gather: gatherAddresses },
  listings: { budget: 'dns', byRoute: true, gather: gatherListings },
  dangling: { budget: 'dns', byRoute: true, gather: gatherDangling },
  registration: { budget: 'network', byRoute: false, gather: gatherRegistration },
  bimi: { budget: 'network', byRoute: false, gather: gatherBimi },
  dnssec: { budget: 'dns', byRoute: false, gather: gatherDnssec },
  identity: { budget: 'network', byRoute: true, gather: gatherIdentity },
  zone: { budget: 'dns', byRoute: false, gather: gatherZone },
  doubledNames: { budget: 'dns', byRoute: true, gather: gatherDoubledNames },
};

export const messageGatherers: {
  [N in keyof MessageFacts]: {
    budget: Budget;
    gather(gathering: Gathering): MessageFacts[N] | Promise<MessageFacts[N]>;
  };
} = {
  message: { budget: 'none', gather: gatherMessage },
  html: { budget: 'none', gather: gatherHtml },
  css: { budget: 'none', gather: gatherCss },
  markup: { budget: 'none', gather: gatherMarkup },
  lines: { budget: 'none', gather: gatherLines },
  structure: { budget: 'none', gather: gatherStructure },
  linkAnswers: { budget: 'links', gather: gatherLinkAnswers },
  pictures: { budget: 'links', gather: gatherPictures },
  rendering: { budget: 'rendering', gather: gatherRendering },
  malware: { budget: 'malware', gather: gatherMalware },
  mime: { budget: 'none', gather: gatherMime },
  attachments: { budget: 'none', gather: gatherAttachments },
  spamEngines: { budget: 'spamEngines', gather: gatherSpamEngines },
  wording: { budget: 'none', gather: gatherWording },
};

export function isOfSender(name: FactName): name is keyof SenderFacts {
  return Object.hasOwn(senderGatherers, name);
}

/** Whether a fact rests on what DNS, and what it names, answers now: there it is of the sender domain alone. */
export function asksDns(name: FactName): boolean {
  return isOfSender(name);
}

/** Whether a fact rests on what the provider of a route says: a mailing asks that by itself before it goes on. */
export function asksProvider(name: FactName): boolean {
  return name === 'identity';
}

/** Whether a fact is another one for each route. */
export function isByRoute(name: FactName): boolean {
  return isOfSender(name) && senderGatherers[name].byRoute;
}
