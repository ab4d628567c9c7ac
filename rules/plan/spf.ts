import { defineStep } from '#rule';
import { isAbsent } from '../repairs/absent-domain.ts';
import { spfChecks } from '../repairs/spf-checks.ts';
import { firstSpf, fromSpf } from '../repairs/spf-first.ts';

export default defineStep({
  id: 'spf',
  needs: ['spf', 'mailFrom', 'author', 'mailServers', 'zone'],
  byRoute: false,
  optional: false,
  after: ['register'],
  waitDays: 0,
  checks: ['spf-from-domain', 'spf-mail-host'],
  source:
    'RFC 7208 sections 3 and 5; M3AAWG, “Email Authentication Recommended Best Practices” (2020): -all where nothing sends, ~all elsewhere',
  read(facts, { policy }) {
    const { domain, mail } = facts.author;
    const { author: tree, mailFrom } = facts.spf;
    const { state, misspelt } = tree.root;
    const data = { domain, host: '', case: '', lacks: '' };
    // Nothing can be published yet, so it waits for the domain.
    if (isAbsent(facts)) return { state: 'open', records: [], data: { ...data, case: 'unsaid' } };
    if (state === 'unanswered') return { state: 'unknown', records: [], data };
    const told = fromSpf(facts, policy);
    const records = told ? [{ type: 'TXT', name: domain, old: told.old, new: told.text }] : [];
    // Where MAIL FROM is not known, or is the same, the other checks speak of this record too.
    const isShared = mailFrom === null || mailFrom.root.domain === domain;
    const checks = ['spf-from-domain', 'spf-mail-host', ...(isShared ? spfChecks : [])];
    if (misspelt || tree.misplaced) return { state: 'broken', records, data, checks };
    if (state !== 'none') {
      const { breaks, everyone, lookups, voids } = tree;
      const isFaulty =
        state === 'several' || tree.root.faults.length > 0 || breaks.length > 0 || everyone !== null;
      const isLong = lookups > policy.spf.lookups || voids > policy.spf.voids;
      if (isLong) return { state: 'broken', records: [], data, checks };
      if (isFaulty) return { state: 'broken', records, data, checks };
      return { state: tree.root.records.length > 0 ? 'done' : 'unknown', records: [], data };
    }
    if (mail === null) return { state: 'unknown', records: [], data };
    const { host = '' } = firstSpf(facts) ?? {};
    const why = tree.root.isAlias ? 'alias' : told ? '' : 'unsaid';
    return { state: 'open', records, data: { ...data, host, case: why } };
  },
  /** Whoever takes its mail is who sends it as well, so that is chosen first. */
  lacks({ spf: { author: tree }, author: { mail } }) {
    const stands = tree.root.state !== 'none' || tree.root.misspelt !== null || tree.misplaced !== null;
    return stands || mail === 'host' || mail === null ? [] : ['mail'];
  },
  words: {
    en: {
      name: 'SPF of the domain',
      title: ({ domain }) => `Say who may send for ${domain} itself (SPF)`,
      why: 'Without SPF anybody can send under the domain, and your everyday mail is more often taken for spam.',
      how: ({ domain, host, lacks, case: why }) =>
        lacks === 'mail'
          ? `First choose who takes the mail of ${domain}: whoever does most often sends it too. Then audit again, and this step shows the record.`
          : why === 'alias'
            ? `${domain} is an alias (CNAME), and no other record can stand beside one. Take the CNAME away first, and publish an SPF record in its place.`
            : why === 'unsaid'
              ? `Publish a TXT record at ${domain}: v=spf1, then the part that each service which sends under it gives you, then ~all.`
              : host
                ? `Publish the record below: it lets ${host}, which takes your mail, send it as well. If another service sends under ${domain}, such as a webshop, add its part before ~all.`
                : `Publish the record below: it stands for the servers that take your mail. Ask your mail host for its own part and write it in place of that if it has one.`,
      until: '',
    },
    sv: {
      name: 'SPF för domänen',
      title: ({ domain }) => `Tala om vem som får skicka för ${domain} (SPF)`,
      why: 'Utan SPF kan vem som helst skicka under domänen, och dina vanliga mejl tas oftare för skräppost.',
      how: ({ domain, host, lacks, case: why }) =>
        lacks === 'mail'
          ? `Välj först vem som tar emot mejl till ${domain}: den skickar oftast också. Granska sedan igen, så visar det här steget posten.`
          : why === 'alias'
            ? `${domain} är ett alias (CNAME), och där kan ingen annan post finnas. Ta bort CNAME-posten först och publicera en SPF-post i stället.`
            : why === 'unsaid'
              ? `Publicera en TXT-post på ${domain}: v=spf1, sedan den del som varje tjänst som skickar under domänen ger dig, sist ~all.`
              : host
                ? `Publicera posten nedan: den låter ${host}, som tar emot dina mejl, skicka dem också. Skickar en annan tjänst under ${domain}, till exempel en webbutik, lägg till dess del före ~all.`
                : `Publicera posten nedan: den står för servrarna som tar emot dina mejl. Fråga ditt mejlhotell efter dess egen del och skriv den i stället om det har en.`,
      until: '',
    },
  },
});
