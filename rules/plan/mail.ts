import { defineStep } from '#rule';
import { movedRecord } from '../repairs/doubled-names.ts';
import { doubledWords } from '../repairs/spf-place.ts';

export default defineStep({
  id: 'mail',
  needs: ['author', 'doubledNames'],
  byRoute: false,
  optional: false,
  after: ['register'],
  waitDays: 0,
  checks: ['from-domain', 'from-exchanger', 'null-mx', 'mx-name'],
  source: 'RFC 5321 section 5.1; RFC 7505 section 4.2',
  read({ author: { domain, exists, mail }, doubledNames }) {
    const state = mail === 'host' ? 'done' : exists === null || mail === null ? 'unknown' : 'open';
    const moved = mail === 'nowhere' ? movedRecord(doubledNames, 'mx', domain) : null;
    return { state, records: moved ? [moved.record] : [], data: { domain, moved: moved !== null } };
  },
  words: {
    en: {
      name: 'Mail to the domain',
      title: ({ domain }) => `Let ${domain} take mail`,
      why: 'Answers and DMARC reports have to arrive somewhere, and some receivers turn away mail from a domain that takes none.',
      how: ({ domain, moved }) =>
        moved
          ? `Publish the record below: it stands at the name with the domain twice, where nobody looks. ${doubledWords.en}`
          : `Choose who takes the mail of ${domain}, such as your web host, and publish the MX record that it gives you. Make a mailbox dmarc@${domain} at the same time: the reports go there.`,
      until: '',
    },
    sv: {
      name: 'Mejl till domänen',
      title: ({ domain }) => `Låt ${domain} ta emot mejl`,
      why: 'Svar och DMARC-rapporter måste komma fram någonstans, och en del mottagare avvisar mejl från en domän som inte tar emot några.',
      how: ({ domain, moved }) =>
        moved
          ? `Publicera posten nedan: den står på namnet med domänen två gånger, där ingen letar. ${doubledWords.sv}`
          : `Välj vem som tar emot mejl till ${domain}, till exempel ditt webbhotell, och publicera den MX-post som du får därifrån. Skapa samtidigt brevlådan dmarc@${domain}: dit går rapporterna.`,
      until: '',
    },
  },
});
