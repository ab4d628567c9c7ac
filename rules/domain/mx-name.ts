import { defineRule, problem } from '#rule';
import { overServers, takingMail, withoutServer } from '../repairs/mail-servers.ts';

export default defineRule({
  id: 'mx-name',
  severity: 'minor',
  reference: 'RFC 5321 section 5.1; RFC 1035 section 3.3.9 (MX names a host)',
  needs: ['mailServers'],
  check: (facts) =>
    overServers(facts, ({ host, kind, preference }, exchange) => {
      if (kind !== 'literal') return [];
      // Without it there would be no MX at all, and mail would go to the domain's own address, or nowhere.
      const { domain } = exchange;
      const others = takingMail(exchange).length > 0;
      const change = withoutServer(domain, preference, host);
      return [problem('address', { domain, host, preference, others }, others ? { change } : {})];
    }),
  words: {
    en: {
      title: 'Names of the mail servers',
      heading: {
        address: ({ domain }) => `An MX record of ${domain} holds an address, not a name`,
      },
      mend: {
        address: () => 'Name the mail server',
      },
      why: 'Mail to you that tries this server is not delivered there: an MX record names a server, and most senders pass over one that holds anything else. Replies and bounces can be lost.',
      fix: {
        address: ({ domain, preference, others }) =>
          others
            ? `Take the record away. If the server is to take mail, publish one with its name instead, such as ${preference} mail.${domain}; the address stands in an A record of that name.`
            : `No other takes mail for you, so do not just take it away: put one with the name of the server in its place, such as ${preference} mail.${domain}. The address stands in an A record (AAAA for IPv6) of that name; publish that first.`,
      },
      problems: {
        address: ({ domain, host }) => `The MX record of ${domain} holds the address ${host}.`,
      },
    },
    sv: {
      title: 'Mejlservrarnas namn',
      heading: {
        address: ({ domain }) => `En MX-post för ${domain} innehåller en adress, inte ett namn`,
      },
      mend: { address: () => 'Skriv mejlserverns namn' },
      why: 'Mejl till dig som provar den här servern levereras inte dit. En MX-post ska innehålla ett servernamn, och de flesta avsändare hoppar över en som innehåller något annat. Svar och studsar kan gå förlorade.',
      fix: {
        address: ({ domain, preference, others }) =>
          others
            ? `Ta bort posten. Ska servern ta emot mejl, publicera i stället en med dess namn, till exempel ${preference} mail.${domain}. Adressen står i en A-post för det namnet.`
            : `Ingen annan tar emot mejl till dig, så ta inte bara bort den: byt den mot en med serverns namn, till exempel ${preference} mail.${domain}. Adressen står i en A-post (AAAA för IPv6) för det namnet, och den publicerar du först.`,
      },
      problems: {
        address: ({ domain, host }) => `MX-posten för ${domain} innehåller adressen ${host}.`,
      },
    },
  },
  examples: {
    good: [{}, { from: 'a@n.example.se', zone: { 'n.example.se': { A: ['192.0.2.1'] } } }],
    bad: [
      { world: { zone: { 'example.se': { MX: ['10 in.example.se', '20 192.0.2.7'] } } }, finds: 'address' },
      // The only one: not to be taken away before there is another.
      { world: { zone: { 'example.se': { MX: ['10 192.0.2.7'] } } }, finds: 'address' },
    ],
  },
});
