import { defineStep } from '#rule';
import { mailHosts } from '../providers/mail-hosts.ts';

export default defineStep({
  id: 'spf',
  needs: ['spf', 'author', 'mailServers'],
  byRoute: false,
  optional: false,
  after: ['register'],
  waitDays: 0,
  checks: ['spf-from-domain'],
  source:
    'RFC 7208 sections 3 and 5; M3AAWG, “Email Authentication Recommended Best Practices” (2020): -all where nothing sends, ~all elsewhere',
  read({ spf: { author: tree, mailFrom }, author: { domain, mail }, mailServers }, { policy }) {
    const { state, records } = tree.root;
    const data = { domain, host: '', sends: true };
    if (state === 'unanswered') return { state: 'unknown', records: [], data };
    // What is wrong with a record that stands is told by its own checks; of MAIL FROM's by those of that step.
    if (state !== 'none') {
      const { breaks, everyone, lookups, voids } = tree;
      const isFaulty =
        state === 'several' || tree.root.faults.length > 0 || breaks.length > 0 || everyone !== null;
      const isLong = lookups > policy.spf.lookups || voids > policy.spf.voids;
      // Where MAIL FROM is not known, the other checks speak of this record too.
      const isShared = mailFrom === null || mailFrom.root.domain === domain;
      if (isShared && (isFaulty || isLong)) return { state: 'broken', records: [], data };
      return { state: records.length > 0 ? 'done' : 'unknown', records: [], data };
    }
    if (mail === null) return { state: 'unknown', records: [], data };
    const put = (text: string) => [
      { type: 'TXT', name: domain, old: tree.root.misspelt?.text ?? null, new: text },
    ];
    if (mail !== 'host')
      return { state: 'open', records: put('v=spf1 -all'), data: { ...data, sends: false } };
    const names = mailServers.servers.map(({ host }) => host);
    const hosts = mailHosts.filter(({ servers }) => names.some((name) => servers.test(name)));
    // Without MX its mail goes to its own address (RFC 5321 section 5.1).
    const own = mailServers.servers.some(({ host }) => host === domain) ? 'a' : 'mx';
    const parts = hosts.length > 0 ? hosts.map(({ spf }) => spf) : [own];
    const host = hosts.map(({ name }) => name).join(', ');
    return { state: 'open', records: put(`v=spf1 ${parts.join(' ')} ~all`), data: { ...data, host } };
  },
  words: {
    en: {
      name: 'SPF of the domain',
      title: ({ domain }) => `Say who may send for ${domain} itself (SPF)`,
      why: 'Without SPF anybody can send under the domain, and your everyday mail is more often taken for spam.',
      how: ({ domain, host, sends }) =>
        !sends
          ? `Nothing sends mail from ${domain}, so the record says just that. Mailings have a subdomain of their own.`
          : host
            ? `Publish the record below: it lets ${host}, which takes your mail, send it as well. If another service sends under ${domain}, such as a webshop, add its part before ~all.`
            : `Publish the record below: it stands for the servers that take your mail. Ask your mail host for its own part and write it in place of that if it has one.`,
      until: '',
    },
    sv: {
      name: 'SPF för domänen',
      title: ({ domain }) => `Tala om vem som får skicka för ${domain} (SPF)`,
      why: 'Utan SPF kan vem som helst skicka under domänen, och dina vanliga mejl tas oftare för skräppost.',
      how: ({ domain, host, sends }) =>
        !sends
          ? `Inget skickar mejl från ${domain}, och precis det säger posten. Utskicken har en egen underdomän.`
          : host
            ? `Publicera posten nedan: den låter ${host}, som tar emot dina mejl, skicka dem också. Skickar en annan tjänst under ${domain}, till exempel en webbutik, lägg till dess del före ~all.`
            : `Publicera posten nedan: den står för servrarna som tar emot dina mejl. Fråga ditt mejlhotell efter dess egen del och skriv den i stället om det har en.`,
      until: '',
    },
  },
});
