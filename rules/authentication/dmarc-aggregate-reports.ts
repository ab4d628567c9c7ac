import { defineRule, problem } from '#rule';
import { mendedBox, ownPolicy } from '../repairs/dmarc-record.ts';
import { byHand, changes } from '../repairs/dmarc-words.ts';

export default defineRule({
  id: 'dmarc-aggregate-reports',
  severity: 'advice',
  reference: 'RFC 9989 sections 4.7 (rua) and 5.1.3 to 5.1.5, May 2026',
  needs: ['dmarc', 'dmarcPassing'],
  check(facts) {
    const { dmarc } = facts;
    const own = ownPolicy(dmarc);
    if ('otherwise' in own) return own.otherwise;
    const { record } = own.applied;
    // An address that cannot be read is the matter of dmarc-reports.
    if (record.rua.length > 0 || record.lost.some((part) => part.startsWith('rua='))) return [];
    const { data, more } = mendedBox(facts, record);
    return [problem('none', data, more)];
  },
  words: {
    en: {
      title: 'Reports from receivers (DMARC)',
      heading: { none: ({ domain }) => `Nobody gets the DMARC reports about ${domain}` },
      mend: 'Ask for DMARC reports',
      why: 'You cannot see who sends mail in your name, nor whether your own mail fails: only the reports show it, and receivers send them only to those who ask. The French provider laposte.net also wants them where the policy is none.',
      fix: {
        none: ({ domain, box, changed, wakes, lowered }) =>
          box === 'shown'
            ? `Publish the record below, with an address that receives mail. Reports are files for machines, one a day from each receiver: a free service that reads them makes pictures of them.${changes.en({ changed, wakes, lowered })}`
            : byHand.en(domain, box, `add rua=mailto:dmarc@${domain} with your own address`),
      },
      problems: { none: ({ domain }) => `The DMARC record of ${domain} has no address for reports (rua).` },
    },
    sv: {
      title: 'Rapporter från mottagarna (DMARC)',
      heading: { none: ({ domain }) => `Ingen får DMARC-rapporterna om ${domain}` },
      mend: 'Be om DMARC-rapporter',
      why: 'Du kan inte se vem som skickar mejl i ditt namn, eller om dina egna mejl underkänns: bara rapporterna visar det, och mottagarna skickar dem bara till den som ber om dem. Franska laposte.net vill också att de finns där policyn är none.',
      fix: {
        none: ({ domain, box, changed, wakes, lowered }) =>
          box === 'shown'
            ? `Publicera posten nedan, med en adress som tar emot mejl. Rapporterna är filer för maskiner, en om dagen från varje mottagare. En gratistjänst som läser dem gör bilder av dem.${changes.sv({ changed, wakes, lowered })}`
            : byHand.sv(domain, box, `lägg till rua=mailto:dmarc@${domain} med din egen adress`),
      },
      problems: { none: ({ domain }) => `DMARC-posten för ${domain} har ingen adress för rapporter (rua).` },
    },
  },
  examples: {
    good: [{}, { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=none; rua=d@example.se'] } } }],
    bad: [
      { world: { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=reject'] } } }, finds: 'none' },
      {
        world: { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=reject; ruf=mailto:d@example.se'] } } },
        finds: 'none',
      },
    ],
  },
});
