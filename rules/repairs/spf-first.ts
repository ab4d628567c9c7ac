/** The record of a domain as its plan and its findings offer it: one, whoever offers it. */
import type { Facts, Policy } from '#rule';
import { mailHostsOf } from '../providers/mail-hosts.ts';
import { missingAddresses } from './spf-addresses.ts';
import { fromOf, mendSpf, type SpfSubject, subjectOf } from './spf-record.ts';

type Known = Pick<Facts, 'spf' | 'mailFrom' | 'author' | 'mailServers'>;

export interface OfferedSpf {
  old: string | null;
  text: string;
}

/** The first record of the From domain. */
export interface FirstSpf extends OfferedSpf {
  /** Who takes its mail, where that is known: it lets them send. */
  host: string;
  /** false: it says that nothing sends. */
  sends: boolean;
}

/** What to publish in place of what stands; null: nothing can be said for certain, or another place is to be chosen. */
export function offeredSpf(
  facts: Pick<Facts, 'spf' | 'mailFrom'>,
  policy: Policy,
  of: SpfSubject = subjectOf(facts),
): OfferedSpf | null {
  const { root, misplaced } = of.tree;
  if (of.place === 'alias' || of.place === 'foreign') return null;
  if (misplaced && !root.misspelt) return { old: null, text: misplaced.text };
  const text = mendSpf(facts, policy, of);
  return text === null ? null : { old: root.misspelt?.text ?? root.records[0] ?? null, text };
}

/** Where the From domain has no record, nor one that was meant: whoever takes its mail may send it. */
export function firstSpf({ spf, mailFrom, author, mailServers }: Known): FirstSpf | null {
  const { domain, mail } = author;
  const { root, misplaced } = spf.author;
  if (root.state !== 'none' || root.misspelt || misplaced || root.isAlias || mail === null) return null;
  const isUsed = mailFrom.domain === domain;
  const named = [...(spf.server?.mechanism.split(/\s+/) ?? []), ...missingAddresses({ spf, mailFrom })];
  const server = isUsed ? named : [];
  // Nobody has said what sends, and that nothing does would be false.
  if (mail !== 'host' && isUsed && server.length === 0) return null;
  // That nothing sends is true until a mail host is chosen, and harms from then on.
  if (mail !== 'host' && mail !== 'refused' && server.length === 0) return null;
  if (mail !== 'host' && !isUsed) return { old: null, text: 'v=spf1 -all', host: '', sends: false };
  const names = mail === 'host' ? mailServers.servers.map(({ host }) => host) : [];
  const hosts = mailHostsOf(names);
  // Without MX its mail goes to its own address (RFC 5321 section 5.1).
  const own = mail !== 'host' ? [] : [names.includes(domain) ? 'a' : 'mx'];
  const parts = hosts.length > 0 ? hosts.map(({ spf: part }) => part) : own;
  const words = [...new Set([...parts, ...server])];
  const host = hosts.map(({ name }) => name).join(', ');
  return { old: null, text: ['v=spf1', ...words, '~all'].join(' '), host, sends: true };
}

/** Of the From domain, as the step of the plan and the findings about it offer it. */
export function fromSpf(facts: Known, policy: Policy): OfferedSpf | null {
  const isUsed = facts.mailFrom.domain === facts.author.domain;
  return firstSpf(facts) ?? offeredSpf(facts, policy, isUsed ? subjectOf(facts) : fromOf(facts.spf));
}

interface Absent {
  domain: string;
  /** The domain takes mail, or nobody knows. */
  takes: boolean;
  /** A record stands below. */
  box: boolean;
  host: string;
  sends: boolean;
}

/** How to publish the first record of the From domain. */
export const absentWords = {
  en: ({ domain, takes, box, host, sends }: Absent) =>
    !box
      ? `Publish a TXT record at ${domain}: v=spf1, then the include of each service where you have mailboxes, then ~all.${takes ? '' : ' Choose first who takes its mail: that is most often who sends it too.'} Only if no server ever sends under it, publish v=spf1 -all.`
      : sends
        ? `Publish the record below: it lets ${host || 'the servers that take your mail'} send. If another service sends under ${domain}, such as a webshop, add its part before ~all.`
        : `${domain} takes no mail. If no server sends under it either, publish the record below, which says so. If one does, write its part and ~all in place of -all.`,
  sv: ({ domain, takes, box, host, sends }: Absent) =>
    !box
      ? `Publicera en TXT-post på ${domain}: v=spf1, sedan include för varje tjänst där du har brevlådor, sist ~all.${takes ? '' : ' Välj först vem som tar emot mejl dit: den skickar oftast också.'} Bara om ingen server någonsin skickar under domänen, publicera v=spf1 -all.`
      : sends
        ? `Publicera posten nedan. Den låter ${host || 'servrarna som tar emot dina mejl'} skicka. Skickar en annan tjänst under ${domain}, till exempel en webbutik, lägg till dess del före ~all.`
        : `${domain} tar inte emot mejl. Skickar ingen server under domänen heller, publicera posten nedan, som säger just det. Skickar någon, skriv dess del och ~all i stället för -all.`,
};
