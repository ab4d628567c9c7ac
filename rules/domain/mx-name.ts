import { defineRule, problem } from '#rule';
import { overServers, withoutServer } from '../repairs/mail-servers.ts';

export default defineRule({
  id: 'mx-name',
  severity: 'minor',
  reference: 'RFC 5321 section 5.1; RFC 1035 section 3.3.9 (MX names a host)',
  needs: ['mailServers'],
  check: (facts) =>
    overServers(facts, ({ host, kind, preference }, { domain }) => {
      if (kind !== 'literal') return [];
      return [problem('address', { domain, host }, { change: withoutServer(domain, preference, host) })];
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
        address: () =>
          'Take the record away and publish one with the name of the server instead, such as 10 mail.example.se; the address stands in an A record of that name.',
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
        address: () =>
          'Ta bort posten och publicera i stället en med serverns namn, till exempel 10 mail.example.se. Adressen står i en A-post för det namnet.',
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
    ],
  },
});
