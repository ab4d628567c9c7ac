import { defineRule, problem } from '#rule';
import { listed, ownSpf, saysWhose } from '../repairs/spf-own.ts';

const rule = defineRule({
  id: 'spf-private-address',
  severity: 'minor',
  reference: 'RFC 7208 section 5.6; RFC 6890 section 2.2; RFC 1918 section 3',
  needs: ['spf', 'mailFrom'],
  check(facts, { policy }) {
    const own = ownSpf(facts, policy);
    if ('none' in own) return own.none;
    const { tree, domain, more, box } = own;
    const terms = tree.terms.filter((note) => note.reserved !== null).map(({ term }) => term);
    return terms.length > 0 ? [problem('private', { domain, terms: listed(terms), box }, more)] : [];
  },
  words: {
    en: {
      title: 'Internal addresses in SPF',
      heading: { private: ({ domain }) => `The SPF record of ${domain} names internal addresses` },
      mend: 'Take the internal addresses out',
      why: 'No mail reaches a receiver from such an address: it exists only inside an office or a data centre. If the server that sends is meant, its mail does not pass, since receivers see another address.',
      fix: {
        private: ({ terms, box }) =>
          `${box ? 'Change the record to the one below.' : `Take ${terms} out of the record.`} If the server behind it sends mail, add the address by which the internet sees it.`,
      },
      problems: {
        private: ({ domain, terms }) =>
          `The SPF record of ${domain} has ${terms}, which cannot be reached on the internet.`,
      },
    },
    sv: {
      title: 'Interna adresser i SPF',
      heading: { private: ({ domain }) => `SPF-posten för ${domain} nämner interna adresser` },
      mend: 'Ta bort de interna adresserna',
      why: 'Inget mejl når en mottagare från en sådan adress. Den finns bara inne på ett kontor eller i en datorhall. Är det servern som skickar som avses, godkänns inte dess mejl, eftersom mottagarna ser en annan adress.',
      fix: {
        private: ({ terms, box }) =>
          `${box ? 'Ändra posten till den nedan.' : `Ta bort ${terms} ur posten.`} Skickar servern bakom den mejl, lägg till den adress som internet ser.`,
      },
      problems: {
        private: ({ domain, terms }) =>
          `SPF-posten för ${domain} innehåller ${terms}, som inte går att nå på internet.`,
      },
    },
  },
  examples: {
    good: [{}],
    bad: [
      {
        world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 ip4:192.168.1.0/24 ip4:192.0.2.1 -all'] } } },
        finds: 'private',
      },
      {
        world: {
          zone: { 'mejl.example.se': { TXT: ['v=spf1 ip6:fe80::1 ip4:127.0.0.1 ip4:192.0.2.1 -all'] } },
        },
        finds: 'private',
      },
    ],
  },
});

export default saysWhose(rule);
